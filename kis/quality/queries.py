"""Reads of drawings, samples and feedback. Each takes the viewer, whose scope is part of the query."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, Select, func, select
from sqlalchemy import case as either
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from kis.audit.models import AuditRecord
from kis.cases.conflicts import has_conflict
from kis.cases.scope import is_open_to, open_to
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import NotFound
from kis.offices.models import Office
from kis.quality.models import Drawing, Sample, SampleAnswer, SamplingPolicy

PAGE = 50
# Whoever did one of these had a part in the case: worked on it, moved its clock, proposed or decided.
# Having only allocated it is none: that says nothing of what came out.
PARTS = (
    "case.take", "case.facts-revised", "case.applicant-changed", "document.reviewed", "precheck.departed",
    "case.ask-supplement", "case.extend-supplement", "case.repeat-supplement", "case.return-application",
    "case.treat-as-withdrawn", "case.reopen", "case.extend", "case.open-inspection", "case.end-inspection",
    "case.recommend", "case.approve", "case.return", "case.decide", "case.undo", "case.set-aside",
)  # fmt: skip


def policy_of(office_id: int) -> SamplingPolicy:
    """The office's share; the ordinary one, unsaved, where it has set none."""
    found = db.session.get(SamplingPolicy, office_id)
    return found or SamplingPolicy(office_id=office_id, percent=5, minimum=1)


def within(query: Select[Any], viewer: Viewer, permission: Permission) -> Select[Any]:
    """The query narrowed to drawings of the offices in which the viewer holds the permission."""
    offices = viewer.office_ids(permission)
    return query if offices is None else query.where(Drawing.office_id.in_(offices))


def waiting_samples(viewer: Viewer, after: int = 0) -> Sequence[Sample]:
    """Samples that nobody reviewed yet, oldest first, a page after that id and one more."""
    query = select(Sample).join(Sample.drawing).where(Sample.reviewed_at.is_(None), Sample.id > after)
    query = query.join(Sample.case).where(open_to(viewer))
    query = query.options(
        contains_eager(Sample.case), joinedload(Sample.officer), contains_eager(Sample.drawing)
    )
    narrowed = within(query, viewer, Permission.QUALITY_REVIEW).order_by(Sample.id).limit(PAGE + 1)
    return db.session.scalars(narrowed).all()


def get_sample(sample_id: int, viewer: Viewer) -> Sample:
    """A sample of an office that the viewer reviews, or feedback to the viewer. Raises NotFound."""
    found = db.session.get(Sample, sample_id)
    if found is None or not may_see(found, viewer):
        raise NotFound(_("There is no such sample, or none that you may see."))
    return found


def may_see(sample: Sample, viewer: Viewer) -> bool:
    if not is_open_to(sample.case, viewer):
        return False
    office_id = sample.drawing.office_id
    own = sample.officer_id == viewer.account_id and viewer.can(Permission.CASE_REVIEW, office_id)
    return (own and sample.reviewed_at is not None) or viewer.can(Permission.QUALITY_REVIEW, office_id)


def refusal_to_review(sample: Sample, viewer: Viewer) -> str | None:
    """Why the viewer may not review the case, or None: nobody looks at work of their own."""
    if viewer.account_id in participants([sample.case_id]).get(sample.case_id, set()) | {sample.officer_id}:
        return _("You had a part in this case; somebody else has to review it.")
    if has_conflict(sample.case_id, viewer.account_id):
        return _("You declared a conflict of interest in this case.")
    return None


def participants(case_ids: Sequence[int]) -> dict[int, set[int]]:
    """The accounts that had a part in each case (PARTS)."""
    found: dict[int, set[int]] = {}
    query = select(AuditRecord.case_id, AuditRecord.account_id).distinct()
    query = query.where(AuditRecord.case_id.in_(case_ids), AuditRecord.action.in_(PARTS))
    for case_id, account_id in db.session.execute(query):
        found.setdefault(case_id, set()).add(account_id)
    return found


def feedback_to(viewer: Viewer) -> Sequence[Sample]:
    """The reviewed samples of cases that the viewer recommended where it still works, latest first."""
    query = select(Sample).where(Sample.officer_id == viewer.account_id, Sample.reviewed_at.is_not(None))
    query = within(query.join(Sample.drawing), viewer, Permission.CASE_REVIEW)
    query = query.join(Sample.case).where(open_to(viewer))
    query = query.options(
        contains_eager(Sample.case), selectinload(Sample.answers), joinedload(Sample.reviewer)
    )
    return db.session.scalars(query.order_by(Sample.reviewed_at.desc(), Sample.id.desc()).limit(PAGE)).all()


def unread_feedback(viewer: Viewer) -> int:
    """How many reviews of their cases the viewer has not read yet."""
    query = select(func.count()).select_from(Sample).join(Sample.drawing).join(Sample.case)
    unread = within(query, viewer, Permission.CASE_REVIEW).where(
        Sample.officer_id == viewer.account_id, Sample.reviewed_at.is_not(None), Sample.seen_at.is_(None)
    )
    unread = unread.where(open_to(viewer))
    return db.session.scalar(unread) or 0


def drawings(viewer: Viewer, since: date) -> Sequence[Row[Any]]:
    """(drawing, drawn, reviewed) from a month on, latest first."""
    query = (
        select(
            Drawing, func.count(Sample.id).label("drawn"), func.count(Sample.reviewed_at).label("reviewed")
        )
        .outerjoin(Sample, Sample.drawing_id == Drawing.id)
        .join(Office, Office.id == Drawing.office_id)
        .where(Drawing.month >= since)
        .group_by(Drawing.id, Office.code)
        .order_by(Drawing.month.desc(), Office.code)
    )
    return db.session.execute(within(query, viewer, Permission.QUALITY_READ)).unique().all()


def answers_by_month(viewer: Viewer, since: date) -> Sequence[Row[Any]]:
    """(month, question, yes, no, not_applicable) from a month on: numbers only, of the viewer's offices."""

    def share(answer: str) -> Any:
        return func.sum(either((SampleAnswer.answer == answer, 1), else_=0)).label(answer)

    query = (
        select(Drawing.month, SampleAnswer.question, share("yes"), share("no"), share("not_applicable"))
        .join(Sample, Sample.id == SampleAnswer.sample_id)
        .join(Drawing, Drawing.id == Sample.drawing_id)
        .where(Drawing.month >= since)
        .group_by(Drawing.month, SampleAnswer.question)
        .order_by(Drawing.month.desc())
    )
    return db.session.execute(within(query, viewer, Permission.QUALITY_READ)).all()
