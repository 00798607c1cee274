"""The two tests of their own: real assets (F-5-8) and a pension from abroad (F-5-13)."""

from kis.rules.f5.household import counts, draw_household, members
from kis.rules.f5.standards import (
    F58_REAL_ASSETS,
    GNI,
    Bounds,
    Standard,
    Test,
    compared,
    gni,
    no_figure,
    times,
)
from kis.rules.facts import Facts
from kis.rules.findings import Verdict, missing, not_met
from kis.rules.outcomes import MET, NOT_MET
from kis.rules.periods import add_months


def real_assets(facts: Facts, standard: Standard) -> Test:
    """F-5-8: real estate or rental deposits of 60,000,000 held one year, debts not deducted."""
    rows = facts.rows("assets")
    if rows is None:
        return Test("livelihood.assets", missing("assets"), None)
    sure = most = 0
    for row in rows:
        if row.get("kind") not in {"real_estate", "rental_deposit"} or row.is_later("acquired_on"):
            continue
        acquired = row.past("acquired_on")
        held = None if acquired is None else add_months(acquired, 12) <= facts.as_of
        counted = counts(facts, standard.household, row.get("owner"))
        if counted is not False and held is not False:
            value = row.amount("value") or 0
            most += value
            sure += value if counted and held else 0
    values = {"amount": sure, "most": most, "standard": F58_REAL_ASSETS}
    outcome = Bounds(sure, sure, most, most).against(F58_REAL_ASSETS)
    verdict = compared("livelihood.real_assets", outcome, values)
    return Test(
        "livelihood.assets", verdict.showing(draw_household(facts.once(members, standard.household))), None
    )


def pension(facts: Facts, standard: Standard) -> Test:
    """F-5-13: a pension from abroad in place of income."""
    return Test("livelihood.pension", _pension(facts, standard), None)


def _pension(facts: Facts, standard: Standard) -> Verdict:
    received, figure = facts.part("pension"), gni(facts)
    if received is None:
        return missing("pension")
    abroad, annual = received.get("from_abroad"), received.amount("annual")
    if abroad is False:
        return not_met("livelihood.pension_domestic")
    if figure is None:
        return no_figure(GNI, facts.year - 1, facts.year - 2)
    needed = times(figure.amount_krw, standard.income)
    if annual is None:
        return missing("pension.annual")
    values = {
        "amount": annual,
        "multiple": str(standard.income),
        "figure": figure.amount_krw,
        "figure_year": figure.year,
        "standard": needed,
    }
    if annual < needed:
        return compared("livelihood.pension", NOT_MET, values)
    return missing("pension.from_abroad") if abroad is None else compared("livelihood.pension", MET, values)
