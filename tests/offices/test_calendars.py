"""Working days in Korea."""

from datetime import date, timedelta

import pytest

from kis.offices.calendars import add_working_days, count_working_days, is_working_day, public_holidays

FRIDAY_BEFORE_SEOLLAL = date(2026, 2, 13)


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 1, 27),  # decreed for one year only
        date(2025, 6, 3),  # presidential election
        date(2026, 2, 16),  # Seollal, three days
        date(2026, 2, 17),
        date(2026, 2, 18),
        date(2026, 3, 2),  # substitute for a Sunday
        date(2026, 5, 1),  # public holiday since 2026
        date(2026, 7, 17),  # public holiday again since 2026
        date(2026, 8, 17),  # substitute for a Saturday
        date(2026, 9, 24),  # Chuseok
        date(2026, 9, 25),
        date(2027, 2, 9),  # substitute for Seollal
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 22),  # Sunday
    ],
)
def test_offices_are_closed(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2025, 5, 1), date(2025, 7, 17), date(2026, 2, 19), date(2026, 12, 31)])
def test_offices_work(day: date) -> None:
    assert is_working_day(day)


def test_an_override_wins_over_the_calendar_both_ways() -> None:
    monday, seollal = date(2026, 11, 23), date(2026, 2, 17)
    overrides = {monday: True, seollal: False}
    assert not is_working_day(monday, overrides)
    assert is_working_day(seollal, overrides)


def test_a_period_of_six_days_counts_its_first_day_and_leaves_out_seollal() -> None:
    assert add_working_days(FRIDAY_BEFORE_SEOLLAL, 6) == date(2026, 2, 25)


def test_a_period_of_five_days_or_less_runs_in_hours() -> None:
    assert add_working_days(FRIDAY_BEFORE_SEOLLAL, 3) == date(2026, 2, 23)


def test_a_period_that_begins_on_a_holiday_counts_from_the_next_working_day() -> None:
    saturday = date(2026, 2, 14)
    assert add_working_days(saturday, 3) == date(2026, 2, 23)
    assert add_working_days(saturday, 6) == date(2026, 2, 26)


def test_a_period_passes_the_end_of_the_year() -> None:
    assert add_working_days(date(2026, 12, 24), 6) == date(2027, 1, 4)


def test_a_period_needs_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        add_working_days(date(2026, 12, 24), 0)


def test_the_days_of_a_period_are_as_many_as_it_has() -> None:
    for offset in range(40):
        first = date(2026, 9, 1) + timedelta(days=offset)
        assert count_working_days(first, add_working_days(first, 20)) == 20


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert count_working_days(date(2026, 11, 24), date(2026, 11, 20)) == 0


def test_holidays_have_korean_names() -> None:
    assert public_holidays(2026)[date(2026, 2, 17)] == "설날"
