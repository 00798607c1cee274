"""What each page asks of the database: how many statements, how long they take there, and which plans scan."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import Connection, event, func, select

from kis.core.extensions import db

# A table of fewer rows is read whole by every sensible plan.
SMALL = 5_000
WALK = re.compile(r"SCAN (\w+)")
NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "SET")


@dataclass
class Asked:
    """The statements of one page with their parameters."""

    statements: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)


@contextmanager
def watched() -> Iterator[Asked]:
    asked = Asked()

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith(NOT_COUNTED):
            asked.statements.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def asked_of(app: Flask, cookies: dict[str, str], path: str) -> Asked:
    """What the page asks, answered in this process for the session of the cookies."""
    browser = app.test_client()
    for name, value in cookies.items():
        browser.set_cookie(name, value)
    with app.app_context(), watched() as asked:
        answer = browser.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return asked


def explained(asked: Asked) -> tuple[float, list[str]]:
    """Milliseconds in the database, and the large tables that a plan reads whole."""
    took, scans = 0.0, []
    with db.engine.connect() as connection:
        explain = on_postgresql if connection.dialect.name == "postgresql" else on_sqlite
        for statement, parameters in asked.statements:
            if statement.lstrip().startswith("SELECT"):
                milliseconds, tables = explain(connection, statement, parameters)
                took += milliseconds
                scans += [f"{table}: {statement[:90]}" for table in tables]
    return took, scans


def on_postgresql(connection: Connection, statement: str, parameters: Any) -> tuple[float, list[str]]:
    query = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
    for _warm in range(2):
        found = connection.exec_driver_sql(query, parameters).scalar_one()
    plan = (json.loads(found) if isinstance(found, str) else found)[0]
    whole = [node["Relation Name"] for node in nodes(plan["Plan"]) if reads_whole(node)]
    return plan["Execution Time"], whole


def on_sqlite(connection: Connection, statement: str, parameters: Any) -> tuple[float, list[str]]:
    """The second of two runs; a walk of a whole table or index counts, unless so few rows are there."""
    for _warm in range(2):
        began = time.perf_counter()
        connection.exec_driver_sql(statement, parameters).all()
        took = (time.perf_counter() - began) * 1_000
    steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    walked = [found[1] for step in steps if (found := WALK.match(step.detail))]
    tables = [name for name in walked if name in db.metadata.tables]
    return took, [name for name in tables if is_large(connection, name)]


def is_large(connection: Connection, table: str) -> bool:
    largest = select(func.max(db.metadata.tables[table].c.id))
    return (connection.scalar(largest) or 0) > SMALL


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def reads_whole(node: dict[str, Any]) -> bool:
    removed = node.get("Rows Removed by Filter", 0)
    return node["Node Type"] in ("Seq Scan", "Parallel Seq Scan") and node["Actual Rows"] + removed > SMALL
