"""Inspections, extensions, transfers and withdrawals: what they do to the case, its clock and its letters."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kis.accounts.operations import set_active
from kis.cases.clock import due_day
from kis.cases.models import Case
from kis.cases.queries import get_case
from kis.cases.queues import stands
from kis.cases.reminders import reminders_of
from kis.casework import endings, extensions, inspections, supplements, transfers
from kis.casework.queries import endings_of, incoming, pauses_of
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid, NotFound
from kis.letters.models import Letter
from tests import factories
from tests.casework.conftest import MONDAY, Work
from tests.casework.people import allocating

FRIDAY = MONDAY + timedelta(days=4)


def kinds() -> list[str]:
    return list(db.session.scalars(select(Letter.kind).order_by(Letter.id)))


def test_an_inspection_stops_the_clock_until_its_report(work: Work) -> None:
    due_on = work.case.due_on
    with transaction():
        inspections.open_inspection(work.case, "Where the family lives.", "Guro-gu", FRIDAY, work.officer)
    assert (work.case.state, work.case.stopped_on) == ("inspection", MONDAY)
    work.travel(FRIDAY)
    with pytest.raises(Invalid, match="what the inspection found"), transaction():
        inspections.end_inspection(work.case, " ", FRIDAY, work.officer)
    with transaction():
        inspections.end_inspection(work.case, "They live there.", FRIDAY, work.supervisor)
    pause = (MONDAY, FRIDAY)
    assert (work.case.state, work.case.stopped_on) == ("in_review", None)
    assert due_on < work.case.due_on == due_day(MONDAY, work.case.period_days, pauses=[pause])


def extend(work: Work, days: int = 10, reason: str = "abroad", consent: str = "") -> None:
    with transaction():
        extensions.extend(work.case, days, reason, "", consent, work.supervisor)


def test_a_period_is_extended_once_with_notice_and_again_with_consent_alone(work: Work) -> None:
    due_on = work.case.due_on
    extend(work)
    assert work.case.due_on == due_day(MONDAY, 60, more=10) > due_on
    values = db.session.scalars(select(Letter)).one().values
    assert (values.due_on, values.new_due_on) == (due_on, work.case.due_on)
    with pytest.raises(Invalid, match="consent"):
        extend(work)
    extend(work, consent="In writing, 2 November.")
    assert kinds() == ["extension", "extension"]
    with pytest.raises(Conflict, match="twice already"):
        extend(work, consent="In writing.")


def test_neither_workload_nor_a_longer_time_than_the_period_extends_it(work: Work) -> None:
    with pytest.raises(Invalid, match="Workload"):
        extend(work, reason="workload")
    with pytest.raises(Invalid, match="at most the original period"):
        extend(work, days=61)


def test_a_period_that_is_over_is_not_extended(work: Work) -> None:
    work.travel(work.case.due_on)
    assert not work.case.is_overdue
    work.wait(1)
    with pytest.raises(Conflict, match="still runs"):
        extend(work)


def test_a_period_that_ended_before_the_clock_stopped_is_overdue_and_not_extended(work: Work) -> None:
    work.travel(work.case.due_on + timedelta(days=1))
    work.ask()
    assert work.case.stopped_on and work.case.is_overdue
    over = select(Case.id).where(stands("over", clock.today()))
    assert db.session.scalars(over).all() == [work.case.id]
    with pytest.raises(Conflict, match="still runs"):
        extend(work)


def test_a_period_whose_clock_stopped_in_time_is_extended_whatever_the_calendar_says(work: Work) -> None:
    work.ask(days=90)
    work.travel(work.case.due_on + timedelta(days=1))
    assert not work.case.is_overdue
    assert not db.session.scalars(select(Case.id).where(stands("over", clock.today()))).all()
    extend(work)


def test_the_notice_of_a_case_whose_clock_stands_still_tells_the_days_as_if_it_ran_again_now(
    work: Work,
) -> None:
    work.ask(days=90)
    work.travel(work.case.due_on + timedelta(days=1))
    extend(work)
    told = db.session.scalars(select(Letter).where(Letter.kind == "extension")).one().values
    with transaction():
        supplements.enter_reply(work.case, [], clock.today(), True, work.officer)
    assert told.due_on and told.new_due_on
    assert clock.today() < told.due_on < told.new_due_on == work.case.due_on


def test_an_officer_does_not_extend(work: Work) -> None:
    with pytest.raises(Forbidden), transaction():
        extensions.extend(work.case, 5, "abroad", "", "", work.officer)


def propose(work: Work, to: str = "busan") -> None:
    """To an office with a supervisor who can answer."""
    factories.account(Role.SUPERVISOR, at=to)
    with transaction():
        transfers.propose(work.case, factories.office(to), "The applicant moved.", work.supervisor)


def test_a_transfer_moves_the_case_with_its_number_once_it_is_accepted(work: Work) -> None:
    boss = factories.viewer(Role.SUPERVISOR, at="busan")
    propose(work)
    number, due_on = work.case.number, work.case.due_on
    assert (work.case.state, work.case.stopped_on) == ("in_review", MONDAY)
    with pytest.raises(NotFound):
        get_case(number, boss)
    work.travel(FRIDAY)
    with transaction():
        transfers.accept(incoming(boss)[0], boss)
    moved = get_case(number, boss)
    assert (moved.office.code, moved.state, moved.assignee_id, moved.number) == (
        "busan",
        "received",
        None,
        number,
    )
    assert moved.due_on > due_on
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.kind, letter.office.code, letter.issued_by_id) == (
        "transfer",
        "seoul-southern",
        work.boss.id,
    )
    with pytest.raises(NotFound):
        get_case(number, work.officer)


def test_a_refused_transfer_stays_with_the_reason_and_only_its_time_is_lost(work: Work) -> None:
    boss = factories.viewer(Role.SUPERVISOR, at="busan")
    propose(work)
    with pytest.raises(Invalid, match="Write why"), transaction():
        transfers.refuse(incoming(boss)[0], "", boss)
    with transaction():
        transfers.refuse(incoming(boss)[0], "The applicant left Busan.", boss)
    assert (work.case.office.code, work.case.stopped_on, kinds()) == ("seoul-southern", None, [])


def test_no_case_is_offered_to_an_office_in_which_nobody_could_answer(work: Work) -> None:
    boss = factories.account(Role.SUPERVISOR, at="busan")
    with transaction():
        set_active(boss, False)
    with pytest.raises(Invalid, match="no active supervisor"), transaction():
        transfers.propose(work.case, factories.office("busan"), "The applicant moved.", work.supervisor)
    assert work.case.stopped_on is None


def test_an_offer_taken_back_leaves_the_clock_as_if_it_had_not_stopped(work: Work) -> None:
    due_on = work.case.due_on
    propose(work)
    work.travel(FRIDAY)
    with transaction():
        transfers.cancel(work.case, work.supervisor)
    assert (work.case.stopped_on, work.case.due_on) == (None, due_on)
    assert not pauses_of(work.case)


def test_while_a_transfer_is_pending_nothing_else_moves_the_case(work: Work) -> None:
    propose(work)
    with pytest.raises(Conflict, match="transfer to another office is pending"), transaction():
        inspections.open_inspection(work.case, "Home", "Guro-gu", FRIDAY, work.officer)
    with transaction():
        transfers.cancel(work.case, work.supervisor)
    assert work.case.stopped_on is None


def test_of_two_answers_to_a_transfer_the_second_is_told(work: Work) -> None:
    boss = factories.viewer(Role.SUPERVISOR, at="busan")
    propose(work)
    transfer = incoming(boss)[0]
    with transaction():
        transfers.refuse(transfer, "Not ours.", boss)
    with pytest.raises(Conflict, match="answered already"), transaction():
        transfers.accept(transfer, boss)


def test_only_the_receiving_office_answers(work: Work) -> None:
    propose(work)
    boss = factories.viewer(Role.SUPERVISOR, at="busan")
    transfer = incoming(boss)[0]
    assert incoming(factories.viewer(Role.SUPERVISOR, at="jeju")) == []
    with pytest.raises(Forbidden), transaction():
        transfers.accept(transfer, work.supervisor)


def test_whoever_offered_the_case_is_reminded_of_the_refusal(work: Work) -> None:
    boss = factories.viewer(Role.SUPERVISOR, at="busan")
    propose(work)
    with transaction():
        transfers.refuse(incoming(boss)[0], "The applicant left Busan.", boss)
    (reminder,) = reminders_of(work.supervisor)
    assert (reminder.case_id, reminder.due_on) == (work.case.id, MONDAY)
    assert "did not take the case over" in reminder.text


def test_an_office_that_allocates_at_intake_gives_an_accepted_case_to_an_officer(work: Work) -> None:
    boss = factories.viewer(Role.SUPERVISOR, at="busan")
    officer = factories.account(Role.OFFICER, at="busan")
    allocating("least_work", boss, "busan", at_intake=True)
    propose(work)
    with transaction():
        transfers.accept(incoming(boss)[0], boss)
    assert (work.case.office.code, work.case.state, work.case.assignee_id) == (
        "busan",
        "in_review",
        officer.id,
    )


def offered(work: Work) -> set[str]:
    return {office.code for group in transfers.other_offices(work.case) for office in group}


def test_only_offices_with_an_active_supervisor_are_offered(work: Work) -> None:
    assert not offered(work)
    boss = factories.account(Role.SUPERVISOR, at="busan")
    factories.account(Role.OFFICER, at="jeju")
    branches = {office.code for office in factories.office("busan").branches}
    assert offered(work) == {"busan"} | branches
    boss.active = False
    db.session.commit()
    assert not offered(work)


def test_the_office_of_the_applicants_address_is_suggested(work: Work) -> None:
    factories.account(Role.SUPERVISOR, at="jeju")
    for address in ("제주특별자치도 제주시 연동", "Jeju-si, Jeju-do"):
        work.case.applicant.address = address
        assert [office.code for office in transfers.other_offices(work.case)[0]] == ["jeju"]
    work.case.applicant.address = "somewhere"
    assert transfers.other_offices(work.case)[0] == []


def withdraw(work: Work, wish: str = "Letter of 2 November, signed by the applicant.") -> None:
    with transaction():
        endings.withdraw(work.case, wish, clock.today(), work.officer)


def test_an_application_is_withdrawn_on_the_written_wish_alone(work: Work) -> None:
    with pytest.raises(Invalid, match="in writing"):
        withdraw(work, " ")
    withdraw(work)
    assert (work.case.state, work.case.outcome, kinds()) == ("withdrawn", None, ["withdrawal"])


def test_a_withdrawal_ends_the_inspection_and_the_supplement_that_were_open(work: Work) -> None:
    work.ask()
    withdraw(work)
    assert (work.case.state, work.case.stopped_on) == ("withdrawn", None)


def test_a_reopened_case_goes_on_and_the_time_between_does_not_count(work: Work) -> None:
    withdraw(work)
    work.travel(date(2026, 12, 1))
    with pytest.raises(Forbidden), transaction():
        endings.reopen(work.case, "It was another applicant's.", work.officer)
    with transaction():
        endings.reopen(work.case, "It was another applicant's.", work.supervisor)
    between = (MONDAY, date(2026, 12, 1))
    assert (work.case.state, work.case.assignee_id) == ("in_review", work.account.id)
    assert work.case.due_on == due_day(MONDAY, 60, pauses=[between])
    assert endings_of(work.case)[0].reopening_reason == "It was another applicant's."
    assert db.session.scalars(select(Letter)).one().void is not None
    withdraw(work)
    assert work.case.state == "withdrawn"


def test_the_applicant_may_withdraw_while_a_transfer_is_on_its_way(work: Work) -> None:
    propose(work)
    withdraw(work)
    assert (work.case.state, work.case.stopped_on) == ("withdrawn", None)
    assert incoming(factories.viewer(Role.SUPERVISOR, at="busan")) == []
