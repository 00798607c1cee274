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


def test_the_seventh_digit_is_named_where_it_is_refused() -> None:
    [problem] = registration_number("880714-9123456").problems
    assert problem.values == {"digit": "9"}


def test_the_century_digit_dates_the_birth() -> None:
    assert registration_number("000229-7123456").digits
    assert registration_number("000229-5123456").digits is None


def test_a_check_digit_that_does_not_fit_only_warns() -> None:
    found = registration_number("640101-6554152")
    assert found.digits == "6401016554152"
    assert [one.key for one in found.warnings] == ["registration.checksum"]


# The sum of the digits weighted by 2 to 9 and 2 to 5, its rest by 11, and that rest taken from 11 and from 13.
@pytest.mark.parametrize(
    ("digits", "fitting"),
    [
        ("640101655415", "79"),  # 180, rest 4
        ("881225734567", "19"),  # 266, rest 2
        ("921111511111", "13"),  # 109, rest 10
        ("991231699999", "24"),  # 339, rest 9
        ("851224867893", "57"),  # 292, rest 6
        ("771127598707", "02"),  # rest 1
        ("771127598709", "13"),  # rest 0
        ("771127598703", "08"),  # rest 3
        ("771127598704", "35"),  # rest 8
        ("771127598706", "46"),  # rest 7
        ("771127598717", "68"),  # rest 5
    ],
)
def test_a_check_digit_of_either_rule_fits(digits: str, fitting: str) -> None:
    found = [digit for digit in "0123456789" if not registration_number(digits + digit).warnings]
    assert found == list(fitting)


@pytest.mark.parametrize(
    ("digit", "born", "sex"),
    [
        ("5", date(1964, 1, 1), "M"),
        ("6", date(1964, 1, 1), "F"),
        ("7", date(2064, 1, 1), "M"),
        ("8", date(2064, 1, 1), "F"),
    ],
)
def test_the_seventh_digit_tells_century_and_sex(digit: str, born: date, sex: str) -> None:
    def warned(day: date, stated: str | None) -> set[str]:
        read = registration_number(f"640101-{digit}554152", day, stated)
        return {one.key for one in read.warnings} - {"registration.checksum"}

    other = {"M": "F", "F": "M"}[sex]
    assert warned(born, sex) == warned(born, None) == warned(born, "X") == set()
    assert warned(born, other) == {"registration.sex"}
    assert warned(born.replace(year=born.year - 1), sex) == {"registration.birth"}


def test_a_warning_names_both_days_of_birth_and_a_refusal_the_digits() -> None:
    (warned,) = registration_number("640101-6554157", date(1964, 1, 2)).warnings
    assert warned.in_language("en") == "The number says 1964-01-01, the birth date is 1964-01-02."
    (refused,) = registration_number("880714-4123456").problems
    assert refused.in_language("en") == "The seventh digit must be 5 to 8, not 4."
    (refused,) = registration_number("880230-6123456").problems
    assert refused.in_language("en") == "880230 is no date of birth."


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
        *((code, code) for code in ["GBD", "GBO", "GBP", "GBS", "UNO", "UNA", "XXB", "XXC", "XXX", "XOM"]),
        ("ZZZ", None),
        ("", None),
        ("VN", None),
    ],
)
def test_nationalities_are_country_codes_and_those_of_passports(code: str, stored: str | None) -> None:
    assert nationality_code(code) == stored
