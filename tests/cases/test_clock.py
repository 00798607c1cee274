"""When a case is due: across holidays, substitutes and the turn of the year, and around what does not count."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.cases.clock import AT_RISK_DAYS, Pause, at_risk_day, days_counted, due_day, next_notice_day
from kis.offices.calendars import is_working_day

A_DAY = timedelta(days=1)
# The holidays of these days as the gazette lists them, not as the calendar of the system reckons them.
CLOSED = {
    date.fromisoformat(day)
    for day in [
        "2025-01-01",
        "2025-01-27",
        "2025-01-28",
        "2025-01-29",
        "2025-01-30",
        "2025-03-01",
        "2025-03-03",
        "2025-05-05",
        "2025-05-06",
        "2025-06-03",
        "2025-06-06",
        "2025-08-15",
        "2025-10-03",
        "2025-10-05",
        "2025-10-06",
        "2025-10-07",
        "2025-10-08",
        "2025-10-09",
        "2025-12-25",
        "2026-01-01",
        "2026-02-16",
        "2026-02-17",
        "2026-02-18",
        "2026-03-01",
        "2026-03-02",
        "2026-05-01",
        "2026-05-05",
        "2026-05-24",
        "2026-05-25",
        "2026-06-03",
        "2026-06-06",
        "2026-07-17",
        "2026-08-15",
        "2026-08-17",
        "2026-09-24",
        "2026-09-25",
        "2026-09-26",
        "2026-10-03",
        "2026-10-05",
        "2026-10-09",
        "2026-12-25",
        "2027-01-01",
    ]
}


def plain_due_day(
    received_on: date,
    days: int,
    pauses: list[Pause] | None = None,
    calendar: Mapping[date, bool] | None = None,
) -> date:
    """Day by day, with nothing of the system: the last of so many days that count."""
    day, counted = received_on, 0
    while True:
        closed = (calendar or {}).get(day, day in CLOSED or day.weekday() >= 5)
        paused = any(start <= day <= end for start, end in pauses or [])
        counted += not closed and not paused
        if counted == days:
            return day
        day += A_DAY


@pytest.mark.parametrize(
    ("received_on", "days", "due_on", "why"),
    [
        ("2026-02-13", 6, "2026-02-25", "Seollal lies on Monday to Wednesday"),
        ("2025-01-24", 6, "2025-02-06", "the Monday before Seollal 2025 was decreed"),
        ("2026-02-27", 6, "2026-03-09", "1 March falls on a Sunday and is made good on Monday"),
        ("2026-09-23", 6, "2026-10-02", "Chuseok reaches into the weekend, which moves nothing"),
        ("2025-10-02", 6, "2025-10-16", "Chuseok 2025 with its substitute and Hangul Day make a week"),
        ("2026-12-24", 6, "2027-01-04", "Christmas and New Year"),
        ("2026-12-31", 6, "2027-01-08", "the period begins in the old year"),
        ("2026-05-22", 6, "2026-06-01", "Buddha's birthday on a Sunday, made good on Monday"),
        ("2026-08-14", 6, "2026-08-24", "15 August on a Saturday, made good on Monday"),
        ("2026-02-14", 6, "2026-02-26", "received on a Saturday: counted from the next working day"),
        ("2026-02-14", 3, "2026-02-23", "in hours, from the opening of the next working day"),
        (
            "2026-11-20",
            60,
            "2027-02-17",
            "sixty days over the turn of the year and Seollal with its substitute",
        ),
    ],
)
def test_a_period_leaves_out_saturdays_and_holidays_and_counts_its_first_day(
    received_on: str, days: int, due_on: str, why: str
) -> None:
    assert due_day(date.fromisoformat(received_on), days) == date.fromisoformat(due_on), why


@pytest.mark.parametrize(
    "received_on", ["2025-01-20", "2025-09-29", "2026-02-09", "2026-09-14", "2026-12-21"]
)
@pytest.mark.parametrize("days", [6, 7, 10, 20])
def test_it_agrees_with_counting_day_by_day_on_the_gazette(received_on: str, days: int) -> None:
    first = date.fromisoformat(received_on)
    if plain_due_day(first, days) < date(2027, 1, 31):
        assert due_day(first, days) == plain_due_day(first, days)


def test_a_period_of_five_days_is_counted_in_hours() -> None:
    assert due_day(date(2026, 2, 13), 3) == date(2026, 2, 23)


def test_neither_end_of_a_pause_counts() -> None:
    monday = date(2026, 11, 2)
    assert due_day(monday, 6) == date(2026, 11, 9)
    pause = (date(2026, 11, 4), date(2026, 11, 5))
    assert due_day(monday, 6, pauses=[pause]) == date(2026, 11, 11)


def test_a_pause_over_a_holiday_moves_by_the_working_days_alone() -> None:
    """Seollal, 16 to 18 February, lies inside the pause: only two working days are lost."""
    pause = (date(2026, 2, 13), date(2026, 2, 19))
    plain = due_day(date(2026, 2, 9), 10)
    assert working_days(plain, due_day(date(2026, 2, 9), 10, pauses=[pause])) == 2


def working_days(after: date, through: date) -> int:
    return sum(is_working_day(day) for day in days_of(after + A_DAY) if day <= through)


def test_an_extension_adds_its_working_days() -> None:
    assert due_day(date(2026, 11, 2), 6, more=3) == due_day(date(2026, 11, 2), 9)


def test_a_day_declared_a_holiday_moves_the_due_day_and_a_declared_working_day_moves_it_back() -> None:
    first = date(2026, 11, 2)
    assert due_day(first, 6, overrides={date(2026, 11, 5): True}) == date(2026, 11, 10)
    assert due_day(first, 6, overrides={date(2026, 11, 7): False}) == date(2026, 11, 7)


def test_no_period_is_shorter_than_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        due_day(date(2026, 11, 2), 0)


@given(
    received_on=st.dates(date(2025, 1, 2), date(2026, 9, 1)),
    days=st.integers(6, 60),
    pauses=st.lists(st.tuples(st.integers(0, 90), st.integers(0, 20)), max_size=4),
    declared=st.dictionaries(st.dates(date(2025, 1, 2), date(2026, 12, 31)), st.booleans(), max_size=5),
)
def test_whatever_happens_it_agrees_with_counting_day_by_day(
    received_on: date, days: int, pauses: list[tuple[int, int]], declared: dict[date, bool]
) -> None:
    stood_still = [
        (received_on + after * A_DAY, received_on + (after + length) * A_DAY) for after, length in pauses
    ]
    calendar = {day: not is_working_day(day, declared) for day in days_of(received_on)}
    due_on = due_day(received_on, days, pauses=stood_still, overrides=declared)
    assert due_on == plain_due_day(received_on, days, stood_still, calendar)
    assert days_counted(received_on, due_on, stood_still, declared) == days
    assert days_counted(received_on, due_on - A_DAY, stood_still, declared) == days - 1


def days_of(first: date) -> list[date]:
    return [first + offset * A_DAY for offset in range(500)]


@given(due_on=st.dates(date(2025, 1, 2), date(2027, 6, 1)))
def test_a_case_is_at_risk_some_working_days_before_it_is_due(due_on: date) -> None:
    first = at_risk_day(due_on)
    assert is_working_day(first)
    assert working_days(first - A_DAY, due_on - A_DAY) == AT_RISK_DAYS


@pytest.mark.parametrize(
    ("today", "notice"),
    [("2026-11-02", "2026-12-02"), ("2026-12-02", "2026-12-02"), ("2026-12-03", "2027-01-01")],
)
def test_word_of_the_progress_is_due_each_thirty_days(today: str, notice: str) -> None:
    assert next_notice_day(date(2026, 11, 2), date.fromisoformat(today)) == date.fromisoformat(notice)
