"""When a case is due: pure functions of days.

A case has a period of working days from its receipt. Days do not count while the clock stands still:

- while a supplement is asked for, the day of dispatch and that of arrival among them
  (Administrative Procedures Act Decree Art. 11, item 1);
- while a transfer to another office is on its way (item 2);
- during special checks such as an inspection (item 5);
- between the end of a case and its reopening, when nothing was pending.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from kis.offices.calendars import LONGEST_IN_HOURS, NONE, Overrides, is_working_day, working_days_from

PAUSE_KINDS = ("supplement", "inspection", "transfer", "concluded")
# From so many working days before its due day on a case is at risk.
AT_RISK_DAYS = 5
# Civil Petitions Treatment Act Decree Art. 23: whoever waits this long is told how far it has come, each time.
NOTICE_DAYS = 30
# First and last day on which the clock stood still, both among those that do not count.
Pause = tuple[date, date]


def countable_days(first: date, pauses: Sequence[Pause], overrides: Overrides = NONE) -> Iterator[date]:
    """The working days from `first` on that lie in no pause, without end."""
    for day in working_days_from(first, overrides):
        if not any(start <= day <= end for start, end in pauses):
            yield day


def due_day(
    received_on: date, days: int, more: int = 0, pauses: Sequence[Pause] = (), overrides: Overrides = NONE
) -> date:
    """The last day of a period of `days` working days, extended by `more`. Raises ValueError under 1.

    Civil Petitions Treatment Act Art. 19: a period of six days or more counts its first day and leaves
    out Saturdays and holidays; one of five days or less is counted in hours, so that one begun within
    a working day ends at the same hour that many working days later.
    """
    if days < 1:
        raise ValueError("a period has at least one day")
    counted = countable_days(received_on, pauses, overrides)
    in_hours = (
        days <= LONGEST_IN_HOURS and next(countable_days(received_on, pauses, overrides)) == received_on
    )
    return next(islice(counted, days + more - (0 if in_hours else 1), None))


def at_risk_day(due_on: date, overrides: Overrides = NONE) -> date:
    """From this day on a case is at risk: AT_RISK_DAYS working days before it is due."""
    day, left = due_on, AT_RISK_DAYS
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day, overrides)
    return day


def days_counted(
    received_on: date, last: date, pauses: Sequence[Pause] = (), overrides: Overrides = NONE
) -> int:
    """How many days of the period were used from the receipt through `last`; 0 when `last` is earlier."""
    count = 0
    for day in countable_days(received_on, pauses, overrides):
        if day > last:
            break
        count += 1
    return count


def next_notice_day(received_on: date, today: date) -> date:
    """From today on, the next day on which the applicant is due word of the progress: each thirty days."""
    times = max(1, -(-(today - received_on).days // NOTICE_DAYS))
    return received_on + timedelta(days=times * NOTICE_DAYS)
