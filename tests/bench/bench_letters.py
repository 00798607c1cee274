"""Many letters, and other ways to one: `python -m tests.bench.bench_letters --letters 1000`.

A process issues letters as the web process does; two workers with a press each fill them in, signed and on
disk. Beside it the same letter by a naive call of WeasyPrint and by headless Chromium, started per letter.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from sqlalchemy import select

from kis.core import jobs
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.factory import create_app
from kis.letters.codes import new_code
from kis.letters.glyphs import font_directory
from kis.letters.operations import issue
from kis.letters.pressroom import WARM, pressroom
from kis.letters.values import LetterValues
from tests import factories
from tests.conftest import CHROMIUM_FLAGS, settings_for_tests
from tests.letters.examples import DISAPPROVAL

WORKERS = 2
FACE = '@font-face {{ font-family: "KIS Letter"; font-weight: {weight}; src: url({url}) }}\n'
FACES = ((400, "KISLetter-Regular.ttf"), (700, "KISLetter-Bold.ttf"))
# A process that makes letters may grow by this much between a tenth of them and all, in MB.
GROWTH = 40.0


@dataclass(frozen=True)
class Memory:
    """Resident MB of a process after a tenth of the letters, and after all."""

    early: float
    late: float

    def __str__(self) -> str:
        return f"{self.early:.0f} MB after a tenth of them, {self.late:.0f} MB after all"


def resident(process_id: int | str = "self") -> float:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def prepared(address: str, folder: Path) -> None:
    """An installation with one case."""
    app = create_app(settings_for_tests(address, folder))
    with app.app_context():
        db.create_all()
        factories.reference_data()
        db.session.commit()
        factories.case()


def issue_many(address: str, folder: str, count: int) -> tuple[float, float]:
    """What the web process does: numbers, rows, jobs, records, each letter in a transaction of its own."""
    app = create_app(settings_for_tests(address, Path(folder)))
    early = 0.0
    with app.app_context():
        supervisor = factories.viewer(Role.SUPERVISOR)
        case = factories.case()
        draft = replace(DISAPPROVAL, number="")
        for number in range(count):
            with transaction():
                issue(case, draft, supervisor)
            db.session.expunge_all()
            case = db.session.merge(case)
            early = resident() if number == count // 10 else early
        assert "weasyprint" not in sys.modules and "pyhanko" not in sys.modules
        return early, resident()


@dataclass(frozen=True)
class Share:
    """What one worker did: letters, seconds of wall and of CPU, its memory and its press's (see Memory)."""

    made: int
    seconds: float
    cpu: float
    worker: tuple[float, float]
    press: tuple[float, float]


def fill_share(address: str, folder: str, share: int) -> list[object]:
    """One worker's letters, filled in: the fields of a Share."""
    app = create_app(settings_for_tests(address, Path(folder)))
    with app.app_context():
        room = pressroom()
        room.make(WARM)
        waiting = list(db.session.scalars(select(Job.id).order_by(Job.id)))[share::WORKERS]
        db.session.rollback()
        begin, start, early = spent(room.process_id), perf_counter(), (0.0, 0.0)
        for number, job in enumerate(waiting):
            jobs.perform(job)
            if number == len(waiting) // 10:
                early = resident(), resident(room.process_id or 0)
        seconds, cpu = perf_counter() - start, spent(room.process_id) - begin
        late = resident(), resident(room.process_id or 0)
        room.close()
    return [len(waiting), seconds, cpu, (early[0], late[0]), (early[1], late[1])]


def spent(press: int | None) -> float:
    """CPU seconds of this process and of its press."""
    fields = Path(f"/proc/{press}/stat").read_text().rsplit(")", 1)[1].split()
    return process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def many(count: int) -> bool:
    """Print throughput and memory of many letters; False where memory grew beyond the bound."""
    with tempfile.TemporaryDirectory() as name:
        folder, address = Path(name), f"sqlite:///{Path(name) / 'kis.sqlite3'}"
        prepared(address, folder)
        issuing = Memory(*json.loads(role("issue_many", address, folder, count).communicate()[0]))
        shares = [role("fill_share", address, folder, share) for share in range(WORKERS)]
        done = [Share(*json.loads(share.communicate()[0])) for share in shares]
    made, seconds = sum(share.made for share in done), max(share.seconds for share in done)
    cpu = sum(share.cpu for share in done) / made
    print(f"{made} letters by {WORKERS} workers, signed and stored: {made / seconds:.1f} letters/s,")
    print(f"  {cpu * 1000:.0f} ms of CPU each: {WORKERS / cpu:.1f} letters/s on {WORKERS} free cores")
    print(f"  web process issuing them: {issuing}")
    for share in done:
        print(f"  worker: {Memory(*share.worker)};  its press: {Memory(*share.press)}")
    grown = [issuing, *(Memory(*memory) for share in done for memory in (share.worker, share.press))]
    return all(memory.late - memory.early < GROWTH for memory in grown)


