"""Drawing samples and reviewing them; each with its audit record, none commits."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kis.audit.operations import record
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.decisions.models import Decision
from kis.offices.models import Office
from kis.quality.models import Drawing, Sample, SampleAnswer, SamplingPolicy
from kis.quality.queries import policy_of, refusal_to_review
from kis.quality.questions import ANSWERS, QUESTIONS


@dataclass(frozen=True)
class Answer:
    """To one question; a remark is needed with "no"."""

    answer: str
    remark: str = ""


def set_policy(office: Office, percent: int, minimum: int, viewer: Viewer) -> SamplingPolicy:
    """The share of decided cases to be looked at from now on. Raises Invalid or Forbidden."""
    viewer.require(Permission.QUALITY_REVIEW, office.id)
    if not (0 <= percent <= 100 and 0 <= minimum <= 1000):
        raise Invalid(_("A share lies between 0 and 100 per cent, the least number between 0 and 1000."))
    policy = db.session.get(SamplingPolicy, office.id) or SamplingPolicy(office_id=office.id)
    before = {"percent": policy.percent, "minimum": policy.minimum}
    policy.percent, policy.minimum = percent, minimum
    db.session.add(policy)
    db.session.flush()
    after = {"percent": percent, "minimum": minimum}
    record("office.sampling-set", subject=("office", office.id), before=before, after=after)
    return policy


def month_before(day: date) -> date:
    """The first day of the month before that of the day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def after_month(month: date) -> date:
    """The first day after a month given by its own first day."""
    return (month + timedelta(days=31)).replace(day=1)


def size_of(decided: int, percent: int, minimum: int) -> int:
    """How many of so many cases are drawn: the share, rounded up, the least number at least."""
    return min(decided, max(minimum, -(-decided * percent // 100)))


def drawn(numbers: Sequence[str], seed: str, size: int) -> list[str]:
    """The receipt numbers drawn: those whose SHA-256 with the seed comes first.

    The same for everybody who has the seed and the numbers, whatever order they come in.
    """
    return sorted(numbers, key=lambda number: sha256(f"{seed}:{number}".encode()).digest())[:size]


def draw(office: Office, month: date, viewer: Viewer | None = None) -> Drawing | None:
    """Draw from the cases that an office decided in a month, once; None when that was done before.

    By the clock without a viewer. Raises Conflict for a month that is not over, or Forbidden.
    """
    if viewer:
        viewer.require(Permission.QUALITY_REVIEW, office.id)
    if after_month(month) > clock.today():
        raise Conflict(_("The month is not over yet."))
    policy, cases = policy_of(office.id), decided_cases(office.id, month)
    made = Drawing(
        office_id=office.id,
        month=month,
        percent=policy.percent,
        minimum=policy.minimum,
        decided=len(cases),
        seed=secrets.token_hex(16),
        drawn_by_id=viewer.account_id if viewer else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return None
    take_samples(made, cases)
    return made


def decided_cases(office_id: int, month: date) -> dict[str, tuple[int, int]]:
    """(case id, id of the officer who recommended) of the cases decided in a month, by receipt number.

    Restricted ones are not drawn: they are reviewed by nobody who is not named on them.
    """
    query = (
        select(Case.number, Case.id, Decision.recommended_by_id)
        .join(Decision, Decision.case_id == Case.id)
        .where(Case.office_id == office_id, Case.decided_on >= month, Case.decided_on < after_month(month))
        .where(Decision.voided_at.is_(None), Case.restricted.is_(False))
    )
    return {number: (case_id, officer) for number, case_id, officer in db.session.execute(query)}


def take_samples(drawing: Drawing, cases: Mapping[str, tuple[int, int]]) -> None:
    size = size_of(drawing.decided, drawing.percent, drawing.minimum)
    chosen = drawn(list(cases), drawing.seed, size)
    db.session.add_all(
        Sample(drawing_id=drawing.id, case_id=cases[number][0], officer_id=cases[number][1])
        for number in chosen
    )
    db.session.flush()
    record(
        "quality.drawn",
        subject=("quality_drawing", drawing.id),
        after={"office": drawing.office_id, "month": drawing.month, "seed": drawing.seed}
        | {"decided": drawing.decided, "cases": chosen},
    )


def draw_last_month() -> int:
    """Draw for every office that decided cases last month and has no drawing yet; returns how many. Hourly."""
    month = month_before(clock.today())
    has_decided = select(Case.office_id).where(Case.decided_on >= month, Case.decided_on < after_month(month))
    done = select(Drawing.office_id).where(Drawing.month == month)
    waiting = select(Office).where(Office.id.in_(has_decided), Office.id.not_in(done)).order_by(Office.id)
    return sum(draw(office, month) is not None for office in db.session.scalars(waiting).unique().all())


def review(sample: Sample, answers: Mapping[str, Answer], remark: str, viewer: Viewer) -> None:
    """Answer every question about a drawn case, once. Raises Invalid, Conflict or Forbidden."""
    viewer.require(Permission.QUALITY_REVIEW, sample.drawing.office_id)
    lock(sample)
    if sample.reviewed_at is not None:
        raise Conflict(_("This case was reviewed already."))
    against = refusal_to_review(sample, viewer)
    if against:
        raise Forbidden(against)
    check(answers)
    db.session.add_all(
        SampleAnswer(sample_id=sample.id, question=question, answer=given.answer, remark=given.remark)
        for question, given in answers.items()
    )
    sample.reviewer_id, sample.reviewed_at, sample.remark = viewer.account_id, clock.now(), remark
    db.session.flush()
    record(
        "quality.reviewed",
        case_id=sample.case_id,
        subject=("quality_sample", sample.id),
        after={question: given.answer for question, given in answers.items()},
    )


def check(answers: Mapping[str, Answer]) -> None:
    """Raises Invalid unless every question is answered, and every "no" said why."""
    if set(answers) != set(QUESTIONS) or not {each.answer for each in answers.values()} <= set(ANSWERS):
        raise Invalid(_("Answer every question."))
    if any(each.answer == "no" and not each.remark.strip() for each in answers.values()):
        raise Invalid(_("Write a remark with each “no”: the officer reads it."))


def mark_seen(samples: Sequence[Sample], viewer: Viewer) -> None:
    """Note that the officer has read the feedback."""
    for sample in samples:
        if sample.officer_id == viewer.account_id and sample.reviewed_at and sample.seen_at is None:
            sample.seen_at = clock.now()
