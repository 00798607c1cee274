"""Allocating unassigned cases: the office's way, weights and skills; who would get what, and why."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, and_, exists, func, select, true, tuple_
from sqlalchemy import case as either
from sqlalchemy.exc import IntegrityError

from kis.accounts.models import Account
from kis.audit.operations import record
from kis.cases.conflicts import ConflictOfInterest, accounts_in_conflict
from kis.cases.models import Case
from kis.cases.operations import assign, reviewers
from kis.cases.queues import in_states
from kis.cases.states import OPEN_STATES
from kis.cases.workflow import SYSTEM
from kis.casework.absences import in_force
from kis.casework.choosing import Candidate, Choice, Waiting, choose
from kis.casework.staffing_models import (
    ORDINARY,
    Absence,
    AllocationPolicy,
    CategoryWeight,
    Skill,
)
from kis.core import clock, jobs
from kis.core.access import Permission, Viewer
from kis.core.database import locked
from kis.core.extensions import db
from kis.core.refusals import Conflict

ALLOCATE = "casework.allocate"
# What a preview shows, and what the background does in one transaction.
PORTION = 100
# Of open cases those that wait for somebody: neither for their decision, nor in transfer. A restricted
# one is given by hand, to somebody named on it.
UNASSIGNED = (
    Case.assignee_id.is_(None),
    Case.state != "recommended",
    Case.stopped_on.is_(None) | Case.state.not_in(("received", "in_review")),
    Case.restricted.is_(False),
)


@dataclass(frozen=True)
class Planned:
    """A case and whom it would go to."""

    case: Case
    choice: Choice


def policy_of(office_id: int) -> AllocationPolicy:
    """The office's way of allocating; by hand, unsaved, where it has set none."""
    found = db.session.get(AllocationPolicy, office_id)
    return found or AllocationPolicy(office_id=office_id, way="by_hand", at_intake=False)


def settings_of(office_id: int) -> tuple[AllocationPolicy, dict[str, int]]:
    """The policy with the weights, in one statement: weights are never kept without a policy."""
    joined = CategoryWeight.office_id == AllocationPolicy.office_id
    query = (
        select(AllocationPolicy, CategoryWeight.category, CategoryWeight.tenths)
        .outerjoin(CategoryWeight, joined)
        .where(AllocationPolicy.office_id == office_id)
    )
    rows = db.session.execute(query).all()
    weights = {category: tenths for _policy, category, tenths in rows if category}
    return (rows[0][0], weights) if rows else (AllocationPolicy(office_id=office_id, way="by_hand"), {})


