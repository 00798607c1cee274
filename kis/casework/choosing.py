"""Whom a case goes to: pure, and the same for the same numbers. Load and weights are in tenths of an ordinary case."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Candidate:
    """An officer as the choice sees one; no skills means all categories."""

    account_id: int
    name: str
    skills: frozenset[str] = frozenset()
    load: int = 0
    present: bool = True

    def handles(self, category: str) -> bool:
        return not self.skills or category in self.skills


@dataclass(frozen=True)
class Waiting:
    """An unassigned case: its category's weight, and who declared a conflict of interest in it."""

    case_id: int
    category: str
    weight: int
    barred: Collection[int] = ()


@dataclass(frozen=True)
class Choice:
    """To whom a case goes, and why: the way, the load before it, and among how many.

    Nobody (`account_id` None) where every officer is away, unskilled or barred; the counts say which.
    """

    case_id: int
    account_id: int | None
    name: str
    way: str
    load: int
    among: int
    absent: int
    unskilled: int
    barred: int


def able(candidates: Iterable[Candidate], case: Waiting) -> list[Candidate]:
    return [
        c for c in candidates if c.present and c.handles(case.category) and c.account_id not in case.barred
    ]


def next_in_turn(candidates: Sequence[Candidate], last_id: int | None) -> Candidate:
    """The first after the last one, by the order of their accounts, and round again."""
    ordered = sorted(candidates, key=lambda c: c.account_id)
    return next((c for c in ordered if c.account_id > (last_id or 0)), ordered[0])


def with_least_work(candidates: Sequence[Candidate], last_id: int | None) -> Candidate:
    """The one with the smallest load; of several, whose turn it is."""
    least = min(c.load for c in candidates)
    return next_in_turn([c for c in candidates if c.load == least], last_id)


WAYS = {"in_turn": next_in_turn, "least_work": with_least_work}


def choose(
    way: str, cases: Iterable[Waiting], candidates: Sequence[Candidate], last_id: int | None
) -> list[Choice]:
    """One choice for each case in the order given, each made on the loads that the ones before it left."""
    present, choices = {c.account_id: c for c in candidates}, []
    for case in cases:
        fit = able(present.values(), case)
        chosen = WAYS[way](fit, last_id) if fit else None
        choices.append(explained(case, chosen, way, len(fit), list(present.values())))
        if chosen:
            last_id = chosen.account_id
            present[last_id] = replace(chosen, load=chosen.load + case.weight)
    return choices


def explained(
    case: Waiting, chosen: Candidate | None, way: str, among: int, candidates: list[Candidate]
) -> Choice:
    here = [c for c in candidates if c.present]
    skilled = [c for c in here if c.handles(case.category)]
    return Choice(
        case_id=case.case_id,
        account_id=chosen.account_id if chosen else None,
        name=chosen.name if chosen else "",
        way=way,
        load=chosen.load if chosen else 0,
        among=among,
        absent=len(candidates) - len(here),
        unskilled=len(here) - len(skilled),
        barred=sum(c.account_id in case.barred for c in skilled),
    )
