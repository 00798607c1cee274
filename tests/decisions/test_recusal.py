"""Whoever declares a conflict of interest has no further part in the case, and what they did there falls."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from kis.cases.conflicts import ConflictOfInterest
from kis.cases.operations import assign, change_applicant, revise_facts, take
from kis.cases.queries import latest_revision
from kis.cases.states import possibilities
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.decisions.models import Recommendation
from kis.decisions.operations import approve
from kis.decisions.queries import evidence_of, standing
from kis.decisions.recusal import declare_conflict
from kis.decisions.reissuing import reissue_letter
from kis.decisions.reversal import undo, withdraw
from kis.decisions.review_record import make_record
from kis.documents.operations import add_document
from kis.letters.corrections import correct, entry_label
from kis.letters.operations import render_letter
from kis.letters.operations import void as void_letter
from kis.letters.queries import decision_letter
from kis.letters.values import Bilingual, Correction
from kis.precheck.operations import depart, run
from tests import factories
from tests.decisions.conftest import House

REASON = "The applicant is my neighbour."


def declare(house: House, account: Any) -> None:
    with transaction():
        declare_conflict(house.case, REASON, house.viewer(account))


def test_the_case_returns_to_the_queue_and_cannot_come_back_to_the_officer(house: House) -> None:
    declare(house, house.officer)
    assert (house.case.state, house.case.assignee_id) == ("received", None)
    officer, boss = house.viewer(house.officer), house.viewer(house.supervisor)
    with pytest.raises(Conflict, match="conflict of interest"):
        take(house.case, officer)
    db.session.rollback()
    with pytest.raises(Conflict, match="conflict of interest"):
        assign(house.case, house.officer, boss)
    db.session.rollback()
    refusals = {
        each.action: each.refusal
        for each in possibilities(house.case, officer, evidence_of(house.case, officer))
    }
    assert "conflict of interest" in (refusals["take"] or "")


def test_another_officer_takes_the_case_and_goes_on(house: House) -> None:
    declare(house, house.officer)
    with transaction():
        take(house.case, factories.viewer(Role.OFFICER))
    assert house.case.state == "in_review"


def test_a_recommendation_of_the_person_no_longer_stands(house: House) -> None:
    house.recommend()
    declare(house, house.officer)
    assert standing(house.case) is None
    voided = db.session.scalars(select(Recommendation)).one()
    assert voided.void_cause == "conflict"
    assert house.case.assignee_id is None


def test_whoever_declared_one_does_not_approve_or_decide(house: House) -> None:
    house.recommend()
    declare(house, house.supervisor)
    assert standing(house.case) is not None
    with pytest.raises(Conflict, match="conflict of interest"):
        approve(house.case, "Agreed.", house.viewer(house.supervisor))
    db.session.rollback()
    other = factories.account(Role.SUPERVISOR)
    with transaction():
        assert approve(house.case, "Agreed.", house.viewer(other)) is not None


def test_whoever_declared_one_changes_nothing_of_the_case_by_any_other_way(house: House) -> None:
    declare(house, house.officer)
    officer, case = house.viewer(house.officer), house.case
    barred: list[Callable[[], object]] = [
        lambda: revise_facts(case, latest_revision(case).facts, case.revision, officer),
        lambda: change_applicant(case, {}, officer),
        lambda: add_document(case, "passport", "", officer),
        lambda: run(case, "demand", officer),
        lambda: depart(case, "documents.submitted", "met", "All papers are in the paper file.", officer),
        lambda: withdraw(case, "Letter, signed.", clock.today(), officer),
    ]
    for act in barred:
        with pytest.raises(Conflict, match="conflict of interest"), transaction():
            act()


def test_a_supervisor_who_declared_one_neither_assigns_nor_undoes(house: House) -> None:
    declare(house, house.supervisor)
    boss = house.viewer(house.supervisor)
    with pytest.raises(Conflict, match="conflict of interest"), transaction():
        assign(house.case, house.officer, boss)
    house.recommend()
    with transaction():
        approve(house.case, "Agreed.", factories.viewer(Role.SUPERVISOR))
    told = {
        each.action: each.refusal for each in possibilities(house.case, boss, evidence_of(house.case, boss))
    }
    assert "conflict of interest" in (told["undo"] or "")
    with pytest.raises(Conflict, match="conflict of interest"), transaction():
        undo(house.case, "A mistake.", boss)


def test_a_supervisor_who_declared_one_has_no_hand_in_the_letters(house: House) -> None:
    declare(house, house.supervisor)
    house.recommend()
    with transaction():
        approve(house.case, "Agreed.", factories.viewer(Role.SUPERVISOR))
    letter, boss = decision_letter(house.case), house.viewer(house.supervisor)
    assert letter
    render_letter(letter.id)
    db.session.commit()
    wrong = Correction(entry_label("sex"), Bilingual("남", "Male"), Bilingual("여", "Female"))
    barred: list[Callable[[], object]] = [
        lambda: reissue_letter(letter, "A misprint.", boss),
        lambda: void_letter(letter, "A misprint.", boss),
        lambda: correct(letter, [wrong], None, boss),
        lambda: make_record(house.case, boss),
    ]
    for act in barred:
        with pytest.raises(Conflict, match="conflict of interest"), transaction():
            act()
    assert letter.in_force


def test_an_approval_of_the_person_falls_with_the_recommendation(house: House) -> None:
    house.two_supervisors()
    house.recommend()
    with transaction():
        approve(house.case, "Agreed.", house.viewer(house.supervisor))
    declare(house, house.supervisor)
    assert standing(house.case) is None
    assert (house.case.state, house.case.assignee_id) == ("in_review", house.officer.id)


def test_it_needs_a_reason_and_is_declared_once_before_the_decision(house: House) -> None:
    with pytest.raises(Invalid):
        declare_conflict(house.case, " no ", house.viewer(house.officer))
    for role in (Role.RECEPTION, Role.AUDITOR):
        with pytest.raises(Forbidden):
            declare_conflict(house.case, REASON, factories.viewer(role))
    db.session.rollback()
    declare(house, house.supervisor)
    with pytest.raises(Conflict, match="already"):
        declare(house, house.supervisor)
    house.recommend()
    with transaction():
        approve(house.case, "Agreed.", factories.viewer(Role.SUPERVISOR))
    with pytest.raises(Conflict, match="decided"):
        declare(house, house.officer)


def test_it_is_declared_on_its_page(house: House, sign_in: Any) -> None:
    browser = sign_in(house.officer)
    page = f"/cases/{house.case.number}/conflict"
    assert "It cannot be taken back" in browser.get(page).text
    assert browser.post(page, data={"reason": "no"}).status_code == 422
    assert browser.post(page, data={"reason": REASON}).status_code == 302
    assert db.session.scalars(select(ConflictOfInterest.reason)).all() == [REASON]
    assert "no further part" in browser.get(page).text
    assert "declared a conflict of interest" in browser.get(f"/cases/{house.case.number}/history").text
