"""Reads of the reference data."""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select

from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.figures.models import ApostilleMembership, ReferenceFigure, ReferenceVersion
from kis.rules import ApostilleRow, Figure, ReferenceTables

CACHE = "reference-tables"


def reference_tables() -> ReferenceTables:
    """The tables as they stand; kept in memory until their version changes."""
    token = db.session.scalar(select(ReferenceVersion.token))
    kept = current_app.extensions.get(CACHE)
    if token is not None and kept and kept[0] == token:
        tables: ReferenceTables = kept[1]
        return tables
    tables = read_tables()
    current_app.extensions[CACHE] = (token, tables)
    return tables


def read_tables() -> ReferenceTables:
    """Both tables from the database, as values for the rules."""
    figures = db.session.scalars(select(ReferenceFigure).order_by(ReferenceFigure.id))
    members = db.session.scalars(select(ApostilleMembership).order_by(ApostilleMembership.id))
    return ReferenceTables(tuple(map(figure_of, figures)), tuple(map(member_of, members)))


def figure_of(row: ReferenceFigure) -> Figure:
    return Figure(
        row.figure, row.year, row.amount_krw, row.announced_on, row.applies_from, row.confidence, row.source
    )


def member_of(row: ApostilleMembership) -> ApostilleRow:
    return ApostilleRow(row.country, row.in_force_for_korea_from, row.confidence, row.note or "")


def figures(viewer: Viewer) -> Sequence[ReferenceFigure]:
    """All figures, by kind, the latest first."""
    viewer.require(Permission.FIGURE_READ)
    latest = (ReferenceFigure.figure, ReferenceFigure.year.desc(), ReferenceFigure.applies_from.desc())
    return db.session.scalars(select(ReferenceFigure).order_by(*latest)).all()


def memberships(viewer: Viewer) -> Sequence[ApostilleMembership]:
    """All parties to the Apostille Convention on record, by country."""
    viewer.require(Permission.FIGURE_READ)
    return db.session.scalars(select(ApostilleMembership).order_by(ApostilleMembership.country)).all()
