"""How many will be late: the arithmetic against a case-by-case reckoning."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kis.statistics.forecast import WINDOW_DAYS, outlook

TODAY = date(2026, 11, 23)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def test_an_office_that_keeps_pace_will_miss_none() -> None:
    due = [(day(7), 5), (day(14), 5)]
    assert outlook(due, 8 * 5, TODAY)["late"] == 0


def test_an_office_that_decides_nothing_will_miss_all_that_is_not_yet_overdue() -> None:
    due = [(day(-1), 2), (day(0), 3), (day(300), 4), (None, 7)]
    assert outlook(due, 0, TODAY) == {"open": 16, "stopped": 7, "overdue": 2, "decided": 0, "late": 7}


def test_overdue_cases_take_their_share_of_the_rate_first() -> None:
    """Eight a week, eight overdue: of the eight that are due in a week none is decided in time."""
    assert outlook([(day(-3), 8), (day(7), 8)], 64, TODAY)["late"] == 8
    assert outlook([(day(7), 8)], 64, TODAY)["late"] == 0


@given(st.lists(st.tuples(st.integers(-20, 200), st.integers(1, 6)), max_size=12), st.integers(0, 200))
def test_it_equals_deciding_one_case_after_the_other(due: list[tuple[int, int]], decided: int) -> None:
    ordered = sorted(dict(due).items())
    late = 0
    for place, offset in enumerate((o for o, cases in ordered for _ in range(cases)), start=1):
        if offset >= 0 and (not decided or place * WINDOW_DAYS > offset * decided):
            late += 1
    assert outlook([(day(offset), cases) for offset, cases in ordered], decided, TODAY)["late"] == late
