"""The periods of a case against those that the rules ask for, as plain geometry. Pure: from values to values.

Lengths are units of the picture's own: it is WIDTH wide, its names stand left of LEFT.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kis.rules import Finding, Outcome, PreCheck, Text
from kis.rules.periods import add_years, subtract_years

WIDTH = 1160.0
LEFT = 150.0
RIGHT = WIDTH - 12.0
HEAD = 46.0  # the years, and beneath them the day of application
ROW = 22.0
BAR = 16.0
PADDING = 6.0
GAP = 2.0  # between two bars on one row
THINNEST = 3.0  # a trip of a day is still seen
NARROW, WIDE = 6.7, 12.2  # of a letter, and of a Korean or Chinese one

# How far the axis reaches for periods that begin before or end after all that decides.
YEARS_BEFORE = 20
YEARS_AFTER = 1
LEAST_YEARS = 3
MOST_NAMED_YEARS = 24

# The parts of the facts that each lane rests on; its bars and requirements come from the findings.
LANES: dict[str, tuple[str, ...]] = {
    "required": (),
    "stays": ("stays",),
    "absences": ("trips", "abroad"),
    "employment": ("employment",),
    "bars": ("criminal_record", "immigration_violations", "removals", "humanitarian_stay"),
}
KINDS = {"stays": "stay", "trips": "trip", "abroad": "abroad", "employment": "employment"}
NAMED_BY = {"stays": "status", "abroad": "country", "employment": "employer"}


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends counted; `last` is None while it goes on.

    `name` is a status, a country, an employer, or the criterion of a bar or requirement; `years` its length.
    `counts`: a stay for the residence, a bar on the day of application; None where that is no question.
    """

    kind: str
    place: str
    first: date
    last: date | None
    name: str | Text = ""
    years: int = 0
    counts: bool | None = None


@dataclass(frozen=True)
class Drawn:
    """A period as it is drawn; an arrow shows that it reaches further than the picture or goes on."""

    period: Period
    x: float
    y: float
    width: float
    from_before: bool
    goes_on: bool

    def holds(self, text: str) -> bool:
        """Whether a name fits into the bar, beside the arrows."""
        arrows = 10 * (self.from_before + self.goes_on)
        return text_width(text) + 10 + arrows <= self.width


