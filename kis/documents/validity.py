"""Until when a document is good: the day printed on it, or so many months from its day of issue.

The pre-check asks whether it was good on the day of application; this asks whether it still will be
when the case is due, so that the officer decides in time or asks for a newer one.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kis.core import clock
from kis.documents.models import CaseDocument
from kis.documents.queries import Checklist, Entry
from kis.rules import Text
from kis.rules.periods import add_months

TABLE = Path(__file__).parent / "data" / "validity.csv"


@dataclass(frozen=True)
class Validity:
    """How many months after its issue a document is accepted, and who says so."""

    months: int
    source: Text


@dataclass(frozen=True)
class Expiring:
    """A line of the checklist whose document is good until before the case is due; `source` is None where printed on it."""

    entry: Entry
    good_until: date
    source: Text | None

    @property
    def has_expired(self) -> bool:
        return self.good_until < clock.today()


@cache
def validities() -> Mapping[str, Validity]:
    """Code of a document to its validity; documents that do not age are left out."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Validity(int(row["months"]), Text(row["source_en"], row["source_ko"]))
            for row in csv.DictReader(file)
        }


def good_until(document: CaseDocument) -> tuple[date, Text | None] | None:
    """The last day on which the document is good, and the source; None where nothing says so."""
    if document.expires_on:
        return document.expires_on, None
    validity = validities().get(document.code)
    if validity is None or document.issued_on is None:
        return None
    return add_months(document.issued_on, validity.months), validity.source


def expiring(checklist: Checklist, due_on: date) -> list[Expiring]:
    """The submitted documents that will have expired on the due day, soonest first."""
    dated = [(entry, good_until(entry.document)) for entry in checklist.entries if entry.document.submitted]
    found = [Expiring(entry, *until) for entry, until in dated if until and until[0] < due_on]
    return sorted(found, key=lambda each: (each.good_until, each.entry.document.id))
