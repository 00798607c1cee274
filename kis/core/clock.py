"""The only source of now and today: instants are UTC, days are those of Seoul."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in Seoul."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The day in Seoul on which an instant falls."""
    return instant.astimezone(SEOUL).date()
