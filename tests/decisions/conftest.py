"""A case in review whose pre-check has failed on an unpaid fine alone, with those who work on it."""

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
from kis.precheck.operations import depart, run
from tests import factories

FAILED = "conduct.fine"
OWN = GivenReason(
    None, "신청인은 심사에 협조하지 않았습니다.", "The applicant did not cooperate.", "출입국관리법 제80조"
)
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
        """The officer's recommendation, committed; for granting, the officer departs from the failed criterion."""
        with transaction():
            if outcome == "granted":
                self.settle_the_fine()
            reasons = [GivenReason(FAILED)] if outcome == "refused" else []
            return self.propose(outcome, reasons, **more)

    def refuse_at_discretion(self) -> Recommendation:
        """Every requirement is met, and the officer recommends a refusal on a reason of their own; committed."""
        with transaction():
            self.settle_the_fine()
            return self.propose("refused", [OWN])

    def propose(self, outcome: str, reasons: list[GivenReason], **more: Any) -> Recommendation:
        return recommend(
            self.case, outcome, reasons, "After review of the file.", viewer_of(self.officer),
            **({"stay_expires_on": STAY_ENDS} | more),
        )  # fmt: skip

    def settle_the_fine(self) -> None:
        """The officer departs from the criterion that has failed; not committed."""
        self.depart(FAILED, "met", "The receipt of the fine was shown at the counter.")

    def depart(self, criterion: str, to: str, reason: str) -> None:
        """The officer departs from an outcome of the pre-check; not committed."""
        depart(self.case, criterion, to, reason, viewer_of(self.officer))

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
        house = House(case, officer, factories.account(Role.SUPERVISOR))
        house.depart("documents.submitted", "met", "All papers are in the paper file.")
    yield house
    db.session.rollback()
