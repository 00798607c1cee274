"""Percentiles of a distribution that is given as counts. Pure."""

from collections.abc import Iterable
from fractions import Fraction

Counts = Iterable[tuple[int, int]]


def percentile(counts: Counts, share: Fraction) -> Fraction | None:
    """The value below which the share lies, between two values in proportion (as SQL's percentile_cont).

    `counts`: pairs of a value and how often it occurs. None where nothing was counted.
    """
    ordered = sorted((value, times) for value, times in counts if times)
    total = sum(times for _value, times in ordered)
    if not total:
        return None
    place = share * (total - 1)
    below = place.numerator // place.denominator
    low, high = value_at(ordered, below), value_at(ordered, min(below + 1, total - 1))
    return low + (high - low) * (place - below)


def value_at(ordered: list[tuple[int, int]], place: int) -> int:
    """The value at a place, counted from 0, of the values written out one by one."""
    reached = 0
    for value, times in ordered:
        reached += times
        if place < reached:
            return value
    raise IndexError(place)


MEDIAN, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)
