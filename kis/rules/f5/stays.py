"""Registered stays: the present status, and how long a stay has lasted without a break."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

from kis.rules.facts import Facts, Row
from kis.rules.findings import Verdict, met, missing, not_met
from kis.rules.messages import Message, add_sentences
from kis.rules.periods import add_days, add_years, subtract_years
from kis.rules.texts import Text

# Set W: Enforcement Decree Annex 1-2 items 10 to 20, and item 24.
WORK_AND_RESIDENCE: Final = (
    "D-7",
    "D-8",
    "D-9",
    "D-10",
    "E-1",
    "E-2",
    "E-3",
    "E-4",
    "E-5",
    "E-6",
    "E-7",
    "F-2",
)


class Stay(NamedTuple):
    """One registered stay; `end` is the calendar's last day while it goes on."""

    start: date
    end: date
    status: str
    departed: bool
    row: Row

    def used(self) -> "Stay":
        """The stay, recorded as read."""
        for name in ("status", "from", "to", "complete_departure"):
            if name in self.row.data:
                self.row.get(name)
        return self


class Statuses(NamedTuple):
    """A set of statuses, each code with its sub-codes but the excluded ones; without codes any status."""

    codes: tuple[str, ...]
    excluded: tuple[str, ...] = ()

    def hold(self, status: str) -> bool:
        """Whether the status belongs to the set."""
        if not self.codes:
            return True
        return is_any(status, self.codes) and not (self.excluded and is_any(status, self.excluded))

    @property
    def label(self) -> Text:
        """The set for people."""
        named = ", ".join(self.codes)
        if not self.excluded:
            return Text(named, named)
        left_out = ", ".join(self.excluded)
        return Text(f"{named} (not {left_out})", f"{named}({left_out} 제외)")


ANY_STATUS: Final = Statuses(())
IN_W: Final = Statuses(WORK_AND_RESIDENCE)


@lru_cache(maxsize=4096)
def is_any(status: str, codes: tuple[str, ...]) -> bool:
    """Whether a status is one of the codes or a sub-code of one, after a hyphen."""
    return any(status == code or status.startswith(f"{code}-") for code in codes)


def begun_stays(facts: Facts) -> list[Stay] | None:
    """The stays that began on or before the application; None where none are established."""
    rows = facts.rows("stays")
    if rows is None:
        return None
    return [stay for row in rows if (stay := _stay(row))]


def _stay(row: Row) -> Stay | None:
    data = row.data
    if row.is_later("from"):
        return None
    end = data.get("to")
    last = date.max if end is None else date.fromisoformat(end)
    return Stay(
        date.fromisoformat(data["from"]), last, data["status"], data.get("complete_departure") is True, row
    )


def present_stay(facts: Facts) -> Stay | None:
    """The stay that covers the application; of two on a day of change the later one."""
    stays = facts.once(begun_stays) or ()
    covering = [stay for stay in stays if stay.end >= facts.as_of]
    return max(covering, key=lambda stay: stay[:3]).used() if covering else None


def present_status(facts: Facts) -> str | None:
    """The present status; the one stated for the applicant stands in where no stay covers A."""
    stay = facts.once(present_stay)
    status: str | None = stay.status if stay else facts.applicant.get("current_status")
    return status


def continuous_since(facts: Facts, statuses: Statuses) -> date | None:
    """The first day of the unbroken stay in the set that covers A; None where there is none."""
    present = facts.once(present_stay)
    if present is None or not statuses.hold(present.status):
        return None
    first = present.start
    for stay in _latest_first(facts):
        if stay.end < add_days(first, -1):
            break
        if stay.start < first and statuses.hold(stay.status) and not stay.departed:
            first = stay.used().start
    return first


def _latest_first(facts: Facts) -> list[Stay]:
    stays = facts.once(begun_stays) or []
    return sorted(stays, key=lambda stay: (stay.end, stay.start, stay.status), reverse=True)


def residence(facts: Facts, years: int, statuses: Statuses) -> Verdict:
    """Continuous stay of so many years in the set as of A."""
    stays = facts.once(begun_stays)
    if stays is None:
        return _without_stays(facts, statuses)
    since = facts.once(continuous_since, statuses)
    named = list(statuses.codes)
    if since is None:
        for stay in stays:
            stay.used()
        return not_met(
            "residence.none",
            Message("settle.residence_status", {"statuses": named}),
            statuses=named,
            years=years,
            as_of=facts.as_of.isoformat(),
        )
    full = add_years(since, years)
    values = {"since": since.isoformat(), "years": years, "full": full.isoformat(), "statuses": named}
    sheet = partial(_timeline, stays, since, subtract_years(facts.as_of, years), facts.as_of)
    if full <= facts.as_of:
        return met("residence.long_enough", **values).showing(sheet)
    remedy = Message("settle.residence_from", {"full": full.isoformat()})
    return not_met("residence.too_short", remedy, **values).showing(sheet)


def _without_stays(facts: Facts, statuses: Statuses) -> Verdict:
    status = facts.once(present_status)
    if status is not None and not statuses.hold(status):
        return not_met("residence.status", None, status=status, statuses=list(statuses.codes))
    return missing("stays")


def _timeline(stays: list[Stay], since: date, required: date, as_of: date) -> Mapping[str, Any]:
    return {
        "kind": "timeline",
        "as_of": as_of.isoformat(),
        "required_from": required.isoformat(),
        "since": since.isoformat(),
        "bands": [
            {
                "kind": "stay",
                "label": stay.status,
                "from": stay.start.isoformat(),
                "to": None if stay.end == date.max else stay.end.isoformat(),
                "counted": since <= stay.end and stay.start >= since,
                "place": stay.row.path,
            }
            for stay in sorted(stays, key=lambda stay: stay[:3])
        ],
    }


add_sentences(
    {
        "residence.long_enough": Text(
            "In {statuses:words} without a break since {since:date}: {years} years were full on {full:date}.",
            "{since:date}부터 {statuses:words} 자격으로 계속 체류하여 {full:date}에 {years}년이 되었습니다.",
        ),
        "residence.too_short": Text(
            "In {statuses:words} without a break only since {since:date}: {years} years are full on {full:date}.",
            "{statuses:words} 자격의 계속 체류가 {since:date}부터여서 {full:date}에야 {years}년이 됩니다.",
        ),
        "residence.none": Text(
            "No stay in {statuses:words} covers {as_of:date}.",
            "{as_of:date}에 {statuses:words} 자격으로 체류하고 있지 않습니다.",
        ),
        "residence.status": Text(
            "The present status {status} is none of {statuses:words}.",
            "현재 자격({status})은 {statuses:words}에 해당하지 않습니다.",
        ),
        "settle.residence_from": Text(
            "The residence is long enough from {full:date}.", "{full:date}부터 체류기간을 충족합니다."
        ),
        "settle.residence_status": Text(
            "Show a stay in {statuses:words} on the day of application.",
            "신청일에 {statuses:words} 자격으로 체류 중임을 확인해야 합니다.",
        ),
    }
)
