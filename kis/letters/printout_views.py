"""Pages of printouts: asking for one, its progress, its file."""

from datetime import date
from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.audit.operations import log_access
from kis.core import clock, jobs
from kis.core.access import Permission, current_viewer, requires
from kis.core.addresses import whole_number
from kis.core.refusals import Conflict, Invalid, NotFound
from kis.core.store import DamagedFile, store
from kis.core.web import wants_partial
from kis.letters import printing
from kis.letters.kinds import KINDS
from kis.letters.models import Printout
from kis.letters.paragraphs import paragraph
from kis.letters.printing import Selection
from kis.letters.views import blueprint
from kis.offices.models import Office
from kis.offices.queries import offices_of


@blueprint.get("/letters/printouts")
@requires(Permission.LETTER_DELIVER)
def printouts() -> str:
    viewer = current_viewer()
    return render_template(
        "letters/printouts.html",
        offices=offices_of(viewer, Permission.LETTER_DELIVER),
        kinds={kind.code: paragraph(kind.title) for kind in KINDS.values() if not kind.is_internal},
        printouts=printing.newest_printouts(viewer),
        count_of=printing.count_of,
        today=clock.today(),
    )


@blueprint.post("/letters/printouts")
@requires(Permission.LETTER_DELIVER)
def ask_printout() -> Response:
    made = printing.print_letters(posted_selection(), current_viewer())
    if len(made.letters) == printing.MOST_LETTERS:
        flash(most_letters(), "warning")
    return redirect(url_for("letters.printout", printout_id=made.id))


def most_letters() -> str:
    return _(
        "A printout holds at most %(most)s letters. Ask again for those that are left,"
        " and for letters that were printed before choose the kind.",
        most=printing.MOST_LETTERS,
    )


def posted_selection() -> Selection:
    """Raises Invalid."""
    offices = {office.id: office for office in offices_of(current_viewer(), Permission.LETTER_DELIVER)}
    office: Office | None = offices.get(whole_number(request.form.get("office")) or 0)
    if office is None:
        raise Invalid(_("Choose the office."))
    try:
        day = date.fromisoformat(request.form.get("day", "").strip())
    except ValueError as error:
        raise Invalid(_("There is no such day. Write it as 2025-05-12.")) from error
    kind = request.form.get("kind")
    return Selection(office, day, kind if kind in KINDS else None, again=bool(request.form.get("again")))


@blueprint.get("/letters/printouts/<int:printout_id>")
@requires(Permission.LETTER_DELIVER, Permission.LETTER_EXPORT)
def printout(printout_id: int) -> str:
    made = printing.get_printout(printout_id, current_viewer())
    return render_template(
        "letters/printout_state.html" if wants_partial() else "letters/printout.html",
        printout=made,
        job=jobs.latest(printing.JOB, made.id),
        count_of=printing.count_of,
    )


@blueprint.get("/letters/printouts/<int:printout_id>.pdf")
@requires(Permission.LETTER_DELIVER, Permission.LETTER_EXPORT)
def download_printout(printout_id: int) -> Response:
    made = printing.get_printout(printout_id, current_viewer())
    log_access(f"printout:{made.id}")
    return send_file(
        BytesIO(content_of(made)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{made.kind}-{made.id}.pdf",
    )


def content_of(made: Printout) -> bytes:
    """Raises NotFound for one that is not made yet or no longer kept, Conflict for a damaged file."""
    if made.sha256 is None:
        raise NotFound(_("The printout is not ready, or no longer kept. Ask for it again."))
    try:
        return store().get(made.sha256)
    except (DamagedFile, FileNotFoundError) as error:
        raise Conflict(_("The stored file is damaged or missing. Ask for the printout again.")) from error
