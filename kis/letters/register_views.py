"""Pages of the registers of letters, and the registers as files."""

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from kis.audit.operations import log_access
from kis.core import clock
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.addresses import asked_number
from kis.core.extensions import db
from kis.core.forms import posted_text
from kis.core.refusals import Invalid
from kis.core.sheets import sheet, sheet_file
from kis.letters import registers as kept
from kis.letters.printing import print_register, record_export
from kis.letters.queries import PAGE
from kis.letters.registers import Register, require_register
from kis.letters.views import blueprint
from kis.offices.models import Office
from kis.offices.queries import offices_of

MOST_LINES = 20_000


@blueprint.get("/letters/registers")
@requires(Permission.QUEUE_READ)
def registers() -> str:
    viewer = current_viewer()
    offices = offices_of(viewer, Permission.QUEUE_READ)
    register = asked_register(viewer, Permission.QUEUE_READ, offices[0] if offices else None)
    log_access(f"register:{register.office.code}-{register.year}-{register.code}")
    lines = kept.entries(register, viewer, asked_number("after") or 0)
    return render_template(
        "letters/register.html",
        register=register,
        lines=lines,
        offices=offices,
        codes=kept.codes(),
        years=kept.years(),
        title_of=kept.title_of,
        shows_names=not viewer.must_state_reason_in(register.office.id),
        can_export=viewer.can(Permission.LETTER_EXPORT, register.office.id),
        following=lines[-1].letter.sequence if len(lines) == PAGE else None,
    )


def asked_register(viewer: Viewer, permission: Permission, usual: Office | None = None) -> Register:
    """The register that the address names; the viewer's first office and this year where it names none."""
    office_id = asked_number("office")
    office = db.session.get(Office, office_id) if office_id else usual
    year = asked_number("year") or clock.today().year
    return require_register(request.args.get("register", "D"), office, year, viewer, permission)


@blueprint.post("/letters/registers/csv")
@requires(Permission.LETTER_EXPORT)
def export_register() -> Response:
    """The whole register as CSV; with its reason in the access log and the chain."""
    viewer = current_viewer()
    register, reason = asked_register(viewer, Permission.LETTER_EXPORT), posted_text("reason")
    record_export(register, "csv", reason)
    lines = kept.entries(register, viewer, limit=MOST_LINES + 1)
    if len(lines) > MOST_LINES:
        raise Invalid(_("The register is too long for one file. Ask for its PDF."))
    log_access(f"register-export:{register.office.code}-{register.year}-{register.code}", reason=reason)
    names = not viewer.must_state_reason_in(register.office.id)
    content = sheet(kept.heads(register, names), (kept.cells(register, line, names) for line in lines))
    return sheet_file(f"register-{register.office.code}-{register.year}-{register.code}.csv", content)


@blueprint.post("/letters/registers/pdf")
@requires(Permission.LETTER_EXPORT)
def export_register_pdf() -> Answer:
    """Have the register made as a PDF; its page shows how far it is."""
    viewer = current_viewer()
    register, reason = asked_register(viewer, Permission.LETTER_EXPORT), posted_text("reason")
    printout = print_register(register, reason, viewer)
    log_access(f"register-export:{register.office.code}-{register.year}-{register.code}", reason=reason)
    return redirect(url_for("letters.printout", printout_id=printout.id))
