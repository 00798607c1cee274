"""Another person decides, once, along the approval line; the letter comes with the decision."""

from copy import deepcopy
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from kis.accounts.models import RoleGrant
from kis.cases.operations import revise_facts
from kis.cases.queries import latest_revision
from kis.core import clock, jobs
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.core.store import store
from kis.decisions.jobs import render_and_close
from kis.decisions.models import Decision
from kis.decisions.operations import approve, decide_otherwise, hold
from kis.decisions.queries import decision_of, standing
from kis.letters.models import Letter
from kis.letters.queries import decision_letter
from kis.precheck.operations import run
from tests import factories
from tests.decisions.conftest import OWN, STAY_ENDS, House
from tests.letters.conftest import pdf_text


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter)))


def decided(house: House) -> Decision:
    with transaction():
        made = approve(house.case, "Agreed.", house.viewer(house.supervisor))
    assert made is not None
    return made


def test_the_last_approval_is_the_decision_and_issues_the_letter(house: House) -> None:
    house.recommend()
    made = decided(house)
    assert (house.case.state, house.case.outcome) == ("decided", "refused")
    assert (made.decided_by_id, made.differs) == (house.supervisor.id, False)
    assert [letter.kind for letter in letters()] == ["disapproval"]
    assert db.session.scalar(select(func.count(Job.id)).where(Job.kind == "letter.render")) == 1
    values = letters()[0].values
    assert values.reasons[0].basis.ko.startswith("출입국관리법")
    assert values.sender.officer == house.officer.full_name
    assert values.stay_expires_on == STAY_ENDS
    assert values.departure_deadline is None


def test_a_permission_has_no_reasons_and_no_deadline(house: House) -> None:
    house.recommend("granted")
    made = decided(house)
    assert (made.departure_deadline, made.stay_expires_on) == (None, None)
    assert letters()[0].kind == "permission"
    assert letters()[0].values.reasons == ()


def test_without_a_stay_that_goes_on_a_refusal_names_a_departure_deadline(house: House) -> None:
    house.recommend(stay_expires_on=clock.today() - timedelta(days=1))
    made = decided(house)
    assert made.departure_deadline == clock.today() + timedelta(days=14)
    assert letters()[0].values.departure_deadline == made.departure_deadline


def test_a_stay_lasts_as_long_as_the_facts_say(house: House) -> None:
    facts = deepcopy(latest_revision(house.case).facts)
    facts["stays"][-1]["to"] = (clock.today() + timedelta(days=90)).isoformat()
    with transaction():
        revise_facts(house.case, facts, house.case.revision, house.viewer(house.officer))
        run(house.case, "demand", house.viewer(house.officer))
    for mistaken in (-1, 89, 90 + 365):
        with pytest.raises(Invalid, match="lasts until"):
            house.recommend(stay_expires_on=clock.today() + timedelta(days=mistaken))
    house.recommend(stay_expires_on=clock.today() + timedelta(days=90))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_a_supervisor_decides(house: House, role: Role) -> None:
    house.recommend()
    with pytest.raises(Forbidden):
        approve(house.case, "", factories.viewer(role))
    with pytest.raises(Forbidden):
        decide_otherwise(house.case, "granted", "A reason.", [], factories.viewer(role))


def test_a_supervisor_of_another_office_does_not_decide(house: House) -> None:
    house.recommend()
    with pytest.raises(Forbidden):
        approve(house.case, "", factories.viewer(Role.SUPERVISOR, at="busan"))


def test_whoever_recommended_cannot_decide(house: House) -> None:
    house.recommend()
    with transaction():
        db.session.add(
            RoleGrant(account_id=house.officer.id, role="supervisor", office_id=house.case.office_id)
        )
    db.session.expire_all()
    viewer = house.viewer(house.officer)
    with pytest.raises(Conflict, match="Whoever recommended"):
        approve(house.case, "", viewer)
    with pytest.raises(Conflict, match="Whoever recommended"):
        decide_otherwise(house.case, "granted", "A reason.", [], viewer)


DECIDE = text(
    "INSERT INTO decision (case_id, recommendation_id, recommended_by_id, recommended_outcome, outcome, reason,"
    " decided_by_id, at, stay_expires_on) VALUES (:case, :recommendation, :recommended_by, 'refused', :outcome, '',"
    " :decided_by, :at, :stay)"
)
APPROVE = text(
    "INSERT INTO approval (recommendation_id, recommended_by_id, position, account_id, at, comment)"
    " VALUES (:recommendation, :recommended_by, 2, :decided_by, :at, '')"
)


def raw(house: House, **changes: object) -> dict[str, object]:
    made = standing(house.case)
    assert made is not None
    values = {
        "case": house.case.id,
        "recommendation": made.id,
        "recommended_by": made.made_by_id,
        "decided_by": house.supervisor.id,
        "outcome": "refused",
        "at": clock.now(),
        "stay": STAY_ENDS,
    }
    return values | changes


def for_statement(statement: object, values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if f":{name}" in str(statement)}


