"""Pages of the paragraph library: what letters say, and how headquarters changes it."""

from io import BytesIO
from typing import Any

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from kis.accounts import four_eyes
from kis.accounts.forms import RejectionForm
from kis.cases.opening import open_case_page
from kis.core.access import Permission, current_viewer, requires
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid, NotFound
from kis.letters import paragraph_operations as operations
from kis.letters import paragraph_queries as queries
from kis.letters.composition import filled
from kis.letters.glyphs import missing_glyphs, named
from kis.letters.kinds import KINDS, Kind
from kis.letters.paragraph_checks import categories, check_place
from kis.letters.paragraph_forms import PreviewForm, TextForm, WithdrawalForm
from kis.letters.paragraph_models import ParagraphText
from kis.letters.paragraph_preview import preview, values_of_preview
from kis.letters.paragraph_words import PLACEHOLDER_LABELS
from kis.letters.paragraphs import allowed, paragraph, prose
from kis.letters.pressroom import PressFailed, draft_of
from kis.letters.views import blueprint

Page = Response | str | tuple[str, int]
READERS = queries.READERS


@blueprint.get("/paragraphs")
@requires(*READERS)
def show_library() -> str:
    viewer = current_viewer()
    return page("library", standing=queries.library(viewer), kinds=KINDS, waiting=queries.waiting(viewer))


@blueprint.get("/paragraphs/<key>")
@requires(*READERS)
def show_paragraph(key: str) -> str:
    viewer = current_viewer()
    return page(
        "paragraph",
        key=key,
        history=queries.history(key, viewer),
        standing=queries.library(viewer)[key],
        codes=categories(),
    )


@blueprint.route("/paragraphs/<key>/proposal", methods=["GET", "POST"])
@requires(Permission.PARAGRAPH_EDIT)
def propose_paragraph(key: str) -> Page:
    """A new text, for the category named in the address or for all."""
    category = asked_category(key)
    form = TextForm(obj=queries.standing(key, category).texts or queries.standing(key).texts)
    if form.validate_on_submit():
        try:
            made = operations.propose(key, category, form.texts(), form.reason.data, current_viewer())
            return proposed(made)
        except Invalid as refusal:
            db.session.rollback()
            form.form_errors.append(refusal.message)
    return form_page("propose", form, key=key, category=category)


@blueprint.route("/paragraphs/<key>/withdrawal", methods=["GET", "POST"])
@requires(Permission.PARAGRAPH_EDIT)
def withdraw_paragraph(key: str) -> Page:
    category = asked_category(key)
    form = WithdrawalForm()
    if form.validate_on_submit():
        return proposed(operations.propose_withdrawal(key, category, form.reason.data, current_viewer()))
    return form_page("withdraw", form, key=key, category=category, now=queries.standing(key, category))


@blueprint.get("/paragraphs/proposals/<int:proposal>")
@requires(*READERS)
def show_paragraph_proposal(proposal: int) -> str:
    return proposal_page(queries.get_proposal(proposal, current_viewer()))


@blueprint.get("/paragraphs/proposals/<int:proposal>/preview")
@requires(Permission.PARAGRAPH_EDIT)
def preview_paragraph(proposal: int) -> Page:
    found = queries.get_proposal(proposal, current_viewer())
    form = preview_form(found)
    if not form.validate():
        return proposal_page(found, preview_form=form), 422
    case = open_case_page(form.case.data, "letter-preview")
    letter = preview(found, KINDS[form.kind.data], case, case.assignee or current_user.account)
    changed = None if found.is_withdrawal else filled(found.key, letter.values)
    absent = named(missing_glyphs(letter.text()))
    return page("preview", letter=letter, case=case, proposal=found, changed=changed, absent=absent)


