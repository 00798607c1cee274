"""A case in review whose pre-check has failed on an unpaid fine, with those who work on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.core.access import Role, Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.decisions.models import Recommendation
from kis.decisions.operations import recommend, set_line
from kis.decisions.reasons import GivenReason
from kis.precheck.operations import run
from tests import factories

FAILED = "conduct.fine"
STAY_ENDS = date(2099, 3, 31)


@dataclass
class House:
    """The case and the accounts of its office."""

    case: Case
    officer: Account
    supervisor: Account

    def viewer(self, account: Account) -> Viewer:
        return viewer_of(account)

    def recommend(self, outcome: str = "refused", **more: Any) -> Recommendation:
        """The officer's recommendation, committed."""
        reasons = [GivenReason(FAILED)] if outcome == "refused" else []
        with transaction():
            return recommend(
                self.case, outcome, reasons, "After review of the file.", viewer_of(self.officer),
                **({"stay_expires_on": STAY_ENDS} | more),
            )  # fmt: skip

    def two_supervisors(self) -> Account:
        """Set an approval line of two supervisors; returns the second one."""
        second = factories.account(Role.SUPERVISOR)
        with transaction():
            line = (Role.OFFICER, Role.SUPERVISOR, Role.SUPERVISOR)
            set_line(self.case.office, line, factories.viewer(Role.ADMINISTRATOR))
        return second


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    officer = factories.account(Role.OFFICER)
    officer.phone, officer.unit = "02-2650-6214", "체류관리과"
    case = factories.case(assignee=officer, facts=factories.dossier("conduct-fine-unpaid"))
    with transaction():
        run(case, "demand", viewer_of(officer))
    yield House(case, officer, factories.account(Role.SUPERVISOR))
    db.session.rollback()
