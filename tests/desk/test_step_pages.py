"""The pages of the steps: only what is possible now is offered, and what is sent is done or explained."""

import json
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.casework.models import SupplementRequest, Transfer
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.documents.models import CaseDocument
from kis.documents.operations import mark_submitted, note_defect
from kis.documents.queries import documents_of
from tests import factories
from tests.desk.test_case_page import registered
from tests.robustness.pages import forms_of


def case_of(number: str) -> Case:
    db.session.rollback()
    return db.session.scalars(select(Case).where(Case.number == number)).one()


def working(role: Role = Role.OFFICER) -> Account:
    account = factories.account(role)
    account.phone = "02-2650-6214"
    db.session.commit()
    return account


def post(browser: FlaskClient, number: str, step: str, **entered: Any) -> Any:
    version = {"version": str(case_of(number).version)}
    return browser.post(f"/cases/{number}/{step}", data=version | entered)


def test_an_officer_asks_enters_the_answer_and_the_checklist_shows_it_as_new(
    app: Flask, sign_in: Any
) -> None:
    officer = working()
    number = registered(officer)
    browser = sign_in(officer)
    page = browser.get(f"/cases/{number}/supplement").text
    assert "Ask for a supplement" in page and "Enter what has arrived" not in page
    with transaction():
        document = documents_of(case_of(number))[0]
        note_defect(document, "Cannot be read.", viewer_of(officer), document.version)
    first = document.id
    sent = {"items-0-key": f"document:{first}", "items-0-chosen": "y", "items-0-ko": "여권", "items-0-en": "Passport",
            "own-0-ko": "주소를 알려 주십시오.", "own-0-en": "Tell us your address.", "days": "14"}  # fmt: skip
    answer = post(browser, number, "supplement", **sent)
    assert answer.status_code == 302, answer.text
    assert case_of(number).state == "awaiting_supplement"
    page = browser.get(f"/cases/{number}/supplement").text
    assert "Tell us your address." in page and "Enter what has arrived" in page
    request = db.session.scalars(select(SupplementRequest)).one()
    arrived = [str(item.id) for item in request.items]
    answer = post(browser, number, "steps/supplement-arrived", arrived=arrived, day=str(request.asked_on))
    assert answer.status_code == 302, answer.text
    assert case_of(number).state == "in_review"
    assert ">New<" in browser.get(f"/cases/{number}/documents").text


def test_what_was_entered_stays_when_the_request_is_refused(app: Flask, sign_in: Any) -> None:
    officer = working()
    number = registered(officer)
    answer = post(sign_in(officer), number, "supplement", days="200", **{"own-0-en": "Where do you live?"})
    assert answer.status_code == 422
    assert "Where do you live?" in answer.text and "between 1 and 90" in answer.text


def test_a_page_opened_before_the_case_moved_does_nothing(app: Flask, sign_in: Any) -> None:
    officer = working()
    number = registered(officer)
    entered = {"purpose": "Home", "place": "Guro-gu", "planned_on": "2099-01-05"}
    stale = {"version": str(case_of(number).version - 1)}
    answer = sign_in(officer).post(f"/cases/{number}/steps/open-inspection", data=stale | entered)
    assert answer.status_code == 409
    assert "has changed since you opened this page" in answer.text
    assert case_of(number).state == "in_review"


def test_a_report_stays_when_the_case_changed_meanwhile(app: Flask, sign_in: Any) -> None:
    """The page is shown as the case now is, so that the report can be sent again."""
    officer = working()
    number = registered(officer)
    browser = sign_in(officer)
    opening = {"purpose": "The home.", "place": "Seoul", "planned_on": str(clock.today())}
    assert post(browser, number, "steps/open-inspection", **opening).status_code == 302
    before = str(case_of(number).version)
    supervisor = sign_in(working(Role.SUPERVISOR))
    for account in (working(), officer):
        given = {"officer": str(account.id), "reason": "Absent."}
        assert post(supervisor, number, "assign", **given).status_code == 302
    report = {"report": "They live there together.", "ended_on": str(clock.today())}
    told = post(browser, number, "steps/end-inspection", version=before, **report)
    assert told.status_code == 409
    assert "The case has changed" in told.text and "They live there together." in told.text
    address = f"/cases/{number}/steps/end-inspection"
    (shown,) = [form for form in forms_of(told.text, "") if form.action == address]
    assert browser.post(address, data=shown.values | report).status_code == 302


