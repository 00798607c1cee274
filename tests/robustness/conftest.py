"""Two offices at work: at each a case with documents, a scan, a recommendation, and one decided with its letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from flask import Flask
from werkzeug.routing import Rule

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.core.access import ROLE_PERMISSIONS, Role, Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.decisions.operations import approve, recommend
from kis.decisions.reasons import GivenReason, grounds_of
from kis.documents.models import CaseDocument
from kis.documents.operations import attach_scan, open_checklist
from kis.documents.queries import documents_of
from kis.letters.queries import letters_of
from kis.precheck.operations import depart, run
from tests import factories
from tests.documents.support import pdf

STAY_ENDS = date(2099, 3, 31)
ARGUMENT = re.compile(r"<(?:[^<>]*:)?(\w+)>")


@dataclass
class Office:
    """An office with one account of each role, a case in review and one decided."""

    code: str
    people: dict[Role, Account] = field(default_factory=dict)
    case: Case = None  # type: ignore[assignment]
    decided: Case = None  # type: ignore[assignment]
    document: CaseDocument = None  # type: ignore[assignment]

    @property
    def letter(self) -> str:
        return str(letters_of(self.decided)[0].number)

    def samples(self) -> dict[str, str]:
        """A value of every argument of an address, of this office's case."""
        return {
            "number": self.case.number,
            "section": "stays",
            "document_id": str(self.document.id),
            "scan_number": "1",
            "revision": "1",
            "run": "1",
            "departure": "1",
            "criterion": "conduct.fine",
            "account_id": str(self.people[Role.OFFICER].id),
            "grant_id": str(self.people[Role.OFFICER].grants[0].id),
            "code": self.code,
            "name": "open",
            "subject": "figure",
            "filename": "css/base.css",
        }


def furnished(code: str) -> Office:
    """The office with its people and both cases. Committed."""
    made = Office(code)
    made.people = {role: factories.account(role, at=code) for role in Role}
    made.case, made.decided = (in_review(made) for _ in range(2))
    made.document = documents_of(made.case)[0]
    officer = viewer_of(made.people[Role.OFFICER])
    with transaction():
        attach_scan(made.document, "scan.pdf", pdf(), officer, "application/pdf")
        run(made.case, "demand", officer)
        depart(made.case, "conduct.fine", "met", "The fine was paid at the counter.", officer, seen=2)
    decide(made)
    return made


def in_review(office: Office) -> Case:
    officer = office.people[Role.OFFICER]
    case = factories.case(at=office.code, assignee=officer, facts=factories.dossier("conduct-fine-unpaid"))
    with transaction():
        open_checklist(case, None)
        run(case, "demand", viewer_of(officer))
    return case


def refuse(case: Case, officer: Viewer) -> None:
    """The officer recommends a refusal on all that has failed; not committed."""
    reasons = [GivenReason(each.finding.id) for each in grounds_of(case)]
    recommend(case, "refused", reasons, "After review of the file.", officer, STAY_ENDS)


def decide(office: Office) -> None:
    officer, supervisor = (viewer_of(office.people[role]) for role in (Role.OFFICER, Role.SUPERVISOR))
    with transaction():
        refuse(office.decided, officer)
    with transaction():
        approve(office.decided, "", supervisor)


@pytest.fixture
def seoul(app: Flask) -> Iterator[Office]:
    yield furnished("seoul-southern")
    db.session.rollback()


@pytest.fixture
def busan(app: Flask) -> Iterator[Office]:
    yield furnished("busan")
    db.session.rollback()


def address_of(rule: Rule, values: dict[str, str]) -> str:
    """The address of a rule, its arguments put in as they are; one without a value is the first of its kind."""
    return ARGUMENT.sub(lambda argument: values.get(argument[1], "1"), rule.rule)


def rules_of(app: Flask, method: str) -> list[Rule]:
    """The rules that take the method, but for the files beside the application."""
    found = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return sorted((rule for rule in found if rule.endpoint != "static"), key=lambda rule: rule.rule)


def is_open_to(app: Flask, rule: Rule, role: Role) -> bool:
    declared = app.view_functions[rule.endpoint].permissions
    return not declared or bool(set(declared) & ROLE_PERMISSIONS[role])
