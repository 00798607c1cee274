"""`make bench-scale`: load so many cases, and measure the pages of the desk beside those of a plain Django admin.

`--cases N` (100000; above it, the pages are measured at 100,000 and at N, and their growth is told), `--sqlite` for
the desk alone on SQLite, `--keep` uses and leaves a database.
"""

import argparse
import os
import secrets
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NoReturn

from flask import Flask
from sqlalchemy import func, select, text

from config import ROOT
from kis.accounts.demo import PASSWORD
from kis.cases.models import Case
from kis.core.database import transaction
from kis.core.extensions import db
from kis.desk.scale import Scale, load
from kis.factory import create_app
from kis.figures.operations import load_reference_figures
from kis.offices.models import Office
from kis.offices.operations import load_reference_data
from tests.bench.scale import servers
from tests.bench.scale.free_cases import free_cases
from tests.bench.scale.pages import Desk, Peer, compare
from tests.bench.scale.reporting import Report
from tests.bench.scale.visitor import WARM
from tests.databases import SERVER, postgresql_database, sqlite_database

NAME = "kis_bench_scale"
OFFICE = "seoul-southern"
# Keys, files and the SQLite database of the desk that is measured.
FOLDER = ROOT / "var" / "bench-scale-desk"
# Growth is told from here on.
BASE = 100_000


@contextmanager
def database(sqlite: bool, keep: bool) -> Iterator[str]:
    """The address of the database; with `keep` it is neither made anew nor dropped."""
    with ExitStack() as left:
        if not keep:
            shutil.rmtree(FOLDER, ignore_errors=True)
            left.callback(shutil.rmtree, FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        if sqlite:
            yield sqlite_database(FOLDER)
        elif keep:
            yield f"{SERVER.replace('postgresql://', 'postgresql+psycopg://')}/{NAME}"
        else:
            yield left.enter_context(postgresql_database(NAME))


def application(address: str) -> Flask:
    os.environ |= {"KIS_ENV": "development", "KIS_VAR": str(FOLDER), "DATABASE_URL": address}
    # One account stands for many, and searches more often than a person may.
    os.environ["MOST_SEARCHES"] = "1000000"
    os.environ.setdefault("FONTS_PATH", str(ROOT / "var" / "fonts"))
    return create_app()


def fill(app: Flask, cases: int) -> None:
    """Tables, reference data, as many cases as lack, and fresh statistics of the planner."""
    with app.app_context():
        db.create_all()
        with transaction():
            load_reference_data()
            load_reference_figures()
        lacking = cases - (db.session.scalar(select(func.count(Case.id))) or 0)
        if lacking > 0:
            began = time.monotonic()
            load(
                Scale(lacking, seed=0 if lacking == cases else 1), lambda line: print(f"  {line}", flush=True)
            )
            print(f"loaded {lacking:,} cases in {time.monotonic() - began:.0f} s", flush=True)
        db.session.remove()
        tidy_up()


def tidy_up() -> None:
    """What PostgreSQL's autovacuum and a nightly ANALYZE on SQLite would have done by the next day."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE"))


def main() -> int:
    """1 when a page is slower than that of the peer, asks more statements than it may, or a plan scans."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=BASE)
    options.add_argument("--rounds", type=int, default=60)
    options.add_argument("--sqlite", action="store_true")
    options.add_argument(
        "--keep", action="store_true", help=f"use a database {NAME} that is there, and leave it"
    )
    asked = options.parse_args()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
    with database(asked.sqlite, asked.keep) as address:
        app, before = application(address), None
        for cases in [BASE, asked.cases] if asked.cases > BASE else [asked.cases]:
            fill(app, cases)
            before = measure(app, address, asked.rounds, before)
        return before.verdict if before else 1


def stop(_signal: int, _frame: Any) -> NoReturn:
    """End in order, once: what was begun is taken away undisturbed."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    sys.exit(130)


def measure(app: Flask, address: str, rounds: int, before: Report | None) -> Report:
    """Serve the desk and, on PostgreSQL, its peer; ask both, and say what came out."""
    with app.app_context():
        office = db.session.scalars(select(Office.id).where(Office.code == OFFICE)).one()
        free = free_cases(OFFICE, rounds + WARM)
        db.session.remove()
    sqlite, name = address.startswith("sqlite"), address.rpartition("/")[2]
    with ExitStack() as left:
        port, process = left.enter_context(servers.desk(address, FOLDER))
        desk, peer = Desk(port, process, app, OFFICE, PASSWORD, free), None
        if not sqlite:
            password = secrets.token_urlsafe(12)
            servers.set_up_peer(name, password)
            peer = Peer(*left.enter_context(servers.peer(name, password)), office, password)
        report = Report(compare(desk, peer, rounds), app, desk)
        report.tell(before)
        return report


if __name__ == "__main__":
    sys.exit(main())
