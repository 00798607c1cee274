"""Twenty criteria of F-5-1 as an OpenFisca system, as one would write it: vectors, roles, dated parameters.

What a finding of the rules tells (a sum, a standard, the day a bar is over) is a variable, so that the trace tells it.
"""

from collections.abc import Callable
from typing import Any

from openfisca_core.parameters import ParameterNode
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from kis.rules import ReferenceTables
from tests.bench import openfisca_conduct, openfisca_livelihood  # noqa: F401 - they declare their variables
from tests.bench.openfisca_facts import OUTCOMES, VARIABLES, Application, Entry

__all__ = ["CRITERIA", "OUTCOMES", "system"]

CRITERIA = tuple(
    variable.__name__
    for variable in VARIABLES
    if variable.__name__.startswith(("eligibility_", "conduct_", "livelihood_"))
)


def parameters(tables: ReferenceTables) -> ParameterNode:
    """The figures of the tables by their days, and the terms of the rules."""

    long_ago = "2000-01-01"

    def dated(name: str, first: Callable[[Any], str]) -> dict[str, Any]:
        rows = [figure for figure in tables.figures if figure.figure == name]
        amounts = {first(row): row.amount_krw for row in rows}
        years = {first(row): row.year for row in rows}
        return {"amount": {"values": {long_ago: 0, **amounts}}, "year": {"values": {long_ago: 0, **years}}}

    bars = {
        "imprisonment": 5,
        "suspended_sentence": 5,
        "fine": 3,
        "entry": 5,
        "deportation": 7,
        "departure": 5,
    }
    terms = {
        "bars": bars | {"humanitarian": 5, "abroad": 10},
        "penalties": {"one": 5_000_000, "total": 7_000_000},
    }
    terms["general"] = {"income": 2, "assets": 1.5}
    single = {"adult_age": 19, "residence_years": 5, "repeat_violations": 3, "drunk_driving": 3}
    data: dict[str, Any] = {name: {"values": {long_ago: value}} for name, value in single.items()}
    for name, part in terms.items():
        data[name] = {inner: {"values": {long_ago: value}} for inner, value in part.items()}
    data["gni"] = dated("gni_per_capita", lambda row: str(row.applies_from))
    data["survey"] = dated("net_assets_mean", lambda row: f"{row.year + 1}-01-01")
    return ParameterNode("", data=data)


def system(tables: ReferenceTables) -> TaxBenefitSystem:
    """The system with its variables and parameters."""
    made = TaxBenefitSystem([Entry, Application])
    made.add_variables(*VARIABLES)
    made.parameters = parameters(tables)
    return made