def hold_policy(office_id: int) -> AllocationPolicy:
    """The policy under a lock: whoever allocates in the same office waits for the end of this transaction."""
    query = select(AllocationPolicy).where(AllocationPolicy.office_id == office_id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is not None:
        return found
    # Somebody else may be a moment faster; then the row is there.
    with suppress(IntegrityError), db.session.begin_nested():
        db.session.add(AllocationPolicy(office_id=office_id))
    return db.session.scalars(query).one()


def weights_of(office_id: int) -> dict[str, int]:
    """Tenths of an ordinary case, by category; what is not there is an ordinary one."""
    query = select(CategoryWeight.category, CategoryWeight.tenths)
    found = db.session.execute(query.where(CategoryWeight.office_id == office_id))
    return {category: tenths for category, tenths in found}


@dataclass(frozen=True)
class OpenWork:
    """What lies with each officer, weighted, in tenths of an ordinary case; and how many cases wait for one."""

    loads: Counter[int]
    waiting: int


def open_work_of(office_id: int, weights: dict[str, int]) -> OpenWork:
    """The open work of an office, in one statement."""
    waits = func.sum(either((and_(*UNASSIGNED), 1), else_=0))
    query = (
        select(Case.assignee_id, Case.category, func.count(), waits)
        .where(Case.office_id == office_id, in_states(OPEN_STATES))
        .group_by(Case.assignee_id, Case.category)
    )
    loads: Counter[int] = Counter()
    waiting = 0
    for account_id, category, count, unassigned_ones in db.session.execute(query):
        waiting += unassigned_ones
        if account_id is not None:
            loads[account_id] += count * weights.get(category, ORDINARY)
    return OpenWork(loads, waiting)


def candidates_of(office_id: int, loads: Counter[int]) -> list[Candidate]:
    """Every active officer of the office with skills and presence, as the choice needs to know them."""
    away = exists().where(Absence.account_id == Account.id, in_force(clock.today()))
    query = (
        select(Account.id, Account.named, away.label("away"), Skill.category)
        .outerjoin(Skill, Skill.account_id == Account.id)
        .where(Account.id.in_(reviewers(office_id)))
    )
    people: dict[int, Candidate] = {}
    for account_id, name, is_away, category in db.session.execute(query.order_by(Account.id)):
        known = people.get(account_id)
        skills = (known.skills if known else frozenset()) | ({category} if category else frozenset())
        people[account_id] = Candidate(account_id, name, skills, loads[account_id], not is_away)
    return list(people.values())


def unassigned(office_id: int) -> list[Any]:
    """Conditions: cases of the office that wait for somebody, none in transfer."""
    return [Case.office_id == office_id, in_states(OPEN_STATES), *UNASSIGNED]


def waiting_cases(office_id: int, *narrowed: Any) -> Select[tuple[Case]]:
    """Select of unassigned cases, earliest due first, a portion at most."""
    query = select(Case).where(*unassigned(office_id), *narrowed)
    return query.order_by(Case.due_on, Case.id).limit(PORTION)


def offered_to(viewer: Viewer, office_id: int, *narrowed: Any) -> Select[tuple[Case]]:
    """The same, without the cases in which the viewer declared a conflict of interest."""
    own = select(ConflictOfInterest.case_id).where(ConflictOfInterest.account_id == viewer.account_id)
    return waiting_cases(office_id, Case.id.not_in(own), *narrowed)


def held(query: Select[tuple[Case]]) -> Sequence[Case]:
    """The cases under a lock, without those that somebody else is at."""
    return locked(query, skip_locked=True)


def count_waiting(office_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(Case).where(*unassigned(office_id))) or 0


def plan(policy: AllocationPolicy, weights: dict[str, int], cases: Sequence[Case]) -> list[Planned]:
    """Whom each case would go to. Raises Conflict where the office allocates by hand."""
    if policy.way == "by_hand":
        raise Conflict(_("This office allocates by hand. Choose a way of allocating first."))
    barred = accounts_in_conflict([case.id for case in cases])
    waiting = [
        Waiting(case.id, case.category, weights.get(case.category, ORDINARY), barred.get(case.id, ()))
        for case in cases
    ]
    loads = open_work_of(policy.office_id, weights).loads
    choices = choose(policy.way, waiting, candidates_of(policy.office_id, loads), policy.last_id)
    return [Planned(case, choice) for case, choice in zip(cases, choices, strict=True)]


def preview(office_id: int, viewer: Viewer) -> list[Planned]:
    """What the button would do now, with nothing done. Raises Forbidden or Conflict."""
    viewer.require(Permission.CASE_ASSIGN, office_id)
    policy, weights = settings_of(office_id)
    cases = [] if policy.way == "by_hand" else db.session.scalars(offered_to(viewer, office_id)).all()
    return plan(policy, weights, cases)


def allocate_as_shown(office_id: int, shown: dict[str, int], viewer: Viewer) -> int:
    """Do what a preview showed (officer by receipt number), all of it. Returns how many.

    Raises Conflict with nothing done where cases were taken, or loads changed, since it was shown.
    """
    viewer.require(Permission.CASE_ASSIGN, office_id)
    policy = hold_policy(office_id)
    cases = held(offered_to(viewer, office_id, Case.number.in_(list(shown))))
    planned = plan(policy, weights_of(office_id), cases)
    if {each.case.number: each.choice.account_id for each in planned} != shown:
        raise Conflict(
            _("Cases were taken or work changed hands since this was shown. Nothing was done; look again.")
        )
    return carry_out(policy, planned, viewer)


def carry_out(policy: AllocationPolicy, planned: Sequence[Planned], viewer: Viewer) -> int:
    """Assign as planned; each case keeps why it went there."""
    people = {account.id: account for account in db.session.scalars(chosen_accounts(planned))}
    done = 0
    for each in planned:
        if each.choice.account_id is None:
            continue
        assign(each.case, people[each.choice.account_id], viewer, **why(each.choice))
        policy.last_id = each.choice.account_id
        done += 1
    db.session.flush()
    return done


def chosen_accounts(planned: Sequence[Planned]) -> Select[tuple[Account]]:
    return select(Account).where(Account.id.in_({each.choice.account_id for each in planned}))


def why(choice: Choice) -> dict[str, Any]:
    """The action that tells why, with its numbers; the load in ordinary cases."""
    told = {"in_turn": "casework.allocated-in-turn", "least_work": "casework.allocated-least-work"}
    return {
        "told": told[choice.way],
        "load": choice.load / ORDINARY,
        "among": choice.among,
        "absent": choice.absent,
        "unskilled": choice.unskilled,
        "barred": choice.barred,
    }


def allocate_at_intake(case: Case) -> bool:
    """Give a new case to somebody, where its office wants that and somebody can take it."""
    if case.restricted or not policy_of(case.office_id).at_intake:
        return False
    policy = hold_policy(case.office_id)
    return bool(
        policy.at_intake and carry_out(policy, plan(policy, weights_of(case.office_id), [case]), SYSTEM)
    )


def order_allocation(office_id: int, viewer: Viewer) -> jobs.Job:
    """Have all unassigned cases allocated in the background. Raises Conflict or Forbidden."""
    viewer.require(Permission.CASE_ASSIGN, office_id)
    policy = hold_policy(office_id)
    if policy.way == "by_hand":
        raise Conflict(_("This office allocates by hand. Choose a way of allocating first."))
    running = jobs.latest(ALLOCATE, office_id)
    if running and running.state in ("queued", "running"):
        raise Conflict(_("The unassigned cases are being allocated already."))
    record("casework.allocation-ordered", subject=("office", office_id), after={"way": policy.way})
    return jobs.enqueue(ALLOCATE, office_id, office_id=office_id)


def allocate_all(office_id: int) -> jobs.Steps:
    """Allocate all unassigned cases of an office, portion by portion; for the worker."""
    total, seen, beyond = count_waiting(office_id), 0, true()
    while True:
        policy = hold_policy(office_id)
        cases = held(waiting_cases(office_id, beyond))
        if not cases or policy.way == "by_hand":
            return
        carry_out(policy, plan(policy, weights_of(office_id), cases), SYSTEM)
        # What nobody can take stays behind, and is not looked at twice.
        beyond = tuple_(Case.due_on, Case.id) > tuple_(cases[-1].due_on, cases[-1].id)
        seen += len(cases)
        yield jobs.Progress(seen, max(total, seen))
