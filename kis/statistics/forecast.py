"""How many open cases will miss their due day, if an office goes on as it did in the last weeks. Pure.

Cases are taken to be decided in the order of their due days, at the rate of the last eight weeks. Those
whose clock stands still are not due and are left out; those that are overdue already come first.
"""

from collections.abc import Sequence
from datetime import date

WINDOW_DAYS = 56
# A due day and how many cases are due on it; None: their clock stands still.
Due = tuple[date | None, int]


def outlook(due: Sequence[Due], decided: int, today: date) -> dict[str, int]:
    """What is open, stopped and overdue, and how many of the rest will be late; `due` earliest first.

    `decided`: cases decided in the last WINDOW_DAYS days. At that rate the k-th case is decided
    k * WINDOW_DAYS / decided days from today; it is late when that lies after its due day.
    """
    running = [(day, cases) for day, cases in due if day is not None]
    overdue = sum(cases for day, cases in running if day < today)
    late, before = 0, overdue
    for day, cases in running:
        if day < today:
            continue
        by_then = (day - today).days * decided // WINDOW_DAYS
        in_time = min(max(by_then - before, 0), cases)
        late += cases - in_time
        before += cases
    return {
        "open": sum(cases for _day, cases in due),
        "stopped": sum(cases for day, cases in due if day is None),
        "overdue": overdue,
        "decided": decided,
        "late": late,
    }
