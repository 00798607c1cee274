"""Medical residency training as E-5, which eases livelihood and opens TOPIK."""

from datetime import date

from kis.rules.f5.stays import is_any, present_status
from kis.rules.facts import Facts, Row


def at_work(row: Row, as_of: date) -> bool:
    """Whether an employment covers A."""
    end = row.data.get("to")
    return row.data["from"] <= as_of.isoformat() and (end is None or end >= as_of.isoformat())


def in_resident_training(facts: Facts) -> bool:
    """Whether an E-5 is in medical residency training at A."""
    status = facts.once(present_status)
    if status is None or not is_any(status, ("E-5",)):
        return False
    rows = facts.rows("employment") or ()
    return any(at_work(row, facts.as_of) and row.get("medical_residency_training") is True for row in rows)
