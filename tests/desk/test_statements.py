"""No page asks the database much, however much there is: every page as every role, counted."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.core.access import Role
from kis.core.extensions import db
from kis.desk.scale import Scale, load
from kis.documents.models import CaseDocument
from kis.letters.models import Letter
from kis.letters.pressroom import FinishedLetter, Pressroom
from tests import factories
from tests.statements import statements
from tests.test_routes import RULES

MOST, MOST_OF_A_CASE = 8, 12
STATES = ("received", "in_review", "awaiting_supplement", "inspection", "recommended", "decided", "closed")
# Whole files made for a download or by the press: no pages.
FILES = (".pdf", ".csv", ".json", ".png", ".svg")


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """One office with cases in every state."""
    monkeypatch.setattr(Pressroom, "make", lambda *_given: FinishedLetter(b"%PDF-1.7 invented", None))
    monkeypatch.setitem(app.config, "DEMO", True)
    load(Scale(cases=150, offices=1, officers=6, seed=1, pool=9))
    db.session.rollback()
    return app


def addresses(rule: Rule, case: Case) -> Iterator[str]:
    """The addresses of a page, as far as what it names is there."""
    letter = db.session.scalar(select(Letter.id).where(Letter.case_id == case.id))
    known = {
        "number": case.number,
        "document_id": db.session.scalar(select(CaseDocument.id).where(CaseDocument.case_id == case.id)),
        "letter_id": letter,
        "name": "open",
        "section": "stays",
        "code": case.office.code,
        "account_id": db.session.scalar(select(Account.id).where(Account.name.endswith(".03"))),
        "revision": 1,
        "run": 1,
    }
    if {*rule.arguments} <= {name for name, value in known.items() if value}:
        _domain, address = rule.build({name: known[name] for name in rule.arguments}) or ("", "")
        yield address


def pages() -> list[Rule]:
    return [
        rule
        for rule in RULES
        if "GET" in (rule.methods or ()) and rule.endpoint != "static" and not rule.rule.endswith(FILES)
    ]


def test_no_page_asks_much(house: Flask, sign_in: Any) -> None:
    cases = [db.session.scalars(select(Case).where(Case.state == state)).first() for state in STATES]
    found = [case for case in cases if case]
    office = found[0].office.code
    browsers = {role: sign_in(factories.account(role, at=office)) for role in Role}
    spent: dict[str, int] = {}
    opened = set()
    for rule in pages():
        for case in found if "number" in rule.arguments else found[:1]:
            for address in addresses(rule, case):
                for role, browser in browsers.items():
                    with statements() as seen:
                        answer = browser.get(address)
                    if answer.status_code != 200:
                        continue
                    opened.add(rule.endpoint)
                    bound = MOST_OF_A_CASE if "number" in rule.arguments else MOST
                    if len(seen) > bound:
                        spent[f"{rule.rule} as {role}, {case.state}"] = len(seen)
    assert not spent, "\n".join(f"{count} statements: {page}" for page, count in spent.items())
    assert len(opened) > 30
