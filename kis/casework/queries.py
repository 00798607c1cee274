"""Reads of what keeps a case waiting, of a case that the viewer has opened; and the transfers of an office."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import Exists, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from kis.accounts.queries import named
from kis.cases.conflicts import ConflictOfInterest
from kis.cases.evidence import Evidence
from kis.cases.models import Case, ClockExtension, ClockPause
from kis.cases.scope import open_to
from kis.cases.states import DECIDED_STATES
from kis.casework.models import Ending, Inspection, SupplementExtension, SupplementRequest, Transfer
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import NotFound
from kis.letters.models import LetterDelivery
from kis.letters.queries import left_the_office
from kis.offices.models import Office

PAGE = 100
Found = TypeVar("Found")


def evidence_of(case: Case, viewer: Viewer) -> Evidence:
    """What the casework knows for the guards of the transition table, in one statement: what the state needs."""
    if case.state in DECIDED_STATES:
        left, declared = db.session.execute(select(left_the_office(case), declared_by(viewer, case))).one()
        return Evidence(letter_has_left=left, conflict_declared=declared)
    of_request = request_columns() if case.state == "awaiting_supplement" else {}
    query = select(*(column.label(name) for name, column in (of_case(case, viewer) | of_request).items()))
    if of_request:
        query = query.outerjoin(FIRST, FIRST.id == SupplementRequest.repeats_id)
        query = query.where(SupplementRequest.case_id == case.id, SupplementRequest.ended.is_(None))
    row = db.session.execute(query).one_or_none()
    return (
        Evidence(supplement_open=bool(of_request), **row._mapping) if row else Evidence(supplement_open=False)
    )


def of_case(case: Case, viewer: Viewer) -> dict[str, Any]:
    """Columns that every open case has, by the name of what they are evidence of."""
    granted = select(func.count()).where(ClockExtension.case_id == case.id)
    return {"extensions_granted": granted.scalar_subquery(), "conflict_declared": declared_by(viewer, case)}


def declared_by(viewer: Viewer, case: Case) -> Exists:
    """Condition: the viewer declared a conflict of interest in the case."""
    return exists().where(
        ConflictOfInterest.case_id == case.id, ConflictOfInterest.account_id == viewer.account_id
    )


FIRST = aliased(SupplementRequest)


def request_columns() -> dict[str, Any]:
    """Columns of the open supplement request; FIRST is the one that it repeats."""
    extended = select(func.count()).where(SupplementExtension.request_id == SupplementRequest.id)
    came_back = select(func.count()).where(
        LetterDelivery.letter_id.in_([SupplementRequest.letter_id, FIRST.letter_id]),
        LetterDelivery.step == "returned",
        LetterDelivery.means == "post",
    )
    return {
        "supplement_overdue": SupplementRequest.reply_by < clock.today(),
        "second_request_used": SupplementRequest.repeats_id.is_not(None),
        "supplement_extensions": extended.correlate(SupplementRequest).scalar_subquery(),
        "returned_mails": came_back.correlate(SupplementRequest, FIRST).scalar_subquery(),
    }


def requests_of(case: Case) -> Sequence[SupplementRequest]:
    """Every supplement request of the case with its items, newest first."""
    query = select(SupplementRequest).where(SupplementRequest.case_id == case.id)
    whole = query.options(
        joinedload(SupplementRequest.items),
        joinedload(SupplementRequest.extensions),
        *named(SupplementRequest.asked_by),
    )
    return db.session.scalars(whole.order_by(SupplementRequest.id.desc())).unique().all()


def open_request(case: Case) -> SupplementRequest:
    """The request that waits for its answer. Raises NotFound."""
    query = select(SupplementRequest).where(
        SupplementRequest.case_id == case.id, SupplementRequest.ended.is_(None)
    )
    return found_or_refused(db.session.scalar(query), _("No supplement request is open."))


def inspections_of(case: Case) -> Sequence[Inspection]:
    """Every inspection of the case, newest first."""
    query = select(Inspection).where(Inspection.case_id == case.id).order_by(Inspection.id.desc())
    return db.session.scalars(query.options(*named(Inspection.opened_by, Inspection.ended_by))).all()


def open_inspection_of(case: Case) -> Inspection:
    """Raises NotFound."""
    query = select(Inspection).where(Inspection.case_id == case.id, Inspection.ended_on.is_(None))
    return found_or_refused(db.session.scalar(query), _("No inspection is open."))


def pauses_of(case: Case) -> Sequence[ClockPause]:
    """The days on which the clock stood still, in their order."""
    query = select(ClockPause).where(ClockPause.case_id == case.id).order_by(ClockPause.id)
    return db.session.scalars(query).all()


def extensions_of(case: Case) -> Sequence[ClockExtension]:
    """The extensions of the processing period, in their order."""
    query = select(ClockExtension).where(ClockExtension.case_id == case.id).order_by(ClockExtension.number)
    return db.session.scalars(query).all()


def standing_ending(case: Case) -> Ending | None:
    """How the case ended without a decision, unless it was reopened."""
    query = select(Ending).where(Ending.case_id == case.id, Ending.reopened_at.is_(None))
    return db.session.scalar(query)


def endings_of(case: Case) -> Sequence[Ending]:
    """Every ending without a decision, the reopened ones too, newest first."""
    query = select(Ending).where(Ending.case_id == case.id).order_by(Ending.id.desc())
    return db.session.scalars(query.options(*named(Ending.ended_by, Ending.reopened_by))).all()


def transfers_of(case: Case) -> Sequence[Transfer]:
    """Every transfer of the case, newest first."""
    query = select(Transfer).where(Transfer.case_id == case.id).order_by(Transfer.id.desc())
    return db.session.scalars(with_names(query)).all()


def pending_transfer(case: Case) -> Transfer:
    """The transfer that waits for its answer. Raises NotFound."""
    query = select(Transfer).where(Transfer.case_id == case.id, Transfer.answer.is_(None))
    return found_or_refused(db.session.scalar(query), _("No transfer is pending."))


def get_incoming(transfer_id: int, viewer: Viewer) -> Transfer:
    """A transfer to an office in which the viewer assigns. Raises NotFound, for another office's as for none."""
    query = to_offices(select(Transfer).where(Transfer.id == transfer_id), viewer)
    return found_or_refused(
        db.session.scalar(query), _("There is no such transfer, or none that you may see.")
    )


