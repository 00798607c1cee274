"""The page of a case: what it shows at a glance, and what it costs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kis.accounts.sessions import viewer_of
from kis.audit.models import AccessRecord
from kis.cases.models import Case, Note
from kis.cases.operations import assign
from kis.casework import endings, extensions, inspections, supplements, transfers
from kis.casework.supplements import Asked
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.intake.operations import register
from kis.letters.values import Bilingual
from tests import factories
from tests.statements import statements_of

PAGES = ("", "/facts", "/documents", "/precheck", "/decision", "/letters", "/history")


def registered(officer: Any) -> str:
    """A case as reception registers it, in the hands of the officer; its number."""
    clerk, supervisor = factories.viewer(Role.RECEPTION), factories.viewer(Role.SUPERVISOR)
    with transaction():
        case = register(factories.dossier(), factories.PROCEDURE, factories.office(), clerk)
        assign(case, officer, supervisor)
    return case.number


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


@pytest.mark.parametrize(
    "page", ["applicant", "facts/applicant", "file/parties", "steps/withdraw", "conflict"]
)
def test_whoever_looks_at_a_case_by_an_entry_that_is_refused_is_on_record(
    app: Flask, sign_in: Any, page: str
) -> None:
    number = registered(factories.account())
    browser = sign_in(factories.account(name="officer-han"))
    answer = browser.post(f"/cases/{number}/{page}", data={})
    assert answer.status_code in (409, 422)
    assert "NGUYEN" in answer.text
    looks = db.session.execute(select(AccessRecord.account_name, AccessRecord.person)).all()
    assert [(name, bool(person)) for name, person in looks] == [("officer-han", True)]


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


def states_of(officer: Any, supervisor: Any) -> dict[str, Callable[[Case], object]]:
    """How a case in review comes into each state in which it is worked on."""
    question = Asked(Bilingual("소득을 증명하여 주십시오.", "Please prove your income."))
    moving = factories.office("busan")
    factories.account(Role.SUPERVISOR, at="busan")
    return {
        "in_review": lambda case: None,
        "awaiting_supplement": lambda case: supplements.ask(case, [question], 14, officer),
        "inspection": lambda case: inspections.open_inspection(
            case, "Home", "Guro", date(2099, 1, 5), officer
        ),
        "in transfer": lambda case: transfers.propose(case, moving, "Moved.", supervisor),
        "extended": lambda case: extensions.extend(case, 5, "abroad", "", "", supervisor),
        "withdrawn": lambda case: endings.withdraw(case, "Letter, signed.", case.received_on, officer),
    }


@pytest.mark.parametrize(
    "way", ["in_review", "awaiting_supplement", "inspection", "in transfer", "extended", "withdrawn"]
)
def test_the_overview_takes_twelve_statements_at_most_in_every_state(
    app: Flask, sign_in: Any, way: str
) -> None:
    officer, supervisor = factories.account(), factories.account(Role.SUPERVISOR)
    officer.phone = supervisor.phone = "02-2650-6214"
    number = registered(officer)
    with transaction():
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        case.due_on, case.at_risk_on = date(2099, 3, 2), date(2099, 2, 2)
        states_of(viewer_of(officer), viewer_of(supervisor))[way](case)
    for account in (officer, supervisor):
        browser = sign_in(account)
        browser.post(f"/cases/{number}/notes", data={"text": f"noted by {account.name}"})
        taken = statements_of(browser, f"/cases/{number}")
        assert len(taken) <= 12, "\n".join(taken)


@pytest.mark.parametrize("role", [Role.HEADQUARTERS, Role.AUDITOR])
def test_the_overview_takes_twelve_statements_at_most_for_who_reads_from_outside(
    app: Flask, sign_in: Any, role: Role
) -> None:
    number = registered(factories.account())
    browser = sign_in(factories.account(role))
    browser.post(f"/cases/{number}/reason", data={"reason": "A complaint of the applicant"})
    assert "NGUYEN" in browser.get(f"/cases/{number}").text
    taken = statements_of(browser, f"/cases/{number}")
    assert len(taken) <= 12, "\n".join(taken)
