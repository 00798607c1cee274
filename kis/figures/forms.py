"""Forms by which headquarters proposes changes of the reference data."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FileField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from kis.core.forms import DayField, KisForm
from kis.core.reasons import reason_field
from kis.figures.reading import MAX_AMOUNT, MAX_TEXT, YEARS
from kis.figures.subjects import Plain, Subject, as_plain
from kis.figures.words import COLUMNS, CONFIDENCES, FIGURES
from kis.rules.identifiers import nationality_code

WHICH_DAY = _l("Write the day.")


class ReasonForm(KisForm):
    """Why the reference data are to change."""

    reason = reason_field(_l("Reason for the change"))


class RowForm(ReasonForm):
    """A row of one table as it is to be; its fields are the columns."""

    def plain(self, subject: Subject) -> Plain:
        """What was entered, as plain data."""
        return {name: as_plain(self[name].data) for name in subject.columns}


class ImportForm(ReasonForm):
    file = FileField(_l("CSV file"), [InputRequired(_l("Choose the file."))])


def is_country(form: Any, field: Any) -> None:
    field.data = (field.data or "").upper()
    if nationality_code(field.data) != field.data:
        raise ValidationError(_l("Write the code of the country in three letters, as in a passport."))


def choices_of(labels: dict[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


def confidence() -> SelectField:
    return SelectField(COLUMNS["confidence"], choices=choices_of(CONFIDENCES))


def country() -> StringField:
    return StringField(COLUMNS["country"], [DataRequired(_l("Write the country.")), is_country])


def note() -> StringField:
    return StringField(COLUMNS["note"], [Length(max=MAX_TEXT)])


class FigureForm(RowForm):
    figure = SelectField(COLUMNS["figure"], choices=choices_of(FIGURES))
    year = IntegerField(
        COLUMNS["year"],
        [InputRequired(_l("Write the year.")), NumberRange(min=YEARS.start, max=YEARS.stop - 1)],
    )
    amount_krw = IntegerField(
        COLUMNS["amount_krw"],
        [InputRequired(_l("Write the amount in won.")), NumberRange(min=1, max=MAX_AMOUNT)],
    )
    announced_on = DayField(COLUMNS["announced_on"], [Optional()])
    applies_from = DayField(COLUMNS["applies_from"], [InputRequired(WHICH_DAY)])
    confidence = confidence()
    source = StringField(COLUMNS["source"], [DataRequired(_l("Write the source.")), Length(max=MAX_TEXT)])


class ApostilleForm(RowForm):
    country = country()
    in_force_for_korea_from = DayField(COLUMNS["in_force_for_korea_from"], [InputRequired(WHICH_DAY)])
    confidence = confidence()
    note = note()


class EmbassyForm(RowForm):
    country = country()
    accepted_from = DayField(COLUMNS["accepted_from"], [Optional()])
    confidence = confidence()
    note = note()


FORMS: dict[str, type[RowForm]] = {"figure": FigureForm, "apostille": ApostilleForm, "embassy": EmbassyForm}
