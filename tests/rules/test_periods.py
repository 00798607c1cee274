"""Dates and periods: first day counted, no such day, in all, closed periods."""

from datetime import date

import pytest

from kis.rules.periods import (
    Span,
    add_days,
    add_months,
    add_years,
    days_before,
    in_all,
    is_long,
    merged,
    reached,
    subtract_months,
    subtract_years,
    without,
)


@pytest.mark.parametrize(
    ("start", "years", "over"),
    [
        (date(2020, 3, 10), 5, date(2025, 3, 10)),
        (date(2020, 2, 29), 5, date(2025, 3, 1)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2019, 2, 28), 1, date(2020, 2, 28)),
        (date(9998, 5, 5), 5, date.max),
    ],
)
def test_a_period_of_years_is_over_on_the_same_day_or_the_first_of_the_next_month(
    start: date, years: int, over: date
) -> None:
    assert add_years(start, years) == over


@pytest.mark.parametrize(
    ("start", "months", "over"),
    [
        (date(2024, 8, 31), 6, date(2025, 3, 1)),
        (date(2024, 11, 12), 6, date(2025, 5, 12)),
        (date(2024, 12, 31), 2, date(2025, 3, 1)),
        (date(2023, 12, 31), 2, date(2024, 3, 1)),
        (date(2024, 10, 31), 1, date(2024, 12, 1)),
        (date(9999, 12, 31), 6, date.max),
    ],
)
def test_a_period_of_months_without_such_a_day_ends_with_the_month(
    start: date, months: int, over: date
) -> None:
    assert add_months(start, months) == over


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2025, 8, 31), 6, date(2025, 2, 28)),
        (date(2025, 5, 12), 6, date(2024, 11, 12)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 15), 1, date(2024, 12, 15)),
        (date(1, 1, 31), 6, date.min),
    ],
)
def test_counting_months_back_takes_the_last_day_where_no_such_day_exists(
    day: date, months: int, first: date
) -> None:
    assert subtract_months(day, months) == first


def test_counting_years_back_from_29_february_takes_the_28th() -> None:
    assert subtract_years(date(2024, 2, 29), 3) == date(2021, 2, 28)
    assert subtract_years(date(2024, 2, 29), 4) == date(2020, 2, 29)
    assert subtract_years(date(3, 5, 5), 5) == date.min


def test_residence_is_reached_on_the_day_and_not_the_day_before() -> None:
    assert reached(date(2020, 3, 10), 5, date(2025, 3, 10))
    assert not reached(date(2020, 3, 10), 5, date(2025, 3, 9))


def test_the_first_half_of_a_year_is_six_months_and_a_day_less_is_not() -> None:
    assert is_long(date(2024, 1, 1), date(2024, 6, 30), 6)
    assert not is_long(date(2024, 1, 1), date(2024, 6, 29), 6)
    assert is_long(date(2024, 1, 1), date.max, 6)


def test_overlapping_and_touching_stretches_are_joined() -> None:
    spans = [Span(date(2024, 1, 5), date(2024, 1, 9)), Span(date(2024, 1, 1), date(2024, 1, 4))]
    assert merged([*spans, Span(date(2024, 1, 3), date(2024, 1, 6))]) == [
        Span(date(2024, 1, 1), date(2024, 1, 9))
    ]
    assert merged([Span(date(2024, 1, 2), date(2024, 1, 1))]) == []


def test_lapses_are_taken_out() -> None:
    whole = [Span(date(2024, 1, 1), date(2024, 1, 31))]
    assert without(whole, [Span(date(2024, 1, 10), date(2024, 1, 20))]) == [
        Span(date(2024, 1, 1), date(2024, 1, 9)),
        Span(date(2024, 1, 21), date(2024, 1, 31)),
    ]
    assert without(whole, [Span(date(2023, 1, 1), date(2025, 1, 1))]) == []
    assert without(whole, [Span(date(2024, 1, 1), date(2024, 1, 31))]) == []
    assert without(whole, [Span(date(2025, 1, 1), date(2025, 1, 2))]) == whole
    assert without(whole, [Span(date(2024, 1, 1), date(2024, 1, 1))]) == [
        Span(date(2024, 1, 2), date(2024, 1, 31))
    ]


def test_only_days_before_the_application_count_and_each_once() -> None:
    as_of = date(2024, 1, 10)
    spans = [Span(date(2024, 1, 1), date.max), Span(date(2024, 1, 5), date(2024, 1, 20))]
    assert days_before(spans, as_of) == 9


def test_years_in_all_are_reached_to_the_day() -> None:
    as_of = date(2025, 5, 12)
    assert in_all((as_of - date(2023, 5, 12)).days, 2, as_of)
    assert not in_all((as_of - date(2023, 5, 13)).days, 2, as_of)


def test_days_stay_inside_the_calendar() -> None:
    assert add_days(date.max, 1) == date.max
    assert add_days(date.min, -1) == date.min


def test_the_last_and_the_first_year_of_the_calendar_are_years_like_others() -> None:
    assert add_months(date(9999, 1, 15), 1) == date(9999, 2, 15)
    assert add_years(date(9998, 5, 5), 1) == date(9999, 5, 5)
    assert subtract_months(date(1, 3, 15), 1) == date(1, 2, 15)
    assert subtract_years(date(2, 5, 5), 1) == date(1, 5, 5)


def test_a_stretch_of_one_day_is_a_stretch() -> None:
    day = Span(date(2024, 1, 5), date(2024, 1, 5))
    assert merged([day]) == [day]
    assert days_before([day], date(2024, 1, 6)) == 1
    month = Span(date(2024, 1, 1), date(2024, 1, 31))
    assert without([month], [Span(date(2024, 1, 2), date(2024, 1, 31))]) == [
        Span(date(2024, 1, 1), date(2024, 1, 1))
    ]


def test_stretches_apart_stay_apart_and_each_joins_only_its_own() -> None:
    first, second = Span(date(2020, 1, 1), date(2020, 1, 9)), Span(date(2021, 1, 1), date(2021, 1, 9))
    third, inside = Span(date(2022, 1, 1), date(2022, 1, 9)), Span(date(2021, 1, 2), date(2021, 1, 5))
    assert merged([third, inside, first, second]) == [first, second, third]
    longer = Span(date(2022, 1, 10), date(2022, 1, 20))
    assert merged([first, second, third, longer]) == [first, second, Span(third.start, longer.end)]


def test_a_lapse_takes_its_last_and_its_first_day_and_nothing_outside_of_it() -> None:
    month = Span(date(2024, 1, 1), date(2024, 1, 31))
    assert without([month], [Span(date(2024, 1, 31), date(2024, 2, 9))]) == [
        Span(date(2024, 1, 1), date(2024, 1, 30))
    ]
    assert without([month], [Span(date(2023, 12, 1), date(2023, 12, 31))]) == [month]
    assert without([month], [Span(date(2023, 12, 1), date(2024, 1, 1))]) == [
        Span(date(2024, 1, 2), date(2024, 1, 31))
    ]


def test_a_lapse_that_ends_before_it_begins_takes_nothing() -> None:
    month = Span(date(2024, 1, 1), date(2024, 1, 31))
    assert without([month], [Span(date(2024, 1, 20), date(2024, 1, 10))]) == [month]
