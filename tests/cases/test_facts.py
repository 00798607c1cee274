"""The facts of a case: read, revised, compared, exported."""

import json
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from kis.accounts.sessions import viewer_of
from kis.audit.models import AccessRecord
from kis.cases.forms import section_form
from kis.cases.models import Case, DossierRevision
from kis.cases.operations import take
from kis.cases.queries import latest_revision
from kis.cases.sections import SECTIONS
from kis.core.access import Role
from kis.core.extensions import db
from kis.decisions.operations import recommend
from kis.documents.queries import marks_of
from kis.precheck.dossiers import problems_of
from kis.precheck.models import Run
from kis.precheck.operations import depart, run
from tests import factories
from tests.forms import posted

NUMBERS = {"alien_registration_number": "880714-6000001", "passport_number": "C1234567"}


@pytest.fixture
def case(app: Flask) -> Case:
    dossier = factories.dossier()
    dossier["applicant"] |= NUMBERS
    return factories.case(facts=dossier)


@pytest.fixture
def officer(case: Case, sign_in: Any) -> FlaskClient:
    return sign_in(factories.account(Role.OFFICER))


def sent_for(app: Flask, case: Case, section: str, based_on: int | None = None) -> dict[str, Any]:
    """What a browser sends for a section opened now and left as it was."""
    with app.test_request_context():
        return posted(section_form(section, latest_revision(case).facts, based_on or case.revision))


def save(browser: FlaskClient, case: Case, section: str, sent: dict[str, Any]) -> Any:
    answer = browser.post(f"/cases/{case.number}/facts/{section}", data=sent)
    db.session.expire_all()
    return answer


def is_open(page: str, section: str) -> bool:
    return " open>" in page.split(f'id="{section}"')[1].split("<summary>")[0]


def revisions() -> int:
    return db.session.scalar(select(func.count(DossierRevision.id))) or 0


def test_the_facts_page_shows_every_section_and_opens_what_holds_something(
    case: Case, officer: FlaskClient
) -> None:
    page = officer.get(f"/cases/{case.number}/facts").get_data(as_text=True)
    for section in SECTIONS:
        assert f'id="{section}"' in page
    assert "Hangang Precision" in page
    assert "112,000,000" in page
    assert "Established: none" in page
    assert is_open(page, "income")
    assert not is_open(page, "trips")
    assert not is_open(page, "marriage")


def test_a_contradiction_is_shown_at_its_row_and_above_the_form(app: Flask, sign_in: Any) -> None:
    dossier = factories.dossier()
    dossier["stays"][1]["to"] = "2019-01-01"
    dossier["applicant"]["first_entry_on"] = "1980-01-01"
    officer = factories.account()
    case = factories.case(facts=dossier, assignee=officer)
    reader = sign_in(officer)
    page = reader.get(f"/cases/{case.number}/facts").get_data(as_text=True)
    _before, _row, after = page.partition("Registered stays in Korea › row 2 › To")
    assert "The period ends on 2019-01-01, before it begins on 2019-03-01." in after.partition("</tr>")[0]
    assert "lies before the birth date 1988-07-14." in page
    form = reader.get(f"/cases/{case.number}/facts/stays").get_data(as_text=True)
    assert 'href="#stays-rows-1-to-day">Registered stays in Korea › row 2 › To</a>' in form
    assert 'id="stays-rows-1-to-day"' in form


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_as_a_form_and_saving_it_unchanged_makes_no_revision(
    app: Flask, case: Case, officer: FlaskClient, section: str
) -> None:
    assert officer.get(f"/cases/{case.number}/facts/{section}").status_code == 200
    answer = save(officer, case, section, sent_for(app, case, section))
    assert answer.status_code == 302
    assert revisions() == 1


def test_a_save_is_a_revision_with_its_author_its_difference_and_a_new_precheck(
    app: Flask, case: Case, officer: FlaskClient
) -> None:
    sent = sent_for(app, case, "income") | {"income-rows-0-amount": "36,000,000", "income-rows-0-taxed": ""}
    assert save(officer, case, "income", sent).status_code == 302
    revision = latest_revision(case)
    assert revision.number == 2
    assert revision.author.full_name.startswith("Kim Officer")
    assert revision.differences == [
        {"place": "income[0].amount", "before": 112000000, "after": 36000000},
        {"place": "income[0].taxed", "before": True},
    ]
    assert "taxed" not in revision.facts["income"][0]
    runs = db.session.scalars(select(Run).where(Run.case_id == case.id)).all()
    assert [(made.trigger, made.revision) for made in runs] == [("revision", 2)]
    page = officer.get(f"/cases/{case.number}/revisions/2").get_data(as_text=True)
    assert "Income › row 1 › Amount" in page
    assert "112,000,000" in page
    assert "36,000,000" in page
    assert "Revision 2" in officer.get(f"/cases/{case.number}/revisions").get_data(as_text=True)


