"""What changed from one run of a case to another. Pure: from values to values."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from kis.cases.differences import Difference, differences
from kis.rules import Figure, Finding, Outcome, PreCheck


@dataclass(frozen=True)
class Change:
    """A criterion that reads otherwise; None on the side that lacks it."""

    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """Either side, for what both share."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has at least one side")
        return found

    @property
    def outcome_changed(self) -> bool:
        sides = self.before, self.after
        return None in sides or len({side.outcome for side in sides if side}) == 2


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side: areas with both outcomes, and all that is not the same in both."""

    areas: Mapping[str, tuple[Outcome | None, Outcome | None]]
    changes: Sequence[Change]
    figures_dropped: Sequence[Figure]
    figures_added: Sequence[Figure]


def compare(before: PreCheck, after: PreCheck) -> Comparison:
    """What a later run finds otherwise than an earlier one."""
    names = [*before.areas, *(area for area in after.areas if area not in before.areas)]
    return Comparison(
        {area: (before.areas.get(area), after.areas.get(area)) for area in names},
        changes_between(before, after),
        [figure for figure in before.figures if figure not in after.figures],
        [figure for figure in after.figures if figure not in before.figures],
    )


def changes_between(before: PreCheck, after: PreCheck) -> list[Change]:
    """The criteria whose outcome or finding differs, in the order of the later run, then what it lacks."""
    old = {finding.id: finding for finding in before.criteria}
    new = {finding.id: finding for finding in after.criteria}
    order = [*new, *(name for name in old if name not in new)]
    changes = [Change(old.get(name), new.get(name)) for name in order]
    return [change for change in changes if change.outcome_changed or worded_otherwise(change)]


def digest(precheck: PreCheck) -> str:
    """SHA-256 of every outcome, and of the findings that a refusal could cite; equal where nothing changed.

    A criterion that stays met with another figure in its sentence is no change.
    """
    failed = {area for area, outcome in precheck.areas.items() if outcome is Outcome.NOT_MET}
    findings = [
        (
            f.id,
            f.outcome.value,
            f.finding.to_json() if f.outcome is Outcome.NOT_MET and f.area in failed else None,
        )
        for f in precheck.criteria
    ]
    areas = {area: outcome.value for area, outcome in precheck.areas.items()}
    plain = json.dumps([precheck.overall.value, areas, findings], sort_keys=True, default=str)
    return sha256(plain.encode()).hexdigest()


def worded_otherwise(change: Change) -> bool:
    return bool(change.before and change.after and change.before.finding != change.after.finding)


def mark_differences(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[Difference]:
    """What changed in the marks, document by document and not row by row."""
    return differences(by_document(before), by_document(after))


def by_document(marks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {" ".join(filter(None, (mark["code"], mark.get("person")))): dict(mark) for mark in marks}
