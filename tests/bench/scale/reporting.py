"""What is said of the measured pages, and the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Flask

from tests.bench.scale.pages import NAMES, Desk, Measured
from tests.bench.scale.plans import asked_of, explained

# Milliseconds at the median for one client; pages a second for eight; statements; MiB of the web processes.
BOUNDS = {"queue": 50, "case": 60, "search": 50, "change of state": 35}
STATEMENTS = {"queue": 8, "counts": 8, "case": 12, "search": 8}
AT_ONCE, MEBIBYTES = {"queue": 30}, 160
# How much longer a page may take with ten times the cases, and how long in the database.
GROWTH, IN_DATABASE = 1.25, 10


@dataclass
class Report:
    """Times of the pages, and what they ask of the database."""

    found: Sequence[Measured]
    app: Flask
    desk: Desk
    amiss: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> int:
        """1 when a page is slower than the peer's, asks more than it may, or reads a table whole."""
        return int(bool(self.amiss))

    def tell(self, before: "Report | None" = None) -> None:
        for each in self.found:
            self.tell_page(each)
        most = max(each.desk_at_once.mebibytes for each in self.found if each.desk_at_once)
        print(f"web processes    {most:.0f} MiB PSS at most under load   bound {MEBIBYTES}")
        if before:
            self.tell_growth(before)
        self.tell_statements()
        for each in self.amiss:
            print(f"AMISS: {each}")

    def tell_page(self, page: Measured) -> None:
        bound, at_once = BOUNDS.get(page.kind), AT_ONCE.get(page.kind)
        line = str(page) + (f"   bound {bound} ms" if bound else "")
        print(line + (f", {at_once} pages/s" if at_once else ""), flush=True)
        self.amiss += [f"{page.kind}: slower than the peer"] if page.is_slower else []

    def tell_growth(self, before: "Report") -> None:
        for earlier, page in zip(before.found, self.found, strict=True):
            growth = page.desk.median / earlier.desk.median
            print(f"growth           {page.kind:16} {growth:.2f}   bound {GROWTH}")

    def tell_statements(self) -> None:
        """Statements and time in the database of every kind of page; the plans that read a table whole."""
        for kind, addresses in self.desk.addresses.items():
            for address in addresses[:8]:
                asked = asked_of(self.app, self.desk.visitor.cookies, address)
                with self.app.app_context():
                    took, scans = explained(asked)
                shown = NAMES[addresses.index(address)] if kind == "search" else address
                print(f"in the database  {kind:8} {took:6.1f} ms in {asked.count} statements   {shown}")
                self.judge(kind, asked.count, scans)

    def judge(self, kind: str, statements: int, scans: Sequence[str]) -> None:
        said = [f"{kind} reads a table whole: {scan}" for scan in scans]
        if statements > STATEMENTS[kind]:
            said.append(f"{kind}: {statements} statements of {STATEMENTS[kind]}")
        self.amiss += [each for each in said if each not in self.amiss]
