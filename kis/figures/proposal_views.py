"""Pages on which headquarters proposes changes of the reference data."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.core.access import Permission, current_viewer, requires
from kis.core.addresses import asked_number
from kis.figures import operations, queries
from kis.figures.forms import FORMS, ImportForm, ReasonForm
from kis.figures.reading import BadLine, Change, RefusedFile, changes_of_file
from kis.figures.subjects import SUBJECTS, Subject
from kis.figures.views import blueprint

Page = Response | str | tuple[str, int]
MAX_FILE = 1_000_000


@blueprint.get("/proposals")
@requires(Permission.FIGURE_READ)
def show_proposals() -> str:
    found = queries.proposals(current_viewer(), asked_number("before"))
    shown = found[: queries.PAGE]
    older = shown[-1].id if len(found) > queries.PAGE else None
    return render_template("figures/proposals.html", proposals=shown, older=older)


@blueprint.route("/<subject>/new", methods=["GET", "POST"])
@requires(Permission.FIGURE_EDIT)
def add_row(subject: str) -> Page:
    table = subject_of(subject)
    form = FORMS[table.name]()
    if form.validate_on_submit():
        return proposed([Change(table.name, None, form.plain(table))], form.reason.data)
    return form_page("figures/propose.html", form, table, None)


@blueprint.route("/<subject>/<int:row>/change", methods=["GET", "POST"])
@requires(Permission.FIGURE_EDIT)
def change_row(subject: str, row: int) -> Page:
    table = subject_of(subject)
    found = queries.get_row(table, row, current_viewer())
    form = FORMS[table.name](obj=found)
    if form.validate_on_submit():
        return proposed([Change(table.name, table.plain(found), form.plain(table))], form.reason.data)
    return form_page("figures/propose.html", form, table, found)


@blueprint.route("/<subject>/<int:row>/withdrawal", methods=["GET", "POST"])
@requires(Permission.FIGURE_EDIT)
def withdraw_row(subject: str, row: int) -> Page:
    table = subject_of(subject)
    found = queries.get_row(table, row, current_viewer())
    form = ReasonForm()
    if form.validate_on_submit():
        return proposed([Change(table.name, table.plain(found), None)], form.reason.data)
    return form_page("figures/withdraw.html", form, table, found)


@blueprint.route("/<subject>/import", methods=["GET", "POST"])
@requires(Permission.FIGURE_EDIT)
def import_file(subject: str) -> Page:
    table = subject_of(subject)
    form, bad = ImportForm(), list[BadLine]()
    if form.validate_on_submit():
        content = request.files["file"].read(MAX_FILE + 1)
        try:
            return proposed(changes_of_file(content, table, queries.plain_rows(table)), form.reason.data)
        except RefusedFile as refusal:
            bad = refusal.lines
    page = render_template("figures/import.html", form=form, subject=table, bad=bad)
    return (page, 422) if form.errors or bad else page


def subject_of(name: str) -> Subject:
    if name not in SUBJECTS:
        abort(404)
    return SUBJECTS[name]


def proposed(changes: Sequence[Change], reason: str) -> Response:
    made = operations.propose(changes, reason, current_viewer())
    flash(_("The proposal is recorded. Somebody else at headquarters must approve it."), "success")
    return redirect(url_for("figures.show_proposal", proposal=made.id))


def form_page(template: str, form: ReasonForm, subject: Subject, row: Any) -> Page:
    page = render_template(template, form=form, subject=subject, row=row)
    return (page, 422) if form.errors else page
