"""Alembic in the application: `flask db upgrade`, `flask db migrate`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeDecorator

from kis.core.extensions import db


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as what they are in the database: a migration outlives our classes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


@contextmanager
def keys_unchecked(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it, and would take dropping the old one for deleting its rows."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def check_keys(connection: Connection) -> None:
    """Raises RuntimeError, so that nothing is committed, where a row refers to one that is not there."""
    if connection.dialect.name == "sqlite":
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if dangling:
            raise RuntimeError(f"rows that refer to none (table, row, referred table): {dangling[:5]}")


def run() -> None:
    """Migrate the application's database, in one transaction."""
    with db.engine.connect() as connection, keys_unchecked(connection):
        chosen = {
            "target_metadata": db.metadata,
            "render_item": plain_type,
            # SQLite changes a table by copying it. Its triggers are lost then: a migration that copies
            # a protected table makes them anew, and a test compares.
            "render_as_batch": connection.dialect.name == "sqlite",
        }
        context.configure(
            connection=connection, **(current_app.extensions["migrate"].configure_args | chosen)
        )
        with context.begin_transaction():
            context.run_migrations()
            check_keys(connection)


run()
