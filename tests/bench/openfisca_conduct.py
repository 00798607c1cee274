"""Eligibility and conduct of F-5-1 as OpenFisca variables."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.bench.openfisca_facts import (
    CHAIN,
    FOREVER,
    MET,
    NO_DAY,
    NOT_MET,
    REVIEW,
    ROLE,
    UNKNOWN,
    Application,
    Entry,
    counted,
    declare,
    members,
    of,
    three,
    today,
    unless_open,
    years_later,
)


def latest(application: Any, role: str, chosen: Any, days: Any) -> Any:
    """The latest of the chosen days, the first of the calendar where there is none."""
    numbers = np.where(chosen, days, np.datetime64(NO_DAY)).astype("M8[D]").astype(int)
    found = application.max(numbers, role=ROLE[role])
    return np.maximum(found, np.datetime64(NO_DAY).astype(int)).astype(int).astype("M8[D]")


def bar(name: str, role: str, chosen: Callable[[Any, Any, Any], Any], day: str, years: str) -> None:
    """What a finding on a bar tells: from which day it is over, and how many entries have no day."""

    def over(application: Any, period: Any, parameters: Any) -> Any:
        start = application.members(day, period)
        runs_from = chosen(application, period, parameters) & (start > NO_DAY) & (start <= today(period))
        ends = years_later(start, getattr(parameters(period).bars, years))
        return latest(application, role, runs_from, ends)

    def undated(application: Any, period: Any, parameters: Any) -> Any:
        start = application.members(day, period)
        return counted(
            application, role, chosen(application, period, parameters) & (start == np.datetime64(NO_DAY))
        )

    declare(f"{name}_over", Application, NO_DAY, over)
    declare(f"{name}_undated", Application, 0, undated)


def barred(application: Any, period: Any, name: str) -> Any:
    """Not met while the bar runs, unknown where an entry has no day."""
    running = application(f"{name}_over", period) > today(period)
    return np.select([running, application(f"{name}_undated", period) > 0], [NOT_MET, UNKNOWN], MET)


def sentenced(kind: str, korean: int) -> Callable[[Any, Any, Any], Any]:
    """The sentences of a kind in Korea, or abroad for an offence that is no serious one."""

    def chosen(application: Any, period: Any, parameters: Any) -> Any:
        here, of_kind = members(application, period, "korean", "sentence")
        found = (here == korean) & (of_kind == kind)
        return found if korean else found & (application.members("is_serious_abroad", period) == 0)

    return chosen


def flagged(name: str, value: int) -> Callable[[Any, Any, Any], Any]:
    """The entries of which a flag has a value."""
    return lambda application, period, parameters: application.members(name, period) == value


bar("imprisonment", "sentences", sentenced("imprisonment", 1), "done", "imprisonment")
bar("fine", "sentences", sentenced("fine", 1), "done", "fine")
bar("suspended_sentence", "sentences", sentenced("suspended_imprisonment", 1), "start", "suspended_sentence")
bar("entry", "violations", flagged("barring", 1), "start", "entry")
bar("deportation", "removals", flagged("deportation", 1), "start", "deportation")
bar("departure", "removals", flagged("deportation", 0), "start", "departure")
bar("humanitarian", "permissions", flagged("deportation", 0), "start", "humanitarian")
bar("served_abroad", "sentences", sentenced("imprisonment", 0), "start", "abroad")
bar("suspended_abroad", "sentences", sentenced("suspended_imprisonment", 0), "start", "abroad")


@of(Application, default=NO_DAY)
def adult_on(application: Any, period: Any, parameters: Any) -> Any:
    return years_later(application("birth", period), parameters(period).adult_age)


@of(Application)
def eligibility_adult(application: Any, period: Any, parameters: Any) -> Any:
    return np.where(application("adult_on", period) <= today(period), MET, NOT_MET)


@of(Application)
def eligibility_activity(application: Any, period: Any, parameters: Any) -> Any:
    return three(application("activity_kept", period))


@of(Application)
def eligibility_single_nationality(application: Any, period: Any, parameters: Any) -> Any:
    held = application("korean_nationality", period)
    return three(np.where(held == -1, -1, 1 - held))


@of(Application, default=FOREVER)
def continuous_since(application: Any, period: Any, parameters: Any) -> Any:
    start, end, in_set, departed = members(application, period, "start", "end", "in_set", "departed")
    day = today(period)
    is_present = application.members.has_role(ROLE["stays"]) & (start <= day) & (end >= day)
    present = application.max(
        np.where(is_present, start, NO_DAY).astype("M8[D]").astype(int), role=ROLE["stays"]
    )
    held = counted(
        application, "stays", is_present & (start.astype(int) == application.project(present)) & (in_set == 1)
    )
    since = np.where(held > 0, present, np.datetime64(FOREVER).astype(int))
    for _ in range(CHAIN):
        touches = (in_set == 1) & (departed != 1) & (end.astype(int) >= application.project(since) - 1)
        earlier = np.where(
            touches & (start.astype(int) < application.project(since)), start.astype(int), 2**40
        )
        joined = np.minimum(since, application.min(earlier, role=ROLE["stays"]))
        if (joined == since).all():
            break
        since = joined
    return since.astype(int).astype("M8[D]")


@of(Application, default=NO_DAY)
def residence_full_on(application: Any, period: Any, parameters: Any) -> Any:
    since = np.minimum(application("continuous_since", period), np.datetime64("9000-01-01"))
    return years_later(since, parameters(period).residence_years)


@of(Application)
def eligibility_residence(application: Any, period: Any, parameters: Any) -> Any:
    known, full = application("stays_known", period) == 1, application("residence_full_on", period)
    stated = np.where(application("status_in_set", period) == 0, NOT_MET, UNKNOWN)
    return np.where(known, np.where(full <= today(period), MET, NOT_MET), stated)


@of(Application)
def conduct_violent_crime(application: Any, period: Any, parameters: Any) -> Any:
    korean, violent = members(application, period, "korean", "violent")
    grave = counted(application, "sentences", (korean == 1) & (violent == 1))
    return unless_open(application, period, "criminal_record", np.where(grave > 0, NOT_MET, MET))


def _open(name: str) -> None:
    def uncompleted(application: Any, period: Any, parameters: Any) -> Any:
        done = application.members("done", period)
        still = (done == np.datetime64(NO_DAY)) | (done > today(period))
        return counted(application, "sentences", sentenced(name, 1)(application, period, parameters) & still)

    declare(f"{name}_uncompleted", Application, 0, uncompleted)


_open("imprisonment")
_open("fine")


def _completed(application: Any, period: Any, name: str) -> Any:
    uncompleted = application(f"{name}_uncompleted", period) > 0
    outcome = np.where(uncompleted, NOT_MET, barred(application, period, name))
    return unless_open(application, period, "criminal_record", outcome)


@of(Application)
def conduct_imprisonment(application: Any, period: Any, parameters: Any) -> Any:
    return _completed(application, period, "imprisonment")


@of(Application)
def conduct_fine(application: Any, period: Any, parameters: Any) -> Any:
    return _completed(application, period, "fine")


@of(Application)
def conduct_suspended_sentence(application: Any, period: Any, parameters: Any) -> Any:
    bars = barred(application, period, "suspended_sentence")
    return unless_open(application, period, "criminal_record", bars)


@of(Application)
def conduct_entry_violation(application: Any, period: Any, parameters: Any) -> Any:
    return unless_open(application, period, "immigration_violations", barred(application, period, "entry"))


@of(Application, default=0)
def violations_counted(application: Any, period: Any, parameters: Any) -> Any:
    start, administrative = members(application, period, "start", "administrative")
    recent = (years_later(start, 5) >= today(period)) & (start <= today(period)) & (administrative == 0)
    return counted(application, "violations", recent)


@of(Application)
def conduct_repeat_violation(application: Any, period: Any, parameters: Any) -> Any:
    many = application("violations_counted", period) >= parameters(period).repeat_violations
    return unless_open(application, period, "immigration_violations", np.where(many, NOT_MET, MET))


@of(Entry, default=0)
def recent_penalty(entry: Any, period: Any, parameters: Any) -> Any:
    start = entry("start", period)
    recent = (years_later(start, 3) >= today(period)) & (start <= today(period))
    return np.where(recent & (entry("penalty", period) == 1), entry("amount", period), 0)


@of(Application, default=0)
def largest_penalty(application: Any, period: Any, parameters: Any) -> Any:
    # Of no entries the largest is less than nothing.
    return np.maximum(
        application.max(application.members("recent_penalty", period), role=ROLE["violations"]), 0
    )


@of(Application, default=0)
def total_of_penalties(application: Any, period: Any, parameters: Any) -> Any:
    return application.sum(application.members("recent_penalty", period), role=ROLE["violations"])


@of(Application)
def conduct_penalty_payment(application: Any, period: Any, parameters: Any) -> Any:
    limits = parameters(period).penalties
    one = application("largest_penalty", period) >= limits.one
    too_much = one | (application("total_of_penalties", period) >= limits.total)
    return unless_open(application, period, "immigration_violations", np.where(too_much, NOT_MET, MET))


@of(Application)
def conduct_removal(application: Any, period: Any, parameters: Any) -> Any:
    seven, five = barred(application, period, "deportation"), barred(application, period, "departure")
    fails, open_ = (seven == NOT_MET) | (five == NOT_MET), (seven == UNKNOWN) | (five == UNKNOWN)
    return unless_open(application, period, "removals", np.select([fails, open_], [NOT_MET, UNKNOWN], MET))


@of(Application)
def conduct_humanitarian_stay(application: Any, period: Any, parameters: Any) -> Any:
    return unless_open(application, period, "humanitarian_stay", barred(application, period, "humanitarian"))


@of(Application, default=0)
def drunk_driving_abroad(application: Any, period: Any, parameters: Any) -> Any:
    drunk, korean = members(application, period, "drunk", "korean")
    return counted(application, "sentences", (drunk == 1) & (korean == 0))


@of(Entry, default=0)
def is_serious_abroad(entry: Any, period: Any, parameters: Any) -> Any:
    often = entry.application("drunk_driving_abroad", period) >= parameters(period).drunk_driving
    serious = (entry("grave_abroad", period) == 1) | ((entry("drunk", period) == 1) & often)
    return np.where(serious & (entry("korean", period) == 0), 1, 0)


@of(Application)
def conduct_overseas_serious(application: Any, period: Any, parameters: Any) -> Any:
    serious = counted(application, "sentences", application.members("is_serious_abroad", period) == 1)
    return unless_open(application, period, "criminal_record", np.where(serious > 0, NOT_MET, MET))


@of(Application)
def conduct_overseas_imprisonment(application: Any, period: Any, parameters: Any) -> Any:
    served, stayed = (
        barred(application, period, "served_abroad"),
        barred(application, period, "suspended_abroad"),
    )
    weighed = np.where(stayed == NOT_MET, REVIEW, stayed)
    return unless_open(application, period, "criminal_record", np.where(served != MET, served, weighed))


@of(Application)
def conduct_pending(application: Any, period: Any, parameters: Any) -> Any:
    pending = application.nb_persons(role=ROLE["proceedings"])
    return unless_open(application, period, "pending_proceedings", np.where(pending > 0, REVIEW, MET))
