"""Reads of the reference data, and of what is proposed about it."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from kis.accounts.queries import named
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import NotFound
from kis.figures.models import (
    ApostilleMembership,
    EmbassyAcceptance,
    ReferenceFigure,
    ReferenceProposal,
    ReferenceVersion,
)
from kis.figures.subjects import SUBJECTS, Plain, Subject, tables_of
from kis.rules import ReferenceTables

CACHE = "reference-tables"
PAGE = 50


def version_token() -> str | None:
    """What is new after every change of the tables; None where nothing was ever loaded."""
    return db.session.scalar(select(ReferenceVersion.token))


def reference_tables() -> ReferenceTables:
    """The tables as they stand; kept in memory until their version changes."""
    token = version_token()
    kept = current_app.extensions.get(CACHE)
    if token is not None and kept and kept[0] == token:
        tables: ReferenceTables = kept[1]
        return tables
    tables = read_tables()
    current_app.extensions[CACHE] = (token, tables)
    return tables


def read_tables() -> ReferenceTables:
    """The tables from the database, as values for the rules."""
    return tables_of({subject.name: plain_rows(subject) for subject in SUBJECTS.values()})


def plain_rows(subject: Subject) -> list[Plain]:
    """The rows of a table as plain data."""
    query = select(subject.model).order_by(subject.model.id)
    return [subject.plain(row) for row in db.session.scalars(query)]


def proposed_tables(proposal: ReferenceProposal) -> ReferenceTables:
    """The tables as they would be with the changes of a proposal."""
    rows = {s.name: {s.key_of(row): row for row in plain_rows(s)} for s in SUBJECTS.values()}
    for change in proposal.changes:
        subject, found = SUBJECTS[change.subject], rows[change.subject]
        if change.before is not None:
            found.pop(subject.key_of(change.before), None)
        if change.after is not None:
            found[subject.key_of(change.after)] = change.after
    return tables_of({name: found.values() for name, found in rows.items()})


def figures(viewer: Viewer) -> Sequence[ReferenceFigure]:
    """All figures, by kind, the latest first."""
    viewer.require(Permission.FIGURE_READ)
    latest = (ReferenceFigure.figure, ReferenceFigure.year.desc(), ReferenceFigure.applies_from.desc())
    return db.session.scalars(select(ReferenceFigure).order_by(*latest)).all()


def memberships(viewer: Viewer) -> Sequence[ApostilleMembership]:
    """All parties to the Apostille Convention on record, by country."""
    viewer.require(Permission.FIGURE_READ)
    return db.session.scalars(select(ApostilleMembership).order_by(ApostilleMembership.country)).all()


def embassies(viewer: Viewer) -> Sequence[EmbassyAcceptance]:
    """The countries whose embassies may issue criminal records."""
    viewer.require(Permission.FIGURE_READ)
    return db.session.scalars(select(EmbassyAcceptance).order_by(EmbassyAcceptance.country)).all()


def get_row(subject: Subject, row_id: int, viewer: Viewer) -> Any:
    """Raises NotFound."""
    viewer.require(Permission.FIGURE_READ)
    row = db.session.get(subject.model, row_id)
    if row is None:
        raise NotFound(_("There is no such row; perhaps it was changed in the meantime."))
    return row


PEOPLE = named(ReferenceProposal.proposed_by, ReferenceProposal.decided_by)


def proposals(viewer: Viewer, before: int | None = None) -> Sequence[ReferenceProposal]:
    """A page of the proposals, newest first, with one more where there are older ones."""
    viewer.require(Permission.FIGURE_READ)
    query = select(ReferenceProposal).order_by(ReferenceProposal.id.desc()).limit(PAGE + 1)
    if before:
        query = query.where(ReferenceProposal.id < before)
    return db.session.scalars(query.options(*PEOPLE, selectinload(ReferenceProposal.changes))).all()


def waiting(viewer: Viewer) -> int:
    """How many proposals await approval."""
    viewer.require(Permission.FIGURE_READ)
    query = select(func.count(ReferenceProposal.id)).where(ReferenceProposal.state == "proposed")
    return db.session.scalar(query) or 0


def get_proposal(proposal_id: int, viewer: Viewer) -> ReferenceProposal:
    """Raises NotFound."""
    viewer.require(Permission.FIGURE_READ)
    proposal = db.session.get(ReferenceProposal, proposal_id, options=PEOPLE)
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    return proposal
