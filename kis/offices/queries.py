"""Reads of offices. They are public knowledge, so that most need no scope; choosing one to work in does."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import NotFound
from kis.offices.calendars import Overrides
from kis.offices.models import (
    Division,
    Extent,
    HolidayOverride,
    Jurisdiction,
    Office,
    ProcessingPeriod,
    ServiceWindow,
)
from kis.offices.reference import Place, place_of


def office_by_code(code: str) -> Office:
    """Raises NotFound."""
    office = db.session.scalar(select(Office).where(Office.code == code))
    if office is None:
        raise NotFound
    return office


def office_by_id(office_id: int) -> Office:
    """Raises NotFound."""
    office = db.session.get(Office, office_id)
    if office is None:
        raise NotFound
    return office


def offices_of(viewer: Viewer, permission: Permission) -> Sequence[Office]:
    """The offices in which the viewer holds the permission, by code."""
    query = select(Office).order_by(Office.code)
    within = viewer.office_ids(permission)
    if within is not None:
        query = query.where(Office.id.in_(within))
    return db.session.scalars(query).unique().all()


def all_offices() -> Sequence[Office]:
    """Every office with its branch offices and jurisdictions: offices first, each kind by code."""
    query = select(Office).options(selectinload(Office.branches), selectinload(Office.jurisdictions))
    return db.session.scalars(query.order_by(Office.kind.desc(), Office.code)).unique().all()


def all_divisions() -> Sequence[Division]:
    """The divisions of headquarters, in the order of the published list."""
    return db.session.scalars(select(Division).order_by(Division.id)).all()


def all_windows() -> Sequence[ServiceWindow]:
    """Every window, by number."""
    query = select(ServiceWindow).options(joinedload(ServiceWindow.office)).order_by(ServiceWindow.number)
    return db.session.scalars(query).all()


def by_competence(address: str, *among: Any) -> tuple[list[Office], list[Office]]:
    """(competent offices of an address, those that name its district first; all others by kind and code).

    Where a branch office and its parent both claim a district, both are competent. None is when the address
    names no province, or when nobody is known to be competent there. `among`: conditions that the offices
    fulfil. In one statement.
    """
    place = place_of(address)
    query = select(Office).where(*among).order_by(Office.kind.desc(), Office.code)
    if place is None:
        return [], list(db.session.scalars(query))
    there = (Jurisdiction.office_id == Office.id) & (Jurisdiction.province_ko == place.province_ko)
    found = db.session.execute(query.add_columns(Jurisdiction).outerjoin(Jurisdiction, there)).all()
    claims = sorted((row for _office, row in found if row), key=lambda row: row.id)
    competent = competent_among(claims, place)
    return competent, [office for office in dict.fromkeys(row[0] for row in found) if office not in competent]


def competent_among(rows: Sequence[Jurisdiction], place: Place) -> list[Office]:
    """The offices that claim a place by their jurisdictions in its province."""
    named = [row for row in rows if names(row, place)]
    left_out = {row.office_id for row in named if row.extent == Extent.EXCLUDED}
    whole = [row for row in rows if not row.district_ko and row.office_id not in left_out]
    claims = [row for row in named if row.extent == Extent.INCLUDED] + whole
    return list(dict.fromkeys(row.office for row in claims))


def names(jurisdiction: Jurisdiction, place: Place) -> bool:
    return bool({jurisdiction.district_ko, jurisdiction.district_en.casefold()} & place.words)


def periods_of(office: Office) -> Sequence[ProcessingPeriod]:
    """The periods that the office set for single categories."""
    query = select(ProcessingPeriod).where(ProcessingPeriod.office_id == office.id)
    return db.session.scalars(query.order_by(ProcessingPeriod.procedure, ProcessingPeriod.category)).all()


def processing_period(office: Office, procedure: str, category: str) -> int:
    """How many working days the office takes for an application of the category."""
    query = select(ProcessingPeriod.working_days).where(
        ProcessingPeriod.office_id == office.id,
        ProcessingPeriod.procedure == procedure,
        ProcessingPeriod.category.in_((category, "")),
    )
    own = db.session.scalar(query.order_by(ProcessingPeriod.category.desc()).limit(1))
    return own or office.processing_days


def holiday_overrides() -> Overrides:
    """Day to whether it is a holiday, as calendars takes them."""
    rows = db.session.execute(select(HolidayOverride.day, HolidayOverride.is_holiday))
    return {day: is_holiday for day, is_holiday in rows}


def overridden_days() -> Sequence[HolidayOverride]:
    """The overrides with their reasons, latest day first."""
    return db.session.scalars(select(HolidayOverride).order_by(HolidayOverride.day.desc())).all()
