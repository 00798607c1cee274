"""The page of background work."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.core.access import Permission, asked_by_itself, current_viewer, requires
from kis.core.addresses import asked_number
from kis.oversight import jobs
from kis.oversight.views import blueprint


@blueprint.get("/jobs")
@requires(Permission.JOB_READ)
def show_jobs() -> str:
    return jobs_part("oversight/jobs.html")


@blueprint.get("/jobs/list")
@requires(Permission.JOB_READ)
@asked_by_itself
def show_job_list() -> str:
    """The part of the page that is asked for anew while something runs."""
    return jobs_part("oversight/job_list.html")


def jobs_part(template: str) -> str:
    viewer, state, before = current_viewer(), request.args.get("state", ""), asked_number("before")
    found = jobs.jobs_page(viewer, state, before)
    page = found[: jobs.PAGE]
    return render_template(
        template,
        jobs=page,
        older=page[-1].id if len(found) > jobs.PAGE else None,
        counts=jobs.counts(viewer),
        state=state if state in jobs.STATE_LABELS else "",
        state_words=jobs.STATE_LABELS,
        kind_label=jobs.kind_label,
        what_failed=jobs.what_failed,
        age=jobs.age_in_minutes,
    )


@blueprint.post("/jobs/<int:job_id>/retry")
@requires(Permission.JOB_READ)
def retry_job(job_id: int) -> Response:
    jobs.retry(jobs.get_job(job_id, current_viewer()))
    flash(_("The job is given to the workers again."), "success")
    return redirect(url_for("oversight.show_jobs"))
