"""The chance behind one synthetic dossier: how sound it is, and on which side of a boundary a fact falls."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from random import Random
from typing import Any, Final, TypeVar

from kis.rules import ReferenceTables
from kis.rules.periods import subtract_months

T = TypeVar("T")
Dossier = dict[str, Any]

# Well beyond a boundary, exactly on it, the smallest step short of it, far short, and not established.
WELL, EDGE, MISS, FAR, ABSENT = range(5)
# How many dossiers are sound, and how often a fact of the others is flawed.
SOUND: Final = 0.45
TROUBLED: Final = 0.85
ON_THE_EDGE: Final = 0.12


@cache
def iso(ordinal: int) -> str:
    """The day of that ordinal as it stands in a dossier."""
    return date.fromordinal(ordinal).isoformat()


@cache
def months_before(ordinal: int, months: int) -> int:
    """The ordinal of the day so many months before."""
    return subtract_months(date.fromordinal(ordinal), months).toordinal()


@cache
def standard(figure: str, as_of: int) -> int:
    """The shipped figure for an application: the GNI in force that day, or the survey of the year before."""
    tables, day = ReferenceTables.shipped(), date.fromordinal(as_of)
    found = (
        tables.in_force(figure, day)
        if figure.startswith("gni")
        else tables.of_year(figure, day.year - 1, day)
    )
    return found.amount_krw if found else 50_000_000


class Draw:
    """One dossier being drawn as of its day of application (an ordinal)."""

    __slots__ = ("as_of", "chance", "flaw", "year")

    def __init__(self, chance: Random, as_of: int) -> None:
        self.chance: Callable[[], float] = chance.random
        self.as_of = as_of
        self.year = int(iso(as_of)[:4])
        lot = self.chance()
        self.flaw = 0.0 if lot < SOUND else 0.12 if lot < TROUBLED else 0.35

    def grade(self) -> int:
        """On which side of its boundary a fact falls."""
        lot = self.chance()
        if lot >= self.flaw:
            return EDGE if self.chance() < ON_THE_EDGE else WELL
        share = lot / self.flaw
        return MISS if share < 0.3 else FAR if share < 0.8 else ABSENT

    def flawed(self, share: float = 0.3) -> bool:
        """Whether something goes wrong that goes wrong in that share of the flawed dossiers."""
        return self.chance() < self.flaw * share

    def one_of(self, among: Sequence[T]) -> T:
        """One of several, each as likely."""
        return among[int(self.chance() * len(among))]

    def whole(self, least: int, most: int) -> int:
        """A whole number between two, both possible."""
        return least + int(self.chance() * (most - least + 1))

    def before(self, months: int, grade: int, spare: int = 60) -> int:
        """A day from which so many months are over on the day of application, or are not; `spare` in months."""
        if grade == WELL:
            return months_before(self.as_of, months + self.whole(1, spare)) - self.whole(0, 27)
        edge = months_before(self.as_of, months)
        if grade == FAR:
            return self.as_of - int((self.as_of - edge) * (0.1 + 0.8 * self.chance()))
        return edge + (grade == MISS)

    def amount(self, standard: int, grade: int) -> int:
        """An amount that reaches a standard, or does not; in whole thousands but for the boundary itself."""
        if grade in {EDGE, MISS}:
            return standard - (grade == MISS)
        share = 1.02 + self.chance() if grade == WELL else 0.3 + 0.65 * self.chance()
        return int(standard * share) // 1000 * 1000

    def figure(self, name: str) -> int:
        """The amount of a reference figure for this application."""
        return standard(name, self.as_of)
