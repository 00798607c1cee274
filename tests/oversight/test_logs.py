"""What auditors read: the chain and the access log, narrowed and a page at a time."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from config import ROOT
from kis.accounts.four_eyes import PROPOSAL_STATES, Proposed
from kis.accounts.models import Account
from kis.audit.models import AccessRecord, AuditRecord
from kis.audit.operations import record
from kis.core import clock
from kis.core.access import Grant, Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Forbidden
from kis.figures.models import ReferenceProposal
from kis.letters.paragraph_models import ParagraphText
from kis.oversight import words
from kis.oversight.differences import Difference, differences
from kis.oversight.queries import PAGE, Filters, Key, access_page, audit_page
from tests import factories

SignIn = Callable[[Account], FlaskClient]
AUDITOR = Viewer(1, "auditor", (Grant(Role.AUDITOR, None),))
OFFICER = Viewer(2, "officer", (Grant(Role.OFFICER, frozenset({1})),))
NEWEST = Key()


@pytest.fixture
def auditor(app: Flask, sign_in: SignIn) -> FlaskClient:
    return sign_in(factories.account(Role.AUDITOR, "auditor-1"))


def write(count: int, action: str = "case.noted", **values: Any) -> None:
    for number in range(count):
        record(action, after={"number": number}, **values)
    db.session.commit()


def read_access(at: datetime, name: str = "officer-1", task: str = "facts") -> None:
    db.session.execute(
        insert(AccessRecord), [{"at": at, "account_id": 1, "account_name": name, "task": task}]
    )
    db.session.commit()


def ids(page: Any) -> list[int]:
    return [row.id for row in page.rows]


def test_only_auditors_read_the_logs(app: Flask) -> None:
    with app.test_request_context():
        for read in (audit_page, access_page):
            with pytest.raises(Forbidden):
                read(OFFICER, Filters(), NEWEST)


def test_pages_follow_one_another_by_key_in_both_directions(app: Flask) -> None:
    write(2 * PAGE + 5)
    newest = audit_page(AUDITOR, Filters(), NEWEST)
    middle = audit_page(AUDITOR, Filters(), Key(before=newest.older))
    oldest = audit_page(AUDITOR, Filters(), Key(before=middle.older))
    assert ids(newest) + ids(middle) + ids(oldest) == list(range(2 * PAGE + 5, 0, -1))
    assert (newest.newer, oldest.older) == (None, None)
    assert ids(audit_page(AUDITOR, Filters(), Key(after=oldest.newer))) == ids(middle)
    assert ids(audit_page(AUDITOR, Filters(), Key(after=middle.newer))) == ids(newest)


def test_a_page_stays_the_same_while_new_records_come_in(app: Flask) -> None:
    write(PAGE + 5)
    older = Key(before=audit_page(AUDITOR, Filters(), NEWEST).older)
    before = ids(audit_page(AUDITOR, Filters(), older))
    write(3)
    assert ids(audit_page(AUDITOR, Filters(), older)) == before


def test_the_chain_is_narrowed_by_action_or_its_beginning(app: Flask) -> None:
    write(2, "case.noted")
    write(1, "case.decide")
    write(1, "sign-out")
    assert len(ids(audit_page(AUDITOR, Filters(work="case."), NEWEST))) == 3
    assert len(ids(audit_page(AUDITOR, Filters(work="case.decide"), NEWEST))) == 1
    assert ids(audit_page(AUDITOR, Filters(work="case_"), NEWEST)) == []


def test_the_chain_is_narrowed_to_a_case_and_shows_its_number(app: Flask) -> None:
    case = factories.case()
    write(2, case_id=case.id)
    page = audit_page(AUDITOR, Filters(case=case.number, work="case.noted"), NEWEST)
    assert len(page.rows) == 2
    assert page.case_numbers == {case.id: case.number}
    assert ids(audit_page(AUDITOR, Filters(case="no such case"), NEWEST)) == []


def test_the_access_log_is_narrowed_by_account_and_by_days_of_seoul(app: Flask) -> None:
    last_minute = datetime(2026, 11, 20, 23, 59, tzinfo=clock.SEOUL)
    read_access(last_minute)
    read_access(last_minute + timedelta(minutes=1))
    read_access(last_minute, name="officer-2")
    one_day = Filters(account="Officer-1", first=date(2026, 11, 20), last=date(2026, 11, 20))
    assert [row.at for row in access_page(AUDITOR, one_day, NEWEST).rows] == [last_minute]


def test_differences_are_told_name_by_name() -> None:
    entry = AuditRecord(before={"name": "가", "old": 1}, after={"name": "나", "roles": ["officer"]})
    assert differences(entry) == (
        Difference("name", "가", "나"),
        Difference("old", "1", None),
        Difference("roles", None, '["officer"]'),
    )


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("sign-out", "Somebody signed out."),
        ("case.noted", "A note was written."),
        ("moon.landed", ""),
    ],
)
def test_an_action_is_told_in_a_sentence_where_it_has_one(app: Flask, action: str, sentence: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert words.told(AuditRecord(action=action)) == sentence


def test_every_action_that_the_code_records_by_name_is_told_in_a_sentence(app: Flask) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "kis").rglob("*.py"))
    recorded = set(re.findall(r'\brecord\(\s*"([a-z.-]+)"', source))
    assert len(recorded) > 60
    with app.test_request_context():
        assert [action for action in sorted(recorded) if not words.told(AuditRecord(action=action))] == []


@pytest.mark.parametrize("table", [ReferenceProposal, ParagraphText])
@pytest.mark.parametrize("state", PROPOSAL_STATES)
def test_whatever_becomes_of_a_proposal_is_told_in_a_sentence(table: type[Proposed], state: str) -> None:
    assert f"{table.AUDITED_AS}.{state}" in words.ACTIONS


def test_an_auditor_sees_who_did_what_from_where(auditor: FlaskClient) -> None:
    page = auditor.get("/oversight/audit?work=sign-in").get_data(as_text=True)
    assert "sign-in.done" in page
    assert "auditor-1" in page
    assert "127.0.0.1" in page


def test_reading_a_log_is_itself_noted(auditor: FlaskClient) -> None:
    for path in ("/oversight/audit", "/oversight/access"):
        auditor.get(path)
    page = auditor.get("/oversight/access").get_data(as_text=True)
    assert "oversight.audit" in page
    assert "oversight.access" in page


def test_filters_stay_when_paging(auditor: FlaskClient) -> None:
    write(PAGE + 1)
    page = auditor.get("/oversight/audit?work=case.&first=2020-01-01").get_data(as_text=True)
    assert "work=case.&amp;first=2020-01-01&amp;before=" in page


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.HEADQUARTERS, Role.ADMINISTRATOR])
@pytest.mark.parametrize("path", ["/oversight/audit", "/oversight/access", "/oversight/integrity"])
def test_nobody_else_opens_the_logs(app: Flask, sign_in: SignIn, role: Role, path: str) -> None:
    assert sign_in(factories.account(role)).get(path).status_code == 403


@pytest.mark.parametrize("query", ["first=2025-02-30", "first=2026-02-02&last=2026-02-01"])
def test_an_impossible_filter_is_refused_with_its_reason(auditor: FlaskClient, query: str) -> None:
    answer = auditor.get(f"/oversight/audit?{query}")
    assert answer.status_code == 422
    assert "error-summary" in answer.get_data(as_text=True)


@pytest.mark.parametrize("key", ["9" * 30, "-1", "x", "١٢"])
def test_an_impossible_key_shows_the_newest_page(auditor: FlaskClient, key: str) -> None:
    assert auditor.get(f"/oversight/audit?before={key}").status_code == 200
