"""The checklist of a case and the review of one document beside its scan."""

from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.states import OPEN_STATES
from kis.casework.asking import needs_of
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.refusals import Invalid, NotFound
from kis.core.store import DamagedFile, store
from kis.core.web import wants_partial
from kis.decisions.operations import void_for_change
from kis.desk.document_choices import DEFECT, MARK
from kis.desk.stale import Both
from kis.desk.views import blueprint
from kis.documents import operations, queries
from kis.documents.forms import (
    AddDocumentForm,
    DefectForm,
    MarkForm,
    ReviewForm,
    RowForm,
    filled,
    mark_from_text,
    shown_mark,
)
from kis.documents.models import CaseDocument, Scan
from kis.documents.scans import ACCEPTED, MAX_BYTES, MEGABYTE
from kis.precheck.operations import run
from kis.precheck.queries import latest_run

P = Permission
CHECKLIST = "/cases/<number>/documents"
DOCUMENT = f"{CHECKLIST}/<int:document_id>"
# Nothing in a scan may run or load, even where a browser were to show it by itself.
SCAN_POLICY = "default-src 'none'; sandbox"


@blueprint.get(CHECKLIST)
@requires(P.CASE_READ)
def checklist(number: str) -> str:
    case = open_case_page(number, "documents")
    return render_template("documents/checklist.html", **checklist_of(case))


@blueprint.post(CHECKLIST)
@requires(P.CASE_MARK)
def add_document(number: str) -> Response:
    """A further row, for one person."""
    case = open_case_page(number, "documents")
    form = filled(AddDocumentForm())
    document = operations.add_document(case, form.code.data, form.person.data, current_viewer())
    recheck(case)
    return redirect(line_of(case, document))


@blueprint.get(DOCUMENT)
@requires(P.CASE_READ)
def review_document(number: str, document_id: int) -> str:
    """One document: its file at the left, its line of the checklist at the right."""
    case = open_case_page(number, "document")
    return render_template("documents/review.html", **document_of(case, document_id))


@blueprint.post(f"{DOCUMENT}/mark")
@requires(P.CASE_MARK)
def mark_document(number: str, document_id: int) -> Response | str | tuple[str, int]:
    case, document = open_row(number, document_id)
    form = filled(MarkForm())
    seen, present = form.seen(), shown_mark(document)
    both = Both(seen or present, present, form.stated(), document.version)
    if both.must_choose:
        return MARK.choice(document, form, both), 409
    # Where the mark is as it was shown, it does not matter that something else of the row was changed.
    based_on = document.version if seen else form.version.data
    if operations.mark_submitted(document, *mark_from_text(both.put_together()), current_viewer(), based_on):
        recheck(case)
    return answer(case, document, form, "documents/line_answer.html")


@blueprint.post(f"{DOCUMENT}/review")
@requires(P.CASE_REVIEW)
def tick_document(number: str, document_id: int) -> Response | str:
    case, document = open_row(number, document_id)
    form = filled(ReviewForm())
    change = operations.review if form.reviewed.data else operations.unreview
    change(document, current_viewer(), form.version.data)
    recheck(case)
    return answer(case, document, form, "documents/tick_answer.html")


@blueprint.post(f"{DOCUMENT}/defect")
@requires(P.CASE_REVIEW)
def note_defect(number: str, document_id: int) -> Response | str | tuple[str, int]:
    case, document = open_row(number, document_id)
    form = filled(DefectForm())
    seen, present = form.seen(), {"defect": document.defect or ""}
    both = Both(seen or present, present, form.stated(), document.version)
    if both.must_choose:
        return DEFECT.choice(document, form, both), 409
    based_on = document.version if seen else form.version.data
    operations.note_defect(document, both.put_together()["defect"], current_viewer(), based_on)
    return answer(case, document, form, "documents/line_answer.html")


@blueprint.post(f"{DOCUMENT}/scans")
@requires(P.CASE_MARK)
def upload_scan(number: str, document_id: int) -> Response:
    case, document = open_row(number, document_id)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(_("Choose a file first."))
    stood = document.review_stands
    operations.attach_scan(document, file.filename, file.read(), current_viewer(), file.mimetype or "")
    recheck(case)
    flash(_("The file is attached."), "success")
    if stood:
        flash(_("The review was for an earlier file. Review the document again."), "warning")
    return redirect(page_of(case, document))


@blueprint.get(f"{DOCUMENT}/scans/<int:scan_number>")
@requires(P.CASE_READ)
def scan_file(number: str, document_id: int, scan_number: int) -> Response:
    """A file as it was attached; always to be saved, never shown by the browser itself."""
    case = open_case_page(number, "scan")
    scan = queries.get_scan(case, document_id, scan_number)
    response = send_file(
        BytesIO(content_of(scan)), scan.media_type, as_attachment=True, download_name=scan.name
    )
    response.headers["Content-Security-Policy"] = SCAN_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def content_of(scan: Scan) -> bytes:
    try:
        return store().get(scan.sha256)
    except (FileNotFoundError, DamagedFile) as error:
        raise NotFound(
            _(
                "The stored file is missing or damaged. Tell the administrator its hash: %(sha256)s.",
                sha256=scan.sha256,
            )
        ) from error


def open_row(number: str, document_id: int) -> tuple[Case, CaseDocument]:
    case = open_case_page(number, "document")
    return case, queries.get_document(case, document_id)


def recheck(case: Case) -> None:
    """After a change of what the pre-check reads: a recommendation on the earlier documents falls, the run is anew."""
    viewer = current_viewer()
    void_for_change(case, "documents", viewer)
    run(case, "documents", viewer)


def answer(case: Case, document: CaseDocument, form: RowForm, part: str) -> Response | str:
    """The part of the page that changed, or the page anew; or the next document where that was asked for."""
    if form.then.data == "next":
        _before, after = queries.checklist(case).neighbours(document)
        return redirect(page_of(case, after.document) if after else line_of(case, document))
    if wants_partial() and form.place.data == "page":
        return render_template("documents/side.html", **document_of(case, document.id))
    if wants_partial():
        whole = checklist_of(case)
        return render_template(part, entry=whole["checklist"].entry_of(document), **whole)
    return redirect(page_of(case, document) if form.place.data == "page" else line_of(case, document))


def line_of(case: Case, document: CaseDocument) -> str:
    return url_for("desk.checklist", number=case.number, _anchor=f"document-{document.id}")


def page_of(case: Case, document: CaseDocument) -> str:
    return url_for("desk.review_document", number=case.number, document_id=document.id)


def checklist_of(case: Case) -> dict[str, Any]:
    """What the templates of the checklist need."""
    viewer = current_viewer()
    return {
        "case": case,
        "tab": "documents",
        "checklist": queries.checklist(case).with_asked(needs_of(latest_run(case))),
        "may_mark": may(viewer, P.CASE_MARK, case),
        "may_review": may(viewer, P.CASE_REVIEW, case),
    }


def may(viewer: Viewer, permission: Permission, case: Case) -> bool:
    return case.state in OPEN_STATES and viewer.can(permission, case.office_id)


def document_of(case: Case, document_id: int) -> dict[str, Any]:
    """What the page of one document needs beyond the checklist."""
    document = queries.get_document(case, document_id)
    whole = checklist_of(case)
    before, after = whole["checklist"].neighbours(document)
    return whole | {
        "entry": whole["checklist"].entry_of(document),
        "before": before,
        "after": after,
        "scans": queries.scans_of(document),
        "accepted": ACCEPTED,
        "limit": MAX_BYTES // MEGABYTE,
    }
