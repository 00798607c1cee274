"""The case page: overview, reason for reading, notes, timeline."""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases import queries
from kis.cases.models import Case
from kis.cases.notes import earlier_wordings
from kis.cases.opening import ReasonNeeded, keep_looks, open_case_page, state_reason
from kis.cases.operations import may_note
from kis.cases.scope import reader_ids
from kis.cases.states import ACTION_LABELS, STATE_LABELS, Possibility, possibilities
from kis.core import clock
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.addresses import asked_number
from kis.core.forms import posted_text
from kis.core.web import wants_partial
from kis.decisions.queries import evidence_of
from kis.desk.queues import officers
from kis.desk.steps import page_of_step
from kis.desk.timeline import events_of
from kis.desk.views import blueprint
from kis.documents.queries import checklist_of
from kis.precheck.queries import at_hand, outcomes_of
from kis.rules import area_label

MIN_REASON = 5
# In the cookie: the case for which a reason was asked, and the page that was to be opened.
WANTED = "wanted"


@blueprint.get("/cases/<number>")
@requires(Permission.CASE_READ)
def case_page(number: str) -> str:
    case = open_case_page(number, "overview")
    viewer, known = current_viewer(), at_hand(case)
    possible = possibilities(case, viewer, evidence_of(case, viewer, known))
    return render_template(
        "desk/case.html",
        case=case,
        tab="overview",
        notes=queries.notes(case, limit=5),
        may_note=may_note(case, viewer),
        events=events_of(case, limit=20)[0],
        effective=outcomes_of(case, known.run) if known.run else None,
        checklist=checklist_of(case, known.documents, known.facts),
        possible=possible,
        page_of_step=page_of_step,
        officers=officers_for(case, viewer, possible),
    )


def officers_for(case: Case, viewer: Viewer, possible: list[Possibility]) -> list[Any]:
    """Whom the case can be given to; nobody where it cannot be given."""
    if all(each.refusal for each in possible if each.action == "assign"):
        return []
    named = reader_ids(case) if case.restricted else None
    here = [row for row in officers(viewer) if row.office_id == case.office_id]
    return here if named is None else [row for row in here if row.id in named]


@blueprint.get("/cases/<number>/history")
@requires(Permission.CASE_READ)
def history(number: str) -> str:
    case = open_case_page(number, "history")
    events, earlier = events_of(case, asked_number("before"))
    return render_template(
        "desk/history.html",
        case=case,
        tab="history",
        notes=queries.notes(case),
        may_note=may_note(case, current_viewer()),
        earlier_wordings=earlier_wordings(case),
        events=events,
        earlier=earlier,
    )


@blueprint.route("/cases/<number>/reason", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def give_reason(number: str) -> Response | str | tuple[str, int]:
    """Ask an account of headquarters why it reads this case."""
    case = queries.get_case(number, current_viewer())
    if request.method == "GET":
        return render_template("desk/reason.html", number=number, error=None)
    reason = posted_text("reason")
    if len(reason) < MIN_REASON:
        return render_template(
            "desk/reason.html", number=number, error=_("Write a reason of at least 5 characters.")
        ), 422
    state_reason(case, reason[:500])
    asked, address = session.pop(WANTED, ("", ""))
    return redirect(address if asked == number else url_for("desk.case_page", number=number))


blueprint.after_app_request(keep_looks)


@blueprint.app_errorhandler(ReasonNeeded)
def ask_for_reason(needed: ReasonNeeded) -> Response:
    if request.method == "GET" and not wants_partial():
        # A letter of a register, say: what was asked for is opened once the reason is stated.
        session[WANTED] = (needed.number, request.full_path.rstrip("?"))
    return redirect(url_for("desk.give_reason", number=needed.number))


@blueprint.app_context_processor
def case_words() -> dict[str, object]:
    return {
        "today": clock.today,
        "state_labels": STATE_LABELS,
        "action_labels": ACTION_LABELS,
        "area_label": area_label,
    }
