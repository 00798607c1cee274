"""Medical residency training as E-5, which eases livelihood and opens TOPIK."""

from kis.rules.f5.stays import is_any, present_status
from kis.rules.facts import Facts, Row


def at_work(row: Row) -> bool:
    """Whether an employment covers A; ISO dates compare as text in the order of the calendar."""
    day, end = row.facts.received, row.data.get("to")
    return row.data["from"] <= day and (end is None or end >= day)


def in_resident_training(facts: Facts) -> bool:
    """Whether an E-5 is in medical residency training at A."""
    rows = facts.rows("employment") or ()
    trained = [row for row in rows if at_work(row) and row.data.get("medical_residency_training") is True]
    if not any(row.get("medical_residency_training") for row in trained):
        return False
    # The status is asked only of those in training, so that doubt about their stays touches no one else.
    status = facts.once(present_status)
    return status is not None and is_any(status, ("E-5",))
