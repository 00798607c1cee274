"""Outcomes with the officers' departures applied. Pure: from values to values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kis.rules import Finding, Outcome, PreCheck
from kis.rules.outcomes import all_of, any_of

# Criteria of which one is enough.
ALTERNATIVES = (frozenset({"livelihood.income", "livelihood.pension", "livelihood.assets"}),)


class Departed(Protocol):
    """What is needed of a departure; outcomes are plain values."""

    criterion: str
    from_outcome: str
    to_outcome: str


@dataclass(frozen=True)
class Effective:
    """Outcomes by criterion and by area, and the overall one, after departures."""

    criteria: Mapping[str, Outcome]
    areas: Mapping[str, Outcome]
    overall: Outcome


def effective(precheck: PreCheck, departures: Iterable[Departed]) -> Effective:
    """Apply the standing departures to a run."""
    departed = {
        departure.criterion: Outcome(departure.to_outcome)
        for departure in departures
        if applies(departure, precheck)
    }
    grouped: dict[str, list[Finding]] = {area: [] for area in precheck.areas}
    for finding in precheck.criteria:
        grouped[finding.area].append(finding)
    areas = {area: area_outcome(precheck.areas[area], found, departed) for area, found in grouped.items()}
    criteria = {finding.id: departed.get(finding.id, finding.outcome) for finding in precheck.criteria}
    return Effective(criteria, areas, all_of(areas.values()))


def applies(departure: Departed, precheck: PreCheck) -> bool:
    """Whether the run still finds what the officer departed from.

    An officer judged one outcome. Where a later run finds another, that judgement has not been made.
    """
    return any(
        finding.id == departure.criterion and finding.outcome == departure.from_outcome
        for finding in precheck.criteria
    )


def area_outcome(found: Outcome, findings: Sequence[Finding], departed: Mapping[str, Outcome]) -> Outcome:
    """The area's outcome: as the rules found it, until an officer departs from one of its criteria."""
    if not any(finding.id in departed for finding in findings):
        return found
    counted = {
        finding.id: departed.get(finding.id, finding.outcome)
        for finding in findings
        if finding.id in departed or not was_passed_over(finding, found)
    }
    reduced = [
        any_of(counted.pop(name) for name in group & counted.keys())
        for group in ALTERNATIVES
        if group & counted.keys()
    ]
    return all_of([*reduced, *counted.values()])


def alternatives_come_to(criterion: str, outcomes: Effective) -> Outcome | None:
    """The outcome of the group of which the criterion is one alternative; None where it is none."""
    group = next((each for each in ALTERNATIVES if criterion in each), frozenset())
    found = [outcomes.criteria[each] for each in group & outcomes.criteria.keys()]
    return any_of(found) if found else None


def is_made_up_for(criterion: str, outcomes: Effective) -> bool:
    """Whether one of the criterion's alternatives came out better, so that it is not asked for itself."""
    return alternatives_come_to(criterion, outcomes) not in (None, Outcome.NOT_MET)


def was_passed_over(finding: Finding, area: Outcome) -> bool:
    """Whether the area came out better than this finding: another alternative carried it."""
    return finding.outcome is not area and all_of((finding.outcome, area)) is finding.outcome
