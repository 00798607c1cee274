"""A section under the hand of an officer, in Chromium, with the strict policy of the application."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from kis.cases.queries import latest_revision
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
