"""Reads of the runs and departures of a case that the viewer has opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from kis.accounts.queries import named
from kis.cases.models import Case, DossierRevision
from kis.core.extensions import db
from kis.core.reading import once_a_page
from kis.core.refusals import NotFound
from kis.documents.models import CaseDocument
from kis.documents.queries import documents_of, marks_of
from kis.precheck.effective import Effective, applies, effective
from kis.precheck.models import Departure, Recheck, RecheckLine, Run
from kis.rules import Finding, Outcome

MAKER = named(Run.made_by)


@once_a_page
def run_and_facts(case: Case) -> tuple[Run | None, dict[str, Any]]:
    """The latest run, None before the first, and the present facts: in one statement, as most pages need both."""
    last = select(func.max(Run.number)).where(Run.case_id == case.id).scalar_subquery()
    query = select(Run, DossierRevision.facts).select_from(DossierRevision)
    query = query.outerjoin(Run, (Run.case_id == DossierRevision.case_id) & (Run.number == last))
    query = query.where(DossierRevision.case_id == case.id, DossierRevision.number == case.revision)
    run, facts = db.session.execute(query.options(*MAKER)).one()
    return run, facts


def latest_run(case: Case) -> Run | None:
    """The run that counts; None before the first."""
    return run_and_facts(case)[0]


def get_run(case: Case, number: int) -> Run:
    """Raises NotFound."""
    query = select(Run).where(Run.case_id == case.id, Run.number == number)
    run = db.session.scalar(query.options(*MAKER))
    if run is None:
        raise NotFound(_("The case has no run %(number)s of the pre-check.", number=number))
    return run


def runs_of(case: Case) -> Sequence[Run]:
    """All runs of a case, newest first, without what they found."""
    query = select(Run).where(Run.case_id == case.id).order_by(Run.number.desc())
    bulky = (defer(Run.result), defer(Run.marks), defer(Run.figures))
    return db.session.scalars(query.options(*bulky, *MAKER)).all()


@once_a_page
def departures_of(case: Case) -> Sequence[Departure]:
    """Every departure of a case, withdrawn ones too, newest first."""
    query = select(Departure).where(Departure.case_id == case.id).order_by(Departure.id.desc())
    people = named(Departure.made_by, Departure.withdrawn_by)
    run = joinedload(Departure.run).load_only(Run.number, Run.case_id)
    return db.session.scalars(query.options(*people, run)).all()


def standing_departures(case: Case) -> list[Departure]:
    """The departures that nobody withdrew."""
    return [departure for departure in departures_of(case) if departure.stands]


def effective_outcomes(case: Case) -> Effective | None:
    """The latest run with the standing departures applied; None before the first run."""
    run = latest_run(case)
    return outcomes_of(case, run) if run else None


def outcomes_of(case: Case, run: Run) -> Effective:
    """A run with the standing departures of its case applied."""
    return effective(run.precheck, standing_departures(case))


@dataclass(frozen=True)
class AtHand:
    """What a page has read already: the latest run, the present facts, and the rows of the checklist."""

    run: Run | None
    facts: dict[str, Any]
    documents: Sequence[CaseDocument]


def at_hand(case: Case) -> AtHand:
    """Read in two statements."""
    return AtHand(*run_and_facts(case), documents_of(case))


def is_current(case: Case, known: AtHand | None = None) -> bool:
    """Whether the latest run was made on the present facts and marks."""
    known = known or at_hand(case)
    return known.run is not None and saw_present(known.run, case, known.documents)


def saw_present(run: Run, case: Case, documents: Sequence[CaseDocument] | None = None) -> bool:
    """Whether the facts and marks that a run saw are the present ones; `documents` if they are at hand."""
    return run.revision == case.revision and run.marks == marks_of(case, documents)


def is_run_current(run: Run, case: Case, known: AtHand | None = None) -> bool:
    """Whether what a run found still holds: same facts and marks, and no figure has changed the outcome."""
    known = known or at_hand(case)
    is_latest = known.run is not None and known.run.id == run.id
    return saw_present(run, case, known.documents) and (is_latest or not is_overtaken(run))


def is_overtaken(run: Run) -> bool:
    """Whether changed reference figures have led to another outcome since the run."""
    later = select(Run.id).where(Run.case_id == run.case_id, Run.number > run.number)
    return db.session.scalar(later.where(Run.trigger == "figures").limit(1)) is not None


def last_recheck(case: Case, run: Run) -> RecheckLine | None:
    """The latest re-check after a change of figures after which this run stands; None where there was none."""
    query = (
        select(RecheckLine)
        .join(RecheckLine.recheck)
        .where(RecheckLine.case_id == case.id, RecheckLine.run == run.number, Recheck.purpose == "recheck")
    )
    query = query.options(contains_eager(RecheckLine.recheck))
    return db.session.scalar(query.order_by(Recheck.id.desc()).limit(1))


@dataclass(frozen=True)
class FailedCriterion:
    """A criterion that is not met after departures, and the departure that says so if one does."""

    finding: Finding
    departure: Departure | None


def failed_criteria(case: Case) -> list[FailedCriterion]:
    """What a refusal may rest on, in the order of the run; empty before the first."""
    run = latest_run(case)
    if run is None:
        return []
    standing = {d.criterion: d for d in standing_departures(case) if applies(d, run.precheck)}
    outcomes = effective(run.precheck, standing.values()).criteria
    return [
        FailedCriterion(finding, standing.get(finding.id))
        for finding in run.precheck.criteria
        if outcomes[finding.id] is Outcome.NOT_MET
    ]
