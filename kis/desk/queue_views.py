"""Pages of the queues, and assigning from them."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.accounts.models import Account
from kis.audit.operations import log_access
from kis.cases.queries import get_case
from kis.cases.queues import OVERVIEWS, QUEUES, WORKING, Queue
from kis.cases.states import STATE_LABELS
from kis.cases.workflow import hold
from kis.casework.handing_over import assign_by_hand, take_up
from kis.casework.standings import STANDINGS
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.addresses import whole_number
from kis.core.extensions import db
from kis.core.forms import posted_text
from kis.core.language import in_language
from kis.core.refusals import Invalid
from kis.core.web import wants_partial
from kis.desk.queues import (
    NOBODY,
    Filters,
    Key,
    filter_counts,
    is_countable,
    officers,
    queue_page,
    rail_counts,
)
from kis.desk.rows import lines
from kis.desk.saved_filters import may_delete, saved_filters
from kis.desk.views import blueprint
from kis.rules import Outcome, procedure

P = Permission


@blueprint.get("/queue/<name>")
@requires(P.QUEUE_READ)
def queue(name: str) -> str:
    viewer, filters = current_viewer(), Filters.of(request.args)
    asked = queue_named(name)
    log_access(f"queue:{name}")
    after, before = Key.parse(request.args.get("after")), Key.parse(request.args.get("before"))
    page = queue_page(name, viewer, filters, after, before)
    people = officers(viewer) if is_countable(viewer) else []
    return render_template(
        "desk/queue_table.html" if wants_partial() else "desk/queue.html",
        queue=asked,
        page=page,
        lines=lines(page.rows),
        filters=filters,
        unsound=Filters.unsound_days(request.args),
        choices=filter_choices(asked, people),
        shows_names=not viewer.must_state_reason,
        officers=people,
        can_assign=asked.is_open and viewer.can(P.CASE_ASSIGN),
        can_export=viewer.can(P.CASE_EXPORT),
        address=queue_address,
        **(counts(viewer) if "counts" in request.args else rail()),
    )


@blueprint.get("/queue/<name>/counts")
@requires(P.QUEUE_READ)
def queue_counts(name: str) -> str:
    """The rail of a queue page with its counts; asked for when the page is there already."""
    return render_template(
        "desk/queue_rail.html",
        queue=queue_named(name),
        filters=Filters.of(request.args),
        address=queue_address,
        **counts(current_viewer()),
    )


def queue_named(name: str) -> Queue:
    if name not in QUEUES:
        abort(404)
    return QUEUES[name]


def rail() -> dict[str, Any]:
    """What the rail lists, without counts."""
    return {"overviews": OVERVIEWS, "working": WORKING, "standings": STANDINGS, "counts": None, "saved": None}


def counts(viewer: Viewer) -> dict[str, Any]:
    """The same with the counts of queues and saved filters; none where all offices would have to be counted."""
    saved = saved_filters(viewer)
    listing = rail() | {"may_delete": partial(may_delete, viewer=viewer)}
    if not is_countable(viewer):
        return listing | {"saved": [(*row, None) for row in saved]}
    wanted = [(row.SavedFilter.queue, Filters.of(row.SavedFilter.filters)) for row in saved]
    numbers = filter_counts(viewer, wanted)
    listed = [(*row, number) for row, number in zip(saved, numbers, strict=True)]
    return listing | {"counts": rail_counts(viewer), "saved": listed}


def queue_address(name: str, filters: Filters, endpoint: str = "desk.queue", **changes: object) -> str:
    """The address of a queue with these filters, changed in some."""
    values = filters.chosen | changes
    return url_for(endpoint, name=name, **{key: str(value) for key, value in values.items() if value})


def filter_choices(asked: Queue, people: Any) -> dict[str, list[tuple[str, str]]]:
    """(value, label) of each filter that is chosen from a list."""
    categories = procedure("permanent-residence").categories.values()
    return {
        "category": [(c.code, f"{c.code} {in_language(c.label)}") for c in categories],
        "state": [(state, str(STATE_LABELS[state])) for state in asked.states],
        "assignee": [(NOBODY, _("Nobody")), *((str(row.id), row.named) for row in people)],
        "outcome": [(outcome.value, in_language(outcome.label)) for outcome in Outcome],
        "standing": [(standing, str(label)) for standing, label in STANDINGS.items()],
    }


@blueprint.post("/cases/<number>/assign")
@requires(P.CASE_ASSIGN)
def assign_case(number: str) -> Response:
    """Give the case, as its page showed it, to an officer. Many cases are given after a preview."""
    viewer = current_viewer()
    case, officer = get_case(number, viewer), chosen_officer()
    hold(case, whole_number(request.form.get("version")) or 0)
    assign_by_hand(case, officer, viewer, posted_text("reason") or None)
    flash(_("The case is given to %(name)s.", name=officer.named), "success")
    return redirect(url_for("desk.case_page", number=number))


def chosen_officer() -> Account:
    """Raises Invalid when none was chosen."""
    chosen = whole_number(request.form.get("officer"))
    officer = db.session.get(Account, chosen) if chosen else None
    if officer is None:
        raise Invalid(_("Choose the officer first."))
    return officer


@blueprint.post("/cases/<number>/take")
@requires(P.CASE_REVIEW)
def take_case(number: str) -> Response:
    viewer = current_viewer()
    take_up(get_case(number, viewer), viewer)
    flash(_("The case is yours."), "success")
    return redirect(url_for("desk.case_page", number=number))
