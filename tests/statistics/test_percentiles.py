"""Percentiles of counts against the same numbers written out, and against the database's own."""

from fractions import Fraction
from typing import Any

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from kis.core.extensions import db
from kis.statistics.percentiles import MEDIAN, NINE_TENTHS, percentile

COUNTS = st.dictionaries(st.integers(0, 400), st.integers(0, 30), max_size=12)
SHARES = st.fractions(0, 1, max_denominator=20)


def written_out(counts: dict[int, int], share: Fraction) -> Fraction | None:
    """The same by sorting every single value."""
    values = sorted(value for value, times in counts.items() for _ in range(times))
    if not values:
        return None
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return Fraction(values[below]) * (1 - (place - below)) + Fraction(values[above]) * (place - below)


@given(COUNTS, SHARES)
def test_a_percentile_of_counts_is_that_of_the_values_written_out(
    counts: dict[int, int], share: Fraction
) -> None:
    assert percentile(counts.items(), share) == written_out(counts, share)


@given(COUNTS)
def test_the_median_lies_in_the_middle_and_the_ninetieth_not_below_it(counts: dict[int, int]) -> None:
    median, ninetieth = (percentile(counts.items(), share) for share in (MEDIAN, NINE_TENTHS))
    if median is None or ninetieth is None:
        assert not any(counts.values())
        return
    total = sum(counts.values())
    assert 2 * sum(times for value, times in counts.items() if value < median) <= total
    assert median <= ninetieth <= max(value for value, times in counts.items() if times)


def test_it_is_what_the_database_calls_percentile_cont(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    counts: dict[int, Any] = {3: 2, 10: 5, 11: 1, 90: 4}
    values = [value for value, times in counts.items() for _ in range(times)]
    query = text(
        "SELECT percentile_cont(:share) WITHIN GROUP (ORDER BY v) FROM unnest(cast(:values AS int[])) AS v"
    )
    for share in (MEDIAN, NINE_TENTHS, Fraction(1, 4)):
        known = db.session.scalar(query, {"share": float(share), "values": values})
        assert abs(float(percentile(counts.items(), share) or 0) - known) < 1e-9
