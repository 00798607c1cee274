"""Writing the reference data: what is shipped, and what headquarters proposes and approves."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from kis.audit.operations import record
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.figures.models import ReferenceChange, ReferenceProposal, ReferenceVersion
from kis.figures.queries import plain_rows
from kis.figures.reading import Change
from kis.figures.subjects import SUBJECTS, Subject
from kis.figures.words import MAX_REASON, MIN_REASON
from kis.rules import ReferenceTables


def load_reference_figures() -> int:
    """Add what the shipped tables have and the database lacks; returns how many rows.

    A row that is there already stays as headquarters keeps it; one that it withdrew stays away.
    """
    added = [row for subject in SUBJECTS.values() for row in missing_rows(subject)]
    if added:
        db.session.add_all(added)
        renew_version()
        record("figures.reference-loaded", after={"added": len(added)})
    return len(added)


def missing_rows(subject: Subject) -> list[Any]:
    shipped = [subject.plain(value) for value in getattr(ReferenceTables.shipped(), subject.part)]
    known = {subject.key_of(row) for row in plain_rows(subject)} | replaced_keys(subject)
    return [subject.model(**subject.columns_of(row)) for row in shipped if subject.key_of(row) not in known]


def replaced_keys(subject: Subject) -> set[tuple[Any, ...]]:
    """The keys of rows that headquarters changed or withdrew."""
    query = select(ReferenceChange.before).join(
        ReferenceProposal, ReferenceProposal.id == ReferenceChange.proposal_id
    )
    query = query.where(ReferenceChange.subject == subject.name, ReferenceProposal.state == "approved")
    return {subject.key_of(before) for before in db.session.scalars(query) if before is not None}


def renew_version() -> None:
    """Tell every process that its tables are old; call it with each change, in the same transaction."""
    version = db.session.get(ReferenceVersion, 1)
    if version is None:
        db.session.add(ReferenceVersion(id=1))
    else:
        version.token = secrets.token_hex(16)
    db.session.flush()


def propose(changes: Sequence[Change], reason: str, viewer: Viewer) -> ReferenceProposal:
    """Lay changes before another account of headquarters. Raises Forbidden or Invalid."""
    viewer.require(Permission.FIGURE_EDIT)
    reason = reason.strip()
    if not MIN_REASON <= len(reason) <= MAX_REASON:
        raise Invalid(
            _(
                "Write the reason in %(least)s to %(most)s characters.",
                least=MIN_REASON,
                most=f"{MAX_REASON:,}",
            )
        )
    if not changes or any(change.before == change.after for change in changes):
        raise Invalid(_("Nothing would change."))
    made = ReferenceProposal(
        reason=reason,
        proposed_by_id=viewer.account_id,
        changes=[
            ReferenceChange(subject=c.subject, action=c.action, before=c.before, after=c.after)
            for c in changes
        ],
    )
    db.session.add(made)
    db.session.flush()
    note("figures.proposed", made)
    return made


def note(action: str, proposal: ReferenceProposal) -> None:
    changes = [
        {"subject": c.subject, "action": c.action, "before": c.before, "after": c.after}
        for c in proposal.changes
    ]
    record(
        action,
        subject=("reference_proposal", proposal.id),
        after={"reason": proposal.reason, "comment": proposal.comment, "changes": changes},
    )


def approve(proposal: ReferenceProposal, viewer: Viewer) -> None:
    """Put all changes of a proposal in force, or none. Raises Forbidden or Conflict.

    Whoever proposed does not approve; a row that has changed since then is not overwritten.
    """
    settle(proposal, "approved", "", viewer)
    for change in proposal.changes:
        apply(change)
    renew_version()
    note("figures.approved", proposal)


def reject(proposal: ReferenceProposal, comment: str, viewer: Viewer) -> None:
    """Refuse a proposal of somebody else, saying why. Raises Forbidden, Invalid or Conflict."""
    if not comment.strip():
        raise Invalid(_("Say why the proposal is rejected."))
    settle(proposal, "rejected", comment.strip(), viewer)
    note("figures.rejected", proposal)


def retract(proposal: ReferenceProposal, viewer: Viewer) -> None:
    """Take one's own proposal back. Raises Forbidden or Conflict."""
    settle(proposal, "retracted", "", viewer)
    note("figures.retracted", proposal)


def settle(proposal: ReferenceProposal, state: str, comment: str, viewer: Viewer) -> None:
    viewer.require(Permission.FIGURE_EDIT)
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
    db.session.flush()


def apply(change: ReferenceChange) -> None:
    """Make a change in its table. Raises Conflict where the table is no longer as it was proposed on."""
    subject = SUBJECTS[change.subject]
    if change.before is not None:
        row = row_of(subject, change.before)
        if row is None or subject.plain(row) != change.before:
            raise Conflict(_("A row has changed since this was proposed. Propose it anew."))
        db.session.delete(row)
        db.session.flush()
    if change.after is not None:
        if row_of(subject, change.after) is not None:
            raise Conflict(_("There is such a row already. Propose to change that one."))
        db.session.add(subject.model(**subject.columns_of(change.after)))
        db.session.flush()


def row_of(subject: Subject, plain: dict[str, Any]) -> Any:
    """The row that the plain data name; None where there is none."""
    wanted = subject.columns_of(plain)
    return db.session.scalar(
        select(subject.model).where(*(getattr(subject.model, name) == wanted[name] for name in subject.key))
    )
