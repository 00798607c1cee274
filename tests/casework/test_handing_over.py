"""Work that changes hands: absences, leavers, supervisors who take it; nothing is lost and why is on record."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from kis.accounts.models import Account
from kis.accounts.operations import change_grants, set_active
from kis.cases.conflicts import ConflictOfInterest
from kis.cases.models import Case, CaseReader
from kis.cases.operations import assign
from kis.casework import endings, handing_over, staffing, standing_in
from kis.casework.absences import cancel_absence, enter_absence
from kis.casework.staffing_models import Absence
from kis.core import clock
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from tests import factories
from tests.casework.people import assignees, officers, supervisor, told

DAY = timedelta(days=1)


def away(
    officer: Account, boss: Viewer, substitute: Account | None = None, arrangement: str = "stays"
) -> Absence:
    """Absent from yesterday's tomorrow, today, for three days; committed."""
    today = clock.today()
    made = enter_absence(factories.office(), officer, (today, today + 2 * DAY), substitute, arrangement, boss)
    db.session.commit()
    return made


def test_the_work_of_somebody_absent_passes_to_whoever_stands_in(app: Flask) -> None:
    boss, (officer, substitute) = supervisor(), officers(2)
    case = factories.case(assignee=officer)
    away(officer, boss, substitute, "passes")
    assert standing_in.carry_out_absences() == 1
    db.session.commit()
    assert assignees([case]) == [substitute.id]
    (why,) = told("casework.passed-to-substitute")
    assert (why["former"], why["name"]) == (officer.full_name, substitute.full_name)


