"""Pages on which headquarters looks at what a proposal would change, and settles it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.accounts import four_eyes
from kis.accounts.forms import RejectionForm
from kis.audit.operations import log_access
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.addresses import asked_number
from kis.figures import operations, queries
from kis.figures.models import ReferenceProposal
from kis.figures.subjects import SUBJECTS
from kis.figures.views import blueprint
from kis.precheck import impact, rechecking


@blueprint.get("/proposals/<int:proposal>")
@requires(Permission.FIGURE_READ)
def show_proposal(proposal: int) -> str:
    return proposal_page(queries.get_proposal(proposal, current_viewer()), RejectionForm(formdata=None))


def proposal_page(found: ReferenceProposal, rejection: RejectionForm) -> str:
    viewer = current_viewer()
    return render_template(
        "figures/proposal.html",
        proposal=found,
        subjects=SUBJECTS,
        is_own=found.proposed_by_id == viewer.account_id,
        rejection=rejection,
        **effect(found, viewer),
    )


@blueprint.get("/proposals/<int:proposal>/effect")
@requires(Permission.FIGURE_EDIT)
def show_effect(proposal: int) -> str:
    """The part of the page that counts on while the work goes on."""
    found = queries.get_proposal(proposal, current_viewer())
    return render_template("figures/effect.html", proposal=found, **effect(found, current_viewer()))


def effect(proposal: ReferenceProposal, viewer: Viewer) -> dict[str, object]:
    """What the proposal would change, or did; None to whom it is not shown or while it is not known."""
    after, found = asked_number("after") or 0, None
    if viewer.can(Permission.FIGURE_EDIT) and proposal.state == "proposed":
        found = impact.impact_of(proposal, viewer, after)
    elif viewer.can(Permission.FIGURE_EDIT) and proposal.state == "approved":
        recheck = impact.latest_recheck(proposal, "recheck")
        found = impact.progress_of(recheck, viewer, after) if recheck else None
    return {"impact": found, "after": after}


@blueprint.post("/proposals/<int:proposal>/impact")
@requires(Permission.FIGURE_EDIT)
def measure_impact(proposal: int) -> Response:
    found = queries.get_proposal(proposal, current_viewer())
    rechecking.start(found, "impact")
    return back_to(found)


@blueprint.post("/proposals/<int:proposal>/approval")
@requires(Permission.FIGURE_EDIT)
def approve_proposal(proposal: int) -> Response:
    viewer = current_viewer()
    found = queries.get_proposal(proposal, viewer)
    impact.require_impact(found, viewer)
    operations.approve(found, viewer)
    rechecking.start(found, "recheck")
    flash(_("The change is in force. The open cases are being re-checked."), "success")
    return back_to(found)


@blueprint.get("/changed-cases")
@requires(Permission.QUEUE_READ)
def show_changed_cases() -> str:
    """Cases that changed figures made come out otherwise, until their pre-check is run again."""
    mine = request.args.get("mine") == "yes"
    log_access("queue:changed-by-figures")
    found = impact.changed_list(current_viewer(), asked_number("after") or 0, mine=mine)
    page = found[: impact.PAGE]
    following = page[-1].id if len(found) > impact.PAGE else None
    return render_template("figures/changed_cases.html", cases=page, following=following, mine=mine)


@blueprint.post("/proposals/<int:proposal>/rejection")
@requires(Permission.FIGURE_EDIT)
def reject_proposal(proposal: int) -> Response | tuple[str, int]:
    found, form = queries.get_proposal(proposal, current_viewer()), RejectionForm()
    if not form.validate():
        return proposal_page(found, form), 422
    four_eyes.reject(found, form.comment.data, current_viewer())
    flash(_("The proposal is rejected; it stays on record."), "success")
    return back_to(found)


@blueprint.post("/proposals/<int:proposal>/retraction")
@requires(Permission.FIGURE_EDIT)
def retract_proposal(proposal: int) -> Response:
    found = queries.get_proposal(proposal, current_viewer())
    four_eyes.retract(found, current_viewer())
    flash(_("The proposal is taken back; it stays on record."), "success")
    return back_to(found)


def back_to(proposal: ReferenceProposal) -> Response:
    return redirect(url_for("figures.show_proposal", proposal=proposal.id))
