"""Conflicts of interest that officers declare: whoever declared one has no further part in the case."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.core import clock
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.core.types import UtcDateTime


class ConflictOfInterest(db.Model):
    """What an account declared about itself and a case, with its reason. It is never taken back."""

    __tablename__ = "conflict_of_interest"
    __table_args__ = (
        UniqueConstraint("case_id", "account_id"),
        Index("ix_conflict_of_interest_account", "account_id"),
        CheckConstraint("length(trim(reason)) > 0", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text)
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    account: Mapped[Account] = relationship()


def has_conflict(case_id: int, account_id: int) -> bool:
    """Whether the account declared a conflict of interest in the case."""
    declared = exists().where(
        ConflictOfInterest.case_id == case_id, ConflictOfInterest.account_id == account_id
    )
    return bool(db.session.scalar(select(declared)))


def refuse_conflict(case_id: int, viewer: Viewer) -> None:
    """For what is done beside the transition table: facts, documents, the pre-check. Raises Conflict."""
    if has_conflict(case_id, viewer.account_id):
        raise Conflict(_("You declared a conflict of interest in this case."))


def accounts_in_conflict(case_ids: list[int]) -> dict[int, set[int]]:
    """The accounts that declared one, by the id of the case; cases without any are not there."""
    found: dict[int, set[int]] = {}
    query = select(ConflictOfInterest.case_id, ConflictOfInterest.account_id)
    for case_id, account_id in db.session.execute(query.where(ConflictOfInterest.case_id.in_(case_ids))):
        found.setdefault(case_id, set()).add(account_id)
    return found
