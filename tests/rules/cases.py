"""Dossiers to change in one place, and what the rules say of them."""

import copy
import json
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from kis.rules import Finding, PreCheck, ReferenceTables, procedure

VECTORS = Path(__file__).parents[1] / "vectors"


class Absent(Enum):
    """Stands for a fact that is taken out; a name of its own keeps the names of the cases the same."""

    ABSENT = "absent"

    def __str__(self) -> str:
        return self.value


ABSENT = Absent.ABSENT
Dossier = dict[str, Any]


@cache
def _text(name: str) -> str:
    return (VECTORS / f"{name}.json").read_text(encoding="utf-8")


def dossier(name: str = "f51-meets-all", /, **changes: Any) -> Dossier:
    """A worked dossier with top-level facts replaced; ABSENT takes one away."""
    found: Dossier = copy.deepcopy(json.loads(_text(name))["dossier"])
    for key, value in changes.items():
        put(found, key, value)
    return found


def put(found: Dossier, path: str, value: Any) -> Dossier:
    """Set (or take away) a fact by its dotted path; returns the dossier."""
    *way, last = path.replace("__", ".").split(".")
    place: Any = found
    for step in way:
        place = place[int(step)] if step.isdigit() else place.setdefault(step, {})
    if value is ABSENT:
        place.pop(last, None)
    else:
        place[last] = value
    return found


def run(found: Dossier, tables: ReferenceTables | None = None) -> PreCheck:
    """The pre-check by the book of the day."""
    day = date.fromisoformat(found["application"]["received_on"])
    return procedure("permanent-residence").book_on(day).run(found, tables or ReferenceTables.shipped())


def finding(found: Dossier, criterion: str) -> Finding:
    """What one criterion says."""
    return next(one for one in run(found).criteria if one.id == criterion)


def outcome(found: Dossier, criterion: str) -> str | None:
    """The outcome of one criterion, None where it is left out."""
    return next((one.outcome.value for one in run(found).criteria if one.id == criterion), None)


def area(found: Dossier, name: str) -> str | None:
    """The outcome of one area, None where it is left out."""
    known = run(found).areas.get(name)
    return known.value if known else None
