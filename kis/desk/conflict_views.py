"""The page on which somebody declares a conflict of interest in a case."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases.conflicts import has_conflict
from kis.cases.opening import open_case_page
from kis.cases.states import CLOSED_STATES
from kis.core.access import Permission, current_viewer, requires
from kis.core.forms import posted_text
from kis.core.refusals import Invalid
from kis.decisions.recusal import declare_conflict, may_declare
from kis.desk.views import blueprint

PARTS = (Permission.CASE_REVIEW, Permission.CASE_DECIDE)


@blueprint.route("/cases/<number>/conflict", methods=["GET", "POST"])
@requires(*PARTS)
def conflict(number: str) -> Response | str | tuple[str, int]:
    case, viewer, error = open_case_page(number, "conflict"), current_viewer(), ""
    if request.method == "POST":
        try:
            declare_conflict(case, posted_text("reason"), viewer)
        except Invalid as refusal:
            error = refusal.message
        else:
            flash(
                _("Your conflict of interest is on record. You have no further part in the case."), "success"
            )
            return redirect(url_for("desk.case_page", number=number))
    return render_template(
        "desk/conflict.html",
        case=case,
        tab="overview",
        error=error,
        declared=has_conflict(case.id, viewer.account_id),
        may_declare=may_declare(case, viewer),
    ), 422 if error else 200


@blueprint.app_context_processor
def closed() -> dict[str, object]:
    return {"closed_states": CLOSED_STATES}
