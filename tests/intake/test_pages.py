"""The pages of the reception: form, upload, preview, receipt."""

import json
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from kis.audit.models import AccessRecord
from kis.cases.facts import dossier_of
from kis.cases.models import Applicant, Case
from kis.cases.queries import latest_revision
from kis.core.access import Role
from kis.core.extensions import db
from kis.documents.queries import marks_of
from kis.intake.models import Registration
from tests import factories


@pytest.fixture
def clerk(app: Flask, sign_in: Any) -> FlaskClient:
    return sign_in(factories.account(Role.RECEPTION))


def entered(**more: Any) -> dict[str, Any]:
    """The applicant's form with every field filled in."""
    fields: dict[str, Any] = {
        "office": str(factories.office().id),
        "application-received_on": "2025-05-12",
        "application-income_certificate_issued": "yes",
        "applicant-family_name": "NGUYEN",
        "applicant-given_names": "THI LAN",
        "applicant-local_name": "응우옌",
        "applicant-nationality": "VNM",
        "applicant-home_address": "12 Hang Bac\r\nHa Noi",
        "applicant-alien_registration_number": "880714-6000001",
        "applicant-phone": "010-0000-0000",
        "applicant-email": "lan@example.com",
        "applicant-birth_date": "1988-07-14",
        "applicant-sex": "F",
        "applicant-passport_number": "C1234567",
        "applicant-current_status": "e-7-1",
        "applicant-address": "Guro-gu, Seoul",
        "category": factories.dossier()["application"]["category"],
        "documents": ["common-01", "common-02", "degree"],
        "schools-rows-0-name": "Ha Noi University",
        "schools-rows-0-from_year": "2006",
        "schools-rows-0-to_year": "2011",
        "schools-rows-0-location": "Ha Noi",
        "schools-rows-0-remark": "Bachelor of mechanical engineering",
        "family-rows-0-relation": "father",
        "family-rows-0-name": "NGUYEN VAN A",
        "family-rows-0-deceased": "yes",
        "family-rows-1-relation": "mother",
        "family-rows-1-name": "TRAN THI B",
        "family-rows-1-birth_date": "1964-01-01",
        "family-rows-1-nationality": "VNM",
        "family-rows-1-address": "Ha Noi, farmer, +84",
        "family-rows-1-residing_in_korea": "no",
        "abroad-rows-0-country": "USA",
        "abroad-rows-0-from": "2016-09",
        "abroad-rows-0-to-day": "2017-02",
        "abroad-rows-0-purpose": "Visiting her brother",
        "employment-rows-0-from": "2019-03-01",
        "employment-rows-0-to-goes_on": "y",
        "employment-rows-0-employer": "Hangang Precision",
        "employment-rows-0-location": "Seoul, 02-000-0000",
        "employment-rows-0-monthly_salary": "3,500,000",
        "employment-rows-0-description": "Makes gears",
        "employment-rows-0-duties": "Designs gears",
        "identity_changes": "None.",
        "penalties_stated": "A fine of 300,000 won by the police of Guro",
        "pending_proceedings-rows-0-law": "Road Traffic Act",
        "pending_proceedings-rows-0-authority": "Seoul Southern District Court",
        "reason": "Wants to stay",
        "signed": "y",
    }
    return fields | more


WANTED = {
    "schema": "kis.dossier/1",
    "application": {
        "category": "F-5-1", "received_on": "2025-05-12", "office": "seoul-southern", "income_certificate_issued": True,
    },
    "applicant": {
        "family_name": "NGUYEN", "given_names": "THI LAN", "local_name": "응우옌", "birth_date": "1988-07-14", "sex": "F",
        "nationality": "VNM", "alien_registration_number": "8807146000001", "passport_number": "C1234567",
        "phone": "010-0000-0000", "email": "lan@example.com", "address": "Guro-gu, Seoul",
        "home_address": "12 Hang Bac\nHa Noi", "current_status": "E-7-1",
    },
    "schools": [
        {"name": "Ha Noi University", "from_year": 2006, "to_year": 2011, "location": "Ha Noi",
         "remark": "Bachelor of mechanical engineering"},
    ],
    "family": [
        {"ref": "person-1", "relation": "father", "name": "NGUYEN VAN A", "deceased": True},
        {"ref": "person-2", "relation": "mother", "name": "TRAN THI B", "birth_date": "1964-01-01", "nationality": "VNM",
         "address": "Ha Noi, farmer, +84", "residing_in_korea": False},
    ],
    "abroad": [{"country": "USA", "from": "2016-09-01", "to": "2017-02-28", "purpose": "Visiting her brother"}],
    "employment": [
        {"employer": "Hangang Precision", "from": "2019-03-01", "to": None, "location": "Seoul, 02-000-0000",
         "monthly_salary": 3_500_000, "description": "Makes gears", "duties": "Designs gears"},
    ],
    "identity_changes": "None.",
    "penalties_stated": "A fine of 300,000 won by the police of Guro",
    "pending_proceedings": [{"authority": "Seoul Southern District Court", "law": "Road Traffic Act"}],
    "reason": "Wants to stay",
}  # fmt: skip


