"""One application from the counter to the letter, as the people at their desks live it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.stories.counter import dossier_file, letter_text, register

# Its basic competency is not established: the officer departs from that outcome.
DOUBTFUL = "competency-not-established"


def review_every_submitted_document(page: Page, number: str) -> None:
    """Tick the Civil Servant Review of each document that was handed in."""
    for _round in range(40):
        open_ticks = page.locator(
            "tr:has(option[value=yes][selected]) input[type=checkbox][name=reviewed]:not(:checked)"
        )
        if open_ticks.count() == 0:
            return
        with page.expect_response(re.compile(r"/documents/\d+/")):
            open_ticks.first.click()
        page.wait_for_load_state("networkidle")
    raise AssertionError(f"documents of {number} are still not reviewed")


def depart(page: Page, criterion: str, reason: str) -> None:
    page.locator(f"#{criterion.replace('.', chr(92) + '.')}").get_by_role("link", name="Depart").click()
    page.get_by_label("Met", exact=True).check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Record the departure").click()


def test_an_application_goes_from_the_counter_to_a_letter_of_permission(desk: Any, tmp_path: Path) -> None:
    clerk = desk("han.sora")
    number = register(
        clerk.page,
        dossier_file(
            tmp_path,
            DOUBTFUL,
            family_name="TRAN",
            given_names="MINH CHAU",
            local_name="Trần Minh Châu",
            passport_number="C9876501",
        ),
    )

    officer = desk("yun.dohyeon")
    page = officer.go(f"/cases/{number}")
    page.get_by_role("button", name="Take up").click()
    officer.go(f"/cases/{number}/documents")
    review_every_submitted_document(page, number)

    officer.go(f"/cases/{number}/precheck")
    depart(page, "competency.basic", "The completion certificate was seen in the programme's own register.")
    expect(page.locator("#competency\\.basic")).to_contain_text("programme's own register")

    officer.go(f"/cases/{number}/decision")
    page.get_by_label("Grant", exact=True).check()
    page.get_by_label("Grounds of the recommendation").fill("All requirements are met.")
    page.get_by_role("button", name="Recommend").click()
    expect(page.locator(".case-header")).to_contain_text("Awaiting decision")

    supervisor = desk("bae.jiho")
    page = supervisor.go("/queue/awaiting-decision")
    page.get_by_role("link", name=number).click()
    supervisor.go(f"/cases/{number}/decision")
    page.get_by_role("button", name=re.compile("^Decide")).first.click()
    expect(page.locator(".case-header")).to_contain_text("granted")

    text = letter_text(page, f"{supervisor.address}/cases/{number}/letters")
    assert "Trần Minh Châu" in text
    assert "TRAN MINH CHAU" in text
    assert number in text
    assert "허가" in text
    supervisor.go(f"/cases/{number}")
    expect(page.locator(".case-header")).to_contain_text("Closed")
    assert clerk.faults + officer.faults + supervisor.faults == []
