"""Runs of the pre-check: kept with all that they rested on, never rewritten."""

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import select

from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.cases.operations import revise_facts
from kis.cases.queries import latest_revision
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, NotFound
from kis.documents.queries import marks_of
from kis.figures.models import ReferenceFigure
from kis.figures.operations import renew_version
from kis.precheck.comparison import compare
from kis.precheck.models import Run
from kis.precheck.operations import run
from kis.precheck.queries import failed_criteria, get_run, is_current, latest_run, runs_of
from kis.rules import Outcome
from tests import factories

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def officer() -> Viewer:
    return viewer_of(factories.account(Role.OFFICER))


@pytest.fixture
def case() -> Case:
    return factories.case()


def with_fine(case: Case, officer: Viewer, **sentence: Any) -> None:
    """Save a fine among the facts of a case."""
    facts = deepcopy(latest_revision(case).facts)
    facts["criminal_record"] = [
        {
            "country": "KOR",
            "sentence": "fine",
            "offence": "other",
            "sentenced_on": "2024-01-10",
            "completed_on": "2024-02-01",
        }
        | sentence
    ]
    revise_facts(case, facts, case.revision, officer)


@pytest.mark.parametrize(
    ("trigger", "role"),
    [
        ("intake", Role.RECEPTION),
        ("documents", Role.RECEPTION),
        ("documents", Role.OFFICER),
        ("revision", Role.OFFICER),
        ("demand", Role.OFFICER),
    ],
)
def test_every_occasion_leaves_a_run_with_what_it_rested_on(case: Case, trigger: str, role: Role) -> None:
    made = run(case, trigger, factories.viewer(role))
    db.session.commit()
    kept = get_run(case, 1)
    assert (kept.id, kept.trigger, kept.revision, kept.edition) == (made.id, trigger, 1, "2025-05")
    assert kept.as_of == case.received_on
    assert kept.marks == marks_of(case)
    assert {figure["figure"] for figure in kept.figures} >= {"gni_per_capita"}
    assert kept.precheck.overall == kept.overall == case.precheck_outcome


@pytest.mark.parametrize(
    ("trigger", "role"),
    [
        ("intake", Role.OFFICER),
        ("demand", Role.RECEPTION),
        ("demand", Role.SUPERVISOR),
        ("demand", Role.HEADQUARTERS),
        ("demand", Role.AUDITOR),
        ("demand", Role.ADMINISTRATOR),
    ],
)
def test_a_run_needs_the_permission_of_its_occasion(case: Case, trigger: str, role: Role) -> None:
    with pytest.raises(Forbidden):
        run(case, trigger, factories.viewer(role))


def test_an_officer_of_another_office_cannot_run_it(case: Case) -> None:
    with pytest.raises(Forbidden):
        run(case, "demand", factories.viewer(Role.OFFICER, at="busan"))


def test_a_decided_case_keeps_its_pre_check(case: Case, officer: Viewer) -> None:
    case.state, case.outcome = "decided", "granted"
    db.session.flush()
    with pytest.raises(Conflict):
        run(case, "demand", officer)


def test_runs_are_numbered_and_listed_newest_first(case: Case, officer: Viewer) -> None:
    for _ in range(3):
        run(case, "demand", officer)
    db.session.commit()
    assert [found.number for found in runs_of(case)] == [3, 2, 1]
    latest = latest_run(case)
    assert latest is not None
    assert latest.number == 3
    with pytest.raises(NotFound):
        get_run(case, 4)


def test_a_run_stands_in_the_audit_chain(case: Case, officer: Viewer) -> None:
    run(case, "demand", officer)
    db.session.commit()
    record = db.session.scalars(select(AuditRecord).where(AuditRecord.action == "precheck.run")).one()
    assert record.case_id == case.id
    assert record.after is not None
    assert (record.after["run"], record.after["revision"]) == (1, 1)


def test_a_run_cannot_be_changed(case: Case, officer: Viewer) -> None:
    made = run(case, "demand", officer)
    db.session.commit()
    made.overall = "met"
    made.areas = {}
    with pytest.raises(RuntimeError):
        db.session.flush()


def test_a_run_is_current_until_facts_change(case: Case, officer: Viewer) -> None:
    assert not is_current(case)
    run(case, "demand", officer)
    assert is_current(case)
    with_fine(case, officer)
    assert not is_current(case)
    run(case, "revision", officer)
    assert is_current(case)


def test_the_case_carries_the_outcome_of_its_latest_run(case: Case, officer: Viewer) -> None:
    run(case, "demand", officer)
    with_fine(case, officer)
    run(case, "revision", officer)
    db.session.commit()
    assert case.precheck_outcome == "not_met"


def test_failed_criteria_are_what_a_refusal_may_rest_on(case: Case, officer: Viewer) -> None:
    assert failed_criteria(case) == []
    with_fine(case, officer)
    run(case, "revision", officer)
    found = {failed.finding.id: failed for failed in failed_criteria(case)}
    assert "conduct.fine" in found
    assert found["conduct.fine"].finding.basis.guide
    assert all(failed.finding.outcome is Outcome.NOT_MET for failed in found.values())


@pytest.fixture
def gni() -> Any:
    """The GNI of 2024, put back afterwards: reference data outlive a test."""
    query = select(ReferenceFigure).where(
        ReferenceFigure.figure == "gni_per_capita", ReferenceFigure.year == 2024
    )
    figure = db.session.scalars(query).one()
    before = figure.amount_krw
    yield figure
    db.session.rollback()
    figure = db.session.scalars(query).one()
    figure.amount_krw = before
    renew_version()
    db.session.commit()


def test_a_later_figure_never_rewrites_an_old_run(case: Case, officer: Viewer, gni: ReferenceFigure) -> None:
    first = run(case, "demand", officer)
    db.session.commit()
    stored, number = deepcopy(first.result), first.id
    gni.amount_krw = 60_000_000
    renew_version()
    second = run(case, "demand", officer)
    db.session.commit()
    db.session.expire_all()
    kept = db.session.get_one(Run, number)
    assert kept.result == stored
    assert kept.precheck.areas["livelihood"] is Outcome.MET
    assert second.precheck.areas["livelihood"] is Outcome.NOT_MET
    difference = compare(kept.precheck, second.precheck)
    assert difference.areas["livelihood"] == (Outcome.MET, Outcome.NOT_MET)
    assert "livelihood.income" in [change.finding.id for change in difference.changes]
    assert [figure.amount_krw for figure in difference.figures_added] == [60_000_000]


def test_runs_on_the_same_basis_show_no_difference(case: Case, officer: Viewer) -> None:
    first, second = run(case, "demand", officer), run(case, "demand", officer)
    difference = compare(first.precheck, second.precheck)
    assert not difference.changes
    assert not difference.figures_added
