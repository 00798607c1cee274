"""The steps of a case that have a form: which one, what it does, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from kis.cases.models import Case
from kis.casework import endings, extensions, inspections, supplements, transfers
from kis.core.access import Viewer
from kis.decisions import reversal
from kis.desk import step_forms as forms
from kis.offices.queries import office_by_code

# What is entered, by name of the field.
Entered = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """`page` is the endpoint on which the form stands; `lead` says what the step brings about."""

    page: str
    form: type[forms.StepForm]
    perform: Callable[[Case, Entered, Viewer], object]
    lead: Any
    done: Any
    danger: bool = False


HERE, SUPPLEMENT = "desk.steps", "desk.supplement"


def propose_transfer(case: Case, entered: Entered, viewer: Viewer) -> object:
    return transfers.propose(case, office_by_code(entered["office"]), entered["reason"], viewer)


def enter_reply(case: Case, entered: Entered, viewer: Viewer) -> object:
    complete = entered.get("complete", False)
    return supplements.enter_reply(case, entered["arrived"], entered["day"], complete, viewer)


STEPS = {
    "supplement-arrived": Step(
        SUPPLEMENT,
        forms.ReplyForm,
        enter_reply,
        _l("Documents that come in are marked as new on the checklist until they are reviewed."),
        _l("What came in is entered."),
    ),
    "extend-supplement": Step(
        SUPPLEMENT,
        forms.MoreTimeForm,
        lambda case, entered, viewer: supplements.extend(case, entered["days"], entered["wish"], viewer),
        _l("The applicant may ask for more time twice."),
        _l("The applicant has more time."),
    ),
    "repeat-supplement": Step(
        SUPPLEMENT,
        forms.AgainForm,
        lambda case, entered, viewer: supplements.repeat(case, entered["days"], viewer),
        _l("What has not come in is asked for once more, for ten days at most."),
        _l("The second request is made. Its letter is being written."),
    ),
    "return-application": Step(
        SUPPLEMENT,
        forms.ReturnApplicationForm,
        lambda case, entered, viewer: endings.return_application(case, entered["note"], viewer),
        _l("The application goes back with its reason; the applicant may apply again."),
        _l("The application is returned. Its letter is being written."),
        danger=True,
    ),
    "treat-as-withdrawn": Step(
        SUPPLEMENT,
        forms.UndeliverableForm,
        lambda case, entered, viewer: endings.treat_as_withdrawn(case, entered["note"], viewer),
        _l("The request came back undelivered twice: the application counts as withdrawn."),
        _l("The application counts as withdrawn. Its letter is being written."),
        danger=True,
    ),
    "open-inspection": Step(
        HERE,
        forms.InspectionForm,
        lambda case, entered, viewer: inspections.open_inspection(case, **entered, viewer=viewer),
        _l("The clock stands still until the inspection ends."),
        _l("The inspection is opened; the clock stands still."),
    ),
    "end-inspection": Step(
        HERE,
        forms.ReportForm,
        lambda case, entered, viewer: inspections.end_inspection(case, **entered, viewer=viewer),
        _l("The review goes on, and the clock with it."),
        _l("The report is entered; the clock runs again."),
    ),
    "extend": Step(
        HERE,
        forms.ExtendForm,
        lambda case, entered, viewer: extensions.extend(case, **entered, viewer=viewer),
        _l("Once within the period, with written notice; a second time with the applicant's consent."),
        _l("The processing period is extended. The notice is being written."),
    ),
    "propose-transfer": Step(
        HERE,
        forms.TransferForm,
        propose_transfer,
        _l("The clock stands still until the other office answers."),
        _l("The transfer is proposed; the other office will answer."),
    ),
    "cancel-transfer": Step(
        HERE,
        forms.StepForm,
        lambda case, entered, viewer: transfers.cancel(case, viewer),
        _l("The case stays where it is, and the clock runs again."),
        _l("The transfer is taken back."),
    ),
    "withdraw": Step(
        HERE,
        forms.WithdrawForm,
        lambda case, entered, viewer: reversal.withdraw(case, **entered, viewer=viewer),
        _l("Only on the applicant's written wish. The case ends without a decision."),
        _l("The withdrawal is entered. Its letter is being written."),
        danger=True,
    ),
    "undo": Step(
        HERE,
        forms.UndoForm,
        lambda case, entered, viewer: reversal.undo(case, entered["reason"], viewer),
        _l("The letter has not left: it is declared void, and the case goes back to review."),
        _l("The decision is undone; the case is in review again."),
        danger=True,
    ),
    "set-aside": Step(
        HERE,
        forms.SetAsideForm,
        lambda case, entered, viewer: reversal.set_aside(case, entered["reason"], viewer),
        _l("The letter has left: decision and letter stay on record and no longer hold."),
        _l("The decision is set aside; the case is in review again."),
        danger=True,
    ),
    "reopen": Step(
        HERE,
        forms.ReopenForm,
        lambda case, entered, viewer: endings.reopen(case, entered["reason"], viewer),
        _l("The case goes back to review."),
        _l("The case is reopened."),
    ),
}
PAGES = {action: step.page for action, step in STEPS.items()} | {"ask-supplement": SUPPLEMENT}


def page_of_step(case: Case, action: str) -> str:
    """Address of the form of an action; those of the recommendation stand on the decision page."""
    if action not in PAGES:
        return url_for("decisions.decision", number=case.number)
    return url_for(PAGES[action], number=case.number, _anchor=f"step-{action}")
