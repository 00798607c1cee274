"""The page on which a letter is corrected."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases.opening import open_case_page
from kis.core.access import Permission, current_viewer, requires
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.core.web import keep_writes
from kis.letters import queries
from kis.letters.correction_forms import CorrectionForm
from kis.letters.corrections import can_be_corrected, correct
from kis.letters.models import Letter
from kis.letters.views import blueprint

Page = Response | str | tuple[str, int]


@blueprint.app_context_processor
def correcting() -> dict[str, object]:
    return {"may_correct": may_correct}


def may_correct(letter: Letter) -> bool:
    """Whether the viewer may correct the letter."""
    return current_viewer().can(Permission.CASE_DECIDE, letter.case.office_id) and can_be_corrected(letter)


@blueprint.route("/letters/<number>/correction", methods=["GET", "POST"])
@requires(Permission.CASE_DECIDE)
def correct_letter(number: str) -> Page:
    letter = queries.get_letter(number, current_viewer())
    open_case_page(letter.case.number, "letter")
    if not can_be_corrected(letter):
        raise Conflict(_("Only a letter that has its PDF, is in force and went to somebody is corrected."))
    form = CorrectionForm()
    if form.change_rows(request.form.get("add-row"), request.form.get("remove-row")):
        return form_page(letter, form)
    if not form.validate_on_submit():
        return refused(letter, form) if form.errors else form_page(letter, form)
    try:
        notice = correct(letter, form.corrections(), form.grounds(), current_viewer())
    except Invalid as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        # The look went with the transaction, and is put on record again.
        open_case_page(letter.case.number, "letter")
        return refused(letter, form)
    flash(_("Notice of correction %(number)s is issued.", number=notice.number), "success")
    return redirect(url_for("letters.of_case", number=letter.case.number))


def refused(letter: Letter, form: CorrectionForm) -> tuple[str, int]:
    """The page with what is wrong; that it was looked at stays on record though nothing else is written."""
    keep_writes()
    return form_page(letter, form), 422


def form_page(letter: Letter, form: CorrectionForm) -> str:
    return render_template(
        "letters/correction.html", case=letter.case, tab="letters", letter=letter, form=form
    )
