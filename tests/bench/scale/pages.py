"""The pages that are measured, at the desk and at the peer, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from flask import Flask
from sqlalchemy import select

from kis.cases.models import Case
from kis.core.extensions import db
from kis.offices.models import Office
from tests.bench.scale.plans import asked_of, explained
from tests.bench.scale.servers import memory
from tests.bench.scale.visitor import WARM, Answer, Request, Times, Visitor, in_turn, pages_a_second

OPEN = "received,in_review,awaiting_supplement,inspection,recommended"
NAMES = ("KI", "KIM", "NGUYEN", "LI", "XU", "MIN SU", "민수", "HUONG")
# Milliseconds at the median for one client; pages a second for eight; statements; MiB of the web processes.
BOUNDS = {"queue": 50, "case": 60, "search": 50, "change of state": 35}
STATEMENTS = {"queue": 8, "counts": 8, "case": 12, "search": 8}
AT_ONCE, MEBIBYTES = 30, 160


class Desk:
    """An officer of one office, signed in."""

    def __init__(self, port: int, app: Flask, office: str, password: str) -> None:
        self.visitor = Visitor(port)
        self.visitor.see("/sign-in")
        self.visitor.post("/sign-in", name=f"{office}.03", password=password)
        self.visitor.see("/queue/open")
        with app.app_context():
            number = (
                select(Case.number).join(Office, Case.office_id == Office.id).where(Office.code == office)
            )
            self.numbers = db.session.scalars(number.order_by(Case.id).limit(60)).all()
            self.free = list(db.session.scalars(number.where(Case.state == "received")))
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

    def __init__(self, port: int, office: int, password: str) -> None:
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
class Measured:
    """One kind of request at both, and pages a second where eight clients asked."""

    kind: str
    desk: Times
    peer: Times | None = None
    at_once: tuple[float, float] | None = None

    @property
    def ratio(self) -> float:
        """Time of the desk by that of the peer: under one is faster."""
        return self.desk.median / self.peer.median if self.peer else 0.0

    def __str__(self) -> str:
        line = f"{self.kind:16} desk {self.desk}"
        if self.peer:
            line += f"   peer {self.peer}   ratio {self.ratio:.2f}"
        if self.at_once:
            line += f"   eight clients: {self.at_once[0]:.1f} and {self.at_once[1]:.1f} pages/s"
        return line


def compare(desk: Desk, peer: Peer | None, rounds: int) -> list[Measured]:
    """Every kind of request, desk and peer in turn."""
    found = []
    for kind in ("queue", "counts", "case", "search"):
        both = [desk.page(kind)] + ([peer.page(kind)] if peer and kind in peer.addresses else [])
        times = in_turn(both, rounds)
        at_once = None
        if kind in ("queue", "case", "search"):
            mine = pages_a_second(desk.visitor, desk.addresses[kind][0])
            at_once = (mine, pages_a_second(peer.visitor, peer.addresses[kind][0]) if peer else 0.0)
        found.append(Measured(kind, times[0], times[1] if len(times) > 1 else None, at_once))
    times = in_turn([desk.change, *([peer.change] if peer else [])], min(rounds, len(desk.free) - WARM))
    return [*found, Measured("change of state", times[0], times[1] if peer else None)]


def report(found: Sequence[Measured], app: Flask, desk: Desk, process: int) -> int:
    """Say it all; 1 when a page is slower than the peer's or a plan scans."""
    slower = []
    for each in found:
        bound = BOUNDS.get(each.kind)
        print(f"{each}{'' if bound is None else f'   bound {bound} ms'}", flush=True)
        slower += [each.kind] if each.peer and each.ratio > 1 else []
    print(f"web processes    {memory(process):.0f} MiB PSS   bound {MEBIBYTES}")
    scans = [] if db_is_sqlite(app) else say_plans(app, desk)
    for scan in scans:
        print(f"READS A TABLE WHOLE: {scan}")
    return int(bool(slower or scans))


def db_is_sqlite(app: Flask) -> bool:
    return str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")


def say_plans(app: Flask, desk: Desk) -> list[str]:
    """Statements and time in PostgreSQL of every kind of page; the scans."""
    whole: list[str] = []
    for kind, addresses in desk.addresses.items():
        for address in addresses[:8]:
            asked = asked_of(app, desk.visitor.cookies, address)
            with app.app_context():
                took, scans = explained(asked)
            whole += scans
            shown = NAMES[addresses.index(address)] if kind == "search" else address
            print(
                f"in PostgreSQL    {kind:8} {took:6.1f} ms in {asked.count} statements of {STATEMENTS[kind]}   {shown}"
            )
    return sorted(set(whole))
