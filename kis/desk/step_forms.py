"""Forms of the steps of a case. Each carries the version of the case that its page showed."""

import json
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange

from kis.cases.models import Case
from kis.casework.asking import Suggestion
from kis.casework.queries import open_request
from kis.casework.supplements import LONGEST_PERIOD, LONGEST_REPEAT, MOST_ITEMS, Asked
from kis.casework.transfers import other_offices
from kis.casework.words import EXTENSION_REASONS
from kis.core import clock
from kis.core.access import Permission, current_viewer
from kis.core.forms import DayField, KisForm
from kis.core.language import current_language, in_language
from kis.decisions.forms import NAMED, CaseForm, FormWithOwnRows, needed, refill
from kis.letters.values import Bilingual


def days_within(longest: int) -> list[Any]:
    return [
        InputRequired(_l("Give the number of days.")),
        NumberRange(1, longest, _l("Give between %(min)s and %(max)s days.")),
    ]


class StepForm(CaseForm):
    """A step of a case; `prepare` fills what depends on the case."""

    def prepare(self, case: Case) -> None:
        """Nothing, unless the step offers choices."""


class InspectionForm(StepForm):
    """Opening an inspection."""

    purpose = TextAreaField(_l("What is to be found out"), needed(_l("Write what is to be found out.")))
    place = StringField(
        _l("Place"), [InputRequired(_l("Write where.")), Length(max=500)], id="inspection-place"
    )
    planned_on = DayField(_l("Planned for"), [InputRequired(_l("Give the day."))])


class ReportForm(StepForm):
    """What an inspection found."""

    report = TextAreaField(_l("Report"), needed(_l("Write what was found.")))
    ended_on = DayField(_l("Inspection ended on"), [InputRequired(_l("Give the day."))], default=clock.today)


class ExtendForm(StepForm):
    """Extending the processing period."""

    working_days = IntegerField(_l("Working days"), days_within(500), default=10)
    reason = SelectField(
        _l("Reason"),
        choices=[SelectChoice(code, text) for code, text in EXTENSION_REASONS.items()],
        description=_l("Workload and the absence of an officer are no reasons."),
        id="extension-reason",
    )
    note = TextAreaField(
        _l("The reason in words"), NAMED, description=_l("It stands in the notice."), id="extension-note"
    )
    consent = TextAreaField(
        _l("Consent of the applicant"),
        NAMED,
        description=_l("For a second extension: when and how the applicant agreed."),
    )

    def prepare(self, case: Case) -> None:
        self.reason.choices = [
            SelectChoice(code, in_language(text)) for code, text in EXTENSION_REASONS.items()
        ]


class TransferForm(StepForm):
    """Offering the case to another office."""

    office = SelectField(_l("To which office"), [InputRequired(_l("Choose the office."))])
    reason = TextAreaField(
        _l("Reason"),
        needed(_l("Write the reason.")),
        description=_l("It is printed in the notice to the applicant, as it is written here."),
        id="transfer-reason",
    )

    def prepare(self, case: Case) -> None:
        """The office of the applicant's address stands first; where none is known, the supervisor chooses."""
        found, others = other_offices(case)
        language = current_language()
        self.office.choices = [
            *([] if len(found) == 1 else [SelectChoice("", _("Choose"))]),
            *(SelectChoice(each.code, each.full_name(language), optgroup=str(COMPETENT)) for each in found),
            *(SelectChoice(each.code, each.full_name(language), optgroup=str(OTHERS)) for each in others),
        ]
        several = CHOOSE if found or others else NOBODY_THERE
        self.office.description = ONE_FOUND if len(found) == 1 else several


ONE_FOUND = _l("By the applicant's address this office has jurisdiction.")
CHOOSE = _l("The address does not tell one office alone: choose.")
NOBODY_THERE = _l("No other office has a supervisor who could answer.")
COMPETENT = _l("With jurisdiction over the address")
OTHERS = _l("Other offices")


class WithdrawForm(StepForm):
    """The applicant's written wish to withdraw."""

    wish = TextAreaField(
        _l("The written wish"),
        needed(_l("Write how the wish was given, and who signed it.")),
        description=_l("How it was given, and who signed it."),
    )
    wished_on = DayField(_l("Given on"), [InputRequired(_l("Give the day."))], default=clock.today)


class UndoForm(StepForm):
    """Why a decision is undone."""

    reason = TextAreaField(_l("Reason"), needed(_l("Write the reason.")), id="undo-reason")


class SetAsideForm(StepForm):
    """Why a decision is set aside."""

    reason = TextAreaField(_l("Reason"), needed(_l("Write the reason.")), id="set-aside-reason")


class ReopenForm(StepForm):
    """Why a case is reopened."""

    reason = TextAreaField(_l("Reason"), needed(_l("Write the reason.")), id="reopen-reason")


class ReplyForm(StepForm):
    """What came in, and on which day; to go on without the rest is offered to who reviews alone."""

    arrived = SelectMultipleField(_l("Came in"), coerce=int)
    day = DayField(_l("Arrived on"), [InputRequired(_l("Give the day."))], default=clock.today)
    complete = BooleanField(_l("Go on with the review without the rest"))

    def prepare(self, case: Case) -> None:
        missing = open_request(case).missing
        self.arrived.choices = [SelectChoice(item.id, in_language(item.wording)) for item in missing]
        if not current_viewer().can(Permission.CASE_REVIEW, case.office_id):
            del self.complete