@dataclass(frozen=True)
class Lane:
    """Periods of one sort, laid so that none covers another; `unknown` parts are not established."""

    name: str
    y: float
    height: float
    drawn: tuple[Drawn, ...]
    periods: tuple[Period, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """All lanes on one axis, the day of application, and the first days of what is required."""

    as_of: date
    as_of_x: float
    years: tuple[tuple[int, float], ...]
    required_from: tuple[float, ...]
    lanes: tuple[Lane, ...]
    height: float

    width = WIDTH
    left = LEFT
    right = RIGHT
    head = HEAD
    bar = BAR

    @property
    def kinds(self) -> frozenset[tuple[str, bool]]:
        """Each kind that is drawn, with whether it counts."""
        return frozenset((one.kind, one.counts is not False) for lane in self.lanes for one in lane.periods)


@dataclass(frozen=True)
class Axis:
    """Days from left to right, whole years."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins; days beyond an end stand at that end."""
        held = min(max(day, self.first), self.last)
        share = (held - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (RIGHT - LEFT), 1)

    def years(self) -> Iterator[tuple[int, float]]:
        """The years that are named, with where they begin."""
        span = self.last.year - self.first.year + 1
        step = -(-span // MOST_NAMED_YEARS)
        for year in range(self.first.year, self.last.year + 1):
            if year % step == 0:
                yield year, self.x(date(year, 1, 1))


def timeline_picture(facts: Mapping[str, Any], precheck: PreCheck) -> Picture:
    """The facts of a dossier with what a pre-check found on them."""
    as_of = date.fromisoformat(precheck.as_of)
    found = {"required": list(requirements(precheck, as_of)), "bars": list(bars(precheck.criteria))}
    counted = counted_stays(precheck.criteria)
    periods = {
        lane: found[lane]
        if lane in found
        else [one for part in parts for one in periods_of(part, facts, counted)]
        for lane, parts in LANES.items()
    }
    axis = axis_over(periods, as_of)
    lanes = tuple(laid(periods, facts, axis, as_of))
    starts = sorted({axis.x(one.first) for one in periods["required"]})
    height = lanes[-1].y + lanes[-1].height
    return Picture(as_of, axis.x(as_of), tuple(axis.years()), tuple(starts), lanes, height)


def requirements(precheck: PreCheck, as_of: date) -> Iterator[Period]:
    """The years of residence or employment that criteria ask for, ending at the day of application."""
    for finding in precheck.criteria:
        years = years_asked(finding)
        if years and (reads(finding, "stays") or reads(finding, "employment")):
            start = subtract_years(as_of, years)
            passed = finding.outcome in {Outcome.MET, Outcome.EXEMPT}
            yield Period("required", finding.id, start, as_of, finding.label, years, counts=passed)


def years_asked(finding: Finding) -> int:
    """The years that a finding compared with; 0 where that was no question."""
    years = finding.finding.values.get("years")
    return years if isinstance(years, int) else 0


def reads(finding: Finding, part: str) -> bool:
    return any(place.partition("[")[0] == part for place in finding.inputs)


def bars(findings: Iterable[Finding]) -> Iterator[Period]:
    """The bars of conduct, each once for every criterion that counts it."""
    for finding, band in bands(findings, "bar"):
        last = date.fromisoformat(band["to"])
        first = date.fromisoformat(band["from"])
        yield Period("bar", band["place"], first, last, finding.label, int(band["label"]), band["counted"])


def counted_stays(findings: Sequence[Finding]) -> Mapping[str, bool] | None:
    """The stays that count for the residence, by their place; None where no residence was asked."""
    if not any(years_asked(finding) and reads(finding, "stays") for finding in findings):
        return None
    counted: dict[str, bool] = {}
    for _finding, band in bands(findings, "stay"):
        counted[band["place"]] = counted.get(band["place"], False) or band["counted"]
    return counted


def bands(findings: Iterable[Finding], kind: str) -> Iterator[tuple[Finding, Mapping[str, Any]]]:
    for finding in findings:
        sheet = finding.sheet
        if sheet and sheet["kind"] == "timeline":
            yield from ((finding, band) for band in sheet["bands"] if band["kind"] == kind)


def periods_of(part: str, facts: Mapping[str, Any], counted: Mapping[str, bool] | None) -> Iterator[Period]:
    """The rows of a part that say when they began."""
    for number, row in enumerate(facts.get(part) or ()):
        if row.get("from"):
            place = f"{part}[{number}]"
            last = date.fromisoformat(row["to"]) if row.get("to") else None
            name = row.get(NAMED_BY.get(part, ""), "")
            first = date.fromisoformat(row["from"])
            counts = counted.get(place, False) if part == "stays" and counted is not None else None
            yield Period(KINDS[part], place, first, last, name, counts=counts)


def axis_over(periods: Mapping[str, Sequence[Period]], as_of: date) -> Axis:
    """From the first day that matters to the last, held within reason on both sides."""
    earliest = [one.first for row in periods.values() for one in row]
    required = min((one.first for one in periods["required"]), default=as_of)
    limit = min(required, subtract_years(as_of, YEARS_BEFORE))
    first = max(limit, min([*earliest, required, subtract_years(as_of, LEAST_YEARS)]))
    ends = [one.last for name, row in periods.items() if name != "bars" for one in row if one.last]
    after = min(add_years(as_of, YEARS_AFTER), max([*ends, as_of]))
    last = max([after, *(one.last for one in periods["bars"] if one.last)])
    return Axis(date(first.year, 1, 1), date(last.year, 12, 31))


def laid(
    periods: Mapping[str, Sequence[Period]], facts: Mapping[str, Any], axis: Axis, as_of: date
) -> Iterator[Lane]:
    """The lanes from top to bottom, each as high as its rows."""
    y = HEAD
    for name, parts in LANES.items():
        ordered = sorted(periods[name], key=lambda one: (one.first, one.last or date.max, one.place))
        shapes = [shape for one in ordered if (shape := drawn(one, axis, as_of))]
        rows = list(packed(shapes))
        height = 2 * PADDING + ROW * (1 + max((row for row, _shape in rows), default=0))
        placed = tuple(replace(shape, y=y + PADDING + row * ROW + (ROW - BAR) / 2) for row, shape in rows)
        unknown = tuple(part for part in parts if facts.get(part) is None)
        yield Lane(name, y, height, placed, tuple(ordered), unknown)
        y += height


def drawn(period: Period, axis: Axis, as_of: date) -> Drawn | None:
    """The period on the axis; None for one outside it, or one that ends before it begins."""
    last = period.last or max(as_of, period.first)
    if last < period.first or last < axis.first or period.first > axis.last:
        return None
    x = axis.x(period.first)
    width = round(max(axis.x(last) - x, THINNEST), 1)
    goes_on = period.last is None or last > axis.last
    return Drawn(period, min(x, RIGHT - width), 0.0, width, period.first < axis.first, goes_on)


def packed(shapes: Iterable[Drawn]) -> Iterator[tuple[int, Drawn]]:
    """Each shape with the first row on which it covers no other."""
    ends: list[float] = []
    for shape in shapes:
        row = next((number for number, end in enumerate(ends) if end <= shape.x + GAP), len(ends))
        ends[row : row + 1] = [shape.x + shape.width]
        yield row, shape


def text_width(text: str) -> float:
    """About how wide a name is in the picture's letters."""
    return sum(WIDE if unicodedata.east_asian_width(letter) in "WF" else NARROW for letter in text)
