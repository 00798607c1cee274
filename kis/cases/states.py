"""The states of a case and every way from one to another, in one table."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from kis.cases.evidence import Evidence
from kis.cases.guards import (
    Guard,
    approves_next,
    extension_is_left,
    has_precheck,
    is_assignee,
    is_before_last_step,
    is_in_charge_or_decides,
    is_in_transfer,
    is_last_step,
    is_not_recommender,
    is_unassigned,
    letter_has_left,
    letter_has_not_left,
    letter_is_ready,
    mail_came_back_twice,
    no_conflict_declared,
    no_transfer_pending,
    period_still_runs,
    recommendation_is_current,
    recommendation_stands,
    second_request_is_left,
    second_request_was_made,
    supplement_can_be_extended,
    supplement_is_in_time,
    supplement_is_open,
    supplement_is_overdue,
)
from kis.core.access import Permission, Viewer

if TYPE_CHECKING:
    from kis.cases.models import Case

STATES = (
    "received",
    "in_review",
    "awaiting_supplement",
    "inspection",
    "recommended",
    "decided",
    "closed",
    "withdrawn",
    "returned",
)
OPEN_STATES, CLOSED_STATES = STATES[:5], STATES[5:]
# Those that end with an outcome, and those that end without one.
DECIDED_STATES, ENDED_STATES = STATES[5:7], STATES[7:]
# In these the clock always stands still.
STOPPED_STATES = ("awaiting_supplement", "inspection")
OUTCOMES = ("granted", "refused")
STATE_LABELS = {
    "received": _l("Received"),
    "in_review": _l("In review"),
    "awaiting_supplement": _l("Awaiting supplement"),
    "inspection": _l("Inspection"),
    "recommended": _l("Awaiting decision"),
    "decided": _l("Decided"),
    "closed": _l("Closed"),
    "withdrawn": _l("Withdrawn"),
    "returned": _l("Returned to the applicant"),
}
OUTCOME_LABELS = {"granted": _l("Granted"), "refused": _l("Refused")}
ACTION_LABELS = {
    "assign": _l("Assign"),
    "take": _l("Take up"),
    "release": _l("Return to the queue"),
    "ask-supplement": _l("Ask for a supplement"),
    "supplement-arrived": _l("Enter what has arrived"),
    "extend-supplement": _l("Extend the applicant's time"),
    "repeat-supplement": _l("Ask a second time"),
    "return-application": _l("Return the application"),
    "withdraw": _l("Enter a withdrawal"),
    "treat-as-withdrawn": _l("Treat as withdrawn"),
    "open-inspection": _l("Open an inspection"),
    "end-inspection": _l("End the inspection"),
    "extend": _l("Extend the processing period"),
    "propose-transfer": _l("Propose a transfer"),
    "cancel-transfer": _l("Cancel the transfer"),
    "accept-transfer": _l("Accept the transfer"),
    "refuse-transfer": _l("Refuse the transfer"),
    "recommend": _l("Recommend"),
    "take-back": _l("Take the recommendation back"),
    "void-recommendation": _l("Void the recommendation"),
    "return": _l("Return to the officer"),
    "approve": _l("Approve and pass on"),
    "decide": _l("Decide"),
    "close": _l("Close the case"),
    "undo": _l("Undo the decision"),
    "set-aside": _l("Set the decision aside"),
    "reopen": _l("Reopen"),
}


@dataclass(frozen=True)
class Transition:
    """One row of the table; any of the permissions will do, none at all is for the system alone.

    `elsewhere`: asked of another office than the case's own, so that the case page does not offer it.
    `quiet`: not spoken of while it is not possible.
    `despite_conflict`: open to whoever declared a conflict of interest too, since it settles nothing of the case.
    """

    source: str
    target: str
    action: str
    permissions: tuple[Permission, ...]
    guards: tuple[Guard, ...] = ()
    elsewhere: bool = False
    quiet: bool = False
    despite_conflict: bool = False

    @property
    def asks_for_conflict(self) -> bool:
        return bool(self.permissions) and not self.despite_conflict

    @property
    def all_guards(self) -> tuple[Guard, ...]:
        """Its own, after the one that whoever has a conflict of interest meets everywhere."""
        return (no_conflict_declared, *self.guards) if self.asks_for_conflict else self.guards

    def allows(self, viewer: Viewer, office_id: int) -> bool:
        return any(viewer.can(permission, office_id) for permission in self.permissions)


P = Permission
OFFICER, SUPERVISOR, ASSIGNING = (P.CASE_REVIEW,), (P.CASE_DECIDE,), (P.CASE_ASSIGN,)
ANY_HAND = (P.CASE_MARK, P.CASE_REVIEW, P.CASE_DECIDE)
SYSTEM_ALONE: tuple[Permission, ...] = ()
STANDING: tuple[Guard, ...] = (recommendation_stands,)
APPROVING: tuple[Guard, ...] = (
    recommendation_stands,
    is_not_recommender,
    approves_next,
    recommendation_is_current,
)
WORKING: tuple[Guard, ...] = (no_transfer_pending, is_assignee)
TAKING: tuple[Guard, ...] = (no_transfer_pending, is_unassigned)
RETURNING: tuple[Guard, ...] = (supplement_is_open, supplement_is_overdue, second_request_was_made)
FREE: tuple[Guard, ...] = (no_transfer_pending,)


def in_place(
    states: tuple[str, ...], action: str, permissions: tuple[P, ...], *guards: Guard
) -> list[Transition]:
    """Rows of an action that leaves the state as it is."""
    return [Transition(state, state, action, permissions, guards) for state in states]


def from_each(
    states: tuple[str, ...], target: str, action: str, permissions: tuple[P, ...], *guards: Guard
) -> list[Transition]:
    """Rows of an action that leads from any of the states to one."""
    return [Transition(state, target, action, permissions, guards) for state in states]


TRANSITIONS = (
    Transition("received", "in_review", "assign", ASSIGNING, FREE),
    *in_place(("in_review", *STOPPED_STATES), "assign", ASSIGNING, *FREE),
    Transition("received", "in_review", "take", OFFICER, TAKING),
    # Its officer left while the case waited for somebody else, and it came back.
    *in_place(("in_review", *STOPPED_STATES), "take", OFFICER, *TAKING),
    Transition("in_review", "recommended", "recommend", OFFICER, (*WORKING, has_precheck)),
    Transition("in_review", "awaiting_supplement", "ask-supplement", OFFICER, WORKING),
    Transition(
        "awaiting_supplement",
        "in_review",
        "supplement-arrived",
        (P.CASE_MARK, P.CASE_REVIEW),
        (supplement_is_open,),
    ),
    *in_place(
        ("awaiting_supplement",),
        "extend-supplement",
        OFFICER,
        supplement_is_open,
        is_assignee,
        supplement_can_be_extended,
        supplement_is_in_time,
    ),
    *in_place(
        ("awaiting_supplement",),
        "repeat-supplement",
        OFFICER,
        supplement_is_open,
        is_assignee,
        second_request_is_left,
        supplement_is_overdue,
    ),
    Transition("awaiting_supplement", "returned", "return-application", SUPERVISOR, RETURNING),
    Transition(
        "awaiting_supplement",
        "withdrawn",
        "treat-as-withdrawn",
        SUPERVISOR,
        (supplement_is_open, mail_came_back_twice),
    ),
    Transition(
        "in_review",
        "inspection",
        "open-inspection",
        (P.CASE_REVIEW, P.CASE_DECIDE),
        (no_transfer_pending, is_in_charge_or_decides),
    ),
    Transition(
        "inspection",
        "in_review",
        "end-inspection",
        (P.CASE_REVIEW, P.CASE_DECIDE),
        (is_in_charge_or_decides,),
    ),
    *in_place(OPEN_STATES, "extend", SUPERVISOR, *FREE, period_still_runs, extension_is_left),
    *in_place(("received", "in_review"), "propose-transfer", ASSIGNING, *FREE),
    *(
        Transition(
            state, state, "cancel-transfer", ASSIGNING, (is_in_transfer,), quiet=True, despite_conflict=True
        )
        for state in ("received", "in_review")
    ),
    *(
        Transition(
            state,
            "received",
            "accept-transfer",
            ASSIGNING,
            (is_in_transfer,),
            elsewhere=True,
            despite_conflict=True,
        )
        for state in ("received", "in_review")
    ),
    *(
        Transition(
            state,
            state,
            "refuse-transfer",
            ASSIGNING,
            (is_in_transfer,),
            elsewhere=True,
            despite_conflict=True,
        )
        for state in ("received", "in_review")
    ),
    Transition("recommended", "in_review", "take-back", OFFICER, (is_assignee, *STANDING)),
    Transition("recommended", "in_review", "void-recommendation", SYSTEM_ALONE, STANDING),
    Transition("recommended", "in_review", "return", SUPERVISOR, (*STANDING, is_not_recommender)),
    Transition("recommended", "recommended", "approve", SUPERVISOR, (*APPROVING, is_before_last_step)),
    Transition("recommended", "decided", "decide", SUPERVISOR, (*APPROVING, is_last_step)),
    *from_each(OPEN_STATES, "withdrawn", "withdraw", ANY_HAND),
    Transition("in_review", "received", "release", SYSTEM_ALONE),
    *in_place((*STOPPED_STATES, "recommended"), "release", SYSTEM_ALONE),
    Transition("decided", "closed", "close", SYSTEM_ALONE, (letter_is_ready,)),
    *from_each(DECIDED_STATES, "in_review", "undo", SUPERVISOR, letter_has_not_left),
    *from_each(DECIDED_STATES, "in_review", "set-aside", SUPERVISOR, letter_has_left),
    *from_each(ENDED_STATES, "in_review", "reopen", SUPERVISOR),
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
    found = [
        (row, refusal(row, case, viewer, evidence))
        for row in TRANSITIONS
        if row.source == case.state and not row.elsewhere and row.allows(viewer, case.office_id)
    ]
    return [Possibility(row.action, against) for row, against in found if not (row.quiet and against)]


def refusal(row: Transition, case: "Case", viewer: Viewer, evidence: Evidence) -> str | None:
    """The first reason against the transition, or None."""
    answers = (guard(case, viewer, evidence) for guard in row.all_guards)
    return next((answer for answer in answers if answer), None)
