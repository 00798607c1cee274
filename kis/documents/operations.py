"""Writes on the checklist; each with its audit record, none commits."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from kis.audit.operations import record
from kis.cases.conflicts import refuse_conflict
from kis.cases.models import Case
from kis.cases.queries import latest_revision
from kis.cases.states import OPEN_STATES
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.core.store import store
from kis.documents import scans
from kis.documents.marks import Mark, merged
from kis.documents.models import PAPER, CaseDocument, Scan
from kis.documents.queries import documents_of, listed_kinds, persons_of

MAX_DEFECT = 2_000


def open_checklist(case: Case, marks: list[dict[str, Any]] | None) -> None:
    """The rows of a new case: the dossier's marks, and every document that its category lists.

    Where the dossier has the section, a document that it leaves out was not handed in; where it has
    none (None), nothing is established. Its `reviewed` is never taken over.
    """
    rows = merged(marks or [])
    unmarked = None if marks is None else False
    codes = {code for code, _person in rows}
    for code in listed_kinds(case):
        if code not in codes:
            rows[code, ""] = Mark(code, submitted=unmarked)
    add_rows(case, rows.values())
    record(
        "documents.checklist-opened", case_id=case.id, after={"rows": len(rows), "marked": len(marks or [])}
    )


def extend_checklist(case: Case) -> list[str]:
    """After a revision: add the documents that the category now lists; returns their codes. Nothing is removed."""
    present = {document.code for document in documents_of(case)}
    added = [code for code in listed_kinds(case) if code not in present]
    add_rows(case, [Mark(code) for code in added])
    if added:
        record(
            "documents.checklist-extended", case_id=case.id, after={"category": case.category, "added": added}
        )
    return added


def add_rows(case: Case, marks: Iterable[Mark]) -> None:
    db.session.add_all(
        CaseDocument(
            case_id=case.id,
            code=mark.code,
            person=mark.person,
            submitted=mark.submitted,
            issued_on=mark.issued_on,
            expires_on=mark.expires_on,
        )
        for mark in marks
    )
    db.session.flush()


def add_document(case: Case, code: str, person: str, viewer: Viewer) -> CaseDocument:
    """A row for one more person, as for each earner's own certificate of income. Raises Invalid or Conflict."""
    lock_open(case, Permission.CASE_MARK, viewer)
    if code not in listed_kinds(case) or person not in persons_of(latest_revision(case).facts):
        raise Invalid(_("Choose a document of the category and a person named in the facts."))
    if any((document.code, document.person) == (code, person) for document in documents_of(case)):
        raise Conflict(_("The checklist has this document for this person already."))
    document = CaseDocument(case_id=case.id, code=code, person=person)
    db.session.add(document)
    db.session.flush()
    record_change(document, "document.added", None, {})
    return document


def mark_submitted(
    document: CaseDocument,
    submitted: bool | None,
    issued_on: date | None,
    expires_on: date | None,
    viewer: Viewer,
    based_on: int,
) -> bool:
    """Save the applicant's mark and the document's dates; False when nothing changed. The review is not touched."""
    begin(document, Permission.CASE_MARK, viewer, based_on)
    require_possible_days(issued_on, expires_on)
    before = mark_of(document)
    document.submitted, document.issued_on, document.expires_on = submitted, issued_on, expires_on
    if before == mark_of(document):
        return False
    db.session.flush()
    record_change(document, "document.marked", before, mark_of(document))
    return True


def require_possible_days(issued_on: date | None, expires_on: date | None) -> None:
    if issued_on and issued_on > clock.today():
        raise Invalid(_("The day of issue lies in the future. Look at the document again."))
    if issued_on and expires_on and expires_on < issued_on:
        raise Invalid(_("The document would expire before it was issued. Look at both dates again."))


def review(document: CaseDocument, viewer: Viewer, based_on: int) -> None:
    """The officer's tick, bound to the file that is attached now, or to the paper where there is none."""
    begin(document, Permission.CASE_REVIEW, viewer, based_on)
    if document.review_stands:
        raise Conflict(_("The document is reviewed already. Load the page again to see by whom."))
    before = review_of(document)
    document.reviewed_by_id, document.reviewed_at = viewer.account_id, clock.now()
    document.reviewed_scan = document.scan_number
    document.reviewed_sha256 = document.scan.sha256 if document.scan else PAPER
    document.came_back_on = None
    db.session.flush()
    record_change(document, "document.reviewed", before, review_of(document))