def test_the_work_returns_to_the_queue_where_that_was_arranged(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    case = factories.case(assignee=officer)
    away(officer, boss, arrangement="returns")
    standing_in.carry_out_absences()
    db.session.commit()
    assert assignees([case]) == [None]
    assert told("casework.released-absent")[0]["former"] == officer.full_name


def test_what_the_substitute_cannot_take_returns_to_the_queue(app: Flask) -> None:
    boss, (officer, substitute) = supervisor(), officers(2)
    barred, other = factories.case(assignee=officer), factories.case(assignee=officer)
    db.session.add(ConflictOfInterest(case_id=barred.id, account_id=substitute.id, reason="A cousin."))
    away(officer, boss, substitute, "passes")
    standing_in.carry_out_absences()
    db.session.commit()
    assert assignees([barred, other]) == [None, substitute.id]


def test_a_case_that_awaits_its_decision_stays_where_it_is(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    case = factories.case(assignee=officer)
    case.state = "recommended"
    away(officer, boss, arrangement="returns")
    assert standing_in.carry_out_absences() == 0
    assert assignees([case]) == [officer.id]


def test_nothing_moves_before_the_first_day_or_after_a_cancellation(app: Flask) -> None:
    boss, (officer, substitute) = supervisor(), officers(2)
    factories.case(assignee=officer)
    today = clock.today()
    office = factories.office()
    enter_absence(office, officer, (today + DAY, today + DAY), substitute, "passes", boss)
    cancelled = enter_absence(office, officer, (today, today), substitute, "passes", boss)
    cancel_absence(cancelled, boss)
    assert standing_in.carry_out_absences() == 0
    with pytest.raises(Conflict):
        cancel_absence(cancelled, boss)


def test_nobody_gives_a_case_to_somebody_absent_and_is_told_who_stands_in(app: Flask) -> None:
    boss, (officer, substitute) = supervisor(), officers(2)
    away(officer, boss, substitute, "passes")
    with pytest.raises(Conflict, match=substitute.full_name):
        handing_over.assign_by_hand(factories.case(), officer, boss)


def test_an_absence_has_sound_days_and_people_of_the_office(app: Flask) -> None:
    boss, (officer, other) = supervisor(), officers(2)
    stranger, office, today = factories.account(at="busan"), factories.office(), clock.today()
    away(officer, boss)
    wrong = [
        (officer, (today, today), None, "stays"),
        (other, (today, today - DAY), None, "stays"),
        (other, (today - DAY, today - DAY), None, "stays"),
        (other, (today, today), None, "passes"),
        (other, (today, today), other, "passes"),
        (other, (today, today), stranger, "passes"),
        (stranger, (today, today), None, "stays"),
    ]
    for person, days, substitute, arrangement in wrong:
        with pytest.raises(Invalid):
            enter_absence(office, person, days, substitute, arrangement, boss)
    with pytest.raises(Forbidden):
        enter_absence(office, other, (today, today), None, "stays", supervisor(at="busan"))


def test_each_office_enters_the_absence_of_an_officer_of_both(app: Flask) -> None:
    (officer,), today = officers(1), clock.today()
    change_grants(
        officer, [(Role.OFFICER, factories.office(code).id) for code in ("seoul-southern", "busan")]
    )
    away(officer, supervisor())
    busan = factories.office("busan")
    made = enter_absence(busan, officer, (today, today), None, "stays", supervisor(at="busan"))
    assert made.office_id == busan.id


def test_a_supervisor_returns_a_case_to_the_queue_with_the_reason(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    case = factories.case(assignee=officer)
    with pytest.raises(Invalid):
        handing_over.return_to_queue(case, " ", boss)
    with pytest.raises(Forbidden):
        handing_over.return_to_queue(case, "No.", factories.viewer(Role.OFFICER))
    handing_over.return_to_queue(case, "Long ill.", boss)
    db.session.commit()
    assert assignees([case]) == [None]
    assert told("casework.released-supervisor")[0]["reason"] == "Long ill."
    with pytest.raises(Conflict, match="no officer"):
        handing_over.return_to_queue(case, "Again.", boss)


def test_all_the_work_of_a_leaver_is_handed_over_at_once(app: Flask) -> None:
    boss, (leaver, heir) = supervisor(), officers(2)
    cases = [factories.case(assignee=leaver) for _each in range(3)]
    db.session.add(ConflictOfInterest(case_id=cases[1].id, account_id=heir.id, reason="A cousin."))
    db.session.commit()
    handed = handing_over.hand_over_work(leaver, factories.office().id, heir, "Moves to Busan.", boss)
    db.session.commit()
    passed, returned = handed
    assert passed == 2
    assert returned == {cases[1].number: f"{heir.named} declared a conflict of interest in this case."}
    assert assignees(cases) == [heir.id, None, heir.id]
    assert {each["reason"] for each in told("casework.handed-over")} == {"Moves to Busan."}


def test_nothing_is_handed_over_to_somebody_absent(app: Flask) -> None:
    boss, (leaver, absent) = supervisor(), officers(2)
    case = factories.case(assignee=leaver)
    away(absent, boss)
    with pytest.raises(Conflict, match="is absent until"):
        handing_over.hand_over_work(leaver, case.office_id, absent, "She leaves.", boss)
    assert assignees([case]) == [leaver.id]


def test_a_disabled_account_holds_no_open_case(app: Flask) -> None:
    (officer,) = officers(1)
    case = factories.case(assignee=officer)
    with app.test_request_context():
        set_active(officer, False)
    assert handing_over.release_work(officer, "casework.released-disabled") == 1
    db.session.commit()
    assert assignees([case]) == [None]
    assert told("casework.released-disabled")[0]["former"] == officer.full_name


def leave(app: Flask, officer: Account) -> None:
    """The account is disabled, and its open cases return to the queue. Committed."""
    with app.test_request_context():
        set_active(officer, False)
    handing_over.release_work(officer, "casework.released-disabled")
    db.session.commit()


def test_a_case_reopened_after_its_officer_left_waits_in_the_queue(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    db.session.get_one(Account, boss.account_id).phone = "02-2650-6214"
    case = factories.case(assignee=officer)
    endings.withdraw(case, "Letter, signed.", clock.today(), boss)
    leave(app, officer)
    assert assignees([case]) == [officer.id]
    endings.reopen(case, "A mistake.", boss)
    db.session.commit()
    assert assignees([case]) == [None]
    assert told("casework.released-roles")[0]["former"] == officer.full_name


def test_an_open_case_that_lies_with_nobody_of_its_office_returns_with_the_hour(app: Flask) -> None:
    (leaver, officer), stranger = officers(2), factories.account(at="busan")
    cases = [factories.case(assignee=each) for each in (leaver, officer, stranger)]
    with app.test_request_context():
        set_active(leaver, False)
    assert handing_over.release_left_behind() == 2
    db.session.commit()
    assert assignees(cases) == [None, officer.id, None]
    assert handing_over.release_left_behind() == 0


def meanwhile(case: Case, **columns: int) -> None:
    """What another did to the case since the session of the test read it."""
    query = update(Case).where(Case.id == case.id).values(**columns)
    db.session.execute(query, execution_options={"synchronize_session": False})


def test_who_moves_the_work_of_another_sees_what_happened_to_it_meanwhile(app: Flask) -> None:
    (officer, other) = officers(2)
    case = factories.case(assignee=officer)
    assert handing_over.held_work(officer, handing_over.AT_WORK) == [case]
    meanwhile(case, assignee_id=other.id)
    assert not handing_over.held_work(officer, handing_over.AT_WORK)
    assert [each.assignee_id for each in handing_over.held_work(other, handing_over.AT_WORK)] == [other.id]


def test_an_assignment_looks_at_the_office_that_the_case_has_now(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    case, there = factories.case(), factories.office("busan")
    assert case.office_id != there.id
    meanwhile(case, office_id=there.id)
    with pytest.raises(Invalid, match="not an active officer"):
        assign(case, officer, boss)


def test_who_does_not_handle_the_category_gets_no_case_by_hand_or_as_a_substitute(app: Flask) -> None:
    boss, (officer, substitute) = supervisor(), officers(2)
    case = factories.case(assignee=officer)
    staffing.set_skills(factories.office(), substitute, {"F-5-27"}, boss)
    with pytest.raises(Conflict, match=f"{substitute.named} does not handle F-5-1"):
        handing_over.assign_by_hand(case, substitute, boss)
    away(officer, boss, substitute, "passes")
    standing_in.carry_out_absences()
    db.session.commit()
    assert assignees([case]) == [None]


def test_a_case_that_awaits_its_decision_is_not_taken_from_its_officer(app: Flask) -> None:
    """It would lie in no queue of unassigned work, and could not be given to anybody."""
    boss, (officer,) = supervisor(), officers(1)
    case = factories.case(assignee=officer)
    case.state = "recommended"
    with pytest.raises(Conflict, match="awaits its decision"):
        handing_over.return_to_queue(case, "Too much else.", boss)


def test_a_supervisor_moves_no_restricted_case_of_which_they_do_not_know(app: Flask) -> None:
    boss, (officer, colleague) = supervisor(), officers(2)
    restricted, other = factories.case(assignee=officer), factories.case(assignee=officer)
    restricted.restricted = True
    db.session.add(CaseReader(case_id=restricted.id, account_id=officer.id))
    db.session.commit()
    office_id = restricted.office_id
    assert handing_over.to_hand_over(officer, office_id, boss) == 1
    assert handing_over.hand_over_work(officer, office_id, colleague, "Leaves.", boss) == (1, {})
    db.session.commit()
    assert assignees([restricted, other]) == [officer.id, colleague.id]