def test_rows_are_added_and_removed_before_saving(app: Flask, case: Case, officer: FlaskClient) -> None:
    address = f"/cases/{case.number}/facts/trips"
    added = officer.post(address, data={"based_on": "1", "trips-none": "y", "add-row": "trips-rows"})
    assert added.status_code == 200
    assert 'name="trips-rows-0-from"' in added.get_data(as_text=True)
    sent = {
        "based_on": "1",
        "trips-rows-0-kept": "1",
        "trips-rows-0-from": "2024-01-02",
        "remove-row": "trips-rows-0",
    }
    assert 'name="trips-rows-0-from"' not in officer.post(address, data=sent).get_data(as_text=True)
    assert revisions() == 1
    del sent["remove-row"]
    assert save(officer, case, "trips", sent).status_code == 302
    assert latest_revision(case).facts["trips"] == [{"from": "2024-01-02"}]


def test_a_section_goes_from_none_to_not_established(app: Flask, case: Case, officer: FlaskClient) -> None:
    save(officer, case, "trips", {"based_on": "1"})
    assert "trips" not in latest_revision(case).facts
    save(officer, case, "trips", {"based_on": "2", "trips-none": "y"})
    assert latest_revision(case).facts["trips"] == []


def test_of_two_officers_saving_at_once_the_second_is_told_and_loses_nothing(
    app: Flask, case: Case, officer: FlaskClient, sign_in: Any
) -> None:
    other = sign_in(factories.account(Role.OFFICER))
    mine = sent_for(app, case, "income") | {"income-rows-0-amount": "50000000"}
    theirs = sent_for(app, case, "statements") | {"reason": "Wants to stay with the family"}
    assert save(other, case, "statements", theirs).status_code == 302
    told = save(officer, case, "income", mine)
    page = told.get_data(as_text=True)
    assert told.status_code == 409
    assert revisions() == 2
    assert "Wants to stay with the family" in page
    assert 'value="50000000"' in page
    assert 'name="against" value="2"' in page
    assert save(officer, case, "income", mine | {"against": "2"}).status_code == 302
    latest = latest_revision(case)
    assert latest.number == 3
    assert latest.facts["income"][0]["amount"] == 50000000
    assert latest.facts["reason"] == "Wants to stay with the family"


def test_of_several_who_press_save_at_the_same_moment_one_saves(app: Flask, case: Case, sign_in: Any) -> None:
    browsers = [sign_in(factories.account(Role.OFFICER)) for _ in range(4)]
    address = f"/cases/{case.number}/facts/statements"

    def saved(place: int) -> int:
        with app.app_context():
            return (
                browsers[place].post(address, data={"based_on": "1", "reason": f"Reason {place}"}).status_code
            )

    db.session.remove()
    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(saved, range(len(browsers))))
    assert sorted(answers) == [302, 409, 409, 409]
    assert revisions() == 2


