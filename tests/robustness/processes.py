"""The real processes of an installation, on the database of a test; started here, and killed here."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from flask import Flask

from config import ROOT
from tests.factories import PASSWORD
from tests.robustness.pages import Form, forms_of

PATIENCE = 90


def eventually(condition: Callable[[], object], pause: float = 0.05) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(pause)


@contextmanager
def process(app: Flask, folder: Path, *command: str, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process on the test's database and files, with a queue of its own unless `more` settings name one."""
    settings = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "QUEUE_URL": f"sqlite:///{folder / 'queue.sqlite3'}",
        "STORE_PATH": str(app.config["STORE_PATH"]),
    }
    with (folder / "log").open("ab") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=os.environ | settings | more,
            stderr=log,
            stdout=log,
        )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(timeout=20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def children(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def kill(process_id: int) -> None:
    os.kill(process_id, signal.SIGKILL)


class Visitor:
    """A signed-in person who speaks HTTP to a served application."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.opener = address, build_opener(HTTPCookieProcessor(CookieJar()))
        form = self.form("/sign-in", "/sign-in")
        form.values |= {"name": [name], "password": [PASSWORD]}
        self.send(form)

    def form(self, page: str, action: str) -> Form:
        with self.opener.open(self.address + page, timeout=30) as answer:
            return next(form for form in forms_of(answer.read().decode(), page) if form.action == action)

    def send(self, form: Form) -> int | None:
        """The status of the answer; None where the server died over it."""
        data = urlencode([(name, value) for name, values in form.values.items() for value in values]).encode()
        try:
            with self.opener.open(self.address + form.action, data, timeout=30) as answer:
                return int(answer.status)
        except HTTPError as refused:
            return refused.code
        except (URLError, HTTPException, OSError):
            return None
