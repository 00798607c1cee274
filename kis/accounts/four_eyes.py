"""Four eyes: what one account proposes comes into force once another one approves it."""

from datetime import datetime
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from kis.accounts.models import Account
from kis.audit.operations import record
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.reasons import MIN_REASON, written_reason
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.core.types import UtcDateTime, one_of

PROPOSAL_STATES = {
    "proposed": _l("Awaiting approval"),
    "approved": _l("In force"),
    "rejected": _l("Rejected"),
    "retracted": _l("Taken back"),
}


class Proposed:
    """The columns of a proposal: who laid it open and why, who settled it and how.

    A table of proposals names the permission of both people, what its audit records begin with, and what
    of its own columns they tell; its constraints hold those of `four_eyes`.
    """

    PERMISSION: ClassVar[Permission]
    AUDITED_AS: ClassVar[str]

    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    comment: Mapped[str] = mapped_column(Text, default="")

    @declared_attr
    @classmethod
    def proposed_by(cls) -> Mapped[Account]:
        return relationship(foreign_keys=[cls.proposed_by_id])

    @declared_attr
    @classmethod
    def decided_by(cls) -> Mapped[Account | None]:
        return relationship(foreign_keys=[cls.decided_by_id])

    @property
    def state_label(self) -> str:
        """What pages call its state."""
        return PROPOSAL_STATES[self.state]

    def told(self) -> dict[str, Any]:
        """What is proposed, as plain data for the audit record."""
        raise NotImplementedError


def four_eyes() -> tuple[CheckConstraint, ...]:
    """What the database itself holds a table of proposals to."""
    return (
        CheckConstraint(f"state IN ({one_of(PROPOSAL_STATES)})", name="state"),
        CheckConstraint(f"length(trim(reason)) >= {MIN_REASON}", name="reason"),
        CheckConstraint("(state = 'proposed') = (decided_by_id IS NULL)", name="decided_by"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("(state = 'retracted') = (decided_by_id = proposed_by_id)", name="four_eyes"),
    )


def lay_open(made: Proposed, viewer: Viewer) -> None:
    """Keep a new proposal until somebody settles it. Raises Forbidden or Invalid."""
    viewer.require(made.PERMISSION)
    made.reason, made.proposed_by_id = written_reason(made.reason), viewer.account_id
    db.session.add(made)
    db.session.flush()
    note(made, "proposed")


def settle(proposal: Proposed, state: str, viewer: Viewer, comment: str = "") -> None:
    """Whoever proposed can take it back, somebody else approve or reject. Raises Forbidden or Conflict."""
    viewer.require(proposal.PERMISSION)
    lock(proposal)
    if proposal.state != "proposed":
        raise Conflict(_("This proposal has been settled already."))
    is_own = proposal.proposed_by_id == viewer.account_id
    if is_own != (state == "retracted"):
        raise Forbidden(
            _("Somebody else must approve or reject what you proposed; only you can take it back.")
        )
    proposal.state, proposal.comment = state, comment
    proposal.decided_by_id, proposal.decided_at = viewer.account_id, clock.now()


def reject(proposal: Proposed, comment: str, viewer: Viewer) -> None:
    """Refuse a proposal of somebody else, saying why. Raises Forbidden, Invalid or Conflict."""
    if not comment.strip():
        raise Invalid(_("Say why the proposal is rejected."))
    settle(proposal, "rejected", viewer, comment.strip())
    note(proposal, "rejected")


def retract(proposal: Proposed, viewer: Viewer) -> None:
    """Take one's own proposal back. Raises Forbidden or Conflict."""
    settle(proposal, "retracted", viewer)
    note(proposal, "retracted")


def note(proposal: Proposed, event: str) -> None:
    """Record in the chain what has become of a proposal."""
    record(
        f"{proposal.AUDITED_AS}.{event}",
        subject=(proposal.__tablename__, proposal.id),
        after=proposal.told() | {"reason": proposal.reason, "comment": proposal.comment},
    )
