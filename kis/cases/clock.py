"""When a case is due."""

from datetime import date

from kis.offices.calendars import add_working_days
from kis.offices.models import Office
from kis.offices.queries import holiday_overrides


def due_day(received_on: date, office: Office) -> date:
    """The last day of the office's processing period, counted from the day of receipt.

    Civil Petitions Treatment Act Art. 19: a period of six days or more counts its first day and
    leaves out Saturdays and holidays. No official period is known for this procedure, so that
    each office sets its own.
    """
    return add_working_days(received_on, office.processing_days, holiday_overrides())
