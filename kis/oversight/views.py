"""Pages for auditors."""

from collections.abc import Callable
from dataclasses import fields

from flask import Blueprint, render_template, request, url_for

from kis.accounts.roles import ROLE_LABELS
from kis.audit.operations import log_access
from kis.core.access import ROLE_PERMISSIONS, Permission, Viewer, current_viewer, requires
from kis.core.addresses import asked_number
from kis.oversight import integrity, words
from kis.oversight.differences import differences
from kis.oversight.forms import AccessFilterForm, FilterForm
from kis.oversight.queries import Filters, Key, Page, access_page, audit_page

FILTERS = tuple(field.name for field in fields(Filters))

blueprint = Blueprint("oversight", __name__, url_prefix="/oversight")


@blueprint.get("/audit")
@requires(Permission.AUDIT_READ)
def show_audit() -> tuple[str, int]:
    return log_page("audit", FilterForm(request.args), audit_page)


@blueprint.get("/access")
@requires(Permission.ACCESS_LOG_READ)
def show_access_log() -> tuple[str, int]:
    return log_page("access", AccessFilterForm(request.args), access_page)


@blueprint.get("/roles")
@requires(Permission.AUDIT_READ, Permission.ACCOUNT_MANAGE)
def show_roles() -> str:
    return render_template("oversight/roles.html", granted=ROLE_PERMISSIONS, words=words, labels=ROLE_LABELS)


@blueprint.get("/integrity")
@requires(Permission.AUDIT_READ)
def show_integrity() -> str:
    return render_template("oversight/integrity.html", checks=integrity.checks(current_viewer()))


def log_page(name: str, form: FilterForm, read: Callable[[Viewer, Filters, Key], Page]) -> tuple[str, int]:
    """A page of a log. Reading it is itself a reading of personal data, and noted first."""
    page, status = None, 422
    if form.validate():
        log_access(f"oversight.{name}")
        page, status = read(current_viewer(), form.filters(), asked_key()), 200
    given = {"address": log_address, "told": words.told, "differences": differences}
    return render_template(f"oversight/{name}.html", form=form, page=page, **given), status


def log_address(**changes: object) -> str:
    """The address of this log with the filters in use, changed in some."""
    kept = {name: value for name in FILTERS if (value := request.args.get(name))}
    return url_for(request.endpoint or "", **(kept | changes))


def asked_key() -> Key:
    return Key(before=asked_number("before"), after=asked_number("after"))
