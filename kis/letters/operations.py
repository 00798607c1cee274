"""Issuing letters, filling in their PDF and declaring them void; each with its audit record, none commits."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import delete, text

from kis.audit.operations import record
from kis.cases.conflicts import refuse_conflict
from kis.cases.models import Case
from kis.core import clock, jobs
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.core.store import store
from kis.letters.checks import check
from kis.letters.codes import address_of, new_code
from kis.letters.kinds import KINDS
from kis.letters.models import Letter, LetterVoid, UndeliveredLetter
from kis.letters.paragraph_queries import as_worded
from kis.letters.pressroom import LETTER, FinishedLetter, pressroom
from kis.letters.queries import RENDER, corrections_of, job_of, predecessor
from kis.letters.values import LetterValues
from kis.offices.models import Office

# One statement, so that two who come first in a year wait for each other; the row stays locked until
# the transaction ends, so that a number given up with it leaves no gap.
NEXT = text(
    "INSERT INTO letter_counter (office_id, year, register, last) VALUES (:office, :year, :register, 1)"
    " ON CONFLICT (office_id, year, register) DO UPDATE SET last = letter_counter.last + 1 RETURNING last"
)


def issue(case: Case, values: LetterValues, viewer: Viewer, instead_of: Letter | None = None) -> Letter:
    """A numbered letter of the case, to be filled in by a worker once the transaction is committed.

    It names the void letter in whose place it stands: the one given, else the case's last one of that purpose.
    Raises Forbidden, or Invalid with the reason why the letter cannot be printed.
    """
    office = instead_of.answering_office if instead_of else case.office
    require_any(KINDS[values.kind].permissions, office, viewer)
    before = instead_of or predecessor(case, values.kind)
    values = as_worded(replace(values, replaces=before.number if before else ""))
    check(values)
    letter = numbered_letter(case, office, values, viewer)
    letter.replaces_id = before.id if before else None
    db.session.add(letter)
    db.session.flush()
    await_delivery(letter)
    jobs.enqueue(RENDER, letter.id, office_id=letter.office_id)
    record(
        "letter.issued",
        case_id=case.id,
        subject=("letter", letter.id),
        after={"number": letter.number, "kind": letter.kind, "replaces": letter.replaces_id},
    )
    return letter


def await_delivery(letter: Letter) -> None:
    """Put the letter on the worklist of deliveries, where it goes to somebody."""
    if KINDS[letter.kind].is_delivered:
        waiting = UndeliveredLetter(id=letter.id, office_id=letter.office_id, since=letter.issued_on)
        db.session.add(waiting)
        db.session.flush()


def void(letter: Letter, reason: str, viewer: Viewer) -> None:
    """Declare a letter void; its number, file and hash stay, and what is issued next takes its place.

    The notices that correct it go with it: they correct nothing any more.
    Raises Invalid without a reason, Forbidden, or Conflict for one that is void already or a case in which
    the viewer has a conflict of interest.
    """
    require_any(KINDS[letter.kind].permissions, letter.answering_office, viewer)
    refuse_conflict(letter.case_id, viewer)
    if not reason.strip():
        raise Invalid(_("Write why the letter is declared void."))
    # Of two who ask at once the second one sees what the first one did.
    lock(letter)
    if letter.void:
        raise Conflict(_("Letter %(number)s is void already.", number=letter.number))
    for each in (letter, *corrections_of(letter)):
        put_out_of_force(each, reason.strip(), viewer)


def put_out_of_force(letter: Letter, reason: str, viewer: Viewer) -> None:
    letter.void = LetterVoid(id=letter.id, reason=reason, voided_by_id=viewer.account_id)
    db.session.flush()
    db.session.execute(delete(UndeliveredLetter).where(UndeliveredLetter.id == letter.id))
    record(
        "letter.voided",
        case_id=letter.case_id,
        subject=("letter", letter.id),
        after={"number": letter.number, "reason": reason},
    )


def reissue(letter: Letter, values: LetterValues, reason: str, viewer: Viewer) -> Letter:
    """Declare a letter void, unless it is, and issue another in its place, which names it.

    Raises as void and issue do, and Conflict where another stands in its place already.
    """
    refuse_conflict(letter.case_id, viewer)
    lock(letter)
    if letter.replaced_by:
        raise Conflict(_("Letter %(number)s stands in its place already.", number=letter.replaced_by.number))
    if letter.in_force:
        void(letter, reason, viewer)
    return issue(letter.case, values, viewer, letter)


def require_any(permissions: Sequence[Permission], office: Office, viewer: Viewer) -> None:
    """Raises Forbidden where the viewer holds none of them in the office."""
    if not any(viewer.can(permission, office.id) for permission in permissions):
        raise Forbidden(_("Your account does not have the permission for this."))


def numbered_letter(case: Case, office: Office, values: LetterValues, viewer: Viewer) -> Letter:
    """The row of a letter, with the next number of its register in that office."""
    register, year = KINDS[values.kind].register, values.issued_on.year
    sequence = next_in_register(office, year, register)
    number = f"{office.code}-{year}-{register}-{sequence:06d}"
    return Letter(
        case=case,
        office=office,
        kind=values.kind,
        register=register,
        year=year,
        sequence=sequence,
        number=number,
        code=(code := new_code()),
        content=replace(values.numbered(number), code=code, verify_at=address_of(code)).to_json(),
        issued_on=values.issued_on,
        issued_by_id=viewer.account_id,
    )


def next_in_register(office: Office, year: int, register: str) -> int:
    """The next number of an office's register in a year: consecutive, without gaps or doubles."""
    taken = db.session.execute(NEXT, {"office": office.id, "year": year, "register": register})
    return int(taken.scalar_one())


def render_letter(letter_id: int) -> None:
    """Fill in the letter's PDF, once; what is filled stays as it is. For the worker, outside of any other work.

    While the page is made no transaction is open, so that nobody waits for it. The file is on disk before the
    row names it, so that a crash leaves a pending letter and no half one.
    """
    letter = db.session.get_one(Letter, letter_id)
    if letter.is_ready:
        return
    values, office = letter.values, letter.office.code
    db.session.rollback()
    made = pressroom().make(LETTER, values, office)
    fill(letter_id, store().put(made.pdf), made)


def fill(letter_id: int, sha256: str, made: FinishedLetter) -> None:
    """Name the stored file in the letter's row; where another worker was first, that one's file stays."""
    letter = db.session.get_one(Letter, letter_id)
    lock(letter)
    if letter.is_ready:
        return
    letter.sha256, letter.size, letter.signer = sha256, len(made.pdf), made.signer
    letter.rendered_at = clock.now()
    db.session.flush()
    record(
        "letter.rendered",
        case_id=letter.case_id,
        subject=("letter", letter.id),
        after={
            "number": letter.number,
            "sha256": letter.sha256,
            "size": letter.size,
            "signer": letter.signer,
        },
    )


def try_again(letter: Letter, viewer: Viewer) -> None:
    """Give a letter to the workers anew after they gave it up. Raises Forbidden or Conflict."""
    viewer.require(Permission.CASE_DECIDE, letter.office_id)
    job = job_of(letter)
    if letter.is_ready or (job and job.state != "failed"):
        raise Conflict(_("The letter is ready or still being made; there is nothing to repeat."))
    jobs.enqueue(RENDER, letter.id, office_id=letter.office_id)
    record(
        "letter.retried",
        case_id=letter.case_id,
        subject=("letter", letter.id),
        after={"number": letter.number},
    )
