"""The pages of letters and the file as it is handed out."""

from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import select

from kis.audit.models import AccessRecord
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.store import DirectoryStore
from kis.letters.models import Letter
from kis.letters.operations import issue, render_letter
from tests import factories
from tests.letters.conftest import pdf_text
from tests.letters.examples import DISAPPROVAL


@pytest.fixture
def letter(app: Flask) -> Letter:
    made = issue(factories.case(), DISAPPROVAL.numbered(""), factories.viewer(Role.SUPERVISOR))
    db.session.commit()
    return made


@pytest.fixture
def ready(letter: Letter) -> Letter:
    render_letter(letter.id)
    db.session.commit()
    return letter


def test_the_pdf_comes_as_an_attachment_under_its_korean_name(ready: Letter, sign_in: Any) -> None:
    answer = sign_in(factories.account(Role.OFFICER)).get(f"/letters/{ready.number}.pdf")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;") and "filename*=UTF-8''" in disposition
    assert f"체류자격 변경 불허결정 통지서 {ready.number}.pdf" in unquote(disposition)
    assert "NGUYỄN THỊ THANH HƯƠNG" in pdf_text(answer.data)


def test_reading_a_letter_is_logged_with_its_person(ready: Letter, sign_in: Any) -> None:
    sign_in(factories.account(Role.OFFICER)).get(f"/letters/{ready.number}.pdf")
    (access,) = db.session.scalars(select(AccessRecord))
    assert (access.task, access.case_id, access.person) == (
        "letter",
        ready.case_id,
        f"applicant:{ready.case.applicant_id}",
    )


def test_no_browser_at_the_counter_keeps_a_letter(ready: Letter, sign_in: Any) -> None:
    answer = sign_in(factories.account(Role.OFFICER)).get(f"/letters/{ready.number}.pdf")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"


def test_another_office_does_not_learn_of_the_letter(ready: Letter, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.OFFICER, at="busan"))
    assert browser.get(f"/letters/{ready.number}.pdf").status_code == 404
    assert browser.get(f"/cases/{ready.case.number}/letters").status_code == 404


def test_the_administrator_sees_no_letter(ready: Letter, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.ADMINISTRATOR, at=None))
    assert browser.get(f"/letters/{ready.number}.pdf").status_code == 403
    assert browser.get("/letters/pending").status_code == 403


def test_headquarters_states_a_reason_first(ready: Letter, sign_in: Any) -> None:
    answer = sign_in(factories.account(Role.HEADQUARTERS, at=None)).get(f"/letters/{ready.number}.pdf")
    assert answer.status_code == 302 and answer.location.endswith("/reason")


@pytest.mark.parametrize("page", ["", ".pdf"])
def test_headquarters_opens_a_letter_of_a_register_once_it_has_said_why(
    ready: Letter, sign_in: Any, page: str
) -> None:
    browser, address = (
        sign_in(factories.account(Role.HEADQUARTERS, at=None)),
        f"/letters/{ready.number}{page}",
    )
    stated = browser.post(browser.get(address).location, data={"reason": "Inspection of the registers"})
    assert stated.location == address and browser.get(address).status_code == 200
    assert db.session.scalars(select(AccessRecord.reason).order_by(AccessRecord.id.desc())).first()
    other = factories.case()
    later = browser.post(f"/cases/{other.number}/reason", data={"reason": "Another matter"})
    assert later.location.endswith(f"/cases/{other.number}"), "what was asked for before is not opened again"


def test_an_auditor_opens_a_letter_of_any_register(ready: Letter, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.AUDITOR, at=None))
    assert browser.get(f"/letters/{ready.number}").status_code == 200


def test_a_letter_without_its_pdf_answers_that_it_is_not_ready(letter: Letter, sign_in: Any) -> None:
    answer = sign_in(factories.account(Role.OFFICER)).get(f"/letters/{letter.number}.pdf")
    assert answer.status_code == 404 and "not ready yet" in answer.get_data(as_text=True)


def test_a_damaged_file_is_not_handed_out(app: Flask, ready: Letter, sign_in: Any) -> None:
    path = DirectoryStore(app.config["STORE_PATH"]).path(ready.sha256 or "")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    answer = sign_in(factories.account(Role.OFFICER)).get(f"/letters/{ready.number}.pdf")
    path.unlink()
    assert answer.status_code == 409 and "damaged" in answer.get_data(as_text=True)


def test_the_case_lists_its_letters(ready: Letter, sign_in: Any) -> None:
    page = (
        sign_in(factories.account(Role.OFFICER))
        .get(f"/cases/{ready.case.number}/letters")
        .get_data(as_text=True)
    )
    assert ready.number in page and f"/letters/{ready.number}.pdf" in page and str(ready.sha256) in page


def test_the_worklist_shows_waiting_letters_and_offers_a_new_attempt(letter: Letter, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.SUPERVISOR))
    assert "Waiting for the worker" in browser.get("/letters/pending").get_data(as_text=True)
    job = db.session.scalars(select(Job)).one()
    job.state, job.error, job.attempts = "failed", "OSError: no space left", 8
    db.session.commit()
    page = browser.get("/letters/pending").get_data(as_text=True)
    assert "no space left" in page and f"/letters/{letter.number}/retry" in page
    assert browser.post(f"/letters/{letter.number}/retry").status_code == 302
    assert "Waiting for the worker" in browser.get("/letters/pending").get_data(as_text=True)


def test_an_empty_worklist_says_so(app: Flask, sign_in: Any) -> None:
    assert "No letter waits" in sign_in(factories.account(Role.SUPERVISOR)).get("/letters/pending").get_data(
        as_text=True
    )
