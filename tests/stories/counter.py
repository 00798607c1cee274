"""What several stories begin and end with: an application at the counter, its officer, its letter."""

import io
import json
import re
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests import factories


def dossier_file(folder: Path, vector: str, **identity: str) -> Path:
    """A dossier of a vector, of another person."""
    dossier = factories.dossier(vector)
    dossier["reference"] = f"counter-{identity['passport_number']}"
    dossier["applicant"] |= identity
    path = folder / f"{identity['passport_number']}.json"
    path.write_text(json.dumps(dossier, ensure_ascii=False))
    return path


def register(page: Page, path: Path) -> str:
    """Upload the dossier, read the preview, register; the receipt number."""
    page.get_by_role("link", name="Register").click()
    page.get_by_role("link", name="Upload a dossier").first.click()
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Go on to the preview").click()
    expect(page.get_by_role("heading", name="Preview of the application")).to_be_visible()
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_text("The application is registered").first).to_be_visible()
    return page.get_by_role("heading", level=1).inner_text()


def registered(desk: Any, folder: Path, vector: str, passport_number: str, **identity: str) -> str:
    """Receipt number of an application that reception registers; the name is invented from the number."""
    person = {"family_name": "TESTER", "given_names": passport_number, "passport_number": passport_number}
    clerk = desk("han.sora")
    number = register(clerk.page, dossier_file(folder, vector, **(person | identity)))
    assert clerk.faults == []
    return number


def in_review(
    desk: Any, folder: Path, vector: str, passport_number: str, name: str = "yun.dohyeon"
) -> tuple[str, Any]:
    """Receipt number and the officer who took the case up."""
    number = registered(desk, folder, vector, passport_number)
    officer = desk(name)
    officer.go(f"/cases/{number}")
    officer.page.get_by_role("button", name="Take up").click()
    expect(officer.page.locator(".case-header")).to_contain_text("In review")
    return number, officer


# Issue numbers of the registers of permits and of disapprovals.
DECISION = re.compile(r"-\d{4}-[PD]-\d{6}")


def letter_text(page: Page, address: str) -> str:
    """Wait for the worker, download the PDF of the decision's letter, read its text back."""
    for _attempt in range(60):
        page.goto(address)
        link = page.get_by_role("row", name=DECISION).get_by_role("link", name=re.compile("Download PDF"))
        if link.count():
            with page.expect_download() as download:
                link.click()
            content = Path(download.value.path()).read_bytes()
            return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages)
        time.sleep(1)
    raise AssertionError("the worker made no letter")
