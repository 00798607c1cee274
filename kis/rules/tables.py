"""Dated reference figures and the Apostille table, as values headquarters keeps."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One reference figure: a year's amount in KRW and from when it applies."""

    figure: str
    year: int
    amount_krw: int
    announced_on: date | None
    applies_from: date
    confidence: str
    source: str

    @property
    def verified(self) -> bool:
        """Whether headquarters confirmed the figure."""
        return self.confidence != "unverified"

    def to_json(self) -> dict[str, Any]:
        """The figure as plain data."""
        return {
            "figure": self.figure,
            "year": self.year,
            "amount_krw": self.amount_krw,
            "announced_on": self.announced_on.isoformat() if self.announced_on else None,
            "applies_from": self.applies_from.isoformat(),
            "confidence": self.confidence,
            "source": self.source,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Figure":
        """A figure from plain data or from a row of the CSV file."""
        announced = data.get("announced_on")
        return cls(
            data["figure"],
            int(data["year"]),
            int(data["amount_krw"]),
            date.fromisoformat(announced) if announced else None,
            date.fromisoformat(data["applies_from"]),
            data["confidence"],
            data["source"],
        )


@dataclass(frozen=True, slots=True)
class ApostilleRow:
    """A party to the Apostille Convention and from when it is in force towards Korea."""

    country: str
    in_force_for_korea_from: date
    confidence: str
    note: str

    @property
    def verified(self) -> bool:
        """Whether headquarters confirmed the row."""
        return self.confidence != "unverified"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ApostilleRow":
        """A row from plain data or from a row of the CSV file."""
        since = date.fromisoformat(data["in_force_for_korea_from"])
        return cls(data["country"], since, data["confidence"], data.get("note") or "")


@dataclass(frozen=True, slots=True)
class EmbassyException:
    """A country whose embassy in Korea issues criminal records that count, and for applications from when."""

    country: str
    accepted_from: date | None
    confidence: str
    note: str

    @property
    def verified(self) -> bool:
        """Whether headquarters confirmed the row."""
        return self.confidence != "unverified"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "EmbassyException":
        """A row from plain data or from a row of the CSV file."""
        since = data.get("accepted_from")
        accepted_from = date.fromisoformat(since) if since else None
        return cls(data["country"], accepted_from, data["confidence"], data.get("note") or "")


def _rows(path: Path | Traversable) -> Iterable[dict[str, str]]:
    return csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())


@cache
def _shipped_embassies() -> tuple[EmbassyException, ...]:
    rows = _rows(files("kis.rules.f5") / "data" / "embassies.csv")
    return tuple(EmbassyException.from_json(row) for row in rows)


@dataclass(frozen=True)
class ReferenceTables:
    """All figures, Apostille rows and embassy exceptions a run may use; lookups never change them."""

    figures: tuple[Figure, ...]
    apostille: tuple[ApostilleRow, ...]
    embassies: tuple[EmbassyException, ...] = field(default_factory=_shipped_embassies)

    @cached_property
    def _first_rows(self) -> Mapping[str, ApostilleRow]:
        found: dict[str, ApostilleRow] = {}
        for row in sorted(self.apostille, key=lambda row: row.in_force_for_korea_from):
            found.setdefault(row.country, row)
        return found

    @cached_property
    def _by_figure(self) -> Mapping[str, Sequence[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in sorted(self.figures, key=lambda figure: (figure.applies_from, figure.year)):
            found.setdefault(figure.figure, []).append(figure)
        return found

    @classmethod
    def from_csv(
        cls, figures_path: Path | Traversable, apostille_path: Path | Traversable
    ) -> "ReferenceTables":
        """Tables from the two CSV files; ValueError or KeyError where a row is malformed."""
        return cls(
            tuple(Figure.from_json(row) for row in _rows(figures_path)),
            tuple(ApostilleRow.from_json(row) for row in _rows(apostille_path)),
        )

    @classmethod
    def shipped(cls) -> "ReferenceTables":
        """The starting set that the project ships."""
        return _shipped()

    def in_force(self, name: str, day: date) -> Figure | None:
        """The figure with the latest start on or before that day."""
        known = [figure for figure in self._by_figure.get(name, ()) if figure.applies_from <= day]
        return known[-1] if known else None

    def of_year(self, name: str, year: int, day: date) -> Figure | None:
        """The figure of that survey year; of several the latest that applied on that day."""
        known = [figure for figure in self._by_figure.get(name, ()) if figure.year == year]
        applied = [figure for figure in known if figure.applies_from <= day]
        return applied[-1] if applied else next(iter(known), None)

    def member(self, country: str) -> ApostilleRow | None:
        """The country's first row in the Apostille table, None where it is not on the list."""
        return self._first_rows.get(country)

    def embassy(self, country: str, day: date) -> EmbassyException | None:
        """The exception by which records issued by the country's embassy count on that day."""
        for row in self.embassies:
            if row.country == country and (row.accepted_from is None or row.accepted_from <= day):
                return row
        return None


@cache
def _shipped() -> ReferenceTables:
    data = files("kis.rules.f5") / "data"
    return ReferenceTables.from_csv(data / "figures.csv", data / "apostille.csv")
