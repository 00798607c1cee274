"""Changed reference figures: what they would change, and the re-check of the open cases after them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.core import clock, jobs
from kis.core.access import Role, Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import Conflict
from kis.figures.models import ReferenceProposal
from kis.figures.operations import approve, load_reference_figures, propose, renew_version
from kis.figures.queries import plain_rows, reference_tables
from kis.figures.reading import Change
from kis.figures.subjects import FIGURE
from kis.precheck import impact, rechecking
from kis.precheck.models import Departure, Recheck, RecheckChunk, RecheckLine, Run
from kis.precheck.operations import judge, run
from kis.precheck.queries import is_current, is_run_current, latest_run
from kis.rules import Outcome
from tests import factories

REASON = "The Bank of Korea revised the figure."


@pytest.fixture(autouse=True)
def house(app: Flask) -> Iterator[None]:
    """The shipped figures, put back afterwards: reference data outlive a test."""
    yield
    db.session.rollback()
    with transaction():
        for name in ("reference_figure", "reference_change"):
            db.session.execute(text(f"DELETE FROM {name}"))
        load_reference_figures()
        renew_version()


@pytest.fixture
def officer() -> Account:
    return factories.account(Role.OFFICER)


@pytest.fixture
def author() -> Viewer:
    return factories.viewer(Role.HEADQUARTERS)


@pytest.fixture
def approver() -> Account:
    return factories.account(Role.HEADQUARTERS)


@pytest.fixture
def cases(officer: Account) -> list[Case]:
    """One that rests on twice the GNI, one that is far above it, and one whose assets are asked for."""
    names = ("income-exactly-twice-gni", "f525-three-billion", "f58-deposit")
    found = [factories.case(assignee=officer, facts=factories.dossier(name)) for name in names]
    for case in found:
        run(case, "demand", viewer_of(officer))
    db.session.commit()
    return found


def proposal_of(author: Viewer, amount: int = 50_000_000) -> ReferenceProposal:
    row = next(r for r in plain_rows(FIGURE) if (r["figure"], r["year"]) == ("gni_per_capita", 2024))
    made = propose([Change("figure", row, row | {"amount_krw": amount})], REASON, author)
    db.session.commit()
    return made


def put_in_force(proposal: ReferenceProposal, approver: Account) -> Recheck:
    with transaction():
        approve(proposal, viewer_of(approver))
        return rechecking.start(proposal, "recheck")


def do_jobs() -> None:
    """What workers would do."""
    while open_jobs := db.session.scalars(select(Job.id).where(Job.state == "queued").order_by(Job.id)).all():
        for job_id in open_jobs:
            assert jobs.perform(job_id)
    db.session.expire_all()


def lines_of(recheck: Recheck) -> dict[int, RecheckLine]:
    found = db.session.scalars(select(RecheckLine).where(RecheckLine.recheck_id == recheck.id))
    return {line.case_id: line for line in found}


def test_the_impact_names_the_cases_that_would_come_out_otherwise(cases: list[Case], author: Viewer) -> None:
    found = impact.impact_of(proposal_of(author), author)
    assert found is not None
    assert (found.total, found.changed) == (3, 1)
    assert [case.receipt for case in found.page] == [cases[0].number]
    assert found.page[0].areas == {"livelihood": ["met", "not_met"]}
    assert [(office.id, count) for office, count in found.offices] == [(cases[0].office_id, 1)]


def test_the_impact_leaves_everything_as_it_is(cases: list[Case], author: Viewer) -> None:
    versions = {case.version for case in cases}
    impact.impact_of(proposal_of(author), author)
    db.session.commit()
    assert db.session.scalar(select(func.count(Run.id))) == 3
    assert {case.version for case in cases} == versions


def test_decided_cases_are_not_counted(cases: list[Case], author: Viewer) -> None:
    cases[0].state, cases[0].outcome = "decided", "granted"
    db.session.commit()
    found = impact.impact_of(proposal_of(author), author)
    assert found is not None
    assert (found.total, found.changed) == (2, 0)


def test_of_many_cases_the_impact_is_worked_out_in_the_background(
    cases: list[Case], author: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impact, "AT_ONCE", 2)
    proposal = proposal_of(author)
    assert impact.impact_of(proposal, author) is None
    with pytest.raises(Conflict):
        impact.require_impact(proposal, author)
    with transaction():
        rechecking.start(proposal, "impact")
    waiting = impact.impact_of(proposal, author)
    assert waiting is not None
    assert (waiting.total, waiting.is_whole) == (None, False)
    do_jobs()
    found = impact.impact_of(proposal, author)
    assert found is not None
    assert (found.total, found.done, found.changed) == (3, 3, 1)
    assert [case.receipt for case in found.page] == [cases[0].number]
    impact.require_impact(proposal, author)
    assert db.session.scalar(select(func.count(Run.id))) == 3


def test_an_impact_on_tables_that_have_changed_since_does_not_count(
    cases: list[Case], author: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impact, "AT_ONCE", 2)
    proposal = proposal_of(author)
    with transaction():
        rechecking.start(proposal, "impact")
    do_jobs()
    with transaction():
        renew_version()
    assert impact.impact_of(proposal, author) is None


def test_a_changed_case_gets_a_new_run_and_an_unchanged_one_a_line(
    cases: list[Case], author: Viewer, approver: Account
) -> None:
    before = {found.case_id: (found.id, found.result) for found in db.session.scalars(select(Run))}
    recheck = put_in_force(proposal_of(author), approver)
    do_jobs()
    lines = lines_of(recheck)
    assert {case_id for case_id, line in lines.items() if line.changed} == {cases[0].id}
    assert {line.run for line in lines.values() if not line.changed} == {1}
    found = latest_run(cases[0])
    assert found is not None
    assert (found.number, found.trigger, found.made_by) == (2, "figures", None)
    assert found.result == judge(cases[0]).precheck.to_json()
    assert found.areas["livelihood"] == "not_met"
    assert db.session.scalar(select(func.count(Run.id))) == 4
    for run_id, result in before.values():
        assert db.session.get_one(Run, run_id).result == result


@pytest.mark.parametrize(
    "name", ["f51-meets-all", "household-income", "record-china-apostille", "conduct-pending"]
)
def test_a_re_check_finds_what_a_run_of_the_case_finds(name: str, officer: Account) -> None:
    case = factories.case(assignee=officer, facts=factories.dossier(name))
    run(case, "demand", viewer_of(officer))
    db.session.commit()
    stored = rechecking.stored_runs(case.id, case.id)
    (found,) = rechecking.judged(stored, reference_tables())
    assert found.precheck.to_json() == judge(case).precheck.to_json()
    assert rechecking.digest(found.precheck) == stored[0].digest


def test_each_chunk_leaves_one_audit_record(cases: list[Case], author: Viewer, approver: Account) -> None:
    put_in_force(proposal_of(author), approver)
    do_jobs()
    query = select(AuditRecord).where(AuditRecord.action == "precheck.rechecked")
    (kept,) = db.session.scalars(query)
    assert kept.after is not None
    assert (kept.after["cases"], kept.after["changed"]) == (3, [cases[0].id])


def killed(_changed: Any) -> None:
    raise KeyboardInterrupt


def test_a_killed_worker_leaves_nothing_half_done_and_another_goes_on(
    cases: list[Case], author: Viewer, approver: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rechecking, "CHUNK", 1)
    recheck = put_in_force(proposal_of(author), approver)
    recheck_id = recheck.id
    jobs.perform(db.session.scalars(select(Job.id)).one())
    first, *_others = db.session.scalars(select(Job.id).where(Job.state == "queued").order_by(Job.id)).all()
    with monkeypatch.context() as patched:
        patched.setattr(rechecking, "keep_outcomes", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.perform(first)
    db.session.rollback()
    assert db.session.scalar(select(func.count(Run.id))) == 3
    do_jobs()
    found = impact.progress_of(db.session.get_one(Recheck, recheck_id), author)
    assert (found.total, found.done, found.is_whole) == (3, 2, False)
    with transaction():
        db.session.get_one(Job, first).leased_until = clock.now() - timedelta(seconds=1)
    assert first in jobs.due_jobs()
    assert jobs.perform(first)
    assert impact.progress_of(db.session.get_one(Recheck, recheck_id), author).is_whole
    assert db.session.scalar(select(func.count(Run.id))) == 4


def test_a_chunk_that_is_offered_again_is_not_done_again(
    cases: list[Case], author: Viewer, approver: Account
) -> None:
    recheck = put_in_force(proposal_of(author), approver)
    do_jobs()
    with transaction():
        rechecking.plan(recheck.id)
        for chunk in db.session.scalars(select(RecheckChunk)).all():
            rechecking.work(chunk.id)
    assert db.session.scalar(select(func.count(Run.id))) == 4
    assert db.session.scalar(select(func.count(RecheckChunk.id))) == 1


def test_what_rested_on_the_old_figures_is_no_longer_current(
    cases: list[Case], author: Viewer, approver: Account
) -> None:
    olds = [latest_run(case) for case in cases[:2]]
    put_in_force(proposal_of(author), approver)
    do_jobs()
    assert is_current(cases[0])
    assert olds[0] is not None
    assert not is_run_current(olds[0], cases[0])
    assert olds[1] is not None
    assert is_run_current(olds[1], cases[1])


def test_officers_see_the_difference_until_they_run_it_again(
    cases: list[Case], officer: Account, author: Viewer, approver: Account, sign_in: Any
) -> None:
    put_in_force(proposal_of(author), approver)
    do_jobs()
    number = cases[0].number
    browser = sign_in(officer)
    assert "1 case changed by reference figures" in browser.get("/queue/mine").get_data(as_text=True)
    assert number in browser.get("/figures/changed-cases?mine=yes").get_data(as_text=True)
    page = browser.get(f"/cases/{number}/precheck").get_data(as_text=True)
    assert "Changed reference figures changed this pre-check" in page
    assert "comparison?before=1&amp;after=2" in page
    other = browser.get(f"/cases/{cases[1].number}/precheck").get_data(as_text=True)
    assert "no outcome changed" in other
    browser.post(f"/cases/{number}/precheck/runs")
    assert number not in browser.get("/figures/changed-cases?mine=yes").get_data(as_text=True)


def test_another_office_does_not_see_the_changed_cases(
    cases: list[Case], author: Viewer, approver: Account, sign_in: Any
) -> None:
    put_in_force(proposal_of(author), approver)
    do_jobs()
    browser = sign_in(factories.account(Role.OFFICER, at="busan"))
    assert cases[0].number not in browser.get("/figures/changed-cases").get_data(as_text=True)


def test_the_page_shows_the_impact_before_the_approval_and_the_progress_after_it(
    cases: list[Case], author: Viewer, approver: Account, sign_in: Any
) -> None:
    page = f"/figures/proposals/{proposal_of(author).id}"
    browser = sign_in(approver)
    shown = browser.get(page).get_data(as_text=True)
    assert "1 of 3 open cases would come out otherwise" in shown
    assert cases[0].number in shown
    assert cases[0].applicant.display_name not in shown
    assert browser.post(f"{page}/approval").status_code == 302
    assert "waiting to begin" in browser.get(page).get_data(as_text=True)
    do_jobs()
    assert "1 of 3 open cases read otherwise" in browser.get(f"{page}/effect").get_data(as_text=True)
    opened = browser.get(f"/cases/{cases[0].number}/precheck")
    assert "Run 2" not in opened.get_data(as_text=True)


def test_a_proposal_is_rejected_with_a_reason_only_and_the_page_says_so(
    author: Viewer, approver: Account, sign_in: Any
) -> None:
    proposal, browser = proposal_of(author), sign_in(approver)
    refused = browser.post(f"/figures/proposals/{proposal.id}/rejection", data={"comment": " "})
    assert refused.status_code == 422
    assert "Say why the proposal is rejected." in refused.get_data(as_text=True)
    assert proposal.state == "proposed"
    browser.post(f"/figures/proposals/{proposal.id}/rejection", data={"comment": "Wrong source"})
    db.session.refresh(proposal)
    assert (proposal.state, proposal.comment) == ("rejected", "Wrong source")


def test_a_departure_that_still_applies_counts_after_a_re_check(
    cases: list[Case], officer: Account, author: Viewer, approver: Account
) -> None:
    latest = latest_run(cases[0])
    assert latest is not None
    failed = {f.id for f in latest.precheck.criteria if f.outcome is Outcome.NOT_MET}
    with transaction():
        for criterion in failed | {"livelihood.income"}:
            depart_by_hand(latest, criterion, officer)
    put_in_force(proposal_of(author), approver)
    do_jobs()
    found = latest_run(cases[0])
    assert found is not None
    assert found.areas["livelihood"] == "not_met"
    assert cases[0].precheck_outcome == "met"


def depart_by_hand(latest: Run, criterion: str, officer: Account) -> None:
    db.session.add(
        Departure(
            case_id=latest.case_id, run_id=latest.id, criterion=criterion, from_outcome="not_met",
            to_outcome="met", reason="Proven by other papers", made_by_id=officer.id,
        )
    )  # fmt: skip
