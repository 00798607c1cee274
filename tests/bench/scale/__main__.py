"""`make bench-scale`: load so many cases, and measure the pages of the desk beside those of a plain Django admin.

`--cases N` (100000), `--sqlite` for the desk alone on SQLite, `--keep` uses and leaves a database.
"""

import argparse
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import inspect, select, text

from config import ROOT
from kis.accounts.demo import PASSWORD
from kis.core.database import transaction
from kis.core.extensions import db
from kis.desk.scale import Scale, load
from kis.factory import create_app
from kis.figures.operations import load_reference_figures
from kis.offices.models import Office
from kis.offices.operations import load_reference_data
from tests.bench.scale import servers
from tests.bench.scale.pages import Desk, Peer, compare, report
from tests.databases import SERVER, postgresql_database, sqlite_database

NAME = "kis_bench_scale"
OFFICE = "seoul-southern"
# Keys and files of the desk that is measured.
FOLDER = ROOT / "var" / "bench-scale-desk"


@contextmanager
def database(sqlite: bool, keep: bool) -> Iterator[str]:
    """The address of the database; with `keep` it is neither made anew nor dropped."""
    if sqlite:
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "kis.sqlite3").unlink(missing_ok=True)
        yield sqlite_database(FOLDER)
    elif keep:
        yield f"{SERVER.replace('postgresql://', 'postgresql+psycopg://')}/{NAME}"
    else:
        with postgresql_database(NAME) as address:
            yield address


def application(address: str) -> Flask:
    os.environ |= {"KIS_ENV": "development", "KIS_VAR": str(FOLDER), "DATABASE_URL": address}
    os.environ.setdefault("FONTS_PATH", str(ROOT / "var" / "fonts"))
    return create_app()


def fill(app: Flask, cases: int) -> None:
    """Tables, reference data, the cases and fresh statistics of the planner."""
    with app.app_context():
        db.create_all()
        with transaction():
            load_reference_data()
            load_reference_figures()
        began = time.monotonic()
        load(Scale(cases), lambda line: print(f"  {line}", flush=True))
        print(f"loaded {cases:,} cases in {time.monotonic() - began:.0f} s", flush=True)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(
                text("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE")
            )


def main() -> int:
    """1 when a page is slower than that of the peer, or a plan scans."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=60)
    options.add_argument("--sqlite", action="store_true")
    options.add_argument(
        "--keep", action="store_true", help="use a database kis_bench_scale that is there, and leave it"
    )
    asked = options.parse_args()
    with database(asked.sqlite, asked.keep) as address:
        app = application(address)
        if not is_filled(app):
            fill(app, asked.cases)
        return measure(app, address, asked.rounds)


def is_filled(app: Flask) -> bool:
    with app.app_context():
        return inspect(db.engine).has_table("case")


def measure(app: Flask, address: str, rounds: int) -> int:
    with app.app_context():
        office = db.session.scalars(select(Office).where(Office.code == OFFICE)).one().id
        db.session.remove()
    password, name = secrets.token_urlsafe(12), address.rpartition("/")[2]
    sqlite = address.startswith("sqlite")
    if not sqlite:
        servers.set_up_peer(name, password)
    with servers.desk(address, FOLDER) as (port, process):
        desk = Desk(port, app, OFFICE, PASSWORD)
        if sqlite:
            return report(compare(desk, None, rounds), app, desk, process)
        with servers.peer(name, password) as (other, _process):
            return report(compare(desk, Peer(other, office, password), rounds), app, desk, process)


if __name__ == "__main__":
    sys.exit(main())
