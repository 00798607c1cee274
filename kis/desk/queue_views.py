"""Pages of the queues, and assigning from them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kis.accounts.models import Account
from kis.accounts.views import local_address
from kis.audit.operations import log_access
from kis.cases.operations import assign, take
from kis.cases.queries import get_case
from kis.cases.states import CLOSED_STATES, OPEN_STATES, STATE_LABELS
from kis.core import clock
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.addresses import whole_number
from kis.core.extensions import db
from kis.core.forms import posted_text
from kis.core.language import in_language
from kis.core.refusals import Invalid
from kis.core.web import wants_partial
from kis.desk.queues import NOBODY, QUEUES, Filters, Key, officers, queue_page
from kis.desk.views import blueprint
from kis.rules import Outcome, procedure

FILTERS = ("category", "state", "assignee", "outcome")


@blueprint.get("/queue/<name>")
@requires(Permission.QUEUE_READ)
def queue(name: str) -> str:
    if name not in QUEUES:
        abort(404)
    viewer = current_viewer()
    filters = asked_filters()
    log_access(f"queue:{name}")
    page = queue_page(
        name, viewer, filters, Key.parse(request.args.get("after")), Key.parse(request.args.get("before"))
    )
    return render_template(
        "desk/queue_table.html" if wants_partial() else "desk/queue.html",
        name=name,
        title=queue_title(name),
        page=page,
        filters=filters,
        chosen=chosen_filters(filters),
        choices=filter_choices(name, viewer),
        shows_names=not viewer.must_state_reason,
        officers=officers(viewer),
        can_assign=viewer.can(Permission.CASE_ASSIGN),
        can_take=viewer.can(Permission.CASE_REVIEW) and name == "unassigned",
        today=clock.today(),
        state_labels=STATE_LABELS,
        address=queue_address,
    )


def queue_title(name: str) -> str:
    return {
        "mine": _("My cases"),
        "unassigned": _("Unassigned"),
        "awaiting-decision": _("Awaiting decision"),
        "open": _("All open cases"),
        "decided": _("Decided"),
    }[name]


def asked_filters() -> Filters:
    """The filters in the address; an assignee that is no number is dropped."""
    asked = {name: request.args.get(name) or None for name in FILTERS}
    assignee = asked["assignee"]
    if assignee != NOBODY and whole_number(assignee) is None:
        asked["assignee"] = None
    return Filters(**asked)


def queue_address(name: str, filters: Filters, **changes: object) -> str:
    """The address of a queue with these filters, changed in some."""
    values = {key: getattr(filters, key) for key in FILTERS} | changes
    return url_for("desk.queue", name=name, **{key: str(value) for key, value in values.items() if value})


def filter_choices(name: str, viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """(value, label) of each filter."""
    categories = procedure("permanent-residence").categories.values()
    people = [(str(row.id), row.full_name) for row in officers(viewer)]
    return {
        "category": [(c.code, f"{c.code} {in_language(c.label)}") for c in categories],
        "state": [(state, str(STATE_LABELS[state])) for state in states_of(name)],
        "assignee": [(NOBODY, _("Nobody")), *people],
        "outcome": [(outcome.value, in_language(outcome.label)) for outcome in Outcome],
    }


def states_of(name: str) -> tuple[str, ...]:
    return CLOSED_STATES if name == "decided" else OPEN_STATES


def chosen_filters(filters: Filters) -> list[tuple[str, str]]:
    return [(name, value) for name in FILTERS if (value := getattr(filters, name))]


@blueprint.post("/queue/assign")
@requires(Permission.CASE_ASSIGN)
def assign_selected() -> Response:
    """Give the selected cases to one officer; if one is refused, none is given."""
    viewer = current_viewer()
    officer = chosen_officer()
    numbers = request.form.getlist("case")
    if not numbers:
        raise Invalid(_("Select at least one case."))
    for number in numbers:
        assign(get_case(number, viewer), officer, viewer, posted_text("reason") or None)
    flash(
        ngettext(
            "%(num)s case assigned to %(name)s.",
            "%(num)s cases assigned to %(name)s.",
            len(numbers),
            name=officer.full_name,
        ),
        "success",
    )
    return redirect(local_address(request.form.get("next")))


def chosen_officer() -> Account:
    """Raises Invalid when none was chosen."""
    chosen = whole_number(request.form.get("officer"))
    officer = db.session.get(Account, chosen) if chosen else None
    if officer is None:
        raise Invalid(_("Choose the officer first."))
    return officer


@blueprint.post("/cases/<number>/take")
@requires(Permission.CASE_REVIEW)
def take_case(number: str) -> Response:
    viewer = current_viewer()
    take(get_case(number, viewer), viewer)
    flash(_("The case is yours."), "success")
    return redirect(url_for("desk.case_page", number=number))
