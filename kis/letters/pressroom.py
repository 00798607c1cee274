"""The press: a process of its own in which pages are made, kept small, on time, and replaceable.

A worker starts it at its first page and hands it one after the other. It is ended and started anew after so
many pages, when it has grown, when a page takes too long, and when it dies: then that page alone has failed,
and the ledger of jobs brings it back. A press whose worker is gone ends by itself. So the memory of
WeasyPrint and pyHanko is in neither the web process nor the worker.
"""

import atexit
import os
import resource
import signal
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from multiprocessing.connection import Connection
from socket import socketpair
from subprocess import Popen
from threading import Lock
from typing import Any

from flask import current_app

from kis.letters.glyphs import PROJECT
from kis.letters.values import LetterValues

# Seconds for one page, its start included; far over what the longest letter takes.
TIME_LIMIT = 60.0
# Of a draft, for which somebody waits.
DRAFT_LIMIT = 20.0
PAGES_PER_PRESS = 2_000
# Resident megabytes at most after a page, and what no page may exceed while it is made.
LARGEST_MB, BOUND_MB = 400, 1_500

PRESS = "import sys; from kis.letters.pressroom import work; work(int(sys.argv[1]))"
PageMaker = tuple[str, str]
LETTER: PageMaker = ("kis.letters.pressroom", "finished_letter")
DRAFT: PageMaker = ("kis.letters.pressroom", "drafted_letter")
WARM: PageMaker = ("kis.letters.pressroom", "warm")


class PressFailed(RuntimeError):
    """The press did not make the page: why, in the words of what went wrong in it."""


@dataclass(frozen=True)
class FinishedLetter:
    """A letter as it is stored; `signer` is the SHA-256 of the certificate, None where letters are not signed."""

    pdf: bytes
    signer: str | None


class Pressroom:
    """The one press of a worker process; `settings` are those of the application that it needs."""

    def __init__(self, settings: Mapping[str, Any], time_limit: float = TIME_LIMIT) -> None:
        self.settings, self.time_limit = dict(settings), time_limit
        self._alone = Lock()
        self._process: Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._made = 0

    @property
    def process_id(self) -> int | None:
        """The press's process, while there is one."""
        return self._process.pid if self._process else None

    def make(self, maker: PageMaker, *arguments: Any) -> Any:
        """What the function returns in the press. Raises PressFailed."""
        with self._alone:
            pipe = self._pipe or self._start()
            try:
                pipe.send((maker, arguments))
                if not pipe.poll(self.time_limit):
                    self._end()
                    raise PressFailed(f"not made within {self.time_limit:.0f} seconds")
                succeeded, answer, megabytes = pipe.recv()
            except (EOFError, OSError) as error:
                self._end()
                raise PressFailed("the press ended in the midst of the page") from error
            self._made += 1
            if self._made >= PAGES_PER_PRESS or megabytes > LARGEST_MB:
                self._end()
        if not succeeded:
            raise PressFailed(answer)
        return answer

    def close(self) -> None:
        """End the press; the next page starts another."""
        with self._alone:
            self._end()

    def abandon(self) -> None:
        """End the press without waiting for its page."""
        self._end()

    def _start(self) -> Connection:
        near, far = socketpair()
        with far:
            # An interpreter of its own, and not a fork: a worker has threads and open databases.
            self._process = Popen(  # noqa: S603
                [sys.executable, "-c", PRESS, str(far.fileno())], pass_fds=[far.fileno()], cwd=PROJECT
            )
        self._pipe, self._made = Connection(near.detach()), 0
        self._pipe.send(self.settings)
        return self._pipe

    def _end(self) -> None:
        if self._pipe:
            self._pipe.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._pipe = self._process = None


def work(descriptor: int) -> None:
    """The press's own life: pages until the worker is gone."""
    pipe = Connection(descriptor)
    SETTINGS.update(pipe.recv())
    # Ctrl-C is for the worker, which ends and takes the press with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (BOUND_MB * 2**20, BOUND_MB * 2**20))
    os.environ["FONTS_PATH"] = str(SETTINGS["FONTS_PATH"])
    while True:
        try:
            (module, name), arguments = pipe.recv()
        except EOFError:
            return
        try:
            answer = (True, getattr(import_module(module), name)(*arguments))
        except Exception as error:
            answer = (False, f"{type(error).__name__}: {error}")
        pipe.send((*answer, resident_megabytes()))


ONE_DRAFT = Lock()
# In the press: what the worker gave it.
SETTINGS: dict[str, Any] = {}


def finished_letter(values: LetterValues, office: str) -> FinishedLetter:
    """In the press: the letter as PDF, signed for the office of that code."""
    from kis.letters.rendering import render
    from kis.letters.signing import sign

    return FinishedLetter(*sign(render(values), office, SETTINGS["SIGNING"]))


def drafted_letter(values: LetterValues) -> bytes:
    """In the press: the letter as it would look, marked as a draft, neither signed nor sealed."""
    from kis.letters.rendering import press

    return press().pdf(values, draft=True)


def warm() -> None:
    """In the press: load what letters need. Raises what the first letter would."""
    from kis.letters.rendering import press
    from kis.letters.signing import prepare

    press()
    prepare(SETTINGS["SIGNING"])


def resident_megabytes() -> float:
    """The largest resident memory that this program ever had, in megabytes.

    Not what getrusage tells: that keeps the worker's own peak, from before the program was started.
    """
    with open("/proc/self/status") as status:
        peak = next(line for line in status if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def draft_of(values: LetterValues) -> bytes:
    """A letter to be looked at and not kept, by a press that ends with it. Raises PressFailed.

    A web process asks for it: no press stays in its memory, and one at a time is made.
    """
    with ONE_DRAFT, closing(Pressroom({"FONTS_PATH": current_app.config["FONTS_PATH"]}, DRAFT_LIMIT)) as room:
        pdf: bytes = room.make(DRAFT, values)
    return pdf


def pressroom() -> Pressroom:
    """The pressroom of this process, for the running application."""
    config = current_app.config
    return room_for(str(config["FONTS_PATH"]), tuple(config["SIGNING"].items()))


@cache
def room_for(fonts: str, signing: tuple[tuple[str, str], ...]) -> Pressroom:
    made = Pressroom({"FONTS_PATH": fonts, "SIGNING": dict(signing)})
    # Not close(): a page that is still being made must not keep its worker from ending.
    atexit.register(made.abandon)
    return made
