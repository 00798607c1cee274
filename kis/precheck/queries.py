"""Reads of the runs and departures of a case that the viewer has opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Load, QueryableAttribute, contains_eager, defer, joinedload

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.core.extensions import db
from kis.core.refusals import NotFound
from kis.documents.queries import marks_of
from kis.precheck.effective import Effective, applies, effective
from kis.precheck.models import Departure, Recheck, RecheckLine, Run
from kis.rules import Finding, Outcome


def person(account: QueryableAttribute[Any]) -> Load:
    """Load an account for its name; its grants are of no interest here."""
    return joinedload(account).lazyload(Account.grants)


MAKER = person(Run.made_by)


def latest_run(case: Case) -> Run | None:
    """The run that counts; None before the first."""
    query = select(Run).where(Run.case_id == case.id).order_by(Run.number.desc()).limit(1)
    return db.session.scalar(query.options(MAKER))


def get_run(case: Case, number: int) -> Run:
    """Raises NotFound."""
    query = select(Run).where(Run.case_id == case.id, Run.number == number)
    run = db.session.scalar(query.options(MAKER))
    if run is None:
        raise NotFound(_("The case has no run %(number)s of the pre-check.", number=number))
    return run


def runs_of(case: Case) -> Sequence[Run]:
    """All runs of a case, newest first, without what they found."""
    query = select(Run).where(Run.case_id == case.id).order_by(Run.number.desc())
    bulky = (defer(Run.result), defer(Run.marks), defer(Run.figures))
    return db.session.scalars(query.options(*bulky, MAKER)).all()


def departures_of(case: Case) -> Sequence[Departure]:
    """Every departure of a case, withdrawn ones too, newest first."""
    query = select(Departure).where(Departure.case_id == case.id).order_by(Departure.id.desc())
    people = (person(Departure.made_by), person(Departure.withdrawn_by))
    run = joinedload(Departure.run).load_only(Run.number, Run.case_id)
    return db.session.scalars(query.options(*people, run)).all()


def standing_departures(case: Case) -> list[Departure]:
    """The departures that nobody withdrew."""
    return [departure for departure in departures_of(case) if departure.stands]


def effective_outcomes(case: Case) -> Effective | None:
    """The latest run with the standing departures applied; None before the first run."""
    run = latest_run(case)
    return effective(run.precheck, standing_departures(case)) if run else None


def is_current(case: Case) -> bool:
    """Whether the latest run was made on the present facts and marks."""
    query = select(Run).where(Run.case_id == case.id).order_by(Run.number.desc()).limit(1)
    run = db.session.scalar(query.options(defer(Run.result), defer(Run.figures)))
    return run is not None and saw_present(run, case)


def saw_present(run: Run, case: Case) -> bool:
    """Whether the facts and marks that a run saw are the present ones."""
    return run.revision == case.revision and run.marks == marks_of(case)


def is_run_current(run: Run, case: Case) -> bool:
    """Whether what a run found still holds: same facts and marks, and no figure has changed the outcome."""
    return saw_present(run, case) and not is_overtaken(run)


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
