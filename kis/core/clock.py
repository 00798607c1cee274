"""The only source of now and today: instants are UTC, days are those of Seoul."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
PRESENT: ContextVar[datetime | None] = ContextVar("present", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return PRESENT.get() or datetime.now(UTC)


def today() -> date:
    """The present day in Seoul."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The day in Seoul on which an instant falls."""
    return instant.astimezone(SEOUL).date()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Do what is inside as if at that instant: invented cases are played through on the days of their history."""
    token = PRESENT.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        PRESENT.reset(token)
