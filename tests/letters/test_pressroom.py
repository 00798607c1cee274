"""The press is a process that is kept small and on time, and whose end costs one page."""

import os
import time
from pathlib import Path

import pytest
from flask import Flask

from kis.letters import pressroom
from kis.letters.pressroom import LETTER, PressFailed, Pressroom
from tests.letters.examples import PERMISSION

HERE = "tests.letters.test_pressroom"


@pytest.fixture
def room(app: Flask) -> Pressroom:
    made = Pressroom({name: app.config[name] for name in ("FONTS_PATH", "SIGNING")}, time_limit=30)
    yield made
    made.close()


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def swell(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def told_megabytes() -> float:
    return pressroom.resident_megabytes()


def fail() -> None:
    raise ValueError("no such glyph")


def die() -> None:
    os._exit(3)


def running(process_id: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def test_pages_are_made_in_another_process_that_stays(room: Pressroom) -> None:
    first = room.make((HERE, "sleep"), 0)
    assert first == room.make((HERE, "sleep"), 0) == room.process_id != os.getpid()
    room.close()
    assert not running(first)


def test_what_went_wrong_in_the_press_is_told_and_the_press_stays(room: Pressroom) -> None:
    before = room.make((HERE, "sleep"), 0)
    with pytest.raises(PressFailed, match="ValueError: no such glyph"):
        room.make((HERE, "fail"))
    assert room.make((HERE, "sleep"), 0) == before


def test_a_press_that_dies_costs_one_page(room: Pressroom) -> None:
    before = room.make((HERE, "sleep"), 0)
    with pytest.raises(PressFailed, match="ended in the midst"):
        room.make((HERE, "die"))
    assert room.make((HERE, "sleep"), 0) != before


def test_a_page_that_takes_too_long_is_given_up_with_its_press(room: Pressroom) -> None:
    before = room.make((HERE, "sleep"), 0)
    room.time_limit = 0.2
    with pytest.raises(PressFailed, match="not made within"):
        room.make((HERE, "sleep"), 20)
    assert not running(before)


def test_a_press_that_has_grown_or_has_made_its_pages_is_replaced(
    room: Pressroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pressroom, "PAGES_PER_PRESS", 2)
    processes = [room.make((HERE, "sleep"), 0) for _ in range(4)]
    assert processes[0] == processes[1] != processes[2] == processes[3]
    monkeypatch.setattr(pressroom, "PAGES_PER_PRESS", 100)
    small = room.make((HERE, "sleep"), 0)
    room.make((HERE, "swell"), pressroom.LARGEST_MB + 50)
    assert room.make((HERE, "sleep"), 0) != small


def test_what_its_worker_once_held_does_not_count_as_the_press_s_own(room: Pressroom) -> None:
    held = bytearray(b"x") * ((pressroom.LARGEST_MB + 100) * 2**20)
    assert pressroom.resident_megabytes() > pressroom.LARGEST_MB
    assert room.make((HERE, "told_megabytes")) < pressroom.LARGEST_MB
    assert room.process_id, "the press is kept"
    del held


def test_no_page_takes_more_memory_than_is_its_own(room: Pressroom) -> None:
    with pytest.raises(PressFailed, match="MemoryError"):
        room.make((HERE, "swell"), pressroom.BOUND_MB + 100)


def test_a_letter_comes_signed_from_the_press(room: Pressroom) -> None:
    made = room.make(LETTER, PERMISSION, "seoul")
    assert made.pdf.startswith(b"%PDF") and b"ETSI.CAdES.detached" in made.pdf
    assert made.signer and len(made.signer) == 64
