"""The page of the statistics, its tables as CSV, and counting anew."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from kis.core import clock
from kis.core.access import Permission, current_viewer, requires
from kis.core.addresses import asked_number
from kis.core.language import current_language
from kis.core.refusals import Invalid, NotFound
from kis.core.sheets import sheet, sheet_file
from kis.offices.queries import offices_of
from kis.rules import procedures
from kis.statistics import charts
from kis.statistics.counting import ask_to_count, month_number
from kis.statistics.queries import Selection, counted_at, figures_of
from kis.statistics.tables import TABLES, Source, Table, all_days, category_name, month_name

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")
P = Permission
USUAL_MONTHS, MOST_MONTHS = 12, 120
FILTERS = ("first", "last", "office", "category")
BARS = ("categories", "offices", "reasons", "ages", "forecast")


@blueprint.get("")
@requires(P.STATISTICS_READ)
def show_statistics() -> str:
    source = asked_source()
    tables = {name: make(source) for name, make in TABLES.items()}
    return render_template(
        "statistics/statistics.html",
        source=source,
        tables=tables,
        charts=charts_of(source, tables),
        counted_at=counted_at(),
        may_count=current_viewer().can(P.STATISTICS_COUNT),
        choices=choices(source),
        asked={name: value for name, value in request.args.items() if name in FILTERS},
    )


@blueprint.get("/<name>.csv")
@requires(P.STATISTICS_READ)
def table_file(name: str) -> Response:
    if name not in TABLES:
        raise NotFound(_("There is no such table."))
    table = TABLES[name](asked_source())
    return sheet_file(f"statistics-{name}-{clock.today()}.csv", sheet(table.head, table.rows))


@blueprint.post("/count")
@requires(P.STATISTICS_COUNT)
def count_anew() -> Answer:
    """Have everything counted by a worker now, and not only with the hour. Auditors only read."""
    ask_to_count()
    flash(_("The cases are being counted. Load the page again in a moment."), "success")
    return redirect(url_for("statistics.show_statistics"))


def asked_source() -> Source:
    """What the address asks for, within what the viewer may read; twelve months where it does not say. Raises Invalid."""
    last = asked_month("last") or month_number(clock.today())
    first = asked_month("first") or months_before(last, USUAL_MONTHS - 1)
    if first > last:
        raise Invalid(_("The first month lies after the last."))
    if first < months_before(last, MOST_MONTHS - 1):
        raise Invalid(_("Choose at most %(count)s months.", count=MOST_MONTHS))
    category = request.args.get("category", "")
    known = {code for each in procedures() for code in each.categories}
    selection = Selection.of(
        current_viewer(), first, last, asked_number("office"), category if category in known else ""
    )
    offices = {office.id: office for office in offices_of(current_viewer(), P.STATISTICS_READ)}
    return Source(figures_of(selection, offices.keys()), selection, offices)


def asked_month(name: str) -> int | None:
    """202611 for "2026-11"; None where nothing is asked. Raises Invalid for what is no month."""
    asked = request.args.get(name, "").strip()
    try:
        return month_number(date.fromisoformat(f"{asked}-01")) if asked else None
    except ValueError as error:
        raise Invalid(_("“%(month)s” is no month. Write it as 2026-11.", month=asked)) from error


def months_before(month: int, count: int) -> int:
    whole = month // 100 * 12 + month % 100 - 1 - count
    return whole // 12 * 100 + whole % 12 + 1


def charts_of(source: Source, tables: dict[str, Table]) -> dict[str, Any]:
    months = [month_name(month) for month in source.selection.months]
    flow, spread = tables["months"], tables["days"]
    drawn: dict[str, Any] = {
        "months": charts.line_chart(months, series(flow, (1, 2, 3, 4))),
        "days": charts.line_chart(months, series(spread, (2, 3), skip=1)),
        "histogram": charts.histogram(all_days(source.figures)),
    }
    for name in BARS:
        place = -1 if name == "forecast" else 1
        drawn[name] = charts.bars([(row[0], row[place]) for row in tables[name].rows])
    return drawn


def series(table: Table, columns: tuple[int, ...], skip: int = 0) -> list[tuple[str, list[Any]]]:
    return [(table.head[place], [row[place] for row in table.rows[skip:]]) for place in columns]


def choices(source: Source) -> dict[str, list[tuple[str, str]]]:
    """(value, label) of each filter."""
    codes = [code for each in procedures() for code in each.categories]
    return {
        "office": [(str(each.id), each.in_language(current_language())) for each in source.offices.values()],
        "category": [(code, category_name(code)) for code in codes],
    }
