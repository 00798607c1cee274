"""The pages of the pre-check."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.core.access import Role
from kis.core.extensions import db
from kis.precheck.models import Departure, Run
from kis.precheck.operations import depart, run
from tests import factories
from tests.precheck.test_runs import with_fine
from tests.statements import statements

FINE = "conduct.fine"
REASON = "The fine was imposed in error and has been annulled."


@pytest.fixture
def officer(app: Flask) -> Account:
    return factories.account(Role.OFFICER)


@pytest.fixture
def case(officer: Account) -> Case:
    """A case in review: a first run in order, a second with a fine that is a bar."""
    made = factories.case(assignee=officer)
    viewer = viewer_of(officer)
    run(made, "demand", viewer)
    with_fine(made, viewer)
    run(made, "revision", viewer)
    db.session.commit()
    return made


@pytest.fixture
def browser(sign_in: Any, officer: Account) -> FlaskClient:
    client: FlaskClient = sign_in(officer)
    return client


def page_of(browser: FlaskClient, case: Case, path: str = "") -> str:
    answer = browser.get(f"/cases/{case.number}/precheck{path}")
    assert answer.status_code == 200
    text = re.sub(r"\s+", " ", answer.get_data(as_text=True))
    assert " style=" not in text
    return text


def test_each_criterion_shows_outcome_finding_rule_basis_and_facts(browser: FlaskClient, case: Case) -> None:
    page = page_of(browser, case)
    for shown in (
        "112,000,000 won",
        "Good conduct",
        "Not met",
        "What would settle it:",
        "Basis:",
        f"/cases/{case.number}/facts/income#income-rows-0-amount",
        "Income › row 1 › Amount",
        "Reference figures used",
        "49,955,000",
        "All runs",
    ):
        assert shown in page, shown


def test_every_fact_that_was_read_leads_to_its_place_in_the_forms(browser: FlaskClient, case: Case) -> None:
    links = set(re.findall(r'href="(/cases/[^"]+/facts/[^"#]+)#([^"]+)"', page_of(browser, case)))
    assert len(links) > 20
    pages = {address: browser.get(address).get_data(as_text=True) for address, _anchor in links}
    assert [
        (address, anchor) for address, anchor in sorted(links) if f'id="{anchor}"' not in pages[address]
    ] == []


def test_who_only_reads_is_led_to_the_facts_as_they_stand(sign_in: Any, case: Case) -> None:
    browser = sign_in(factories.account(Role.SUPERVISOR))
    links = set(re.findall(r'href="(/cases/[^"]+/facts)#([^"]+)"', page_of(browser, case)))
    page = browser.get(f"/cases/{case.number}/facts").get_data(as_text=True)
    assert [anchor for _address, anchor in sorted(links) if f'id="{anchor}"' not in page] == []
    assert {anchor for _address, anchor in links} >= {"income", "stays"}


def test_the_page_speaks_the_reader_s_language(browser: FlaskClient, case: Case) -> None:
    browser.post("/language", data={"language": "ko"})
    page = page_of(browser, case)
    assert "112,000,000원" in page
    assert "품행 단정" in page


def test_a_case_without_a_run_offers_one(browser: FlaskClient) -> None:
    case = factories.case()
    assert "Run the pre-check" in page_of(browser, case)
    answer = browser.post(f"/cases/{case.number}/precheck/runs")
    assert answer.headers["Location"].endswith(f"/cases/{case.number}/precheck")
    assert db.session.scalars(select(Run.trigger).where(Run.case_id == case.id)).all() == ["demand"]


def test_run_again_keeps_the_run_and_shows_what_changed(browser: FlaskClient, case: Case) -> None:
    answer = browser.post(f"/cases/{case.number}/precheck/runs", follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert "Run 2 and run 3" in page
    assert "Both runs found the same." in page


def test_two_runs_stand_side_by_side(browser: FlaskClient, case: Case) -> None:
    page = page_of(browser, case, "/comparison?before=1&after=2")
    assert "Run 1 and run 2" in page
    assert "Facts that changed" in page
    assert "2024-02-01" in page


@pytest.mark.parametrize("sides", ["", "?before=1&after=9", "?before=x&after=1"])
def test_runs_that_do_not_exist_are_not_compared(browser: FlaskClient, case: Case, sides: str) -> None:
    assert browser.get(f"/cases/{case.number}/precheck/comparison{sides}").status_code == 404


def test_an_earlier_run_says_that_it_is_one(browser: FlaskClient, case: Case) -> None:
    page = page_of(browser, case, "/runs/1")
    assert "This is an earlier run." in page
    assert "Depart from this outcome" not in page
    assert browser.get(f"/cases/{case.number}/precheck/runs/9").status_code == 404


def test_a_run_that_is_no_longer_current_says_so(browser: FlaskClient, case: Case, officer: Account) -> None:
    assert "have changed since this run" not in page_of(browser, case)
    with_fine(case, viewer_of(officer), completed_on="2024-03-01")
    db.session.commit()
    assert "have changed since this run" in page_of(browser, case)


def test_an_officer_departs_with_a_reason_which_stays_beside_the_outcome(
    browser: FlaskClient, case: Case
) -> None:
    address = f"/cases/{case.number}/precheck/criteria/{FINE}/departure"
    assert "Depart from an outcome" in browser.get(address).get_data(as_text=True)
    data = {"run": "2", "to_outcome": "met", "reason": REASON}
    answer = browser.post(address, data=data)
    assert answer.status_code == 302
    page = page_of(browser, case)
    assert REASON in page
    assert "against run 2" in page
    assert "found: Not met" in page
    departure = db.session.scalars(select(Departure)).one()
    withdrawal = f"/cases/{case.number}/precheck/departures/{departure.id}/withdrawal"
    assert browser.post(withdrawal).status_code == 302
    assert "Withdrawn departures (1)" in page_of(browser, case)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"run": "2", "to_outcome": "met", "reason": "short"}, 422),
        ({"run": "2", "to_outcome": "met", "reason": ""}, 422),
        ({"run": "2", "to_outcome": "not_met", "reason": REASON}, 422),
        ({"run": "2", "reason": REASON}, 422),
        ({"run": "1", "to_outcome": "met", "reason": REASON}, 409),
        ({"run": "x", "to_outcome": "met", "reason": REASON}, 409),
    ],
)
def test_a_departure_that_lacks_something_is_refused(
    browser: FlaskClient, case: Case, data: dict[str, str], status: int
) -> None:
    answer = browser.post(f"/cases/{case.number}/precheck/criteria/{FINE}/departure", data=data)
    assert answer.status_code == status
    assert db.session.scalars(select(Departure)).all() == []


def test_a_departure_that_no_longer_fits_says_so(browser: FlaskClient, case: Case, officer: Account) -> None:
    viewer = viewer_of(officer)
    depart(case, FINE, "review", REASON, viewer)
    with_fine(case, viewer, sentenced_on="2020-01-10", completed_on="2020-02-01")
    run(case, "revision", viewer)
    db.session.commit()
    page = page_of(browser, case)
    assert "Made against run 2; the outcome has changed since." in page
    assert "Depart from this outcome" in page


READ = ("", "/runs/1", "/comparison?before=1&after=2")
WRITE = ("/runs", f"/criteria/{FINE}/departure", "/departures/1/withdrawal")


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.RECEPTION, 200),
        (Role.SUPERVISOR, 200),
        (Role.AUDITOR, 200),
        (Role.HEADQUARTERS, 302),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_others_read_what_they_may_and_change_nothing(
    sign_in: Any, case: Case, role: Role, reads: int
) -> None:
    browser = sign_in(factories.account(role))
    for path in READ:
        assert browser.get(f"/cases/{case.number}/precheck{path}").status_code == reads
    for path in WRITE:
        assert browser.post(f"/cases/{case.number}/precheck{path}").status_code == 403


def test_another_office_s_case_does_not_exist(sign_in: Any, case: Case) -> None:
    browser = sign_in(factories.account(Role.OFFICER, at="busan"))
    for path in READ:
        assert browser.get(f"/cases/{case.number}/precheck{path}").status_code == 404
    for path in WRITE:
        assert browser.post(f"/cases/{case.number}/precheck{path}").status_code == 404


def test_the_page_takes_few_statements_however_many_runs_there_are(
    browser: FlaskClient, case: Case, officer: Account
) -> None:
    for _ in range(10):
        run(case, "demand", viewer_of(officer))
    db.session.commit()
    page_of(browser, case)
    with statements() as seen:
        page_of(browser, case)
    # Session, case, presence and reminders of every page, and what the run needs.
    assert len([text for text in seen if text.startswith("SELECT")]) <= 11, seen


def test_a_double_click_makes_two_runs_and_loses_none(app: Flask, sign_in: Any, officer: Account) -> None:
    case = factories.case(assignee=officer)
    address = f"/cases/{case.number}/precheck/runs"
    browsers = [sign_in(officer) for _ in range(4)]
    db.session.commit()

    def click(browser: FlaskClient) -> int:
        with app.app_context():
            return browser.post(address).status_code

    with ThreadPoolExecutor(4) as at_once:
        statuses = list(at_once.map(click, browsers))
    assert statuses == [302] * 4
    assert sorted(db.session.scalars(select(Run.number).where(Run.case_id == case.id))) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("vector", "shown"),
    [
        ("household-income", ("Household: who counts and who does not", "spouse")),
        ("f511-thirty-and-fifty", ("<caption>Points</caption>", "Mandatory", "Total")),
        ("record-third-country-missing", ("country by country", "Japan", "none handed in")),
        ("stay-gap", ("Periods, as of 2025-05-12", "E-7-1")),
        ("f51-meets-all", ("Documents that are asked for", "Passport")),
    ],
)
def test_the_sheet_behind_a_finding_is_a_table(
    browser: FlaskClient, officer: Account, vector: str, shown: tuple[str, ...]
) -> None:
    case = factories.case(assignee=officer, facts=factories.dossier(vector))
    run(case, "demand", viewer_of(officer))
    db.session.commit()
    page = page_of(browser, case)
    assert [words for words in shown if words not in page] == []


def test_no_sentence_names_a_place_of_the_file(browser: FlaskClient, case: Case) -> None:
    text = re.sub(r"<[^>]+>", " ", page_of(browser, case))
    assert "Sentences › row 1" in text
    assert re.findall(r"[a-z_]+\[\d+\]", text) == []


@pytest.mark.parametrize(
    ("vector", "changes", "warning"),
    [
        ("f51-meets-all", {"received_on": "2026-09-18"}, "A later manual exists since 2026-09-18"),
        ("f52-median-assets", {}, "figures that headquarters has not confirmed"),
        ("f51-meets-all", {}, ""),
    ],
)
def test_what_an_officer_must_know_before_relying_on_a_run_is_said_on_top(
    browser: FlaskClient, officer: Account, vector: str, changes: dict[str, str], warning: str
) -> None:
    case = factories.case(assignee=officer, facts=factories.dossier(vector, **changes))
    run(case, "demand", viewer_of(officer))
    db.session.commit()
    page = page_of(browser, case)
    assert warning in page
    assert ("notice--warning" in page) is bool(warning)


def test_contradictions_in_the_facts_are_said_on_top(browser: FlaskClient, officer: Account) -> None:
    facts = factories.dossier()
    facts["stays"][0]["to"] = "2010-01-01"
    case = factories.case(assignee=officer, facts=facts)
    run(case, "demand", viewer_of(officer))
    db.session.commit()
    assert "before it begins on 2018-09-01" in page_of(browser, case)
