"""Printouts: a day's letters as one PDF, or a register; made by a worker, kept for two days.

Stored letters are put together as they are; nothing is rendered anew but the sheets between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, exists, or_, select, update

from kis.audit.operations import record
from kis.cases.models import Case
from kis.core import clock, jobs
from kis.core.access import Permission, Viewer
from kis.core.database import locked
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.language import current_language
from kis.core.refusals import Invalid, NotFound
from kis.letters.kinds import KINDS
from kis.letters.models import Letter, Printout, PrintoutLetter
from kis.letters.queries import in_force, within
from kis.letters.registers import Register
from kis.offices.models import Office

JOB = "letters.printout"
KEPT = timedelta(days=2)
MOST_LETTERS = 500
NEWEST = 20
MIN_REASON, MAX_REASON = 5, 500
PERMISSIONS = {"letters": Permission.LETTER_DELIVER, "register": Permission.LETTER_EXPORT}


@dataclass(frozen=True)
class Selection:
    """Which letters of an office to print: those of a day, of one kind or of all, those not printed yet or all."""

    office: Office
    day: date
    kind: str | None = None
    again: bool = False


def chosen_letters(selection: Selection, viewer: Viewer) -> Sequence[Letter]:
    """The letters of a selection, in the order of their issue: in force, with PDF, and for somebody outside.

    Those of restricted cases are printed from their own pages: whoever delivers letters opens a printout.
    """
    query = select(Letter).join(Letter.case)
    query = query.where(
        Letter.office_id == selection.office.id,
        Letter.issued_on == selection.day,
        Letter.rendered_at.is_not(None),
        Letter.kind.in_([kind.code for kind in KINDS.values() if not kind.is_internal]),
        Case.restricted.is_(False),
        in_force(),
    )
    query = within(query, Letter.office_id, viewer, Permission.LETTER_DELIVER)
    if selection.kind:
        query = query.where(Letter.kind == selection.kind)
    if not selection.again:
        query = query.where(~in_a_printout())
    return db.session.scalars(query.order_by(Letter.id).limit(MOST_LETTERS)).all()


def in_a_printout() -> ColumnElement[bool]:
    """Condition: the letter is in a printout that was made or is being made; one that failed printed nothing."""
    made = exists().where(Job.kind == JOB, Job.subject_id == Printout.id, Job.state != "failed")
    return exists().where(
        PrintoutLetter.letter_id == Letter.id,
        Printout.id == PrintoutLetter.printout_id,
        or_(Printout.finished_at.is_not(None), made),
    )


def print_letters(selection: Selection, viewer: Viewer) -> Printout:
    """Have the letters put together by a worker. Raises Forbidden, or Invalid where there is none."""
    viewer.require(Permission.LETTER_DELIVER, selection.office.id)
    letters = chosen_letters(selection, viewer)
    if not letters:
        raise Invalid(_("No letter of that day is left to print. Those printed before can be printed again."))
    printout = asked(
        "letters", selection.office, viewer, {"day": selection.day.isoformat(), "kind": selection.kind}
    )
    db.session.add_all(
        PrintoutLetter(printout_id=printout.id, position=position, letter_id=letter.id)
        for position, letter in enumerate(letters, start=1)
    )
    db.session.flush()
    record(
        "letters.printed",
        subject=("printout", printout.id),
        after={"office": selection.office.code, "day": selection.day.isoformat(), "letters": len(letters)},
    )
    return printout


def print_register(register: Register, reason: str, viewer: Viewer) -> Printout:
    """Have a register made as a PDF by a worker. Raises Forbidden, or Invalid without a reason."""
    viewer.require(Permission.LETTER_EXPORT, register.office.id)
    printout = asked("register", register.office, viewer, {"register": register.code, "year": register.year})
    record_export(register, "pdf", reason)
    return printout


def record_export(register: Register, form: str, reason: str) -> None:
    """Note that a register leaves the house, and why. Raises Invalid without a reason."""
    if not MIN_REASON <= len(reason) <= MAX_REASON:
        raise Invalid(_("Write the reason for the export in 5 to 500 characters."))
    record(
        "letters.register-exported",
        subject=("office", register.office.id),
        after={"register": register.code, "year": register.year, "form": form, "reason": reason},
    )


def asked(kind: str, office: Office, viewer: Viewer, selected: dict[str, object]) -> Printout:
    """The row of a printout and its job."""
    printout = Printout(
        kind=kind,
        office_id=office.id,
        selected=selected,
        language=current_language(),
        asked_by_id=viewer.account_id,
        names=not viewer.must_state_reason_in(office.id),
    )
    db.session.add(printout)
    db.session.flush()
    jobs.enqueue(JOB, printout.id, office_id=office.id)
    return printout


def get_printout(printout_id: int, viewer: Viewer) -> Printout:
    """Raises NotFound, for another office's as for none."""
    printout = db.session.get(Printout, printout_id)
    if printout is None or not viewer.can(PERMISSIONS[printout.kind], printout.office_id):
        raise NotFound(_("There is no such printout, or none that you may see."))
    return printout


def newest_printouts(viewer: Viewer) -> Sequence[Printout]:
    """The last printouts of letters in the viewer's offices, newest first."""
    query = select(Printout).where(Printout.kind == "letters")
    query = within(query, Printout.office_id, viewer, Permission.LETTER_DELIVER)
    return db.session.scalars(query.order_by(Printout.id.desc()).limit(NEWEST)).all()


def withdraw_printouts(case: Case) -> None:
    """Let go at once of the printouts that tell of a case which was closed to most: all of its offices' registers."""
    letters = select(Letter.id).where(Letter.case_id == case.id)
    of_case = select(PrintoutLetter.printout_id).where(PrintoutLetter.letter_id.in_(letters))
    offices = select(Letter.office_id).where(Letter.case_id == case.id)
    registers = (Printout.kind == "register") & Printout.office_id.in_(offices)
    told = Printout.id.in_(of_case) | registers
    kept = told & or_(Printout.sha256.is_not(None), Printout.finished_at.is_(None))
    # One that is being made waits here or sees the case closed (kis.letters.binding).
    for printout in locked(select(Printout).where(kept).order_by(Printout.id)):
        printout.sha256 = printout.size = None
    db.session.flush()


def closed_letters(printout: Printout) -> set[int]:
    """Ids of the letters of a printout whose cases are closed to most."""
    query = select(Letter.id).join(Letter.case).where(Case.restricted)
    if printout.kind == "letters":
        listed = select(PrintoutLetter.letter_id).where(PrintoutLetter.printout_id == printout.id)
        return set(db.session.scalars(query.where(Letter.id.in_(listed))))
    query = query.where(
        Letter.office_id == printout.office_id,
        Letter.register == printout.selected["register"],
        Letter.year == printout.selected["year"],
    )
    return set(db.session.scalars(query))


def let_go() -> None:
    """Name the files of printouts no more once they were kept their time; the sweeper deletes them. Hourly."""
    old = Printout.finished_at < clock.now() - KEPT
    db.session.execute(
        update(Printout).where(old, Printout.sha256.is_not(None)).values(sha256=None, size=None)
    )


def count_of(printout: Printout) -> str:
    """How many letters it holds, in words."""
    number = len(printout.letters)
    return ngettext("%(num)s letter", "%(num)s letters", number)
