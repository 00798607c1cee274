"""Registration numbers and nationality codes."""

from datetime import date

import pytest

from kis.rules.identifiers import nationality_code, registration_number


@pytest.mark.parametrize("text", ["880714-6123456", "8807146123456", " 880714-6123456 "])
def test_a_number_is_read_with_or_without_its_hyphen(text: str) -> None:
    assert registration_number(text).digits == "8807146123456"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("880714-612345", "registration.shape"),
        ("880714-61234567", "registration.shape"),
        ("88071-46123456", "registration.shape"),
        ("８８0714-6123456", "registration.shape"),
        ("", "registration.shape"),
        ("880714-1123456", "registration.century"),
        ("880714-4123456", "registration.century"),
        ("880714-9123456", "registration.century"),
        ("880714-0123456", "registration.century"),
        ("880230-6123456", "registration.date"),
        ("010229-7123456", "registration.date"),
    ],
)
def test_shape_date_and_century_refuse(text: str, problem: str) -> None:
    found = registration_number(text)
    assert found.digits is None
    assert [one.key for one in found.problems] == [problem]


def test_the_century_digit_dates_the_birth() -> None:
    assert registration_number("000229-7123456").digits
    assert registration_number("000229-5123456").digits is None


def test_a_check_digit_that_does_not_fit_only_warns() -> None:
    found = registration_number("640101-6554152")
    assert found.digits == "6401016554152"
    assert [one.key for one in found.warnings] == ["registration.checksum"]


def test_a_check_digit_of_either_rule_fits() -> None:
    warnings = [registration_number(f"640101-655415{digit}").warnings for digit in range(10)]
    assert sum(not one for one in warnings) == 2


def test_birth_date_and_sex_that_differ_warn() -> None:
    found = registration_number("640101-6554152", date(1964, 1, 2), "M")
    assert {one.key for one in found.warnings} == {
        "registration.checksum",
        "registration.birth",
        "registration.sex",
    }


@pytest.mark.parametrize(
    ("code", "stored"),
    [
        ("D", "DEU"),
        ("vnm", "VNM"),
        ("GBN", "GBN"),
        ("UNK", "UNK"),
        ("XXA", "XXA"),
        ("RKS", "RKS"),
        ("EUE", "EUE"),
        ("ZZZ", None),
        ("", None),
        ("VN", None),
    ],
)
def test_nationalities_are_country_codes_and_those_of_passports(code: str, stored: str | None) -> None:
    assert nationality_code(code) == stored
