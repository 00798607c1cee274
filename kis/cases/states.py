"""The states of a case and every way from one to another, in one table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from kis.cases.evidence import Evidence
from kis.core.access import Permission, Viewer

if TYPE_CHECKING:
    from kis.cases.models import Case

STATES = ("received", "in_review", "recommended", "decided", "closed")
OPEN_STATES, CLOSED_STATES = STATES[:3], STATES[3:]
OUTCOMES = ("granted", "refused")
STATE_LABELS = {
    "received": _l("Received"),
    "in_review": _l("In review"),
    "recommended": _l("Awaiting decision"),
    "decided": _l("Decided"),
    "closed": _l("Closed"),
}
OUTCOME_LABELS = {"granted": _l("Granted"), "refused": _l("Refused")}
ACTION_LABELS = {
    "assign": _l("Assign"),
    "take": _l("Take up"),
    "release": _l("Return to the queue"),
    "recommend": _l("Recommend"),
    "take-back": _l("Take the recommendation back"),
    "void-recommendation": _l("Void the recommendation"),
    "return": _l("Return to the officer"),
    "approve": _l("Approve and pass on"),
    "decide": _l("Decide"),
    "close": _l("Close"),
}

# A guard answers why the action is not possible now, or None.
Guard = Callable[["Case", Viewer, Evidence], str | None]


@dataclass(frozen=True)
class Transition:
    """One row of the table; permission None is for the system alone."""

    source: str
    target: str
    action: str
    permission: Permission | None
    guards: tuple[Guard, ...] = ()


def is_assignee(case: "Case", viewer: Viewer, _evidence: Evidence) -> str | None:
    return (
        None if case.assignee_id == viewer.account_id else str(_l("Only the officer in charge can do this."))
    )


def is_unassigned(case: "Case", _viewer: Viewer, _evidence: Evidence) -> str | None:
    return str(_l("The case has an officer in charge already.")) if case.assignee_id else None


def has_precheck(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.has_current_precheck:
        return None
    return str(_l("Run the pre-check on the present facts and documents first."))


def is_not_recommender(_case: "Case", viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.recommended_by == viewer.account_id:
        return str(_l("Whoever recommended cannot decide."))
    return None


def recommendation_stands(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    return None if evidence.recommendation_stands else str(_l("There is no recommendation that stands."))


def recommendation_is_current(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.recommendation_is_current:
        return None
    return str(
        _l(
            "Facts, documents or what the reference figures make of them changed after the recommendation."
            " Return it to the officer."
        )
    )


def approves_next(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.approves_next:
        return None
    return evidence.approval_refusal or str(_l("The next step of the approval line is not yours."))


def is_before_last_step(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    return str(_l("The next step is the last one: it decides.")) if evidence.approves_last else None


def is_last_step(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.approves_last:
        return None
    return str(_l("The last step of the approval line decides; others approve before it."))


def letter_is_ready(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    return None if evidence.letter_ready else str(_l("The letter is not ready yet."))


P = Permission
STANDING: tuple[Guard, ...] = (recommendation_stands,)
APPROVING: tuple[Guard, ...] = (
    recommendation_stands,
    is_not_recommender,
    approves_next,
    recommendation_is_current,
)
TRANSITIONS = (
    Transition("received", "in_review", "assign", P.CASE_ASSIGN),
    Transition("in_review", "in_review", "assign", P.CASE_ASSIGN),
    Transition("received", "in_review", "take", P.CASE_REVIEW, (is_unassigned,)),
    # Its officer left while the case awaited a decision, and it came back.
    Transition("in_review", "in_review", "take", P.CASE_REVIEW, (is_unassigned,)),
    Transition("in_review", "recommended", "recommend", P.CASE_REVIEW, (is_assignee, has_precheck)),
    Transition("recommended", "in_review", "take-back", P.CASE_REVIEW, (is_assignee, *STANDING)),
    Transition("recommended", "in_review", "void-recommendation", None, STANDING),
    Transition("recommended", "in_review", "return", P.CASE_DECIDE, (*STANDING, is_not_recommender)),
    Transition("recommended", "recommended", "approve", P.CASE_DECIDE, (*APPROVING, is_before_last_step)),
    Transition("recommended", "decided", "decide", P.CASE_DECIDE, (*APPROVING, is_last_step)),
    Transition("in_review", "received", "release", None),
    Transition("recommended", "recommended", "release", None),
    Transition("decided", "closed", "close", None, (letter_is_ready,)),
)


def transition(state: str, action: str) -> Transition | None:
    """The row for this action in this state, or None."""
    return next((row for row in TRANSITIONS if row.source == state and row.action == action), None)


@dataclass(frozen=True)
class Possibility:
    """An action, and why it is not possible now (None: it is)."""

    action: str
    refusal: str | None


def possibilities(case: "Case", viewer: Viewer, evidence: Evidence) -> list[Possibility]:
    """Every action that the viewer's permissions allow in this state, each with what stands against it."""
    rows = [row for row in TRANSITIONS if row.source == case.state and row.permission]
    return [
        Possibility(row.action, refusal(row, case, viewer, evidence))
        for row in rows
        if row.permission and viewer.can(row.permission, case.office_id)
    ]


def refusal(row: Transition, case: "Case", viewer: Viewer, evidence: Evidence) -> str | None:
    """The first reason against the transition, or None."""
    answers = (guard(case, viewer, evidence) for guard in row.guards)
    return next((answer for answer in answers if answer), None)
