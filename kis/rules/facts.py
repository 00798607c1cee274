"""The facts of one dossier: absent is not empty, and what a criterion reads is recorded."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from kis.rules.tables import Figure, ReferenceTables

T = TypeVar("T")


class Marks:
    """What deserves a note: events after the application, reference data used and unverified."""

    __slots__ = ("figures", "later", "unverified")

    def __init__(self) -> None:
        self.later: dict[str, str] = {}
        self.unverified: set[str] = set()
        self.figures: dict[Figure, None] = {}

    def add(self, other: "Marks") -> None:
        """Take over the marks of another."""
        self.later.update(other.later)
        self.unverified.update(other.unverified)
        self.figures.update(other.figures)


# A result worked out once, what it read, and its marks; most results carry none.
Known = tuple[Any, dict[str, None], Marks | None]


class Row:
    """One object of the dossier; every field that is read is recorded with its path."""

    __slots__ = ("data", "facts", "path")

    def __init__(self, facts: "Facts", data: Mapping[str, Any], path: str) -> None:
        self.facts = facts
        self.data = data
        self.path = path

    def get(self, name: str) -> Any:
        """The field's value; None where it is not established."""
        self.facts.inputs[f"{self.path}.{name}"] = None
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
            self.facts.marked().later[f"{self.path}.{name}"] = day.isoformat()
            return None
        return day

    def is_later(self, name: str) -> bool:
        """Whether the event happened after the application; then it is left out and named."""
        day = self.data.get(name)
        if day is None:
            return False
        self.facts.inputs[f"{self.path}.{name}"] = None
        # ISO dates compare as text in the order of the calendar.
        if day <= self.facts.received:
            return False
        self.facts.marked().later[f"{self.path}.{name}"] = day
        return True


class Facts:
    """One dossier as of its day of application, with the tables it is judged by."""

    def __init__(self, dossier: Mapping[str, Any], tables: ReferenceTables) -> None:
        self.dossier = dossier
        self.tables = tables
        self.inputs: dict[str, None] = {}
        self.marks: Marks | None = None
        self._known: dict[object, Known] = {}
        self._rows: dict[str, list[Row] | None] = {}
        self.application = Row(self, dossier["application"], "application")
        self.applicant = Row(self, dossier["applicant"], "applicant")
        self.category: str = dossier["application"]["category"]
        self.received: str = dossier["application"]["received_on"]
        self.as_of = date.fromisoformat(self.received)
        self.year = self.as_of.year
        self._birth = date.fromisoformat(dossier["applicant"]["birth_date"])

    def close(self) -> None:
        """Let go of the rows, which point back here, so that nothing waits for the collector."""
        self._rows, self._known = {}, {}
        del self.application, self.applicant

    @property
    def birth(self) -> date:
        """The applicant's date of birth."""
        self.inputs["applicant.birth_date"] = None
        return self._birth

    def rows(self, section: str) -> list[Row] | None:
        """The entries of a section; None where it is not established, [] where there are none."""
        self.inputs[section] = None
        try:
            return self._rows[section]
        except KeyError:
            entries = self.dossier.get(section)
            rows = (
                None
                if entries is None
                else [Row(self, entry, f"{section}[{place}]") for place, entry in enumerate(entries)]
            )
            self._rows[section] = rows
            return rows

    def part(self, section: str) -> Row | None:
        """A section that is one object; None where it is not established."""
        data = self.dossier.get(section)
        if data is None:
            self.inputs[section] = None
            return None
        return Row(self, data, section)

    def value(self, name: str) -> Any:
        """A fact that stands by itself; None where it is not established."""
        self.inputs[name] = None
        return self.dossier.get(name)

    def day(self, name: str) -> date | None:
        """A date that stands by itself; an event after the application is left out and named."""
        value = self.value(name)
        day = None if value is None else date.fromisoformat(value)
        if day is not None and day > self.as_of:
            self.marked().later[name] = day.isoformat()
            return None
        return day

    def marked(self) -> Marks:
        """The marks of the criterion at work."""
        if self.marks is None:
            self.marks = Marks()
        return self.marks

    def once(self, work: Callable[..., T], *details: Any) -> T:
        """The result of `work(facts, *details)`, done once; each asker records what it read."""
        result, inputs, marks = self._known.get((work, details)) or self._done(work, details)
        if inputs:
            self.inputs.update(inputs)
        if marks is not None:
            self.marked().add(marks)
        answer: T = result
        return answer

    def aside(self, work: Callable[..., T], *details: Any) -> T:
        """The same, where what it read is no input of the asker but of criteria of its own."""
        answer: T = (self._known.get((work, details)) or self._done(work, details))[0]
        return answer

    def _done(self, work: Callable[..., Any], details: tuple[Any, ...]) -> Known:
        asker = self.inputs, self.marks
        self.inputs, self.marks = {}, None
        try:
            known = work(self, *details), self.inputs, self.marks
        finally:
            self.inputs, self.marks = asker
        self._known[work, details] = known
        return known

    def figure(self, figure: Figure | None) -> Figure | None:
        """Record that a figure is used, and that it is unverified where it is."""
        if figure is not None:
            self.marked().figures[figure] = None
            if not figure.verified:
                self.rests_on(f"{figure.figure} {figure.year}")
        return figure

    def rests_on(self, unverified: str) -> None:
        """Record reference data that headquarters has not confirmed."""
        self.marked().unverified.add(unverified)
