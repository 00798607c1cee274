"""Every worked dossier gets the outcomes it must get."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kis.rules import ReferenceTables, procedure

VECTORS = Path(__file__).parents[1] / "vectors"
SHARED = Path(__file__).parents[3] / "shared" / "vectors"
PROCEDURE = procedure("permanent-residence")


def worked_dossiers() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(VECTORS.glob("*.json"))]


def test_there_are_worked_dossiers() -> None:
    assert worked_dossiers()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared vectors lie beside the repository only at times")
def test_the_copy_of_the_vectors_is_exact() -> None:
    original = {path.name: path.read_bytes() for path in SHARED.glob("*.json")}
    assert original
    assert {path.name: path.read_bytes() for path in VECTORS.glob("*.json")} == original


@pytest.mark.parametrize("vector", worked_dossiers(), ids=lambda vector: vector["name"])
def test_a_worked_dossier_gets_its_outcomes(vector: dict[str, Any]) -> None:
    dossier = vector["dossier"]
    day = date.fromisoformat(dossier["application"]["received_on"])
    found = PROCEDURE.book_on(day).run(dossier, ReferenceTables.shipped())
    outcomes = {finding.id: finding.outcome.value for finding in found.criteria}
    expected = vector["expect"]
    assert found.overall == expected.get("overall", found.overall)
    assert {area: found.areas[area].value for area in expected.get("areas", {})} == expected.get("areas", {})
    assert {name: outcomes[name] for name in expected.get("criteria", {})} == expected.get("criteria", {})
