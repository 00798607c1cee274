"""Every page that a link leads to: it opens, keeps the security policy, and can be used by everybody."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.stories.conftest import Desk

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FAULTS = """axe.run().then(found => found.violations
  .filter(fault => ["serious", "critical"].includes(fault.impact))
  .map(fault => fault.id + ": " + fault.nodes.slice(0, 3).map(node => node.html).join(" ")))"""
LINKS = """[...document.querySelectorAll("a[href]:not([download])")].map(link => link.href.split("#")[0])"""
# The server speaks of a case, a document, a run: one page of each kind is looked at.
SPECIMEN = re.compile(
    r"[a-z-]+-\d{4}-(?:[A-Z]-)?\d{6}|\d+|(?<=/facts/)[\w-]+|(?<=/criteria/)[\w.-]+|(?<=/offices/)[a-z-]+"
    r"|(?<=/paragraphs/)[a-z_-]+\.[a-z_-]+"
)
FILES = (".pdf", ".csv", ".json")
PEOPLE = ("han.sora", "yun.dohyeon", "bae.jiho", "ryu.taeyang", "cha.wonjun", "gil.nari")


def kind(address: str) -> str:
    """What is left of an address when the names of things are taken out."""
    return SPECIMEN.sub("#", urlsplit(address).path)


def reachable(page: Page, start: str, seen: set[str]) -> Iterator[tuple[str, int]]:
    """Addresses reached by links from the start page, one of each kind not seen yet, with their status."""
    waiting = [start]
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        yield address, answer.status if answer else 0
        for link in page.evaluate(LINKS):
            if is_new(link, start, seen):
                seen.add(kind(link))
                waiting.append(link)


def is_new(link: str, start: str, seen: set[str]) -> bool:
    here = urlsplit(link).netloc == urlsplit(start).netloc
    return (
        here and not urlsplit(link).path.endswith(FILES) and "/scans/" not in link and kind(link) not in seen
    )


def faults_of(person: Desk, seen: set[str]) -> list[str]:
    wrong = []
    for address, status in reachable(person.page, person.address + "/", seen):
        found = (
            person.page.evaluate(f"{AXE.read_text()}; {FAULTS}") if status == 200 else [f"status {status}"]
        )
        wrong += [f"{urlsplit(address).path}: {fault}" for fault in found]
    return wrong + person.faults


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)
def test_every_page_opens_keeps_the_policy_and_has_no_serious_fault_of_access(desk: "type[Desk]") -> None:
    seen: set[str] = set()
    for place, name in enumerate(PEOPLE):
        assert faults_of(desk(name, ("ko", "en")[place % 2]), seen) == []
        # The pages of a case differ by what the person may do there; others are the same for all.
        seen = {each for each in seen if not each.startswith("/cases/")}
    assert len(seen) > 20
