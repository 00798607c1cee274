"""Issuing a decision's letter anew, from the page of the letter."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases.queries import get_case
from kis.core.access import Permission, current_viewer, requires
from kis.core.forms import posted_text
from kis.decisions.reissuing import reissue
from kis.decisions.views import blueprint


@blueprint.post("/letter/reissue")
@requires(Permission.CASE_DECIDE)
def reissue_letter(number: str) -> Response:
    viewer = current_viewer()
    letter = reissue(get_case(number, viewer), posted_text("reason"), viewer)
    flash(_("The letter is void; %(number)s takes its place.", number=letter.number), "success")
    return redirect(url_for("letters.show", number=letter.number))
