"""A short story of each role, at the application as it is served."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kis.accounts.demo import PASSWORD
from tests.documents import support
from tests.stories.counter import in_review, letter_text, registered

Fields = dict[str, str]
PERSON: Fields = {
    "application-received_on": "2026-05-12",
    "applicant-family_name": "RAHMAN",
    "applicant-given_names": "AYESHA",
    "applicant-local_name": "라만 아예샤",
    "applicant-birth_date": "1988-07-14",
    "applicant-passport_number": "B7654321",
    "applicant-phone": "010-0000-7777",
    "applicant-address": "Guro-gu, Seoul",
}
ROWS: dict[str, Fields] = {
    "schools": {"name": "Dhaka University", "from_year": "2006", "to_year": "2011", "location": "Dhaka"},
    "family": {"name": "RAHMAN KARIM", "birth_date": "1960-02-03", "address": "Dhaka"},
    "abroad": {"from": "2016-09", "to-day": "2017-03", "purpose": "Visiting a brother"},
    "employment": {
        "from": "2019-03-01",
        "employer": "Hangang Precision",
        "location": "Seoul",
        "duties": "Designs gears",
    },
    "pending_proceedings": {"law": "Road Traffic Act", "authority": "Seoul Southern District Court"},
}
STATEMENTS: Fields = {
    "identity_changes": "None.",
    "penalties_stated": "A fine of 300,000 won",
    "reason": "To stay",
}


def fill(page: Page, fields: Fields, prefix: str = "") -> None:
    for name, value in fields.items():
        page.locator(f'[name="{prefix}{name}"]').fill(value)


def fill_row(page: Page, section: str, fields: Fields) -> None:
    """The first row of a list, added where the form has none yet."""
    first = page.locator(f'[name="{section}-rows-0-{next(iter(fields))}"]')
    if not first.count():
        page.locator(f"#rows-{section}-rows button[name=add-row]").click()
    expect(first).to_be_visible()
    fill(page, fields, f"{section}-rows-0-")


def fill_registration(page: Page) -> None:
    """The applicant's form from its top to its end."""
    fill(page, PERSON)
    page.locator('[name="applicant-nationality"]').select_option("BGD")
    page.locator('[name="applicant-sex"]').select_option("F")
    page.locator('[name=category][value="F-5-1"]').check()
    for code in ("common-01", "common-02"):
        page.locator(f"#documents-{code}").check()
    for section, fields in ROWS.items():
        fill_row(page, section, fields)
    page.locator('[name="family-rows-0-relation"]').select_option("father")
    page.locator('[name="abroad-rows-0-country"]').select_option("USA")
    fill(page, STATEMENTS)
    page.locator("[name=signed]").check()


def saved_preview(page: Page) -> None:
    page.locator("form .form__buttons button", has_text="Go on to the preview").click()
    expect(page.get_by_role("heading", name="Preview of the application")).to_be_visible()


def test_reception_registers_by_the_form_and_is_shown_a_likely_duplicate(desk: Any) -> None:
    clerk = desk("han.sora")
    page = clerk.go("/intake/")
    parts = page.locator("fieldset[id^=part-]").evaluate_all("all => all.map(each => each.id.slice(5))")
    assert parts == ["registration", "1", "2", "3", *"abcdefgh"]
    fill_registration(page)
    saved_preview(page)
    for told in (
        "Dhaka University",
        "RAHMAN KARIM",
        "Visiting a brother",
        "Hangang Precision",
        "300,000 won",
    ):
        expect(page.locator("main")).to_contain_text(told)
    expect(page.locator("main")).to_contain_text("no case with the same number", ignore_case=True)
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_text("The application is registered").first).to_be_visible()
    number = page.get_by_role("heading", level=1).inner_text()

    clerk.go("/intake/")
    fill_registration(page)
    saved_preview(page)
    expect(page.get_by_role("region", name="Likely duplicates").first).to_contain_text(number)
    page.get_by_role("button", name="Back to the form").or_(
        page.get_by_role("link", name="Back to the form")
    ).click()
    expect(page.locator('[name="applicant-family_name"]')).to_have_value("RAHMAN")

    clerk.go(f"/cases/{number}/documents")
    expect(page.locator("tr:has(option[value=yes][selected])")).to_have_count(2)
    expect(page.locator("input[type=checkbox][name=reviewed]:enabled")).to_have_count(0)
    assert clerk.faults == []


