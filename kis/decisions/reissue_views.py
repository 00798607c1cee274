"""Issuing a letter anew, from its page."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.core.access import Permission, current_viewer, requires
from kis.core.forms import posted_text
from kis.decisions.reissuing import obstacle, reissue_letter
from kis.letters.opening import open_letter
from kis.letters.views import blueprint

P = Permission


@blueprint.app_context_processor
def reissuing() -> dict[str, object]:
    return {"reissue_obstacle": obstacle}


@blueprint.post("/letters/<number>/reissue")
@requires(P.CASE_REGISTER, P.CASE_MARK, P.CASE_REVIEW, P.CASE_ASSIGN, P.CASE_DECIDE)
def reissue(number: str) -> Response:
    letter = reissue_letter(open_letter(number), posted_text("reason"), current_viewer())
    flash(_("Letter %(number)s takes the place of the void one.", number=letter.number), "success")
    return redirect(url_for("letters.show", number=letter.number))
