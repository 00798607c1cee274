"""The plain function of the bench makes the same findings as the rules, so that their times compare."""

import json
from typing import Any

import pytest

from kis.rules import ReferenceTables
from tests.bench.plain_precheck import CATEGORIES, precheck
from tests.bench.plain_tables import plain_tables
from tests.rules.cases import VECTORS, run

WORKED = [json.loads(path.read_text(encoding="utf-8"))["dossier"] for path in sorted(VECTORS.glob("*.json"))]
COVERED = [one for one in WORKED if one["application"]["category"] in CATEGORIES]
TABLES = plain_tables(ReferenceTables.shipped())


def test_the_plain_function_covers_every_worked_dossier() -> None:
    assert COVERED == WORKED


@pytest.mark.parametrize("dossier", COVERED, ids=lambda one: one["reference"])
def test_the_plain_function_finds_the_same(dossier: dict[str, Any]) -> None:
    rules = run(dossier)
    overall, areas, findings = precheck(dossier, TABLES)
    assert overall == rules.overall
    assert areas == rules.areas
    for plain, rule in zip(findings, rules.criteria, strict=True):
        name, outcome, key, values, inputs, basis = plain
        assert (name, outcome, key) == (rule.id, rule.outcome, rule.finding.key)
        assert values == rule.finding.values
        assert basis == rule.basis
        assert set(inputs) == set(rule.inputs), name
