"""Which days are working days, and how many lie between two.

Public holidays, those of the lunar calendar and substitutes included, come from the holidays
package; what is decreed at short notice is laid over them (models.HolidayOverride).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import holidays

SATURDAY = 5
LONGEST_IN_HOURS = 5
A_DAY = timedelta(days=1)
# Day to whether it is a holiday; read by queries.holiday_overrides().
Overrides = Mapping[date, bool]
NONE: Overrides = MappingProxyType({})


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Day to Korean name, for one year (Public Holidays Act and its Decree)."""
    return MappingProxyType(dict(holidays.country_holidays("KR", years=year, language="ko")))


def is_working_day(day: date, overrides: Overrides = NONE) -> bool:
    """Whether offices work on this day: no Saturday, Sunday or public holiday, unless overridden."""
    if day in overrides:
        return not overrides[day]
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def working_days_from(day: date, overrides: Overrides = NONE) -> Iterator[date]:
    """The working days from `day` on, itself included, without end."""
    while True:
        if is_working_day(day, overrides):
            yield day
        day += A_DAY
