"""The rows of a case's checklist and the files scanned for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import UtcDateTime

# The hash that a review of the paper alone is bound to.
PAPER = ""
REVIEW_IS_WHOLE = (
    "(reviewed_at IS NULL) = (reviewed_by_id IS NULL) AND (reviewed_at IS NULL) = (reviewed_sha256 IS NULL)"
    " AND (reviewed_at IS NULL) = (reviewed_scan IS NULL)"
)


class CaseDocument(db.Model):
    """One row of the checklist: a document of the catalogue, for one person where the row names one.

    `submitted` is the applicant's mark (None: not established). The review is the officer's, and is kept
    as it was made: it stands only while the file it saw is still the present one.
    """

    __tablename__ = "case_document"
    __table_args__ = (
        UniqueConstraint("case_id", "code", "person"),
        CheckConstraint(REVIEW_IS_WHOLE, name="review_is_whole"),
        CheckConstraint("reviewed_scan >= 0 AND reviewed_scan <= scan_number", name="reviewed_scan_exists"),
        CheckConstraint("(reviewed_scan = 0) = (reviewed_sha256 = '')", name="review_of_paper"),
        CheckConstraint("length(reviewed_sha256) IN (0, 64)", name="reviewed_sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    code: Mapped[str] = mapped_column(String(60))
    # "" where the row names nobody: a NULL would let the unique constraint pass a second such row.
    person: Mapped[str] = mapped_column(String(200), default="")
    submitted: Mapped[bool | None]
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    defect: Mapped[str | None] = mapped_column(Text)
    # On this day it came in after the applicant was asked for it, and nobody has reviewed it since.
    came_back_on: Mapped[date | None]
    # How many files were attached so far, which is the number of the present one; 0 while there is none.
    scan_number: Mapped[int] = mapped_column(default=0)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_sha256: Mapped[str | None] = mapped_column(String(64))
    reviewed_scan: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[Case] = relationship()
    reviewed_by: Mapped[Account | None] = relationship()
    scans: Mapped[list["Scan"]] = relationship(order_by="Scan.number", viewonly=True)
    scan: Mapped["Scan | None"] = relationship(
        viewonly=True,
        uselist=False,
        primaryjoin=lambda: and_(
            CaseDocument.id == foreign(Scan.case_document_id),
            CaseDocument.scan_number == foreign(Scan.number),
        ),
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def review_stands(self) -> bool:
        """Whether the tick was set on the file that is attached now (or on the paper, and none is)."""
        present = self.scan.sha256 if self.scan else PAPER
        return (self.reviewed_scan, self.reviewed_sha256) == (self.scan_number, present)

    @property
    def review_lapsed(self) -> bool:
        """Whether it was reviewed, but what was reviewed is no longer what is attached."""
        return self.reviewed_at is not None and not self.review_stands


class Scan(db.Model):
    """A file attached to a row of the checklist. Later files are added, none is replaced."""

    __tablename__ = "scan"
    __table_args__ = (
        UniqueConstraint("case_document_id", "number"),
        CheckConstraint("number >= 1 AND size >= 1 AND pages >= 1", name="counts"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_document_id: Mapped[int] = mapped_column(ForeignKey("case_document.id"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    pages: Mapped[int]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    uploaded_by: Mapped[Account] = relationship()
