"""Issued letters, the counters that number them, and what voids them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    DDL,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.audit.triggers import statements as append_only
from kis.cases.models import Case
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import JsonDocument, UtcDateTime, one_of
from kis.letters.codes import LENGTH, new_code
from kis.letters.delivery import CONSENT_FORMS, MEANS, REFERRED, STATES, STEPS
from kis.letters.kinds import KINDS
from kis.letters.paragraphs import paragraph
from kis.letters.triggers import APPEND_ONLY, FILLED_ONCE, FIXED, statements
from kis.letters.values import Bilingual, LetterValues
from kis.offices.models import Office

REGISTERS = tuple(sorted({kind.register for kind in KINDS.values()}))


class Letter(db.Model):
    """One letter under its number. It waits until a worker has filled in the PDF, once; then it never changes.

    `content` are the plain values it says (see `values`), `sha256` names the PDF in the store, `code` is
    what anybody may ask about, `replaces_id` the void letter in whose place it stands, and `signer` the
    SHA-256 of the certificate that signed the PDF (NULL where letters are not signed).
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("office_id", "year", "register", "sequence"),
        CheckConstraint(f"kind IN ({one_of(KINDS)})", name="kind"),
        CheckConstraint(f"register IN ({one_of(REGISTERS)})", name="register"),
        CheckConstraint("sequence > 0", name="sequence"),
        CheckConstraint(
            "(sha256 IS NULL) = (rendered_at IS NULL) AND (size IS NULL) = (rendered_at IS NULL)",
            name="filled",
        ),
        CheckConstraint("length(sha256) = 64 AND size > 0", name="pdf"),
        CheckConstraint("signer IS NULL OR rendered_at IS NOT NULL", name="signer"),
        CheckConstraint(f"length(code) = {LENGTH}", name="code"),
        CheckConstraint("replaces_id <> id", name="replaces"),
        Index("ix_letter_case", "case_id"),
        Index("ix_letter_day", "office_id", "issued_on"),
        Index(
            "ix_letter_pending",
            "id",
            sqlite_where=text("rendered_at IS NULL"),
            postgresql_where=text("rendered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    kind: Mapped[str] = mapped_column(String(20))
    register: Mapped[str] = mapped_column(String(1))
    year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    code: Mapped[str] = mapped_column(String(LENGTH), unique=True, default=new_code)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), unique=True)
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    signer: Mapped[str | None] = mapped_column(String(64))
    rendered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    office: Mapped[Office] = relationship()
    issued_by: Mapped[Account] = relationship()
    void: Mapped["LetterVoid | None"] = relationship(back_populates="letter", lazy="joined")
    replaces: Mapped["Letter | None"] = relationship(remote_side=[id], back_populates="replaced_by")
    replaced_by: Mapped["Letter | None"] = relationship(back_populates="replaces")

    @property
    def is_ready(self) -> bool:
        """Whether its PDF is there."""
        return self.rendered_at is not None

    @property
    def in_force(self) -> bool:
        """Whether it has not been declared void."""
        return self.void is None

    @property
    def answering_office(self) -> Office:
        """The office that answers for it now: that of its case; of a notice of transfer the one that sent it."""
        return self.office if KINDS[self.kind].is_of_sender else self.case.office

    @property
    def title(self) -> Bilingual:
        """What kind of letter it is, as printed on it."""
        return paragraph(KINDS[self.kind].title)

    @property
    def values(self) -> LetterValues:
        """What it says."""
        return LetterValues.from_json(self.content)


class LetterVoid(db.Model):
    """A letter declared void, once and for good: number, file and hash stay. `id` is that of the letter."""

    __tablename__ = "letter_void"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)

    id: Mapped[int] = mapped_column(ForeignKey("letter.id"), primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(Text)
    voided_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    voided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    letter: Mapped[Letter] = relationship(back_populates="void")
    voided_by: Mapped[Account] = relationship()


class LetterCounter(db.Model):
    """The last number given in a register of an office in a year."""

    __tablename__ = "letter_counter"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(1), primary_key=True)
    last: Mapped[int]


