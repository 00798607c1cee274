"""Allocating the unassigned cases of an office: by turn or by load, explained, and fair when two do it at once."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from kis.cases.conflicts import ConflictOfInterest
from kis.casework import allocation, staffing
from kis.casework.absences import enter_absence
from kis.core import clock, jobs
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from tests import factories
from tests.casework.people import allocating, assignees, officers, supervisor, told, unassigned_cases
from tests.race import race


def allocated(office_id: int, boss: Any) -> list[int | None]:
    """What the preview shows, then done as shown; the officers in the order of the cases."""
    shown = {each.case.number: each.choice.account_id for each in allocation.preview(office_id, boss)}
    allocation.allocate_as_shown(office_id, shown, boss)
    db.session.commit()
    return list(shown.values())


def test_an_office_allocates_by_hand_until_it_chooses_otherwise(app: Flask) -> None:
    boss = supervisor()
    with pytest.raises(Conflict, match="by hand"):
        allocation.preview(factories.office().id, boss)


def test_in_turn_the_turn_is_kept_from_one_time_to_the_next(app: Flask) -> None:
    boss, (first, second, third) = supervisor(), officers(3)
    office_id = allocating("in_turn", boss)
    unassigned_cases(2)
    assert allocated(office_id, boss) == [first.id, second.id]
    cases = unassigned_cases(1)
    allocated(office_id, boss)
    assert assignees(cases) == [third.id]


def test_least_work_goes_by_the_weights_of_the_office_and_says_so(app: Flask) -> None:
    boss, (busy, free) = supervisor(), officers(2)
    office_id = allocating("least_work", boss)
    held = factories.case(assignee=busy)
    factories.case(assignee=free)
    staffing.set_weights(factories.office(), {held.category: 25}, boss)
    held.category = "F-0"
    db.session.commit()
    cases = unassigned_cases(1)
    allocated(office_id, boss)
    assert assignees(cases) == [busy.id]
    (why,) = told("casework.allocated-least-work")
    assert (why["name"], why["load"], why["among"]) == (busy.full_name, 1.0, 2)


def test_an_officer_gets_only_categories_within_the_skills(app: Flask) -> None:
    boss, (skilled, other) = supervisor(), officers(2)
    office_id, cases = allocating("in_turn", boss), unassigned_cases(2)
    staffing.set_skills(factories.office(), other, {"F-0"}, boss)
    assert allocated(office_id, boss) == [skilled.id, skilled.id]
    assert assignees(cases) == [skilled.id, skilled.id]


def test_nobody_absent_or_in_conflict_gets_a_case_which_then_stays_in_the_queue(app: Flask) -> None:
    boss, (absent, barred) = supervisor(), officers(2)
    office_id, (case,) = allocating("least_work", boss), unassigned_cases(1)
    today = clock.today()
    enter_absence(factories.office(), absent, (today, today), None, "stays", boss)
    db.session.add(ConflictOfInterest(case_id=case.id, account_id=barred.id, reason="A cousin."))
    db.session.commit()
    (planned,) = allocation.preview(office_id, boss)
    assert (planned.choice.account_id, planned.choice.absent, planned.choice.barred) == (None, 1, 1)
    assert allocated(office_id, boss) == [None]
    assert assignees([case]) == [None]


def test_a_supervisor_in_conflict_allocates_the_other_cases(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    office_id, (own, other) = allocating("in_turn", boss), unassigned_cases(2)
    db.session.add(ConflictOfInterest(case_id=own.id, account_id=boss.account_id, reason="A cousin."))
    db.session.commit()
    assert allocated(office_id, boss) == [officer.id]
    assert assignees([own, other]) == [None, officer.id]


def test_only_a_supervisor_of_the_office_allocates(app: Flask) -> None:
    allocating("in_turn", supervisor())
    stranger, officer = supervisor(at="busan"), factories.viewer(Role.OFFICER)
    for viewer in (stranger, officer):
        with pytest.raises(Forbidden):
            allocation.preview(factories.office().id, viewer)


def test_what_was_shown_is_done_or_nothing_when_it_changed_meanwhile(app: Flask) -> None:
    boss, people = supervisor(), officers(2)
    office_id, cases = allocating("least_work", boss), unassigned_cases(2)
    shown = {each.case.number: each.choice.account_id for each in allocation.preview(office_id, boss)}
    factories.case(assignee=people[0])
    with pytest.raises(Conflict, match="look again"):
        allocation.allocate_as_shown(office_id, shown, boss)
    assert assignees(cases) == [None, None]


def test_two_supervisors_who_press_at_once_allocate_each_case_once(app: Flask) -> None:
    boss, people = supervisor(), officers(2)
    office_id, cases = allocating("in_turn", boss), unassigned_cases(6)
    shown = {each.case.number: each.choice.account_id for each in allocation.preview(office_id, boss)}
    db.session.rollback()

    def press(_turn: int) -> int:
        with transaction():
            return allocation.allocate_as_shown(office_id, dict(shown), boss)

    done = race(app, press, 2)
    assert 6 in done
    assert any(isinstance(each, Conflict) for each in done)
    assert assignees(cases) == [people[0].id, people[1].id] * 3
    assert len(told("casework.allocated-in-turn")) == 6


def test_a_new_case_goes_to_somebody_at_intake_where_the_office_wants_that(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    allocating("in_turn", boss, at_intake=True)
    case = factories.case()
    assert allocation.allocate_at_intake(case)
    db.session.commit()
    assert assignees([case]) == [officer.id]


def test_at_intake_nothing_happens_in_an_office_that_does_not_want_it(app: Flask) -> None:
    boss, _people = supervisor(), officers(1)
    allocating("in_turn", boss)
    assert not allocation.allocate_at_intake(factories.case())
    with pytest.raises(Invalid):
        staffing.set_way(factories.office(), "by_hand", True, boss)


def test_all_cases_of_an_office_are_allocated_in_the_background(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allocation, "PORTION", 2)
    boss, (first, second) = supervisor(), officers(2)
    office_id = allocating("in_turn", boss)
    blocked = unassigned_cases(2, category="F-0")
    staffing.set_skills(factories.office(), first, {"F-2"}, boss)
    staffing.set_skills(factories.office(), second, {"F-1"}, boss)
    later = unassigned_cases(3, category="F-1", due_on=clock.today() + timedelta(days=400))
    with transaction():
        job_id = allocation.order_allocation(office_id, boss).id
    with pytest.raises(Conflict, match="already"):
        allocation.order_allocation(office_id, boss)
    assert jobs.perform(job_id)
    assert assignees([*blocked, *later]) == [None, None, second.id, second.id, second.id]
    job = db.session.get_one(jobs.Job, job_id)
    assert (job.state, job.done, job.total) == ("done", 5, 5)
