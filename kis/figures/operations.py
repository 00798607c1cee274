"""Writing the reference data: what is shipped, and what headquarters proposes and approves."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from kis.accounts.four_eyes import lay_open, note, settle
from kis.audit.operations import record
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.figures.models import ReferenceChange, ReferenceProposal, ReferenceVersion
from kis.figures.queries import plain_rows
from kis.figures.reading import Change
from kis.figures.subjects import SUBJECTS, Subject
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
    if not changes or any(change.before == change.after for change in changes):
        raise Invalid(_("Nothing would change."))
    made = ReferenceProposal(
        reason=reason,
        changes=[
            ReferenceChange(subject=c.subject, action=c.action, before=c.before, after=c.after)
            for c in changes
        ],
    )
    lay_open(made, viewer)
    return made


def approve(proposal: ReferenceProposal, viewer: Viewer) -> None:
    """Put all changes of a proposal in force, or none. Raises Forbidden or Conflict.

    Whoever proposed does not approve; a row that has changed since then is not overwritten.
    """
    settle(proposal, "approved", viewer)
    for change in proposal.changes:
        apply(change)
    renew_version()
    note(proposal, "approved")


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
