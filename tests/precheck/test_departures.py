"""Departures: an officer's written judgement, beside what was found."""

import pytest
from sqlalchemy import select

from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.precheck.models import Departure
from kis.precheck.operations import depart, run, withdraw_departure
from kis.precheck.queries import departures_of, effective_outcomes, failed_criteria, latest_run
from kis.rules import Outcome
from tests import factories
from tests.precheck.test_runs import with_fine

pytestmark = pytest.mark.usefixtures("app")
REASON = "The fine was imposed in error and has been annulled."
FINE = "conduct.fine"


@pytest.fixture
def officer() -> Viewer:
    return viewer_of(factories.account(Role.OFFICER))


@pytest.fixture
def case(officer: Viewer) -> Case:
    """A case whose fine of 2024 is a bar."""
    made = factories.case()
    with_fine(made, officer)
    run(made, "revision", officer)
    db.session.commit()
    return made


def outcomes(case: Case) -> tuple[Outcome, Outcome]:
    """Of the fine and of conduct, after departures."""
    found = effective_outcomes(case)
    assert found is not None
    return found.criteria[FINE], found.areas["conduct"]


def test_a_departure_changes_what_counts_and_leaves_what_was_found(case: Case, officer: Viewer) -> None:
    assert outcomes(case) == (Outcome.NOT_MET, Outcome.NOT_MET)
    depart(case, FINE, "met", REASON, officer)
    db.session.commit()
    assert outcomes(case) == (Outcome.MET, Outcome.MET)
    kept = latest_run(case)
    assert kept is not None
    assert kept.precheck.areas["conduct"] is Outcome.NOT_MET
    assert FINE not in [failed.finding.id for failed in failed_criteria(case)]
    assert case.precheck_outcome == effective_outcomes(case).overall  # type: ignore[union-attr]


def test_a_departure_to_not_met_is_a_ground_of_refusal(case: Case, officer: Viewer) -> None:
    made = depart(case, "conduct.violent_crime", "not_met", REASON, officer)
    failed = {failed.finding.id: failed.departure for failed in failed_criteria(case)}
    assert failed["conduct.violent_crime"] is made


@pytest.mark.parametrize("reason", ["", "   ", "too short", "  nine char  "[:11]])
def test_a_departure_needs_a_written_reason(case: Case, officer: Viewer, reason: str) -> None:
    with pytest.raises(Invalid):
        depart(case, FINE, "met", reason, officer)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICER])
def test_nobody_but_an_officer_departs(case: Case, role: Role) -> None:
    with pytest.raises(Forbidden):
        depart(case, FINE, "met", REASON, factories.viewer(role))


def test_an_officer_of_another_office_does_not_depart(case: Case) -> None:
    with pytest.raises(Forbidden):
        depart(case, FINE, "met", REASON, factories.viewer(Role.OFFICER, at="busan"))


@pytest.mark.parametrize("state", ["recommended", "decided", "closed"])
def test_nobody_departs_once_the_case_is_recommended(case: Case, officer: Viewer, state: str) -> None:
    case.state, case.outcome = state, None if state == "recommended" else "refused"
    db.session.flush()
    with pytest.raises(Conflict):
        depart(case, FINE, "met", REASON, officer)


def test_a_departure_is_from_an_outcome_of_the_run_that_was_seen(case: Case, officer: Viewer) -> None:
    run(case, "demand", officer)
    with pytest.raises(Conflict):
        depart(case, FINE, "met", REASON, officer, seen=1)
    assert depart(case, FINE, "met", REASON, officer, seen=2).from_outcome == "not_met"


@pytest.mark.parametrize(
    ("criterion", "outcome"), [("conduct.nothing", "met"), (FINE, "not_met"), (FINE, "perhaps")]
)
def test_a_departure_names_a_criterion_and_another_outcome(
    case: Case, officer: Viewer, criterion: str, outcome: str
) -> None:
    with pytest.raises(Invalid):
        depart(case, criterion, outcome, REASON, officer)


def test_a_departure_stands_through_a_run_that_finds_the_same(case: Case, officer: Viewer) -> None:
    depart(case, FINE, "met", REASON, officer)
    run(case, "demand", officer)
    assert outcomes(case) == (Outcome.MET, Outcome.MET)


def test_a_departure_does_not_count_for_an_outcome_it_did_not_judge(case: Case, officer: Viewer) -> None:
    depart(case, FINE, "review", REASON, officer)
    with_fine(case, officer, completed_on="2020-02-01", sentenced_on="2020-01-10")
    run(case, "revision", officer)
    assert outcomes(case) == (Outcome.MET, Outcome.MET)
    with_fine(case, officer)
    run(case, "revision", officer)
    assert outcomes(case)[0] is Outcome.REVIEW
    assert [departure.stands for departure in departures_of(case)] == [True]


def test_a_new_departure_takes_the_place_of_the_old_one(case: Case, officer: Viewer) -> None:
    depart(case, FINE, "met", REASON, officer)
    depart(case, FINE, "review", "On a second look it needs the head's view.", officer)
    db.session.commit()
    assert [(d.to_outcome, d.stands) for d in departures_of(case)] == [("review", True), ("met", False)]
    assert outcomes(case)[0] is Outcome.REVIEW


def test_a_withdrawn_departure_stays_on_record_and_counts_no_more(case: Case, officer: Viewer) -> None:
    made = depart(case, FINE, "met", REASON, officer)
    withdraw_departure(case, made.id, officer)
    db.session.commit()
    assert outcomes(case) == (Outcome.NOT_MET, Outcome.NOT_MET)
    assert case.precheck_outcome == "not_met"
    kept = db.session.scalars(select(Departure)).one()
    assert (kept.reason, kept.withdrawn_by_id) == (REASON, officer.account_id)
    with pytest.raises(Invalid):
        withdraw_departure(case, made.id, officer)
    actions = db.session.scalars(select(AuditRecord.action).order_by(AuditRecord.id)).all()
    assert [a for a in actions if "depart" in a] == ["precheck.departed", "precheck.departure-withdrawn"]


def test_a_departure_of_another_case_cannot_be_withdrawn(case: Case, officer: Viewer) -> None:
    made = depart(case, FINE, "met", REASON, officer)
    other = factories.case()
    run(other, "demand", officer)
    with pytest.raises(Invalid):
        withdraw_departure(other, made.id, officer)
