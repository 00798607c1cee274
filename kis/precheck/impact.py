"""What a proposal would change, and how far a re-check has come, for headquarters."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from kis.cases.models import Case
from kis.cases.scope import in_scope, open_to
from kis.cases.states import OPEN_STATES
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.figures.models import ReferenceProposal
from kis.figures.queries import proposed_tables, version_token
from kis.offices.models import Office
from kis.precheck.models import Recheck, RecheckChunk, RecheckLine, Run
from kis.precheck.rechecking import judged, stored_runs

AT_ONCE = 500
PAGE = 50
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class ChangedCase:
    """An open case that would come out otherwise."""

    id: int
    receipt: str
    office_id: int
    before: str
    after: str
    areas: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Impact:
    """How many open cases were judged and would change, by office; one page of them; `done` of `total`."""

    total: int | None
    done: int
    changed: int
    offices: Sequence[tuple[Office, int]]
    page: Sequence[ChangedCase]
    following: int | None
    started_at: datetime | None = None

    @property
    def is_whole(self) -> bool:
        return self.done == self.total


def is_large() -> bool:
    """Whether there are more open cases than a page can judge while it is asked for."""
    some = select(Case.id).where(Case.state.in_(OPEN_STATES)).limit(AT_ONCE + 1).subquery()
    return (db.session.scalar(select(func.count()).select_from(some)) or 0) > AT_ONCE


def latest_recheck(proposal: ReferenceProposal, purpose: str) -> Recheck | None:
    """The latest re-check of that purpose; an impact of tables that have changed since does not count."""
    query = select(Recheck).where(Recheck.proposal_id == proposal.id, Recheck.purpose == purpose)
    if purpose == "impact":
        query = query.where(Recheck.token == version_token())
    return db.session.scalar(query.order_by(Recheck.id.desc()).limit(1))


def impact_of(proposal: ReferenceProposal, viewer: Viewer, after: int = 0) -> Impact | None:
    """The impact of a proposal, page by page; None where it must be worked out in the background first."""
    viewer.require(Permission.FIGURE_EDIT)
    if not is_large():
        return impact_at_once(proposal, viewer, after)
    recheck = latest_recheck(proposal, "impact")
    return progress_of(recheck, viewer, after) if recheck else None


def impact_at_once(proposal: ReferenceProposal, viewer: Viewer, after: int) -> Impact:
    all_judged = list(judged(stored_runs(0, LARGEST), proposed_tables(proposal)))
    changed = [changed_case(found) for found in all_judged if found.changes_outcome]
    offices = Counter(found.office_id for found in changed)
    closed = closed_to(viewer)
    page = [found for found in changed if found.id > after and found.id not in closed]
    following = page[PAGE - 1].id if len(page) > PAGE else None
    count = len(all_judged)
    return Impact(count, count, len(changed), named(offices), page[:PAGE], following)


def closed_to(viewer: Viewer) -> frozenset[int]:
    """The open cases that are closed to the viewer: counted, and not listed."""
    query = select(Case.id).where(Case.state.in_(OPEN_STATES), Case.restricted, ~open_to(viewer))
    return frozenset(db.session.scalars(query))


def changed_case(found: Any) -> ChangedCase:
    stored = found.stored
    return ChangedCase(
        stored.id, stored.receipt, stored.office_id, stored.overall, found.precheck.overall.value,
        found.changed_areas,
    )  # fmt: skip


def named(counts: dict[int, int]) -> list[tuple[Office, int]]:
    offices = db.session.scalars(select(Office).where(Office.id.in_(counts)).order_by(Office.id))
    return [(office, counts[office.id]) for office in offices]


def progress_of(recheck: Recheck, viewer: Viewer, after: int = 0) -> Impact:
    """How far a re-check has come and what it has found so far."""
    viewer.require(Permission.FIGURE_EDIT)
    cases, changed = db.session.execute(
        select(func.sum(RecheckChunk.cases), func.sum(RecheckChunk.changed)).where(
            RecheckChunk.recheck_id == recheck.id, RecheckChunk.done_at.is_not(None)
        )
    ).one()
    page = changed_page(recheck, viewer, after)
    following = page[PAGE - 1].id if len(page) > PAGE else None
    return Impact(
        recheck.total,
        cases or 0,
        changed or 0,
        offices_of(recheck),
        page[:PAGE],
        following,
        recheck.started_at,
    )


def offices_of(recheck: Recheck) -> list[tuple[Office, int]]:
    query = (
        select(Case.office_id, func.count())
        .select_from(Case)
        .join(RecheckLine, RecheckLine.case_id == Case.id)
    )
    query = query.where(RecheckLine.recheck_id == recheck.id, RecheckLine.changed)
    return named({row[0]: row[1] for row in db.session.execute(query.group_by(Case.office_id))})


def changed_page(recheck: Recheck, viewer: Viewer, after: int) -> list[ChangedCase]:
    query = (
        select(Case.id, Case.number, Case.office_id, RecheckLine.before, RecheckLine.after, RecheckLine.areas)
        .select_from(Case)
        .join(RecheckLine, RecheckLine.case_id == Case.id)
    )
    query = query.where(RecheckLine.recheck_id == recheck.id, RecheckLine.changed, Case.id > after)
    query = query.where(open_to(viewer))
    return [ChangedCase(*row) for row in db.session.execute(query.order_by(Case.id).limit(PAGE + 1))]


def require_impact(proposal: ReferenceProposal, viewer: Viewer) -> None:
    """Raises Conflict while nobody can know what the proposal would change."""
    found = Impact(0, 0, 0, (), (), None) if not is_large() else impact_of(proposal, viewer)
    if found is None or not found.is_whole:
        raise Conflict(_("Work out first what the proposal would change, and look at it."))


def changed_by_figures(viewer: Viewer, *, mine: bool) -> Any:
    """The open cases whose latest run came from changed figures, in the viewer's queues or in their charge."""
    later = select(func.max(Run.number)).where(Run.case_id == Case.id).scalar_subquery()
    query = select(
        Case.id, Case.number, Case.office_id, RecheckLine.before, RecheckLine.after, RecheckLine.areas
    )
    query = (
        query.select_from(Case)
        .join(RecheckLine, RecheckLine.case_id == Case.id)
        .join(Recheck, Recheck.id == RecheckLine.recheck_id)
        .where(Recheck.purpose == "recheck", RecheckLine.changed, Case.state.in_(OPEN_STATES))
        .where(RecheckLine.run == later)
    )
    query = query.where(in_scope(viewer, Permission.QUEUE_READ))
    return query.where(Case.assignee_id == viewer.account_id) if mine else query


def changed_count(viewer: Viewer) -> int:
    """How many cases in the viewer's charge came out otherwise by changed figures, since their last run."""
    return (
        db.session.scalar(select(func.count()).select_from(changed_by_figures(viewer, mine=True).subquery()))
        or 0
    )


def changed_list(viewer: Viewer, after: int, *, mine: bool) -> list[ChangedCase]:
    """A page of those cases, and one more where there are further ones."""
    query = changed_by_figures(viewer, mine=mine).where(Case.id > after).order_by(Case.id).limit(PAGE + 1)
    return [ChangedCase(*row) for row in db.session.execute(query)]