class LetterDelivery(db.Model):
    """One step on the way of a letter to its addressee (kis.letters.delivery); only ever added to.

    `recipient` is who received it and `identity` by which paper that was checked; `reference` is the number
    of the registered mail, the address of the e-mail, or where the public notice stands.
    """

    __tablename__ = "letter_delivery"
    __table_args__ = (
        CheckConstraint(f"step IN ({one_of(STEPS)})", name="step"),
        CheckConstraint(f"means IN ({one_of(MEANS)})", name="means"),
        CheckConstraint("step <> 'handed-over' OR length(recipient) > 0", name="handed_over"),
        CheckConstraint(f"step NOT IN ({one_of(REFERRED)}) OR length(reference) > 0", name="reference"),
        Index("ix_letter_delivery_letter", "letter_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    step: Mapped[str] = mapped_column(String(20))
    means: Mapped[str] = mapped_column(String(10))
    day: Mapped[date]
    recipient: Mapped[str | None] = mapped_column(String(200))
    identity: Mapped[str | None] = mapped_column(String(200))
    reference: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    noted_by: Mapped[Account] = relationship()


class UndeliveredLetter(db.Model):
    """A letter that has not reached its addressee: the worklist of deliveries. Gone once it has, or is void.

    `since` is the day of its last step; `id` is that of the letter.
    """

    __tablename__ = "undelivered_letter"
    __table_args__ = (
        CheckConstraint(f"state IN ({one_of(STATES[:3])})", name="state"),
        CheckConstraint("returns >= 0", name="returns"),
        Index("ix_undelivered_letter_office", "office_id", "state", "since", "id"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("letter.id"), primary_key=True, autoincrement=False)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    returns: Mapped[int] = mapped_column(default=0)
    since: Mapped[date]

    letter: Mapped[Letter] = relationship()


class EmailConsent(db.Model):
    """An applicant's consent to letters by e-mail, or its withdrawal; the last one holds.

    Administrative Procedures Act, article 14(3). `form` says how it was given.
    """

    __tablename__ = "email_consent"
    __table_args__ = (
        CheckConstraint("given = (length(email) > 0)", name="email"),
        CheckConstraint(f"form IN ({one_of(CONSENT_FORMS)})", name="form"),
        Index("ix_email_consent_applicant", "applicant_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id"))
    given: Mapped[bool]
    email: Mapped[str] = mapped_column(String(200), default="")
    form: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Printout(db.Model):
    """Letters put together or a register, asked for and made by a worker (kis.letters.printing).

    `selected` is what it holds, as data; `names` whether those who asked may read names without saying why.
    """

    __tablename__ = "printout"
    __table_args__ = (
        CheckConstraint("kind IN ('letters', 'register')", name="kind"),
        CheckConstraint("sha256 IS NULL OR finished_at IS NOT NULL", name="finished"),
        CheckConstraint("(sha256 IS NULL) = (size IS NULL)", name="file"),
        Index("ix_printout_office", "office_id", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    selected: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    language: Mapped[str] = mapped_column(String(2))
    names: Mapped[bool]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    office: Mapped[Office] = relationship()
    asked_by: Mapped[Account] = relationship()
    letters: Mapped[list["PrintoutLetter"]] = relationship(order_by="PrintoutLetter.position")


class PrintoutLetter(db.Model):
    """A letter in a printout: once it is in one that did not fail, it counts as printed."""

    __tablename__ = "printout_letter"
    __table_args__ = (Index("ix_printout_letter_letter", "letter_id"),)

    printout_id: Mapped[int] = mapped_column(ForeignKey("printout.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))

    letter: Mapped[Letter] = relationship()


class VerificationMiss(db.Model):
    """Somebody asked about a code that no letter has; counted to slow down guessing, kept for a day."""

    __tablename__ = "verification_miss"
    __table_args__ = (Index("ix_verification_miss_recent", "address", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    address: Mapped[str] = mapped_column(String(45))


def protect(table: Table, dialect: str, made: Iterable[str]) -> None:
    """Create the triggers with the table, on that database."""
    for statement in made:
        event.listen(table, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))


for dialect in ("sqlite", "postgresql"):
    protect(Letter.__table__, dialect, statements(dialect))
    for name in APPEND_ONLY:
        protect(db.metadata.tables[name], dialect, append_only(name, dialect))
if {column.name for column in Letter.__table__.columns} != {*FIXED, *FILLED_ONCE}:
    raise RuntimeError("kis.letters.triggers does not name the columns of kis.letters.models")
