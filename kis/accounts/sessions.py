"""Signed-in sessions: kept on the server, so that signing out, disabling and role changes act at once."""

import hashlib
import secrets
from datetime import timedelta
from functools import cached_property

from flask import current_app, request
from flask_login import UserMixin, login_user, logout_user
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from kis.accounts.models import Account, RoleGrant, SignInSession
from kis.core import clock
from kis.core.access import Grant, Role, Viewer, is_asked_by_itself
from kis.core.extensions import db, login_manager
from kis.offices.models import Office

SEEN_EVERY = timedelta(minutes=1)
# The session with all that the viewer is made of: every page asks for it.
IN_ONE = select(SignInSession).options(
    joinedload(SignInSession.account)
    .joinedload(Account.grants)
    .joinedload(RoleGrant.office)
    .options(joinedload(Office.branches).lazyload(Office.parent))
)


class SignedIn(UserMixin):
    """What flask-login calls the user: an account in one of its sessions."""

    def __init__(self, session: SignInSession, token: str) -> None:
        self.session = session
        self.token = token

    def get_id(self) -> str:
        return self.token

    @property
    def account(self) -> Account:
        return self.session.account

    @cached_property
    def viewer(self) -> Viewer:
        return viewer_of(self.session.account)


def viewer_of(account: Account) -> Viewer:
    """The account with its grants; a supervisor's office takes in its branch offices."""
    return Viewer(account.id, account.name, tuple(grant_of(grant) for grant in account.grants))


def grant_of(grant: RoleGrant) -> Grant:
    if grant.office_id is None:
        return Grant(Role(grant.role), None)
    supervises = grant.role == Role.SUPERVISOR
    branches = grant.office.branches if supervises and grant.office else []
    return Grant(Role(grant.role), frozenset({grant.office_id, *(branch.id for branch in branches)}))


def begin_session(account: Account) -> None:
    """Sign this browser in, with a new token of 256 random bits."""
    token = secrets.token_urlsafe(32)
    session = SignInSession(
        token_hash=hash_token(token),
        account=account,
        address=request.remote_addr,
        browser=(request.user_agent.string or "")[:200],
    )
    db.session.add(session)
    login_user(SignedIn(session, token))


def end_session(session: SignInSession) -> None:
    session.ended_at = clock.now()
    logout_user()


def end_sessions_of(account_id: int) -> None:
    """End every session of an account, wherever it is signed in."""
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


@login_manager.user_loader
def load_session(token: str) -> SignedIn | None:
    """The session of a cookie's token, unless it ended, idled too long, or the account is disabled."""
    session = (
        db.session.scalars(IN_ONE.where(SignInSession.token_hash == hash_token(token))).unique().one_or_none()
    )
    if session is None or not is_alive(session):
        return None
    if clock.now() - session.seen_at > SEEN_EVERY and not is_asked_by_itself():
        note_seen(session.id)
    return SignedIn(session, token)


def is_alive(session: SignInSession) -> bool:
    idle = timedelta(minutes=current_app.config["IDLE_MINUTES"])
    longest = timedelta(hours=current_app.config["SESSION_HOURS"])
    now = clock.now()
    fresh = now - session.seen_at < idle and now - session.started_at < longest
    return session.ended_at is None and fresh and session.account.active


def note_seen(session_id: int) -> None:
    """In a transaction of its own: a refused request has been seen as well."""
    if db.engine.dialect.name == "sqlite" and request.method != "GET":
        return
    with db.engine.begin() as connection:
        connection.execute(
            update(SignInSession).where(SignInSession.id == session_id).values(seen_at=clock.now())
        )


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
