"""The reference tables as plain tuples and dicts, for the plain function."""

from typing import Any

from kis.rules import ReferenceTables


def plain_tables(tables: ReferenceTables) -> dict[str, Any]:
    """{figure: [(applies from, year, amount)] in the order of their start, "apostille": {country: day}}."""
    plain: dict[str, Any] = {"gni_per_capita": [], "net_assets_mean": [], "net_assets_median": []}
    for figure in sorted(tables.figures, key=lambda one: (one.applies_from, one.year)):
        plain.setdefault(figure.figure, []).append((figure.applies_from, figure.year, figure.amount_krw))
    plain["apostille"] = {row.country: row.in_force_for_korea_from for row in tables.apostille}
    return plain
