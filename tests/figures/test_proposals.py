"""Changes of the reference data: proposed by one, approved by another, kept with their history."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from kis.accounts.four_eyes import reject, retract
from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.figures.models import ReferenceChange, ReferenceFigure, ReferenceProposal
from kis.figures.operations import approve, load_reference_figures, propose, renew_version
from kis.figures.queries import plain_rows, proposed_tables, reference_tables
from kis.figures.reading import Change
from kis.figures.subjects import EMBASSY, FIGURE, SUBJECTS
from kis.rules import ReferenceTables
from tests import factories

DAY = date(2025, 5, 12)
REASON = "The Bank of Korea revised the figure."


@pytest.fixture(autouse=True)
def house(app: Flask) -> Iterator[None]:
    """The shipped tables, put back afterwards: reference data outlive a test."""
    yield
    db.session.rollback()
    for table in ("precheck_recheck", "reference_change", "reference_proposal"):
        db.session.execute(text(f"DELETE FROM {table}"))
    for subject in SUBJECTS.values():
        db.session.execute(text(f"DELETE FROM {subject.model.__tablename__}"))
    db.session.commit()
    load_reference_figures()
    renew_version()
    db.session.commit()


@pytest.fixture
def author() -> Account:
    return factories.account(Role.HEADQUARTERS)


@pytest.fixture
def proposer(author: Account) -> Viewer:
    return viewer_of(author)


@pytest.fixture
def approver() -> Viewer:
    return factories.viewer(Role.HEADQUARTERS)


def gni() -> dict[str, Any]:
    return next(r for r in plain_rows(FIGURE) if (r["figure"], r["year"]) == ("gni_per_capita", 2024))


def raised(amount: int = 60_000_000) -> Change:
    return Change("figure", gni(), gni() | {"amount_krw": amount})


def amount_in_force() -> int:
    figure = reference_tables().in_force("gni_per_capita", DAY)
    assert figure is not None
    return figure.amount_krw


def test_a_proposal_changes_nothing_until_somebody_else_approves(proposer: Viewer, approver: Viewer) -> None:
    proposal = propose([raised()], REASON, proposer)
    db.session.commit()
    assert amount_in_force() == 49_955_000
    approve(proposal, approver)
    db.session.commit()
    assert amount_in_force() == 60_000_000
    assert (proposal.state, proposal.decided_by_id) == ("approved", approver.account_id)
    assert proposal.changes[0].before["amount_krw"] == 49_955_000


def test_nobody_approves_or_rejects_the_own_proposal(proposer: Viewer) -> None:
    proposal = propose([raised()], REASON, proposer)
    with pytest.raises(Forbidden):
        approve(proposal, proposer)
    with pytest.raises(Forbidden):
        reject(proposal, "Wrong source", proposer)


@pytest.mark.parametrize("state", ["approved", "rejected"])
def test_the_database_refuses_that_one_account_does_both(proposer: Viewer, state: str) -> None:
    proposal = propose([raised()], REASON, proposer)
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(
            text(
                f"UPDATE reference_proposal SET state = '{state}', decided_by_id = proposed_by_id,"
                f" decided_at = proposed_at WHERE id = {proposal.id}"
            )
        )


def test_the_database_refuses_an_approval_without_a_name(proposer: Viewer) -> None:
    propose([raised()], REASON, proposer)
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE reference_proposal SET state = 'approved'"))


@pytest.mark.parametrize(
    "role", [Role.OFFICER, Role.SUPERVISOR, Role.RECEPTION, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_only_headquarters_proposes_and_approves(role: Role, proposer: Viewer) -> None:
    other = factories.viewer(role)
    with pytest.raises(Forbidden):
        propose([raised()], REASON, other)
    proposal = propose([raised()], REASON, proposer)
    with pytest.raises(Forbidden):
        approve(proposal, other)


def test_only_the_author_takes_a_proposal_back(proposer: Viewer, approver: Viewer) -> None:
    proposal = propose([raised()], REASON, proposer)
    with pytest.raises(Forbidden):
        retract(proposal, approver)
    retract(proposal, proposer)
    with pytest.raises(Conflict):
        approve(proposal, approver)


def test_a_rejected_proposal_stays_on_record_with_its_reason(proposer: Viewer, approver: Viewer) -> None:
    proposal = propose([raised()], REASON, proposer)
    with pytest.raises(Invalid):
        reject(proposal, " ", approver)
    reject(proposal, "Wrong source", approver)
    db.session.commit()
    assert (proposal.state, proposal.comment) == ("rejected", "Wrong source")
    assert amount_in_force() == 49_955_000


def test_a_row_that_has_changed_since_is_not_overwritten(proposer: Viewer, approver: Viewer) -> None:
    first, second = (propose([raised(a)], REASON, proposer) for a in (60_000_000, 70_000_000))
    db.session.commit()
    approve(first, approver)
    db.session.commit()
    with pytest.raises(Conflict):
        approve(second, approver)
    db.session.rollback()
    assert amount_in_force() == 60_000_000


def test_of_a_set_all_rows_come_into_force_or_none(proposer: Viewer, approver: Viewer) -> None:
    twice = Change("embassy", None, plain_rows(EMBASSY)[0])
    proposal = propose([raised(), twice], REASON, proposer)
    db.session.commit()
    with pytest.raises(Conflict):
        approve(proposal, approver)
    db.session.rollback()
    assert amount_in_force() == 49_955_000


def test_a_withdrawn_row_stays_away_when_the_shipped_tables_are_loaded_again(
    proposer: Viewer, approver: Viewer
) -> None:
    approve(propose([Change("figure", gni(), None)], REASON, proposer), approver)
    db.session.commit()
    assert load_reference_figures() == 0
    assert amount_in_force() != 49_955_000


def test_an_embassy_is_accepted_from_its_day(proposer: Viewer, approver: Viewer) -> None:
    row = {"country": "VNM", "accepted_from": "2025-05-12", "confidence": "confirmed", "note": None}
    approve(propose([Change("embassy", None, row)], REASON, proposer), approver)
    db.session.commit()
    assert reference_tables().embassy("VNM", DAY)
    assert not reference_tables().embassy("VNM", date(2025, 5, 11))
    assert reference_tables().embassy("RUS", date(2001, 1, 1))


def test_the_proposed_tables_differ_in_what_is_proposed_alone(proposer: Viewer) -> None:
    proposal = propose([raised(), Change("figure", None, gni() | {"year": 2030})], REASON, proposer)
    shipped, found = set(ReferenceTables.shipped().figures), set(proposed_tables(proposal).figures)
    assert {f.amount_krw for f in found - shipped if f.year == 2024} == {60_000_000}
    assert {f.year for f in found - shipped} == {2024, 2030}
    assert {f.year for f in shipped - found} == {2024}


def test_every_step_stands_in_the_audit_chain(proposer: Viewer, approver: Viewer) -> None:
    approve(propose([raised()], REASON, proposer), approver)
    db.session.commit()
    actions = set(db.session.scalars(select(AuditRecord.action)))
    assert {"figures.proposed", "figures.approved"} <= actions


FORM = {
    "figure": "gni_per_capita", "year": "2024", "amount_krw": "60000000", "announced_on": "2025-06-05",
    "applies_from": "2025-04-01", "confidence": "confirmed", "source": "Bank of Korea, revised", "reason": REASON,
}  # fmt: skip


def row_id() -> int:
    query = select(ReferenceFigure.id).where(
        ReferenceFigure.figure == "gni_per_capita", ReferenceFigure.year == 2024
    )
    return db.session.scalars(query).one()


def test_headquarters_proposes_and_approves_on_pages(author: Account, sign_in: Any) -> None:
    other, address = factories.account(Role.HEADQUARTERS), f"/figures/figure/{row_id()}/change"
    browser = sign_in(author)
    assert "49955000" in browser.get(address).get_data(as_text=True)
    answer = browser.post(address, data=FORM)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    page = answer.headers["Location"]
    shown = browser.get(page).get_data(as_text=True)
    assert "49,955,000" in shown
    assert "60,000,000" in shown
    assert browser.post(f"{page}/approval").status_code == 403
    assert sign_in(other).post(f"{page}/approval").status_code == 302
    assert amount_in_force() == 60_000_000
    history = sign_in(factories.account(Role.OFFICER)).get("/figures/proposals").get_data(as_text=True)
    assert author.full_name in history
    assert other.full_name in history


def test_a_withdrawal_and_a_new_row_are_proposed_on_pages(author: Account, sign_in: Any) -> None:
    browser = sign_in(author)
    assert "49,955,000" in browser.get(f"/figures/figure/{row_id()}/withdrawal").get_data(as_text=True)
    assert browser.post(f"/figures/figure/{row_id()}/withdrawal", data={"reason": REASON}).status_code == 302
    row = {"country": "vnm", "accepted_from": "", "confidence": "unverified", "note": "", "reason": REASON}
    assert browser.post("/figures/embassy/new", data=row).status_code == 302
    actions = list(db.session.scalars(select(ReferenceChange.action).order_by(ReferenceChange.id)))
    assert actions == ["withdraw", "add"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("amount_krw", "0"), ("amount_krw", "many"), ("applies_from", "2025-02-30"), ("year", ""), ("source", ""),
     ("reason", "short"), ("figure", "nonsense"), ("confidence", "sure")],
)  # fmt: skip
def test_a_row_that_makes_no_sense_is_refused(author: Account, sign_in: Any, field: str, value: str) -> None:
    answer = sign_in(author).post("/figures/figure/new", data=FORM | {field: value})
    assert answer.status_code == 422
    assert db.session.scalar(select(ReferenceProposal)) is None


HEAD = "figure,year,amount_krw,announced_on,applies_from,confidence,source\n"
LINE = "gni_per_capita,2025,51000000,2026-03-05,2026-04-01,unverified,Bank of Korea 2025\n"


def imported(browser: Any, content: str) -> Any:
    file = (io.BytesIO(content.encode()), "figures.csv")
    return browser.post("/figures/figure/import", data={"file": file, "reason": REASON})


def test_a_file_becomes_one_proposal_of_what_it_adds_and_changes(author: Account, sign_in: Any) -> None:
    browser = sign_in(author)
    present = browser.get("/figures/figures.csv").get_data(as_text=True)
    answer = imported(browser, present.replace("49955000", "60000000") + LINE.replace("2025,", "2031,"))
    assert answer.status_code == 302, answer.get_data(as_text=True)
    changes = db.session.scalars(select(ReferenceChange).order_by(ReferenceChange.id)).all()
    assert [change.action for change in changes] == ["change", "add"]
    assert len({change.proposal_id for change in changes}) == 1


def test_a_file_as_it_was_downloaded_changes_nothing(author: Account, sign_in: Any) -> None:
    browser = sign_in(author)
    answer = imported(browser, browser.get("/figures/figures.csv").get_data(as_text=True))
    assert answer.status_code == 422
    assert "Nothing would change" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("bad", "line", "reason"),
    [
        (LINE.replace("Bank", "=HYPERLINK()"), 3, "formula"),
        (LINE.replace("51000000", "-1"), 3, "formula"),
        (LINE.replace("51000000", "0"), 3, "cannot be taken"),
        (LINE.replace("51000000", "9" * 40), 3, "cannot be taken"),
        (LINE.replace("2026-04-01", "2026-02-30"), 3, "no day"),
        (LINE.replace("unverified", "perhaps"), 3, "cannot be taken"),
        (LINE.replace(",Bank of Korea 2025", ""), 3, "cells"),
        (LINE.replace("2025,", "2031,"), 3, "twice"),
        (LINE.replace("Bank", "Ba\0nk"), 3, ""),
    ],
)
def test_a_file_with_a_bad_line_is_refused_whole_with_line_and_reason(
    author: Account, sign_in: Any, bad: str, line: int, reason: str
) -> None:
    answer = imported(sign_in(author), HEAD + LINE.replace("2025,", "2031,") + bad)
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"Line {line}:" in shown
    assert reason in shown
    assert db.session.scalar(select(ReferenceProposal)) is None


def test_a_file_with_other_columns_is_refused(author: Account, sign_in: Any) -> None:
    answer = imported(sign_in(author), "country,note\nVNM,x\n")
    assert answer.status_code == 422
    assert "applies_from" in answer.get_data(as_text=True)
