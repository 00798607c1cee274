"""Signing in and out, and the care of accounts."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from kis.accounts.models import Account, RoleGrant, SignInAttempt
from kis.accounts.passwords import fits, hash_password
from kis.accounts.sessions import begin_session, end_sessions_of
from kis.audit.operations import record
from kis.core import clock
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.refusals import Invalid, Refusal

WINDOW = timedelta(minutes=15)
# Per name and address, so that nobody can lock an officer out from elsewhere; and per name in all.
ATTEMPTS_FROM_ONE_ADDRESS = 5
ATTEMPTS_IN_ALL = 50


class TooManyAttempts(Refusal):
    """Signing in is slowed down for a while."""

    status = 429


def sign_in(name: str, password: str, address: str) -> Account:
    """Check the password and begin a session. Raises TooManyAttempts or Invalid.

    The caller keeps what was written here also when it raises: the attempt counts.
    """
    name = name.strip().lower()[:40]
    throttle(name, address)
    account = db.session.scalar(select(Account).where(Account.name == name))
    right = fits(account.password_hash if account else None, password)
    if account is None or not right or not account.active:
        db.session.add(SignInAttempt(name=name, address=address))
        record("sign-in.refused", after={"name": name})
        raise Invalid(_("The account name or the password is not right."))
    db.session.execute(
        delete(SignInAttempt).where(SignInAttempt.name == name, SignInAttempt.address == address)
    )
    begin_session(account)
    record("sign-in.done", subject=("account", account.id))
    return account


def throttle(name: str, address: str) -> None:
    since = clock.now() - WINDOW
    recent = select(func.count()).where(SignInAttempt.name == name, SignInAttempt.at > since)
    if db.session.scalar(recent) >= ATTEMPTS_IN_ALL:
        raise TooManyAttempts(_("Too many attempts for this account. Wait 15 minutes."))
    if db.session.scalar(recent.where(SignInAttempt.address == address)) >= ATTEMPTS_FROM_ONE_ADDRESS:
        raise TooManyAttempts(_("Too many attempts from here. Wait 15 minutes."))


def create_account(
    name: str,
    full_name: str,
    password: str,
    grants: list[tuple[Role, int | None]],
    *,
    full_name_latin: str | None = None,
    unit: str | None = None,
    phone: str | None = None,
    language: str = "ko",
) -> Account:
    """A new account with its grants as (role, office id or None)."""
    if db.session.scalar(select(Account.id).where(Account.name == name)):
        raise Invalid(_("There is an account “%(name)s” already.", name=name))
    account = Account(
        name=name,
        full_name=full_name,
        full_name_latin=full_name_latin,
        unit=unit,
        phone=phone,
        language=language,
        password_hash=hash_password(password),
    )
    account.grants = [RoleGrant(role=role, office_id=office_id) for role, office_id in grants]
    db.session.add(account)
    db.session.flush()
    record(
        "account.created",
        subject=("account", account.id),
        after={"name": name, "grants": shown_grants(account)},
    )
    return account


def change_particulars(account: Account, particulars: dict[str, str | None]) -> bool:
    """Correct name, name in Latin letters, unit and phone, as far as they are given; False when nothing changed."""
    before = {key: getattr(account, key) for key in particulars if getattr(account, key) != particulars[key]}
    if not before:
        return False
    for key in before:
        setattr(account, key, particulars[key])
    db.session.flush()
    record(
        "account.particulars-changed",
        subject=("account", account.id),
        before=before,
        after={key: particulars[key] for key in before},
    )
    return True


def change_grants(account: Account, grants: list[tuple[Role, int | None]]) -> None:
    """Replace the grants; the account's sessions end, so that the change acts at once."""
    before = shown_grants(account)
    account.grants.clear()
    db.session.flush()
    account.grants.extend(RoleGrant(role=role, office_id=office_id) for role, office_id in grants)
    db.session.flush()
    end_sessions_of(account.id)
    record(
        "account.grants-changed",
        subject=("account", account.id),
        before={"grants": before},
        after={"grants": shown_grants(account)},
    )


def set_active(account: Account, active: bool) -> None:
    """Enable or disable; a disabled account's sessions end at once."""
    account.active = active
    if not active:
        end_sessions_of(account.id)
    record("account.enabled" if active else "account.disabled", subject=("account", account.id))


def change_password(account: Account, current: str, new: str) -> None:
    """A new password of one's own; all other sessions of the account end. Raises Invalid."""
    if not fits(account.password_hash, current):
        raise Invalid(_("The present password is not right."))
    account.password_hash = hash_password(new)
    end_sessions_of(account.id)
    record("account.password-changed", subject=("account", account.id))


def set_language(account: Account, language: str) -> None:
    account.language = language


def shown_grants(account: Account) -> list[str]:
    return sorted(f"{grant.role}@{grant.office.code if grant.office else '*'}" for grant in account.grants)
