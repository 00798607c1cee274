"""The queues of an office. Every case is in exactly one working queue, by its state and whether it has an officer.

The table is read in two ways, as a condition of the database and as a function of one case: a case that
fitted none would be lost, one that fitted two would be worked on twice.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, bindparam

from kis.cases.models import Case
from kis.cases.states import CLOSED_STATES, OPEN_STATES
from kis.core.access import Viewer


@dataclass(frozen=True)
class Queue:
    """Cases in these states; `assigned` None: with an officer or without; `mine`: the reader's alone."""

    name: str
    label: Any
    states: tuple[str, ...]
    assigned: bool | None = None
    mine: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its cases are still worked on: the oldest due day first. Of the others the latest comes first."""
        return self.states[0] in OPEN_STATES

    def conditions(self, viewer: Viewer) -> list[ColumnElement[bool]]:
        """What a case in it fulfils; the states as constants, which the partial indexes are found by."""
        found = [in_states(OPEN_STATES if self.is_open else CLOSED_STATES)]
        if self.states not in (OPEN_STATES, CLOSED_STATES):
            found.append(in_states(self.states))
        if self.assigned is not None:
            found.append(Case.assignee_id.is_not(None) if self.assigned else Case.assignee_id.is_(None))
        if self.mine:
            found.append(Case.assignee_id == viewer.account_id)
        return found

    def holds(self, state: str, assigned: bool) -> bool:
        """Whether a case in that state, with an officer in charge or without, is in it."""
        return state in self.states and self.assigned in (None, assigned)


def in_states(states: tuple[str, ...]) -> ColumnElement[bool]:
    return Case.state.in_(bindparam(None, states, expanding=True, literal_execute=True))


WORKING = (
    Queue(
        "unassigned", _l("Unassigned"), ("received", "in_review", "awaiting_supplement", "inspection"), False
    ),
    Queue("in-review", _l("In review"), ("received", "in_review"), True),
    Queue("awaiting-applicant", _l("Waiting for the applicant"), ("awaiting_supplement",), True),
    Queue("inspection", _l("Inspection"), ("inspection",), True),
    Queue("awaiting-decision", _l("Awaiting decision"), ("recommended",)),
    Queue("decided", _l("Decided"), ("decided",)),
    Queue("closed", _l("Closed"), ("closed", "withdrawn", "returned")),
)
OVERVIEWS = (
    Queue("mine", _l("My cases"), OPEN_STATES, mine=True),
    Queue("open", _l("All open cases"), OPEN_STATES),
)
QUEUES = {queue.name: queue for queue in (*OVERVIEWS, *WORKING)}
STANDINGS = {"over": _l("Overdue"), "risk": _l("At risk"), "stopped": _l("Clock stopped")}


def working_queue(state: str, assignee_id: int | None) -> Queue:
    """The one working queue of a case. Raises ValueError where the table has none, or more than one."""
    (found,) = (queue for queue in WORKING if queue.holds(state, assignee_id is not None))
    return found


def stands(standing: str, today: date) -> ColumnElement[bool]:
    """Open cases that are overdue, at risk of it, or whose clock stands still: the same as Case.is_overdue and so on."""
    runs = Case.stopped_on.is_(None)
    return {
        "over": (Case.due_on < today) & (runs | (Case.stopped_on > Case.due_on)),
        "risk": runs & (Case.at_risk_on <= today) & (Case.due_on >= today),
        "stopped": Case.stopped_on.is_not(None),
    }[standing]
