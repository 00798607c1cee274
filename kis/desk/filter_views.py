"""Keeping the filters of a queue under a name, and taking a queue away as a CSV file."""

from flask import Response as Answer
from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.audit.operations import log_access, record
from kis.cases.states import OUTCOME_LABELS, STATE_LABELS
from kis.core import clock
from kis.core.access import Permission, current_viewer, requires
from kis.core.forms import posted_text
from kis.core.language import in_language
from kis.core.refusals import Invalid
from kis.core.sheets import sheet, sheet_file
from kis.desk.queue_views import queue_address, queue_named
from kis.desk.queues import Filters, export_rows
from kis.desk.saved_filters import delete_filter, save_filter
from kis.desk.views import blueprint
from kis.rules import Outcome

MIN_REASON = 5
MOST_ROWS = 10_000


@blueprint.post("/queue/<name>/filters")
@requires(Permission.QUEUE_READ)
def keep_filter(name: str) -> Response:
    asked, filters = queue_named(name), Filters.of(request.args)
    save_filter(posted_text("name"), asked.name, filters, "shared" in request.form, current_viewer())
    flash(_("The filter is saved."), "success")
    return redirect(queue_address(name, filters))


@blueprint.post("/queue/filters/<int:saved_id>/delete")
@requires(Permission.QUEUE_READ)
def forget_filter(saved_id: int) -> Response:
    delete_filter(saved_id, current_viewer())
    flash(_("The filter is deleted."), "success")
    return redirect(url_for("desk.queue", name="open"))


@blueprint.post("/queue/<name>/export")
@requires(Permission.CASE_EXPORT)
def export_queue(name: str) -> Answer:
    """The queue as it is filtered, as a CSV file; with its reason in the access log and the chain."""
    viewer, filters = current_viewer(), Filters.of(request.args)
    asked, reason = queue_named(name), posted_text("reason")
    if Filters.unsound_days(request.args):
        raise Invalid(_("There is no such day. Write it as 2025-05-12."))
    if not MIN_REASON <= len(reason) <= 500:
        raise Invalid(_("Write the reason for the export in 5 to 500 characters."))
    rows = export_rows(name, viewer, filters, MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        raise Invalid(_("More than %(count)s cases fit. Narrow the queue first.", count=f"{MOST_ROWS:,}"))
    log_access(f"queue-export:{name}", reason=reason)
    record(
        "queue.exported",
        after={"queue": asked.name, "filters": filters.chosen, "cases": len(rows), "reason": reason},
    )
    names = not viewer.must_state_reason
    content = sheet(heads(names), (cells(row, names) for row in rows))
    return sheet_file(f"{name}-{clock.today().isoformat()}.csv", content)


def heads(names: bool) -> list[str]:
    person = [_("Family name"), _("Given names"), _("Name in own script")] if names else []
    return [
        _("Receipt number"), _("Office"), *person, _("Nationality"), _("Category"), _("State"), _("Decision"),
        _("Pre-check"), _("Officer in charge"), _("Applied on"), _("Due"), _("Clock stopped since"),
    ]  # fmt: skip


def cells(row: object, names: bool) -> list[object]:
    given = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001
    person = [given[name] for name in ("family_name", "given_names", "local_name")] if names else []
    return [
        given["number"], given["office"], *person, given["nationality"], given["category"],
        str(STATE_LABELS[given["state"]]), str(OUTCOME_LABELS.get(given["outcome"], "")),
        in_words(given["precheck_outcome"]), given["assignee"], given["received_on"], given["due_on"], given["stopped_on"],
    ]  # fmt: skip


def in_words(outcome: str | None) -> str:
    return in_language(Outcome(outcome).label) if outcome else ""
