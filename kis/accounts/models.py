"""Accounts, what they are granted, and their sessions."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.core import clock
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.language import current_language
from kis.core.types import UtcDateTime
from kis.offices.models import Office

ROLES = ", ".join(f"'{role}'" for role in Role)


class Account(db.Model):
    """One person. `name` is what they sign in with; nobody shares one. Pages call them by `named`."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("name = lower(name) AND length(name) >= 3", name="name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    full_name: Mapped[str] = mapped_column(String(80))
    full_name_latin: Mapped[str | None] = mapped_column(String(80))
    unit: Mapped[str | None] = mapped_column(String(80))
    phone: Mapped[str | None] = mapped_column(String(30))
    language: Mapped[str] = mapped_column(String(2), default="ko")
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="account", cascade="all, delete-orphan")

    @hybrid_property
    def named(self) -> str:
        """The person's name as a page says it: in Latin letters to who reads English, where it is known so."""
        return (in_english() and self.full_name_latin) or self.full_name

    @named.inplace.expression
    @classmethod
    def _named(cls) -> ColumnElement[str]:
        latin = func.coalesce(cls.full_name_latin, cls.full_name)
        return latin if in_english() else cls.full_name  # type: ignore[return-value]

    @property
    def in_both_scripts(self) -> str:
        """The name with its spelling in Latin letters behind it, as letters say it."""
        return " ".join(filter(None, (self.full_name, self.full_name_latin)))

    def recorded(self, part: str) -> dict[str, str]:
        """The name for an audit record, under the part that the account has in it; `named_in` reads it."""
        latin = {f"{part}_latin": self.full_name_latin} if self.full_name_latin else {}
        return {part: self.full_name} | latin


def named_in(told: dict[str, Any]) -> dict[str, Any]:
    """What an audit record tells, with the names in it as the reader's language writes them."""
    if not in_english():
        return told
    latin = {key.removesuffix("_latin"): name for key, name in told.items() if key.endswith("_latin")}
    return told | latin


def in_english() -> bool:
    return current_language() == "en"


class RoleGrant(db.Model):
    """A role of an account, in one office (with its branch offices for a supervisor) or in all."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "office_id"),
        CheckConstraint(f"role IN ({ROLES})", name="role"),
        CheckConstraint(
            "(role IN ('reception', 'officer', 'supervisor')) = (office_id IS NOT NULL)", name="office"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True)
    account: Mapped[Account] = relationship(back_populates="grants")
    office: Mapped[Office | None] = relationship(lazy="joined")


class SignInSession(db.Model):
    """One signed-in browser. It ends on the server: a cookie replayed afterwards opens nothing."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    address: Mapped[str | None] = mapped_column(String(45))
    browser: Mapped[str | None] = mapped_column(String(200))
    account: Mapped[Account] = relationship(lazy="joined")


class SignInAttempt(db.Model):
    """A failed sign-in, counted to slow down guessing."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_recent", "name", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    name: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(45))
