"""What was done stays on record, and a change of the record is found."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from kis.audit import chain, operations
from kis.audit.models import AccessRecord, AuditRecord
from kis.audit.operations import MASK, record, seal_access_log
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from tests import factories
from tests.conftest import empty_sqlite


def three_records() -> None:
    for number in range(3):
        with transaction():
            record("case.noted", case_id=number, after={"text": "확인"})


def tamper(statement: str) -> None:
    """Change a row as somebody would who owns the database and removes the triggers first."""
    db.session.rollback()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement))
            return
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        empty_sqlite(connection, [])
        for name, _sql in found:
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text(statement))
        for _name, sql in found:
            connection.exec_driver_sql(sql)


def test_an_untouched_chain_is_whole(app: Flask) -> None:
    three_records()
    verdict = chain.verify()
    assert (verdict.records, verdict.broken_at) == (3, None)


@pytest.mark.parametrize("statement", ["UPDATE audit_record SET action = 'x'", "DELETE FROM audit_record"])
def test_the_database_refuses_to_change_the_record(app: Flask, statement: str) -> None:
    three_records()
    with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("table", ["audit_record", "access_record", "letter"])
def test_no_record_is_replaced_by_inserting_another(app: Flask, table: str) -> None:
    if db.engine.dialect.name == "sqlite":
        named = f"{table}_no_replace"
        found = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name"
        assert db.session.scalar(text(found), {"name": named})
        three_records()
        with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
            connection.execute(
                text("INSERT OR REPLACE INTO audit_record SELECT * FROM audit_record WHERE id = 1")
            )


def test_the_database_refuses_to_change_the_access_log(app: Flask, sign_in) -> None:
    case = factories.case()
    sign_in(factories.account()).get(f"/cases/{case.number}")
    assert db.session.query(AccessRecord).count() == 1
    with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM access_record"))


def test_a_changed_record_breaks_the_chain_at_its_place(app: Flask) -> None:
    three_records()
    tamper("UPDATE audit_record SET action = 'case.closed' WHERE id = 2")
    assert chain.verify().broken_at == 2


def test_a_removed_record_breaks_the_chain_behind_it(app: Flask) -> None:
    three_records()
    tamper("DELETE FROM audit_record WHERE id = 2")
    assert chain.verify().broken_at == 3


def test_records_missing_at_the_end_are_found_by_the_expected_head(app: Flask) -> None:
    three_records()
    head = chain.verify().head
    tamper("DELETE FROM audit_record WHERE id = 3")
    answer = app.test_cli_runner().invoke(args=["audit", "verify", "--expect", head])
    assert answer.exit_code == 1
    assert "missing at the end" in answer.output


def test_a_failed_transaction_leaves_no_record(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        record("case.noted")
        raise ZeroDivisionError
    with transaction():
        record("case.noted")
    assert db.session.query(AuditRecord).count() == 1
    assert chain.verify().broken_at is None


def test_a_rolled_back_savepoint_takes_only_its_own_records_with_it(app: Flask) -> None:
    with transaction():
        record("kept.before")
        with pytest.raises(ZeroDivisionError), db.session.begin_nested():
            record("dropped")
            raise ZeroDivisionError
        with db.session.begin_nested():
            record("kept.within")
        record("kept.after")
    actions = list(db.session.scalars(db.select(AuditRecord.action).order_by(AuditRecord.id)))
    assert actions == ["kept.before", "kept.within", "kept.after"]


def test_secrets_are_masked(app: Flask) -> None:
    with transaction():
        record(
            "account.changed",
            after={"password": "x", "applicant": {"passport_number": "C1234567"}, "name": "kim"},
        )
    after = db.session.scalars(db.select(AuditRecord.after)).one()
    assert after == {"password": MASK, "applicant": {"passport_number": MASK}, "name": "kim"}


def test_a_reading_is_logged_with_who_whose_and_what_for(app: Flask, sign_in) -> None:
    case = factories.case()
    officer = factories.account(Role.OFFICER)
    sign_in(officer).get(f"/cases/{case.number}")
    entry = db.session.scalars(db.select(AccessRecord)).one()
    assert (entry.account_id, entry.case_id, entry.task) == (officer.id, case.id, "overview")
    assert entry.person == f"applicant:{case.applicant_id}"


def test_an_altered_access_record_is_found_through_its_seal(app: Flask, sign_in, monkeypatch) -> None:
    case = factories.case()
    sign_in(factories.account()).get(f"/cases/{case.number}")
    monkeypatch.setattr(operations, "SETTLING", timedelta(0))
    with transaction():
        assert seal_access_log() == 1
    runner = app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    tamper("UPDATE access_record SET task = 'nothing'")
    assert runner.invoke(args=["audit", "verify"]).exit_code == 1
