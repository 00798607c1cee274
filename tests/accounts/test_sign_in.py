"""Signing in, and how a session ends."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kis.accounts.models import SignInSession
from kis.accounts.operations import ATTEMPTS_FROM_ONE_ADDRESS, change_grants, set_active
from kis.core import clock
from kis.core.access import Permission, Role
from kis.core.extensions import db
from tests import factories


def attempt(client: FlaskClient, name: str, password: str, **more: str):
    data = {"name": name, "password": password, **more}
    return client.post("/sign-in", data=data, headers={"Accept-Language": "en"})


def test_a_wrong_password_is_refused_without_saying_which_part_was_wrong(client: FlaskClient) -> None:
    account = factories.account()
    wrong = attempt(client, account.name, "not the password")
    unknown = attempt(client, "nobody", "not the password")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    message = "The account name or the password is not right."
    assert message in wrong.text
    assert message in unknown.text


def test_guessing_is_stopped_from_one_address_and_not_for_the_officer_elsewhere(client: FlaskClient) -> None:
    account = factories.account()
    for _ in range(ATTEMPTS_FROM_ONE_ADDRESS):
        attempt(client, account.name, "wrong wrong wrong")
    assert attempt(client, account.name, factories.PASSWORD).status_code == 429
    elsewhere = client.post(
        "/sign-in",
        data={"name": account.name, "password": factories.PASSWORD},
        environ_base={"REMOTE_ADDR": "127.0.0.9"},
    )
    assert elsewhere.status_code == 302


def test_a_cookie_kept_from_before_signing_out_opens_nothing(app: Flask, sign_in) -> None:
    browser = sign_in(factories.account())
    kept = browser.get_cookie("session").value
    assert browser.get("/queue/mine").status_code == 200
    browser.post("/sign-out")
    browser.set_cookie("session", kept)
    assert browser.get("/queue/mine").status_code == 302


@pytest.mark.parametrize("change", ["disabled", "role"])
def test_disabling_or_a_changed_role_ends_the_sessions_at_once(app: Flask, sign_in, change: str) -> None:
    account = factories.account()
    browser = sign_in(account)
    if change == "disabled":
        set_active(account, False)
    else:
        change_grants(account, [(Role.AUDITOR, None)])
    db.session.commit()
    assert browser.get("/queue/mine").status_code == 302


@pytest.mark.parametrize("column", ["seen_at", "started_at"])
def test_a_session_ends_when_idle_or_old(app: Flask, sign_in, column: str) -> None:
    browser = sign_in(factories.account())
    session = db.session.scalars(db.select(SignInSession)).one()
    setattr(session, column, clock.now() - timedelta(hours=13))
    db.session.commit()
    assert browser.get("/queue/mine").status_code == 302


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"]
)
def test_signing_in_never_leads_out_of_the_application(client: FlaskClient, address: str) -> None:
    account = factories.account()
    answer = attempt(client, account.name, factories.PASSWORD, next=address)
    assert answer.headers["Location"] == "/"


def test_a_supervisor_reaches_the_branch_offices_and_an_officer_does_not(app: Flask, sign_in) -> None:
    branch = factories.case(at="mokpo")
    supervisor = sign_in(factories.account(Role.SUPERVISOR, at="gwangju"))
    officer = sign_in(factories.account(Role.OFFICER, at="gwangju"))
    assert supervisor.get(f"/cases/{branch.number}").status_code == 200
    assert officer.get(f"/cases/{branch.number}").status_code == 404


def test_another_office_case_is_as_unknown_as_none(app: Flask, sign_in) -> None:
    case = factories.case(at="busan")
    browser = sign_in(factories.account(at="seoul-southern"))
    assert browser.get(f"/cases/{case.number}").status_code == 404
    assert browser.get("/cases/busan-2026-999999").status_code == 404


def test_headquarters_reads_a_case_only_with_a_stated_reason(app: Flask, sign_in) -> None:
    case = factories.case()
    account = factories.account(Role.HEADQUARTERS)
    browser = sign_in(account)
    asked = browser.get(f"/cases/{case.number}")
    assert asked.headers["Location"].endswith("/reason")
    assert browser.post(f"/cases/{case.number}/reason", data={"reason": "x"}).status_code == 422
    browser.post(f"/cases/{case.number}/reason", data={"reason": "petition of the applicant"})
    assert browser.get(f"/cases/{case.number}").status_code == 200
    assert sign_in(account).get(f"/cases/{case.number}").status_code == 302


def test_a_stated_reason_holds_for_that_case_alone_and_for_any_number_of_cases(app: Flask, sign_in) -> None:
    cases = [factories.case() for _ in range(12)]
    browser = sign_in(factories.account(Role.HEADQUARTERS))
    for number, case in enumerate(cases[:-1]):
        browser.post(f"/cases/{case.number}/reason", data={"reason": f"민원 확인을 위한 열람 {number} " * 20})
    assert [browser.get(f"/cases/{case.number}").status_code for case in cases] == [200] * 11 + [302]


def test_headquarters_sees_no_names_in_the_queue_before_stating_a_reason(app: Flask, sign_in) -> None:
    case = factories.case()
    case.applicant.family_name = "VERYRARE"
    db.session.commit()
    assert "VERYRARE" in sign_in(factories.account(Role.AUDITOR)).get("/queue/open").text
    page = sign_in(factories.account(Role.HEADQUARTERS)).get("/queue/open").text
    assert case.number in page
    assert "VERYRARE" not in page


@pytest.mark.parametrize(
    ("role", "status"),
    [(role, 302) for role in (Role.RECEPTION, Role.OFFICER, Role.SUPERVISOR)]
    + [(role, 403) for role in (Role.HEADQUARTERS, Role.AUDITOR, Role.ADMINISTRATOR)],
)
def test_who_works_on_a_case_writes_notes_and_who_only_reads_does_not(
    app: Flask, sign_in, role: Role, status: int
) -> None:
    case = factories.case()
    browser = sign_in(factories.account(role))
    assert browser.post(f"/cases/{case.number}/notes", data={"text": "Called."}).status_code == status


@pytest.mark.parametrize("change", ["disabled", "role", "another office"])
def test_work_returns_to_the_queue_with_the_permission_for_it(app: Flask, sign_in, change: str) -> None:
    officer = factories.account()
    case = factories.case(assignee=officer)
    administrator = sign_in(factories.account(Role.ADMINISTRATOR))
    place = f"/accounts/{officer.id}"
    if change == "disabled":
        administrator.post(f"{place}/active", data={"active": "no"})
    elif change == "role":
        administrator.post(f"{place}/grants/{officer.grants[0].id}/remove")
    else:
        administrator.post(f"{place}/grants", data={"role": "officer", "office": "busan"})
    db.session.refresh(case)
    returned = change != "another office"
    assert (case.state, case.assignee_id is None) == (
        ("received", True) if returned else ("in_review", False)
    )


def test_a_supervisor_has_the_branch_offices_too_and_an_officer_has_not(app: Flask) -> None:
    of_daejeon = {factories.office(code).id for code in ("daejeon", "cheonan", "seosan", "dangjin")}
    supervisor = factories.viewer(Role.SUPERVISOR, at="daejeon")
    assert supervisor.office_ids(Permission.CASE_DECIDE) == of_daejeon
    officer = factories.viewer(Role.OFFICER, at="daejeon")
    assert officer.office_ids(Permission.CASE_REVIEW) == {factories.office("daejeon").id}