class MoreTimeForm(StepForm):
    """More time on the applicant's request."""

    days = IntegerField(_l("Further days"), days_within(LONGEST_PERIOD), id="more-days")
    wish = TextAreaField(
        _l("The applicant's request"),
        needed(_l("Write when and how the applicant asked.")),
        description=_l("When and how the applicant asked for more time."),
        id="more-wish",
    )

    def prepare(self, case: Case) -> None:
        """As many days as the office gives at first, unless others were entered."""
        if self.days.data is None:
            self.days.data = case.office.supplement_days


class AgainForm(StepForm):
    """The second request."""

    days = IntegerField(
        _l("Days to answer"), days_within(LONGEST_REPEAT), default=LONGEST_REPEAT, id="again-days"
    )


class ReturnApplicationForm(StepForm):
    """Why an application goes back."""

    note = TextAreaField(
        _l("Reason"),
        needed(_l("Write the reason.")),
        description=_l("It stands in the letter."),
        id="return-note",
    )


class UndeliverableForm(StepForm):
    """What was tried to reach the applicant."""

    note = TextAreaField(
        _l("What was tried to reach the applicant"), needed(_l("Write what was tried.")), id="undeliverable"
    )


class SuggestedItem(Form):
    """Something that can be asked for, with its wording, which can be changed."""

    key = HiddenField(validators=[Length(max=100)])
    # The wording as the page offered it.
    was = HiddenField()
    chosen = BooleanField(_l("Ask for this"))
    ko = TextAreaField(_l("In Korean"), NAMED)
    en = TextAreaField(_l("In English"), NAMED)

    class Meta(KisForm.Meta):
        csrf = False


class OwnItem(Form):
    """A question of the officer's own."""

    ko = TextAreaField(_l("In Korean"), NAMED)
    en = TextAreaField(_l("In English"), NAMED)

    class Meta(KisForm.Meta):
        csrf = False


class AskForm(FormWithOwnRows):
    """A supplement request: what is picked, what is added, and the days to answer."""

    items = FieldList(FormField(SuggestedItem), max_entries=400)
    own = FieldList(FormField(OwnItem), _l("Questions of your own"), max_entries=MOST_ITEMS)
    days = IntegerField(
        _l("Days to answer"),
        days_within(LONGEST_PERIOD),
        description=_l("Days of the calendar; a last day that is no working day moves to the next one."),
    )

    def suggest(self, found: Sequence[Suggestion]) -> None:
        """Offer what can be asked for, and keep what was entered, also of what is no longer open.

        Wording that nobody touched follows what the checklist now says.
        """
        entered = {row.key.data: row.data for row in self.items}
        offered = {each.key: as_offered(each) for each in found}
        self.reworded = [
            offered[key] for key, row in entered.items() if key in offered and is_reworded(row, offered[key])
        ]
        entered |= {key: followed(row, offered[key]) for key, row in entered.items() if key in offered}
        settled = [row for key, row in entered.items() if row["chosen"] and key not in offered]
        self.settled = settled[:MOST_ITEMS]
        refill(self.items, [*(entered.get(key) or row for key, row in offered.items()), *self.settled])

    def validate(self, *args: Any, **more: Any) -> bool:
        """Nothing that was picked is left out unsaid because it has come in or was established meanwhile."""
        valid: bool = super().validate(*args, **more)
        for row in self.settled:
            said = _(
                "“%(wording)s” is no longer open. Take its tick away, or ask in words of your own.",
                wording=row["ko"] or row["en"],
            )
            self.form_errors.append(said)
        for row in self.reworded:
            said = _(
                "The checklist says something else now: “%(wording)s”. Look at the wording and send it again.",
                wording=row["ko"] or row["en"],
            )
            self.form_errors.append(said)
        return valid and not self.settled and not self.reworded

    def asked(self) -> list[Asked]:
        """The chosen ones, then the questions that hold anything."""
        chosen = [asked_of(row.key.data, wording_of(row)) for row in self.items if row.chosen.data]
        own = [Asked(wording_of(entry.form)) for entry in self.own]
        return chosen + [each for each in own if each.wording.ko or each.wording.en]


def as_offered(each: Suggestion) -> dict[str, Any]:
    row = {"key": each.key, "chosen": each.likely, "ko": each.wording.ko, "en": each.wording.en}
    return row | {"was": wording_in_text(row)}


def wording_in_text(row: dict[str, Any]) -> str:
    return json.dumps([row["ko"], row["en"]])


def is_reworded(row: dict[str, Any], offered: dict[str, Any]) -> bool:
    """Whether what was picked has another wording on the checklist than the page showed."""
    return bool(row["chosen"] and row["was"] and row["was"] != offered["was"])


def followed(row: dict[str, Any], offered: dict[str, Any]) -> dict[str, Any]:
    """The row as entered, upon the present wording; with that wording where the page's was left as it was."""
    untouched = row["was"] == wording_in_text(row)
    return (offered | {"chosen": row["chosen"]}) if untouched else row | {"was": offered["was"]}


def asked_of(key: str, wording: Bilingual) -> Asked:
    kind, _colon, name = key.partition(":")
    if kind == "document" and name.isdigit():
        return Asked(wording, document_id=int(name))
    return Asked(wording, criterion=name or None)


def wording_of(row: Any) -> Bilingual:
    return Bilingual(row.ko.data or "", row.en.data or "")
