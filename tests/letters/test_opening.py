"""Who opens a letter: the office that issued it and the one that holds its case, and each look is on record."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kis.audit.models import AccessRecord
from kis.core import clock
from kis.core.access import Role
from kis.core.extensions import db
from kis.letters.models import Letter, LetterDelivery
from kis.letters.operations import issue
from tests import factories
from tests.letters.conftest import printed
from tests.letters.examples import TRANSFER


@pytest.fixture
def letter(app: Flask) -> Letter:
    return printed(TRANSFER, factories.viewer(Role.SUPERVISOR))


@pytest.fixture
def handed_over(letter: Letter) -> Letter:
    """A letter of an office whose case is with another one now."""
    letter.case.office_id = factories.office("busan").id
    db.session.commit()
    return letter


def looks() -> int:
    return db.session.scalar(select(func.count()).select_from(AccessRecord)) or 0


def test_the_office_that_handed_a_case_over_still_delivers_its_letter_and_sees_nothing_else(
    handed_over: Letter, sign_in: Any
) -> None:
    browser, address = sign_in(factories.account(Role.RECEPTION)), f"/letters/{handed_over.number}"
    page = browser.get(address).get_data(as_text=True)
    assert "with another office now" in page and "Record that it was handed over" in page
    assert f"/cases/{handed_over.case.number}" not in page
    assert (
        browser.get(f"{address}.pdf").status_code
        == browser.get(f"{address}/acknowledgement").status_code
        == 200
    )
    assert looks() == 3
    posted = {"posted-day": clock.today().isoformat(), "posted-reference": "11012-3456-7890"}
    assert browser.post(f"{address}/delivery/posted", data=posted).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(LetterDelivery)) == 1
    assert browser.get(f"/cases/{handed_over.case.number}").status_code == 404


@pytest.mark.parametrize("at", ["undelivered", "pending"])
def test_lists_name_the_office_that_has_a_case_now_instead_of_a_link_to_nowhere(
    at: str, letter: Letter, sign_in: Any
) -> None:
    browser, link = sign_in(factories.account(Role.OFFICER)), f"/cases/{letter.case.number}/letters"
    if at == "pending":
        letter = issue(letter.case, TRANSFER.numbered(""), factories.viewer(Role.SUPERVISOR))
        db.session.commit()
    assert link in browser.get(f"/letters/{at}").get_data(as_text=True)
    letter.case.office_id = factories.office("busan").id
    db.session.commit()
    page = browser.get(f"/letters/{at}").get_data(as_text=True)
    assert letter.number in page and link not in page and "now with Busan" in page


def test_the_office_that_received_a_case_reads_the_letters_of_those_before(
    handed_over: Letter, sign_in: Any
) -> None:
    browser, address = sign_in(factories.account(Role.OFFICER, at="busan")), f"/letters/{handed_over.number}"
    page = browser.get(address).get_data(as_text=True)
    assert handed_over.case.applicant.display_name in page and "Record that it was handed over" not in page
    assert browser.get(f"{address}.pdf").status_code == 200


def test_an_office_that_has_neither_opens_nothing(handed_over: Letter, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.OFFICER, at="daegu"))
    for page in ("", ".pdf", "/correction"):
        assert browser.get(f"/letters/{handed_over.number}{page}").status_code in (403, 404)
    assert looks() == 0


def test_a_form_that_comes_back_with_errors_is_a_look_on_record(letter: Letter, sign_in: Any) -> None:
    browser, address = sign_in(factories.account(Role.SUPERVISOR)), f"/letters/{letter.number}"
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    before = looks()
    wrong = browser.post(
        f"{address}/delivery/posted", data={"posted-day": "soon", "posted-reference": tomorrow}
    )
    assert (wrong.status_code, looks()) == (422, before + 1)
    assert browser.post(f"{address}/void", data={"reason": ""}).status_code == 422
    assert looks() == before + 2
    correction = f"{address}/correction"
    assert browser.post(correction, data=WRONG).status_code == 422
    assert looks() == before + 3
    assert browser.post(correction, data=WRONG | {"entries-0-right_ko": "ก"}).status_code == 422
    assert looks() == before + 4
    consent = f"/cases/{letter.case.number}/email-consent"
    assert browser.post(consent, data={"email": "nobody"}).status_code == 422
    assert looks() == before + 5


WRONG = {"entries-0-entry": "name", "entries-0-wrong_ko": "Kim", "entries-0-right_ko": ""}
