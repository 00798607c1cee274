"""Forms of the checklist. Each carries the version of the row that was shown."""

from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from kis.core.forms import DayField, KisForm, YesNoField
from kis.core.refusals import Invalid
from kis.documents.operations import MAX_DEFECT

AnyForm = TypeVar("AnyForm", bound=KisForm)


class RowForm(KisForm):
    """What every form of a row sends."""

    version = IntegerField(validators=[InputRequired(_l("Load the page again."))])
    # Where the form stands, and so what is answered: a line of the checklist, or the page of one document.
    place = StringField(default="line", validators=[AnyOf(("line", "page"))])
    then = StringField()


class MarkForm(RowForm):
    """The applicant's mark and the dates of the document."""

    submitted = YesNoField(_l("Submitted"))
    issued_on = DayField(_l("Issued on"), [Optional()])
    expires_on = DayField(_l("Expires on"), [Optional()])


class ReviewForm(RowForm):
    """The tick of the Civil Servant Review."""

    reviewed = BooleanField(_l("Civil Servant Review"))


class DefectForm(RowForm):
    """What is wrong with the document."""

    defect = TextAreaField(
        _l("Defect"), [Length(max=MAX_DEFECT, message=_l("Write at most %(max)d characters."))]
    )


class AddDocumentForm(KisForm):
    """One more row, for one person."""

    code = StringField(_l("Document"), [InputRequired(_l("Choose a document."))])
    person = StringField(_l("Person"), [InputRequired(_l("Choose a person."))])


def filled(form: AnyForm) -> AnyForm:
    """The form as it was sent. Raises Invalid with its errors, each named by its field."""
    if form.validate():
        return form
    raise Invalid(" ".join(sentence(form, name, errors) for name, errors in form.errors.items()))


def sentence(form: KisForm, name: str | None, errors: Any) -> str:
    label = form[name].label.text if name in form else ""
    return f"{label}: {' '.join(map(str, errors))}"