def incoming(viewer: Viewer) -> Sequence[Transfer]:
    """The transfers that wait for an answer of the viewer's offices, oldest first.

    Those of restricted cases too: the office has to answer, and sees no person before it has accepted.
    """
    query = to_offices(select(Transfer).where(Transfer.answer.is_(None)), viewer)
    return db.session.scalars(with_names(query).order_by(Transfer.id).limit(PAGE)).all()


def offered(viewer: Viewer) -> Any:
    """Scalar subquery: how many transfers wait for an answer of the viewer's offices."""
    waiting = to_offices(select(func.count(Transfer.id)).where(Transfer.answer.is_(None)), viewer)
    return waiting.scalar_subquery()


def outgoing(viewer: Viewer) -> Sequence[Transfer]:
    """The latest transfers away from the viewer's offices of cases not closed to it, newest first."""
    query = select(Transfer).join(Transfer.case).where(open_to(viewer))
    offices = viewer.office_ids(Permission.CASE_ASSIGN)
    if offices is not None:
        query = query.where(Transfer.from_office_id.in_(offices))
    return db.session.scalars(with_names(query).order_by(Transfer.id.desc()).limit(PAGE)).all()


def to_offices(query: Select[Any], viewer: Viewer) -> Select[Any]:
    offices = viewer.office_ids(Permission.CASE_ASSIGN)
    return query if offices is None else query.where(Transfer.to_office_id.in_(offices))


def with_names(query: Select[tuple[Transfer]]) -> Select[tuple[Transfer]]:
    offices = (
        joinedload(each).lazyload(Office.parent) for each in (Transfer.from_office, Transfer.to_office)
    )
    people = named(Transfer.proposed_by, Transfer.answered_by)
    return query.options(joinedload(Transfer.case), *offices, *people)


def found_or_refused(found: Found | None, sentence: str) -> Found:
    if found is None:
        raise NotFound(sentence)
    return found
