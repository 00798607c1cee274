"""Background work as it is seen: what waits, runs or failed, and giving what failed to the workers again."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select

from kis.audit.operations import record
from kis.core import clock, jobs
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import Conflict, NotFound

PAGE = 50
# What is done is counted by nobody: there is ever more of it.
UNFINISHED = ("queued", "running", "failed")
STATE_LABELS = {
    "queued": _l("Waiting"),
    "running": _l("Running"),
    "failed": _l("Failed"),
    "done": _l("Done"),
}
KINDS = {
    "letter.render": _l("Making the PDF of a letter"),
    "figures.plan": _l("Planning a re-check after changed figures"),
    "figures.recheck": _l("Re-checking open cases after changed figures"),
    "casework.allocate": _l("Allocating the unassigned cases of an office"),
    "clock.recount": _l("Counting due dates anew"),
    "letters.printout": _l("Binding letters for the printer"),
    "statistics.count": _l("Counting statistics"),
    "kis.audit.operations:seal_access_log": _l("Sealing the access log"),
    "kis.casework.standing_in:carry_out_absences": _l("Moving the work of absent officers"),
    "kis.quality.operations:draw_last_month": _l("Drawing quality samples"),
    "kis.cases.presence:leave_stale": _l("Forgetting who left a case's page"),
    "kis.casework.handing_over:release_left_behind": _l("Returning cases of officers who left"),
    "kis.casework.restricting:name_successors": _l("Naming supervisors on restricted cases that lost theirs"),
    "kis.casework.overdue:mark_overdue": _l("Marking supplements whose time is over"),
    "kis.casework.overdue:remind_ahead": _l("Reminding officers of supplements soon due"),
    "kis.statistics.counting:refresh": _l("Bringing statistics up to date"),
    "kis.oversight.files:sweep_files": _l("Sweeping files that nothing names"),
    "kis.letters.printing:let_go": _l("Letting go of letters once printed"),
    "kis.letters.verification:forget_misses": _l("Forgetting failed look-ups of letters"),
}


def kind_label(kind: str) -> str:
    """What the kind is called; its own name where it has none."""
    return str(KINDS.get(kind, kind))


def what_failed(job: Job) -> str:
    """The kind of the last error alone: its text may tell of a case, and stays with those who run the system."""
    return (job.error or "").partition(":")[0]


def within(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """All jobs for who sees those of all offices; else those of the viewer's offices."""
    viewer.require(Permission.JOB_READ)
    offices = viewer.office_ids(Permission.JOB_READ)
    return query if offices is None else query.where(Job.office_id.in_(offices))


def counts(viewer: Viewer) -> dict[str, int]:
    """How many jobs wait, run, have failed. Raises Forbidden."""
    query = select(Job.state, func.count()).where(Job.state.in_(UNFINISHED)).group_by(Job.state)
    found = {state: count for state, count in db.session.execute(within(query, viewer))}
    return {state: found.get(state, 0) for state in UNFINISHED}


def jobs_page(viewer: Viewer, state: str, before: int | None) -> Sequence[Job]:
    """Jobs in a state, or all that are not done for "", newest first; a page before that id and one more."""
    query = select(Job).where(Job.state.in_((state,) if state in jobs.STATES else UNFINISHED))
    if before is not None:
        query = query.where(Job.id < before)
    return db.session.scalars(within(query, viewer).order_by(Job.id.desc()).limit(PAGE + 1)).all()


def get_job(job_id: int, viewer: Viewer) -> Job:
    """Raises NotFound, for another office's job as for none."""
    job = db.session.scalar(within(select(Job).where(Job.id == job_id), viewer))
    if job is None:
        raise NotFound(_("There is no such job, or none that you may see."))
    return job


def retry(job: Job) -> None:
    """Give a failed job to the workers again. Raises Conflict for one that has not failed."""
    lock(job)
    if job.state != "failed":
        raise Conflict(_("Only a job that has failed can be repeated."))
    jobs.try_again(job)
    record("job.retried", subject=("job", job.id), after={"kind": job.kind, "error": what_failed(job)})


def age_in_minutes(job: Job) -> int:
    """Minutes since the job was ordered."""
    return int((clock.now() - job.created_at).total_seconds() // 60)
