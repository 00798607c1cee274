"""Values of a dossier as people read them, in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from kis.cases import labels
from kis.cases.choices import choice_labels, country_name
from kis.cases.differences import MISSING
from kis.cases.sections import Shape, shape_at
from kis.core.language import current_language, in_language, show_day, show_number
from kis.rules import procedure


def shown(shape: Shape, value: Any) -> str:
    """One value in words; an object as "label: value; …", a list with its rows numbered."""
    if value is MISSING:
        return _("Not established")
    return SHOWN.get(shape.kind, lambda _shape, given: str(given))(shape, value)


def yes_or_no(_shape: Shape, value: bool) -> str:
    return _("Yes") if value else _("No")


def chosen(shape: Shape, value: str) -> str:
    return str(choice_labels(shape.place).get(value, value))


def country(_shape: Shape, value: str) -> str:
    return country_name(value, current_language())


def day(_shape: Shape, value: str | None) -> str:
    return _("still goes on") if value is None else show_day(date.fromisoformat(value))


def person(_shape: Shape, value: str) -> str:
    return _("The applicant") if value == "applicant" else value


def figure(_shape: Shape, value: int) -> str:
    return show_number(value)


def object_in_words(shape: Shape, value: dict[str, Any]) -> str:
    parts = [
        f"{labels.field_label(field.place)}: {shown(field, value[field.name])}"
        for field in shape.fields
        if field.name in value
    ]
    return "; ".join(parts) or _("nothing further known")


def list_in_words(shape: Shape, value: list[Any]) -> str:
    if not value or shape.item is None:
        return _("none")
    if shape.item.kind != "object":
        return ", ".join(shown(shape.item, row) for row in value)
    return " ".join(f"({number}) {shown(shape.item, row)}" for number, row in enumerate(value, start=1))


SHOWN: dict[str, Callable[[Shape, Any], str]] = {
    "yes_no": yes_or_no,
    "choice": chosen,
    "country": country,
    "day": day,
    "last_day": day,
    "person": person,
    "whole": figure,
    "object": object_in_words,
    "list": list_in_words,
}


def columns(shape: Shape, rows: list[dict[str, Any]]) -> list[Shape]:
    """The fields that any row of a list holds, in the order of the schema."""
    if shape.item is None:
        return []
    return [field for field in shape.item.fields if any(field.name in row for row in rows)]


def category_label(procedure_id: str, code: str) -> str:
    """A category's name beside its code."""
    known = procedure(procedure_id).categories.get(code)
    return f"{code} {in_language(known.label)}" if known else code


@dataclass(frozen=True)
class Change:
    """A difference of two revisions for people; a side that was not there is told apart by `absent`."""

    place: str
    before: str
    after: str
    absent: tuple[str, ...]


def difference_in_words(difference: dict[str, Any]) -> Change:
    """One of `kis.cases.differences` in the reader's language."""
    place = difference["place"]
    before, after = (side_in_words(place, difference.get(side, MISSING)) for side in ("before", "after"))
    absent = tuple(side for side in ("before", "after") if side not in difference)
    return Change(labels.place_label(place), before, after, absent)


def side_in_words(place: str, value: Any) -> str:
    if value is MISSING:
        return _("no such row") if place.endswith("]") else _("not established")
    return shown(shape_at(place), value)
