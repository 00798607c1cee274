"""The fees of a case: what the dated table asks, what was paid, or why nothing is owed.

Enforcement Rules of the Immigration Act Art. 72 (amounts) and Art. 74 (exemptions). A fee is not
paid back, whatever is decided.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from kis.audit.operations import record
from kis.cases.conflicts import refuse_conflict
from kis.cases.file_models import EXEMPTIONS, FEE_KINDS, METHODS, Fee
from kis.cases.models import Case
from kis.cases.operations import may_note
from kis.core import clock
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.language import show_day
from kis.core.refusals import Forbidden, Invalid
from kis.rules import Text, procedure

# Whoever holds one of these pays nothing (Art. 74); subcodes such as D-8-1 among them.
EXEMPT_STATUSES = ("A-1", "A-2", "A-3", "D-8")
TABLE = Path(__file__).parent / "data" / "fees.csv"


@dataclass(frozen=True)
class Tariff:
    """One amount of the table, in won, from a day on; the discount of an online application in percent."""

    kind: str
    from_on: date
    amount: int
    online_discount: int
    source: Text

    def owed(self, online: bool) -> int:
        return self.amount * (100 - self.online_discount * online) // 100


@dataclass(frozen=True)
class Due:
    """A fee that the case asks for, and the record of it, if it was paid or is exempt.

    `tariff` is None for a day before the table begins: then the officer enters the amount.
    """

    kind: str
    tariff: Tariff | None
    fee: Fee | None


@dataclass(frozen=True)
class Settlement:
    """How a fee was settled: paid on a day by a method, or exempt for a ground with its reason.

    `amount` in won is for a day before the table begins; else the table says it.
    """

    online: bool = False
    paid_on: date | None = None
    method: str | None = None
    receipt_number: str = ""
    exemption: str | None = None
    exemption_note: str = ""
    amount: int | None = None


@cache
def tariffs() -> tuple[Tariff, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Tariff(
                row["kind"],
                date.fromisoformat(row["from_on"]),
                int(row["amount"]),
                int(row["online_discount"]),
                Text(row["source_en"], row["source_ko"]),
            )
            for row in csv.DictReader(file)
        )


def tariff_on(kind: str, day: date) -> Tariff | None:
    """The amount in force on a day; None before the table begins."""
    reached = [tariff for tariff in tariffs() if tariff.kind == kind and tariff.from_on <= day]
    return max(reached, key=lambda tariff: tariff.from_on, default=None)


def pays_no_fee(status: str) -> bool:
    """Whether the holder of this status of residence is exempt by it alone."""
    return any(status == exempt or status.startswith(f"{exempt}-") for exempt in EXEMPT_STATUSES)


def application_kind(case: Case) -> str:
    """ "grant" where the category is applied for by grant of a status (Act Art. 23), else "change" (Art. 24)."""
    return "grant" if procedure(case.procedure).categories[case.category].by_grant else "change"


def fees_of(case: Case) -> list[Due]:
    """The fee of the application and that of the card, with what is on record; in one statement."""
    recorded = {fee.kind: fee for fee in db.session.scalars(select(Fee).where(Fee.case_id == case.id))}
    asked = dict.fromkeys((application_kind(case), *recorded, "card"))
    return [Due(kind, tariff_on(kind, case.received_on), recorded.get(kind)) for kind in asked]


def application_fee_is_open(case: Case) -> bool:
    """Whether the fee of the application was neither paid nor found exempt."""
    recorded = select(Fee.id).where(Fee.case_id == case.id, Fee.kind == application_kind(case))
    return db.session.scalar(recorded) is None


def settle(case: Case, kind: str, settled: Settlement, viewer: Viewer) -> Fee:
    """Record that a fee was paid or is exempt, or correct that record.

    Raises Invalid or Forbidden, and Conflict to whoever declared one of interest.
    """
    if not may_note(case, viewer):
        raise Forbidden(_("Your account does not have the permission for this."))
    refuse_conflict(case.id, viewer)
    if kind not in FEE_KINDS:
        raise Invalid(_("There is no such fee."))
    tariff = tariff_on(kind, case.received_on)
    check(settled, tariff)
    fee = db.session.scalar(select(Fee).where(Fee.case_id == case.id, Fee.kind == kind))
    before = columns_of(fee) if fee else None
    fee = fee or Fee(case_id=case.id, kind=kind)
    write(fee, settled, tariff, viewer)
    db.session.add(fee)
    db.session.flush()
    record("fee.settled", case_id=case.id, subject=("case_fee", fee.id), before=before, after=columns_of(fee))
    return fee


def check(settled: Settlement, tariff: Tariff | None) -> None:
    if (settled.paid_on is None) == (settled.exemption is None):
        raise Invalid(_("Say either how the fee was paid, or why nothing is owed."))
    if settled.paid_on:
        check_payment(settled, settled.paid_on, tariff)
    elif settled.exemption not in EXEMPTIONS or not settled.exemption_note:
        raise Invalid(_("Choose the ground of the exemption and write the reason."))


def check_payment(settled: Settlement, day: date, tariff: Tariff | None) -> None:
    if settled.method not in METHODS:
        raise Invalid(_("Choose how the fee was paid."))
    if day > clock.today():
        raise Invalid(_("A fee cannot have been paid in the future."))
    if tariff and day < tariff.from_on:
        raise Invalid(_("This amount is in force since %(day)s only.", day=show_day(tariff.from_on)))
    if tariff is None and not settled.amount:
        raise Invalid(_("Enter the amount that was paid."))


def write(fee: Fee, settled: Settlement, tariff: Tariff | None, viewer: Viewer) -> None:
    paid = settled.paid_on is not None
    amount = tariff.owed(settled.online) if tariff else settled.amount
    fee.online, fee.amount = settled.online, (amount or 0) if paid else 0
    fee.paid_on, fee.method = settled.paid_on, settled.method if paid else None
    fee.receipt_number = settled.receipt_number if paid else ""
    fee.exemption = settled.exemption
    fee.exemption_note = "" if paid else settled.exemption_note
    fee.recorded_by_id, fee.recorded_at = viewer.account_id, clock.now()


def columns_of(fee: Fee) -> dict[str, Any]:
    names: Sequence[str] = (
        "kind", "online", "amount", "paid_on", "method", "receipt_number", "exemption", "exemption_note",
    )  # fmt: skip
    return {name: getattr(fee, name) for name in names}