def test_an_officer_edits_facts_and_reads_the_difference(desk: Any, tmp_path: Path) -> None:
    number, officer = in_review(desk, tmp_path, "f51-meets-all", "S1000001")
    page = officer.go(f"/cases/{number}/facts/schools")
    before = page.locator("#rows-schools-rows .row").count()
    for count in (1, 2):
        page.locator("#rows-schools-rows button[name=add-row]").click()
        expect(page.locator("#rows-schools-rows .row")).to_have_count(before + count)
        # The new row takes the focus; what is typed before would follow it there.
        expect(page.locator(f'[name="schools-rows-{before + count - 1}-name"]')).to_be_focused()
    page.locator(f'[name="schools-rows-{before}-name"]').fill("Hanbit University")
    page.locator("#rows-schools-rows button[name=remove-row]").last.click()
    expect(page.locator("#rows-schools-rows .row")).to_have_count(before + 1)
    page.get_by_role("button", name="Save as a new revision").click()
    expect(page.locator("#messages")).to_contain_text("Revision 2 is saved")
    officer.go(f"/cases/{number}/revisions/2")
    expect(page.locator("main")).to_contain_text("Hanbit University")
    expect(page.locator("main")).to_contain_text("Saved by")
    assert officer.faults == []


def attach(page: Page, path: Path) -> None:
    page.set_input_files("input[type=file][name=file]", path)
    page.get_by_role("button", name="Attach", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("The file is attached")


def scan(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(support.pdf(text=name))
    return path


def test_a_new_scan_clears_the_officers_tick_for_all_to_see(desk: Any, tmp_path: Path) -> None:
    number, officer = in_review(desk, tmp_path, "f51-meets-all", "S1000002")
    page = officer.go(f"/cases/{number}/documents")
    page.locator(".table--checklist a", has_text="Passport").first.click()
    expect(page.locator(".review__side")).to_be_visible()
    attach(page, scan(tmp_path, "passport-1.pdf"))
    expect(page.locator(".review > :first-child")).to_contain_text("passport-1.pdf")
    tick = page.locator("#side input[type=checkbox][name=reviewed]")
    with page.expect_response(re.compile(r"/review$")):
        tick.click()
    expect(page.locator("#side .checklist__who")).to_contain_text("Yun Dohyeon")
    attach(page, scan(tmp_path, "passport-2.pdf"))
    expect(tick).not_to_be_checked()
    expect(page.locator("#messages")).to_contain_text("Review the document again")
    expect(page.locator("#side [data-lapsed]")).to_contain_text("for an earlier file")
    assert officer.faults == []


REASON_KO = "범칙금 납부를 확인할 수 없습니다."
REASON_EN = "No proof that the fine was paid."


def recommend_refusal(officer: Any, number: str) -> None:
    page = officer.go(f"/cases/{number}/decision")
    page.get_by_label("Refuse", exact=True).check()
    page.get_by_label("Grounds of the recommendation").fill("A fine is open.")
    page.locator('[name="stay_expires_on"]').fill("2099-03-31")
    failed = page.locator(".criterion--not_met").first
    failed.locator("input[type=checkbox]").check()
    failed.locator("summary").click()
    failed.locator("textarea[name$=wording_ko]").fill(REASON_KO)
    failed.locator("textarea[name$=wording_en]").fill(REASON_EN)
    page.get_by_role("button", name="Recommend").click()
    expect(page.locator(".case-header")).to_contain_text("Awaiting decision")


def test_a_supervisor_assigns_returns_and_refuses_with_a_letter_that_says_why(
    desk: Any, tmp_path: Path
) -> None:
    number = registered(desk, tmp_path, "conduct-fine-unpaid", "S1000003")
    supervisor = desk("bae.jiho")
    page = supervisor.go("/queue/unassigned")
    page.locator(f'input[name=case][value="{number}"]').check()
    page.locator("#bulk-officer").select_option(label="Yun Dohyeon")
    page.get_by_role("button", name="Assign", exact=True).click()
    page.get_by_role("button", name="Do it for 1 case").click()
    expect(page.locator("#messages")).to_contain_text("1 case assigned")

    officer = desk("yun.dohyeon")
    recommend_refusal(officer, number)
    supervisor.go(f"/cases/{number}/decision")
    page.locator("#return textarea").fill("Ask for the receipt first.")
    page.get_by_role("button", name="Return to the officer").click()
    expect(page.locator(".case-header")).to_contain_text("In review")

    officer.go(f"/cases/{number}/decision")
    expect(officer.page.locator("main")).to_contain_text("Ask for the receipt first.")
    recommend_refusal(officer, number)
    supervisor.go(f"/cases/{number}/decision")
    page.get_by_role("button", name=re.compile("^Decide: ")).click()
    expect(page.locator(".case-header")).to_contain_text("refused", ignore_case=True)
    assert_letter_of_disapproval(letter_text(page, f"{supervisor.address}/cases/{number}/letters"), number)
    assert supervisor.faults + officer.faults == []


def assert_letter_of_disapproval(text: str, number: str) -> None:
    """Reasons, legal basis and remedies, in both languages."""
    flat = " ".join(text.split())
    for said in (number, "불허", REASON_KO, "출입국관리법", "행정심판", "90일"):
        assert said in flat, f"{said} is missing in:\n{text}"
    for said in (REASON_EN, "Immigration Act", "administrative appeal", "90 days"):
        assert said.lower() in flat.lower(), f"{said} is missing in:\n{text}"


def test_headquarters_states_a_reason_and_reads_figures(desk: Any) -> None:
    reader = desk("ryu.taeyang")
    page = reader.go("/queue/open")
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Why do you read case")
    page.locator("#reason").fill("no")
    page.get_by_role("button", name="Open the case").click()
    expect(page.locator(".field__error")).to_contain_text("at least 5 characters")
    page.locator("#reason").fill("Quarterly sample of open cases")
    page.get_by_role("button", name="Open the case").click()
    expect(page.locator(".case-header")).to_be_visible()
    reader.go("/figures/")
    expect(page.locator("main table").first).to_be_visible()
    reader.faults = [fault for fault in reader.faults if "422" not in fault]
    assert reader.faults == []


def test_an_auditor_reads_the_logs_and_changes_nothing(desk: Any) -> None:
    auditor = desk("cha.wonjun")
    page = auditor.go("/oversight/audit")
    expect(page.locator("main tbody tr").first).to_be_visible()
    auditor.go("/oversight/access")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    auditor.go("/queue/open")
    page.locator("tbody th a").first.click()
    address = page.url
    expect(page.locator(".case-header")).to_be_visible()
    for tab in ("facts", "documents", "precheck", "decision", "letters"):
        page.goto(f"{address}/{tab}")
        expect(page.locator(".case-header")).to_be_visible()
        expect(page.locator("main form[method=post]")).to_have_count(0)
    assert auditor.faults == []


def test_an_administrator_makes_an_account_and_disables_it(desk: Any, tmp_path: Path) -> None:
    administrator = desk("gil.nari")
    page, name = administrator.go("/accounts/new"), f"new.officer{time.time_ns() % 1_000_000}"
    fill(page, {"name": name, "full_name": "도새봄", "password": PASSWORD})
    page.locator("[name=role]").select_option("officer")
    page.locator("[name=office]").select_option("seoul-southern")
    page.get_by_role("button", name="Make the account").click()
    expect(page.locator("#messages")).to_contain_text(name)

    number, officer = in_review(desk, tmp_path, "f51-meets-all", f"S{name[-6:]:0>7}", name)
    page.get_by_role("button", name="Disable the account").click()
    expect(page.get_by_role("button", name="Enable the account")).to_be_visible()
    officer.go("/queue/mine")
    expect(officer.page.locator("input[name=password]")).to_be_visible()
    supervisor = desk("bae.jiho")
    expect(supervisor.go("/queue/unassigned").locator("main")).to_contain_text(number)

    assert page.goto(f"{administrator.address}/cases/{number}").status == 403
    assert page.locator(".bar a[href^='/queue']").count() == 0
    administrator.faults = [fault for fault in administrator.faults if "403" not in fault]
    assert administrator.faults + officer.faults + supervisor.faults == []


PLACES = [
    ("han.sora", "/intake/"),
    ("yun.dohyeon", "/queue/mine"),
    ("bae.jiho", "/queue/awaiting-decision"),
    ("ryu.taeyang", "/figures/"),
    ("cha.wonjun", "/oversight/audit"),
    ("gil.nari", "/accounts"),
]


@pytest.mark.parametrize(("name", "address"), PLACES)
def test_every_role_works_in_korean_too(desk: Any, name: str, address: str) -> None:
    person = desk(name, "ko")
    page = person.go(address)
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("[가-힣]"))
    assert person.faults == []
