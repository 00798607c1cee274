"""What changed between two states of the facts, place by place."""

from typing import Any

MISSING = object()
Difference = dict[str, Any]


def differences(before: Any, after: Any, place: str = "") -> list[Difference]:
    """Each as {"place": "income[0].amount", "before": …, "after": …}; an absent side is left out.

    Lists are compared row by row in their order, for that is how the form shows them.
    """
    if before is after or (type(before) is type(after) and before == after):
        return []
    if isinstance(before, dict) and isinstance(after, dict):
        return in_objects(before, after, place)
    if isinstance(before, list) and isinstance(after, list):
        return in_lists(before, after, place)
    found: Difference = {"place": place}
    if before is not MISSING:
        found["before"] = before
    if after is not MISSING:
        found["after"] = after
    return [found]


def in_objects(before: dict[str, Any], after: dict[str, Any], place: str) -> list[Difference]:
    names = list(before) + [name for name in after if name not in before]
    found = []
    for name in names:
        where = f"{place}.{name}" if place else name
        found += differences(before.get(name, MISSING), after.get(name, MISSING), where)
    return found


def in_lists(before: list[Any], after: list[Any], place: str) -> list[Difference]:
    found = []
    for number in range(max(len(before), len(after))):
        old = before[number] if number < len(before) else MISSING
        new = after[number] if number < len(after) else MISSING
        found += differences(old, new, f"{place}[{number}]")
    return found
