"""Working days in Korea."""

from datetime import date

import pytest

from kis.offices.calendars import is_working_day, public_holidays

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


def test_holidays_have_korean_names() -> None:
    assert public_holidays(2026)[date(2026, 2, 17)] == "설날"
