"""Pages on which headquarters looks at what a proposal would change, and settles it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.core.access import Permission, current_viewer, requires
from kis.core.forms import posted_text
from kis.figures import operations, queries
from kis.figures.models import ReferenceProposal
from kis.figures.subjects import SUBJECTS
from kis.figures.views import blueprint


@blueprint.get("/proposals/<int:proposal>")
@requires(Permission.FIGURE_READ)
def show_proposal(proposal: int) -> str:
    viewer = current_viewer()
    found = queries.get_proposal(proposal, viewer)
    return render_template(
        "figures/proposal.html",
        proposal=found,
        subjects=SUBJECTS,
        is_own=found.proposed_by_id == viewer.account_id,
    )


@blueprint.post("/proposals/<int:proposal>/approval")
@requires(Permission.FIGURE_EDIT)
def approve_proposal(proposal: int) -> Response:
    found = queries.get_proposal(proposal, current_viewer())
    operations.approve(found, current_viewer())
    flash(_("The change is in force."), "success")
    return back_to(found)


@blueprint.post("/proposals/<int:proposal>/rejection")
@requires(Permission.FIGURE_EDIT)
def reject_proposal(proposal: int) -> Response:
    found = queries.get_proposal(proposal, current_viewer())
    operations.reject(found, posted_text("comment"), current_viewer())
    flash(_("The proposal is rejected; it stays on record."), "success")
    return back_to(found)


@blueprint.post("/proposals/<int:proposal>/retraction")
@requires(Permission.FIGURE_EDIT)
def retract_proposal(proposal: int) -> Response:
    found = queries.get_proposal(proposal, current_viewer())
    operations.retract(found, current_viewer())
    flash(_("The proposal is taken back; it stays on record."), "success")
    return back_to(found)


def back_to(proposal: ReferenceProposal) -> Response:
    return redirect(url_for("figures.show_proposal", proposal=proposal.id))
