"""Pages of quality samples: the worklist, the review of a case, feedback, and its figures."""

from collections import defaultdict
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.audit.operations import log_access
from kis.core import clock
from kis.core.access import Permission, current_viewer, requires
from kis.core.addresses import asked_number
from kis.core.refusals import Invalid
from kis.offices.models import Office
from kis.offices.queries import office_by_code, offices_of
from kis.quality import operations, queries
from kis.quality.forms import PolicyForm, ReviewForm
from kis.quality.models import Sample
from kis.quality.questions import ANSWERS, QUESTIONS

blueprint = Blueprint("quality", __name__, url_prefix="/quality")
P = Permission
WORDS = {"questions": QUESTIONS, "answer_labels": ANSWERS}


@blueprint.get("/")
@requires(P.QUALITY_REVIEW, P.CASE_REVIEW)
def start() -> Response:
    """Reviewers begin with their worklist, officers with what was said of their cases."""
    reviews = current_viewer().can(P.QUALITY_REVIEW)
    return redirect(url_for("quality.worklist" if reviews else "quality.feedback"))


@blueprint.get("/samples")
@requires(P.QUALITY_REVIEW)
def worklist() -> str:
    viewer = current_viewer()
    log_access("quality-worklist")
    found = queries.waiting_samples(viewer, asked_number("after") or 0)
    page = found[: queries.PAGE]
    return render_template(
        "quality/worklist.html",
        samples=page,
        parts=queries.participants([sample.case_id for sample in page]),
        own_id=viewer.account_id,
        following=page[-1].id if len(found) > queries.PAGE else None,
    )


@blueprint.route("/samples/<int:sample_id>", methods=["GET", "POST"])
@requires(P.QUALITY_REVIEW, P.CASE_REVIEW)
def show_sample(sample_id: int) -> Response | str | tuple[str, int]:
    viewer = current_viewer()
    sample = queries.get_sample(sample_id, viewer)
    log_access("quality-sample", case_id=sample.case_id)
    form = ReviewForm()
    if form.validate_on_submit():
        try:
            operations.review(sample, form.answers(), form.remark.data or "", viewer)
        except Invalid as refusal:
            form.form_errors.append(refusal.message)
        else:
            flash(_("The review is saved; the officer sees it."), "success")
            return redirect(url_for("quality.worklist"))
    return sample_page(sample, form), 422 if form.is_submitted() else 200


def sample_page(sample: Sample, form: ReviewForm) -> str:
    against = queries.refusal_to_review(sample, current_viewer()) if sample.reviewed_at is None else None
    return render_template("quality/sample.html", sample=sample, form=form, against=against, **WORDS)


@blueprint.get("/feedback")
@requires(P.CASE_REVIEW)
def feedback() -> str:
    samples = queries.feedback_to(current_viewer())
    log_access("quality-feedback")
    return render_template("quality/feedback.html", samples=samples, **WORDS)


@blueprint.post("/feedback")
@requires(P.CASE_REVIEW)
def read_feedback() -> Response:
    viewer = current_viewer()
    operations.mark_seen(queries.feedback_to(viewer), viewer)
    return redirect(url_for("quality.feedback"))


@blueprint.get("/figures")
@requires(P.QUALITY_READ)
def figures() -> str:
    return figures_page()


def figures_page() -> str:
    viewer, since = current_viewer(), year_before(clock.today())
    reviewed: dict[date, dict[str, Any]] = defaultdict(dict)
    for row in queries.answers_by_month(viewer, since):
        reviewed[row.month][row.question] = row
    offices = offices_of(viewer, P.QUALITY_REVIEW)
    last_month = operations.month_before(clock.today())
    drawings = queries.drawings(viewer, since)
    drawn = {row.Drawing.office_id for row in drawings if row.Drawing.month == last_month}
    return render_template(
        "quality/figures.html",
        drawings=drawings,
        reviewed=reviewed,
        last_month=last_month,
        settable=[] if viewer.office_ids(P.QUALITY_REVIEW) is None else offices,
        undrawn=[office for office in offices if office.id not in drawn],
        **WORDS,
    )


def year_before(day: date) -> date:
    """The first day of the same month a year before."""
    return day.replace(year=day.year - 1, day=1)


@blueprint.route("/offices/<code>", methods=["GET", "POST"])
@requires(P.QUALITY_REVIEW)
def office_share(code: str) -> Response | str | tuple[str, int]:
    office = office_of(code)
    form = PolicyForm(obj=queries.policy_of(office.id))
    if form.validate_on_submit():
        operations.set_policy(office, form.percent.data, form.minimum.data, current_viewer())
        flash(_("The share was saved. It holds from the next drawing on."), "success")
        return redirect(url_for("quality.figures"))
    page = render_template("quality/office.html", office=office, form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/offices/<code>/drawing")
@requires(P.QUALITY_REVIEW)
def draw(code: str) -> Response:
    """Draw from last month's decided cases, unless the clock was faster."""
    office = office_of(code)
    made = operations.draw(office, operations.month_before(clock.today()), current_viewer())
    if made is None:
        flash(_("The sample of this month was drawn already."), "warning")
    else:
        flash(_("The sample is drawn."), "success")
    return redirect(url_for("quality.worklist"))


def office_of(code: str) -> Office:
    """The office, if the viewer reviews its samples. Raises NotFound or Forbidden."""
    office = office_by_code(code)
    current_viewer().require(P.QUALITY_REVIEW, office.id)
    return office


@blueprint.app_context_processor
def unread() -> dict[str, object]:
    return {"unread_feedback": lambda: queries.unread_feedback(current_viewer())}
