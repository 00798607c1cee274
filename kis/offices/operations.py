"""Loading the reference data, and the settings that offices make themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from kis.audit.operations import record
from kis.core import jobs
from kis.core.extensions import db
from kis.core.refusals import Invalid
from kis.offices import reference
from kis.offices.models import (
    Division,
    HolidayOverride,
    Jurisdiction,
    Office,
    ProcessingPeriod,
    ServiceCenter,
    ServiceWindow,
)
from kis.offices.reference import Row
from kis.rules import procedure as procedure_of

# Reckons the days of an office's open cases anew (kis.cases.recounting).
RECOUNT = "clock.recount"
CONTACT = ("address", "phone", "contact_source")


@dataclass
class Changes:
    """How many rows of the reference data were added, changed, removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def any(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def load_reference_data() -> Changes:
    """Bring the tables to what the files say; loading twice changes nothing.

    Offices are never removed, cases may point at them. Raises ValueError when the files contradict
    themselves.
    """
    problems = reference.problems()
    if problems:
        raise ValueError("; ".join(problems))
    changes = Changes()
    upsert(Division, ("code",), reference.read("divisions"), changes)
    load_offices(changes)
    ids = office_ids()
    centers = [with_office(row, ids) for row in reference.read("centers")]
    upsert(ServiceCenter, ("office_id", "code"), centers, changes)
    load_windows(ids, changes)
    places = [with_office(row, ids) | whole_province(row) for row in reference.read("jurisdictions")]
    found = upsert(Jurisdiction, ("office_id", "province_ko", "district_ko"), places, changes)
    remove_others(Jurisdiction, found, changes)
    if changes.any():
        record("offices.reference-loaded", after=vars(changes))
    return changes


def load_offices(changes: Changes) -> None:
    """Offices before their branch offices, so that every parent is there when it is named.

    An address and phone that an office entered itself stay.
    """
    own = {office.code for office in db.session.scalars(select(Office)).unique() if office.has_own_contact}
    rows = [without(row, *CONTACT) if row["code"] in own else row for row in reference.read("offices")]
    for within in (False, True):
        ids = office_ids()
        chosen = [row for row in rows if bool(row["parent"]) is within]
        prepared = [without(row, "parent") | {"parent_id": ids.get(row["parent"])} for row in chosen]
        upsert(Office, ("code",), prepared, changes)


def load_windows(ids: dict[str, int], changes: Changes) -> None:
    found = db.session.execute(select(ServiceCenter.office_id, ServiceCenter.code, ServiceCenter.id))
    centers = {(office_id, code): center_id for office_id, code, center_id in found}
    rows = [
        without(with_office(row, ids), "center")
        | {"center_id": centers.get((ids[row["office"]], row["center"]))}
        for row in reference.read("service_windows")
    ]
    remove_others(ServiceWindow, upsert(ServiceWindow, ("number",), rows, changes), changes)


def upsert(model: type[Any], key: tuple[str, ...], rows: Iterable[Row], changes: Changes) -> list[Any]:
    """Add or change the rows of a table by their key; returns them as they now stand."""
    items = db.session.scalars(select(model)).unique()
    present = {tuple(getattr(item, name) for name in key): item for item in items}
    now = []
    for row in rows:
        item = present.get(tuple(row[name] for name in key))
        if item is None:
            item = model(**row)
            db.session.add(item)
            changes.added += 1
        else:
            changes.changed += assign(item, row)
        now.append(item)
    db.session.flush()
    return now


def assign(item: Any, row: Row) -> bool:
    """Set what differs; whether anything did."""
    different = {name: value for name, value in row.items() if getattr(item, name) != value}
    for name, value in different.items():
        setattr(item, name, value)
    return bool(different)


def remove_others(model: type[Any], kept: list[Any], changes: Changes) -> None:
    ids = {item.id for item in kept}
    for item in db.session.scalars(select(model).where(model.id.not_in(ids))):
        db.session.delete(item)
        changes.removed += 1
    db.session.flush()


def office_ids() -> dict[str, int]:
    return {code: office_id for code, office_id in db.session.execute(select(Office.code, Office.id))}


def with_office(row: Row, ids: dict[str, int]) -> Row:
    return without(row, "office") | {"office_id": ids[row["office"]]}


def whole_province(row: Row) -> Row:
    return {name: row[name] or "" for name in ("district_ko", "district_en")}


def without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


@dataclass(frozen=True)
class OfficeSettings:
    """What an office sets for itself; processing days are working days, days to answer those of the calendar."""

    processing_days: int
    supplement_days: int
    address: str | None
    phone: str | None
    remedies_contact: str | None


def change_settings(office: Office, settings: OfficeSettings) -> None:
    """Take over the settings; an address or phone entered here no longer has a published source."""
    after = vars(settings)
    before = {name: getattr(office, name) for name in after}
    if before == after:
        return
    if (office.address, office.phone) != (settings.address, settings.phone):
        office.contact_source = None
    for name, value in after.items():
        setattr(office, name, value)
    record("office.settings-changed", subject=("office", office.id), before=before, after=after)


def set_period(office: Office, procedure: str, category: str, working_days: int | None) -> None:
    """Set the period of a category ("" for all), for applications received from now on; None takes it away.

    Raises Invalid for a category that the procedure does not have.
    """
    if category and category not in procedure_of(procedure).categories:
        raise Invalid(_("Choose one of the categories."))
    key = {"office_id": office.id, "procedure": procedure, "category": category}
    period = db.session.scalar(select(ProcessingPeriod).filter_by(**key))
    before = period.working_days if period else None
    if before == working_days:
        return
    if period is None:
        period = ProcessingPeriod(**key)
        db.session.add(period)
    if working_days is None:
        db.session.delete(period)
    else:
        period.working_days = working_days
    db.session.flush()
    record(
        "office.period-set",
        subject=("office", office.id),
        before={"working_days": before},
        after={"procedure": procedure, "category": category, "working_days": working_days},
    )


def override_holiday(day: date, is_holiday: bool, reason: str, source: str) -> HolidayOverride:
    """Make a day a holiday or a working day, in place of any earlier override of it."""
    override = db.session.scalar(select(HolidayOverride).where(HolidayOverride.day == day))
    before = {"is_holiday": override.is_holiday, "reason": override.reason} if override else None
    if override is None:
        override = HolidayOverride(day=day)
        db.session.add(override)
    override.is_holiday, override.reason, override.source = is_holiday, reason, source
    db.session.flush()
    after = {"day": day, "is_holiday": is_holiday, "reason": reason, "source": source}
    record("holiday.overridden", subject=("holiday_override", override.id), before=before, after=after)
    for office_id in db.session.scalars(select(Office.id).order_by(Office.id)):
        jobs.enqueue(RECOUNT, office_id, office_id=office_id)
    return override
