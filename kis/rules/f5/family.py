"""Spouses, children and sponsors: F-5-2, F-5-3, F-5-4, F-5-18, F-5-19, F-5-20 and F-5-22."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple

from kis.rules.f5.household import age_reached, living
from kis.rules.f5.residents import stated
from kis.rules.f5.stays import is_any, present_status
from kis.rules.facts import Facts, Row
from kis.rules.findings import Verdict, met, missing, not_met, review, unknown
from kis.rules.messages import Message, add_sentences
from kis.rules.outcomes import MET, REVIEW, UNKNOWN, Outcome, all_of, both, either, established, preference
from kis.rules.periods import add_days, add_years
from kis.rules.texts import Text

# Their families have categories of their own.
NOT_GENERAL_SPONSORS: Final = ("F-5-16", "F-5-17", "F-5-21", "F-5-23")
INVESTORS: Final = ("F-5-21", "F-5-23")


def spouses(facts: Facts) -> list[Row] | None:
    """The living spouse: the one the marriage names, where it names one; never a common-law spouse."""
    family = living(facts)
    if family is None:
        return None
    marriage = facts.part("marriage")
    named = marriage.get("spouse") if marriage else None
    listed = [row for row in family if row.get("relation") == "spouse"]
    return [row for row in listed if named is None or row.data["ref"] == named]


def parents(facts: Facts) -> list[Row] | None:
    """The living father and mother."""
    family = living(facts)
    if family is None:
        return None
    return [row for row in family if row.get("relation") in {"father", "mother"}]


def _has_ended(marriage: Row) -> bool:
    if marriage.get("ended_on") is not None:
        return marriage.past("ended_on") is not None
    return marriage.get("ended_by") is not None


def _is_lawful(facts: Facts, marriage: Row) -> bool:
    if marriage.is_later("registered_on") or _has_ended(marriage):
        return False
    rows = facts.once(spouses)
    return rows is None or bool(rows)


def _is_korean(facts: Facts) -> bool | None:
    rows = facts.once(spouses)
    if rows is None:
        return None
    return either(*(_nationality(row) for row in rows), False)


def _nationality(row: Row) -> bool | None:
    code = row.get("nationality")
    return None if code is None else code == "KOR"


def marriage(facts: Facts, korean: bool = False, years: int = 0) -> Verdict:
    """A registered marriage that is really kept; to a Korean, and since some years, where asked."""
    status = facts.applicant.get("marital_status")
    if status == "common_law":
        return not_met("marriage.status", None, status=f"marital:{status}")
    part = facts.part("marriage")
    if part is None:
        return missing("marriage")
    nationality = _is_korean(facts) if korean else True
    since = part.past("registered_on")
    long_enough = _lasted(facts, since, years)
    kept = both(_is_lawful(facts, part), part.get("maintained"), nationality, long_enough)
    values = {"since": since.isoformat() if since else None, "years": years}
    if kept is None:
        return missing(*_open_marriage(part, nationality, long_enough))
    if kept:
        return met("marriage.kept", **values)
    late = since is not None and long_enough is False
    remedy = (
        Message("settle.marriage_from", {"full": add_years(since, years).isoformat()})
        if since and late
        else None
    )
    return not_met("marriage.too_short" if late else "marriage.not_kept", remedy, **values)


def _lasted(facts: Facts, since: date | None, years: int) -> bool | None:
    if not years:
        return True
    return None if since is None else add_years(since, years) <= facts.as_of


def _open_marriage(part: Row, nationality: bool | None, long_enough: bool | None) -> list[str]:
    absent = ["marriage.maintained"] if part.data.get("maintained") is None else []
    absent += ["family.nationality"] if nationality is None else []
    return absent + (["marriage.registered_on"] if long_enough is None else [])


def child_raising(facts: Facts) -> Verdict:
    """A child of the Korean (former) spouse is raised in Korea."""
    return stated("child_raising", facts.value("child_raising"), "child_raising")


def marriage_end(facts: Facts) -> Verdict:
    """Death or disappearance, or the Korean spouse at fault; neither at fault is for review."""
    part = facts.part("marriage")
    if part is None:
        return missing("marriage")
    how, fault = part.get("ended_by"), part.get("fault")
    if part.is_later("ended_on"):
        return not_met("marriage_end.not_yet")
    if how in {"death", "disappearance"} or fault == "korean_spouse":
        return met("marriage_end.met", how=f"ended:{how}", fault=f"fault:{fault}")
    if fault == "applicant":
        return not_met("marriage_end.own_fault")
    if fault == "neither":
        return review("marriage_end.neither", Message("settle.fault_of"))
    return missing(*(["marriage.ended_by"] if how is None else []), "marriage.fault")


def minor(facts: Facts) -> Verdict:
    """Under 19 at A, whatever else holds."""
    values = {"birth": facts.applicant.data["birth_date"], "age": 19}
    if age_reached(facts, 19):
        return not_met("age.grown_up", None, **values)
    return met("age.not_reached", **values)


def korean_parent(facts: Facts) -> Verdict:
    """Father or mother is a Korean national."""
    rows = facts.once(parents)
    if rows is None:
        return missing("family")
    korean = either(*(_nationality(row) for row in rows), False)
    if korean is None:
        return missing("family.nationality")
    return met("parent.korean") if korean else not_met("parent.not_korean")


class Standing(NamedTuple):
    """How one person stands as a sponsor, with what custody where that is asked."""

    row: Row
    verdict: Verdict
    custody: Outcome


def _called(row: Row) -> list[str]:
    return [row.data["relation"], row.data["ref"]]


Sponsor = Callable[[Facts, Row], Verdict]


def _holds(row: Row, codes: tuple[str, ...], excluded: tuple[str, ...] = ()) -> bool | None:
    """Whether the status is one of the codes; a bare F-5 leaves the kind open."""
    status = row.get("status")
    if status is None or (status == "F-5" and (excluded or codes != ("F-5",))):
        return None
    return is_any(status, codes) and not is_any(status, excluded)


def _granted(facts: Facts, row: Row, codes: tuple[str, ...], excluded: tuple[str, ...] = ()) -> Verdict:
    holds = _holds(row, codes, excluded)
    # A grant after the application is left out and named; it is too recent all the same.
    granted = row.past("status_granted_on") or row.day("status_granted_on")
    since = None if granted is None else add_years(granted, 2) <= facts.as_of
    values = {
        "person": _called(row),
        "status": row.data.get("status"),
        "granted": granted.isoformat() if granted else None,
    }
    absent = _open_of(row, status=holds, status_granted_on=since)
    return _sponsor_verdict(both(holds, since), None if holds is False else granted, values, absent)


def _open_of(row: Row, **facts: object) -> list[str]:
    return [f"{row.path}.{name}" for name, fact in facts.items() if fact is None]


def _sponsor_verdict(
    fact: bool | None, granted: date | None, values: dict[str, Any], absent: list[str]
) -> Verdict:
    if fact:
        return met("sponsor.granted", **values)
    if fact is None:
        return missing(*absent)
    if granted is None:
        return not_met("sponsor.other_status", None, **values)
    remedy = Message("settle.sponsor_from", {"full": add_years(granted, 2).isoformat()})
    return not_met("sponsor.too_recent", remedy, **values)


def general_sponsor(facts: Facts, row: Row) -> Verdict:
    """F-5-4: an F-5 of the general kinds, granted two years before A or earlier."""
    return _granted(facts, row, ("F-5",), NOT_GENERAL_SPONSORS)


def points_sponsor(facts: Facts, row: Row) -> Verdict:
    """F-5-18: F-5-16, granted two years before A or earlier."""
    return _granted(facts, row, ("F-5-16",))


def investor_sponsor(*codes: str) -> Sponsor:
    """An investor of one of the categories who keeps the investment, or whose own application is pending."""

    def standing(_facts: Facts, row: Row) -> Verdict:
        return _investor(row, codes)

    return standing


def _investor(row: Row, codes: tuple[str, ...]) -> Verdict:
    application = row.get("f5_application")
    holds = False if row.is_later("status_granted_on") else _holds(row, codes)
    values = {"person": _called(row), "status": row.data.get("status")}
    if application == "refused":
        return not_met("sponsor.refused", None, **values)
    if application == "pending" and not holds:
        standing = REVIEW
    else:
        standing = established(True if application == "granted" else holds)
    outcome = all_of((standing, established(row.get("investment_maintained"))))
    if outcome is REVIEW:
        return review("sponsor.pending", Message("settle.sponsor_pending"), **values)
    if outcome is UNKNOWN:
        kind = None if standing is UNKNOWN else standing
        maintained = row.data.get("investment_maintained")
        return missing(*_open_of(row, status=kind, investment_maintained=maintained))
    return (
        met("sponsor.investor", **values)
        if outcome is MET
        else not_met("sponsor.no_investor", None, **values)
    )


def resident_parent(_facts: Facts, row: Row) -> Verdict:
    """F-5-20: a parent who holds F-5 at A."""
    values = {"person": _called(row), "status": row.data.get("status")}
    if row.is_later("status_granted_on"):
        return not_met("sponsor.not_yet", None, **values)
    holds = _holds(row, ("F-5",))
    if holds is None:
        return missing(f"{row.path}.status")
    return met("sponsor.holds", **values) if holds else not_met("sponsor.other_status", None, **values)


People = Callable[[Facts], list[Row] | None]


def standings(facts: Facts, people: People, sponsor: Sponsor, custody: bool) -> Standing | None:
    """The person who stands best as sponsor, by custody too where that is asked."""
    found = [
        Standing(row, sponsor(facts, row), established(row.get("has_custody")) if custody else MET)
        for row in facts.once(people) or ()
    ]
    return min(found, key=_place, default=None)


def _place(one: Standing) -> tuple[int, int, int]:
    pair = all_of((one.verdict.outcome, one.custody))
    return preference(pair), preference(one.verdict.outcome), preference(one.custody)


def sponsored(facts: Facts, people: People, sponsor: Sponsor, custody: bool = False) -> Verdict:
    """One of these people sponsors the applicant."""
    if facts.rows("family") is None:
        return missing("family")
    best = facts.once(standings, people, sponsor, custody)
    return best.verdict if best else not_met("sponsor.none")


def in_custody(facts: Facts, people: People, sponsor: Sponsor) -> Verdict:
    """The sponsoring parent holds parental rights and custody."""
    if facts.rows("family") is None:
        return missing("family")
    best = facts.once(standings, people, sponsor, True)
    if best is None:
        return not_met("custody.none")
    if best.custody is UNKNOWN:
        return missing(f"{best.row.path}.has_custody")
    values = {"person": _called(best.row)}
    return (
        met("custody.held", **values) if best.custody is MET else not_met("custody.not_held", None, **values)
    )


def now_in(facts: Facts, code: str) -> Verdict:
    """The present status is this one."""
    status = facts.once(present_status)
    if status is None:
        return missing("stays", "applicant.current_status")
    values = {"status": status, "statuses": [code]}
    if is_any(status, (code,)):
        return met("status.held", **values)
    return not_met("status.other", None, **values)


def unmarried(facts: Facts) -> Verdict:
    """Civil status single, nothing else."""
    status = facts.applicant.get("marital_status")
    if status is None:
        return missing("applicant.marital_status")
    values = {"status": f"marital:{status}"}
    return (
        met("marital.single", **values)
        if status == "single"
        else not_met("marital.not_single", None, **values)
    )


def born_in_korea(facts: Facts) -> Verdict:
    """Born in the Republic of Korea."""
    return stated("born_in_korea", facts.applicant.get("born_in_korea"), "applicant.born_in_korea")


def birth_registered(facts: Facts) -> Verdict:
    """The duties of birth registration are complied with."""
    return stated("birth_registered", facts.applicant.get("birth_registered"), "applicant.birth_registered")


def filed_in_time(facts: Facts) -> Verdict:
    """Filed before the first birthday; after 90 days a penalty is due."""
    birth = facts.birth
    values = {"birth": birth.isoformat(), "until": add_days(add_years(birth, 1), -1).isoformat()}
    if facts.as_of >= add_years(birth, 1):
        return not_met("filed.too_late", None, **values)
    free = add_days(birth, 90)
    key = "filed.with_penalty" if facts.as_of > free else "filed.in_time"
    return met(key, **values, free=free.isoformat())


def parents_marriage(facts: Facts) -> Verdict:
    """Registered before the day of birth; less than one year before, parentage is to be confirmed."""
    registered = facts.day("parents_marriage_registered_on")
    birth = facts.birth
    if registered is None:
        if facts.dossier.get("parents_marriage_registered_on") is None:
            return missing("parents_marriage_registered_on")
        return not_met("parents_marriage.after_birth", None, registered=None, birth=birth.isoformat())
    values = {"registered": registered.isoformat(), "birth": birth.isoformat()}
    if registered >= birth:
        return not_met("parents_marriage.after_birth", None, **values)
    if add_years(registered, 1) > birth:
        return review("parents_marriage.short", Message("settle.parentage"), **values)
    return met("parents_marriage.before_birth", **values)


def route_claimed(facts: Facts, routes: tuple[str, ...]) -> Verdict | None:
    """The limb of the category must be stated; left out where it is."""
    route = facts.application.get("route")
    if route in routes:
        return None
    named = [f"route:{name}" for name in routes]
    return unknown("route.open", Message("settle.route", {"routes": named}), route=route, routes=named)


add_sentences(
    {
        "route.open": Text(
            "Which limb is claimed is not established; the category knows: {routes:words}.",
            "어느 요건으로 신청하는지 확인되지 않았습니다. 가능한 요건: {routes:words}.",
        ),
        "settle.route": Text(
            "State one of: {routes:words}.", "다음 중 하나를 밝혀야 합니다: {routes:words}."
        ),
    }
)
