"""Readings and worked dossiers with what the rules say of them, judged once for all tests of what is shown."""

from typing import NamedTuple

from kis.rules import PreCheck
from kis.rules.dossier import schema
from tests.rules.cases import VECTORS, Dossier, dossier, run
from tests.rules.test_second_reading import CHAPTERS


class Judged(NamedTuple):
    """A dossier by its name, and its pre-check; neither may be changed."""

    name: str
    dossier: Dossier
    found: PreCheck


def _dossiers() -> list[tuple[str, Dossier]]:
    optional = [name for name in schema()["properties"] if name not in schema()["required"]]
    worked = [(path.stem, dossier(path.stem)) for path in sorted(VECTORS.glob("*.json"))]
    lacking = [
        (f"{name} without {section}", {key: part for key, part in found.items() if key != section})
        for name, found in worked
        for section in optional
        if section in found
    ]
    readings = [
        (f"{chapter}: {reading.base}, {reading.why}", reading.dossier())
        for chapter, readings in CHAPTERS.items()
        for reading in readings
    ]
    return [*worked, *lacking, *readings]


JUDGED = [Judged(name, found, run(found)) for name, found in _dossiers()]
