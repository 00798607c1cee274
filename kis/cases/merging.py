"""Two who changed the same thing: what it was, what each made of it, and both put together. Pure.

What only one of them changed is taken over by itself; where both changed the same place to different
things, somebody has to choose. Lists are compared row by row, as the form shows them, unless rows were
taken out or moved: then the list as a whole is one place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kis.cases.differences import MISSING, differences

THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Meeting:
    """One place that somebody changed; a side without it is MISSING."""

    place: str
    was: Any
    theirs: Any
    mine: Any

    @property
    def offered(self) -> str | None:
        """Whose the place is where only one of them changed it; None where both did."""
        if same(self.was, self.mine):
            return THEIRS
        return MINE if same(self.was, self.theirs) else None

    def chosen(self, choices: Mapping[str, str]) -> str | None:
        """ "theirs" or "mine" as chosen, else as offered."""
        choice = choices.get(self.place)
        return choice if choice in (THEIRS, MINE) else self.offered


Decide = Callable[[Meeting], Any]


def meetings(was: Any, theirs: Any, mine: Any) -> tuple[Meeting, ...]:
    """Every place that either side changed, unless both made the same of it, in the order of the form."""
    found: list[Meeting] = []

    def note(meeting: Meeting) -> Any:
        found.append(meeting)
        return meeting.mine

    merge(was, theirs, mine, note)
    return tuple(found)


def put_together(was: Any, theirs: Any, mine: Any, choices: Mapping[str, str]) -> Any:
    """Both sides in one, by the choices ("theirs" or "mine" by place). Raises KeyError where one is lacking."""

    def decide(meeting: Meeting) -> Any:
        chosen = meeting.chosen(choices)
        if chosen is None:
            raise KeyError(meeting.place)
        return meeting.theirs if chosen == THEIRS else meeting.mine

    return merge(was, theirs, mine, decide)


def same(one: Any, other: Any) -> bool:
    return not differences(one, other)


def merge(was: Any, theirs: Any, mine: Any, decide: Decide, place: str = "") -> Any:
    """The value of both sides; `decide` is asked of each place where they are not alike."""
    if same(theirs, mine):
        return mine
    sides = (was, theirs, mine)
    if all(isinstance(side, dict) for side in sides):
        return merge_objects(was, theirs, mine, decide, place)
    if all(isinstance(side, list) for side in sides) and can_be_aligned(was, theirs, mine):
        return merge_lists(was, theirs, mine, decide, place)
    return decide(Meeting(place, was, theirs, mine))


def merge_objects(
    was: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any], decide: Decide, place: str
) -> dict[str, Any]:
    merged = {}
    for name in dict.fromkeys((*was, *mine, *theirs)):
        where = f"{place}.{name}" if place else name
        value = merge(*(side.get(name, MISSING) for side in (was, theirs, mine)), decide, where)
        if value is not MISSING:
            merged[name] = value
    return merged


def merge_lists(was: list[Any], theirs: list[Any], mine: list[Any], decide: Decide, place: str) -> list[Any]:
    """The rows that were there one by one, then what they added, then what you added."""
    known = len(was)
    rows = [
        merge(*row, decide, f"{place}[{n}]") for n, row in enumerate(zip(was, theirs, mine, strict=False))
    ]
    own = [row for row in mine[known:] if not any(same(row, other) for other in theirs[known:])]
    added = [(row, MISSING) for row in theirs[known:]] + [(MISSING, row) for row in own]
    both = [row for row in theirs[known:] if any(same(row, other) for other in mine[known:])]
    for number, (other, row) in enumerate(added, start=known):
        if other is not MISSING and any(same(other, each) for each in both):
            rows.append(other)
        else:
            rows.append(decide(Meeting(f"{place}[{number}]", MISSING, other, row)))
    return [row for row in rows if row is not MISSING]


def can_be_aligned(was: list[Any], theirs: list[Any], mine: list[Any]) -> bool:
    """Whether both only changed rows where they stood, or added some at the end.

    Rows that carry a reference are named by it elsewhere: two that were added may have taken the same.
    """
    if any(len(side) < len(was) or is_moved(was, side) for side in (theirs, mine)):
        return False
    return not references(theirs[len(was) :]) & references(mine[len(was) :])


def is_moved(was: list[Any], side: list[Any]) -> bool:
    """Whether a row stands where it did not stand before."""
    return any(
        not same(row, side[place]) and any(same(row, other) for other in side)
        for place, row in enumerate(was)
    )


def references(rows: list[Any]) -> set[Any]:
    return {row["ref"] for row in rows if isinstance(row, dict) and isinstance(row.get("ref"), str)}
