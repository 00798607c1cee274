"""The page of transfers: what other offices offer, and what went away.

Of an incoming case the receiving office sees no more than number, category, sender and reason until it has
accepted it: the rest is not its business before.
"""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.casework import queries, transfers
from kis.casework.forms import RefusalForm
from kis.casework.views import blueprint
from kis.casework.words import TRANSFER_ANSWERS
from kis.core.access import Permission, current_viewer, requires

P = Permission
Answer = Response | tuple[str, int]


@blueprint.get("/transfers")
@requires(P.CASE_ASSIGN)
def show_transfers() -> str:
    return page(RefusalForm(formdata=None))


@blueprint.post("/transfers/<int:transfer_id>/accept")
@requires(P.CASE_ASSIGN)
def accept_transfer(transfer_id: int) -> Response:
    case = transfers.accept(queries.get_incoming(transfer_id, current_viewer()), current_viewer())
    waits = _("Your office has the case now. It waits in the queue for an officer.")
    flash(_("Your office has the case now, and an officer for it.") if case.assignee_id else waits, "success")
    return redirect(url_for("desk.case_page", number=case.number))


@blueprint.post("/transfers/<int:transfer_id>/refuse")
@requires(P.CASE_ASSIGN)
def refuse_transfer(transfer_id: int) -> Answer:
    transfer, form = queries.get_incoming(transfer_id, current_viewer()), RefusalForm()
    if not form.validate():
        return page(form, transfer_id), 422
    transfers.refuse(transfer, form.reason.data or "", current_viewer())
    flash(_("The case stays with the other office, which sees your reason."), "success")
    return redirect(url_for("casework.show_transfers"))


def page(form: RefusalForm, refused_id: int | None = None) -> str:
    viewer = current_viewer()
    return render_template(
        "casework/transfers.html",
        incoming=queries.incoming(viewer),
        outgoing=queries.outgoing(viewer),
        answers=TRANSFER_ANSWERS,
        form=form,
        refused_id=refused_id,
    )
