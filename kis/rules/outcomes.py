"""The five outcomes, how they combine, and three-valued facts (None: not established)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from kis.rules.texts import Text


class Outcome(StrEnum):
    """What a criterion, an area or the whole pre-check says."""

    MET = "met"
    NOT_MET = "not_met"
    EXEMPT = "exempt"
    REVIEW = "review"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The outcome's name for people."""
        return _LABELS[self]


MET: Final = Outcome.MET
NOT_MET: Final = Outcome.NOT_MET
EXEMPT: Final = Outcome.EXEMPT
REVIEW: Final = Outcome.REVIEW
UNKNOWN: Final = Outcome.UNKNOWN

_LABELS = {
    MET: Text("Met", "충족"),
    NOT_MET: Text("Not met", "미충족"),
    EXEMPT: Text("Exempt", "면제"),
    REVIEW: Text("For review", "심사 필요"),
    UNKNOWN: Text("Not established", "미확인"),
}
_ALL_OF = {outcome: rank for rank, outcome in enumerate((NOT_MET, UNKNOWN, REVIEW, MET, EXEMPT))}
_ANY_OF = {outcome: rank for rank, outcome in enumerate((MET, EXEMPT, REVIEW, UNKNOWN, NOT_MET))}


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Requirements that must hold together; at least one outcome is needed."""
    return min(outcomes, key=_ALL_OF.__getitem__)


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Alternatives of which one is enough; with none there is nothing that could pass."""
    return min(outcomes, key=_ANY_OF.__getitem__, default=NOT_MET)


def preference(outcome: Outcome) -> int:
    """The place of an outcome among alternatives, the best first (0)."""
    return _ANY_OF[outcome]


def established(fact: bool | None) -> Outcome:
    """Met when true, not met when false, unknown when not established."""
    if fact is None:
        return UNKNOWN
    return MET if fact else NOT_MET


def both(*facts: bool | None) -> bool | None:
    """All facts hold: one false settles it, else one that is not established leaves it open."""
    if False in facts:
        return False
    return None if None in facts else True


def either(*facts: bool | None) -> bool | None:
    """One of the facts holds: one true settles it, else one that is not established leaves it open."""
    if True in facts:
        return True
    return None if None in facts else False
