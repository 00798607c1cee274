"""The documents handed in: what the catalogue lists for the category, marked, dated and reviewed."""

from functools import cache
from typing import Any, Final

from kis.desk.synthetic.draws import ABSENT, EDGE, FAR, MISS, WELL, Dossier, Draw, iso
from kis.rules import DocumentKind, procedure

PROCEDURE: Final = "permanent-residence"
TESTS: Final = {
    "kiip_level_completed": "common-13",
    "permanent_residency_test_score": "common-11",
    "naturalization_test_score": "common-12",
}
PER_EARNER: Final = frozenset({"common-07", "common-08"})
SHOWN_BY: Final = frozenset({"common-11", "common-12", "common-13", "common-14", "topik"})


@cache
def listed(category: str) -> tuple[DocumentKind, ...]:
    """What people of the category hand in; of the proofs of competency only the one they hold."""
    kinds = procedure(PROCEDURE).catalogue.listed_for(category)
    return tuple(kind for kind in kinds if not kind.optional and kind.code not in SHOWN_BY)


def documents(draw: Draw, found: Dossier) -> None:
    """Every listed document; some are missing, out of date or still to be reviewed."""
    if draw.flawed(0.1):
        return
    reviewed, issued = not draw.flawed(0.5), iso(draw.as_of - draw.whole(3, 60))
    rows: list[dict[str, Any]] = []
    for kind in listed(found["application"]["category"]):
        row = {"code": kind.code, "submitted": True, "reviewed": reviewed}
        if kind.dated:
            row |= _dates(draw, kind)
        else:
            row["issued_on"] = issued
        rows.append(row)
        if kind.code in PER_EARNER:
            rows += [row | {"person": person} for person in _earners(found)]
    rows.append({"code": _shown_by(found), "submitted": True, "reviewed": reviewed})
    _spoil(draw, rows)
    found["documents"] = rows


def _earners(found: Dossier) -> list[str]:
    return sorted({row["earner"] for row in found.get("income") or ()} - {"applicant"})


def _shown_by(found: Dossier) -> str:
    shown = found.get("integration") or {}
    return next((TESTS[name] for name in reversed(shown) if name in TESTS), "common-13")


def _spoil(draw: Draw, rows: list[dict[str, Any]]) -> None:
    if draw.flawed(0.25):
        del rows[draw.whole(0, len(rows) - 1)]
    if draw.flawed(0.25):
        draw.one_of(rows)["submitted"] = False
    if draw.flawed(0.2):
        draw.one_of(rows).pop("reviewed")
    if draw.flawed(0.1):
        draw.one_of(rows).pop("submitted")


def _dates(draw: Draw, kind: DocumentKind) -> dict[str, str]:
    grade = draw.grade()
    if grade == ABSENT:
        return {}
    if kind.dated == "expires":
        days = {WELL: draw.whole(1, 700), EDGE: 0, MISS: -1, FAR: -90}[grade]
        return {"expires_on": iso(draw.as_of + days)}
    edge = draw.as_of - 5 if "days" in kind.date_rule else draw.before(6, EDGE)
    issued = {WELL: draw.whole(edge, draw.as_of), EDGE: edge, MISS: edge - 1, FAR: edge - 60}[grade]
    return {"issued_on": iso(issued)}
