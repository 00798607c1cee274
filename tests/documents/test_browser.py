"""The checklist under the hand of an officer, in Chromium, with the strict policy of the application."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from kis.accounts.sessions import viewer_of
from kis.core.database import transaction
from kis.core.extensions import db
from kis.documents.models import CaseDocument
from kis.documents.operations import attach_scan, mark_submitted, note_defect
from tests import factories
from tests.documents.support import case_with, pdf, row

CHROMIUM = "/usr/bin/chromium"
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
REFUSED = "status of 409"


@dataclass
class Desk:
    """A signed-in browser on the checklist of a case, and what the browser complained about."""

    page: Page
    address: str
    faults: list[str]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def played(address: str, name: str, number: str, scenes: Callable[[Desk], Any]) -> Any:
    """Plays in a thread of its own: Playwright allows one driver to a thread."""

    def play() -> Any:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en")
            faults: list[str] = []
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            sign_in(page, address, name)
            page.goto(f"{address}/cases/{number}/documents")
            answer = scenes(Desk(page, address, faults))
            browser.close()
            return answer, faults

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(play).result()


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", factories.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.fixture
def house(app: Flask) -> dict[str, Any]:
    """An officer, a case in review, and the rows that the scenes touch."""
    officer = factories.account(name="officer-kim")
    dossier = factories.dossier("f52-married-meets-all")
    case = case_with(dossier["documents"], dossier, assignee=officer)
    codes = ("common-01", "common-06", "common-07")
    house = {"number": case.number} | {code: row(case, code).id for code in codes}
    db.session.commit()
    return house


def test_a_tick_by_keyboard_stands_and_leaves_what_is_being_typed(app: Flask, house: dict[str, Any]) -> None:
    number = house["common-06"]

    def scenes(desk: Desk) -> list[Any]:
        page = desk.page
        page.fill(f"#issued_on-{number}", "2025-03-03")
        page.focus(f"#tick-{number}")
        page.keyboard.press("Space")
        page.wait_for_selector(f"#review-{number} time")
        focus = page.evaluate("document.activeElement.id")
        typed = page.input_value(f"#issued_on-{number}")
        page.click(f"#save-{number}")
        page.wait_for_selector(f"#version-{number}[value='3']", state="attached")
        return [page.is_checked(f"#tick-{number}"), focus, typed, page.input_value(f"#issued_on-{number}")]

    with served(app) as address:
        seen, faults = played(address, "officer-kim", house["number"], scenes)
    assert seen == [True, f"tick-{number}", "2025-03-03", "2025-03-03"]
    assert not faults
    document = db.session.get_one(CaseDocument, number)
    assert document.review_stands and str(document.issued_on) == "2025-03-03"


def test_what_is_typed_beside_what_was_sent_stays(app: Flask, house: dict[str, Any]) -> None:
    """On the page of a document each form answers with all of them."""
    number = house["common-06"]

    def scenes(desk: Desk) -> list[Any]:
        page = desk.page
        page.goto(f"{desk.address}/cases/{house['number']}/documents/{number}")
        page.fill(f"#defect-{number}", "Cannot be read.")
        page.fill(f"#issued_on-{number}", "2025-03-03")
        page.click(f"#tick-{number}")
        page.wait_for_selector("#side time")
        ticked = [page.input_value(f"#{field}-{number}") for field in ("defect", "issued_on")]
        page.click("text=Save the mark and dates")
        page.wait_for_selector("input[name=was][value$='2025-03-03|']", state="attached")
        return [*ticked, page.input_value(f"#defect-{number}")]

    with served(app) as address:
        seen, faults = played(address, "officer-kim", house["number"], scenes)
    assert seen == ["Cannot be read.", "2025-03-03", "Cannot be read."]
    assert not faults


def test_what_is_typed_stays_upon_what_it_was_typed_upon(app: Flask, house: dict[str, Any]) -> None:
    """Else it would overwrite unseen what a colleague saved meanwhile."""
    number = house["common-06"]

    def scenes(desk: Desk) -> str:
        page = desk.page
        page.goto(f"{desk.address}/cases/{house['number']}/documents/{number}")
        page.fill(f"#defect-{number}", "Cannot be read.")
        with app.app_context(), transaction():
            document = db.session.get_one(CaseDocument, number)
            note_defect(document, "The seal is missing.", factories.viewer(), document.version)
        page.fill(f"#issued_on-{number}", "2025-03-03")
        page.click("text=Save the mark and dates")
        page.wait_for_selector("input[name=was][value$='2025-03-03|']", state="attached")
        page.click("text=Save the defect")
        page.wait_for_selector(".table--choices")
        return page.inner_text(".table--choices")

    with served(app) as address:
        seen, faults = played(address, "officer-kim", house["number"], scenes)
    assert "Cannot be read." in seen and "The seal is missing." in seen
    assert all(REFUSED in fault for fault in faults)


def test_a_tick_that_is_refused_shows_the_box_as_it_was_and_says_why(
    app: Flask, house: dict[str, Any]
) -> None:
    number = house["common-07"]

    def scenes(desk: Desk) -> list[Any]:
        change_meanwhile(app, number)
        desk.page.click(f"#tick-{number}")
        desk.page.wait_for_selector("#messages [role=alert]")
        return [desk.page.is_checked(f"#tick-{number}"), desk.page.inner_text("#messages")]

    with served(app) as address:
        (checked, message), faults = played(address, "officer-kim", house["number"], scenes)
    assert not checked and "Somebody else changed this document" in message
    assert all(REFUSED in fault for fault in faults)
    assert db.session.get_one(CaseDocument, number).reviewed_at is None


def change_meanwhile(app: Flask, number: int) -> None:
    with app.app_context(), transaction():
        colleague = factories.viewer()
        document = db.session.get_one(CaseDocument, number)
        mark_submitted(document, False, None, None, colleague, document.version)


def test_both_pages_are_free_of_faults_that_axe_can_see(app: Flask, house: dict[str, Any]) -> None:
    if not AXE.exists():
        pytest.fail("axe-core is not installed: run make setup")
    document = db.session.get_one(CaseDocument, house["common-01"])
    attach_scan(document, "form.pdf", pdf(2), viewer_of(factories.account()))
    db.session.commit()

    def scenes(desk: Desk) -> list[Any]:
        found = axe(desk.page)
        desk.page.goto(f"{desk.page.url}/{house['common-01']}")
        desk.page.wait_for_selector("[data-viewer][data-ready]")
        return found + axe(desk.page)

    with served(app) as address:
        found, faults = played(address, "officer-kim", house["number"], scenes)
    assert not found
    assert not faults


def axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in page.evaluate("axe.run()")["violations"]]
