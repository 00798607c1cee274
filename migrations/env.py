"""Alembic in the application: `flask db upgrade`, `flask db migrate`."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

from kis.core.extensions import db


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as what they are in the database: a migration outlives our classes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    """Migrate the application's database, in one transaction."""
    with db.engine.connect() as connection:
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


run()