def two_with_a_defect(number: str, officer: Account) -> list[CaseDocument]:
    with transaction():
        documents = documents_of(case_of(number))[:2]
        for document in documents:
            note_defect(document, "Cannot be read.", viewer_of(officer), document.version)
    return documents


def test_what_was_picked_is_not_left_out_unsaid_when_it_came_in_meanwhile(app: Flask, sign_in: Any) -> None:
    officer = working()
    number = registered(officer)
    first, second = two_with_a_defect(number, officer)
    sent = {"days": "14"}
    for place, document in enumerate((first, second)):
        key = f"items-{place}"
        sent |= {f"{key}-key": f"document:{document.id}", f"{key}-chosen": "y"}
        sent |= {f"{key}-ko": f"문구 {place}", f"{key}-en": f"Wording {place}"}
    with transaction():
        note_defect(first, "", viewer_of(officer), first.version)
        mark_submitted(first, True, None, None, viewer_of(officer), first.version)
    browser = sign_in(officer)
    told = post(browser, number, "supplement", **sent)
    assert told.status_code == 422
    assert "“문구 0” is no longer open" in told.text and "Wording 1" in told.text
    sent.pop("items-0-chosen")
    assert post(browser, number, "supplement", **sent).status_code == 302
    assert [item.text_en for item in db.session.scalars(select(SupplementRequest)).one().items] == [
        "Wording 1"
    ]


def test_a_request_says_what_the_checklist_says_when_it_is_sent(app: Flask, sign_in: Any) -> None:
    """Wording of the officer's own stays."""
    officer = working()
    number = registered(officer)
    first, second = two_with_a_defect(number, officer)
    browser, address = sign_in(officer), f"/cases/{number}/supplement"
    (form,) = [form for form in forms_of(browser.get(address).text, "") if form.action == address]
    sent = {name: values[-1] for name, values in form.values.items() if values}
    rows = {sent[f"items-{place}-key"]: f"items-{place}" for place in range(2)}
    wordings = {f"document:{document.id}": json.loads(sent[f"{rows[f'document:{document.id}']}-was"])
                for document in (first, second)}  # fmt: skip
    for key, (korean, english) in wordings.items():
        sent |= {f"{rows[key]}-ko": korean, f"{rows[key]}-en": english}
    sent[f"{rows[f'document:{second.id}']}-en"] = "My own words."
    with transaction():
        for document in (first, second):
            note_defect(document, "The seal is missing.", viewer_of(officer), document.version)
    told = browser.post(address, data=sent)
    assert told.status_code == 422
    assert "The checklist says something else now" in told.text
    assert "The seal is missing." in told.text and "My own words." in told.text


def test_the_overview_links_to_what_is_possible_and_folds_the_rest_with_its_reason(
    app: Flask, sign_in: Any
) -> None:
    officer = working()
    number = registered(officer)
    page = sign_in(officer).get(f"/cases/{number}").text
    assert f"/cases/{number}/supplement#step-ask-supplement" in page
    assert f"/cases/{number}/steps#step-withdraw" in page
    other = sign_in(working()).get(f"/cases/{number}").text
    assert "Only the officer in charge can do this." in other
    assert "step-ask-supplement" not in other


def test_a_supervisor_extends_with_a_reason_of_the_list(app: Flask, sign_in: Any) -> None:
    number = registered(working())
    browser = sign_in(working(Role.SUPERVISOR))
    answer = post(browser, number, "steps/extend", working_days="5", reason="busy")
    assert answer.status_code in (409, 422)
    page = browser.get(f"/cases/{number}/steps").text
    assert "Workload and the absence of an officer are no reasons." in page or "Not possible now" in page


