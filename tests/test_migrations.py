"""The way by migrations ends where the models stand, on both databases."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from kis.cli import migrations_of
from kis.core.extensions import db
from kis.factory import create_app
from tests.conftest import settings_for_tests
from tests.databases import postgresql_database, sqlite_database


@pytest.fixture(params=["sqlite", "postgresql"])
def two_addresses(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """An empty database for the migrations, and one for the models."""
    if request.param == "sqlite":
        for name in ("migrated", "modelled"):
            (tmp_path / name).mkdir()
        yield sqlite_database(tmp_path / "migrated"), sqlite_database(tmp_path / "modelled")
        return
    with (
        postgresql_database(f"kis_test_migrated_{os.getpid()}") as migrated,
        postgresql_database(f"kis_test_modelled_{os.getpid()}") as modelled,
    ):
        yield migrated, modelled


def application(address: str, folder: Path) -> Flask:
    app = create_app(settings_for_tests(address, folder))
    migrations_of(app)
    return app


def test_migrations_and_models_make_the_same_schema(two_addresses: tuple[str, str], tmp_path: Path) -> None:
    migrated, modelled = (application(address, tmp_path) for address in two_addresses)
    with migrated.app_context():
        upgrade()
        by_migrations = schema()
    with modelled.app_context():
        db.create_all()
        by_models = schema()
    assert by_migrations.keys() == by_models.keys()
    for table, described in by_models.items():
        assert by_migrations[table] == described, table


def test_every_migration_can_be_taken_back(two_addresses: tuple[str, str], tmp_path: Path) -> None:
    app = application(two_addresses[0], tmp_path)
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert set(schema()) <= {"functions"}
        upgrade()


def schema() -> dict[str, Any]:
    """Everything that the database itself holds to: columns, keys, CHECKs, indexes, triggers."""
    with db.engine.connect() as connection:
        described = {
            name: describe(connection, name)
            for name in inspect(connection).get_table_names()
            if name != "alembic_version"
        }
    db.session.remove()
    db.engine.dispose()
    return described


def describe(connection: Connection, table: str) -> dict[str, Any]:
    found = inspect(connection)
    return {
        "columns": sorted(
            (c["name"], str(c["type"]), c["nullable"], c["default"]) for c in found.get_columns(table)
        ),
        "primary key": found.get_pk_constraint(table)["constrained_columns"],
        "foreign keys": sorted(
            (k["name"], k["constrained_columns"], k["referred_table"], k["referred_columns"])
            for k in found.get_foreign_keys(table)
        ),
        "unique": sorted((u["name"] or "", u["column_names"]) for u in found.get_unique_constraints(table)),
        "checks": sorted(
            (c["name"] or "", " ".join(c["sqltext"].split())) for c in found.get_check_constraints(table)
        ),
        "indexes": sorted(
            (i["name"], i["column_names"], i["unique"], where(i)) for i in found.get_indexes(table)
        ),
        "triggers": triggers(connection, table),
    }


def where(index: Any) -> str:
    options = index.get("dialect_options", {})
    found = [options[name] for name in ("sqlite_where", "postgresql_where") if options.get(name) is not None]
    return " ".join(str(condition) for condition in found)


def triggers(connection: Connection, table: str) -> list[tuple[str, str]]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    else:
        query = (
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
            " AND tgrelid = CAST(quote_ident(:table) AS regclass)"
        )
    return sorted(
        (row[0], " ".join(row[1].split())) for row in connection.execute(text(query), {"table": table})
    )


# A decided case with its letter, as the first release stored it.
FIRST_ROWS: dict[str, dict[str, Any]] = {
    "office": {"id": 1, "code": "seoul", "kind": "office", "name_en": "Seoul", "processing_days": 45},
    "account": {
        "id": 1,
        "name": "kim.officer",
        "full_name": "김담당",
        "language": "ko",
        "password_hash": "x",
        "active": True,
        "created_at": "2026-01-05 00:00:00+00:00",
    },
    "applicant": {"id": 1, "family_name": "LI", "birth_date": "1990-03-01", "nationality": "CHN"},
    "case": {
        "id": 1,
        "number": "seoul-2026-000001",
        "procedure": "permanent-residence",
        "category": "F-5-1",
        "office_id": 1,
        "applicant_id": 1,
        "state": "closed",
        "outcome": "granted",
        "received_on": "2026-01-05",
        "due_on": "2026-04-01",
        "registered_at": "2026-01-05 01:00:00+00:00",
        "registered_by_id": 1,
        "revision": 1,
        "version": 3,
    },
    "note": {
        "id": 1,
        "case_id": 1,
        "text": "Called the employer.",
        "author_id": 1,
        "written_at": "2026-01-06 01:00:00+00:00",
    },
    "letter": {
        "id": 1,
        "case_id": 1,
        "office_id": 1,
        "kind": "permission",
        "register": "P",
        "year": 2026,
        "sequence": 1,
        "number": "seoul-2026-P-000001",
        "content": "{}",
        "issued_on": "2026-03-02",
        "issued_at": "2026-03-02 01:00:00+00:00",
        "issued_by_id": 1,
        "sha256": "0" * 64,
        "size": 40_000,
        "rendered_at": "2026-03-02 01:00:01+00:00",
    },
}


def test_what_was_stored_before_stays(two_addresses: tuple[str, str], tmp_path: Path) -> None:
    app = application(two_addresses[0], tmp_path)
    with app.app_context():
        upgrade(revision="0001")
        with db.engine.begin() as connection:
            for table, row in FIRST_ROWS.items():
                columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
                connection.execute(text(f'INSERT INTO "{table}" ({columns}) VALUES ({values})'), row)
        upgrade()
        with db.engine.connect() as connection:
            for table, row in FIRST_ROWS.items():
                found = connection.execute(text(f'SELECT * FROM "{table}"')).mappings().one()
                for name in ("number", "family_name", "text", "sha256", "full_name"):
                    assert found.get(name) == row.get(name), (table, name)
            case = connection.execute(text('SELECT period_days, at_risk_on < due_on FROM "case"')).one()
            assert case == (45, True)
        db.engine.dispose()
