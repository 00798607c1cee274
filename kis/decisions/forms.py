"""Forms of the decision page. Each carries the version of the case that its page showed."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from kis.core.forms import DayField, KisForm
from kis.decisions.reasons import GivenReason
from kis.decisions.words import RECOMMENDED_LABELS
from kis.precheck.queries import FailedCriterion

LONGEST = 4000
NAMED = [Length(max=LONGEST, message=_l("At most 4,000 characters."))]


def needed(sentence: Any) -> list[Any]:
    """What must be written, with the sentence that says so."""
    return [InputRequired(sentence), *NAMED]


class CaseForm(KisForm):
    """What every form here carries, so that a page opened before a change does nothing."""

    version = IntegerField(
        validators=[InputRequired(_l("This page is incomplete. Load it again."))], widget=HiddenInput()
    )


class FormWithOwnRows(CaseForm):
    """A form whose `own` rows are added and removed by buttons."""

    def change_rows(self, added: str | None, removed: str | None) -> bool:
        """Add or remove a row, as its button asks; False when none was pressed."""
        if added and len(self.own) < self.own.max_entries:
            self.own.append_entry()
        if removed:
            refill(self.own, [entry.data for entry in self.own if entry.name != removed])
        return bool(added or removed)


def refill(rows: FieldList, kept: Iterable[Any]) -> None:
    """Put these data in place of all rows of a list."""
    while len(rows):
        rows.pop_entry()
    for data in kept:
        rows.append_entry(data)


class CriterionReason(Form):
    """A failed criterion as a reason, which can be worded further."""

    criterion = HiddenField(validators=[Length(max=80)])
    chosen = BooleanField(_l("Name as a reason"))
    wording_ko = TextAreaField(_l("Further wording in Korean"), NAMED)
    wording_en = TextAreaField(_l("Further wording in English"), NAMED)

    class Meta(KisForm.Meta):
        csrf = False


class OwnReason(Form):
    """A reason that no criterion holds, in the officer's words."""

    wording_ko = TextAreaField(_l("Reason in Korean"), NAMED)
    wording_en = TextAreaField(_l("Reason in English"), NAMED)
    basis_ko = TextAreaField(_l("Legal basis in Korean"), NAMED)
    basis_en = TextAreaField(_l("Legal basis in English"), NAMED)

    class Meta(KisForm.Meta):
        csrf = False


class ProposalForm(FormWithOwnRows):
    """Granting or refusing, with reasons and the end of the present stay for a refusal."""

    outcome = RadioField(
        _l("Grant or refuse"),
        [AnyOf(tuple(RECOMMENDED_LABELS), message=_l("Choose between granting and refusing."))],
        choices=[SelectChoice(value, label) for value, label in RECOMMENDED_LABELS.items()],
        validate_choice=False,
    )
    text = TextAreaField(_l("Grounds of the recommendation"), NAMED)
    stay_expires_on = DayField(_l("The present stay lasts until"), [Optional()])
    criteria = FieldList(FormField(CriterionReason), max_entries=200)
    own = FieldList(FormField(OwnReason), _l("Reasons of your own"), max_entries=20)

    def reasons(self) -> list[GivenReason]:
        """The chosen criteria, then the officer's own reasons that hold anything."""
        if self.outcome.data != "refused":
            return []
        chosen = [
            GivenReason(row.criterion.data, row.wording_ko.data or "", row.wording_en.data or "")
            for row in self.criteria
            if row.chosen.data and row.criterion.data
        ]
        own = [GivenReason(None, *(field.data or "" for field in entry.form)) for entry in self.own]
        return chosen + [reason for reason in own if any(vars(reason).values())]

    @property
    def may_refuse(self) -> bool:
        """Whether refusing is among the choices."""
        return any(choice.value == "refused" for choice in self.outcome.choices)

    def name_criteria(self, failed: Sequence[FailedCriterion]) -> None:
        """Offer every failed criterion, chosen at first; what was entered on those that stay is kept."""
        entered = {row.criterion.data: row.data for row in self.criteria}
        names = (each.finding.id for each in failed)
        refill(self.criteria, [entered.get(name, {"criterion": name, "chosen": True}) for name in names])


class OtherwiseForm(ProposalForm):
    """A decision against the recommendation: the other outcome, and why."""

    text = TextAreaField(
        _l("Why it is decided otherwise"),
        needed(_l("Write why you decide otherwise than recommended.")),
    )

    def leave_out(self, recommended: str) -> None:
        """The outcome that was recommended is no choice; the other one is chosen."""
        self.outcome.choices = [choice for choice in self.outcome.choices if choice.value != recommended]
        self.outcome.data = self.outcome.data or self.outcome.choices[0].value


class ApprovalForm(CaseForm):
    """A step of the approval line."""

    comment = TextAreaField(_l("Comment"), NAMED, id="approve-comment")


class ReturnForm(CaseForm):
    """Back to the officer."""

    comment = TextAreaField(
        _l("What the officer is to do"),
        needed(_l("Write what the officer is to do.")),
        id="return-comment",
    )


class TakeBackForm(CaseForm):
    """The officer takes the recommendation back."""
