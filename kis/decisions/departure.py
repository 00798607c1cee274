"""Until when the present stay lasts, and by when to leave after a refusal. Pure."""

from datetime import date, timedelta
from typing import Any

from kis.letters.parties import stay_on
from kis.letters.values import DEPARTURE_DAYS


def departure_deadline(issued_on: date, stay_expires_on: date | None) -> date | None:
    """The day by which to leave; None where the present stay goes on (Enforcement Decree Art. 33)."""
    if stay_expires_on and stay_expires_on >= issued_on:
        return None
    return issued_on + timedelta(days=DEPARTURE_DAYS)


def may_stay_on(facts: dict[str, Any], day: date) -> bool:
    """Whether a stay goes on, or that is not established."""
    return "stays" not in facts or stay_on(facts, day) is not None


def known_end_of_stay(facts: dict[str, Any], day: date) -> date | None:
    """The last day of the stay that covers a day, where the facts tell it."""
    stay = stay_on(facts, day)
    return date.fromisoformat(stay["to"]) if stay and stay.get("to") else None
