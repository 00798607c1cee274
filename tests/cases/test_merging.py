"""Two who changed the same facts: nothing of either is lost, and nothing is mixed that does not belong together."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.cases.differences import MISSING
from kis.cases.merging import meetings, put_together, same

WAS = {"income": [{"year": 2024, "amount": 40}, {"year": 2025, "amount": 50}], "reason": "work", "trips": []}


def changed(**values: Any) -> dict[str, Any]:
    return deepcopy(WAS) | values


def found(theirs: Any, mine: Any) -> dict[str, str | None]:
    return {meeting.place: meeting.offered for meeting in meetings(WAS, theirs, mine)}


def test_what_only_one_changed_is_offered_and_what_both_changed_is_asked() -> None:
    theirs = changed(reason="family", income=[{"year": 2024, "amount": 41}, {"year": 2025, "amount": 51}])
    mine = changed(income=[{"year": 2024, "amount": 42}, {"year": 2026, "amount": 50}])
    assert found(theirs, mine) == {
        "income[0].amount": None,
        "income[1].year": "mine",
        "income[1].amount": "theirs",
        "reason": "theirs",
    }
    together = put_together(WAS, theirs, mine, {"income[0].amount": "mine"})
    assert together == {
        "income": [{"year": 2024, "amount": 42}, {"year": 2026, "amount": 51}],
        "reason": "family",
        "trips": [],
    }
    with pytest.raises(KeyError):
        put_together(WAS, theirs, mine, {})


def test_an_offer_can_be_turned_down() -> None:
    theirs = changed(reason="family")
    assert put_together(WAS, theirs, deepcopy(WAS), {"reason": "mine"}) == WAS


def test_rows_that_both_added_stand_one_after_the_other() -> None:
    theirs = changed(trips=[{"from": "2024-01-01"}, {"from": "2025-01-01"}])
    mine = changed(trips=[{"from": "2024-02-02"}, {"from": "2025-01-01"}])
    assert found(theirs, mine) == {"trips[0]": "theirs", "trips[2]": "mine"}
    assert put_together(WAS, theirs, mine, {})["trips"] == [
        {"from": "2024-01-01"},
        {"from": "2025-01-01"},
        {"from": "2024-02-02"},
    ]


def test_a_list_from_which_a_row_was_taken_is_one_place() -> None:
    theirs = changed(income=[{"year": 2025, "amount": 50}])
    mine = changed(income=[{"year": 2024, "amount": 40}, {"year": 2025, "amount": 55}])
    assert found(theirs, mine) == {"income": None}


def test_a_row_taken_and_one_added_does_not_pass_for_a_change_in_place() -> None:
    theirs = changed(income=[{"year": 2025, "amount": 50}, {"year": 2026, "amount": 60}])
    mine = changed(income=[{"year": 2024, "amount": 44}, {"year": 2025, "amount": 50}])
    assert found(theirs, mine) == {"income": None}


def test_two_persons_of_the_same_reference_are_not_put_together() -> None:
    was: dict[str, Any] = {"family": []}
    theirs, mine = ({"family": [{"ref": "person-1", "name": name}]} for name in ("Kim", "Lee"))
    assert [(each.place, each.offered) for each in meetings(was, theirs, mine)] == [("family", None)]


def test_a_section_that_one_removed_and_the_other_changed_is_asked() -> None:
    theirs = {name: value for name, value in WAS.items() if name != "reason"}
    [meeting] = meetings(WAS, theirs, changed(reason="study"))
    assert (meeting.place, meeting.theirs, meeting.offered) == ("reason", MISSING, None)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "b"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["x", "y", "ref"]), inner, max_size=3)
    ),
    max_leaves=8,
)
FACTS = st.dictionaries(st.sampled_from(["one", "two", "three"]), VALUES, max_size=3)


@given(FACTS, FACTS, FACTS)
def test_a_choice_of_one_side_everywhere_gives_that_side(was: Any, theirs: Any, mine: Any) -> None:
    """Except that rows both added are never struck out by a choice for a row of one's own."""
    places = [meeting.place for meeting in meetings(was, theirs, mine)]
    if any(isinstance(value, list) for side in (was, theirs, mine) for value in walk(side)):
        return
    for side, whose in ((theirs, "theirs"), (mine, "mine")):
        assert same(put_together(was, theirs, mine, dict.fromkeys(places, whose)), side)


@given(FACTS, FACTS)
def test_where_one_side_changed_nothing_the_other_is_taken_over(was: Any, mine: Any) -> None:
    assert same(put_together(was, deepcopy(was), mine, {}), mine)
    assert same(put_together(was, mine, deepcopy(was), {}), mine)
    assert meetings(was, mine, deepcopy(mine)) == ()


@given(FACTS, FACTS, FACTS)
def test_every_value_that_differs_is_shown(was: Any, theirs: Any, mine: Any) -> None:
    assert bool(meetings(was, theirs, mine)) == (not same(theirs, mine))


def walk(value: Any) -> Any:
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from walk(each)
