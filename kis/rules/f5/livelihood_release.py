"""Who is released from livelihood: categories, and graduates of an exchange programme."""

from kis.rules.facts import Facts
from kis.rules.findings import Verdict, exempt


def is_exchange_graduate(facts: Facts) -> bool:
    """Whether a degree was earned under D-2-7 or GKS by A."""
    rows = facts.rows("education") or ()
    return any(row.get("programme") is not None and not row.is_later("awarded_on") for row in rows)


def exemption(_facts: Facts) -> Verdict:
    """The category is released from livelihood."""
    return exempt("livelihood.exempt_category")


def graduate_exemption(facts: Facts) -> Verdict | None:
    """Graduates of an exchange programme are released where the category requires a degree."""
    return exempt("livelihood.exempt_graduate") if facts.once(is_exchange_graduate) else None
