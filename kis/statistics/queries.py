"""Reads of the tallies. The viewer's offices are part of what is read."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, String, cast, func, literal_column, select, union_all

from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import NotFound
from kis.rules import procedures
from kis.statistics.models import EVERY_CATEGORY, EVERY_OFFICE, Count, Tally


@dataclass(frozen=True)
class Selection:
    """What is looked at: months such as 202611, both counted; offices (None: all); a category, or ""."""

    first: int
    last: int
    offices: frozenset[int] | None
    category: str = EVERY_CATEGORY

    @classmethod
    def of(cls, viewer: Viewer, first: int, last: int, office_id: int | None, category: str) -> "Selection":
        """Within what the viewer may read. Raises NotFound for an office beyond it."""
        held = viewer.office_ids(Permission.STATISTICS_READ)
        if office_id is None:
            return cls(first, last, held, category)
        if held is not None and office_id not in held:
            raise NotFound(_("There is no such office, or none whose statistics you may read."))
        return cls(first, last, frozenset({office_id}), category)

    @property
    def months(self) -> list[int]:
        """Every month from the first to the last."""
        return [month for month in range(self.first, self.last + 1) if 1 <= month % 100 <= 12]

    def office_rows(self) -> Any:
        """The rows of the chosen offices, or those in which all are summed up."""
        return Tally.office_id == EVERY_OFFICE if self.offices is None else Tally.office_id.in_(self.offices)

    def each_office(self, known: Collection[int]) -> Any:
        """The rows of each office by itself; named one by one, so that an index finds them."""
        return Tally.office_id.in_(known if self.offices is None else self.offices)


@dataclass
class Figures:
    """Sums of a selection. Keys of `received` and so on are what stands in the name of the field."""

    received: Counter[int] = field(default_factory=Counter)
    decided: Counter[tuple[int, str]] = field(default_factory=Counter)
    category_received: Counter[str] = field(default_factory=Counter)
    category_decided: Counter[tuple[str, str]] = field(default_factory=Counter)
    office_received: Counter[int] = field(default_factory=Counter)
    office_decided: Counter[tuple[int, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    days: Counter[tuple[int, int]] = field(default_factory=Counter)
    ages: Counter[int] = field(default_factory=Counter)
    outlooks: dict[int, Counter[str]] = field(default_factory=dict)


def figures_of(selection: Selection, known: Collection[int]) -> Figures:
    """All sums of the page, in one statement; `known` are the ids of the offices there are."""
    figures = Figures()
    for label, name, number, key, cases in db.session.execute(statement(selection, known)):
        FILL[label](figures, name, number, key.partition("/")[2], int(cases))
    return figures


def statement(selection: Selection, known: Collection[int]) -> Any:
    """Rows of (part, category, number: month, office or days, key, cases)."""
    chosen = Tally.category == selection.category
    within = Tally.month.between(selection.first, selection.last)
    each_office = selection.each_office(known)
    flow = Tally.kind.in_(("received", "decided"))
    by_category = Tally.category.in_([selection.category] if selection.category else known_categories())
    return union_all(
        part("month", flow, selection.office_rows(), chosen, within, number=Tally.month),
        part("category", flow, selection.office_rows(), by_category, within, name=Tally.category),
        part("office", flow, each_office, chosen, within, number=Tally.office_id),
        part("reason", Tally.kind == "reason", selection.office_rows(), chosen, within),
        days_part(selection),
        part("open", Tally.kind == "open", selection.office_rows(), chosen),
        part("outlook", Tally.kind == "outlook", each_office, number=Tally.office_id),
    )


def known_categories() -> list[str]:
    """Every category, named one by one, so that an index finds them."""
    return [code for each in procedures() for code in each.categories]


def part(label: str, *conditions: Any, name: Any = None, number: Any = None) -> Select[Any]:
    grouped = [each for each in (name, number) if each is not None]
    key = Tally.kind + literal_column("'/'") + Tally.key
    return (
        select(
            literal_column(f"'{label}'"),
            literal_column("''") if name is None else name,
            literal_column("0") if number is None else number,
            key,
            func.sum(Tally.cases),
        )
        .where(*conditions)
        .group_by(Tally.kind, Tally.key, *grouped)
    )


def days_part(selection: Selection) -> Select[Any]:
    """Cases by month and working days used."""
    days = literal_column("'days/'") + cast(Tally.days, String)
    return (
        select(literal_column("'days'"), literal_column("''"), Tally.month, days, func.sum(Tally.cases))
        .where(
            Tally.kind == "days",
            selection.office_rows(),
            Tally.category == selection.category,
            Tally.month.between(selection.first, selection.last),
        )
        .group_by(Tally.month, Tally.days)
    )


def fill_month(figures: Figures, _name: str, month: int, outcome: str, cases: int) -> None:
    if outcome:
        figures.decided[month, outcome] += cases
    else:
        figures.received[month] += cases


def fill_category(figures: Figures, name: str, _number: int, outcome: str, cases: int) -> None:
    if outcome:
        figures.category_decided[name, outcome] += cases
    else:
        figures.category_received[name] += cases


def fill_office(figures: Figures, _name: str, office: int, outcome: str, cases: int) -> None:
    if outcome:
        figures.office_decided[office, outcome] += cases
    else:
        figures.office_received[office] += cases


def fill_reason(figures: Figures, _name: str, _number: int, criterion: str, cases: int) -> None:
    figures.reasons[criterion] += cases


def fill_days(figures: Figures, _name: str, month: int, days: str, cases: int) -> None:
    figures.days[month, int(days)] += cases


def fill_open(figures: Figures, _name: str, _number: int, age: str, cases: int) -> None:
    figures.ages[int(age)] += cases


def fill_outlook(figures: Figures, _name: str, office: int, what: str, cases: int) -> None:
    figures.outlooks.setdefault(office, Counter())[what] += cases


FILL = {
    "month": fill_month,
    "category": fill_category,
    "office": fill_office,
    "reason": fill_reason,
    "days": fill_days,
    "open": fill_open,
    "outlook": fill_outlook,
}


def counted_at() -> datetime | None:
    """When the tallies were last made anew; None before the first time."""
    return db.session.scalar(select(func.max(Count.counted_at)))
