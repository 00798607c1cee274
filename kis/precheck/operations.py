"""Running the pre-check of a case, and departing from what it found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from kis.audit.operations import record
from kis.cases.conflicts import refuse_conflict
from kis.cases.facts import dossier_of
from kis.cases.models import Case
from kis.cases.queries import latest_revision
from kis.cases.states import OPEN_STATES
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.reasons import written_reason
from kis.core.refusals import Conflict, Invalid
from kis.documents.queries import marks_of
from kis.figures.queries import reference_tables
from kis.precheck.comparison import digest
from kis.precheck.effective import effective
from kis.precheck.models import Departure, Run
from kis.precheck.queries import latest_run, standing_departures
from kis.rules import Outcome, PreCheck, procedure

# Who may make a run for which reason: whoever may do what it follows from.
ALLOWED = {
    "intake": Permission.CASE_REGISTER,
    "revision": Permission.CASE_REVIEW,
    "documents": Permission.CASE_MARK,
    "demand": Permission.CASE_REVIEW,
}
# Once recommended, the recommendation rests on the departures too.
DEPARTURES_OPEN_IN = ("received", "in_review")


def run(case: Case, trigger: str, viewer: Viewer) -> Run:
    """Pre-check the case's present facts and marks, and keep the run. Raises Forbidden or Conflict."""
    viewer.require(ALLOWED[trigger], case.office_id)
    lock(case)
    if case.state not in OPEN_STATES:
        raise Conflict(_("The case is decided; its pre-check stays as it was."))
    refuse_conflict(case.id, viewer)
    judged = judge(case)
    made = Run(
        case_id=case.id,
        number=next_number(case),
        revision=case.revision,
        trigger=trigger,
        made_by_id=viewer.account_id,
        marks=judged.marks,
        **columns_of(judged.precheck),
    )
    db.session.add(made)
    settle(case, judged.precheck)
    record(
        "precheck.run",
        case_id=case.id,
        subject=("precheck_run", made.id),
        after={"run": made.number, "trigger": trigger, "revision": made.revision, "edition": made.edition,
               "overall": made.overall},
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Judged:
    """A pre-check and the marks it saw."""

    precheck: PreCheck
    marks: list[dict[str, Any]]


def judge(case: Case) -> Judged:
    """The case's present dossier, by the edition in force on its day of application. Stores nothing."""
    return judge_facts(case, latest_revision(case).facts)


def judge_facts(case: Case, facts: dict[str, Any]) -> Judged:
    """The case with these facts in place of its own, and its present marks. Stores nothing."""
    marks = marks_of(case)
    dossier = dossier_of(facts, case.applicant, marks)
    received_on = date.fromisoformat(dossier["application"]["received_on"])
    book = procedure(case.procedure).book_on(received_on)
    return Judged(book.run(dossier, reference_tables()), marks)


def next_number(case: Case) -> int:
    """The number of the case's next run; the caller holds its lock."""
    return 1 + (db.session.scalar(select(func.max(Run.number)).where(Run.case_id == case.id)) or 0)


def columns_of(precheck: PreCheck) -> dict[str, Any]:
    result = precheck.to_json()
    kept = ("edition", "overall", "areas", "figures")
    return {name: result[name] for name in kept} | {
        "as_of": date.fromisoformat(precheck.as_of),
        "result": result,
        "digest": digest(precheck),
    }


def settle(case: Case, precheck: PreCheck) -> None:
    """Put the outcome after departures on the case, where the queues look for it."""
    db.session.flush()
    case.precheck_outcome = effective(precheck, standing_departures(case)).overall.value
    db.session.flush()


def depart(
    case: Case, criterion_id: str, to_outcome: str, reason: str, viewer: Viewer, *, seen: int | None = None
) -> Departure:
    """Depart from the outcome of a criterion of the latest run, with a written reason.

    `seen` is the number of the run that the officer looked at. A departure from the same criterion that
    stands is withdrawn. Raises Forbidden, Invalid or Conflict.
    """
    latest = run_open_to_departures(case, viewer, seen)
    found = outcome_found(latest, criterion_id)
    made = Departure(
        case_id=case.id,
        run_id=latest.id,
        criterion=criterion_id,
        from_outcome=found.value,
        to_outcome=departing_outcome(found, to_outcome),
        reason=written_reason(reason),
        made_by_id=viewer.account_id,
    )
    withdraw_standing(case, criterion_id, viewer)
    db.session.add(made)
    settle(case, latest.precheck)
    record(
        "precheck.departed",
        case_id=case.id,
        subject=("precheck_departure", made.id),
        before={"criterion": criterion_id, "outcome": made.from_outcome, "run": latest.number},
        after={"outcome": made.to_outcome, "reason": made.reason},
    )
    return made


def run_open_to_departures(case: Case, viewer: Viewer, seen: int | None = None) -> Run:
    """The latest run, if the viewer may depart from it now and has seen it. Raises Forbidden or Conflict."""
    viewer.require(Permission.CASE_REVIEW, case.office_id)
    lock(case)
    if case.state not in DEPARTURES_OPEN_IN:
        raise Conflict(
            _("Departures are made while a case is in review. Take the recommendation back first.")
        )
    refuse_conflict(case.id, viewer)
    latest = latest_run(case)
    if latest is None:
        raise Conflict(_("The pre-check has not been run yet."))
    if seen not in (None, latest.number):
        raise Conflict(
            _(
                "The pre-check has been run again since you opened the page. Look at run %(number)s first.",
                number=latest.number,
            )
        )
    return latest


def outcome_found(run: Run, criterion_id: str) -> Outcome:
    """What a run found on a criterion. Raises Invalid."""
    for finding in run.precheck.criteria:
        if finding.id == criterion_id:
            return finding.outcome
    raise Invalid(_("The latest run has no criterion “%(criterion)s”.", criterion=criterion_id))


def departing_outcome(found: Outcome, to_outcome: str) -> str:
    if to_outcome not in {outcome.value for outcome in Outcome}:
        raise Invalid(_("Choose the outcome that you find right."))
    if to_outcome == found:
        raise Invalid(_("The pre-check has found this outcome already."))
    return to_outcome


def withdraw_departure(case: Case, departure_id: int, viewer: Viewer) -> None:
    """Take a departure back; it stays on record. Raises Forbidden, Invalid or Conflict."""
    latest = run_open_to_departures(case, viewer)
    standing = next((d for d in standing_departures(case) if d.id == departure_id), None)
    if standing is None:
        raise Invalid(_("This departure does not stand any more."))
    end(standing, viewer)
    settle(case, latest.precheck)


def withdraw_standing(case: Case, criterion_id: str, viewer: Viewer) -> None:
    for departure in standing_departures(case):
        if departure.criterion == criterion_id:
            end(departure, viewer)


def end(departure: Departure, viewer: Viewer) -> None:
    departure.withdrawn_at, departure.withdrawn_by_id = clock.now(), viewer.account_id
    db.session.flush()
    record(
        "precheck.departure-withdrawn",
        case_id=departure.case_id,
        subject=("precheck_departure", departure.id),
        before={
            "criterion": departure.criterion,
            "outcome": departure.to_outcome,
            "reason": departure.reason,
        },
    )
