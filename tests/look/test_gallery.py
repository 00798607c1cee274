"""What every page promises to the eye, the keyboard and the security policy, in a real browser."""

from pathlib import Path

import pytest

from tests.look.conftest import Look

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FAULTS = """axe.run().then(found => found.violations
  .filter(fault => ["serious", "critical"].includes(fault.impact))
  .map(fault => fault.id + ": " + fault.nodes.map(node => node.html).join(" ")))"""
PAGES = ("components", "queue", "case", "checklist", "review/pdf", "form", "sign-in")
ROWS_IN_SIGHT = """() => {
  const pane = document.querySelector(".table-pane").getBoundingClientRect();
  const rows = [...document.querySelectorAll("[data-list] tbody tr")].map(row => row.getBoundingClientRect());
  return rows.filter(row => row.bottom <= Math.min(pane.bottom, innerHeight)).length;
}"""


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_keeps_the_policy_and_has_no_serious_fault_of_access(look: Look, name: str) -> None:
    page = look.open(name)
    found = page.evaluate(f"{AXE.read_text()}; {FAULTS}")
    assert found == []
    assert look.faults == []


def test_an_error_page_says_what_happened_and_leads_on(look: Look) -> None:
    page = look.open("error/409")
    assert "Nothing was lost" in page.inner_text("main")
    assert page.get_by_role("link").filter(visible=True).count() >= 1


def test_a_failure_is_told_without_asking_for_the_account(look: Look) -> None:
    page = look.open("error/500")
    assert page.locator(".nav").count() == 0
    assert "5f2c9a10be44" in page.inner_text("main")


def test_leaving_with_unsaved_changes_is_asked_about_and_saving_is_not(look: Look) -> None:
    asked: list[str] = []
    page = look.open("form")
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#name", "NGUYEN")
    page.click("button:text-is('Save as a new revision')")
    page.wait_for_selector(".error-summary")
    assert asked == []
    page.fill("#name", "NGUYEN THI HOA")
    page.click(".bar__product")
    page.wait_for_url(lambda address: not address.endswith("/form"))
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_twenty_cases_stand_on_one_screen(look: Look) -> None:
    page = look.open("queue")
    assert page.evaluate(ROWS_IN_SIGHT) >= 20
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_head_and_the_first_column_stay_in_sight(look: Look) -> None:
    page = look.open("queue")
    page.evaluate("document.querySelector('.table-pane').scrollTop = 400")
    pane = page.locator(".table-pane").bounding_box()
    head = page.locator("thead th").first.bounding_box()
    assert pane and head
    assert abs(head["y"] - pane["y"]) <= 2


def test_a_list_is_walked_with_j_and_k_and_opened_with_enter(look: Look) -> None:
    page = look.open("queue")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    assert page.locator("tr.is-current th").inner_text() == "SEO-2026-001241"
    page.keyboard.press("Enter")
    page.wait_for_url("**/case")


def test_a_slash_goes_to_the_search_and_then_keys_are_letters(look: Look) -> None:
    page = look.open("queue")
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.locator("[data-search]").input_value() == "jk?"
    assert page.locator("tr.is-current").count() == 0


def test_a_question_mark_opens_the_help_and_escape_closes_it(look: Look) -> None:
    page = look.open("case")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_rows_are_added_and_removed_in_place_and_keep_what_was_typed(look: Look) -> None:
    page = look.open("form")
    page.fill("#name", "NGUYEN")
    page.fill("#stays-0-status", "E-7-1")
    page.click("button[name='add-row'][value='stays']")
    page.wait_for_selector("#stays-1-status:focus")
    assert page.input_value("#stays-0-status") == "E-7-1"
    page.click("button[name='remove-row'][value='stays-1']")
    page.wait_for_selector("#stays-1-status", state="detached")
    assert page.input_value("#name") == "NGUYEN"
    assert look.faults == []


def test_errors_are_listed_first_and_lead_to_their_fields(look: Look) -> None:
    page = look.open("form")
    page.click("button:text-is('Save as a new revision')")
    page.wait_for_selector(".error-summary:focus")
    page.click(".error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "name"


def test_a_form_is_sent_once_however_often_its_button_is_pressed(look: Look) -> None:
    page = look.open("form")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route("**/form", lambda route: None if route.request.method == "POST" else route.continue_())
    page.evaluate(
        "button => { button.click(); button.click(); setTimeout(() => button.click(), 50); }",
        page.query_selector("button:text-is('Save as a new revision')"),
    )
    page.wait_for_timeout(300)
    assert len(sent) == 1


def test_unsaved_changes_are_said(look: Look) -> None:
    page = look.open("form")
    page.fill("#name", "NGUYEN")
    assert page.locator("[data-unsaved]").inner_text() != ""


def test_a_scan_is_shown_paged_enlarged_and_turned(look: Look) -> None:
    page = look.open("review/pdf")
    page.wait_for_selector("canvas[data-painted='done']")
    upright = page.locator("canvas").first.bounding_box()
    page.click("[data-tool='rotate']")
    page.wait_for_selector("canvas[data-painted='done']")
    lying = page.locator("canvas").first.bounding_box()
    assert upright and lying
    assert upright["height"] > upright["width"]
    assert lying["width"] > lying["height"]
    page.click("[data-tool='next']")
    assert page.input_value("[data-page]") == "2"
    page.click("[data-tool='larger']")
    assert page.inner_text("[data-scale]") != "100%"
    assert look.faults == []


INK = """() => {
  const canvas = document.querySelector("canvas");
  return [...canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 5, 1, 1).data.slice(0, 3)];
}"""


@pytest.mark.parametrize("kind", ["pdf-scanned", "photograph"])
def test_a_scanned_page_and_a_photograph_are_shown_in_their_colours(look: Look, kind: str) -> None:
    page = look.open(f"review/{kind}")
    page.wait_for_selector("canvas[data-painted='done']")
    red, green, blue = page.evaluate(INK)
    assert blue > 100
    assert max(red, green) < 40
    assert look.faults == []


def test_a_file_that_cannot_be_shown_says_so(look: Look) -> None:
    page = look.open("review/pdf")
    page.route("**/scan/pdf", lambda route: route.fulfill(body="not a pdf", content_type="application/pdf"))
    page.reload()
    page.wait_for_selector("[data-status]:not(:empty)")


def test_a_partial_request_after_the_session_ended_loads_the_page_anew(look: Look) -> None:
    page = look.open("queue")
    with page.expect_navigation():
        page.evaluate("htmx.ajax('GET', '/sign-in', {target: '.queue', swap: 'innerHTML'})")
    assert page.locator(".queue table").count() == 1


def test_a_refused_partial_request_is_told_at_the_top_and_the_page_stays(look: Look) -> None:
    page = look.open("queue")
    page.evaluate("htmx.ajax('GET', '/error/409', {target: '.queue', swap: 'innerHTML'})")
    page.wait_for_selector("#messages [role='alert']")
    assert page.locator(".queue table").count() == 1