def preview(browser: FlaskClient, **more: Any) -> str:
    """The address of the preview of the filled-in form."""
    answer = browser.post("/intake/", data=entered(**more))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def token_of(address: str) -> str:
    return address.split("draft=")[1]


def cases() -> list[Case]:
    db.session.expire_all()
    return list(db.session.scalars(select(Case)).all())


def upload(browser: FlaskClient, content: bytes, office: str = "seoul-southern") -> Any:
    data = {"office": str(factories.office(office).id), "file": (BytesIO(content), "dossier.json")}
    return browser.post("/intake/upload", data=data)


def test_the_form_keeps_every_field_of_the_applicants_own_form(clerk: FlaskClient) -> None:
    address = preview(clerk)
    assert "Hangang Precision" in clerk.get(address).get_data(as_text=True)
    assert not cases()
    answer = clerk.post("/intake/preview", data={"draft": token_of(address)})
    case = cases()[0]
    assert answer.headers["Location"].endswith(f"/intake/registered/{case.number}")
    marks = marks_of(case)
    kept = dossier_of(latest_revision(case).facts, case.applicant, [])
    del kept["documents"]
    assert kept == WANTED
    assert {mark["code"] for mark in marks if mark.get("submitted")} == {"common-01", "common-02", "degree"}
    receipt = clerk.get(answer.headers["Location"]).get_data(as_text=True)
    assert case.number in receipt


def test_the_form_stands_in_the_order_of_the_guide(clerk: FlaskClient) -> None:
    page = clerk.get("/intake/").get_data(as_text=True)
    places = [
        page.index(f'id="part-{part}"') for part in ("1", "2", "3", "a", "b", "c", "d", "e", "f", "g", "h")
    ]
    assert places == sorted(places)


def test_the_form_comes_back_from_the_preview_with_everything_in_it(clerk: FlaskClient) -> None:
    page = clerk.get(f"/intake/?draft={token_of(preview(clerk))}").get_data(as_text=True)
    for text in ("NGUYEN", "3,500,000", "2017-02-28", "Road Traffic Act", "Designs gears"):
        assert text in page
    assert 'value="degree" checked' in page


def test_rows_are_added_before_anything_is_checked(clerk: FlaskClient) -> None:
    answer = clerk.post("/intake/", data=entered(**{"applicant-birth_date": "", "add-row": "family-rows"}))
    assert answer.status_code == 200
    assert 'name="family-rows-2-name"' in answer.get_data(as_text=True)


FORM_ERRORS = [
    ({"application-received_on": "2025-02-30"}, "There is no such day"),
    ({"application-received_on": "2999-01-01"}, "lies in the future"),
    ({"applicant-birth_date": ""}, "This is needed"),
    ({"applicant-family_name": "NGU\x00YEN"}, "U+0000"),
    ({"applicant-family_name": "NGU\u202eYEN"}, "U+202E"),
    ({"applicant-family_name": "N" * 10_240}, "too long"),
    ({"applicant-alien_registration_number": "9" * 30}, "13 digits"),
    ({"employment-rows-0-monthly_salary": "9" * 30}, "from 0 to"),
    ({"category": "A-9-9"}, "Not a valid choice"),
    ({"application-route": "married"}, "no such limb"),
    ({"documents": ["common-01", "pledge"]}, "The category does not list"),
    ({"signed": ""}, "must be signed"),
]


@pytest.mark.parametrize(("change", "reason"), FORM_ERRORS)
def test_a_bad_entry_of_the_form_is_named_and_nothing_is_stored(
    clerk: FlaskClient, change: dict[str, Any], reason: str
) -> None:
    fields = entered(**change)
    if change.get("signed") == "":
        del fields["signed"]
    answer = clerk.post("/intake/", data=fields)
    assert answer.status_code == 422
    assert reason in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count(Applicant.id))) == 0


def test_an_uploaded_dossier_is_registered_after_its_preview(clerk: FlaskClient) -> None:
    answer = upload(clerk, json.dumps(factories.dossier(office="busan")).encode())
    assert answer.status_code == 303
    page = clerk.get(answer.headers["Location"]).get_data(as_text=True)
    assert "The file names the office “busan”" in page
    assert "review marks of the file are not taken over" in page
    assert not cases()
    clerk.post("/intake/preview", data={"draft": token_of(answer.headers["Location"])})
    case = cases()[0]
    assert case.office.code == "seoul-southern"
    assert "The file names the office" in clerk.get(f"/intake/registered/{case.number}").get_data(
        as_text=True
    )


