"""Who may do what: permissions, roles, and the guard of every view. Deny by default."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from kis.core.refusals import Forbidden

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """One thing an account may do, as subject:action."""

    ACCESS_LOG_READ = "access-log:read"
    ACCOUNT_MANAGE = "account:manage"
    AUDIT_READ = "audit:read"
    CASE_ASSIGN = "case:assign"
    CASE_DECIDE = "case:decide"
    CASE_EXPORT = "case:export"
    CASE_MARK = "case:mark"
    CASE_READ = "case:read"
    CASE_READ_RESTRICTED = "case:read-restricted"
    CASE_REGISTER = "case:register"
    CASE_REVIEW = "case:review"
    FIGURE_EDIT = "figure:edit"
    FIGURE_READ = "figure:read"
    JOB_READ = "job:read"
    LETTER_DELIVER = "letter:deliver"
    LETTER_EXPORT = "letter:export"
    OFFICE_MANAGE = "office:manage"
    OFFICE_READ = "office:read"
    PARAGRAPH_EDIT = "paragraph:edit"
    QUALITY_READ = "quality:read"
    QUALITY_REVIEW = "quality:review"
    QUEUE_READ = "queue:read"
    STATISTICS_COUNT = "statistics:count"
    STATISTICS_READ = "statistics:read"
    WORK = "work"


class Role(StrEnum):
    """What an account is in an office."""

    RECEPTION = "reception"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    HEADQUARTERS = "headquarters"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


P = Permission
EVERYONE = frozenset({P.WORK, P.OFFICE_READ})
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.RECEPTION: EVERYONE
    | {P.CASE_READ, P.CASE_REGISTER, P.CASE_MARK, P.LETTER_DELIVER, P.QUEUE_READ, P.FIGURE_READ},
    Role.OFFICER: EVERYONE
    | {P.CASE_READ, P.CASE_MARK, P.CASE_REVIEW, P.LETTER_DELIVER, P.QUEUE_READ, P.FIGURE_READ},
    Role.SUPERVISOR: EVERYONE
    | {
        P.CASE_READ,
        P.CASE_ASSIGN,
        P.CASE_DECIDE,
        P.CASE_EXPORT,
        P.JOB_READ,
        P.LETTER_DELIVER,
        P.LETTER_EXPORT,
        P.QUALITY_READ,
        P.QUALITY_REVIEW,
        P.QUEUE_READ,
        P.STATISTICS_COUNT,
        P.STATISTICS_READ,
        P.FIGURE_READ,
    },
    Role.HEADQUARTERS: EVERYONE
    | {
        P.CASE_READ,
        P.CASE_EXPORT,
        P.FIGURE_READ,
        P.FIGURE_EDIT,
        P.PARAGRAPH_EDIT,
        P.QUALITY_READ,
        P.QUALITY_REVIEW,
        P.QUEUE_READ,
        P.STATISTICS_COUNT,
        P.STATISTICS_READ,
    },
    Role.AUDITOR: EVERYONE
    | {
        P.CASE_READ,
        P.CASE_READ_RESTRICTED,
        P.AUDIT_READ,
        P.ACCESS_LOG_READ,
        P.LETTER_EXPORT,
        P.FIGURE_READ,
        P.QUEUE_READ,
        P.STATISTICS_READ,
    },
    Role.ADMINISTRATOR: EVERYONE | {P.ACCOUNT_MANAGE, P.JOB_READ, P.OFFICE_MANAGE},
}
# Reads of these roles need a stated reason each time (PIPA Art. 28: need to know).
REASON_REQUIRED = frozenset({Role.HEADQUARTERS})


@dataclass(frozen=True)
class Grant:
    """A role, in these offices (None: in all of them)."""

    role: Role
    office_ids: frozenset[int] | None

    def covers(self, permission: Permission, office_id: int | None) -> bool:
        within = office_id is None or self.office_ids is None or office_id in self.office_ids
        return within and permission in ROLE_PERMISSIONS[self.role]


@dataclass(frozen=True)
class Viewer:
    """The account that asks, with what it was granted. Every scoped read takes one."""

    account_id: int
    name: str
    grants: tuple[Grant, ...]

    def can(self, permission: Permission, office_id: int | None = None) -> bool:
        """Whether any grant allows it, in that office if one is named."""
        return any(grant.covers(permission, office_id) for grant in self.grants)

    def office_ids(self, permission: Permission) -> frozenset[int] | None:
        """The offices in which the permission holds; None means all, an empty set none."""
        held = [grant for grant in self.grants if permission in ROLE_PERMISSIONS[grant.role]]
        if any(grant.office_ids is None for grant in held):
            return None
        return frozenset().union(*(grant.office_ids or frozenset() for grant in held))

    @property
    def must_state_reason(self) -> bool:
        """Whether lists over all the viewer's offices hold cases that it reads only with a reason."""
        readers = [grant for grant in self.grants if Permission.CASE_READ in ROLE_PERMISSIONS[grant.role]]
        freely = any(grant.office_ids is None and grant.role not in REASON_REQUIRED for grant in readers)
        return not freely and any(grant.role in REASON_REQUIRED for grant in readers)

    def must_state_reason_in(self, office_id: int) -> bool:
        """Whether every grant by which the viewer reads the cases of an office needs a reason."""
        readers = {grant.role for grant in self.grants if grant.covers(Permission.CASE_READ, office_id)}
        return bool(readers) and readers <= REASON_REQUIRED

    def require(self, permission: Permission, office_id: int | None = None) -> None:
        """Raises Forbidden."""
        if not self.can(permission, office_id):
            raise Forbidden(_("Your account does not have the permission for this."))


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Declare that a view is open to accounts holding any of the permissions somewhere."""

    def declare(view: View) -> View:
        view.permissions = permissions  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare that a view is open to anybody."""
    view.permissions = ()  # type: ignore[attr-defined]
    return view


def asked_by_itself(view: View) -> View:
    """Declare that a page asks for a view by itself, so that it does not show that anybody is there."""
    view.by_itself = True  # type: ignore[attr-defined]
    return view


def is_asked_by_itself() -> bool:
    """Whether this request came from a page, and not from a person."""
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), "by_itself", False))


def current_viewer() -> Viewer:
    """The viewer of this request. Raises Forbidden when nobody is signed in."""
    if not current_user.is_authenticated:
        raise Forbidden(_("Please sign in."))
    viewer: Viewer = current_user.viewer
    return viewer


def guard_request() -> Response | None:
    """Let a request through only where its view declares who may come."""
    if request.endpoint is None:
        return None
    view = request_view()
    permissions = getattr(view, "permissions", None)
    if permissions == ():
        return None
    if not current_user.is_authenticated:
        return redirect_to_sign_in()
    if permissions is None or not any(current_viewer().can(p) for p in permissions):
        abort(403)
    return None


def request_view() -> Callable[..., Any]:
    return current_app.view_functions[request.endpoint or ""]


def redirect_to_sign_in() -> Response:
    following = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=following))


def init_app(app: Flask) -> None:
    app.before_request(guard_request)
    app.view_functions["static"] = public(app.view_functions["static"])
