"""Every application gets its receipt slip, and none is turned away because the slip cannot be printed."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden
from kis.intake.operations import register
from kis.intake.queries import notices_in, registration_of
from kis.intake.receipts import issue_receipt, receipt_of
from kis.letters.composition import compose
from kis.letters.models import Letter, UndeliveredLetter
from tests import factories


def registered(phone: str | None = "02-2650-6214", **applicant: Any) -> Case:
    clerk = factories.account(Role.RECEPTION)
    clerk.phone = phone
    dossier = factories.dossier()
    given = dossier["applicant"] | applicant
    dossier["applicant"] = {name: value for name, value in given.items() if value is not None}
    with transaction():
        return register(dossier, factories.PROCEDURE, factories.office(), viewer_of(clerk))


def test_registering_makes_the_slip_in_the_same_transaction(app: Flask) -> None:
    case = registered()
    slip = receipt_of(case)
    assert slip is not None and slip.number == "seoul-southern-2026-R-000001"
    text = compose(slip.values).text()
    assert case.number in text and "접수증" in text and slip.values.due_on == case.due_on
    assert db.session.scalars(select(UndeliveredLetter)).all() == [], "it is handed over at the counter"


def test_the_slip_names_the_documents_that_were_handed_in(app: Flask) -> None:
    dossier = factories.dossier()
    dossier["documents"] = [
        {"code": "common-01", "submitted": True},
        {"code": "common-02", "submitted": False},
    ]
    clerk = factories.viewer(Role.RECEPTION)
    with transaction():
        case = register(dossier, factories.PROCEDURE, factories.office(), clerk)
    slip = receipt_of(case)
    assert slip is not None and len(slip.values.items) == 1


def test_a_name_that_no_font_has_is_left_out_beside_that_of_the_passport(app: Flask) -> None:
    slip = receipt_of(registered(local_name="สมชาย", family_name="SUK", given_names="SOMCHAI"))
    assert slip is not None
    assert (slip.values.addressee.name, slip.values.addressee.native_name) == ("SUK SOMCHAI", "")


def test_an_application_is_registered_even_where_no_slip_can_be_printed(app: Flask) -> None:
    case = registered(local_name="สมชาย", family_name=None, given_names=None)
    assert receipt_of(case) is None
    told = [notice.sentence for notice in notices_in(registration_of(case))]
    assert any("U+0E2A" in sentence for sentence in told)


def test_a_case_has_one_slip(app: Flask) -> None:
    case = registered()
    with pytest.raises(Conflict):
        issue_receipt(case, factories.viewer(Role.RECEPTION))


def test_the_slip_can_be_made_later_from_the_page_of_letters(app: Flask, sign_in: Any) -> None:
    case = factories.case()
    browser = sign_in(factories.account(Role.RECEPTION))
    assert "Receipt slip" in browser.get(f"/cases/{case.number}/letters").get_data(as_text=True)
    assert browser.post(f"/intake/registered/{case.number}/slip").status_code == 302
    (slip,) = db.session.scalars(select(Letter))
    assert slip.kind == "receipt"
    assert "/slip" not in browser.get(f"/cases/{case.number}/letters").get_data(as_text=True)


def test_another_office_makes_no_slip(app: Flask, sign_in: Any) -> None:
    case = factories.case()
    with pytest.raises(Forbidden):
        issue_receipt(case, factories.viewer(Role.RECEPTION, at="busan"))
    stranger = sign_in(factories.account(Role.RECEPTION, at="busan"))
    assert stranger.post(f"/intake/registered/{case.number}/slip").status_code == 404
