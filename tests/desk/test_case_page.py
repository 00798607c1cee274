"""The page of a case: what it shows at a glance, and what it costs."""

from typing import Any

from flask import Flask
from sqlalchemy import event

from kis.cases.models import Note
from kis.cases.operations import assign
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.intake.operations import register
from tests import factories

PAGES = ("", "/facts", "/documents", "/precheck", "/decision", "/letters", "/history")


def registered(officer: Any) -> str:
    """A case as reception registers it, in the hands of the officer; its number."""
    clerk, supervisor = factories.viewer(Role.RECEPTION), factories.viewer(Role.SUPERVISOR)
    with transaction():
        case = register(factories.dossier(), factories.PROCEDURE, factories.office(), clerk)
        assign(case, officer, supervisor)
    return case.number


def statements_of(browser: Any, address: str) -> list[str]:
    """The statements that one page takes, those of the session and the access log included."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return [statement for statement in found if not statement.startswith("BEGIN")]


def test_the_overview_shows_areas_documents_actions_and_events(app: Flask, sign_in: Any) -> None:
    officer = factories.account()
    number = registered(officer)
    page = sign_in(officer).get(f"/cases/{number}").text
    for shown in ("Good conduct", "11 submitted", "Recommend", "The pre-check was run.", "NGUYEN THI LAN"):
        assert shown in page


def test_a_note_is_kept_with_its_author_and_told_in_the_timeline(app: Flask, sign_in: Any) -> None:
    officer = factories.account()
    number = registered(officer)
    browser = sign_in(officer)
    browser.post(f"/cases/{number}/notes", data={"text": "<b>Called</b> the employer."})
    page = browser.get(f"/cases/{number}/history").text
    assert "&lt;b&gt;Called&lt;/b&gt; the employer." in page
    assert "A note was written." in page
    assert db.session.query(Note).one().author_id == officer.id


def test_no_page_of_a_case_takes_a_statement_per_row(app: Flask, sign_in: Any) -> None:
    officer = factories.account()
    number = registered(officer)
    browser = sign_in(officer)
    taken = {page: len(statements_of(browser, f"/cases/{number}{page}")) for page in PAGES}
    for _ in range(6):
        browser.post(f"/cases/{number}/notes", data={"text": "one more"})
        browser.post(f"/cases/{number}/precheck")
    assert {page: len(statements_of(browser, f"/cases/{number}{page}")) for page in PAGES} == taken
    assert max(taken.values()) <= 20, taken
