"""The gallery served on this machine, and a Chromium that notes every fault it reports."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.look.gallery import create_gallery

SCREEN = {"width": 1440, "height": 900}


@dataclass
class Look:
    """A page of the gallery as a person sees it, with what the browser complained about."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, name: str) -> Page:
        self.page.goto(f"{self.address}/{name}")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self.page


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_gallery(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def language() -> str:
    return "ko"


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A window per language; its cache lasts, so that styles and fonts come once."""
    opened = {language: chromium.new_context(viewport=SCREEN, locale=language) for language in ("ko", "en")}
    yield opened
    for window in opened.values():
        window.close()


@pytest.fixture
def look(language: str, gallery: str, windows: dict[str, BrowserContext]) -> Iterator[Look]:
    seen = Look(windows[language].new_page(), gallery)
    seen.page.on("console", lambda said: seen.faults.append(said.text) if said.type == "error" else None)
    seen.page.on("pageerror", lambda error: seen.faults.append(str(error)))
    yield seen
    seen.page.close()
