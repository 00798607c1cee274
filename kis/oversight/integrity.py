"""Quick checks of the records. `flask audit verify` walks the whole chain; these look where harm shows first."""

import re
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import and_, func, select, text, union_all

from kis.audit import chain
from kis.audit.models import AccessRecord, AuditRecord
from kis.audit.operations import SEALED
from kis.audit.triggers import APPEND_ONLY_TABLES
from kis.audit.triggers import statements as audit_statements
from kis.cases.note_triggers import statements as note_statements
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.language import show_instant, show_number
from kis.core.store import DamagedFile, store
from kis.documents.models import Scan
from kis.letters.models import Letter
from kis.letters.paragraph_triggers import statements as paragraph_statements
from kis.letters.triggers import APPEND_ONLY as LETTER_TABLES
from kis.letters.triggers import statements as letter_statements

NEWEST = 1_000
NEWEST_FILES = ((Letter, 100), (Scan, 20))
SEAL_WITHIN = timedelta(days=1)
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
}


@dataclass(frozen=True)
class Check:
    """One thing looked at: whether it is as it should be, and what was seen."""

    label: str
    whole: bool
    seen: str


def checks(viewer: Viewer) -> tuple[Check, ...]:
    """All checks, each bounded in what it reads. Raises Forbidden without audit:read."""
    viewer.require(Permission.AUDIT_READ)
    return (newest_records(), protections(), sealed_access_log(), newest_files(), newest_letters())


def newest_records() -> Check:
    """Whether the newest records follow one another and are as they were written."""
    query = select(AuditRecord).order_by(AuditRecord.id.desc()).limit(NEWEST + 1)
    newest = list(db.session.scalars(query))
    position, previous = 0, chain.GENESIS
    if len(newest) > NEWEST:
        before = newest.pop()
        position, previous = before.id, before.hash
    label = _("The newest records of the chain")
    for entry in reversed(newest):
        position += 1
        if chain.fault(entry, position, previous):
            return Check(label, False, _("The chain breaks at record %(number)s.", number=entry.id))
        previous = entry.hash
    return Check(
        label, True, _("%(count)s records, head %(head)s", count=show_number(position), head=previous)
    )


def protections() -> Check:
    """Whether the triggers that refuse changes are there and switched on."""
    dialect = db.engine.dialect.name
    present = set(db.session.scalars(text(TRIGGERS[dialect])))
    tables = (*APPEND_ONLY_TABLES, *LETTER_TABLES)
    made = [each for table in tables for each in audit_statements(table, dialect)]
    made += [*letter_statements(dialect), *paragraph_statements(dialect), *note_statements(dialect)]
    named = re.findall(r"CREATE TRIGGER (\w+)", "\n".join(made))
    missing = sorted(set(named) - present)
    seen = (
        _("Missing or switched off: %(names)s", names=", ".join(missing)) if missing else _("All are there.")
    )
    return Check(_("Triggers that refuse change and deletion"), not missing, seen)


def sealed_access_log() -> Check:
    """Whether the access records enter the chain within a day."""
    seals = select(AuditRecord.after).where(AuditRecord.action == SEALED).order_by(AuditRecord.id.desc())
    last = db.session.scalar(seals.limit(1))
    through = last["through"] if last else 0
    waiting = select(func.count(), func.min(AccessRecord.at)).where(AccessRecord.id > through)
    count, oldest = db.session.execute(waiting).one()
    label = _("Seals of the access log")
    if not count:
        return Check(label, True, _("Every access record is sealed."))
    seen = _("%(count)s records wait since %(since)s.", count=show_number(count), since=show_instant(oldest))
    return Check(label, clock.now() - oldest < SEAL_WITHIN, seen)


def newest_files() -> Check:
    """Whether the files of the newest letters and scans are there and have the content they were stored with."""
    newest = [
        select(model.sha256).where(model.sha256.is_not(None)).order_by(model.id.desc()).limit(count)
        for model, count in NEWEST_FILES
    ]
    named = db.session.scalars(union_all(*(select(each.subquery()) for each in newest))).all()
    broken = [sha256 for sha256 in named if not is_whole(sha256)]
    seen = _("%(count)s files read", count=show_number(len(named)))
    if broken:
        seen = _("Missing or damaged: %(names)s", names=", ".join(broken))
    return Check(_("Files of the newest letters and scans"), not broken, seen)


def newest_letters() -> Check:
    """Whether each of the newest letters names the file that the chain recorded when its PDF was made.

    All letters are compared by `flask letters verify --all`.
    """
    rendered = and_(
        AuditRecord.case_id == Letter.case_id,
        AuditRecord.action == "letter.rendered",
        AuditRecord.subject_id == Letter.id,
    )
    query = select(Letter.number, Letter.sha256, AuditRecord.after).outerjoin(AuditRecord, rendered)
    newest = db.session.execute(
        query.where(Letter.sha256.is_not(None)).order_by(Letter.id.desc()).limit(NEWEST)
    )
    found = {number: bool(after) and after["sha256"] == sha256 for number, sha256, after in newest}
    seen = _("%(count)s letters compared", count=show_number(len(found)))
    if others := [number for number, same in found.items() if not same]:
        seen = _("The chain records another file, or none, for: %(numbers)s", numbers=", ".join(others))
    return Check(_("Hashes of the newest letters against the chain"), not others, seen)


def is_whole(sha256: str) -> bool:
    try:
        store().get(sha256)
    except (FileNotFoundError, DamagedFile):
        return False
    return True
