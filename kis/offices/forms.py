"""Settings of an office, and days that differ from the calendar."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from kis.core.forms import DayField, KisForm
from kis.offices.operations import OfficeSettings


class SettingsForm(KisForm):
    """What an office sets for itself."""

    processing_days = IntegerField(
        _l("Processing period, in working days"),
        [
            InputRequired(_l("Give the number of working days.")),
            NumberRange(1, 500, _l("A period has 1 to 500 working days.")),
        ],
    )
    supplement_days = IntegerField(
        _l("Days for an applicant to answer, as proposed"),
        [
            InputRequired(_l("Give the number of days.")),
            NumberRange(1, 90, _l("An applicant is given 1 to 90 days.")),
        ],
        description=_l("Days of the calendar. The officer who asks may give another number."),
    )
    address = StringField(_l("Address"), [Optional(), Length(max=200)])
    phone = StringField(_l("Phone"), [Optional(), Length(max=40)])
    remedies_contact = StringField(
        _l("Contact for appeals"),
        [Optional(), Length(max=200)],
        description=_l("Stands on letters, under how to appeal."),
    )

    def settings(self) -> OfficeSettings:
        return OfficeSettings(
            processing_days=self.processing_days.data or 0,
            supplement_days=self.supplement_days.data or 0,
            address=self.address.data or None,
            phone=self.phone.data or None,
            remedies_contact=self.remedies_contact.data or None,
        )


class PeriodForm(KisForm):
    """The processing period of one category; its choices are set by the page."""

    category = SelectField(_l("Category"))
    working_days = IntegerField(
        _l("Working days"),
        [Optional(), NumberRange(1, 500, _l("A period has 1 to 500 working days."))],
        description=_l("Left empty, the category has no period of its own."),
    )


class HolidayForm(KisForm):
    """A day that offices work or do not work against what the calendar says."""

    day = DayField(_l("Day"), [InputRequired(_l("Give the day."))])
    holds = RadioField(
        _l("On this day"),
        choices=[
            SelectChoice("holiday", _l("offices are closed")),
            SelectChoice("working", _l("offices work")),
        ],
        default="holiday",
    )
    reason = StringField(_l("Reason"), [InputRequired(_l("Give the reason.")), Length(max=120)])
    source = StringField(
        _l("Source"),
        [InputRequired(_l("Give the source.")), Length(max=200)],
        description=_l("The notice or decree that says so, with its date."),
    )
