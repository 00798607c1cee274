"""Reads of accounts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Load, QueryableAttribute, joinedload, selectinload

from kis.accounts.models import Account, SignInSession
from kis.core.extensions import db
from kis.core.refusals import NotFound


def all_accounts() -> Sequence[Account]:
    """Every account by name; for administrators, who see no case."""
    query = select(Account).options(selectinload(Account.grants)).order_by(Account.name)
    return db.session.scalars(query).all()


def named(*people: QueryableAttribute[Any]) -> list[Load]:
    """Load accounts for their names; their grants are of no interest there."""
    return [joinedload(account).lazyload(Account.grants) for account in people]


def account_by_id(account_id: int) -> Account:
    """Raises NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def account_by_name(name: str) -> Account:
    """Raises NotFound."""
    account = db.session.scalar(select(Account).where(Account.name == name))
    if account is None:
        raise NotFound
    return account


def open_sessions(account_id: int) -> Sequence[SignInSession]:
    """Sessions of an account that were not ended, latest first."""
    query = select(SignInSession).where(
        SignInSession.account_id == account_id, SignInSession.ended_at.is_(None)
    )
    return db.session.scalars(query.order_by(SignInSession.seen_at.desc())).all()