@pytest.mark.parametrize("statement", [DECIDE, APPROVE])
def test_the_database_refuses_the_recommender_as_the_one_who_decides(house: House, statement: object) -> None:
    house.recommend()
    values = raw(house, decided_by=house.officer.id)
    with pytest.raises(IntegrityError):
        db.session.execute(statement, for_statement(statement, values))
    db.session.rollback()
    # Nor does it help to name somebody else as the one who recommended.
    lie = raw(house, decided_by=house.officer.id, recommended_by=house.supervisor.id)
    with pytest.raises(IntegrityError):
        db.session.execute(statement, for_statement(statement, lie))
        db.session.commit()


def test_the_database_refuses_to_differ_without_a_reason(house: House) -> None:
    house.recommend()
    with pytest.raises(IntegrityError):
        db.session.execute(DECIDE, raw(house, outcome="granted", stay=None))


def test_the_database_takes_one_decision_of_a_case(house: House) -> None:
    house.recommend()
    db.session.execute(DECIDE, raw(house))
    with pytest.raises(IntegrityError):
        db.session.execute(DECIDE, raw(house))


def test_a_line_of_two_supervisors_needs_both(house: House) -> None:
    second = house.two_supervisors()
    house.recommend()
    with transaction():
        assert approve(house.case, "First.", house.viewer(house.supervisor)) is None
    assert (house.case.state, letters()) == ("recommended", [])
    with pytest.raises(Conflict, match="approved already"):
        approve(house.case, "", house.viewer(house.supervisor))
    db.session.rollback()
    with transaction():
        made = approve(house.case, "Second.", house.viewer(second))
    assert made is not None
    assert made.decided_by_id == second.id
    approvals = standing(house.case).approvals
    assert [(each.position, each.account_id) for each in approvals] == [
        (2, house.supervisor.id),
        (3, second.id),
    ]


def test_only_the_last_of_the_line_decides_otherwise(house: House) -> None:
    house.two_supervisors()
    house.recommend()
    with pytest.raises(Conflict, match="last step"):
        decide_otherwise(house.case, "granted", "The fine was paid.", [], house.viewer(house.supervisor))


def test_deciding_otherwise_needs_a_reason(house: House) -> None:
    house.refuse_at_discretion()
    with pytest.raises(Invalid, match="otherwise"):
        decide_otherwise(house.case, "granted", "  ", [], house.viewer(house.supervisor))
    db.session.rollback()
    with transaction():
        made = decide_otherwise(
            house.case, "granted", "The fine was paid.", [], house.viewer(house.supervisor)
        )
    assert (made.differs, made.reason, house.case.outcome) == (True, "The fine was paid.", "granted")
    assert letters()[0].kind == "permission"


def test_refusing_against_the_recommendation_names_reasons_too(house: House) -> None:
    house.recommend("granted")
    viewer = house.viewer(house.supervisor)
    with pytest.raises(Invalid, match="at least one reason"):
        decide_otherwise(house.case, "refused", "The fine is unpaid.", [], viewer)
    db.session.rollback()
    with transaction():
        made = decide_otherwise(house.case, "refused", "The fine is unpaid.", [OWN], viewer, STAY_ENDS)
    assert [reason.basis_ko for reason in made.reasons] == [OWN.basis_ko]
    assert len(letters()[0].values.reasons) == 1


def test_a_letter_that_cannot_be_printed_stops_the_decision_and_names_the_characters(house: House) -> None:
    house.recommend()
    with transaction():
        house.case.applicant.local_name = "ສົມຊາຍ"
    with pytest.raises(Invalid, match="U\\+0E"), transaction():
        approve(house.case, "", house.viewer(house.supervisor))
    assert house.case.state == "recommended"
    assert (decision_of(house.case), letters()) == (None, [])


def test_a_decided_case_says_so_to_whoever_decides_again(house: House) -> None:
    house.recommend()
    seen = house.case.version
    decided(house)
    with pytest.raises(Conflict, match="decided already"):
        hold(house.case, seen)
    with pytest.raises(Conflict):
        approve(house.case, "", house.viewer(house.supervisor))


def test_the_worker_fills_in_the_letter_and_closes_the_case_once(house: House) -> None:
    house.recommend()
    decided(house)
    letter, job = letters()[0], db.session.scalars(select(Job.id)).one()
    assert jobs.perform(job)
    assert not jobs.perform(job)
    assert (house.case.state, house.case.outcome, letter.is_ready) == ("closed", "refused", True)
    with transaction():
        render_and_close(letter.id)
    assert house.case.state == "closed"


def test_the_letter_gives_the_reason_and_its_basis_in_both_languages(house: House) -> None:
    house.recommend()
    decided(house)
    assert jobs.perform(db.session.scalars(select(Job.id)).one())
    printed = pdf_text(store().get(letters()[0].sha256 or ""))
    for expected in (
        house.case.applicant.latin_name,
        "출입국관리법 제10조의3제2항제1호",
        "Immigration Act Art. 10-3(2)1",
        "The fine is not paid",
    ):
        assert expected in printed
    assert "criminal_record" not in printed


def test_an_officer_who_left_after_recommending_does_not_answer_for_the_letter(house: House) -> None:
    house.recommend()
    with transaction():
        house.officer.active = False
        approve(house.case, "", house.viewer(house.supervisor))
    letter = decision_letter(house.case)
    assert letter and letter.values.sender.officer == house.supervisor.in_both_scripts
