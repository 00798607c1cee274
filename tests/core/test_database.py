"""How a database is opened."""

from flask import Flask
from sqlalchemy import text

from kis.core.extensions import db

SETTINGS = {"sqlite": ("PRAGMA journal_mode", "wal"), "postgresql": ("SHOW jit", "off")}


def test_readers_do_not_wait_on_sqlite_and_postgresql_compiles_no_statement(app: Flask) -> None:
    setting, expected = SETTINGS[db.engine.dialect.name]
    assert db.session.scalar(text(setting)) == expected
