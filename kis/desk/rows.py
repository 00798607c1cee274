"""Rows of a list of cases, made ready for the page: what fifty rows share is drawn once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import get_template_attribute, url_for
from flask_babel import force_locale
from markupsafe import Markup
from sqlalchemy import Row

from kis.cases.states import STATE_LABELS
from kis.core import clock
from kis.core.language import current_language, show_day

# A place in the address of a case that no receipt number has.
HOLE = "0-0"
LONG = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list: texts, and marks that are drawn already."""

    number: str
    url: str
    due: Markup
    name: str
    local_name: str
    nationality: str
    category: Markup
    state: Markup
    outcome: Markup
    assignee: str
    received: Markup


def lines(rows: Iterable[Row[Any]]) -> list[Line]:
    """The rows of `cases.lists` in the reader's language."""
    before, after = url_for("desk.case_page", number=HOLE).split(HOLE)
    language, today = current_language(), clock.today()
    return [
        Line(
            row.number,
            before + row.number + after,
            due_mark(language, row.due_on, (row.due_on - today).days, standing(row, today)),
            " ".join(filter(None, (row.family_name, row.given_names))) or row.local_name or "—",
            (row.local_name or "") if row.family_name or row.given_names else "",
            row.nationality,
            category_mark(row.category),
            state_mark(language, row.state, row.outcome),
            outcome_mark(language, row.precheck_outcome),
            row.assignee or "—",
            day_mark(language, row.received_on),
        )
        for row in rows
    ]


def standing(row: Row[Any], today: date) -> str:
    """How a case stands to its due day: "done", "stopped", "over", "risk" or "" (in time)."""
    if row.outcome or row.state in ENDED:
        return "done"
    if row.due_on < (row.stopped_on or today):
        return "over"
    if row.stopped_on:
        return "stopped"
    return "risk" if row.at_risk_on <= today else ""


ENDED = frozenset({"withdrawn", "returned"})


@lru_cache(maxsize=2_000)
def due_mark(language: str, due_on: date, left: int, stands: str) -> Markup:
    return drawn("desk/marks.html", "due_mark", language, due_on, left, stands)


@lru_cache(maxsize=LONG)
def category_mark(code: str) -> Markup:
    return marked("components/tags.html", "category_tag", code)


@lru_cache(maxsize=LONG)
def state_mark(language: str, state: str, outcome: str | None) -> Markup:
    return drawn("desk/marks.html", "state_mark", language, state, STATE_LABELS[state], outcome)


@lru_cache(maxsize=LONG)
def outcome_mark(language: str, outcome: str | None) -> Markup:
    return drawn("components/tags.html", "outcome_tag", language, outcome)


@lru_cache(maxsize=2_000)
def day_mark(language: str, day: date) -> Markup:
    with force_locale(language):
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), show_day(day))


def drawn(template: str, macro: str, language: str, *values: Any) -> Markup:
    """What a macro draws; it is kept for the next reader of that language."""
    with force_locale(language):
        return marked(template, macro, *values)


def marked(template: str, macro: str, *values: Any) -> Markup:
    drawn_now: Markup = get_template_attribute(template, macro)(*values)
    return drawn_now
