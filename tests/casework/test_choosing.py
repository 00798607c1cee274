"""Whom a case goes to, by the numbers alone."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kis.casework.choosing import Candidate, Waiting, choose

ANNA, BORA, CHUL = (Candidate(number, name) for number, name in ((1, "Anna"), (2, "Bora"), (3, "Chul")))


def waiting(count: int, category: str = "A", weight: int = 10) -> list[Waiting]:
    return [Waiting(number, category, weight) for number in range(count)]


def test_in_turn_each_gets_one_after_the_other_beginning_after_the_last() -> None:
    chosen = choose("in_turn", waiting(4), [CHUL, ANNA, BORA], last_id=1)
    assert [each.name for each in chosen] == ["Bora", "Chul", "Anna", "Bora"]


def test_the_turn_goes_on_when_the_last_one_has_left() -> None:
    assert choose("in_turn", waiting(1), [ANNA, CHUL], last_id=2)[0].name == "Chul"
    assert choose("in_turn", waiting(1), [ANNA, CHUL], last_id=9)[0].name == "Anna"


def test_least_work_counts_weights_and_what_was_given_a_moment_ago() -> None:
    people = [Candidate(1, "Anna", load=125), Candidate(2, "Bora", load=110)]
    chosen = choose("least_work", waiting(3, weight=20), people, last_id=None)
    assert [(each.name, each.load) for each in chosen] == [("Bora", 110), ("Anna", 125), ("Bora", 130)]


def test_nobody_who_is_absent_unskilled_or_barred_is_chosen_and_the_choice_says_so() -> None:
    people = [
        Candidate(1, "Anna", present=False),
        Candidate(2, "Bora", skills=frozenset({"B"})),
        Candidate(3, "Chul"),
    ]
    (choice,) = choose("least_work", [Waiting(7, "A", 10, barred={3})], people, last_id=None)
    assert (choice.account_id, choice.absent, choice.unskilled, choice.barred) == (None, 1, 1, 1)


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        account_id=st.integers(1, 50),
        name=st.just("x"),
        skills=st.frozensets(st.sampled_from("ABC"), max_size=2),
        load=st.integers(0, 500),
        present=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda c: c.account_id,
)
CASES = st.lists(
    st.builds(Waiting, st.integers(1, 999), st.sampled_from("ABC"), st.integers(1, 50)), max_size=12
)


@given(CANDIDATES, CASES, st.sampled_from(["in_turn", "least_work"]), st.none() | st.integers(1, 50))
def test_a_choice_is_always_able_and_the_same_for_the_same_numbers(
    people: list[Candidate], cases: list[Waiting], way: str, last_id: int | None
) -> None:
    chosen = choose(way, cases, people, last_id)
    assert chosen == choose(way, cases, list(reversed(people)), last_id)
    by_id = {each.account_id: each for each in people}
    for case, choice in zip(cases, chosen, strict=True):
        fit = [each for each in people if each.present and each.handles(case.category)]
        assert (choice.account_id is None) == (not fit)
        assert choice.account_id is None or by_id[choice.account_id] in fit


@given(CASES)
def test_equal_officers_get_equal_shares_in_turn(cases: list[Waiting]) -> None:
    counts = Counter(each.account_id for each in choose("in_turn", cases, [ANNA, BORA, CHUL], None))
    assert max(counts.values(), default=0) - min((counts[i] for i in (1, 2, 3)), default=0) <= 1