def test_a_bad_entry_is_refused_beside_its_field_and_keeps_the_input(
    app: Flask, case: Case, officer: FlaskClient
) -> None:
    sent = sent_for(app, case, "stays") | {"stays-rows-0-from": "2025-02-30"}
    answer = save(officer, case, "stays", sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Registered stays in Korea › row 1 › From: There is no such day" in page
    assert 'href="#stays-rows-0-from"' in page
    assert 'value="2025-02-30"' in page
    assert revisions() == 1


def test_a_new_category_brings_its_documents_to_the_checklist(
    app: Flask, case: Case, officer: FlaskClient
) -> None:
    before = {mark["code"] for mark in marks_of(case)}
    save(
        officer, case, "application", sent_for(app, case, "application") | {"application-category": "F-5-10"}
    )
    assert db.session.get_one(Case, case.id).category == "F-5-10"
    assert "employment-and-insurance" in {mark["code"] for mark in marks_of(case)} - before


def test_a_recommendation_falls_when_the_facts_under_it_change(app: Flask, case: Case, sign_in: Any) -> None:
    account = factories.account(Role.OFFICER)
    viewer = viewer_of(account)
    take(case, viewer)
    run(case, "demand", viewer)
    depart(case, "documents.submitted", "met", "All papers are in the paper file.", viewer)
    recommend(case, "granted", [], "All requirements are met.", viewer)
    db.session.commit()
    sent = sent_for(app, case, "statements") | {"reason": "Another reason"}
    assert save(sign_in(account), case, "statements", sent).status_code == 302
    assert db.session.get_one(Case, case.id).state == "in_review"


def test_a_recommendation_falls_when_the_name_on_its_letter_changes(
    app: Flask, case: Case, sign_in: Any
) -> None:
    account = factories.account(Role.OFFICER)
    browser, viewer = sign_in(account), viewer_of(account)
    browser.post(f"/cases/{case.number}/applicant", data=applicant_sent(browser, case))
    take(case, viewer)
    depart(case, "documents.submitted", "met", "All papers are in the paper file.", viewer)
    recommend(case, "granted", [], "All requirements are met.", viewer)
    db.session.commit()
    sent = applicant_sent(browser, case)
    for name, state in [("THI LAN", "recommended"), ("THI LAN ANH", "in_review")]:
        browser.post(f"/cases/{case.number}/applicant", data=sent | {"given_names": name})
        assert db.session.get_one(Case, case.id, populate_existing=True).state == state


def test_a_category_that_does_not_exist_is_refused(app: Flask, case: Case, officer: FlaskClient) -> None:
    sent = sent_for(app, case, "application") | {"application-category": "A-9-9"}
    answer = save(officer, case, "application", sent)
    assert answer.status_code == 422
    assert "There is no such category" in answer.get_data(as_text=True)


def test_a_corrected_birth_date_and_day_of_application_reach_the_case(
    app: Flask, case: Case, officer: FlaskClient
) -> None:
    due = case.due_on
    save(
        officer, case, "applicant", sent_for(app, case, "applicant") | {"applicant-birth_date": "1988-07-15"}
    )
    sent = sent_for(app, case, "application") | {"application-received_on": "2025-06-12"}
    save(officer, case, "application", sent)
    found = db.session.get_one(Case, case.id)
    assert found.applicant.birth_date.isoformat() == "1988-07-15"
    assert found.received_on.isoformat() == "2025-06-12"
    assert found.due_on > due


def test_the_facts_of_a_decided_case_can_only_be_read(app: Flask, case: Case, officer: FlaskClient) -> None:
    case.state, case.outcome = "decided", "granted"
    db.session.commit()
    assert officer.get(f"/cases/{case.number}/facts").status_code == 200
    assert officer.get(f"/cases/{case.number}/facts/income").status_code == 409
    assert save(officer, case, "income", {"based_on": "1"}).status_code == 409
    assert revisions() == 1


def test_no_page_of_another_offices_facts_opens(case: Case, sign_in: Any) -> None:
    stranger = sign_in(factories.account(Role.OFFICER, at="busan"))
    for page in ("facts", "facts/income", "applicant", "revisions", "revisions/1", "dossier.json"):
        assert stranger.get(f"/cases/{case.number}/{page}").status_code == 404, page
    assert stranger.post(f"/cases/{case.number}/facts/income", data={}).status_code == 404
    assert stranger.post(f"/cases/{case.number}/applicant", data={}).status_code == 404


def test_an_unknown_section_or_revision_is_not_found(case: Case, officer: FlaskClient) -> None:
    assert officer.get(f"/cases/{case.number}/facts/nothing").status_code == 404
    assert officer.get(f"/cases/{case.number}/revisions/99").status_code == 404


def applicant_sent(browser: FlaskClient, case: Case) -> dict[str, str]:
    page = browser.get(f"/cases/{case.number}/applicant").get_data(as_text=True)
    seen = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    return {"seen": seen, "family_name": "NGUYEN", "given_names": "THI LAN", **NUMBERS}


def test_names_and_numbers_are_corrected_on_the_applicants_page(case: Case, officer: FlaskClient) -> None:
    sent = applicant_sent(officer, case) | {"local_name": "응우옌", "passport_number": "D7654321", "sex": "F"}
    assert officer.post(f"/cases/{case.number}/applicant", data=sent).status_code == 302
    db.session.expire_all()
    assert case.applicant.local_name == "응우옌"
    assert case.applicant.passport_number == "D7654321"
    assert case.applicant.registration_number == "8807146000001"
    assert case.applicant.birth_date.isoformat() == "1988-07-14"


def test_of_two_who_correct_the_applicant_the_second_is_told(
    case: Case, officer: FlaskClient, sign_in: Any
) -> None:
    other = sign_in(factories.account(Role.OFFICER))
    mine = applicant_sent(officer, case) | {"phone": "010-1"}
    theirs = applicant_sent(other, case) | {"phone": "010-2"}
    assert other.post(f"/cases/{case.number}/applicant", data=theirs).status_code == 302
    told = officer.post(f"/cases/{case.number}/applicant", data=mine)
    page = told.get_data(as_text=True)
    assert told.status_code == 409
    assert 'value="010-1"' in page
    assert "010-2" in page
    shown = mine | {"against": page.split('name="against" value="')[1].split('"')[0]}
    assert officer.post(f"/cases/{case.number}/applicant", data=shown).status_code == 409
    assert (
        officer.post(f"/cases/{case.number}/applicant", data=shown | {"keep:phone": "theirs"}).status_code
        == 302
    )
    db.session.expire_all()
    assert case.applicant.phone == "010-2"


def test_what_only_the_other_corrected_is_kept_beside_ones_own(
    case: Case, officer: FlaskClient, sign_in: Any
) -> None:
    other = sign_in(factories.account(Role.OFFICER))
    mine = applicant_sent(officer, case) | {"phone": "010-1"}
    theirs = applicant_sent(other, case) | {"email": "lan@example.org", "passport_number": "D7654321"}
    other.post(f"/cases/{case.number}/applicant", data=theirs)
    page = officer.post(f"/cases/{case.number}/applicant", data=mine).get_data(as_text=True)
    for shown in (
        '<th scope="row">Contact number',
        '<th scope="row">Passport number',
        "C1234567",
        "D7654321",
    ):
        assert shown in page
    shown = mine | {"against": page.split('name="against" value="')[1].split('"')[0]}
    assert officer.post(f"/cases/{case.number}/applicant", data=shown).status_code == 302
    db.session.expire_all()
    assert (case.applicant.phone, case.applicant.email) == ("010-1", "lan@example.org")


def test_a_made_up_mark_of_what_was_seen_makes_everything_a_question(
    case: Case, officer: FlaskClient
) -> None:
    for seen in ("", "AAAA", "x" * 400):
        sent = applicant_sent(officer, case) | {"seen": seen, "phone": "010-9"}
        assert officer.post(f"/cases/{case.number}/applicant", data=sent).status_code == 409


def test_a_number_that_nobody_can_have_is_refused(case: Case, officer: FlaskClient) -> None:
    sent = applicant_sent(officer, case) | {"alien_registration_number": "9" * 30}
    answer = officer.post(f"/cases/{case.number}/applicant", data=sent)
    assert answer.status_code == 422
    assert "13 digits" in answer.get_data(as_text=True)


def test_who_does_not_review_sees_the_start_of_the_numbers_alone(case: Case, sign_in: Any) -> None:
    clerk = sign_in(factories.account(Role.RECEPTION))
    page = clerk.get(f"/cases/{case.number}/applicant").get_data(as_text=True)
    assert "880714•••••••" in page
    assert "6000001" not in page
    assert "C1234567" not in page
    exported = clerk.get(f"/cases/{case.number}/dossier.json").get_json()
    assert NUMBERS.keys().isdisjoint(exported["applicant"])


def test_the_exported_dossier_is_the_whole_one_and_its_reading_is_logged(
    case: Case, officer: FlaskClient
) -> None:
    answer = officer.get(f"/cases/{case.number}/dossier.json")
    exported = json.loads(answer.get_data())
    assert problems_of(exported) == []
    wanted = deepcopy(factories.dossier())
    assert exported["stays"] == wanted["stays"]
    assert exported["applicant"]["family_name"] == "NGUYEN"
    assert exported["applicant"]["passport_number"] == "C1234567"
    assert "attachment" in answer.headers["Content-Disposition"]
    tasks = db.session.scalars(select(AccessRecord.task).where(AccessRecord.case_id == case.id)).all()
    assert "export" in tasks
