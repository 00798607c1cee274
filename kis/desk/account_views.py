"""Disabling an account, which also returns its work to the queues."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.accounts.administration import refuse_own_account
from kis.accounts.operations import set_active
from kis.accounts.queries import account_by_id
from kis.casework.operations import release_work
from kis.core.access import Permission, requires
from kis.desk.views import blueprint


@blueprint.post("/accounts/<int:account_id>/active")
@requires(Permission.ACCOUNT_MANAGE)
def set_account_active(account_id: int) -> Response:
    account = account_by_id(account_id)
    refuse_own_account(account)
    active = request.form.get("active") == "yes"
    set_active(account, active)
    if not active:
        release_work(account_id, "account disabled")
    flash(_("The account is active.") if active else _("The account is disabled."), "success")
    return redirect(url_for("accounts.show_account", account_id=account_id))
