"""The three tables of reference data: their columns, what names a row, and rows as plain data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kis.figures.models import ApostilleMembership, EmbassyAcceptance, ReferenceFigure
from kis.rules import ApostilleRow, EmbassyException, Figure, ReferenceTables

Plain = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """A table: its model, its columns in the order of the CSV, those that name a row, its values for the rules.

    `part` is the field of ReferenceTables that holds its rows.
    """

    name: str
    model: type[Any]
    columns: tuple[str, ...]
    key: tuple[str, ...]
    value: Callable[[Mapping[str, Any]], Any]
    part: str

    def plain(self, row: Any) -> Plain:
        """A row, or a value of the rules, as plain data; days as text, what is not known as None."""
        values = {name: getattr(row, name) for name in self.columns}
        return {name: as_plain(value) for name, value in values.items()}

    def key_of(self, plain: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(plain[name] for name in self.key)

    def columns_of(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        """Plain data as the columns of the model."""
        value = self.value(plain)
        return {name: getattr(value, name) or None for name in self.columns}


def as_plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value or None


FIGURE = Subject(
    "figure",
    ReferenceFigure,
    ("figure", "year", "amount_krw", "announced_on", "applies_from", "confidence", "source"),
    ("figure", "year", "applies_from"),
    Figure.from_json,
    "figures",
)
APOSTILLE = Subject(
    "apostille",
    ApostilleMembership,
    ("country", "in_force_for_korea_from", "confidence", "note"),
    ("country", "in_force_for_korea_from"),
    ApostilleRow.from_json,
    "apostille",
)
EMBASSY = Subject(
    "embassy",
    EmbassyAcceptance,
    ("country", "accepted_from", "confidence", "note"),
    ("country",),
    EmbassyException.from_json,
    "embassies",
)
SUBJECTS = {subject.name: subject for subject in (FIGURE, APOSTILLE, EMBASSY)}


def tables_of(rows: Mapping[str, Iterable[Plain]]) -> ReferenceTables:
    """The tables for the rules, from plain rows by subject."""
    parts = {s.part: tuple(map(s.value, rows[s.name])) for s in SUBJECTS.values()}
    return ReferenceTables(**parts)
