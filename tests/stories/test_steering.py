"""A supervisor's morning: the board, an allocation, and many cases at once."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.stories.counter import in_review, registered


def test_a_supervisor_assigns_many_cases_after_a_preview_that_tells_each_refusal(
    desk: Any, tmp_path: Path
) -> None:
    free = registered(desk, tmp_path, "f51-meets-all", "S2000001")
    taken, officer = in_review(desk, tmp_path, "f51-meets-all", "S2000002")
    supervisor = desk("bae.jiho")
    page = supervisor.go("/queue/open?assignee=nobody")
    page.locator(f'input[name=case][value="{free}"]').check()
    page.locator("#bulk-officer").select_option(label="Yun Dohyeon")
    # The other case is ticked in a page that is out of date by now.
    page.evaluate(
        """number => document.querySelector("input[name=case]:checked").insertAdjacentHTML(
          "afterend", `<input type=hidden name=case value="${number}">`)""",
        taken,
    )
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.locator("main")).to_contain_text("1 of 2 cases can be dealt with so. Nothing is done yet.")
    expect(page.locator("tr", has_text=taken)).to_contain_text("with this officer already")
    page.get_by_role("button", name="Do it for 1 case").click()
    expect(page.locator("#messages")).to_contain_text("1 case assigned to Yun Dohyeon")
    officer.go(f"/cases/{free}")
    expect(officer.page.locator("main")).to_contain_text("The case was assigned to Yun Dohyeon.")
    assert supervisor.faults + officer.faults == []


def test_a_supervisor_lets_the_office_allocate_and_reads_why(desk: Any, tmp_path: Path) -> None:
    number = registered(desk, tmp_path, "f51-meets-all", "S2000003")
    supervisor = desk("bae.jiho")
    page = supervisor.go("/workload")
    expect(page.get_by_role("heading", name="Workload")).to_be_visible()
    page.get_by_role("link", name="Allocation").first.click()
    page.get_by_label("To whoever has the least open work").check()
    page.get_by_role("button", name="Save the way of allocating").click()
    page.get_by_role("link", name="Allocate the unassigned: preview").click()
    expect(page.locator("tr", has_text=number)).to_contain_text("least open work")
    page.get_by_role("button", name=re.compile("^Allocate .* cases?$")).click()
    expect(page.locator("#messages")).to_contain_text("allocated")
    supervisor.go(f"/cases/{number}/history")
    expect(page.locator("main")).to_contain_text("who had the least open work")
    assert supervisor.faults == []


def test_an_officer_declares_a_conflict_of_interest_and_the_case_returns(desk: Any, tmp_path: Path) -> None:
    number, officer = in_review(desk, tmp_path, "f51-meets-all", "S2000004")
    page = officer.go(f"/cases/{number}/conflict")
    page.get_by_label("Reason").fill("The applicant is my neighbour.")
    page.get_by_role("button", name="Declare the conflict of interest").click()
    expect(page.locator("#messages")).to_contain_text("no further part in the case")
    expect(page.locator(".case-header")).to_contain_text("Received")
    expect(page.get_by_role("button", name="Take up")).to_have_count(0)
    assert officer.faults == []
