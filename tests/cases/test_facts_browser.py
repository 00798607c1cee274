"""A section under the hand of an officer, in Chromium, with the strict policy of the application."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from kis.cases.operations import revise_facts
from kis.cases.queries import latest_revision
from kis.core.database import transaction
from kis.core.extensions import db
from tests import factories
from tests.documents.test_browser import AXE, CHROMIUM, served, sign_in

FIRST, SECOND = "[name='trips-rows-0-from']", "[name='trips-rows-1-from']"


def played(address: str, path: str, scenes: Any) -> Any:
    """Plays in a thread of its own: Playwright allows one driver to a thread."""

    def play() -> Any:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en")
            faults: list[str] = []
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            sign_in(page, address, "officer-kim")
            page.goto(f"{address}{path}")
            return scenes(page), faults

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(play).result()


def test_rows_come_and_go_in_place_and_keep_what_was_typed(app: Flask) -> None:
    case = factories.case(assignee=factories.account(name="officer-kim"))
    path = f"/cases/{case.number}/facts/trips"

    def scenes(page: Page) -> list[Any]:
        page.click("[name=add-row]")
        page.wait_for_selector(FIRST)
        focused = page.evaluate("document.activeElement.name")
        page.fill(FIRST, "2024-01-02")
        page.click("[name=add-row]")
        page.fill(SECOND, "2024-03-02")
        kept = page.input_value(FIRST)
        page.click("[name=remove-row][value='trips-rows-0']")
        page.wait_for_selector(FIRST, state="detached")
        faults_of_access = page.evaluate(
            f"{AXE.read_text()}; axe.run().then(f => f.violations.map(v => v.id))"
        )
        page.press(SECOND, "Enter")
        page.wait_for_url("**/facts#trips")
        return [focused, kept, faults_of_access]

    with served(app) as address:
        seen, faults = played(address, path, scenes)
    assert seen == ["trips-rows-0-from", "2024-01-02", []]
    assert not faults
    db.session.rollback()
    assert latest_revision(case).facts["trips"] == [{"from": "2024-03-02"}]


def test_two_who_edit_the_same_section_choose_what_is_kept(app: Flask) -> None:
    case = factories.case(assignee=factories.account(name="officer-kim"))
    other = factories.viewer()
    path = f"/cases/{case.number}/facts/statements"

    def scenes(page: Page) -> list[Any]:
        page.fill("[name=reason]", "Mine: to stay with my work")
        with app.app_context(), transaction():
            again = db.session.get_one(type(case), case.id)
            facts = latest_revision(again).facts | {"reason": "Theirs: to stay with the family"}
            revise_facts(again, facts, 1, other)
        page.get_by_role("button", name="Save as a new revision").click()
        page.wait_for_selector("[name=against]", state="attached")
        table = page.inner_text(".table--choices")
        faults = page.evaluate(f"{AXE.read_text()}; axe.run().then(f => f.violations.map(v => v.id))")
        page.get_by_role("button", name="Save with these choices").click()
        asked = page.inner_text(".error-summary")
        page.get_by_label("Mine: to stay with my work").check()
        page.get_by_role("button", name="Put both together and look at it first").click()
        looked = page.input_value("[name=reason]")
        page.get_by_role("button", name="Save as a new revision").click()
        page.wait_for_url("**/facts#statements")
        return [
            "Theirs: to stay with the family" in table,
            "both changed it" in table,
            faults,
            "Choose for each place" in asked,
            looked,
        ]

    with served(app) as address:
        seen, _faults = played(address, path, scenes)
    assert seen == [True, True, [], True, "Mine: to stay with my work"]
    db.session.rollback()
    db.session.expire_all()
    assert latest_revision(case).facts["reason"] == "Mine: to stay with my work"
    assert case.revision == 3
