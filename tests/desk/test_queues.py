"""Queues: who sees which cases, in which order, a page at a time."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.lists import PAGE, Page
from kis.cases.models import Case
from kis.casework.staffing import set_skills
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.desk.queues import NOBODY, Filters, Key, queue_page
from tests import factories
from tests.statements import statements_of

COPIED = (
    "procedure",
    "category",
    "office_id",
    "applicant_id",
    "received_on",
    "registered_by_id",
    "period_days",
)


def open_cases(count: int, **columns: Any) -> list[Case]:
    """Open cases, two due on each day from 2026-01-01; the case they are copied from is closed."""
    first = factories.case()
    shared = {name: getattr(first, name) for name in COPIED}
    cases = [
        Case(
            number=f"seoul-southern-2026-9{number:05d}",
            due_on=date(2026, 1, 1) + timedelta(days=number // 2),
            at_risk_on=date(2025, 12, 20) + timedelta(days=number // 2),
            **(shared | columns),
        )
        for number in range(count)
    ]
    first.state, first.outcome = "closed", "granted"
    db.session.add_all(cases)
    db.session.commit()
    return cases


def numbers(page: Page) -> list[str]:
    return [row.number for row in page.rows]


def test_pages_follow_each_other_by_due_date_without_gap_or_repetition(app: Flask) -> None:
    expected = [case.number for case in open_cases(2 * PAGE + 7)]
    viewer = factories.viewer(Role.SUPERVISOR)
    seen, key = [], None
    while True:
        page = queue_page("open", viewer, Filters(), key, None)
        seen += numbers(page)
        key = page.older
        if key is None:
            break
    assert seen == expected


def test_the_page_before_is_the_one_that_was_left(app: Flask) -> None:
    open_cases(2 * PAGE)
    viewer = factories.viewer(Role.SUPERVISOR)
    first = queue_page("open", viewer, Filters(), None, None)
    second = queue_page("open", viewer, Filters(), first.older, None)
    back = queue_page("open", viewer, Filters(), None, second.newer)
    assert numbers(back) == numbers(first)
    assert back.newer is None


def test_mine_holds_my_cases_and_unassigned_those_of_nobody(app: Flask) -> None:
    mine, other = factories.account(), factories.account()
    own = factories.case(assignee=mine)
    factories.case(assignee=other)
    free = factories.case()
    viewer = viewer_of(mine)
    assert numbers(queue_page("mine", viewer, Filters(), None, None)) == [own.number]
    assert numbers(queue_page("unassigned", viewer, Filters(), None, None)) == [free.number]


def test_a_queue_never_shows_another_office(app: Flask) -> None:
    factories.case(at="busan")
    viewer = factories.viewer(Role.SUPERVISOR, at="seoul-southern")
    assert queue_page("open", viewer, Filters(), None, None).rows == []


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        (Filters(state="received"), 1),
        (Filters(state="in_review"), 0),
        (Filters(assignee=NOBODY), 1),
        (Filters(category="none"), 0),
        (Filters(outcome="unknown"), 0),
        (Filters(standing="over"), 1),
        (Filters(standing="risk"), 0),
        (Filters(standing="stopped"), 0),
        (Filters(received_from="2025-05-12", received_to="2025-05-12"), 1),
        (Filters(received_from="2025-05-13"), 0),
        (Filters(received_to="2025-05-11"), 0),
    ],
)
def test_filters_narrow_a_queue(app: Flask, filters: Filters, shown: int) -> None:
    open_cases(1)
    viewer = factories.viewer(Role.SUPERVISOR)
    assert len(queue_page("open", viewer, filters, None, None).rows) == shown


def test_a_day_that_is_none_is_told_and_does_not_pass_for_a_filter(app: Flask, sign_in: Any) -> None:
    page = sign_in(factories.account()).get("/queue/open?received_from=2026-02-30&category=F-5-1").text
    blanks = sign_in(factories.account()).get("/queue/open?received_from=+2099-01-01").text
    assert "2099" in blanks and "No case fits these filters." in blanks
    assert "There is no such day" in page and 'value="2026-02-30"' in page
    assert "no such day" not in sign_in(factories.account()).get("/queue/open?received_from=2026-02-28").text


@pytest.mark.parametrize("text", ["", "2026-02-30.1", "x.y", "2026-01-01", None])
def test_a_broken_page_key_leads_to_the_first_page(text: str | None) -> None:
    assert Key.parse(text) is None


def test_a_queue_page_takes_few_statements_however_many_rows(app: Flask, sign_in: Any) -> None:
    open_cases(PAGE)
    browser = sign_in(factories.account(Role.SUPERVISOR))
    taken = statements_of(browser, "/queue/open")
    assert len(taken) <= 8, taken


def given(browser: Any, case: Case, officer: Account, version: int | None = None) -> int:
    """Assign the case as its page shows it, or showed it; the status of the answer."""
    seen = db.session.get_one(Case, case.id).version if version is None else version
    form = {"officer": str(officer.id), "version": str(seen)}
    answer = browser.post(f"/cases/{case.number}/assign", data=form)
    return int(answer.status_code)


def test_a_supervisor_assigns_and_reassigns(app: Flask, sign_in: Any) -> None:
    case = factories.case()
    first, second = factories.account(), factories.account()
    browser = sign_in(factories.account(Role.SUPERVISOR))
    for officer in (first, second):
        assert given(browser, case, officer) == 302
        assert db.session.get_one(Case, case.id).assignee_id == officer.id


def test_a_case_that_changed_since_its_page_was_shown_is_not_assigned(app: Flask, sign_in: Any) -> None:
    case, shown = factories.case(), factories.case().version
    first, second = factories.account(), factories.account()
    browser = sign_in(factories.account(Role.SUPERVISOR))
    assert given(browser, case, first, shown) == 302
    assert given(browser, case, second, shown) == 409
    assert db.session.get_one(Case, case.id).assignee_id == first.id


def test_a_case_goes_only_to_an_officer_of_its_office(app: Flask, sign_in: Any) -> None:
    case = factories.case()
    stranger = factories.account(at="busan")
    browser = sign_in(factories.account(Role.SUPERVISOR))
    assert given(browser, case, stranger) == 422
    assert db.session.get_one(Case, case.id).assignee_id is None


def test_an_officer_takes_up_a_free_case_and_not_one_in_charge_of_another(app: Flask, sign_in: Any) -> None:
    free, taken = factories.case(), factories.case(assignee=factories.account())
    browser = sign_in(factories.account())
    assert browser.post(f"/cases/{free.number}/take").status_code == 302
    assert browser.post(f"/cases/{taken.number}/take").status_code == 409


def test_an_officer_takes_up_no_case_of_a_category_they_do_not_handle(app: Flask, sign_in: Any) -> None:
    officer, case = factories.account(), factories.case()
    with transaction():
        set_skills(factories.office(), officer, {"F-5-27"}, factories.viewer(Role.SUPERVISOR))
    answer = sign_in(officer).post(f"/cases/{case.number}/take")
    assert answer.status_code == 409 and "does not handle F-5-1" in answer.text


def test_disabling_an_account_returns_its_work_to_the_queue(app: Flask, sign_in: Any) -> None:
    officer = factories.account()
    case = factories.case(assignee=officer)
    browser = sign_in(factories.account(Role.ADMINISTRATOR))
    browser.post(f"/accounts/{officer.id}/active", data={"active": "no"})
    found = db.session.get_one(Case, case.id)
    assert (found.state, found.assignee_id) == ("received", None)