@blueprint.get("/paragraphs/proposals/<int:proposal>/preview.pdf")
@requires(Permission.PARAGRAPH_EDIT)
def preview_paragraph_pages(proposal: int) -> Response:
    """The pages of the same letter as the press sets them: a draft, kept nowhere."""
    found = queries.get_proposal(proposal, current_viewer())
    form = preview_form(found)
    if not form.validate():
        raise NotFound
    case = open_case_page(form.case.data, "letter-preview")
    kind, officer = KINDS[form.kind.data], case.assignee or current_user.account
    try:
        pdf = draft_of(values_of_preview(found, kind, case, officer))
    except PressFailed as error:
        current_app.logger.warning("the draft of a letter was not made: %s", error)
        raise Conflict(
            _("The pages could not be made. The text of the letter stands on the page.")
        ) from error
    name = f"draft-{kind.code}.pdf"
    answer = send_file(BytesIO(pdf), mimetype="application/pdf", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/paragraphs/proposals/<int:proposal>/approve")
@requires(Permission.PARAGRAPH_EDIT)
def approve_paragraph(proposal: int) -> Response:
    operations.approve(queries.get_proposal(proposal, current_viewer()), current_viewer())
    return settled(proposal, _("The text is in force: every letter from now on says it."))


@blueprint.post("/paragraphs/proposals/<int:proposal>/reject")
@requires(Permission.PARAGRAPH_EDIT)
def reject_paragraph(proposal: int) -> Page:
    found, form = queries.get_proposal(proposal, current_viewer()), RejectionForm()
    if not form.validate():
        return proposal_page(found, rejection=form), 422
    four_eyes.reject(found, form.comment.data, current_viewer())
    return settled(proposal, _("The proposal is rejected."))


@blueprint.post("/paragraphs/proposals/<int:proposal>/retract")
@requires(Permission.PARAGRAPH_EDIT)
def retract_paragraph(proposal: int) -> Response:
    four_eyes.retract(queries.get_proposal(proposal, current_viewer()), current_viewer())
    return settled(proposal, _("The proposal is taken back."))


def asked_category(key: str) -> str:
    """The category of the address. Raises NotFound."""
    category = request.args.get("category", "")
    try:
        check_place(key, category)
    except Invalid as refusal:
        raise NotFound(refusal.message) from refusal
    return category


def proposed(made: ParagraphText) -> Response:
    flash(_("The proposal is recorded. Somebody else at headquarters must approve it."), "success")
    return redirect(url_for("letters.show_paragraph_proposal", proposal=made.id))


def settled(proposal: int, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("letters.show_paragraph_proposal", proposal=proposal))


def preview_form(found: ParagraphText) -> PreviewForm:
    """Filled from the address."""
    form = PreviewForm(formdata=request.args if "case" in request.args else None)
    form.offer(prose()[found.key])
    return form


def proposal_page(found: ParagraphText, **forms: Any) -> str:
    return page(
        "proposal",
        proposal=found,
        key=found.key,
        category=found.category,
        now=queries.standing(found.key, found.category),
        is_own=found.proposed_by_id == current_viewer().account_id,
        preview_form=forms.get("preview_form") or preview_form(found),
        rejection=forms.get("rejection") or RejectionForm(formdata=None),
    )


def form_page(name: str, form: Any, **more: Any) -> Page:
    made = page(name, form=form, **more)
    return (made, 422) if form.errors else made


def page(name: str, **more: Any) -> str:
    return render_template(
        f"letters/paragraphs/{name}.html",
        placeholder_labels=PLACEHOLDER_LABELS,
        allowed=allowed,
        title_of=title_of,
        keys_of=keys_of,
        printed_in=prose(),
        can_edit=current_viewer().can(Permission.PARAGRAPH_EDIT),
        **more,
    )


def title_of(kind: Kind) -> Any:
    return paragraph(kind.title)


def keys_of(kind: Kind) -> list[str]:
    """The paragraphs of a kind in their order, each once."""
    return list(dict.fromkeys(key for key, _section in kind.paragraphs()))
