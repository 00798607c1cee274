"""A run as its page shows it: areas, their criteria, and the departures beside them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kis.cases.differences import MISSING, Difference
from kis.cases.labels import PARTS, field_label, place_label
from kis.cases.sections import SECTIONS, shape_at
from kis.cases.wording import shown
from kis.core.language import in_language
from kis.precheck.effective import Effective, effective, was_passed_over
from kis.precheck.models import Departure, Run
from kis.rules import Catalogue, Finding, Outcome, Text, area_label

# Parts of the dossier by the section of the facts in which they are edited.
SECTION_OF = {part: name for name, section in SECTIONS.items() for part in section.parts}
# A place as sentences name it: a row ("income[0]"), a field ("pension.annual"), or a part in more than one word.
ROW_OR_FIELD = r"\[\d+\](?:\.[a-z_]+(?:\[\d+\])?)*|\.[a-z_]+"
WORDED_PARTS = "|".join(sorted((part for part in PARTS if "_" in part), key=len, reverse=True))
PLACE = re.compile(
    rf"(?<![A-Za-z_])(?:(?:{'|'.join(PARTS)})(?:{ROW_OR_FIELD})|(?:{WORDED_PARTS})(?![A-Za-z_]))"
)
PASSES = {Outcome.MET, Outcome.EXEMPT}


@dataclass(frozen=True)
class CriterionRow:
    """A finding, the departure that stands beside it, and whether that departure still counts.

    `passed_over`: the area came out better, another alternative carries it.
    """

    finding: Finding
    outcome: Outcome
    passed_over: bool
    departure: Departure | None
    departure_counts: bool
    withdrawn: Sequence[Departure]


@dataclass(frozen=True)
class AreaBlock:
    """An area with its outcome as found and after departures."""

    area: str
    found: Outcome
    outcome: Outcome
    rows: Sequence[CriterionRow]

    @property
    def label(self) -> Text:
        return area_label(self.area)

    @property
    def open_rows(self) -> int:
        """How many criteria keep the area from passing."""
        return 0 if self.outcome in PASSES else sum(1 for row in self.rows if row.outcome not in PASSES)


@dataclass(frozen=True)
class RunPage:
    """All that the page of a run shows."""

    run: Run
    effective: Effective
    areas: Sequence[AreaBlock]
    # Departures from criteria that this run does not have.
    without_criterion: Sequence[Departure]


def run_page(run: Run, departures: Sequence[Departure]) -> RunPage:
    """The run with the departures of its case, in the order of the areas."""
    precheck = run.precheck
    standing = {departure.criterion: departure for departure in departures if departure.stands}
    outcomes = effective(precheck, standing.values())
    rows = [
        criterion_row(finding, precheck.areas[finding.area], outcomes, departures)
        for finding in precheck.criteria
    ]
    blocks = [
        AreaBlock(area, found, outcomes.areas[area], [row for row in rows if row.finding.area == area])
        for area, found in precheck.areas.items()
    ]
    known = {finding.id for finding in precheck.criteria}
    return RunPage(run, outcomes, blocks, [d for d in standing.values() if d.criterion not in known])


def criterion_row(
    finding: Finding, area: Outcome, outcomes: Effective, departures: Sequence[Departure]
) -> CriterionRow:
    own = [departure for departure in departures if departure.criterion == finding.id]
    standing = next((departure for departure in own if departure.stands), None)
    counts = standing is not None and standing.from_outcome == finding.outcome
    withdrawn = [departure for departure in own if not departure.stands]
    passed_over = was_passed_over(finding, area) and not counts
    return CriterionRow(finding, outcomes.criteria[finding.id], passed_over, standing, counts, withdrawn)


@dataclass(frozen=True)
class InputLink:
    """Where a fact that was read is edited; without a section it stands in the checklist."""

    place: str
    section: str | None
    anchor: str


def input_link(place: str) -> InputLink:
    """The form row of a place such as "income[0].amount": its control, or else the rows of its list."""
    part = re.split(r"[.\[]", place)[0]
    return InputLink(place, SECTION_OF.get(part), anchor(place))


def anchor(place: str) -> str:
    """The id that the form of a section gives to a place; of one that the forms lack, the form's top."""
    if re.search(r"\]$", place):
        return anchor(place.rpartition("[")[0])
    control = place.replace("[", "-rows-").replace("]", "").replace(".", "-")
    ids = {"list": f"rows-{control}-rows", "object": "main", "last_day": f"{control}-day"}
    try:
        return ids.get(shape_at(place).kind, control)
    except KeyError:
        return "main"


def with_places(sentence: str) -> str:
    """A sentence of the rules with the places of the dossier that it names in words."""
    return PLACE.sub(lambda found: f"“{place_label(found[0])}”", sentence)


def mark_change(difference: Difference, catalogue: Catalogue) -> dict[str, str]:
    """A difference of the marks in words: {"place", "before", "after"}."""
    document, _dot, field = difference["place"].partition(".")
    code, _space, person = document.partition(" ")
    kind = catalogue.documents.get(code)
    shape = shape_at(f"documents[0].{field}" if field else "documents[0]")
    names = [
        in_language(kind.label) if kind else code,
        person,
        str(field_label(shape.place)) if field else "",
    ]
    sides = {side: shown(shape, difference.get(side, MISSING)) for side in ("before", "after")}
    return sides | {"place": " › ".join(filter(None, names))}
