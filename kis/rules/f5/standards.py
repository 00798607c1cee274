"""What livelihood is measured by: the category's standard, the figures in force, and the comparison."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil
from operator import add
from typing import Any, Final, NamedTuple

from kis.rules.facts import Facts
from kis.rules.findings import Sheet, Verdict, unknown
from kis.rules.messages import Message
from kis.rules.outcomes import MET, NOT_MET, REVIEW, UNKNOWN, Outcome, all_of
from kis.rules.tables import Figure

GNI: Final = "gni_per_capita"
MEAN: Final = "net_assets_mean"
MEDIAN: Final = "net_assets_median"
F58_REAL_ASSETS: Final = 60_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """What a category asks of livelihood.

    `income` and `assets` are multiples of GNI and of the survey figure; `household` names who counts.
    """

    income: Decimal = Decimal(1)
    assets: Decimal | None = Decimal(1)
    survey: str = MEAN
    household: str = "income_year"
    pension: bool = False
    real_assets_only: bool = False
    resident_training: bool = False


class Bounds(NamedTuple):
    """An amount at its worst and at its best, as the facts not established may turn out.

    At its worst: what is recognised, and that with what judgement may add; then the two at its best.
    """

    sure: int = 0
    judged: int = 0
    hoped: int = 0
    most: int = 0

    def plus(self, other: "Bounds") -> "Bounds":
        """The two amounts together."""
        return Bounds(*map(add, self, other))

    def against(self, standard: int) -> Outcome:
        """Met, not met or for review, where no fact that is not established decides; else unknown."""
        return self.between(standard, standard)

    def between(self, least: int, most: int) -> Outcome:
        """The same where the standard itself lies between two amounts."""
        worst = _graded(self.sure, self.judged, most)
        return worst if worst is _graded(self.hoped, self.most, least) else UNKNOWN


def _graded(recognised: int, with_judged: int, standard: int) -> Outcome:
    if recognised >= standard:
        return MET
    return REVIEW if with_judged >= standard else NOT_MET


class Test(NamedTuple):
    """One alternative: its outcome and the applicant's own share of it."""

    id: str
    verdict: Verdict
    own: Verdict | None

    @property
    def pair(self) -> Outcome:
        """The alternative with its own share."""
        return self.verdict.outcome if self.own is None else all_of((self.verdict.outcome, self.own.outcome))


@lru_cache(maxsize=256)
def times(amount: int, multiple: Decimal) -> int:
    """The standard in whole won: an amount of whole won reaches it exactly when it reaches the product."""
    return ceil(multiple * amount)


def half(standard: int) -> int:
    """Half a standard, the same way: rounding up twice is rounding up once."""
    return -(-standard // 2)


def gni(facts: Facts) -> Figure | None:
    """The GNI in force on A, if it is of Y-1 or Y-2."""
    figure = facts.tables.in_force(GNI, facts.as_of)
    return facts.figure(figure) if figure and facts.year - figure.year in {1, 2} else None


def survey(facts: Facts, name: str) -> Figure | None:
    """The net assets of the survey of Y-1."""
    return facts.figure(facts.tables.of_year(name, facts.year - 1, facts.as_of))


def no_figure(name: str, *years: int) -> Verdict:
    """Unknown: the reference figure is not on file."""
    named = {"figure": name, "years": list(years)}
    return unknown("livelihood.no_figure", Message("settle.figure", named), **named)


def compared(
    key: str, outcome: Outcome, values: dict[str, Any], sheet: Callable[[], Sheet] | None = None
) -> Verdict:
    remedy = None
    if outcome is REVIEW:
        remedy = Message("settle.non_taxable")
    elif outcome is not MET:
        remedy = Message("settle.amount", {"standard": values["standard"]})
    return Verdict(outcome, f"{key}.{outcome.value}", values, remedy, sheet)
