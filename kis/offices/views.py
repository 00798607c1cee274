"""Pages of offices, windows, divisions and holidays."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from kis.core import clock
from kis.core.access import Permission, current_viewer, requires
from kis.core.language import current_language
from kis.offices import calendars, queries, words
from kis.offices.forms import HolidayForm, PeriodForm, SettingsForm
from kis.offices.models import Jurisdiction, Office
from kis.offices.operations import change_settings, override_holiday, set_period
from kis.offices.places import Province, by_province
from kis.rules import Text, procedure, procedures

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
    return office_page(queries.office_by_code(code))


@blueprint.post("/<code>")
@requires(Permission.OFFICE_MANAGE)
def save_settings(code: str) -> Response | tuple[str, int]:
    found, form = managed(code), SettingsForm()
    if not form.validate():
        return office_page(found, settings=form), 422
    change_settings(found, form.settings())
    flash(_("The settings of the office were saved."), "success")
    return redirect(url_for("offices.show_office", code=code))


@blueprint.post("/<code>/periods")
@requires(Permission.OFFICE_MANAGE)
def save_period(code: str) -> Response | tuple[str, int]:
    found, form = managed(code), period_form()
    if not form.validate():
        return office_page(found, period=form), 422
    name, _colon, category = form.category.data.partition(":")
    set_period(found, name, category, form.working_days.data)
    flash(_("The processing period was saved. It holds for applications from now on."), "success")
    return redirect(url_for("offices.show_office", code=code, _anchor="periods"))


def managed(code: str) -> Office:
    """The office, for an account that manages it. Raises NotFound or Forbidden."""
    found = queries.office_by_code(code)
    current_viewer().require(Permission.OFFICE_MANAGE, found.id)
    return found


def office_page(
    office: Office, settings: SettingsForm | None = None, period: PeriodForm | None = None
) -> str:
    return render_template(
        "offices/office.html",
        office=office,
        form=settings or SettingsForm(formdata=None, obj=office),
        period=period or period_form(formdata=None),
        periods=queries.periods_of(office),
    )


def period_form(**given: Any) -> PeriodForm:
    form = PeriodForm(**given)
    form.category.choices = period_choices()
    return form


def period_choices() -> list[SelectChoice]:
    """Every category of every procedure, and each procedure as a whole, as "procedure:category"."""
    return [
        SelectChoice(f"{each.id}:{code}", label)
        for each in procedures()
        for code, label in (
            ("", _("every category")),
            *((code, f"{code} {label_of(category.label)}") for code, category in each.categories.items()),
        )
    ]


def label_of(text: Text) -> str:
    return text.in_language(current_language())


@blueprint.app_template_filter("category_label")
def category_label(category: str, of_procedure: str) -> str:
    """Code and name of a category; "every category" for none."""
    if not category:
        return _("every category")
    return f"{category} {label_of(procedure(of_procedure).categories[category].label)}"


def holidays_page(form: HolidayForm) -> str:
    year = min(max(request.args.get("year", clock.today().year, type=int), 1950), date.max.year - 1)
    days = sorted(calendars.public_holidays(year).items())
    overrides = queries.overridden_days()
    return render_template("offices/holidays.html", year=year, days=days, overrides=overrides, form=form)
