"""The facts of one dossier: absent is not empty, and what a criterion reads is recorded."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from kis.rules.tables import Figure, ReferenceTables

T = TypeVar("T")


class Trace:
    """What one criterion has read: inputs, events after the application, unverified figures."""

    __slots__ = ("figures", "inputs", "later", "unverified")

    def __init__(self) -> None:
        self.inputs: dict[str, None] = {}
        # Most criteria meet none of these, so they are made only when needed.
        self.later: dict[str, str] | None = None
        self.unverified: set[str] | None = None
        self.figures: dict[Figure, None] | None = None

    def left_out(self, path: str, day: str) -> None:
        """Record an event after the application."""
        self.later = {**(self.later or {}), path: day}

    def used(self, figure: Figure) -> None:
        """Record a figure that was compared."""
        self.figures = {**(self.figures or {}), figure: None}
        if not figure.verified:
            self.rests_on(f"{figure.figure} {figure.year}")

    def rests_on(self, unverified: str) -> None:
        """Record reference data that headquarters has not confirmed."""
        self.unverified = {*(self.unverified or ()), unverified}

    def add(self, other: "Trace") -> None:
        """Take over what another trace recorded."""
        self.inputs.update(other.inputs)
        if other.later:
            self.later = {**(self.later or {}), **other.later}
        if other.unverified:
            self.unverified = {*(self.unverified or ()), *other.unverified}
        if other.figures:
            self.figures = {**(self.figures or {}), **other.figures}


class Row:
    """One object of the dossier; every field that is read is recorded with its path."""

    __slots__ = ("data", "facts", "path")

    def __init__(self, facts: "Facts", data: Mapping[str, Any], path: str) -> None:
        self.facts = facts
        self.data = data
        self.path = path

    def get(self, name: str) -> Any:
        """The field's value; None where it is not established."""
        self.facts.trace.inputs[f"{self.path}.{name}"] = None
        return self.data.get(name)

    def amount(self, name: str) -> int | None:
        """A whole number; 5.0 is 5."""
        value = self.get(name)
        return None if value is None else int(value)

    def day(self, name: str) -> date | None:
        """A date; None where it is not established (or "still goes on")."""
        value = self.get(name)
        return None if value is None else date.fromisoformat(value)

    def past(self, name: str) -> date | None:
        """A date on or before the application; a later event is left out and named."""
        day = self.day(name)
        if day is not None and day > self.facts.as_of:
            self.facts.trace.left_out(f"{self.path}.{name}", day.isoformat())
            return None
        return day

    def is_later(self, name: str) -> bool:
        """Whether the event happened after the application; then it is left out and named."""
        return self.data.get(name) is not None and self.past(name) is None


class Facts:
    """One dossier as of its day of application, with the tables it is judged by."""

    def __init__(self, dossier: Mapping[str, Any], tables: ReferenceTables) -> None:
        self.dossier = dossier
        self.tables = tables
        self.trace = Trace()
        self._known: dict[object, tuple[Any, Trace]] = {}
        self._rows: dict[str, list[Row] | None] = {}
        self.application = Row(self, dossier["application"], "application")
        self.applicant = Row(self, dossier["applicant"], "applicant")
        self.category: str = dossier["application"]["category"]
        self.as_of = date.fromisoformat(dossier["application"]["received_on"])
        self.year = self.as_of.year

    def rows(self, section: str) -> list[Row] | None:
        """The entries of a section; None where it is not established, [] where there are none."""
        self.trace.inputs[section] = None
        try:
            return self._rows[section]
        except KeyError:
            entries = self.dossier.get(section)
            rows = None if entries is None else [
                Row(self, entry, f"{section}[{place}]") for place, entry in enumerate(entries)
            ]
            self._rows[section] = rows
            return rows

    def part(self, section: str) -> Row | None:
        """A section that is one object; None where it is not established."""
        data = self.dossier.get(section)
        if data is None:
            self.trace.inputs[section] = None
            return None
        return Row(self, data, section)

    def value(self, name: str) -> Any:
        """A fact that stands by itself; None where it is not established."""
        self.trace.inputs[name] = None
        return self.dossier.get(name)

    def day(self, name: str) -> date | None:
        """A date that stands by itself; an event after the application is left out and named."""
        value = self.value(name)
        day = None if value is None else date.fromisoformat(value)
        if day is not None and day > self.as_of:
            self.trace.left_out(name, day.isoformat())
            return None
        return day

    def once(self, work: Callable[..., T], *details: Any) -> T:
        """The result of `work(facts, *details)`, done once; each asker records what it read."""
        result, trace = self._done(work, details)
        self.trace.add(trace)
        return result

    def aside(self, work: Callable[..., T], *details: Any) -> T:
        """The same, where what it read is no input of the asker but of criteria of its own."""
        return self._done(work, details)[0]

    def _done(self, work: Callable[..., T], details: tuple[Any, ...]) -> tuple[T, Trace]:
        key = (work, details)
        known = self._known.get(key)
        if known is None:
            asker, self.trace = self.trace, Trace()
            try:
                known = work(self, *details), self.trace
            finally:
                self.trace = asker
            self._known[key] = known
        return known

    def figure(self, figure: Figure | None) -> Figure | None:
        """Record that a figure is used, and that it is unverified where it is."""
        if figure is not None:
            self.trace.used(figure)
        return figure
