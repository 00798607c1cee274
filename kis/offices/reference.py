"""Reads the reference data that the project ships, and says what is wrong with it.

Each file of data/ is one table. An empty cell is something not known. Each row names its sources by
their codes in sources.csv; `source_text` is the published line as it was, `mended` what was put right.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from kis.offices.models import OfficeKind, ServiceKind

DATA = Path(__file__).parent / "data"
Row = dict[str, Any]

KEYS: dict[str, tuple[str, ...]] = {
    "sources": ("code",),
    "divisions": ("code",),
    "offices": ("code",),
    "centers": ("office", "code"),
    "service_windows": ("number",),
    "jurisdictions": ("office", "province_ko", "district_ko"),
}
READERS: dict[str, Callable[[str], Any]] = {
    "number": int,
    "from_day": date.fromisoformat,
    "to_day": date.fromisoformat,
    "after_time": time.fromisoformat,
    "courier": lambda cell: cell == "yes",
    "aliases": str.split,
}


def read(table: str) -> list[Row]:
    """The rows of data/<table>.csv, typed, None for what is not known. Raises ValueError for a bad cell."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [{name: value(name, cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def value(column: str, cell: str) -> Any:
    return READERS.get(column, str)(cell) if cell else None


def code_of(name_en: str) -> str:
    """An office's code: its English name without what it is, lower case, with hyphens."""
    bare = name_en.removesuffix(" Immigration Office").removesuffix(" Branch Office")
    return bare.lower().replace(" ", "-")


def problems() -> list[str]:
    """What contradicts itself in the files, one sentence each; empty when all is well."""
    return [*repeated_keys(), *unknown_offices(), *unknown_sources(), *wrong_offices(), *wrong_windows()]


def repeated_keys() -> Iterator[str]:
    for table, columns in KEYS.items():
        keys = Counter(tuple(row[column] for column in columns) for row in read(table))
        yield from (f"{table}: {key} stands there twice" for key, times in keys.items() if times > 1)


def unknown_offices() -> Iterator[str]:
    codes = {row["code"] for row in read("offices")}
    for table in ("centers", "service_windows", "jurisdictions"):
        named = {row["office"] for row in read(table)}
        yield from (f"{table}: there is no office {code}" for code in sorted(named - codes))


def unknown_sources() -> Iterator[str]:
    for table in ("divisions", "offices", "centers", "jurisdictions"):
        columns = [column for column in read(table)[0] if column.endswith("source")]
        named = {code for row in read(table) for column in columns for code in (row[column] or "").split()}
        yield from (f"{table}: there is no source {code}" for code in sorted(named - set(sources())))
    for row in read("jurisdictions"):
        if row["confidence"] != sources()[row["source"]]["confidence"]:
            yield f"jurisdictions: {row['source']} is not {row['confidence']} ({row['office']})"


def wrong_offices() -> Iterator[str]:
    kinds = {row["code"]: row["kind"] for row in read("offices")}
    for row in read("offices"):
        if row["code"] != code_of(row["name_en"]):
            yield f"offices: {row['code']} is not the code of {row['name_en']}"
        if row["parent"] and kinds.get(row["parent"]) != OfficeKind.OFFICE:
            yield f"offices: {row['parent']}, parent of {row['code']}, is not an office"
        if bool(row["parent"]) != bool(row["parent_source"]):
            yield f"offices: the parent of {row['code']} and its source stand or fall together"


def wrong_windows() -> Iterator[str]:
    centers = {(row["office"], row["code"]) for row in read("centers")}
    for row in read("service_windows"):
        if row["center"] and (row["office"], row["center"]) not in centers:
            yield f"service_windows: {row['office']} has no center {row['center']} (window {row['number']})"
        if row["kind"] not in set(ServiceKind):
            yield f"service_windows: no kind {row['kind']} (window {row['number']})"


@dataclass(frozen=True)
class Place:
    """What an address says of where it is: its province, and the words among which the district is."""

    province_ko: str
    words: frozenset[str]


def place_of(address: str) -> Place | None:
    """Read a Korean or English address; None when it names no province."""
    words = [word.strip("()").casefold() for word in address.replace(",", " ").split()]
    province = next((provinces()[word] for word in words if word in provinces()), None)
    return Place(province, frozenset(words)) if province else None


@cache
def sources() -> dict[str, Row]:
    """Code of a source to its names, site and confidence."""
    return {row["code"]: row for row in read("sources")}


@cache
def provinces() -> dict[str, str]:
    """Every way to write a province, lower case, to its Korean name."""
    return {
        written.casefold(): row["name_ko"]
        for row in read("provinces")
        for written in (row["name_ko"], row["name_en"], *row["aliases"])
    }
