"""Writing the reference data."""

import secrets
from typing import Any

from sqlalchemy import select

from kis.audit.operations import record
from kis.core.extensions import db
from kis.figures.models import ApostilleMembership, ReferenceFigure, ReferenceVersion
from kis.figures.queries import figure_of, member_of
from kis.rules import ReferenceTables


def load_reference_figures() -> int:
    """Add what the shipped tables have and the database lacks; returns how many rows.

    A row that is there already stays as headquarters keeps it.
    """
    shipped = ReferenceTables.shipped()
    known_figures = {key_of_figure(figure_of(row)) for row in db.session.scalars(select(ReferenceFigure))}
    known_members = {key_of_member(member_of(row)) for row in db.session.scalars(select(ApostilleMembership))}
    added: list[Any] = [
        ReferenceFigure(**columns(figure, ReferenceFigure))
        for figure in shipped.figures
        if key_of_figure(figure) not in known_figures
    ]
    added += [
        ApostilleMembership(**columns(member, ApostilleMembership) | {"note": member.note or None})
        for member in shipped.apostille
        if key_of_member(member) not in known_members
    ]
    if added:
        db.session.add_all(added)
        renew_version()
        record("figures.reference-loaded", after={"added": len(added)})
    return len(added)


def key_of_figure(figure: Any) -> tuple[Any, ...]:
    return figure.figure, figure.year, figure.applies_from


def key_of_member(member: Any) -> tuple[Any, ...]:
    return member.country, member.in_force_for_korea_from


def columns(value: Any, model: type[Any]) -> dict[str, Any]:
    """The fields of a value of the rules, by the columns of its table."""
    names = [column.name for column in model.__table__.columns]
    return {name: getattr(value, name) for name in names if name != "id"}


def renew_version() -> None:
    """Tell every process that its tables are old; call it with each change, in the same transaction."""
    version = db.session.get(ReferenceVersion, 1)
    if version is None:
        db.session.add(ReferenceVersion(id=1))
    else:
        version.token = secrets.token_hex(16)
    db.session.flush()
