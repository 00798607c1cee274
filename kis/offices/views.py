"""Pages of offices, windows, divisions and holidays."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.core import clock
from kis.core.access import Permission, current_viewer, requires
from kis.core.language import current_language
from kis.offices import calendars, queries, words
from kis.offices.forms import HolidayForm, SettingsForm
from kis.offices.models import Jurisdiction
from kis.offices.operations import change_settings, override_holiday
from kis.offices.places import Province, by_province

blueprint = Blueprint("offices", __name__, url_prefix="/offices")


@blueprint.app_context_processor
def add_words() -> dict[str, object]:
    return {"office_words": words}


@blueprint.app_template_filter("sources")
def name_sources(codes: str | None) -> str:
    return words.source_names(codes, current_language())


@blueprint.app_template_filter("by_province")
def group_by_province(jurisdictions: list[Jurisdiction]) -> list[Province]:
    return by_province(jurisdictions, current_language())


@blueprint.get("/")
@requires(Permission.OFFICE_READ)
def show_offices() -> str:
    return render_template("offices/list.html", offices=queries.all_offices())


@blueprint.get("/windows")
@requires(Permission.OFFICE_READ)
def show_windows() -> str:
    return render_template("offices/windows.html", windows=queries.all_windows(), today=clock.today())


@blueprint.get("/divisions")
@requires(Permission.OFFICE_READ)
def show_divisions() -> str:
    return render_template("offices/divisions.html", divisions=queries.all_divisions())


@blueprint.get("/holidays")
@requires(Permission.OFFICE_READ)
def show_holidays() -> str:
    return holidays_page(HolidayForm())


@blueprint.post("/holidays")
@requires(Permission.OFFICE_MANAGE)
def add_holiday() -> Response | tuple[str, int]:
    form = HolidayForm()
    if not form.validate():
        return holidays_page(form), 422
    closed = form.holds.data == "holiday"
    override_holiday(form.day.data, closed, form.reason.data, form.source.data)
    flash(_("The day was saved."), "success")
    return redirect(url_for("offices.show_holidays", year=form.day.data.year))


@blueprint.get("/<code>")
@requires(Permission.OFFICE_READ)
def show_office(code: str) -> str:
    found = queries.office_by_code(code)
    return render_template("offices/office.html", office=found, form=SettingsForm(obj=found))


@blueprint.post("/<code>")
@requires(Permission.OFFICE_MANAGE)
def save_settings(code: str) -> Response | tuple[str, int]:
    found, form = queries.office_by_code(code), SettingsForm()
    current_viewer().require(Permission.OFFICE_MANAGE, found.id)
    if not form.validate():
        return render_template("offices/office.html", office=found, form=form), 422
    change_settings(found, form.settings())
    flash(_("The settings of the office were saved."), "success")
    return redirect(url_for("offices.show_office", code=code))


def holidays_page(form: HolidayForm) -> str:
    year = min(max(request.args.get("year", clock.today().year, type=int), 1950), date.max.year - 1)
    days = sorted(calendars.public_holidays(year).items())
    overrides = queries.overridden_days()
    return render_template("offices/holidays.html", year=year, days=days, overrides=overrides, form=form)
