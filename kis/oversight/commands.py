"""flask jobs: what waits, runs or failed in the background, and giving what failed to the workers again."""

import click
from sqlalchemy import func, select

from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import STATES, Job
from kis.core.refusals import Refusal
from kis.oversight.jobs import UNFINISHED, age_in_minutes, retry

LINE = "{:>8}  {:<36} {:>8}  {:<8} {:>5} {:>9}  {:>13}  {}"


@click.group("jobs", invoke_without_command=True)
@click.option("--state", type=click.Choice(STATES), help="Only jobs in this state; else all but those done.")
@click.option("--limit", default=50, show_default=True, help="The newest so many.")
@click.pass_context
def background_jobs(context: click.Context, state: str | None, limit: int) -> None:
    """Show background work: waiting, running and failed, with age, attempts, progress and last error."""
    if context.invoked_subcommand:
        return
    shown = (state,) if state else UNFINISHED
    click.echo(", ".join(f"{count} {each}" for each, count in counted(shown)))
    click.echo(LINE.format("id", "kind", "subject", "state", "tries", "age", "progress", "last error"))
    query = select(Job).where(Job.state.in_(shown)).order_by(Job.id.desc()).limit(limit)
    for job in db.session.scalars(query):
        click.echo(line(job))


def counted(states: tuple[str, ...]) -> list[tuple[str, int]]:
    query = select(Job.state, func.count()).where(Job.state.in_(states)).group_by(Job.state)
    found = {state: count for state, count in db.session.execute(query)}
    return [(state, found.get(state, 0)) for state in states]


def line(job: Job) -> str:
    progress = f"{job.done}/{job.total}" if job.total is not None else ""
    error = (job.error or "").partition("\n")[0][:200]
    age = f"{age_in_minutes(job)} min"
    return LINE.format(
        job.id, job.kind, job.subject_id, job.state, job.attempts, age, progress, error
    ).rstrip()


@background_jobs.command("retry")
@click.argument("job_ids", metavar="ID...", nargs=-1, required=True, type=int)
def retry_jobs(job_ids: tuple[int, ...]) -> None:
    """Give the failed jobs of these IDs to the workers again."""
    for job_id in job_ids:
        try:
            with transaction():
                retry(found(job_id))
        except Refusal as refusal:
            raise click.ClickException(f"{job_id}: {refusal.message}") from refusal
        click.echo(f"{job_id}: given to the workers")


def found(job_id: int) -> Job:
    job = db.session.get(Job, job_id)
    if job is None:
        raise click.ClickException(f"There is no job {job_id}.")
    return job
