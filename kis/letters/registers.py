"""The registers of letters by office and year: every number in order, void ones included.

The register of permits is Annex Form 48, that of disapproval notices Annex Form 50 of the Enforcement Rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from kis.cases.models import Case
from kis.cases.scope import open_to
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.language import current_language, in_language, show_day
from kis.core.refusals import NotFound
from kis.letters.kinds import KINDS
from kis.letters.models import Letter, LetterDelivery
from kis.letters.paragraphs import paragraph
from kis.letters.queries import PAGE, last_steps
from kis.letters.words import STEP_LABELS
from kis.offices.models import Office

TITLES = {
    "D": _l("Register of disapproval notices (Form 50)"),
    "P": _l("Register of permits (Form 48)"),
}
FIRST_YEAR = 2000


@dataclass(frozen=True)
class Register:
    """One register: its letter in the numbers, its office, its year."""

    code: str
    office: Office
    year: int

    @property
    def title(self) -> str:
        """What the register is called."""
        return title_of(self.code)


@dataclass(frozen=True)
class Entry:
    """One line of a register, as pages and files show it; texts in the reader's language.

    `is_closed`: the letter is of a restricted case that the reader is not named on. It keeps its place with
    number, day and kind, so that no number is missing, and tells nothing else.
    """

    letter: Letter
    step: LetterDelivery | None
    is_closed: bool = False

    @property
    def kind(self) -> str:
        """What kind of letter it is."""
        return in_language(self.letter.title)

    @property
    def delivery(self) -> str:
        """The last step of its way, with the day."""
        return f"{STEP_LABELS[self.step.step]} {show_day(self.step.day)}" if self.step else ""

    @property
    def reasons(self) -> str:
        """The reasons of a disapproval, in one line."""
        return " / ".join(in_language(reason.text) for reason in self.letter.values.reasons)

    @property
    def remark(self) -> str:
        """That it is void and what stands in its place, or in whose place it stands."""
        parts = []
        if self.letter.void:
            parts.append(_("Void: %(reason)s", reason=self.letter.void.reason))
        if self.letter.replaced_by:
            parts.append(_("Replaced by %(number)s", number=self.letter.replaced_by.number))
        if self.letter.replaces:
            parts.append(_("In place of %(number)s", number=self.letter.replaces.number))
        return "; ".join(parts)


def title_of(code: str) -> str:
    """The name of a register: that of its form, or of the letters in it."""
    if code in TITLES:
        return str(TITLES[code])
    kind = next(kind for kind in KINDS.values() if kind.register == code)
    return _("Register: %(letters)s", letters=in_language(paragraph(kind.title)))


def codes() -> list[str]:
    """The registers, those that have a form of their own first."""
    return [*TITLES, *sorted({kind.register for kind in KINDS.values()} - TITLES.keys())]


def years() -> list[int]:
    """The years that may be asked for, the present one first."""
    return list(range(clock.today().year, clock.today().year - 10, -1))


def require_register(
    code: str, office: Office | None, year: int, viewer: Viewer, permission: Permission
) -> Register:
    """The register, where the viewer holds the permission in its office. Raises NotFound."""
    if code not in codes() or office is None or not FIRST_YEAR <= year <= clock.today().year:
        raise NotFound
    if not viewer.can(permission, office.id):
        raise NotFound
    return Register(code, office, year)


def entries(register: Register, viewer: Viewer | None, after: int = 0, limit: int = PAGE) -> Sequence[Entry]:
    """Lines of a register that the viewer has opened, by their numbers, behind the sequence number `after`.

    Without a viewer, for a file that many may open, every restricted case is closed.
    """
    is_open = open_to(viewer) if viewer else Case.restricted.is_(False)
    query = select(Letter, is_open.label("is_open")).join(Letter.case)
    query = query.where(
        Letter.office_id == register.office.id,
        Letter.year == register.year,
        Letter.register == register.code,
        Letter.sequence > after,
    )
    query = query.options(
        contains_eager(Letter.case), joinedload(Letter.replaces), joinedload(Letter.replaced_by)
    )
    rows = db.session.execute(query.order_by(Letter.sequence).limit(limit)).all()
    steps = last_steps([row.Letter for row in rows])
    return [Entry(row.Letter, steps.get(row.Letter.id), not row.is_open) for row in rows]


def last_number(register: Register) -> int:
    """How many numbers the register has given: its last one."""
    query = select(func.max(Letter.sequence)).where(
        Letter.office_id == register.office.id,
        Letter.year == register.year,
        Letter.register == register.code,
    )
    return db.session.scalar(query) or 0


def heads(register: Register, names: bool) -> list[str]:
    """The heads of the columns in files."""
    person = [_("Full name"), _("Date of birth")] if names else []
    reasons = [_("Reasons")] if register.code == "D" else []
    return [
        _("Number"), _("Issued on"), *person, _("Nationality"), _("Present status"), _("Status applied for"),
        *reasons, _("Receipt number"), _("Delivery"), "SHA-256", _("Remark"),
    ]  # fmt: skip


def cells(register: Register, entry: Entry, names: bool) -> list[str]:
    """One line in files, under the heads."""
    letter, values = entry.letter, entry.letter.values
    person = [values.addressee.name, shown(values.addressee.birth_date)] if names else []
    reasons = [entry.reasons] if register.code == "D" else []
    if entry.is_closed:
        told = [letter.number, shown(letter.issued_on)]
        empty = [""] * (len(heads(register, names)) - len(told) - 1)
        return [*told, *empty, _("%(kind)s of a restricted case", kind=entry.kind)]
    return [
        letter.number, shown(letter.issued_on), *person, values.addressee.nationality.in_language(current_language()),
        values.current_status, values.applied_for.in_language(current_language()), *reasons, letter.case.number,
        entry.delivery, letter.sha256 or _("Letter pending"), entry.remark,
    ]  # fmt: skip


def shown(day: date) -> str:
    """Days in files are ISO days, which sort and can be read by programs."""
    return day.isoformat()