def test_the_receiving_office_sees_no_more_than_number_category_sender_and_reason(
    app: Flask, sign_in: Any
) -> None:
    number = registered(working())
    sender = sign_in(working(Role.SUPERVISOR))
    boss = factories.account(Role.SUPERVISOR, at="busan")
    answer = post(sender, number, "steps/propose-transfer", office="busan", reason="Lives in Busan now.")
    assert answer.status_code == 302, answer.text
    browser = sign_in(boss)
    waiting = '<span class="count">1</span>'
    assert waiting in browser.get("/statistics").text and waiting not in sender.get("/statistics").text
    page = browser.get("/transfers").text
    assert number in page and "Lives in Busan now." in page
    assert "NGUYEN" not in page
    assert browser.get(f"/cases/{number}").status_code == 404
    transfer = db.session.scalars(select(Transfer)).one()
    assert browser.post(f"/transfers/{transfer.id}/refuse", data={"reason": ""}).status_code == 422
    assert browser.post(f"/transfers/{transfer.id}/accept").status_code == 302
    assert waiting not in browser.get("/statistics").text
    assert browser.get(f"/cases/{number}").status_code == 200
    assert sender.get(f"/cases/{number}").status_code == 404
    assert sender.post(f"/transfers/{transfer.id}/accept").status_code == 404


def test_the_page_proposes_as_many_days_to_answer_as_the_office_gives(app: Flask, sign_in: Any) -> None:
    officer = working()
    number = registered(officer)
    factories.office().supplement_days = 21
    db.session.commit()
    try:
        page = sign_in(officer).get(f"/cases/{number}/supplement").text
        assert re.search(r'name="days"[^>]*value="21"', page)
    finally:
        factories.office().supplement_days = 14
        db.session.commit()


def test_reception_enters_what_came_in_and_is_not_offered_to_go_on_without_the_rest(
    app: Flask, sign_in: Any
) -> None:
    officer = working()
    number = registered(officer)
    question = {"own-0-ko": "주소를 알려 주십시오.", "own-0-en": "Tell us your address.", "days": "14"}
    assert post(sign_in(officer), number, "supplement", **question).status_code == 302
    browser = sign_in(working(Role.RECEPTION))
    words = "Go on with the review without the rest"
    assert words in sign_in(officer).get(f"/cases/{number}/supplement").text
    page = browser.get(f"/cases/{number}/supplement").text
    assert "Enter what has arrived" in page and words not in page
    request = db.session.scalars(select(SupplementRequest)).one()
    day, arrived = str(request.asked_on), [str(item.id) for item in request.items]
    answer = post(browser, number, "steps/supplement-arrived", day=day, complete="y")
    assert answer.status_code == 422 and "Mark what has come in." in answer.text
    answer = post(browser, number, "steps/supplement-arrived", day=day, arrived=arrived)
    assert answer.status_code == 302, answer.text
    assert case_of(number).state == "in_review"


def test_an_unknown_step_is_not_found(app: Flask, sign_in: Any) -> None:
    officer = working()
    number = registered(officer)
    assert post(sign_in(officer), number, "steps/burn").status_code == 404


def test_no_days_at_all_are_refused_and_not_taken_for_the_usual_ones(app: Flask, sign_in: Any) -> None:
    officer = working()
    number = registered(officer)
    browser = sign_in(officer)
    asked = {"own-0-ko": "주소를 알려 주십시오.", "own-0-en": "Tell us your address.", "days": "14"}
    assert post(browser, number, "supplement", **asked).status_code == 302
    answer = post(browser, number, "steps/extend-supplement", days="0", wish="By telephone.")
    assert answer.status_code == 422
    assert "Give between 1 and 90 days." in answer.text
    assert db.session.scalars(select(SupplementRequest)).one().extensions == []


def test_where_the_address_does_not_tell_the_office_nobody_is_proposed(app: Flask, sign_in: Any) -> None:
    number = registered(working())
    case_of(number).applicant.address = None
    db.session.commit()
    factories.account(Role.SUPERVISOR, at="busan")
    browser = sign_in(working(Role.SUPERVISOR))
    page = browser.get(f"/cases/{number}/steps").text
    assert re.search(r'<select[^>]*name="office"[^>]*>\s*<option (selected )?value="">', page)
    answer = post(browser, number, "steps/propose-transfer", office="", reason="Moved.")
    assert answer.status_code == 422 and "Choose the office." in answer.text
