"""How outcomes combine."""

from itertools import permutations

import pytest

from kis.rules.outcomes import EXEMPT, MET, NOT_MET, REVIEW, UNKNOWN, Outcome, all_of, any_of, both, either

ALL_OF = [NOT_MET, UNKNOWN, REVIEW, MET, EXEMPT]
ANY_OF = [MET, EXEMPT, REVIEW, UNKNOWN, NOT_MET]


@pytest.mark.parametrize("place", range(5))
def test_requirements_give_the_first_that_occurs(place: int) -> None:
    for order in permutations(ALL_OF[place:]):
        assert all_of(order) is ALL_OF[place]


@pytest.mark.parametrize("place", range(5))
def test_alternatives_give_the_first_that_occurs(place: int) -> None:
    for order in permutations(ANY_OF[place:]):
        assert any_of(order) is ANY_OF[place]


def test_no_alternative_passes_nothing() -> None:
    assert any_of([]) is NOT_MET


def test_a_false_fact_settles_it_before_one_that_is_not_established() -> None:
    assert both(True, None, False) is False
    assert both(True, None) is None
    assert both(True, True) is True
    assert either(False, None, True) is True
    assert either(False, None) is None
    assert either(False, False) is False


def test_every_outcome_is_named_in_both_languages() -> None:
    labels = {(outcome.label.en, outcome.label.ko) for outcome in Outcome}
    assert len(labels) == len(Outcome)
    assert all(text for label in labels for text in label)
