"""How people are called: by their names, in the letters that the reader reads."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.cases.operations import assign
from kis.casework.handing_over import return_to_queue
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.letters.parties import sender
from tests import factories

NAMES = {"ko": "윤도현", "en": "Yun Dohyeon"}


def called(role: Role, korean: str, latin: str | None) -> Account:
    account = factories.account(role)
    with transaction():
        account.full_name, account.full_name_latin = korean, latin
    return account


@pytest.fixture
def officer(app: Flask) -> Account:
    return called(Role.OFFICER, *NAMES.values())


@pytest.fixture
def boss(app: Flask) -> Account:
    return called(Role.SUPERVISOR, "배지호", None)


@pytest.fixture
def case(officer: Account, boss: Account) -> Case:
    """A case that the supervisor gave to the officer, took back and gave again."""
    made, steers = factories.case(), viewer_of(boss)
    with transaction():
        assign(made, officer, steers)
        return_to_queue(made, "The officer has other work.", steers)
        assign(made, officer, steers)
    return made


def reading(browser: FlaskClient, language: str) -> FlaskClient:
    browser.post("/language", data={"language": language})
    return browser


@pytest.mark.parametrize(("language", "other"), [("ko", "en"), ("en", "ko")])
@pytest.mark.parametrize(
    "page", ["/queue/open", "/cases/{}", "/cases/{}/history", "/allocation/seoul-southern"]
)
def test_pages_call_an_officer_in_the_letters_that_the_reader_reads(
    case: Case, officer: Account, boss: Account, sign_in: Any, page: str, language: str, other: str
) -> None:
    browser = reading(sign_in(boss), language)
    shown = browser.get(page.format(case.number)).get_data(as_text=True)
    assert NAMES[language] in shown
    assert NAMES[other] not in shown


def test_whoever_has_no_latin_name_is_called_as_in_korean(case: Case, boss: Account, sign_in: Any) -> None:
    assert boss.full_name in reading(sign_in(boss), "en").get(f"/cases/{case.number}").get_data(as_text=True)


def test_the_history_names_who_did_it_and_not_how_they_sign_in(
    case: Case, officer: Account, boss: Account, sign_in: Any
) -> None:
    sign_in(boss).post(f"/cases/{case.number}/notes", data={"text": "Looked at it."})
    page = sign_in(officer).get(f"/cases/{case.number}/history").get_data(as_text=True)
    assert boss.full_name in page
    assert boss.name not in page


def test_a_letter_names_the_officer_in_both_scripts(app: Flask, officer: Account) -> None:
    assert sender(factories.office(), officer).officer == "윤도현 Yun Dohyeon"


def test_the_administrator_corrects_names_and_it_is_on_record(
    app: Flask, officer: Account, sign_in: Any
) -> None:
    browser = sign_in(factories.account(Role.ADMINISTRATOR))
    place = f"/accounts/{officer.id}/particulars"
    wrong = {"full_name": "윤도현", "full_name_latin": "윤도현"}
    assert browser.post(place, data=wrong).status_code == 422
    assert (
        browser.post(place, data={"full_name": "윤도현", "full_name_latin": "Yoon Dohyun"}).status_code == 302
    )
    assert db.session.get_one(Account, officer.id).full_name_latin == "Yoon Dohyun"
    record = db.session.scalars(
        select(AuditRecord).where(AuditRecord.action == "account.particulars-changed")
    ).one()
    assert (record.before, record.after) == (
        {"full_name_latin": "Yun Dohyeon"},
        {"full_name_latin": "Yoon Dohyun"},
    )


def test_nobody_but_the_administrator_changes_names(app: Flask, officer: Account, sign_in: Any) -> None:
    answer = sign_in(officer).post(f"/accounts/{officer.id}/particulars", data={"full_name": "Somebody"})
    assert answer.status_code == 403
