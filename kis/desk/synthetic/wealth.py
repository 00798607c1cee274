"""What a household lives on: income and assets around the standard, debts, and public dues."""

from typing import Any, Final

from kis.desk.synthetic.draws import ABSENT, EDGE, FAR, MISS, WELL, Dossier, Draw, iso

GNI: Final = "gni_per_capita"
ASSETS: Final = ("real_estate", "rental_deposit", "deposit", "fund", "stock")


def income_year(draw: Draw, found: Dossier) -> int:
    """The year whose income counts."""
    return draw.year - (2 if found["application"].get("income_certificate_issued") is False else 1)


def livelihood(
    draw: Draw, found: Dossier, income: float, assets: float = 0, survey: str = "net_assets_mean"
) -> None:
    """Income, or in its stead assets, around multiples of the GNI and of the survey's figure."""
    needed = -int(-draw.figure(GNI) * income // 1)
    if assets and draw.chance() < 0.25:
        _incomes(draw, found, needed, FAR)
        _assets(draw, found, -int(-draw.figure(survey) * assets // 1), draw.grade())
    else:
        _incomes(draw, found, needed, draw.grade())
        found["assets"] = []
    if not draw.flawed(0.2):
        found["liabilities"] = []
        if draw.chance() < 0.2:
            found["liabilities"].append({"owner": "applicant", "amount": draw.whole(1, 30) * 1_000_000})
            _cover(found)


def _cover(found: Dossier) -> None:
    # The value carries the debt too, so that the net assets stand where they were drawn.
    if found.get("assets"):
        found["assets"][0]["value"] += found["liabilities"][0]["amount"]


def _incomes(draw: Draw, found: Dossier, needed: int, grade: int) -> None:
    if grade == ABSENT:
        return
    whole = draw.amount(needed, grade)
    own = _own_part(draw, found, whole, needed)
    year = income_year(draw, found)
    rows = [_income(draw, "applicant", year, own)]
    if own < whole:
        rows.append(_income(draw, found["family"][0]["ref"], year, whole - own))
    if draw.chance() < 0.3:
        rows.append(_income(draw, "applicant", year - 1, int(own * 0.9)))
    if draw.flawed(0.25):
        rows[0] |= draw.one_of(({"taxed": False}, {"taxed": False, "non_taxable": True}))
    if draw.flawed(0.15):
        del rows[0]["taxed"]
    found["income"] = rows


def _own_part(draw: Draw, found: Dossier, whole: int, needed: int) -> int:
    family = found.get("family") or ()
    if not family or family[0]["relation"] not in {"spouse", "father", "mother"} or draw.chance() < 0.5:
        return whole
    half = -(-needed // 2)
    part = {WELL: half + int((whole - half) * draw.chance()), EDGE: half, MISS: half - 1}
    return min(whole, max(0, part.get(draw.grade(), half // 2)))


def _income(draw: Draw, earner: str, year: int, amount: int) -> dict[str, Any]:
    kind = "business" if draw.chance() < 0.1 else "earned"
    return {"earner": earner, "year": year, "amount": amount, "kind": kind, "taxed": True, "domestic": True}


def _assets(draw: Draw, found: Dossier, needed: int, grade: int) -> None:
    if grade == ABSENT:
        return
    whole = draw.amount(needed, grade)
    first = int(whole * (0.5 + 0.5 * draw.chance()))
    found["assets"] = [asset(draw, first, 6)] + ([asset(draw, whole - first, 6)] if first < whole else [])
    if draw.flawed(0.15):
        del found["assets"][0]["acquired_on"]


def asset(draw: Draw, value: int, months: int, among: tuple[str, ...] = ASSETS) -> dict[str, Any]:
    """One thing of the applicant's, held for months around what is asked."""
    held = iso(draw.before(months, draw.grade() % ABSENT, 80))
    return {
        "owner": "applicant",
        "kind": draw.one_of(among),
        "value": value,
        "acquired_on": held,
        "domestic": True,
    }


def real_assets(draw: Draw, found: Dossier, income: float, real: int) -> None:
    """Income by the head-count at home, or real estate and deposits held for a year, debts not deducted."""
    family = found.get("family") or ()
    multiple = 1 if len(family) >= 3 else income
    _incomes(draw, found, -int(-draw.figure(GNI) * multiple // 1), draw.grade())
    found["assets"] = []
    if draw.chance() < 0.4:
        found["assets"].append(asset(draw, draw.amount(real, draw.grade() % ABSENT), 12, ASSETS[:2]))


def domestic_assets(draw: Draw, found: Dossier, amount: int) -> None:
    """Assets in Korea of the applicant and the spouse around an amount."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    found["assets"] = [asset(draw, draw.amount(amount, grade), 6)]
    if draw.flawed(0.3):
        found["assets"][0]["domestic"] = False


def some_income(draw: Draw, found: Dossier) -> None:
    """What someone earns whose category does not ask for an amount."""
    amount = draw.amount(draw.figure(GNI), draw.one_of((WELL, EDGE, MISS, FAR)))
    found["income"] = [_income(draw, "applicant", income_year(draw, found), amount)]
    found["assets"], found["liabilities"] = [], []


def dues(draw: Draw, found: Dossier) -> None:
    """Public dues: mostly none owed."""
    if draw.flawed(0.15):
        return
    found["arrears"] = []
    if draw.flawed(0.2):
        family = found.get("family") or ()
        person = family[0]["ref"] if family and draw.chance() < 0.5 else "applicant"
        row = {"person": person, "kind": draw.one_of(("national_tax", "local_tax", "health_insurance"))}
        found["arrears"].append(row | {"amount": draw.whole(10, 900) * 10_000})
