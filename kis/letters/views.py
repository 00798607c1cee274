"""Pages of letters: those of a case, those that wait, and the file."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases.opening import open_case_page
from kis.core.access import Permission, current_viewer, requires
from kis.core.addresses import asked_number
from kis.core.refusals import Conflict, NotFound
from kis.core.store import DamagedFile, store
from kis.letters import queries
from kis.letters.models import Letter
from kis.letters.opening import open_letter, sees_case
from kis.letters.operations import try_again

blueprint = Blueprint("letters", __name__)


@blueprint.app_context_processor
def waiting() -> dict[str, object]:
    return {"awaits_letter": queries.awaits_letter}


@blueprint.get("/cases/<number>/letters")
@requires(Permission.CASE_READ)
def of_case(number: str) -> str:
    case = open_case_page(number, "letters")
    letters = queries.letters_of(case)
    return render_template(
        "letters/of_case.html",
        case=case,
        tab="letters",
        letters=letters,
        last_steps=queries.last_steps(letters),
    )


@blueprint.get("/letters/pending")
@requires(Permission.QUEUE_READ)
def pending() -> str:
    viewer = current_viewer()
    rows = queries.pending_letters(viewer, asked_number("after") or 0)
    following = rows[-1][0].id if len(rows) == queries.PAGE else None
    return render_template(
        "letters/pending.html",
        rows=rows,
        following=following,
        sees_case=sees_case,
        can_retry=lambda letter: viewer.can(Permission.CASE_DECIDE, letter.office_id),
    )


@blueprint.post("/letters/<number>/retry")
@requires(Permission.CASE_DECIDE)
def retry(number: str) -> Response:
    try_again(queries.get_letter(number, current_viewer()), current_viewer())
    flash(_("The letter is given to the worker again."), "success")
    return redirect(url_for("letters.pending"))


@blueprint.get("/letters/<number>.pdf")
@requires(Permission.CASE_READ)
def download(number: str) -> Response:
    letter = open_letter(number)
    return send_file(
        BytesIO(pdf_of(letter)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{letter.title.ko} {letter.number}.pdf",
    )


def pdf_of(letter: Letter) -> bytes:
    """The stored file, checked against its hash. Raises NotFound or Conflict."""
    if letter.sha256 is None:
        raise NotFound(_("The letter is not ready yet. It is made in the background; try again in a minute."))
    try:
        return store().get(letter.sha256)
    except (DamagedFile, FileNotFoundError) as error:
        raise Conflict(
            _(
                "The stored file of letter %(number)s is damaged or missing. Tell the administrator.",
                number=letter.number,
            )
        ) from error
