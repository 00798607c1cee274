"""Alembic in the application: `flask db upgrade`, `flask db migrate`."""

from alembic import context
from flask import current_app

from kis.core.extensions import db


def run() -> None:
    """Migrate the application's database, in one transaction."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            compare_type=True,
            # SQLite changes a table by copying it. Its triggers are lost then: a migration that copies
            # a protected table makes them anew, and a test compares.
            render_as_batch=connection.dialect.name == "sqlite",
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
