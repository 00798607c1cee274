"""Dates and periods of the law: all judged by whole days, never beyond the calendar's ends."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


def _month(day: date, months: int) -> tuple[int, int]:
    total = day.year * 12 + day.month - 1 + months
    return total // 12, total % 12 + 1


def add_months(day: date, months: int) -> date:
    """The day a period of months is over; where no such day exists, the 1st of the next month.

    Civil Code Art. 160(3): the period ends with the month.
    """
    year, month = _month(day, months)
    if year > date.max.year:
        return date.max
    if day.day > 28 and day.day > monthrange(year, month)[1]:
        year, month = _month(date(year, month, 1), 1)
        return date(year, month, 1)
    return date(year, month, day.day)


def subtract_months(day: date, months: int) -> date:
    """The day so many months before; where no such day exists, the last day of that month."""
    year, month = _month(day, -months)
    if year < date.min.year:
        return date.min
    last = day.day if day.day <= 28 else min(day.day, monthrange(year, month)[1])
    return date(year, month, last)


def add_years(day: date, years: int) -> date:
    """The day a period of years is over (General Act on Public Administration Art. 6(2))."""
    if day.day > 28 or day.year + years > date.max.year:
        return add_months(day, years * 12)
    return date(day.year + years, day.month, day.day)


def subtract_years(day: date, years: int) -> date:
    """The same day so many years before; from 29 February the last day of that month."""
    if day.day > 28 or day.year - years < date.min.year:
        return subtract_months(day, years * 12)
    return date(day.year - years, day.month, day.day)


def add_days(day: date, days: int) -> date:
    """The day so many days later (earlier when negative), held inside the calendar."""
    ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def reached(start: date, years: int, as_of: date) -> bool:
    """Whether a period of years that began on `start` is full as of that day."""
    return add_years(start, years) <= as_of


def is_long(start: date, end: date, months: int) -> bool:
    """Whether the closed period from `start` to `end`, both counted, has that many months."""
    return add_days(end, 1) >= add_months(start, months)


class Span(NamedTuple):
    """A stretch of days, both ends counted."""

    start: date
    end: date


def merged(spans: Iterable[Span]) -> list[Span]:
    """The distinct stretches: what touches or overlaps is joined."""
    joined: list[Span] = []
    for span in sorted(span for span in spans if span.end >= span.start):
        if joined and span.start <= add_days(joined[-1].end, 1):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def without(spans: Iterable[Span], lapses: Iterable[Span]) -> list[Span]:
    """The stretches with the days of the lapses taken out."""
    left = merged(spans)
    for lapse in lapses:
        left = [piece for span in left for piece in _cut(span, lapse)]
    return left


def _cut(span: Span, lapse: Span) -> list[Span]:
    if lapse.end < lapse.start or lapse.end < span.start or lapse.start > span.end:
        return [span]
    before = Span(span.start, add_days(lapse.start, -1))
    after = Span(add_days(lapse.end, 1), span.end)
    return [piece for piece in (before, after) if piece.end >= piece.start and piece != span]


def days_before(spans: Iterable[Span], as_of: date) -> int:
    """How many distinct days before that day the stretches hold."""
    last = add_days(as_of, -1)
    cut = (Span(span.start, min(span.end, last)) for span in spans)
    return sum((span.end - span.start).days + 1 for span in merged(cut))


def in_all(days: int, years: int, as_of: date) -> bool:
    """Whether so many days before that day make the years "in all"."""
    return add_years(add_days(as_of, -days), years) <= as_of
