"""Making printouts, part by part, so that their progress is seen. Workers only.

Stored letters are put together as they are; only the sheets between them, and registers, come from the press.
No transaction is open while a part is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from flask_babel import force_locale
from flask_babel import gettext as _

from kis.core import clock
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.jobs import Progress, Steps
from kis.core.language import in_language, show_day
from kis.core.store import store
from kis.letters.models import Letter, Printout
from kis.letters.pressroom import PageMaker, pressroom
from kis.letters.printing import closed_letters
from kis.letters.registers import Register, cells, entries, heads, last_number

SHEET: PageMaker = ("kis.letters.binding", "made_sheet")
LETTERS_PER_PART = 25
LINES_PER_PART = 150


class ClosedMeanwhile(RuntimeError):
    """A case was closed to most while its letters were put together; the printout is made anew without them."""


@dataclass(frozen=True)
class Part:
    """Sheets to be made from a template, and the stored files of which one comes behind each, or none."""

    template: str
    given: dict[str, Any]
    files: tuple[str | None, ...] = ()


def make(printout_id: int) -> Steps:
    """Make a printout; run again after a crash it begins anew.

    Raises DamagedFile for a letter that was changed, and ClosedMeanwhile.
    """
    printout = db.session.get_one(Printout, printout_id)
    if printout.finished_at:
        return
    bound, total, closed = pikepdf.new(), count_parts(printout), closed_letters(printout)
    for number in range(total):
        printout = db.session.get_one(Printout, printout_id)
        with force_locale(printout.language):
            part = part_of(printout, number)
        # The ledger's transaction is let go, so that nobody waits for the database meanwhile.
        db.session.rollback()
        bind(bound, part)
        yield Progress(number + 1, total)
    db.session.rollback()
    whole = BytesIO()
    bound.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    finish(printout_id, whole.getvalue(), closed)


def finish(printout_id: int, content: bytes, closed: set[int]) -> None:
    """Name the stored file in the printout's row. Raises ClosedMeanwhile where more letters are `closed` by now."""
    sha256 = store().put(content)
    printout = db.session.get_one(Printout, printout_id)
    lock(printout)
    if closed_letters(printout) - closed:
        raise ClosedMeanwhile
    printout.sha256, printout.size, printout.finished_at = sha256, len(content), clock.now()
    db.session.flush()


def count_parts(printout: Printout) -> int:
    if printout.kind == "letters":
        return -(-len(printout.letters) // LETTERS_PER_PART)
    return -(-max(last_number(register_of(printout)), 1) // LINES_PER_PART)


def part_of(printout: Printout, number: int) -> Part:
    return letters_part(printout, number) if printout.kind == "letters" else register_part(printout, number)


def letters_part(printout: Printout, number: int) -> Part:
    """Some letters, each with the sheet before it."""
    first = number * LETTERS_PER_PART
    letters = [row.letter for row in printout.letters[first : first + LETTERS_PER_PART]]
    sheets = [sheet_of(letter, first + place) for place, letter in enumerate(letters, start=1)]
    words = {
        "of": len(printout.letters),
        "office": printout.office.full_name(printout.language),
        "note": _(
            "Print copy: put together from the stored letters. The signed originals are the single files."
        ),
        "language": printout.language,
    }
    files = tuple(None if against(letter) else letter.sha256 for letter in letters)
    return Part("separators.html", {"sheets": sheets, **words}, files)


def sheet_of(letter: Letter, position: int) -> dict[str, Any]:
    """What stands on the sheet before a letter."""
    addressee, is_closed = letter.values.addressee, letter.case.restricted
    return {
        "position": position,
        "number": letter.number,
        "title": in_language(letter.title),
        "addressee": "" if is_closed else addressee.name,
        "address": "" if is_closed else addressee.address,
        "day": show_day(letter.issued_on),
        "void": against(letter),
    }


def against(letter: Letter) -> str:
    """Why the letter is not printed; what has come about since the printout was asked for."""
    if letter.case.restricted:
        return _("Restricted case: not printed here.")
    return "" if letter.in_force else _("Void: not printed.")


def register_of(printout: Printout) -> Register:
    return Register(printout.selected["register"], printout.office, printout.selected["year"])


def register_part(printout: Printout, number: int) -> Part:
    """Some lines of a register."""
    register, after = register_of(printout), number * LINES_PER_PART
    lines = entries(register, None, after, LINES_PER_PART)
    columns = heads(register, printout.names)
    given = {
        "title": register.title,
        "office": register.office.full_name(printout.language),
        "year": register.year,
        "heads": columns,
        "wide": columns.index(_("Reasons")) if _("Reasons") in columns else None,
        "lines": [cells(register, line, printout.names) for line in lines],
        "made_on": show_day(clock.today()),
        "part": number + 1,
        "none": _("No letter was entered."),
        "language": printout.language,
    }
    return Part("register.html", given)


def bind(bound: pikepdf.Pdf, part: Part) -> None:
    """Add a part to what is bound: its sheets, each followed by its file."""
    with pikepdf.open(BytesIO(pressroom().make(SHEET, part.template, part.given))) as sheets:
        if not part.files:
            bound.pages.extend(sheets.pages)
            return
        # Strict: a sheet of two pages would put letters behind the sheets of others.
        for sheet, sha256 in zip(sheets.pages, part.files, strict=True):
            bound.pages.append(sheet)
            if sha256:
                bound.pages.extend(copied(store().get(sha256)))


def copied(pdf: bytes) -> Iterator[pikepdf.Page]:
    """The pages of a letter without the field of its signature, which holds for the single file alone."""
    with pikepdf.open(BytesIO(pdf)) as letter:
        for page in letter.pages:
            if "/Annots" in page:
                del page["/Annots"]
            yield page


def made_sheet(template: str, given: dict[str, Any]) -> bytes:
    """In the press: pages from a template in templates/letters/print."""
    from kis.letters.rendering import press

    return press().sheet(template, given)
