"""What if: changed facts are judged beside the latest run, and nothing of them is kept."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.store import store
from kis.precheck.operations import run
from tests import factories
from tests.precheck.test_runs import with_fine

ACCESS_LOG = "access_record"
FINE = {
    "section": "criminal_record",
    "criminal_record-rows-0-kept": "1",
    "criminal_record-rows-0-country": "KOR",
    "criminal_record-rows-0-sentence": "fine",
    "criminal_record-rows-0-offence": "other",
    "criminal_record-rows-0-sentenced_on": "2024-01-10",
    "criminal_record-rows-0-completed_on": "2024-02-01",
}


@pytest.fixture
def officer(app: Flask) -> Account:
    return factories.account(Role.OFFICER)


@pytest.fixture
def case(officer: Account) -> Case:
    made = factories.case(assignee=officer)
    run(made, "demand", viewer_of(officer))
    db.session.commit()
    return made


@pytest.fixture
def browser(sign_in: Any, officer: Account) -> FlaskClient:
    client: FlaskClient = sign_in(officer)
    return client


def address(case: Case) -> str:
    return f"/cases/{case.number}/what-if"


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def carried(page: str) -> str:
    """The sealed copy in a page."""
    found = re.search(r'name="copy" value="([^"]+)"', page)
    assert found
    return found[1]


def start(browser: FlaskClient, case: Case) -> str:
    return carried(text_of(browser.get(address(case))))


def step(browser: FlaskClient, case: Case, copy: str, name: str, status: int = 200, **fields: str) -> str:
    """The page that a step on the copy leads to."""
    return text_of(browser.post(address(case), data={"copy": copy, "step": name} | fields), status)


def rows_of_all_tables() -> dict[str, int]:
    """How many rows each table holds."""
    count = {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }
    db.session.rollback()
    return count


def stored_files() -> list[str]:
    return sorted(path.name for path in store().root.rglob("*") if path.is_file())  # type: ignore[attr-defined]


def test_an_untouched_copy_gives_what_the_run_found(browser: FlaskClient, case: Case) -> None:
    page = text_of(browser.get(address(case)))
    assert "Nothing is changed in the copy yet." in page
    assert "The copy gives the same findings as the run." in page


def test_a_changed_section_is_judged_beside_the_latest_run(browser: FlaskClient, case: Case) -> None:
    copy = start(browser, case)
    form = step(browser, case, copy, "section", section="criminal_record")
    assert 'name="criminal_record-none"' in form
    page = step(browser, case, carried(form), "change", **FINE)
    for shown in (
        "Run 1",
        "With the changes",
        "Facts that changed",
        "2024-02-01",
        "Not met",
        "Criminal fine",
    ):
        assert shown in page, shown


def test_changes_add_up_from_step_to_step(browser: FlaskClient, case: Case) -> None:
    page = step(browser, case, start(browser, case), "change", **FINE)
    page = step(browser, case, carried(page), "day", received_on="2027-02-01")
    assert "Judge on this day" in page
    assert "Now 2027-02-01" in page
    assert "2024-02-01" in page
    form = step(browser, case, carried(page), "section", section="criminal_record")
    assert 'value="2024-02-01"' in form


def test_another_day_of_application_is_judged_by_that_day(
    browser: FlaskClient, sign_in: Any, officer: Account
) -> None:
    case = factories.case(assignee=officer, facts=factories.dossier("conduct-fine-day-short"))
    run(case, "demand", viewer_of(officer))
    db.session.commit()
    page = step(browser, case, start(browser, case), "day", received_on="2025-05-13")
    row = re.search(r'<tr><th scope="row">Good conduct</th>(.*?)</tr>', page)
    assert row
    assert re.findall(r"Not met|Met", re.sub(r"<[^>]+>", " ", row[1])) == ["Not met", "Met"]


@pytest.mark.parametrize("day", ["", "2025-02-30", "tomorrow"])
def test_a_day_that_does_not_exist_is_asked_for_again(browser: FlaskClient, case: Case, day: str) -> None:
    page = step(browser, case, start(browser, case), "day", 422, received_on=day)
    assert "field--invalid" in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_judged_as_well(browser: FlaskClient, case: Case, day: str) -> None:
    assert day in step(browser, case, start(browser, case), "day", received_on=day)


def test_rows_are_added_and_removed_on_the_copy(browser: FlaskClient, case: Case) -> None:
    copy = start(browser, case)
    button = {"section": "stays", "add-row": "stays-rows"}
    page = step(browser, case, copy, "change", **button)
    assert 'name="stays-rows-0-status"' in page
    refused = {"section": "stays", "stays-rows-0-kept": "1", "stays-rows-0-status": "nonsense"}
    assert "Write the code of the status" in step(browser, case, copy, "change", 422, **refused)


def test_nothing_is_written_but_the_access_log(browser: FlaskClient, case: Case) -> None:
    before, revision, outcome, files = (
        rows_of_all_tables(),
        case.revision,
        case.precheck_outcome,
        stored_files(),
    )
    copy = start(browser, case)
    step(browser, case, copy, "section", section="criminal_record")
    page = step(browser, case, copy, "change", **FINE)
    step(browser, case, carried(page), "day", received_on="2027-02-01")
    step(browser, case, carried(page), "result")
    after = rows_of_all_tables()
    changed = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert changed == {ACCESS_LOG: 5}
    db.session.refresh(case)
    assert (case.revision, case.precheck_outcome, stored_files()) == (revision, outcome, files)


def test_a_copy_is_sealed_and_opens_for_its_account_and_case_alone(
    browser: FlaskClient, sign_in: Any, case: Case, officer: Account
) -> None:
    copy = start(browser, case)
    other_case = factories.case(assignee=officer)
    colleague = sign_in(factories.account(Role.OFFICER))
    assert "Start over" in step(browser, other_case, copy, "result", 409)
    assert "Start over" in step(colleague, case, copy, "result", 409)
    for broken in ("", "x", copy[:-8], "ä", copy[:40] + ("A" if copy[40] != "A" else "B") + copy[41:]):
        assert "can no longer be read" in step(browser, case, broken, "result", 409)


def test_a_copy_of_an_earlier_revision_says_so(browser: FlaskClient, case: Case, officer: Account) -> None:
    copy = start(browser, case)
    with_fine(case, viewer_of(officer))
    db.session.commit()
    assert "The copy was taken from revision 1" in step(browser, case, copy, "result")


def test_a_case_without_a_run_has_nothing_to_compare_with(browser: FlaskClient, officer: Account) -> None:
    case = factories.case(assignee=officer)
    assert "run the pre-check first" in text_of(browser.get(address(case)))


def test_a_section_that_does_not_exist_is_not_found(browser: FlaskClient, case: Case) -> None:
    step(browser, case, start(browser, case), "section", 404, section="nonsense")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 200),
        (Role.SUPERVISOR, 200),
        (Role.RECEPTION, 403),
        (Role.HEADQUARTERS, 403),
        (Role.AUDITOR, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_who_reviews_or_decides_may_ask(sign_in: Any, case: Case, role: Role, status: int) -> None:
    assert sign_in(factories.account(role)).get(address(case)).status_code == status


def test_another_office_s_case_does_not_exist(sign_in: Any, case: Case) -> None:
    assert sign_in(factories.account(Role.OFFICER, at="busan")).get(address(case)).status_code == 404


def test_every_section_opens_as_a_form(browser: FlaskClient, case: Case) -> None:
    page = text_of(browser.get(address(case)))
    copy = carried(page)
    sections = re.findall(r'<option value="([a-z_]+)"', page)
    assert len(sections) > 20
    for section in sections:
        assert "Show the result" in step(browser, case, copy, "section", section=section)
