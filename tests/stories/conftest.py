"""The application as people meet it: `flask serve` with its worker, and Chromium in front."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from config import ROOT
from kis.accounts.demo import PASSWORD
from tests.databases import postgresql_database, sqlite_database


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(address: str, folder: Path) -> Iterator[str]:
    """`flask serve` on a database of its own; its address, once it answers."""
    port = free_port()
    environment = os.environ | {
        "KIS_ENV": "development",
        "KIS_VAR": str(folder),
        "FONTS_PATH": str(ROOT / "var" / "fonts"),
        "DATABASE_URL": address,
    }
    log = (folder / "serve.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/sign-in", process, folder / "serve.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.3)
            continue
        return
    raise RuntimeError(f"flask serve did not come up:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the running application with demo data, on each database."""
    folder = tmp_path_factory.mktemp(f"served-{request.param}")
    if request.param == "sqlite":
        with serving(sqlite_database(folder), folder) as address:
            yield address
        return
    with postgresql_database(f"kis_story_{os.getpid()}") as database, serving(database, folder) as address:
        yield address


class Desk:
    """One person at the application, in a browser of their own."""

    def __init__(self, browser: Browser, address: str, name: str, language: str = "en") -> None:
        self.address = address
        self.context = browser.new_context(
            viewport={"width": 1440, "height": 900},
            locale="en-US" if language == "en" else "ko-KR",
            accept_downloads=True,
        )
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on(
            "console", lambda message: self.faults.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(f"{address}/sign-in")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_load_state()
        self.speak(language)

    def speak(self, language: str) -> None:
        """Switch the pages to a language."""
        self.page.click(f"button[name=language][value={language}]")
        self.page.wait_for_load_state()

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def desk(chromium: Browser, served: str) -> Iterator["type[Desk]"]:
    """desk(account name) -> that person at the application."""
    opened: list[Desk] = []

    def sit_down(name: str, language: str = "en") -> Desk:
        opened.append(Desk(chromium, served, name, language))
        return opened[-1]

    yield sit_down  # type: ignore[misc]
    for one in opened:
        one.close()
