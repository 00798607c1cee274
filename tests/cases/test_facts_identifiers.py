"""Alien registration numbers: what is refused, and what only warns."""

from datetime import date

import pytest

from kis.cases.identifiers import (
    birth_date_in,
    check_digit_fits,
    has_form,
    hidden_but_start,
    is_passport_number,
    sex_in,
)


def test_the_sample_of_the_form_is_read_and_its_check_digit_does_not_fit() -> None:
    number = "640101-6554152"
    assert has_form(number)
    assert birth_date_in(number) == date(1964, 1, 1)
    assert sex_in(number) == "F"
    assert not check_digit_fits(number)


@pytest.mark.parametrize(
    "number", ["640101-655415", "640101 6554152", "64010-16554152", "9" * 30, "六40101-6554152", ""]
)
def test_a_number_of_another_form_is_told(number: str) -> None:
    assert not has_form(number)


@pytest.mark.parametrize("number", ["640101-1554152", "640230-6554152", "641301-6554152"])
def test_a_number_without_a_day_or_century_is_told(number: str) -> None:
    assert has_form(number)
    assert birth_date_in(number) is None


@pytest.mark.parametrize(("digit", "born"), [("5", 1904), ("6", 1904), ("7", 2004), ("8", 2004)])
def test_the_seventh_digit_gives_the_century(digit: str, born: int) -> None:
    found = birth_date_in(f"040229-{digit}000000")
    assert found == date(born, 2, 29)


def test_either_formula_of_the_check_digit_is_accepted() -> None:
    first = "880714-600000"
    fitting = [digit for digit in "0123456789" if check_digit_fits(first + digit)]
    assert len(fitting) == 2


def test_a_passport_number_has_at_most_nine_letters_and_digits() -> None:
    assert is_passport_number("C 123-4567")
    assert not is_passport_number("C123456789")


def test_of_a_hidden_number_the_start_alone_is_left() -> None:
    assert hidden_but_start("8807146000001", 6) == "880714•••••••"
    assert hidden_but_start(None, 6) == ""
