"""Alien registration numbers: their form, the day and sex they carry, and the check digit that only warns."""

import re
from datetime import date

from flask_babel import gettext as _

from kis.cases.facts import normalised_number

# The seventh digit gives century and sex: 5 and 6 for the 1900s, 7 and 8 for the 2000s; odd for male.
CENTURIES = {"5": 1900, "6": 1900, "7": 2000, "8": 2000}
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
WRITTEN = re.compile(r"\d{6}-?\d{7}", re.ASCII)
PASSPORT = re.compile(r"[A-Z0-9]{1,9}", re.ASCII)


def has_form(number: str) -> bool:
    """Whether it is 13 digits, with or without the hyphen after the sixth."""
    return bool(WRITTEN.fullmatch(number.strip()))


def birth_date_in(number: str) -> date | None:
    """The birth date that a number of the right form carries; None where it carries no day of the calendar."""
    digits = normalised_number(number) or ""
    century = CENTURIES.get(digits[6:7])
    if century is None:
        return None
    try:
        return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def sex_in(number: str) -> str:
    """ "M" or "F" by the seventh digit."""
    return "M" if int((normalised_number(number) or "0000000")[6]) % 2 else "F"


def check_digit_fits(number: str) -> bool:
    """Whether the last digit follows from the others by either of the two formulas in use.

    Nothing official is known for numbers given since October 2020, so that this may warn, never refuse.
    """
    digits = [int(c) for c in normalised_number(number) or ""]
    total = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=False))
    return digits[-1] in {(11 - total % 11) % 10, (13 - total % 11) % 10}


def against_registration_number(number: str) -> str | None:
    """Why nobody can have this number, or None."""
    if not has_form(number):
        return _("An alien registration number has 13 digits, with or without a hyphen after the sixth.")
    if birth_date_in(number) is None:
        return _("The first seven digits are no birth date and century of an alien registration number.")
    return None


def hidden_but_start(number: str | None, start: int) -> str:
    """The number for those who have no need of it: its start alone."""
    return f"{number[:start]}{'•' * (len(number) - start)}" if number else ""


def is_passport_number(number: str) -> bool:
    """Whether it is at most nine letters and digits (ICAO Doc 9303)."""
    return bool(PASSPORT.fullmatch(normalised_number(number) or ""))
