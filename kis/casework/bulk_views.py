"""One action on the cases selected in a queue: its preview, and its confirmation."""

from flask import flash, redirect, render_template, request
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kis.accounts.models import Account
from kis.accounts.views import local_address
from kis.audit.operations import log_access
from kis.casework import bulk
from kis.casework.staffing import officers_of
from kis.casework.views import blueprint
from kis.casework.words import EXTENSION_REASONS
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.addresses import whole_number
from kis.core.extensions import db
from kis.core.forms import posted_text
from kis.core.refusals import Refusal
from kis.offices.queries import offices_of

Answer = Response | str | tuple[str, int]


@blueprint.post("/bulk/preview")
@requires(Permission.CASE_ASSIGN)
def preview_bulk() -> str:
    """Nothing is done yet; each selected case says whether it could be."""
    log_access("bulk-preview")
    return preview_page(request.form.getlist("case"), asked())


def preview_page(numbers: list[str], wanted: bulk.Wanted, refusal: str = "") -> str:
    """What would happen, or the form alone as long as something is missing for all."""
    viewer, lacking = current_viewer(), bulk.missing(wanted)
    if lacking:
        bulk.find(numbers, viewer)
    trials = [] if lacking else bulk.preview(numbers, wanted, viewer)
    return render_template(
        "casework/bulk.html",
        wanted=wanted,
        numbers=dict.fromkeys(numbers),
        trials=trials,
        possible=[each for each in trials if each.is_possible],
        notice_text=refusal or lacking,
        officers=officers_of_offices(viewer) if wanted.action == "assign" else (),
        reasons=EXTENSION_REASONS,
        following=local_address(request.form.get("next")),
    )


def officers_of_offices(viewer: Viewer) -> list[tuple[int, str]]:
    """(id, name) of the officers of the viewer's offices, each once, by name."""
    offices = offices_of(viewer, Permission.CASE_ASSIGN)
    return sorted(
        {tuple(officer) for office in offices for officer in officers_of(office)}, key=lambda o: o[1]
    )


@blueprint.post("/bulk/confirmation")
@requires(Permission.CASE_ASSIGN)
def confirm_bulk() -> Answer:
    """All that the preview showed as possible, or nothing and the preview anew."""
    wanted, shown = asked(), shown_versions()
    try:
        with db.session.begin_nested():
            done = bulk.confirm(shown, wanted, current_viewer())
    except Refusal as refusal:
        return preview_page(list(shown), wanted, refusal.message), refusal.status
    flash(DONE[wanted.action](done, wanted), "success")
    return redirect(local_address(request.form.get("next")))


def asked() -> bulk.Wanted:
    """What is to be done, of the form of the queue or of the preview."""
    chosen = whole_number(request.form.get("officer"))
    return bulk.Wanted(
        action=request.form.get("action", ""),
        officer=db.session.get(Account, chosen) if chosen else None,
        note=posted_text("note")[:500],
        working_days=whole_number(request.form.get("working_days")) or 0,
        reason=request.form.get("reason", ""),
    )


def shown_versions() -> dict[str, int]:
    """Version by receipt number, as the preview's form carries them."""
    pairs = [line.rpartition(":") for line in request.form.getlist("shown")]
    return {number: whole_number(version) or 0 for number, _colon, version in pairs}


def told_assigned(count: int, wanted: bulk.Wanted) -> str:
    name = wanted.officer.named if wanted.officer else ""
    return ngettext(
        "%(num)s case assigned to %(name)s.", "%(num)s cases assigned to %(name)s.", count, name=name
    )


def told_returned(count: int, _wanted: bulk.Wanted) -> str:
    return ngettext("%(num)s case returned to the queue.", "%(num)s cases returned to the queue.", count)


def told_extended(count: int, _wanted: bulk.Wanted) -> str:
    return ngettext(
        "The period of %(num)s case was extended; a letter tells the applicant.",
        "The periods of %(num)s cases were extended; letters tell the applicants.",
        count,
    )


DONE = {"assign": told_assigned, "return": told_returned, "extend": told_extended}
