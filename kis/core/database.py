"""How the databases are opened, and what a transaction is outside of a request."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from flask import has_request_context, request
from sqlalchemy import Engine, Select, event, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError

from kis.core.extensions import db

READING = {"GET", "HEAD", "OPTIONS"}
Row = TypeVar("Row")
WRITING: ContextVar[bool] = ContextVar("writing", default=False)


class UnusableDatabase(RuntimeError):
    """The database cannot hold Korean text as the system needs it."""


@event.listens_for(Engine, "connect")
def open_sqlite(connection: DBAPIConnection, _record: Any) -> None:
    """WAL lets readers go on while one writes; every commit is on disk before it is answered."""
    if not is_sqlite(connection):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=20000", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "connect")
def open_postgresql(connection: DBAPIConnection, _record: Any) -> None:
    """Statements here take milliseconds: compiling one, as PostgreSQL does by estimate, takes a hundred times that."""
    if is_sqlite(connection):
        return
    connection.cursor().execute("SET jit = off")
    connection.commit()


def is_sqlite(connection: DBAPIConnection) -> bool:
    return type(connection).__module__.startswith("sqlite3")


@event.listens_for(Engine, "begin")
def begin_sqlite(connection: Connection) -> None:
    """A transaction that may write takes the lock at its start: upgrading later can only fail."""
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE" if may_write() else "BEGIN")


def may_write() -> bool:
    """Whether the present work announced writes: an unsafe request, or a `transaction()`."""
    return WRITING.get() or (has_request_context() and request.method not in READING)


@contextmanager
def transaction() -> Iterator[None]:
    """Begin afresh, commit at the end, roll back on any error; for commands and jobs.

    What was read before is let go: SQLite cannot turn a reading transaction into a writing one once
    somebody else has written.
    """
    db.session.rollback()
    token = WRITING.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        WRITING.reset(token)


def lock(row: Any) -> None:
    """Wait until nobody else is changing the row, then read it anew.

    In two statements: one that waits as it reads would see what it joins as that was before the wait.
    """
    table = type(row)
    db.session.execute(select(table.id).where(table.id == row.id).with_for_update())
    db.session.refresh(row)


def locked(query: Select[tuple[Row]], skip_locked: bool = False) -> Sequence[Row]:
    """The rows of one table that a query finds, each under a lock as `lock` takes it, in the query's order."""
    table = query.column_descriptions[0]["entity"]
    waited = query.with_only_columns(table.id).with_for_update(of=table, skip_locked=skip_locked)
    found = query.where(table.id.in_(db.session.scalars(waited).all()))
    return db.session.scalars(found.execution_options(populate_existing=True)).all()


def check_locale() -> None:
    """Refuse a PostgreSQL database of locale C. Raises UnusableDatabase.

    In locale C no Hangul syllable counts as a letter: searches for names find nothing, silently.
    A server that does not answer is not judged: `flask precheck` works without one, all else will say so.
    """
    if db.engine.dialect.name != "postgresql":
        return
    try:
        found = locale_of_database()
    except OperationalError:
        return
    finally:
        # A web server parts into its workers after this: none of them may find a connection open.
        db.engine.dispose()
    if found[1] in {"C", "POSIX"} or found[2] != "UTF8":
        raise UnusableDatabase(
            f"The database has locale {found[1]} and encoding {found[2]}. Make it anew:"
            " CREATE DATABASE name TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'."
        )


def locale_of_database() -> Sequence[str]:
    """Collation, character type and encoding of the PostgreSQL database. Raises OperationalError."""
    with db.engine.connect() as connection:
        return connection.execute(
            text(
                "SELECT datcollate, datctype, pg_encoding_to_char(encoding) FROM pg_database"
                " WHERE datname = current_database()"
            )
        ).one()