def role(name: str, address: str, folder: Path, number: int) -> "subprocess.Popen[str]":
    """A process that does one thing here and prints its answer; not a fork, whose memory would be this one's."""
    code = f"from tests.bench import bench_letters as b; b.answer(b.{name}({address!r}, {str(folder)!r}, {number}))"
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def answer(value: object) -> None:
    """Print what a role found."""
    print(json.dumps(value))


def example() -> LetterValues:
    """The refusal with three reasons, with its code."""
    code = new_code()
    return replace(DISAPPROVAL, code=code, verify_at=f"https://desk.example.go.kr/v/{code}")


def naive(markup: str) -> bytes:
    """WeasyPrint as one would first call it: everything parsed and every font found anew."""
    from weasyprint import HTML

    pdf: bytes = HTML(string=markup).write_pdf(pdf_variant="pdf/a-3a")
    return pdf


def chromium(page: Path, target: Path) -> None:
    """Chromium, started for this letter."""
    subprocess.run(
        ["/usr/bin/chromium", *CHROMIUM_FLAGS, "--headless", f"--print-to-pdf={target}",
         "--no-pdf-header-footer", page.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip


def wall_and_cpu(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median wall time, and mean CPU time with that of processes it started, in milliseconds."""
    walls, before = [], os.times()
    for _ in range(rounds):
        start = perf_counter()
        work()
        walls.append(perf_counter() - start)
    spent = [after - then for then, after in zip(before[:4], os.times()[:4], strict=True)]
    return median(walls) * 1000, sum(spent) / rounds * 1000


def beside_others(rounds: int) -> None:
    """Print the same letter by us, by a naive call, and by Chromium."""
    from kis.letters.rendering import TEMPLATES, press

    values, style = example(), (TEMPLATES / "letter.css").read_text()
    directory = font_directory().resolve()
    faces = "".join(FACE.format(weight=weight, url=(directory / name).as_uri()) for weight, name in FACES)
    markup = press().markup(values).replace("</head>", f"<style>{faces}{style}</style></head>")
    press().pdf(values)
    with tempfile.TemporaryDirectory() as name:
        page, target = Path(name) / "letter.html", Path(name) / "letter.pdf"
        page.write_text(markup)
        ways: dict[str, tuple[Callable[[], object], int]] = {
            "warm press": (lambda: press().pdf(values), rounds),
            "naive WeasyPrint": (lambda: naive(markup), rounds),
            "headless Chromium": (lambda: chromium(page, target), max(rounds // 5, 3)),
        }
        print("the same letter:")
        for way, (work, times) in ways.items():
            wall, cpu = wall_and_cpu(work, times)
            print(f"  {way:18} wall {wall:7.1f} ms (median)   CPU {cpu:7.1f} ms (mean of {times})")
        sizes = len(press().pdf(values)), len(naive(markup)), target.stat().st_size
    print("  size: " + ", ".join(f"{size / 1024:.0f} kB" for size in sizes))
    signing(values, rounds)


def signing(values: LetterValues, rounds: int) -> None:
    """Print what the signature costs."""
    from kis.letters.rendering import press
    from kis.letters.signing import sign

    with tempfile.TemporaryDirectory() as name:
        settings = {"means": "test", "pkcs12": f"{name}/test.p12", "passphrase": "", "label": ""}
        pdf = press().pdf(values)
        signed, _signer = sign(pdf, "seoul", settings)
        wall, cpu = wall_and_cpu(lambda: sign(pdf, "seoul", settings), rounds)
    print(f"  signature: wall {wall:.1f} ms, CPU {cpu:.1f} ms, {(len(signed) - len(pdf)) / 1024:.1f} kB more")


def main() -> int:
    """Exit code 1 when a process grew beyond its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    start = time.perf_counter()
    flat = many(given.letters)
    if given.letters < 1000:
        print(
            f"  (1000 letters would take about {(time.perf_counter() - start) * 1000 / given.letters:.0f} s)"
        )
    beside_others(given.rounds)
    return int(not flat)


if __name__ == "__main__":
    sys.exit(main())
