"""Fixtures: an application on each database, a signed-in browser, and an empty house for each test."""

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import text

from kis.accounts.models import Account
from kis.core.extensions import db
from kis.factory import create_app
from tests import factories
from tests.databases import postgresql_database, sqlite_database

PASSWORD = factories.PASSWORD
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine breaks no promise; and what stops a landing can be played again.
hypothesis.settings.register_profile("desk", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("desk")
KEY = base64.b64encode(bytes(range(32))).decode()


def settings_for_tests(address: str, folder: Path) -> dict[str, Any]:
    """Settings of an application under test: cheap password hashes, everything in one folder."""
    return {
        "TESTING": True,
        "SQLALCHEMY_DATABASE_URI": address,
        "QUEUE_URL": f"sqlite:///{folder / 'queue.sqlite3'}",
        "STORE_PATH": folder / "store",
        "WTF_CSRF_ENABLED": False,
        "ARGON2": {"time_cost": 1, "memory_cost": 8, "parallelism": 1},
        "BABEL_DEFAULT_LOCALE": "en",
        "SERVER_NAME": "localhost",
    }


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for a test process: Playwright allows one driver to a thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def application(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application per database and test process, with its tables and reference data."""
    folder = tmp_path_factory.mktemp(request.param)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if request.param == "sqlite":
        yield from prepared(sqlite_database(folder), folder)
    else:
        with postgresql_database(f"kis_test_{worker}_{os.getpid()}") as address:
            yield from prepared(address, folder)


def prepared(address: str, folder: Path) -> Iterator[Flask]:
    app = create_app(settings_for_tests(address, folder))
    app.test_client_class = Visitor
    with app.app_context():
        db.create_all()
        factories.reference_data()
        db.session.commit()
        db.session.remove()
        empty_tables()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application in an empty house: offices and figures, no accounts or cases."""
    with application.app_context():
        yield application
        db.session.rollback()
        db.session.remove()
        empty_tables()


KEPT = {
    "division", "office", "service_center", "service_window", "jurisdiction", "holiday_override", "reference_figure",
    "apostille_membership", "embassy_acceptance", "reference_version", "alembic_version",
}  # fmt: skip


def empty_tables() -> None:
    """Delete all rows but the reference data, past the triggers that protect the records."""
    names = [table.name for table in reversed(db.metadata.sorted_tables) if table.name not in KEPT]
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for name in names:
                connection.execute(text(f'DELETE FROM "{name}"'))
        else:
            empty_sqlite(connection, names)


def empty_sqlite(connection: Any, names: list[str]) -> None:
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    triggers = [(row[0], row[1]) for row in connection.execute(text(found))]
    for name, _sql in triggers:
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    for name in names:
        connection.execute(text(f'DELETE FROM "{name}"'))
    for _name, sql in triggers:
        connection.exec_driver_sql(sql)


class Visitor(FlaskClient):
    """A browser beside the test: the test's own transaction ends before and after each request.

    Each request has an application context of its own, as it has in life: else the account and the
    language of the first one would stay for all.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        try:
            with self.application.app_context():
                return super().open(*args, **kwargs)
        finally:
            db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Any:
    """sign_in(account) -> a browser signed in as that account."""

    def signed_in(account: Account) -> FlaskClient:
        browser = app.test_client()
        answer = browser.post("/sign-in", data={"name": account.name, "password": PASSWORD})
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return browser

    return signed_in
