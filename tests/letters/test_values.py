"""Values and the text composed of them."""

import json
from dataclasses import replace
from datetime import date

import pytest

from kis.letters.composition import UnfilledPlaceholder, compose
from kis.letters.values import LetterValues, latest_departure
from tests.letters.examples import DISAPPROVAL, EXAMPLES, PERMISSION, to


@pytest.mark.parametrize("name", EXAMPLES)
def test_values_survive_storage_as_json(name: str) -> None:
    stored = json.dumps(EXAMPLES[name].to_json(), ensure_ascii=False)
    assert LetterValues.from_json(json.loads(stored)) == EXAMPLES[name]


def test_stored_values_that_lack_a_field_are_refused() -> None:
    data = PERMISSION.to_json()
    del data["addressee"]["birth_date"]
    with pytest.raises(KeyError):
        LetterValues.from_json(data)


def test_a_placeholder_without_a_value_stops_the_letter() -> None:
    with pytest.raises(UnfilledPlaceholder, match="stay_expires_on"):
        compose(replace(DISAPPROVAL, departure_deadline=None, stay_expires_on=None))


def test_braces_in_an_officers_text_are_no_placeholders() -> None:
    reason = replace(DISAPPROVAL.reasons[0], remark="{received_on} {0}")
    assert "{received_on} {0}" in compose(replace(DISAPPROVAL, reasons=(reason,))).text()


def test_names_are_composed_so_that_the_fonts_know_them() -> None:
    assert "NGUYỄN" in compose(to("NGUYÊ\u0303N")).text()


def test_a_departure_may_be_asked_within_a_fortnight_or_until_the_stay_ends() -> None:
    issued = date(2026, 11, 21)
    assert latest_departure(issued, None) == date(2026, 12, 5)
    assert latest_departure(issued, date(2026, 11, 30)) == date(2026, 12, 5)
    assert latest_departure(issued, date(2027, 1, 31)) == date(2027, 1, 31)
