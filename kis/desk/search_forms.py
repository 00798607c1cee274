"""The advanced search as a form, and how the one box is read."""

import re
from contextlib import suppress
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField
from wtforms.validators import ValidationError

from kis.cases.choices import nationalities
from kis.cases.facts import normalised_number
from kis.cases.identifiers import has_form, is_passport_number
from kis.cases.search import RECEIPT, Criteria
from kis.cases.search_keys import SHORTEST
from kis.cases.states import STATE_LABELS
from kis.core import clock
from kis.core.crypto import blind_index
from kis.core.forms import DayField, KisForm, at_most
from kis.core.language import current_language, in_language
from kis.core.refusals import Invalid
from kis.rules import procedure

MIN_REASON = 5
DAY = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\.?", re.ASCII)
# As forms and identity numbers have it: 19900101, 900101.
WRITTEN_TOGETHER = re.compile(r"(\d{2}|19\d{2}|20\d{2})(\d{2})(\d{2})", re.ASCII)
# What is looked for, and why, stands in an address, of which no server takes one of any length.
LONGEST, LONGEST_REASON = 200, 500
# Field of the form to the column of the blind index.
NUMBERS = {"registration_number": "registration_index", "passport_number": "passport_index"}
PLAIN = (
    "receipt",
    "name",
    "birth_date",
    "nationality",
    "category",
    "state",
    "received_from",
    "received_to",
)


class SearchForm(KisForm):
    """What is known of the cases looked for; every field may stay empty."""

    receipt = StringField(_l("Receipt number or its end"), [at_most(LONGEST)])
    name = StringField(_l("Name, or any part of it"), [at_most(LONGEST)])
    birth_date = DayField(_l("Date of birth"))
    nationality = SelectField(_l("Nationality"), default="")
    registration_number = StringField(_l("Alien registration number"))
    passport_number = StringField(_l("Passport number"))
    category = SelectField(_l("Category"), default="")
    state = SelectField(_l("State"), default="")
    received_from = DayField(_l("Applied from"))
    received_to = DayField(_l("Applied until"))
    reason = StringField(_l("Reason for the search"), [at_most(LONGEST_REASON)])

    def __init__(self, asks_reason: bool, **given: Any) -> None:
        super().__init__(**given)
        everything = ("", _("All"))
        categories = procedure("permanent-residence").categories.values()
        self.nationality.choices = [everything, *nationalities(current_language())]
        self.category.choices = [
            everything,
            *((c.code, f"{c.code} {in_language(c.label)}") for c in categories),
        ]
        self.state.choices = [everything, *((state, str(label)) for state, label in STATE_LABELS.items())]
        self.asks_reason = asks_reason
        if not asks_reason:
            del self.reason

    def validate_registration_number(self, field: Field) -> None:
        if field.data and not has_form(field.data):
            raise ValidationError(
                _("An alien registration number has 13 digits, with or without a hyphen after the sixth.")
            )

    def validate_passport_number(self, field: Field) -> None:
        if field.data and not is_passport_number(field.data):
            raise ValidationError(_("A passport number has at most nine letters and digits."))

    def validate_received_to(self, field: Field) -> None:
        if field.data and self.received_from.data and field.data < self.received_from.data:
            raise ValidationError(_("The last day lies before the first."))

    def validate_reason(self, field: Field) -> None:
        if self.criteria().is_personal and len(field.data or "") < MIN_REASON:
            raise ValidationError(_("Write a reason of at least 5 characters."))

    def criteria(self) -> Criteria:
        """What was asked; numbers as their blind index alone."""
        plain = {name: self[name].data for name in PLAIN if self[name].data}
        return Criteria(**plain, **{index: indexed(name, self[name].data) for name, index in NUMBERS.items()})


def indexed(kind: str, written: str | None) -> str:
    number = normalised_number(written)
    return blind_index(kind, number) if number else ""


def read_box(text: str) -> Criteria:
    """What the one box asks for: a receipt number, an identity number, a birth date, or else a name.

    Raises Invalid where it is none of them.
    """
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        raise Invalid(_("Write a receipt number, a name, a date of birth, or an identity number."))
    if RECEIPT.fullmatch(text.lower()):
        return Criteria(receipt=text.lower())
    if has_form(text):
        return Criteria(registration_index=indexed("registration_number", text))
    if day := DAY.fullmatch(text):
        return Criteria(birth_date=day_of(*map(int, day.groups())))
    if born := birth_date_of(text):
        return Criteria(birth_date=born)
    if any(c.isdigit() for c in text):
        return by_passport(text)
    return sound(Criteria(name=text))


def birth_date_of(digits: str) -> date | None:
    """The day until today that eight digits spell, or six of this or the last century; None where they do not."""
    found = WRITTEN_TOGETHER.fullmatch(digits)
    if not found:
        return None
    year, month, day = found.groups()
    for written in (year,) if len(year) == 4 else (f"20{year}", f"19{year}"):
        with suppress(ValueError):
            if (born := date(int(written), int(month), int(day))) <= clock.today():
                return born
    return None


def by_passport(text: str) -> Criteria:
    if not is_passport_number(text):
        raise Invalid(_("This is no receipt number, alien registration number or passport number."))
    return Criteria(passport_index=indexed("passport_number", text))


def day_of(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Invalid(_("There is no such day. Write it as 2025-05-12.")) from error


def sound(criteria: Criteria) -> Criteria:
    """The criteria, if they can be looked up. Raises Invalid."""
    if criteria.is_empty:
        raise Invalid(_("Fill in at least one field."))
    if criteria.name and not criteria.points_at_few and not criteria.by_name:
        raise Invalid(
            _(
                "Give at least %(count)s letters of the name that stand together, or the date of birth as well.",
                count=SHORTEST,
            )
        )
    return criteria
