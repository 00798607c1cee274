"""How a letter reaches its addressee, and from when its remedies run. Pure.

Administrative Procedures Act, articles 14 and 15: handed over or sent by post, electronically only with
consent, by public notice only where the others fail; a disposition takes effect when it arrives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kis.offices.calendars import NONE, Overrides, working_days_from

MEANS = ("hand", "post", "email", "notice")
STATES = ("waiting", "on_the_way", "returned", "arrived", "announced")
# Returned this often, an application whose supplement was asked for may be taken as withdrawn
# (Civil Petitions Decree, article 25).
OFTEN = 2
# Administrative Procedures Act, article 15(3): fourteen days must have passed since the notice.
NOTICE_DAYS = 14
# Administrative Appeals Act, article 27, and Administrative Litigation Act, article 20.
FROM_KNOWLEDGE = 90
APPEAL_AT_LAST, LITIGATION_AT_LAST = 180, 365


@dataclass(frozen=True)
class Step:
    """One kind of entry in a delivery: from which states it is possible, and where it leads."""

    means: str | None
    sources: tuple[str, ...]
    target: str


UNDELIVERED = ("waiting", "returned")
STEPS = {
    "handed-over": Step("hand", (*UNDELIVERED, "on_the_way", "announced"), "arrived"),
    "posted": Step("post", UNDELIVERED, "on_the_way"),
    "emailed": Step("email", UNDELIVERED, "on_the_way"),
    # Nobody is served by notice before another way was tried.
    "announced": Step("notice", ("returned",), "announced"),
    "arrived": Step(None, ("on_the_way",), "arrived"),
    "returned": Step(None, ("on_the_way",), "returned"),
}
# Steps with which a letter is out of the house.
LEAVING = tuple(name for name, step in STEPS.items() if step.means)
# Steps that need a number, an address or a place.
REFERRED = ("posted", "emailed", "announced")
CONSENT_FORMS = ("application", "written", "electronic")
ENDING = ("arrived", "announced")


# Days before a departure deadline from which a letter that has not arrived is warned of.
NEAR = 5


@dataclass(frozen=True)
class Remedies:
    """The last days for the remedies; `from_knowledge` where the applicant's own knowledge of it decides."""

    appeal: date
    litigation: date
    from_knowledge: bool = False


def departure_warning(deadline: date | None, today: date) -> str:
    """Of a letter that has not arrived: whether its departure deadline is "near" or "passed"; else ""."""
    if deadline is None or today < deadline - timedelta(days=NEAR):
        return ""
    return "passed" if today > deadline else "near"


def state_after(steps: Sequence[str]) -> str:
    """Where a letter is after these steps, in their order."""
    return STEPS[steps[-1]].target if steps else "waiting"


def possible_steps(steps: Sequence[str]) -> list[str]:
    """The steps that may come next."""
    state = state_after(steps)
    return [name for name, step in STEPS.items() if state in step.sources]


def effective_on(step: str, day: date) -> date | None:
    """From which day the letter has effect, by a step that ended its way; None for the other steps."""
    if step == "announced":
        # The day of the notice does not count; the fifteenth day is the first after the fourteen.
        return day + timedelta(days=NOTICE_DAYS + 1)
    return day if STEPS[step].target == "arrived" else None


def remedies(steps: Sequence[tuple[str, date]], overrides: Overrides = NONE) -> Remedies | None:
    """Until when the applicant may appeal or sue, by the steps of the letter's way with their days.

    Ninety days run from the day on which it was received, and longer ones from the first day on which it had
    effect; what ends first counts. Of a public notice the addressee may learn later or never.
    A last day that is a Saturday or holiday moves to the next working day (Civil Code, article 161).
    """
    effects = [day for day in (effective_on(*step) for step in steps) if day]
    if not effects:
        return None
    known = min((day for step, day in steps if STEPS[step].target == "arrived"), default=None)
    ends = [last_day(min(effects), days, overrides) for days in (APPEAL_AT_LAST, LITIGATION_AT_LAST)]
    if known:
        ends = [min(end, last_day(known, FROM_KNOWLEDGE, overrides)) for end in ends]
    appeal, litigation = ends
    return Remedies(appeal, litigation, from_knowledge=known is None)


def last_day(begin: date, days: int, overrides: Overrides) -> date:
    """The last day of a period whose first day does not count (Civil Code, article 157)."""
    return next(working_days_from(begin + timedelta(days=days), overrides))
