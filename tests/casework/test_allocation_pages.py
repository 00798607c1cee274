"""The pages on which a supervisor sets and uses the allocation of an office."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kis.casework import allocation, staffing
from kis.casework.staffing_models import Absence
from kis.core import clock, jobs
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.rules import procedure
from tests import factories
from tests.casework.people import assignees, officers, unassigned_cases
from tests.statements import statements_of

PAGE = "/allocation/seoul-southern"
CATEGORY = next(iter(procedure(factories.PROCEDURE).categories))


@pytest.fixture
def browser(app: Flask, sign_in: Any) -> FlaskClient:
    return sign_in(factories.account(Role.SUPERVISOR))


def test_the_way_the_weights_and_the_skills_are_set(browser: FlaskClient) -> None:
    (officer,) = officers(1)
    browser.post(f"{PAGE}/way", data={"way": "least_work", "at_intake": "y"})
    browser.post(f"{PAGE}/weights", data={f"weight-{CATEGORY}": "2.5"})
    browser.post(f"{PAGE}/officers/{officer.id}", data={"categories": [CATEGORY]})
    office = factories.office()
    policy = allocation.policy_of(office.id)
    assert (policy.way, policy.at_intake) == ("least_work", True)
    assert allocation.weights_of(office.id) == {CATEGORY: 25}
    assert staffing.skills_of(officer.id) == {CATEGORY}
    page = browser.get(PAGE).text
    assert f'name="weight-{CATEGORY}" inputmode="decimal" value="2.5"' in page
    for wrong in ("x", "0", "1.25", "1000", "NaN", "Infinity", "1e9999999"):
        assert browser.post(f"{PAGE}/weights", data={f"weight-{CATEGORY}": wrong}).status_code == 422


def test_what_the_preview_shows_is_done_and_why_is_told(browser: FlaskClient) -> None:
    (officer,), cases = officers(1), unassigned_cases(2)
    assert browser.get(f"{PAGE}/preview").status_code == 302
    browser.post(f"{PAGE}/way", data={"way": "in_turn"})
    page = browser.get(f"{PAGE}/preview").text
    assert "2 of 2 cases can be allocated" in page
    plan = re.findall(r'name="plan" value="([^"]*)"', page)
    assert browser.post(f"{PAGE}/confirmation", data={"plan": plan}).headers["Location"].endswith(PAGE)
    assert assignees(cases) == [officer.id] * 2
    stale = browser.post(f"{PAGE}/confirmation", data={"plan": plan})
    assert stale.headers["Location"].endswith("/preview")
    assert "whose turn it was" in browser.get(f"/cases/{cases[0].number}/history").text


def test_all_are_allocated_in_the_background_with_progress_in_the_page(browser: FlaskClient) -> None:
    (officer,), cases = officers(1), unassigned_cases(3)
    browser.post(f"{PAGE}/way", data={"way": "in_turn"})
    browser.post(f"{PAGE}/all")
    assert 'hx-trigger="every 2s"' in browser.get(f"{PAGE}/progress").text
    (job_id,) = db.session.query(Job.id).filter(Job.kind == allocation.ALLOCATE).one()
    db.session.rollback()
    jobs.perform(job_id)
    assert assignees(cases) == [officer.id] * 3
    assert "hx-trigger" not in browser.get(f"{PAGE}/progress").text


def test_an_absence_is_entered_carried_out_and_cancelled(browser: FlaskClient) -> None:
    away, substitute = officers(2)
    case, today = factories.case(assignee=away), clock.today().isoformat()
    asked = {"officer": away.id, "first_day": today, "last_day": today, "substitute": substitute.id}
    assert browser.post(f"{PAGE}/absences", data=asked | {"first_day": "no"}).status_code == 422
    assert browser.post(f"{PAGE}/absences", data=asked | {"arrangement": "passes"}).status_code == 302
    assert assignees([case]) == [substitute.id]
    again = browser.post(f"{PAGE}/absences", data=asked | {"arrangement": "passes"})
    assert (again.status_code, "entered already" in again.text) == (422, True)
    absence = db.session.query(Absence).one().id
    browser.post(f"/absences/{absence}/cancellation")
    assert db.session.get_one(Absence, absence).cancelled_at is not None


def test_the_work_of_an_officer_is_handed_over(browser: FlaskClient) -> None:
    leaver, heir = officers(2)
    case = factories.case(assignee=leaver)
    assert browser.post(f"{PAGE}/officers/{leaver.id}/work", data={"to": heir.id}).status_code == 422
    browser.post(f"{PAGE}/officers/{leaver.id}/work", data={"to": heir.id, "reason": "Moves to Busan."})
    assert assignees([case]) == [heir.id]


def test_another_office_is_out_of_reach(browser: FlaskClient) -> None:
    stranger = factories.account(Role.OFFICER, at="busan")
    for address in ("/allocation/busan", "/allocation/busan/preview", "/allocation/busan/progress"):
        assert browser.get(address).status_code == 403
    for address in ("way", "weights", "all", "confirmation", "absences", f"officers/{stranger.id}/work"):
        assert browser.post(f"/allocation/busan/{address}").status_code == 403
    assert browser.get(f"{PAGE}/officers/{stranger.id}").status_code == 404


def test_pages_of_steering_take_few_statements(browser: FlaskClient) -> None:
    for officer in officers(3):
        factories.case(assignee=officer)
    unassigned_cases(4)
    browser.post(f"{PAGE}/way", data={"way": "least_work"})
    for address in (PAGE, f"{PAGE}/preview", "/workload"):
        assert len(statements_of(browser, address)) <= 8, address
