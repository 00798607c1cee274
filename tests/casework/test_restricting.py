"""Restricting a case: who decides it, who is named, and what becomes of the case's work meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kis.accounts.models import Account
from kis.accounts.operations import set_active
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case, CaseReader
from kis.cases.operations import assign
from kis.cases.queries import visible
from kis.cases.restriction_models import Restriction
from kis.casework import allocation, endings, restricting, standing_in, transfers
from kis.casework.absences import enter_absence
from kis.casework.queries import incoming
from kis.core import clock
from kis.core.access import Role, Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.decisions.recusal import declare_conflict
from kis.letters.models import Printout
from kis.letters.printing import print_register
from kis.letters.registers import Register
from tests import factories
from tests.casework.conftest import Work
from tests.casework.people import allocating, assignees, officers, supervisor, told, unassigned_cases

REASON = "The applicant is a relative of somebody in the office."
ENOUGH = "The reason has gone: the relative works elsewhere now."


def restrict(case: Case, boss: Viewer, *named: Account) -> Case:
    with transaction():
        restricting.restrict(case, {account.id for account in named}, REASON, boss)
    return case


def reads(account: Account) -> list[str]:
    viewer = viewer_of(db.session.get_one(Account, account.id))
    return [case.number for case in db.session.scalars(visible(viewer))]


def test_a_supervisor_restricts_a_case_to_those_named_and_is_named_too(app: Flask) -> None:
    boss, (named, other) = factories.account(Role.SUPERVISOR), officers(2)
    case = restrict(factories.case(), viewer_of(boss), named)
    assert [reads(each) for each in (boss, named, other)] == [[case.number], [case.number], []]
    (what,) = told("casework.restricted")
    assert what["reason"] == REASON
    assert set(what["names"].split(", ")) == {boss.full_name, named.full_name}


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.OFFICER, Role.HEADQUARTERS, Role.AUDITOR])
def test_only_who_steers_the_office_restricts_a_case(app: Flask, role: Role) -> None:
    case = factories.case()
    with pytest.raises(Forbidden):
        restricting.restrict(case, (), REASON, factories.viewer(role))


def test_the_supervisor_of_another_office_does_not_restrict_a_case(app: Flask) -> None:
    case = factories.case()
    with pytest.raises(Forbidden):
        restricting.restrict(case, (), REASON, supervisor("busan"))


def test_a_case_is_restricted_with_a_written_reason_and_once(app: Flask) -> None:
    boss, case = supervisor(), factories.case()
    with pytest.raises(Invalid), transaction():
        restricting.restrict(case, (), "   ", boss)
    restrict(case, boss)
    with pytest.raises(Conflict), transaction():
        restricting.restrict(case, (), REASON, boss)


def test_nobody_is_named_who_may_not_read_cases_of_the_office(app: Flask) -> None:
    stranger, administrator = factories.account(at="busan"), factories.account(Role.ADMINISTRATOR)
    for account in (stranger, administrator):
        with pytest.raises(Invalid), transaction():
            restricting.restrict(factories.case(), {account.id}, REASON, supervisor())


def test_the_officer_in_charge_is_named_or_gives_the_case_back_first(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    case = factories.case(assignee=officer)
    with pytest.raises(Conflict, match=officer.full_name), transaction():
        restricting.restrict(case, (), REASON, boss)
    restrict(db.session.get_one(Case, case.id), boss, officer)


def test_a_case_that_has_ended_is_closed_to_its_officer_too_who_does_not_get_it_back(work: Work) -> None:
    with transaction():
        endings.withdraw(work.case, "Letter, signed.", clock.today(), work.supervisor)
    restrict(work.case, work.supervisor)
    assert reads(work.account) == []
    with transaction():
        endings.reopen(work.case, "A mistake.", work.supervisor)
    assert (work.case.state, work.case.assignee_id) == ("received", None)
    assert told("casework.released-restricted")[0]["former"] == work.account.full_name


def test_more_are_named_and_names_are_taken_off(app: Flask) -> None:
    boss, (first, second) = supervisor(), officers(2)
    case = restrict(factories.case(), boss, first)
    with transaction():
        restricting.name_readers(case, {second.id}, boss)
    assert (reads(first), reads(second)) == ([], [case.number])
    assert len(told("casework.readers-named")) == 1


def test_once_lifted_the_office_reads_the_case_again_and_the_chain_keeps_why(app: Flask) -> None:
    boss, (other,) = supervisor(), officers(1)
    case = restrict(factories.case(), boss)
    with transaction():
        restricting.lift(case, ENOUGH, boss)
    assert reads(other) == [case.number]
    assert told("casework.restriction-lifted") == [{"reason": ENOUGH}]
    assert db.session.scalar(select(func.count()).select_from(CaseReader)) == 0
    restrict(case, boss)
    assert db.session.scalar(select(func.count()).select_from(Restriction)) == 2


def test_a_restricted_case_is_given_only_to_somebody_named(app: Flask) -> None:
    boss, (named, other) = supervisor(), officers(2)
    case = restrict(factories.case(), boss, named)
    with pytest.raises(Conflict, match="not named"), transaction():
        assign(case, other, boss)
    with transaction():
        assign(case, named, boss)
    assert assignees([case]) == [named.id]


def test_allocation_passes_over_restricted_cases(app: Flask) -> None:
    boss = supervisor()
    officers(2)
    cases = unassigned_cases(3)
    restrict(cases[0], boss)
    office = allocating("in_turn", boss)
    assert cases[0].number not in {each.case.number for each in allocation.preview(office, boss)}
    with transaction():
        list(allocation.allocate_all(office))
    assert assignees(cases)[0] is None
    assert None not in assignees(cases)[1:]


def test_of_somebody_absent_a_restricted_case_passes_to_a_substitute_who_is_named_or_to_the_queue(
    app: Flask,
) -> None:
    boss, (officer, substitute) = supervisor(), officers(2)
    free, shut = (factories.case(assignee=officer) for _each in range(2))
    restrict(shut, boss, officer)
    days = clock.today(), clock.today() + timedelta(days=2)
    with transaction():
        enter_absence(factories.office(), officer, days, substitute, "passes", boss)
        standing_in.carry_out_absences()
    assert assignees([free, shut]) == [substitute.id, None]


def test_a_transfer_carries_the_restriction_and_names_who_accepts_it(work: Work) -> None:
    restrict(work.case, work.supervisor, work.account)
    theirs = [factories.account(Role.SUPERVISOR, at="busan") for _each in range(2)]
    boss = viewer_of(theirs[0])
    with transaction():
        transfers.propose(
            work.case, factories.office("busan"), "The applicant moved to Busan.", work.supervisor
        )
    with transaction():
        transfers.accept(incoming(boss)[0], boss)
    db.session.refresh(work.case)
    assert (work.case.restricted, work.case.assignee_id) == (True, None)
    assert [reads(each) for each in theirs] == [[work.case.number], []]
    assert reads(work.account) == []


def test_a_restricted_case_whose_last_supervisor_left_is_opened_to_the_others(app: Flask) -> None:
    leaver, other = (factories.account(Role.SUPERVISOR) for _each in range(2))
    case = restrict(factories.case(), viewer_of(leaver))
    with transaction():
        assert restricting.name_successors() == 0
    with transaction():
        set_active(db.session.get_one(Account, leaver.id), False)
        assert restricting.name_successors() == 1
    assert reads(other) == [case.number]
    with transaction():
        assert restricting.name_successors() == 0


def test_who_declared_a_conflict_is_no_successor_and_leaves_the_case_to_the_others(app: Flask) -> None:
    relative, named, other = (factories.account(Role.SUPERVISOR) for _each in range(3))
    case = factories.case()
    with transaction():
        declare_conflict(case, "My sister-in-law.", viewer_of(relative))
    restrict(case, viewer_of(named))
    with transaction():
        declare_conflict(case, "She lodges at my house.", viewer_of(named))
        assert restricting.name_successors() == 1
    assert (reads(relative), reads(other)) == ([], [case.number])


def test_printouts_that_tell_of_the_case_are_let_go_at_once(work: Work) -> None:
    boss = work.supervisor
    work.ask()
    with transaction():
        register = Register("S", factories.office(), clock.today().year)
        made = print_register(register, "For the yearly inspection.", boss)
        made.sha256, made.size, made.finished_at = "0" * 64, 1, clock.now()
    restrict(db.session.get_one(Case, work.case.id), boss, work.account)
    assert db.session.scalars(select(Printout.sha256)).all() == [None]


def seen(number: str) -> dict[str, str]:
    """What a page opened now carries of the case."""
    return {"version": str(db.session.scalar(select(Case.version).where(Case.number == number)))}


def test_a_page_opened_before_others_were_named_brings_nobody_back(app: Flask, sign_in: Any) -> None:
    boss, (removed, named) = factories.account(Role.SUPERVISOR), officers(2)
    case = restrict(factories.case(), viewer_of(boss), removed, named)
    browser, place = sign_in(boss), f"/cases/{case.number}/restriction"
    shown = seen(case.number)
    assert f'name="version" type="hidden" value="{shown["version"]}"' in browser.get(place).text
    with transaction():
        restricting.name_readers(db.session.get_one(Case, case.id), {named.id}, viewer_of(boss))
    answer = browser.post(place, data=shown | {"readers": [removed.id, named.id]})
    assert answer.status_code == 409
    assert "has changed since you opened this page" in answer.text
    assert reads(removed) == []


def test_the_page_restricts_names_and_opens_again(app: Flask, sign_in: Any) -> None:
    boss, (named, other) = factories.account(Role.SUPERVISOR), officers(2)
    number = factories.case().number
    browser, place = sign_in(boss), f"/cases/{number}/restriction"
    assert browser.post(place, data=seen(number) | {"readers": [named.id], "reason": "x"}).status_code == 422
    told_why = {"readers": [named.id], "reason": REASON}
    assert browser.post(place, data=seen(number) | told_why).status_code == 302
    page = browser.get(f"/cases/{number}").get_data(as_text=True)
    assert f"Open only to: {', '.join(sorted([boss.full_name, named.full_name]))}" in page
    assert sign_in(other).get(f"/cases/{number}").status_code == 404
    assert browser.post(place, data=seen(number) | {"readers": [named.id, other.id]}).status_code == 302
    assert sign_in(other).get(f"/cases/{number}").status_code == 200
    assert browser.post(f"{place}/end", data={"reason": ENOUGH}).status_code == 302
    assert "Open only to" not in browser.get(f"/cases/{number}").get_data(as_text=True)
    history = browser.get(f"/cases/{number}/history").get_data(as_text=True)
    assert REASON in history
    assert ENOUGH in history
