"""Issuing letters and filling in their PDF; each with its audit record, none commits."""

from flask_babel import gettext as _
from sqlalchemy import text

from kis.audit.operations import record
from kis.cases.models import Case
from kis.core import clock, jobs
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.core.store import store
from kis.letters.checks import check
from kis.letters.kinds import KINDS
from kis.letters.models import Letter
from kis.letters.queries import RENDER, job_of
from kis.letters.values import LetterValues
from kis.offices.models import Office

# One statement, so that two who come first in a year wait for each other; the row stays locked until
# the transaction ends, so that a number given up with it leaves no gap.
NEXT = text(
    "INSERT INTO letter_counter (office_id, year, register, last) VALUES (:office, :year, :register, 1)"
    " ON CONFLICT (office_id, year, register) DO UPDATE SET last = letter_counter.last + 1 RETURNING last"
)


def issue(case: Case, values: LetterValues, viewer: Viewer) -> Letter:
    """A numbered letter of the case, to be filled in by a worker once the transaction is committed.

    Raises Forbidden, or Invalid with the reason why the letter cannot be printed.
    """
    viewer.require(Permission.CASE_DECIDE, case.office_id)
    check(values)
    letter = numbered_letter(case, values, viewer)
    db.session.add(letter)
    db.session.flush()
    jobs.enqueue(RENDER, letter.id)
    record(
        "letter.issued",
        case_id=case.id,
        subject=("letter", letter.id),
        after={"number": letter.number, "kind": letter.kind},
    )
    return letter


def numbered_letter(case: Case, values: LetterValues, viewer: Viewer) -> Letter:
    """The row of a letter, with the next number of its register."""
    register, year = KINDS[values.kind].register, values.issued_on.year
    sequence = next_in_register(case.office, year, register)
    number = f"{case.office.code}-{year}-{register}-{sequence:06d}"
    return Letter(
        case=case,
        office=case.office,
        kind=values.kind,
        register=register,
        year=year,
        sequence=sequence,
        number=number,
        content=values.numbered(number).to_json(),
        issued_on=values.issued_on,
        issued_by_id=viewer.account_id,
    )


def next_in_register(office: Office, year: int, register: str) -> int:
    """The next number of an office's register in a year: consecutive, without gaps or doubles."""
    taken = db.session.execute(NEXT, {"office": office.id, "year": year, "register": register})
    return int(taken.scalar_one())


def render_letter(letter_id: int) -> None:
    """Fill in the letter's PDF, once; what is filled stays as it is. For the worker.

    The file is on disk before the row names it, so that a crash leaves a pending letter and no half one.
    """
    # Here, because WeasyPrint comes in with it, and the web process has no use for its memory.
    from kis.letters.rendering import render

    letter = db.session.get_one(Letter, letter_id, with_for_update=True)
    if letter.is_ready:
        return
    pdf = render(letter.values)
    letter.sha256, letter.size, letter.rendered_at = store().put(pdf), len(pdf), clock.now()
    db.session.flush()
    record(
        "letter.rendered",
        case_id=letter.case_id,
        subject=("letter", letter.id),
        after={"number": letter.number, "sha256": letter.sha256, "size": letter.size},
    )


def try_again(letter: Letter, viewer: Viewer) -> None:
    """Give a letter to the workers anew after they gave it up. Raises Forbidden or Conflict."""
    viewer.require(Permission.CASE_DECIDE, letter.office_id)
    job = job_of(letter)
    if letter.is_ready or (job and job.state != "failed"):
        raise Conflict(_("The letter is ready or still being made; there is nothing to repeat."))
    jobs.enqueue(RENDER, letter.id)
    record(
        "letter.retried",
        case_id=letter.case_id,
        subject=("letter", letter.id),
        after={"number": letter.number},
    )
