"""The blueprint of the desk, its start page, and what every page's frame shows."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from kis.accounts.models import RoleGrant
from kis.accounts.roles import ROLE_LABELS
from kis.core.access import Permission, Role, Viewer, current_viewer, requires
from kis.core.language import current_language

blueprint = Blueprint("desk", __name__)
P = Permission


# So many entries fit on one line beside the search and the account, in either language.
IN_SIGHT = 4


@dataclass(frozen=True)
class NavigationItem:
    """A link of the main navigation."""

    label: str
    url: str
    active: bool


@dataclass(frozen=True)
class Navigation:
    """What stands in the bar, and what folds away behind it: the rarer come last in ENTRIES."""

    in_sight: list[NavigationItem]
    more: list[NavigationItem]

    @classmethod
    def of(cls, items: list[NavigationItem]) -> "Navigation":
        """One entry is not folded away alone: the button would take its place."""
        edge = IN_SIGHT if len(items) > IN_SIGHT + 1 else len(items)
        return cls(items[:edge], items[edge:])


# Label, endpoint with its arguments, and the permissions of which one is needed.
ENTRIES = (
    (lambda: _("My cases"), "desk.queue", {"name": "mine"}, (P.CASE_REVIEW,)),
    (lambda: _("Unassigned"), "desk.queue", {"name": "unassigned"}, (P.CASE_REVIEW, P.CASE_ASSIGN)),
    (lambda: _("Awaiting decision"), "desk.queue", {"name": "awaiting-decision"}, (P.CASE_DECIDE,)),
    (lambda: _("All open cases"), "desk.queue", {"name": "open"}, (P.QUEUE_READ,)),
    (lambda: _("Workload"), "casework.show_board", {}, (P.CASE_ASSIGN,)),
    (lambda: _("Transfers"), "casework.show_transfers", {}, (P.CASE_ASSIGN,)),
    (lambda: _("Register"), "intake.register", {}, (P.CASE_REGISTER,)),
    (lambda: _("Letters"), "letters.pending", {}, (P.QUEUE_READ,)),
    (lambda: _("Quality"), "quality.start", {}, (P.QUALITY_REVIEW, P.CASE_REVIEW)),
    (lambda: _("Paragraphs"), "letters.show_library", {}, (P.PARAGRAPH_EDIT,)),
    (lambda: _("Statistics"), "statistics.show_statistics", {}, (P.STATISTICS_READ,)),
    (lambda: _("Figures"), "figures.show_figures", {}, (P.FIGURE_READ,)),
    (lambda: _("Offices"), "offices.show_offices", {}, (P.OFFICE_READ,)),
    (lambda: _("Accounts"), "accounts.show_accounts", {}, (P.ACCOUNT_MANAGE,)),
    (lambda: _("Background work"), "oversight.show_jobs", {}, (P.JOB_READ,)),
    (lambda: _("Audit"), "oversight.show_audit", {}, (P.AUDIT_READ,)),
)


def navigation() -> Navigation:
    """The links that this request's account has use for."""
    viewer = current_viewer()
    usable = [entry for entry in ENTRIES if any(viewer.can(permission) for permission in entry[3])]
    return Navigation.of(
        [
            NavigationItem(label(), url, request.path == url)
            for label, endpoint, arguments, _permissions in usable
            for url in [url_for(endpoint, **arguments)]
        ]
    )


def account_posting() -> str:
    """Role and office of the signed-in account, as the frame shows them."""
    grants = current_user.account.grants
    return ", ".join(
        f"{role_label(g.role)} · {office_name(g)}" if g.office else role_label(g.role) for g in grants
    )


def office_name(grant: RoleGrant) -> str:
    return grant.office.in_language(current_language()) if grant.office else ""


def role_label(role: str) -> str:
    return str(ROLE_LABELS[Role(role)])


@blueprint.app_context_processor
def frame() -> dict[str, object]:
    return {"navigation": navigation, "account_posting": account_posting, "role_label": role_label}


@blueprint.get("/")
@requires(P.WORK)
def start() -> Response:
    """Lead each account to where its day begins."""
    return redirect(first_page(current_viewer()))


def first_page(viewer: Viewer) -> str:
    if viewer.can(P.CASE_REVIEW):
        return url_for("desk.queue", name="mine")
    if viewer.can(P.CASE_DECIDE):
        return url_for("desk.queue", name="awaiting-decision")
    if viewer.can(P.AUDIT_READ):
        return url_for("oversight.show_audit")
    if viewer.can(P.QUEUE_READ):
        return url_for("desk.queue", name="open")
    return url_for("accounts.show_accounts")
