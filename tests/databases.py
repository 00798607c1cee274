"""The databases that the tests run on: a SQLite file and a PostgreSQL database per test process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")


@contextmanager
def postgresql_database(name: str) -> Iterator[str]:
    """A fresh database of locale C.UTF-8, dropped at the end; its SQLAlchemy address.

    Fails when no server answers: a missing server is never a reason to skip.
    """
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    try:
        yield f"{SERVER.replace('postgresql://', 'postgresql+psycopg://')}/{name}"
    finally:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def sqlite_database(folder: Path) -> str:
    """Address of a fresh SQLite file."""
    return f"sqlite:///{folder / 'kis.sqlite3'}"
