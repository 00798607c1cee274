"""Pages of allocation: how an office allocates, what it would do now, and doing it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kis.casework import allocation, staffing
from kis.casework.absences import absences_of
from kis.casework.staffing_forms import (
    ARRANGEMENT_LABELS,
    WAY_LABELS,
    AbsenceForm,
    WayForm,
    tenths,
)
from kis.casework.staffing_models import ORDINARY
from kis.casework.views import blueprint
from kis.core import clock, jobs
from kis.core.access import Permission, current_viewer, requires
from kis.core.addresses import whole_number
from kis.core.forms import posted_text
from kis.core.refusals import Conflict, Forbidden
from kis.offices.models import Office
from kis.offices.queries import office_by_code, offices_of
from kis.rules import procedure

Answer = Response | str | tuple[str, int]
PROCEDURE = "permanent-residence"


def office_of(code: str) -> Office:
    """The office, if the viewer allocates its cases. Raises NotFound or Forbidden."""
    office = office_by_code(code)
    current_viewer().require(Permission.CASE_ASSIGN, office.id)
    return office


@blueprint.get("/allocation")
@requires(Permission.CASE_ASSIGN)
def choose_office() -> Response:
    """Lead to the first office whose cases the viewer allocates."""
    offices = offices_of(current_viewer(), Permission.CASE_ASSIGN)
    if not offices:
        raise Forbidden(_("Your account does not have the permission for this."))
    return redirect(url_for("casework.show_allocation", code=offices[0].code))


@blueprint.get("/allocation/<code>")
@requires(Permission.CASE_ASSIGN)
def show_allocation(code: str) -> str:
    offices = offices_of(current_viewer(), Permission.CASE_ASSIGN)
    office = next((each for each in offices if each.code == code), None)
    return allocation_page(office or office_of(code), offices)


def allocation_page(office: Office, offices: Sequence[Office], absence: AbsenceForm | None = None) -> str:
    policy, weights = allocation.settings_of(office.id)
    work = allocation.open_work_of(office.id, weights)
    officers = allocation.candidates_of(office.id, work.loads)
    return render_template(
        "casework/allocation.html",
        office=office,
        offices=offices,
        policy=policy,
        way=WayForm(obj=policy),
        way_labels=WAY_LABELS,
        weights=weights,
        ordinary=ORDINARY,
        categories=procedure(PROCEDURE).categories.values(),
        officers=officers,
        absences=absences_of(office, clock.today()),
        absence=absence or AbsenceForm().offer([(each.account_id, each.name) for each in officers]),
        arrangements=ARRANGEMENT_LABELS,
        waiting=work.waiting,
        job=jobs.latest(allocation.ALLOCATE, office.id),
    )


def absence_form(office: Office) -> AbsenceForm:
    return AbsenceForm().offer([(officer.id, officer.named) for officer in staffing.officers_of(office)])


@blueprint.post("/allocation/<code>/way")
@requires(Permission.CASE_ASSIGN)
def set_way(code: str) -> Response:
    office, form = office_of(code), WayForm()
    staffing.set_way(office, form.way.data or "", form.at_intake.data, current_viewer())
    flash(_("The office's way of allocating was saved."), "success")
    return redirect(url_for("casework.show_allocation", code=code))


@blueprint.post("/allocation/<code>/weights")
@requires(Permission.CASE_ASSIGN)
def set_weights(code: str) -> Response:
    office, categories = office_of(code), procedure(PROCEDURE).categories
    given = {category: tenths(posted_text(f"weight-{category}")) for category in categories}
    staffing.set_weights(office, given, current_viewer())
    flash(_("The weights were saved."), "success")
    return redirect(url_for("casework.show_allocation", code=code))


@blueprint.get("/allocation/<code>/preview")
@requires(Permission.CASE_ASSIGN)
def preview_allocation(code: str) -> Answer:
    office = office_of(code)
    try:
        planned = allocation.preview(office.id, current_viewer())
    except Conflict as refusal:
        flash(refusal.message, "warning")
        return redirect(url_for("casework.show_allocation", code=code))
    return render_template(
        "casework/allocation_preview.html",
        office=office,
        planned=planned,
        possible=[each for each in planned if each.choice.account_id],
        portion=allocation.PORTION,
        ordinary=ORDINARY,
    )


@blueprint.post("/allocation/<code>/confirmation")
@requires(Permission.CASE_ASSIGN)
def confirm_allocation(code: str) -> Answer:
    """Do what the preview showed, or nothing and show it anew."""
    office = office_of(code)
    try:
        done = allocation.allocate_as_shown(office.id, shown_plan(), current_viewer())
    except Conflict as refusal:
        flash(refusal.message, "warning")
        return redirect(url_for("casework.preview_allocation", code=code))
    flash(ngettext("%(num)s case allocated.", "%(num)s cases allocated.", done), "success")
    return redirect(url_for("casework.show_allocation", code=code))


def shown_plan() -> dict[str, int | None]:
    """Officer by receipt number, as the preview's form carries them."""
    pairs = [line.rpartition(":") for line in request.form.getlist("plan")]
    return {number: whole_number(officer) for number, _colon, officer in pairs}


@blueprint.post("/allocation/<code>/all")
@requires(Permission.CASE_ASSIGN)
def allocate_all(code: str) -> Response:
    office = office_of(code)
    allocation.order_allocation(office.id, current_viewer())
    flash(_("The unassigned cases are being allocated in the background."), "success")
    return redirect(url_for("casework.show_allocation", code=code))


@blueprint.get("/allocation/<code>/progress")
@requires(Permission.CASE_ASSIGN)
def allocation_progress(code: str) -> str:
    """The part of the page that counts on while the work goes on."""
    office = office_of(code)
    return render_template(
        "casework/allocation_waiting.html",
        office=office,
        policy=allocation.policy_of(office.id),
        waiting=allocation.count_waiting(office.id),
        job=jobs.latest(allocation.ALLOCATE, office.id),
    )
