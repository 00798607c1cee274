"""Forms of the checklist. Each carries the version of the row that was shown."""

from datetime import date
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from kis.core.forms import DayField, KisForm, YesNoField
from kis.core.refusals import Invalid
from kis.documents.models import CaseDocument
from kis.documents.operations import MAX_DEFECT

AnyForm = TypeVar("AnyForm", bound=KisForm)
MARK_FIELDS = ("submitted", "issued_on", "expires_on")
SUBMITTED = {True: "yes", False: "no", None: ""}


def mark_in_text(submitted: bool | None, issued_on: date | None, expires_on: date | None) -> dict[str, str]:
    """A mark by field, each value as a form sends it."""
    days = (day.isoformat() if day else "" for day in (issued_on, expires_on))
    return dict(zip(MARK_FIELDS, (SUBMITTED[submitted], *days), strict=True))


def mark_from_text(mark: dict[str, str]) -> tuple[bool | None, date | None, date | None]:
    """The mark that `mark_in_text` wrote."""
    issued_on, expires_on = (
        date.fromisoformat(mark[name]) if mark[name] else None for name in MARK_FIELDS[1:]
    )
    return {"yes": True, "no": False}.get(mark["submitted"]), issued_on, expires_on


def shown_mark(document: CaseDocument) -> dict[str, str]:
    """The present mark of a row, likewise."""
    return mark_in_text(document.submitted, document.issued_on, document.expires_on)


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
    # The mark as it was shown, as `shown_mark` writes it.
    was = StringField()

    def seen(self) -> dict[str, str] | None:
        """The mark that was shown, or None where the form does not say."""
        try:
            shown = dict(zip(MARK_FIELDS, (self.was.data or "").split("|"), strict=True))
            return shown if mark_in_text(*mark_from_text(shown)) == shown else None
        except ValueError:
            return None

    def stated(self) -> dict[str, str]:
        """The mark as the form has it."""
        return mark_in_text(self.submitted.data, self.issued_on.data, self.expires_on.data)


class ReviewForm(RowForm):
    """The tick of the Civil Servant Review."""

    reviewed = BooleanField(_l("Civil Servant Review"))


class DefectForm(RowForm):
    """What is wrong with the document."""

    defect = TextAreaField(
        _l("Defect"), [Length(max=MAX_DEFECT, message=_l("Write at most %(max)d characters."))]
    )
    # The defect as it was shown.
    was = StringField()

    def seen(self) -> dict[str, str] | None:
        """The defect that was shown, or None where the form does not say."""
        return None if self.was.data is None else {"defect": self.was.data}

    def stated(self) -> dict[str, str]:
        return {"defect": self.defect.data or ""}


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
