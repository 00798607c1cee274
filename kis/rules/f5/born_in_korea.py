"""F-5-8: those born in Korea who held F-2 before 18 April 2002, by the way they stay now."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

from kis.rules.f5.stays import (
    IN_W,
    WORK_AND_RESIDENCE,
    Statuses,
    Stay,
    begun_stays,
    is_any,
    present_status,
    present_stay,
)
from kis.rules.facts import Facts
from kis.rules.findings import Verdict, met, missing, not_met
from kis.rules.messages import Message, add_sentences
from kis.rules.periods import Span, add_days, add_years, days_before, in_all
from kis.rules.texts import Text

# Presidential Decree 17579 took effect that day.
F2_BEFORE: Final = date(2002, 4, 18)
FOUR_YEAR_STATUSES: Final = Statuses((*WORK_AND_RESIDENCE, "F-1", "F-3"))


def _former(stays: Sequence[Stay]) -> list[Stay]:
    """The F-2 stays begun before the decree, in order."""
    held = [stay for stay in stays if is_any(stay.status, ("F-2",)) and stay.start < F2_BEFORE]
    return sorted(held, key=lambda stay: stay[:3])


def former_f2(facts: Facts) -> Verdict:
    """An F-2 stay begun before 18 April 2002."""
    stays = facts.once(begun_stays)
    if stays is None:
        return missing("stays")
    former = _former(stays)
    if not former:
        return not_met("former_f2.none", None, before=F2_BEFORE.isoformat())
    return met("former_f2.held", since=former[-1].used().start.isoformat(), before=F2_BEFORE.isoformat())


def _since_former(facts: Facts, which: int) -> list[Stay] | None:
    """One of the former F-2 stays and all that began after it, in order; [] without such a stay."""
    stays = facts.once(begun_stays)
    if stays is None:
        return None
    former = _former(stays)
    later = [stay.used() for stay in stays if former and stay.start >= former[which].start]
    return sorted(later, key=lambda stay: stay[:3])


def current_stay(facts: Facts) -> Verdict:
    """Now in W, and no complete departure since the former F-2 stay: of several the last shows it best."""
    stays = _since_former(facts, -1)
    if stays is None:
        return missing("stays")
    status = facts.once(present_status)
    left = [stay.row.path for stay in stays if stay.departed and stay.end < facts.as_of]
    if not stays:
        return not_met("former_f2.none", None, before=F2_BEFORE.isoformat())
    if status is None or not IN_W.hold(status):
        statuses = list(IN_W.codes)
        return not_met("residence.none", None, statuses=statuses, as_of=facts.as_of.isoformat())
    values: dict[str, Any] = {"status": status, "since": stays[0].start.isoformat()}
    if left:
        return not_met("current_stay.departed", None, **values, entries=left)
    return met("current_stay.kept", **values)


def returned(facts: Facts, years: int, statuses: Statuses) -> Verdict:
    """So many years in all in the set since the return after a complete departure.

    Whoever came back to another F-2 stay before the decree has returned as well: the first one counts.
    """
    stays = _since_former(facts, 0)
    if stays is None:
        return missing("stays")
    departures = [stay.end for stay in stays if stay.departed and stay.end < facts.as_of]
    if not departures:
        return _never_departed(facts, stays)
    left = max(departures)
    after = add_days(left, 1)
    counted = [Span(max(stay.start, after), stay.end) for stay in stays if statuses.hold(stay.status)]
    days = days_before(counted, facts.as_of)
    full = add_years(add_days(facts.as_of, -days), years)
    values = {
        "days": days,
        "years": years,
        "left": left.isoformat(),
        "full": full.isoformat(),
        "statuses": list(statuses.codes),
    }
    if in_all(days, years, facts.as_of):
        return met("returned.long_enough", **values)
    present = facts.once(present_stay)
    if present is not None and statuses.hold(present.status):
        remedy = Message("settle.residence_from", {"full": full.isoformat()})
    else:
        remedy = Message("settle.residence_status", {"statuses": values["statuses"]})
    return not_met("returned.too_short", remedy, **values)


def _never_departed(facts: Facts, stays: Sequence[Stay]) -> Verdict:
    # A gap after a stay whose end is not described may be the departure the route speaks of.
    unclear = [
        f"{stay.row.path}.complete_departure"
        for stay, following in pairwise(stays)
        if stay.row.data.get("complete_departure") is None and following.start > add_days(stay.end, 1)
    ]
    return missing(*unclear) if unclear else not_met("returned.never_left")


add_sentences(
    {
        "former_f2.held": Text(
            "F-2 since {since:date}, before {before:date}.",
            "{before:date} 전인 {since:date}부터 F-2 자격이었습니다.",
        ),
        "former_f2.none": Text(
            "No F-2 stay began before {before:date}.", "{before:date} 전에 시작된 F-2 체류가 없습니다."
        ),
        "current_stay.kept": Text(
            "Now in {status}, and no complete departure since {since:date}.",
            "현재 {status} 자격이며 {since:date} 이후 완전출국이 없습니다.",
        ),
        "current_stay.departed": Text(
            "A complete departure since {since:date}: {entries:words}.",
            "{since:date} 이후 완전출국이 있습니다: {entries:words}.",
        ),
        "returned.long_enough": Text(
            "{days:number} days in all in {statuses:words} since the return after {left:date}:"
            " {years} years were full on {full:date}.",
            "{left:date} 출국 후 재입국하여 {statuses:words} 자격 합산 {days:number}일로 {full:date}에 {years}년이 되었습니다.",
        ),
        "returned.too_short": Text(
            "{days:number} days in all in {statuses:words} since the return after {left:date}:"
            " {years} years are full on {full:date}.",
            "{left:date} 출국 후 재입국하여 {statuses:words} 자격 합산 {days:number}일로 {full:date}에야 {years}년이 됩니다.",
        ),
        "returned.never_left": Text(
            "No complete departure, so no return, is on record.", "완전출국과 재입국 사실이 없습니다."
        ),
    }
)