def stored(app: Flask) -> set[Path]:
    return {path for path in Path(app.config["STORE_PATH"]).rglob("*") if path.is_file()}


def bad_dossier() -> bytes:
    dossier = factories.dossier()
    dossier["stays"][0]["from"] = "2025-02-30"
    dossier["income"][0]["amount"] = "much"
    return json.dumps(dossier).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"schema": ', "line 1, column 12"),
        (b"", "It is not JSON"),
        (b" " * (20 * 1024 * 1024), "larger than 2 MB"),
        (b"\xff", "UTF-8"),
        (bad_dossier(), "stays[0].from"),
        (bad_dossier(), "income[0].amount"),
        (json.dumps(factories.dossier(received_on="2025-02-30")).encode(), "2025-02-30"),
    ],
    ids=["torn", "empty", "20 MB", "no UTF-8", "bad day", "bad amount", "impossible day of application"],
)
def test_a_bad_file_is_refused_with_places_and_reasons_and_nothing_of_it_is_stored(
    app: Flask, clerk: FlaskClient, content: bytes, reason: str
) -> None:
    before = stored(app)
    answer = upload(clerk, content)
    assert answer.status_code == 422
    assert reason in answer.get_data(as_text=True)
    assert not cases()
    assert stored(app) == before


def test_a_lone_surrogate_in_a_file_is_refused_at_its_place(clerk: FlaskClient) -> None:
    dossier = factories.dossier()
    dossier["applicant"]["family_name"] = "NGU\ud800YEN"
    answer = upload(clerk, json.dumps(dossier).encode())
    assert answer.status_code == 422
    assert "applicant.family_name" in answer.get_data(as_text=True)
    assert "U+D800" in answer.get_data(as_text=True)


def test_reception_registers_at_its_own_office_alone(clerk: FlaskClient) -> None:
    assert upload(clerk, json.dumps(factories.dossier()).encode(), office="busan").status_code == 422
    fields = entered(office=str(factories.office("busan").id))
    assert clerk.post("/intake/", data=fields).status_code == 422
    assert not cases()


def test_an_officer_does_not_register(app: Flask, sign_in: Any) -> None:
    officer = sign_in(factories.account(Role.OFFICER))
    assert officer.get("/intake/").status_code == 403
    assert officer.post("/intake/preview", data={}).status_code == 403


def test_a_preview_of_another_account_or_with_a_changed_seal_does_not_open(
    clerk: FlaskClient, sign_in: Any
) -> None:
    token = token_of(preview(clerk))
    other = sign_in(factories.account(Role.RECEPTION))
    assert other.get(f"/intake/preview?draft={token}").status_code == 409
    assert other.post("/intake/preview", data={"draft": token}).status_code == 409
    assert clerk.get(f"/intake/preview?draft={token}x").status_code == 409
    assert clerk.get("/intake/preview").status_code == 409
    assert not cases()


def test_what_waits_for_its_confirmation_lies_encrypted(app: Flask, clerk: FlaskClient) -> None:
    before = stored(app)
    preview(clerk)
    new = stored(app) - before
    assert len(new) == 1
    assert b"NGUYEN" not in new.pop().read_bytes()


def test_likely_duplicates_are_shown_before_registering_and_have_to_be_accepted(clerk: FlaskClient) -> None:
    here, there = factories.case(), factories.case(at="busan")
    address = preview(clerk)
    page = clerk.get(address).get_data(as_text=True)
    assert here.number in page
    assert "A case of another office" in page
    assert there.number not in page
    told = clerk.post("/intake/preview", data={"draft": token_of(address)})
    assert told.status_code == 409
    assert "there are likely duplicates" in told.get_data(as_text=True)
    assert len(cases()) == 2
    accepted = clerk.post("/intake/preview", data={"draft": token_of(address), "accept_duplicates": "y"})
    assert accepted.status_code == 303
    assert len(cases()) == 3
    seen = db.session.scalars(select(AccessRecord.case_id).where(AccessRecord.task == "duplicates")).all()
    assert list(seen) == [here.id, here.id]


def test_a_confirmation_sent_twice_registers_once(clerk: FlaskClient) -> None:
    sent = {"draft": token_of(preview(clerk))}
    first, second = (clerk.post("/intake/preview", data=sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(cases()) == 1


def test_a_double_click_registers_once(app: Flask, clerk: FlaskClient, sign_in: Any) -> None:
    sent = {"draft": token_of(preview(clerk))}
    account = db.session.scalars(select(factories.Account)).first()
    browsers = [sign_in(account) for _ in range(4)]
    db.session.remove()

    def confirmed(browser: FlaskClient) -> Any:
        with app.app_context():
            return browser.post("/intake/preview", data=sent)

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(confirmed, browsers))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(cases()) == 1
    assert db.session.scalar(select(func.count(Registration.id))) == 1
