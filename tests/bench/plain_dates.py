"""Dates and outcomes of the plain function."""

from datetime import date, timedelta

DAY = timedelta(days=1)
ALL_OF = {"not_met": 0, "unknown": 1, "review": 2, "met": 3, "exempt": 4}
ANY_OF = {"met": 0, "exempt": 1, "review": 2, "unknown": 3, "not_met": 4}


def months_later(day, months):
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        total += 1
        return date(total // 12, total % 12 + 1, 1)


def months_before(day, months):
    total = day.year * 12 + day.month - 1 - months
    year, month, number = total // 12, total % 12 + 1, day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def is_in(status, codes):
    return any(status == code or status.startswith(code + "-") for code in codes)


def as_whole(outcomes):
    return min(outcomes, key=ALL_OF.__getitem__)


def both(*facts):
    if False in facts:
        return False
    return None if None in facts else True
