"""A case in review with its officer, and days that pass at the test's word."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.casework import supplements
from kis.casework.models import SupplementRequest
from kis.casework.supplements import Asked
from kis.core import clock
from kis.core.access import Role, Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.documents.operations import open_checklist
from kis.documents.queries import documents_of
from kis.letters.values import Bilingual
from kis.precheck.operations import run
from tests import factories

QUESTION = Asked(Bilingual("소득을 증명하여 주십시오.", "Please prove your income."))
# A Monday without a holiday near it.
MONDAY = date(2026, 11, 2)

Travel = Callable[[date], None]


@pytest.fixture
def travel() -> Iterator[Travel]:
    """travel(day): from now on it is noon of that day in Seoul."""

    def to(day: date) -> None:
        clock.PRESENT.set(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))

    yield to
    clock.PRESENT.set(None)


@dataclass
class Work:
    """A case in review and who works on it."""

    case: Case
    account: Account
    boss: Account
    travel: Travel

    @property
    def officer(self) -> Viewer:
        return viewer_of(self.account)

    @property
    def supervisor(self) -> Viewer:
        return viewer_of(self.boss)

    def ask(self, *asked: Asked, days: int = 14) -> SupplementRequest:
        with transaction():
            return supplements.ask(self.case, asked or (QUESTION,), days, self.officer)

    def document(self) -> Asked:
        """The first row of the checklist, as a thing to ask for."""
        first = documents_of(self.case)[0]
        return Asked(Bilingual("여권 사본", "Copy of the passport"), document_id=first.id)

    def wait(self, days: int) -> None:
        """Go on by so many days."""
        self.travel(clock.today() + timedelta(days=days))


@pytest.fixture
def work(app: Flask, travel: Travel) -> Iterator[Work]:
    travel(MONDAY)
    officer, boss = factories.account(Role.OFFICER), factories.account(Role.SUPERVISOR)
    officer.phone = boss.phone = "02-2650-6214"
    case = factories.case(assignee=officer, facts=factories.dossier(received_on=MONDAY.isoformat()))
    with transaction():
        open_checklist(case, [])
        run(case, "demand", viewer_of(officer))
    yield Work(case, officer, boss, travel)
    db.session.rollback()
