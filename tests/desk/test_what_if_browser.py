"""What if, under the hand of an officer in Chromium, with the strict policy of the application."""

from typing import Any

from flask import Flask
from playwright.sync_api import Page

from kis.accounts.sessions import viewer_of
from kis.cases.queries import latest_revision
from kis.core.extensions import db
from kis.precheck.operations import run
from tests import factories
from tests.cases.test_facts_browser import played
from tests.documents.test_browser import AXE, served

DAY = "[name='stays-rows-0-from']"
ACCESS = f"{AXE.read_text()}; axe.run().then(found => found.violations.map(fault => fault.id))"


def test_an_officer_changes_a_stay_on_the_copy_and_sees_the_difference(app: Flask) -> None:
    officer = factories.account(name="officer-kim")
    case = factories.case(assignee=officer)
    run(case, "demand", viewer_of(officer))
    db.session.commit()
    rows = len(case_stays := latest_revision(case).facts["stays"])

    def scenes(page: Page) -> list[Any]:
        faults = page.evaluate(ACCESS)
        page.get_by_label("Section of the facts").select_option("stays")
        page.get_by_role("button", name="Change this section").click()
        page.get_by_role("button", name="Add a row").click()
        page.wait_for_selector(f"[name='stays-rows-{rows}-from']")
        page.click(f"[name=remove-row][value='stays-rows-{rows}']")
        page.wait_for_selector(f"[name='stays-rows-{rows}-from']", state="detached")
        page.fill(DAY, "2023-09-01")
        faults += page.evaluate(ACCESS)
        page.get_by_role("button", name="Show the result").last.click()
        shown = page.get_by_role("group", name="Facts that changed").inner_text()
        page.get_by_text("The timeline as a table").click()
        faults += page.evaluate(ACCESS)
        return ["2023-09-01" in shown, page.locator("svg.picture").is_visible(), faults]

    with served(app) as address:
        seen, complaints = played(address, f"/cases/{case.number}/what-if", scenes)
    assert seen == [True, True, []]
    assert not complaints
    db.session.rollback()
    assert latest_revision(case).facts["stays"] == case_stays
