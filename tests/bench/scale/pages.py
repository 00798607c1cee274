"""The pages that are measured, at the desk and at the peer, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from flask import Flask
from sqlalchemy import select

from kis.cases.models import Case
from kis.core.extensions import db
from kis.offices.models import Office
from tests.bench.scale.servers import memory, processor_time
from tests.bench.scale.visitor import Answer, Request, Times, Visitor, ask_at_once, in_turn

OPEN = "received,in_review,awaiting_supplement,inspection,recommended"
NAMES = ("KI", "KIM", "NGUYEN", "LI", "XU", "MIN SU", "민수", "HUONG")
# Turns of eight clients at each.
BURSTS = 3


class Desk:
    """An officer of one office, signed in."""

    def __init__(
        self, port: int, process: int, app: Flask, office: str, password: str, free: list[str]
    ) -> None:
        self.process, self.free = process, free
        self.visitor = Visitor(port)
        self.visitor.see("/sign-in")
        self.visitor.post("/sign-in", name=f"{office}.03", password=password)
        self.visitor.see("/queue/open")
        with app.app_context():
            number = (
                select(Case.number).join(Office, Case.office_id == Office.id).where(Office.code == office)
            )
            self.numbers = db.session.scalars(number.order_by(Case.id).limit(60)).all()
            db.session.remove()
        self.found = [self.search_address(name) for name in NAMES]

    def search_address(self, name: str) -> str:
        return self.visitor.post("/search", q=name).location

    @property
    def addresses(self) -> dict[str, Sequence[str]]:
        """Each kind of page with some of its addresses."""
        cases = [f"/cases/{number}" for number in self.numbers]
        return {
            "queue": ["/queue/open"],
            "counts": ["/queue/open/counts"],
            "case": cases,
            "search": self.found,
        }

    def page(self, kind: str) -> Request:
        addresses = self.addresses[kind]
        return lambda number: self.visitor.get(addresses[number % len(addresses)])

    def change(self, _number: int) -> Answer:
        return self.visitor.post(f"/cases/{self.free.pop()}/take")


class Peer:
    """The user of the admin, signed in."""

    def __init__(self, port: int, process: int, office: int, password: str) -> None:
        self.process = process
        self.visitor = Visitor(port)
        self.visitor.see("/admin/login/")
        self.visitor.post("/admin/login/?next=/admin/", username="bench", password=password)
        self.queue = f"/admin/peer/case/?office__id__exact={office}&state__in={OPEN}"
        listed = self.visitor.see(self.queue).text
        self.cases = [
            part.split("/")[0] for part in listed.split("/admin/peer/case/")[1:] if part[0].isdigit()
        ]
        self.turn = cycle(self.cases)

    @property
    def addresses(self) -> dict[str, Sequence[str]]:
        cases = [f"/admin/peer/case/{number}/change/" for number in self.cases]
        names = [
            f"/admin/peer/case/?q={name.split()[0]}"
            for name in ("KI", "KIM", "NGUY", "LI", "XU", "MIN", "HU", "WA")
        ]
        return {"queue": [self.queue], "case": cases, "search": names}

    def page(self, kind: str) -> Request:
        addresses = self.addresses[kind]
        return lambda number: self.visitor.get(addresses[number % len(addresses)])

    def change(self, _number: int) -> Answer:
        """The change form sent back with another state; opening it is not timed."""
        address = f"/admin/peer/case/{next(self.turn)}/change/"
        form = fields_of(self.visitor.see(address).text)
        return self.visitor.post(address, **(form | {"state": "in_review"}))


def fields_of(page: str) -> dict[str, str]:
    """The fields of the admin's form as the page shows them."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        found: dict[str, str] = {}
        chosen = ""

        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            given = dict(attributes)
            name = given.get("name")
            if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
                self.found[name] = given.get("value") or ""
            elif tag == "select" and name:
                self.chosen = name
            elif tag == "option" and "selected" in given:
                self.found[self.chosen] = given.get("value") or ""

    reader = Fields()
    reader.found = {}
    reader.feed(page)
    unsent = ("_addanother", "_continue", "csrfmiddlewaretoken")
    return {
        name: value for name, value in reader.found.items() if name not in unsent and "__prefix__" not in name
    }


@dataclass(frozen=True)
class Burst:
    """What eight clients got: pages, in how many seconds, for how many milliseconds of the web's processor time."""

    pages: int
    seconds: float
    processor: float
    mebibytes: float

    def __add__(self, other: "Burst") -> "Burst":
        return Burst(
            self.pages + other.pages,
            self.seconds + other.seconds,
            self.processor + other.processor,
            max(self.mebibytes, other.mebibytes),
        )

    @property
    def a_second(self) -> float:
        return self.pages / self.seconds

    @property
    def processor_of_a_page(self) -> float:
        return self.processor / self.pages

    def __str__(self) -> str:
        return f"{self.a_second:.1f} pages/s at {self.processor_of_a_page:.1f} ms of the processor"


@dataclass(frozen=True)
class Measured:
    """One kind of request at desk and peer: one client's times, and what eight clients got."""

    kind: str
    desk: Times
    peer: Times | None = None
    desk_at_once: Burst | None = None
    peer_at_once: Burst | None = None

    @property
    def ratio(self) -> float:
        """Time of the desk by that of the peer: under one is faster."""
        return self.desk.median / self.peer.median if self.peer else 0.0

    @property
    def is_slower(self) -> bool:
        return self.ratio > 1 or self.is_slower_at_once

    @property
    def is_slower_at_once(self) -> bool:
        mine, other = self.desk_at_once, self.peer_at_once
        return bool(mine and other and mine.a_second < other.a_second)

    def __str__(self) -> str:
        line = f"{self.kind:16} desk {self.desk}"
        if self.peer:
            line += f"   peer {self.peer}   ratio {self.ratio:.2f}"
        if self.desk_at_once:
            line += f"   eight clients: desk {self.desk_at_once}"
        if self.peer_at_once:
            line += f", peer {self.peer_at_once}"
        return line


def compare(desk: Desk, peer: Peer | None, rounds: int) -> list[Measured]:
    """Every kind of request, desk and peer in turn."""
    found = []
    for kind in ("queue", "counts", "case", "search"):
        both = [each for each in (desk, peer) if each and kind in each.addresses]
        times = in_turn([each.page(kind) for each in both], rounds)
        bursts = at_once(both, kind) if kind != "counts" else []
        found.append(Measured(kind, *padded(times), *padded(bursts)))
    times = in_turn([each.change for each in (desk, peer) if each], rounds)
    return [*found, Measured("change of state", *padded(times))]


def padded(found: Sequence[Any]) -> tuple[Any, Any]:
    """Of the desk and of the peer; None where there is none."""
    desk, peer = (*found, None, None)[:2]
    return desk, peer


def at_once(both: Sequence[Desk | Peer], kind: str) -> list[Burst]:
    """Eight clients at each in turn, several times."""
    taken: list[list[Burst]] = [[] for _ in both]
    for _ in range(BURSTS):
        for place, each in enumerate(both):
            taken[place].append(burst(each, each.addresses[kind]))
    return [sum(bursts[1:], bursts[0]) for bursts in taken]


def burst(visited: Desk | Peer, addresses: Sequence[str]) -> Burst:
    before = processor_time(visited.process)
    pages, seconds = ask_at_once(visited.visitor, addresses)
    return Burst(pages, seconds, processor_time(visited.process) - before, memory(visited.process))
