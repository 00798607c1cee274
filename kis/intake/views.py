"""The pages of the reception: the form, the upload, the preview, the receipt."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases import labels
from kis.cases.forms import change_rows, located_errors
from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.reading import read_facts
from kis.cases.states import STATE_LABELS
from kis.cases.wording import category_label
from kis.core.access import Permission, current_viewer, requires
from kis.intake import drafts, forms
from kis.intake.examination import MAX_BYTES, PROCEDURE, Examination, examine, examine_file
from kis.intake.operations import register as register_dossier
from kis.intake.queries import (
    duplicates_of,
    log_duplicates,
    notices_in,
    registration_by_key,
    registration_of,
    warnings_in,
)
from kis.intake.receipts import issue_receipt, receipt_of
from kis.precheck.dossiers import Problem

blueprint = Blueprint("intake", __name__, url_prefix="/intake")
P = Permission
AT_THE_COUNTER = (P.CASE_REGISTER, P.CASE_MARK, P.CASE_REVIEW, P.CASE_DECIDE)


@blueprint.app_context_processor
def slips() -> dict[str, object]:
    return {"lacks_receipt": lacks_receipt}


def lacks_receipt(case: Case) -> bool:
    """Whether the viewer may make a receipt slip and there is none."""
    viewer = current_viewer()
    return any(viewer.can(each, case.office_id) for each in AT_THE_COUNTER) and receipt_of(case) is None


@blueprint.get("/")
@requires(P.CASE_REGISTER)
def register() -> str:
    """The applicant's form, empty, or as it was filled in before its preview."""
    token = request.args.get("draft")
    if token is None:
        return form_page(forms.registration_form())
    draft = drafts.open_draft(token, current_viewer())
    return form_page(forms.registration_form(draft.given, draft.office.id))


@blueprint.post("/")
@requires(P.CASE_REGISTER)
def submit_form() -> Response | str | tuple[str, int]:
    form = forms.RegistrationForm()
    form.offer_choices(current_viewer())
    if change_rows(form, request.form):
        return form_page(form)
    valid = form.validate()
    if not forms.check_number(form) or not valid:
        return form_page(form), 422
    found = examine(form.dossier, PROCEDURE, form.chosen_office)
    if found.problems:
        return form_page(form, found.problems), 422
    return to_preview(found, form, "form")


@blueprint.route("/upload", methods=["GET", "POST"])
@requires(P.CASE_REGISTER)
def upload() -> Response | str | tuple[str, int]:
    """A dossier file; what is wrong with it is listed with its places, and nothing of it is kept."""
    form = forms.UploadForm()
    form.offer_offices(current_viewer())
    if not form.validate_on_submit():
        return upload_page(form), 422 if form.is_submitted() else 200
    file = request.files.get("file")
    content = file.stream.read(MAX_BYTES + 1) if file else b""
    found = examine_file(content, PROCEDURE, form.chosen_office)
    if found.problems:
        return upload_page(form, found.problems, file.filename if file else ""), 422
    return to_preview(found, form, "file")


def to_preview(found: Examination, form: forms.OfficeForm, source: str) -> Response:
    token = drafts.keep(found.given, PROCEDURE, form.chosen_office, source, current_viewer())
    return redirect(url_for("intake.preview", draft=token), 303)


@blueprint.get("/preview")
@requires(P.CASE_REGISTER)
def preview() -> str:
    """What would be registered, with all there is to know before."""
    token = request.args.get("draft", "")
    return preview_page(token, drafts.open_draft(token, current_viewer()))


@blueprint.post("/preview")
@requires(P.CASE_REGISTER)
def confirm() -> Response | tuple[str, int]:
    """Register, once for each preview; likely duplicates have to be accepted."""
    form = forms.ConfirmForm()
    viewer = current_viewer()
    draft = drafts.open_draft(form.draft.data or "", viewer)
    earlier = registration_by_key(draft.key)
    if (
        earlier is None
        and not form.accept_duplicates.data
        and duplicates_of(draft.examined().dossier, viewer)
    ):
        return preview_page(form.draft.data or "", draft, unaccepted=True), 409
    case = register_dossier(
        draft.given, draft.procedure, draft.office, viewer, source=draft.source, key=draft.key
    )
    return redirect(url_for("intake.receipt", number=case.number), 303)


@blueprint.get("/registered/<number>")
@requires(P.CASE_REGISTER)
def receipt(number: str) -> str:
    """The receipt number, and what the clerk is told of the registration."""
    case = open_case_page(number, "receipt")
    registration = registration_of(case)
    warnings = [(labels.place_label(place), message) for place, message in warnings_in(registration)]
    return render_template(
        "intake/receipt.html",
        case=case,
        slip=receipt_of(case),
        category=category_label(case.procedure, case.category),
        notices=notices_in(registration),
        warnings=warnings,
    )


@blueprint.post("/registered/<number>/slip")
@requires(*AT_THE_COUNTER)
def make_receipt(number: str) -> Response:
    """A slip where there is none in force."""
    made = issue_receipt(open_case_page(number, "receipt"), current_viewer())
    flash(_("Receipt slip %(number)s is being made.", number=made.number), "success")
    return redirect(url_for("letters.of_case", number=number))


def form_page(form: forms.ApplicationForm, problems: tuple[Problem, ...] = ()) -> str:
    form.offer_choices(current_viewer())
    return render_template(
        "intake/register.html",
        form=form,
        errors=list(located_errors(form)),
        problems=located(problems),
        document_groups=forms.document_groups(),
    )


def upload_page(form: forms.UploadForm, problems: tuple[Problem, ...] = (), name: str | None = "") -> str:
    return render_template("intake/upload.html", form=form, problems=located(problems), name=name)


def located(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Place and reason for people; the place as it is written in the file stands beside."""
    return [(place_in_words(problem.place), problem.reason) for problem in problems]


def place_in_words(place: str) -> str:
    return f"{labels.place_label(place)} ({place})" if place else ""


def preview_page(token: str, draft: drafts.Draft, **more: Any) -> str:
    found = draft.examined()
    duplicates = duplicates_of(found.dossier, current_viewer())
    log_duplicates(duplicates)
    return render_template(
        "intake/preview.html",
        draft=draft,
        token=token,
        found=found,
        pages=read_facts(found.dossier, found.contradictions),
        category=category_label(draft.procedure, found.dossier["application"]["category"]),
        documents=[
            forms.document_label(mark["code"])
            for mark in found.dossier.get("documents", ())
            if mark.get("submitted")
        ],
        duplicates=duplicates,
        state_labels=STATE_LABELS,
        form=forms.ConfirmForm(formdata=None, data={"draft": token}),
        **more,
    )
