"""The tables of the statistics, each for the page and for a CSV file alike."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from kis.core.language import current_language, in_language
from kis.offices.models import Office
from kis.rules import procedures
from kis.statistics.counting import AGES
from kis.statistics.percentiles import MEDIAN, NINE_TENTHS, percentile
from kis.statistics.queries import Figures, Selection

OUTCOMES = ("granted", "refused")


@dataclass(frozen=True)
class Table:
    """A table by its name in addresses; the first cell of a row is its head, the others are numbers or None."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Source:
    """What tables are made from."""

    figures: Figures
    selection: Selection
    offices: Mapping[int, Office]


def month_name(month: int) -> str:
    """ "2026-11" """
    return f"{month // 100}-{month % 100:02d}"


def category_name(code: str) -> str:
    for each in procedures():
        if code in each.categories:
            return f"{code} {in_language(each.categories[code].label)}"
    return code


def criterion_name(criterion: str) -> str:
    """The name of a criterion in any category that has it; an officer's own reason has none."""
    if not criterion:
        return _("A reason in the officer's own words")
    for each in procedures():
        for category in each.categories.values():
            for one in category.criteria:
                if one.id == criterion:
                    return in_language(one.label)
    return criterion


def office_name(source: Source, office_id: int) -> str:
    office = source.offices.get(office_id)
    return office.in_language(current_language()) if office else str(office_id)


def flow_cells(received: int, granted: int, refused: int) -> tuple[Any, ...]:
    """Received, decided, granted, refused, and the share of refusals in per cent."""
    decided = granted + refused
    share = round(100 * refused / decided, 1) if decided else None
    return received, decided, granted, refused, share


def flow_head(first: str) -> tuple[str, ...]:
    return (first, _("Received"), _("Decided"), _("Granted"), _("Refused"), _("Refused, per cent of decided"))


def by_month(source: Source) -> Table:
    figures = source.figures
    rows = [
        (
            month_name(month),
            *flow_cells(figures.received[month], *(figures.decided[month, o] for o in OUTCOMES)),
        )
        for month in source.selection.months
    ]
    return Table("months", _("By month"), flow_head(_("Month")), tuple(rows))


def by_category(source: Source) -> Table:
    received, decided = source.figures.category_received, source.figures.category_decided
    names = sorted({*received, *(name for name, _outcome in decided)}, key=category_order)
    rows = [
        (category_name(name), *flow_cells(received[name], *(decided[name, outcome] for outcome in OUTCOMES)))
        for name in names
    ]
    return Table("categories", _("By category"), flow_head(_("Category")), tuple(rows))


def category_order(code: str) -> tuple[Any, ...]:
    """As numbers where they are: F-x-9 before F-x-10."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in code.split("-"))


def by_office(source: Source) -> Table:
    received, decided = source.figures.office_received, source.figures.office_decided
    offices = {*received, *(office for office, _outcome in decided)}
    rows = [
        (office_name(source, office), *flow_cells(received[office], *(decided[office, o] for o in OUTCOMES)))
        for office in offices
    ]
    return Table("offices", _("By office"), flow_head(_("Office")), tuple(sorted(rows)))


def reasons(source: Source) -> Table:
    named = Counter[str]()
    for criterion, cases in source.figures.reasons.items():
        named[criterion_name(criterion)] += cases
    rows = sorted(named.items(), key=lambda row: (-row[1], row[0]))
    return Table("reasons", _("Refusals by reason"), (_("Reason"), _("Refused cases")), tuple(rows))


def processing(source: Source) -> Table:
    rows = [
        (month_name(month), *spread(of_month(source.figures, month))) for month in source.selection.months
    ]
    whole = spread(all_days(source.figures))
    head = (_("Month of the decision"), _("Decided"), _("Median"), _("90th percentile"))
    return Table("days", _("Working days until the decision"), head, ((_("All months"), *whole), *rows))


def of_month(figures: Figures, month: int) -> list[tuple[int, int]]:
    return [(days, cases) for (at, days), cases in figures.days.items() if at == month]


def all_days(figures: Figures) -> list[tuple[int, int]]:
    """(working days, cases) over all months, fewest days first."""
    whole = Counter[int]()
    for (_month, days), cases in figures.days.items():
        whole[days] += cases
    return sorted(whole.items())


def spread(counts: Sequence[tuple[int, int]]) -> tuple[Any, ...]:
    """How many, the median and the 90th percentile, to one decimal; None where there is nothing."""
    shares = (percentile(counts, share) for share in (MEDIAN, NINE_TENTHS))
    return sum(cases for _days, cases in counts), *(
        None if each is None else rounded(each) for each in shares
    )


def rounded(number: Fraction) -> float | int:
    return int(number) if number.denominator == 1 else round(float(number), 1)


def ageing(source: Source) -> Table:
    rows = [(age_name(place), source.figures.ages[age]) for place, age in enumerate(AGES)]
    return Table("ages", _("Open cases by age"), (_("Days since receipt"), _("Open cases")), tuple(rows))


def age_name(place: int) -> str:
    first = AGES[place]
    if place + 1 == len(AGES):
        return _("%(days)s or more", days=first)
    return f"{first}–{AGES[place + 1] - 1}"


def forecast(source: Source) -> Table:
    rows = [
        (
            office_name(source, office),
            *(look[what] for what in ("open", "stopped", "overdue")),
            round(look["decided"] / 8, 1),
            look["late"],
        )
        for office, look in source.figures.outlooks.items()
    ]
    head = (
        _("Office"),
        _("Open cases"),
        _("Clock stopped"),
        _("Overdue"),
        _("Decided a week"),
        _("Will be late"),
    )
    return Table("forecast", _("Due days that will be missed"), head, tuple(sorted(rows)))


TABLES: dict[str, Callable[[Source], Table]] = {
    "months": by_month,
    "categories": by_category,
    "offices": by_office,
    "reasons": reasons,
    "days": processing,
    "ages": ageing,
    "forecast": forecast,
}
