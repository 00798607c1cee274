"""What the file of a case holds beside its facts: parties who act for the applicant, and the fee."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kis.core import clock
from kis.core.extensions import db
from kis.core.types import UtcDateTime, one_of

# Immigration Act Art. 79-2 (agents), Art. 79 with Decree Art. 89 (who files for somebody under 17).
PARTY_KINDS = {"agent": _l("Agent"), "guardian": _l("Guardian of a minor")}
FEE_KINDS = {
    "change": _l("Change to permanent residence"),
    "grant": _l("Grant of a status"),
    "card": _l("Permanent resident card"),
}
METHODS = {
    "revenue-stamp": _l("Revenue stamp"),
    "card": _l("Payment card"),
    "cash": _l("Cash"),
    "online": _l("Online payment"),
}
# Enforcement Rules Art. 74 leaves the list open; the officer's own words stand beside the ground.
EXEMPTIONS = {
    "status": _l("Status that pays no fee (A-1 to A-3, D-8)"),
    "merit": _l("Contribution to the country"),
    "hardship": _l("Humanitarian grounds"),
    "other": _l("Another ground of Article 74 of the Rules"),
}


class Party(db.Model):
    """Somebody who acts for the applicant, from a day on and perhaps until one; letters go to them."""

    __tablename__ = "case_party"
    __table_args__ = (
        CheckConstraint(f"kind IN ({one_of(PARTY_KINDS)})", name="kind"),
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days"),
        CheckConstraint("kind <> 'agent' OR authorised_on IS NOT NULL", name="power_of_attorney"),
        Index("ix_case_party_case", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    # Of a guardian: how they are related; of an agent: their firm and profession.
    relation: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(200), default="")
    licence: Mapped[str] = mapped_column(String(80), default="")
    authorised_on: Mapped[date | None]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def acts_on(self, day: date) -> bool:
        """Whether they act for the applicant on that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Fee(db.Model):
    """A fee of a case that was paid, or from which it is exempt; `amount` in won, as the table had it."""

    __tablename__ = "case_fee"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        CheckConstraint(f"kind IN ({one_of(FEE_KINDS)})", name="kind"),
        CheckConstraint(f"method IN ({one_of(METHODS)})", name="method"),
        CheckConstraint(f"exemption IN ({one_of(EXEMPTIONS)})", name="exemption"),
        CheckConstraint("(paid_on IS NULL) = (method IS NULL)", name="paid"),
        CheckConstraint("(paid_on IS NULL) <> (exemption IS NULL)", name="paid_or_exempt"),
        CheckConstraint("exemption IS NULL OR length(exemption_note) > 0", name="exemption_note"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[str] = mapped_column(String(10))
    online: Mapped[bool] = mapped_column(default=False)
    amount: Mapped[int]
    paid_on: Mapped[date | None]
    method: Mapped[str | None] = mapped_column(String(20))
    receipt_number: Mapped[str] = mapped_column(String(80), default="")
    exemption: Mapped[str | None] = mapped_column(String(20))
    exemption_note: Mapped[str] = mapped_column(Text, default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