def unreview(document: CaseDocument, viewer: Viewer, based_on: int) -> None:
    """Take the tick back; whose it was stays in the audit record."""
    begin(document, Permission.CASE_REVIEW, viewer, based_on)
    if document.reviewed_at is None:
        raise Conflict(_("The document is not reviewed. Load the page again."))
    before = review_of(document)
    document.reviewed_by_id = document.reviewed_at = document.reviewed_scan = document.reviewed_sha256 = None
    db.session.flush()
    record_change(document, "document.review-taken-back", before, review_of(document))


def enter_arrival(document: CaseDocument, day: date, viewer: Viewer) -> None:
    """It came in after the applicant was asked for it: submitted and new, and what was reviewed is not this.

    Raises Forbidden or Conflict.
    """
    begin(document, Permission.CASE_MARK, viewer)
    document.submitted, document.came_back_on = True, day
    document.reviewed_by_id = document.reviewed_at = document.reviewed_scan = document.reviewed_sha256 = None
    db.session.flush()
    record_change(document, "document.came-back", None, {"day": day})


def note_defect(document: CaseDocument, text: str, viewer: Viewer, based_on: int) -> bool:
    """What is wrong with the document, for the supplement request; "" clears it. False when nothing changed."""
    begin(document, Permission.CASE_REVIEW, viewer, based_on)
    if len(text) > MAX_DEFECT:
        raise Invalid(_("The note has more than %(limit)s characters. Shorten it.", limit=MAX_DEFECT))
    before = {"defect": document.defect}
    document.defect = text or None
    if before["defect"] == document.defect:
        return False
    db.session.flush()
    record_change(document, "document.defect-noted", before, {"defect": document.defect})
    return True


def attach_scan(
    document: CaseDocument, name: str, content: bytes, viewer: Viewer, media_type: str = ""
) -> Scan:
    """Keep a file as the present one of a row; a tick set on an earlier one no longer stands.

    Raises Invalid for what is no scan, Conflict for the very file that is attached already.
    """
    file = scans.check(content, name, media_type)
    begin(document, Permission.CASE_MARK, viewer)
    sha256 = store().put(file.content)
    if document.scan and document.scan.sha256 == sha256:
        raise Conflict(_("This very file is attached already. Nothing was changed."))
    clears = document.review_stands
    scan = add_scan(document, file, sha256, viewer)
    described = {"scan": scan.number, "sha256": sha256, "name": file.name, "pages": file.pages}
    record_change(document, "document.scan-attached", None, described | {"clears_review": clears})
    return scan


def add_scan(document: CaseDocument, file: scans.CheckedFile, sha256: str, viewer: Viewer) -> Scan:
    scan = Scan(
        case_document_id=document.id,
        number=document.scan_number + 1,
        sha256=sha256,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        pages=file.pages,
        uploaded_by_id=viewer.account_id,
    )
    db.session.add(scan)
    document.scan_number = scan.number
    db.session.flush()
    db.session.expire(document, ["scan", "scans"])
    return scan


def begin(
    document: CaseDocument, permission: Permission, viewer: Viewer, based_on: int | None = None
) -> None:
    """Lock case and row and check both. Raises Forbidden, or Conflict when either is no longer as it was shown."""
    lock_open(document.case, permission, viewer)
    lock(document)
    if based_on is not None and based_on != document.version:
        raise Conflict(
            _(
                "Somebody else changed this document while you looked at it. Nothing was saved; load the page again."
            )
        )


def lock_open(case: Case, permission: Permission, viewer: Viewer) -> None:
    """The case is locked first, so that no decision is taken between this check and this change."""
    lock(case)
    viewer.require(permission, case.office_id)
    if case.state not in OPEN_STATES:
        raise Conflict(_("The case is decided; its documents can only be read."))
    refuse_conflict(case.id, viewer)


def mark_of(document: CaseDocument) -> dict[str, Any]:
    return {
        "submitted": document.submitted,
        "issued_on": document.issued_on,
        "expires_on": document.expires_on,
    }


def review_of(document: CaseDocument) -> dict[str, Any] | None:
    if document.reviewed_at is None:
        return None
    return {
        "reviewed_by": document.reviewed_by_id,
        "reviewed_at": document.reviewed_at,
        "scan": document.reviewed_scan,
        "sha256": document.reviewed_sha256,
    }


def record_change(
    document: CaseDocument, action: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> None:
    """The audit record, which names the document and the person with what changed."""
    named = {"code": document.code, "person": document.person or None}
    record(
        action,
        case_id=document.case_id,
        subject=("case_document", document.id),
        before=dict(before) if before else None,
        after=named | dict(after or {}),
    )
