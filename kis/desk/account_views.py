"""Changing roles and disabling accounts, after which the work that is theirs no more returns to the queues."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.accounts.administration import asked_grant, refuse_own_account
from kis.accounts.models import Account
from kis.accounts.operations import change_grants, set_active
from kis.accounts.queries import account_by_id
from kis.casework.handing_over import release_work
from kis.core.access import Permission, Role, requires
from kis.desk.views import blueprint

Grants = set[tuple[Role, int | None]]


@blueprint.post("/accounts/<int:account_id>/grants")
@requires(Permission.ACCOUNT_MANAGE)
def add_grant(account_id: int) -> Response:
    account = account_by_id(account_id)
    asked = asked_grant(request.form.get("role", ""), request.form.get("office", ""))
    return save_grants(account, {*held(account), asked})


@blueprint.post("/accounts/<int:account_id>/grants/<int:grant_id>/remove")
@requires(Permission.ACCOUNT_MANAGE)
def remove_grant(account_id: int, grant_id: int) -> Response:
    account = account_by_id(account_id)
    return save_grants(account, {(Role(g.role), g.office_id) for g in account.grants if g.id != grant_id})


def held(account: Account) -> Grants:
    return {(Role(grant.role), grant.office_id) for grant in account.grants}


def save_grants(account: Account, grants: Grants) -> Response:
    """Save the grants, unless they would be the administrator's own."""
    refuse_own_account(account)
    if grants != held(account):
        change_grants(account, sorted(grants, key=str))
        release_work(account, "casework.released-roles")
        flash(_("The roles of %(name)s were changed; its sessions have ended.", name=account.name), "success")
    return redirect(url_for("accounts.show_account", account_id=account.id))


@blueprint.post("/accounts/<int:account_id>/active")
@requires(Permission.ACCOUNT_MANAGE)
def set_account_active(account_id: int) -> Response:
    account = account_by_id(account_id)
    refuse_own_account(account)
    active = request.form.get("active") == "yes"
    set_active(account, active)
    if not active:
        release_work(account, "casework.released-disabled")
    flash(_("The account is active.") if active else _("The account is disabled."), "success")
    return redirect(url_for("accounts.show_account", account_id=account_id))
