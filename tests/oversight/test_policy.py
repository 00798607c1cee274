"""The access matrix and the quick checks of the records."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, text

from kis.accounts.models import Account
from kis.audit.models import AccessRecord
from kis.audit.operations import record, seal_access_log
from kis.core import clock
from kis.core.access import ROLE_PERMISSIONS, Grant, Permission, Role, Viewer
from kis.core.extensions import db
from kis.core.store import DirectoryStore, store
from kis.letters.kinds import KINDS
from kis.letters.models import Letter
from kis.oversight import integrity, words
from tests import factories

SignIn = Callable[[Account], FlaskClient]
AUDITOR = Viewer(1, "auditor", (Grant(Role.AUDITOR, None),))


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def results() -> list[bool]:
    return [check.whole for check in integrity.checks(AUDITOR)]


def write(count: int) -> None:
    for number in range(count):
        record("case.noted", after={"number": number})
    db.session.commit()


def tamper(statement: str) -> None:
    """Change a record as somebody with the database in hand would."""
    postgresql = db.engine.dialect.name == "postgresql"
    with db.engine.begin() as connection:
        if postgresql:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement))
            return
        name = "audit_record_no_update"
        trigger = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name})
        made = trigger.scalar_one()
        connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(statement))
        connection.exec_driver_sql(made)


def test_every_permission_and_role_has_its_words() -> None:
    assert set(words.PERMISSIONS) == set(Permission)
    assert set(words.SCOPES) == set(Role)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_matrix_shows_what_the_policy_grants(app: Flask, sign_in: SignIn, role: Role) -> None:
    page = sign_in(factories.account(role)).get("/oversight/roles").get_data(as_text=True)
    assert page.count("Yes</span>") == sum(len(held) for held in ROLE_PERMISSIONS.values())


def test_an_officer_does_not_see_the_matrix(app: Flask, sign_in: SignIn) -> None:
    assert sign_in(factories.account(Role.OFFICER)).get("/oversight/roles").status_code == 403


@pytest.mark.usefixtures("request_context")
def test_untouched_records_are_in_order() -> None:
    write(5)
    assert results() == [True] * 5


@pytest.mark.usefixtures("request_context")
def test_only_the_newest_records_are_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "NEWEST", 3)
    write(10)
    assert integrity.newest_records().whole
    tamper("UPDATE audit_record SET action = 'case.decide' WHERE id = 5")
    db.session.expire_all()
    assert integrity.newest_records().whole


@pytest.mark.usefixtures("request_context")
def test_a_changed_record_is_found() -> None:
    write(5)
    tamper("UPDATE audit_record SET action = 'case.decide' WHERE id = 4")
    db.session.expire_all()
    found = integrity.newest_records()
    assert not found.whole
    assert "4" in found.seen


@pytest.mark.usefixtures("request_context")
def test_a_missing_trigger_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "APPEND_ONLY_TABLES", ("audit_record", "reminder"))
    found = integrity.protections()
    assert not found.whole
    assert "reminder_no_update" in found.seen
    assert "audit_record" not in found.seen


@pytest.mark.usefixtures("request_context")
def test_access_records_that_wait_too_long_for_their_seal_are_found() -> None:
    late = clock.now() - integrity.SEAL_WITHIN * 2
    row = {"at": late, "account_id": 1, "account_name": "officer-1", "task": "facts"}
    db.session.execute(insert(AccessRecord), [row])
    db.session.commit()
    assert not integrity.sealed_access_log().whole
    seal_access_log()
    db.session.commit()
    assert integrity.sealed_access_log().whole


def letter_with(content: bytes) -> str:
    """A letter whose PDF is this; its SHA-256."""
    case, kind = factories.case(), sorted(KINDS)[0]
    sha256 = store().put(content)
    db.session.add(
        Letter(
            case_id=case.id, office_id=case.office_id, kind=kind, register=KINDS[kind].register, year=2026,
            sequence=1, number="2026-1", content={}, issued_on=clock.today(), issued_by_id=case.registered_by_id,
            sha256=sha256, size=len(content), rendered_at=clock.now(),
        )
    )  # fmt: skip
    db.session.commit()
    return sha256


@pytest.mark.usefixtures("request_context")
def test_a_letter_whose_file_was_changed_or_lost_is_found() -> None:
    sha256 = letter_with(b"%PDF of a letter")
    files = store()
    assert integrity.newest_files().whole
    assert isinstance(files, DirectoryStore)
    files.path(sha256).write_bytes(b"%PDF of another")
    assert not integrity.newest_files().whole
    files.delete(sha256)
    assert sha256 in integrity.newest_files().seen


@pytest.mark.usefixtures("request_context")
def test_a_letter_that_names_another_file_than_the_chain_is_found() -> None:
    sha256 = letter_with(b"%PDF of a letter")
    assert "2026-1" in integrity.newest_letters().seen, "the chain knows nothing of it"
    letter = db.session.query(Letter).one()
    rendered = {"case_id": letter.case_id, "subject": ("letter", letter.id)}
    record("letter.rendered", **rendered, after={"sha256": sha256})
    db.session.commit()
    assert integrity.newest_letters() == integrity.Check(
        "Hashes of the newest letters against the chain", True, "1 letters compared"
    )
    with db.session.no_autoflush:
        letter.sha256 = "0" * 64
        assert integrity.newest_letters().whole, "nothing is stored yet"
    db.session.rollback()


def test_an_auditor_opens_the_page_of_checks(app: Flask, sign_in: SignIn) -> None:
    page = sign_in(factories.account(Role.AUDITOR)).get("/oversight/integrity").get_data(as_text=True)
    assert page.count("In order") == 5
