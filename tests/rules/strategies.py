"""Dossiers that keep to the schema, drawn from the schema itself."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from kis.rules.dossier import schema

COUNTRIES = ("KOR", "VNM", "CHN", "JPN", "USA", "RUS", "BGD", "NPL")
STATUSES = (
    "D-2",
    "D-7",
    "D-8-1",
    "D-8-4",
    "D-9",
    "D-10-1",
    "E-5",
    "E-7-1",
    "E-9",
    "F-1",
    "F-2",
    "F-2-4",
    "F-2-7",
    "F-2-71",
    "F-2-8",
    "F-2-81",
    "F-3",
    "F-4",
    "F-5",
    "F-5-1",
    "F-5-16",
    "F-5-17",
    "F-5-21",
    "F-6-1",
    "H-2",
)
CATEGORIES = tuple(f"F-5-{number}" for number in range(1, 28))
REFS = ("applicant", "spouse", "child", "mother", "ghost")
MONEY = (
    0,
    1,
    4_999_999,
    5_000_000,
    24_977_500,
    49_955_000,
    99_910_000,
    300_000_000,
    673_410_000,
    3_000_000_000,
)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2026, 12, 31))
NAMED = {
    "category": st.sampled_from(CATEGORIES),
    "birth_date": st.one_of(DAYS, st.dates()).map(str),
    "received_on": st.one_of(DAYS, st.just("2025-05-12"), st.dates()).map(str),
    "year": st.integers(2014, 2027),
    "amount": st.sampled_from(MONEY),
    "value": st.sampled_from(MONEY),
    **{name: st.sampled_from(REFS) for name in ("ref", "spouse", "earner", "owner", "person")},
    "articles": st.lists(st.sampled_from(("7(1)", "7", "12(2)", "18(1)", "nonsense")), max_size=2),
    "code": st.sampled_from(("common-01", "common-04", "common-05", "common-07", "common-13", "degree", "x")),
}


def of_schema(part: dict[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    """Values that keep to a part of the schema."""
    if name in NAMED:
        return NAMED[name]
    if "const" in part:
        return st.just(part["const"])
    if "enum" in part:
        return st.sampled_from(part["enum"])
    if "anyOf" in part:
        return st.one_of(*(of_schema(one) for one in part["anyOf"]))
    return KINDS[part["type"]](part)


def _text(part: dict[str, Any]) -> st.SearchStrategy[Any]:
    if part.get("format") == "date":
        return st.one_of(DAYS, DAYS, st.dates()).map(str)
    if part.get("pattern", "").startswith("^[A-Z]{3}"):
        return st.sampled_from(COUNTRIES)
    return st.sampled_from(STATUSES) if "pattern" in part else st.text(max_size=5)


def _object(part: dict[str, Any]) -> st.SearchStrategy[Any]:
    needed = set(part.get("required", ()))
    fields = {name: of_schema(inner, name) for name, inner in part["properties"].items()}
    return st.fixed_dictionaries(
        {name: field for name, field in fields.items() if name in needed},
        optional={name: field for name, field in fields.items() if name not in needed},
    )


KINDS = {
    "string": _text,
    "object": _object,
    "array": lambda part: st.lists(of_schema(part["items"]), max_size=3),
    "integer": lambda part: st.integers(part.get("minimum", 0), part.get("maximum", 10**15)),
    "number": lambda part: st.floats(0, 10, allow_nan=False),
    "boolean": lambda _part: st.booleans(),
    "null": lambda _part: st.none(),
}


def dossiers() -> st.SearchStrategy[dict[str, Any]]:
    """Any dossier that keeps to the schema."""
    return of_schema(dict(schema()))
