"""Livelihood: income or net assets of those who count against the category's standard."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from kis.rules.f5.household import (
    APPLICANT,
    age_reached,
    counts,
    draw_household,
    income_year,
    lives_since,
    living,
    members,
)
from kis.rules.f5.livelihood_other import pension, real_assets
from kis.rules.f5.standards import (
    GNI,
    Bounds,
    Standard,
    Test,
    compared,
    gni,
    half,
    no_figure,
    survey,
    times,
)
from kis.rules.f5.training import in_resident_training
from kis.rules.facts import Facts, Row
from kis.rules.findings import Finding, Verdict, missing
from kis.rules.outcomes import NOT_MET, Outcome, all_of, preference
from kis.rules.periods import add_months


def _eased(facts: Facts, standard: Standard) -> bool:
    return standard.resident_training and facts.once(in_resident_training)


def _earned(facts: Facts, kind: str) -> tuple[Bounds, Bounds] | None:
    """The household's income and the applicant's own part of it."""
    rows = facts.rows("income")
    if rows is None:
        return None
    year = income_year(facts)
    whole = own = Bounds()
    for row in rows:
        if row.data["year"] == year:
            earner = row.get("earner")
            counted = counts(facts, kind, earner)
            if counted is False:
                continue
            earned = _recognised(row)
            whole = whole.plus(earned if counted else earned._replace(sure=0, judged=0))
            own = own.plus(earned) if earner == APPLICANT else own
    return whole, own


def _recognised(row: Row) -> Bounds:
    taxed = row.get("taxed")
    judged = taxed is not True and row.get("non_taxable") is True
    if taxed is False and not judged:
        return Bounds()
    amount = row.amount("amount") or 0
    return Bounds(
        sure=amount if taxed else 0,
        judged=amount if taxed or judged else 0,
        hoped=0 if taxed is False else amount,
        most=amount,
    )


def income(facts: Facts, standard: Standard) -> Test:
    """Recognised income of the household in the income year, with the applicant's own share."""
    least, multiple = income_multiples(facts, standard)
    figure = gni(facts)
    earned = _earned(facts, standard.household)
    if earned is None:
        return _both_open("livelihood.income", missing("income"), facts, standard)
    if figure is None:
        return _both_open(
            "livelihood.income", no_figure(GNI, facts.year - 1, facts.year - 2), facts, standard
        )
    whole, part = earned
    needed, eased = times(figure.amount_krw, multiple), times(figure.amount_krw, least)
    values = {
        "amount": whole.sure,
        "most": whole.most,
        "year": income_year(facts),
        "multiple": str(multiple),
        "figure": figure.amount_krw,
        "figure_year": figure.year,
        "standard": needed,
    }
    sheet = draw_household(facts.once(members, standard.household))
    verdict = compared("livelihood.income", whole.between(eased, needed), values, sheet)
    own = None
    if _own_share_asked(facts, standard):
        own = _own(part, half(eased), half(needed))
    return Test("livelihood.income", verdict, own)


def income_multiples(facts: Facts, standard: Standard) -> tuple[Decimal, Decimal]:
    """How many times the GNI is asked, at least and at most: they differ where a head-count is open."""
    if _eased(facts, standard):
        return Decimal(1), Decimal(1)
    if not standard.real_assets_only:
        return standard.income, standard.income
    # F-5-8: 70 % with two or fewer family members in the home.
    sure, possible = _co_resident(facts)
    least, most = (Decimal(1) if people >= 3 else standard.income for people in (sure, possible))
    return least, most


def _co_resident(facts: Facts) -> tuple[int, int]:
    family = living(facts)
    if family is None:
        return 0, 3
    close = [row for row in family if row.get("relation") in {"spouse", "child", "father", "mother"}]
    lives = [lives_since(row, facts.as_of) for row in close]
    return lives.count(True), lives.count(True) + lives.count(None)


def _both_open(name: str, verdict: Verdict, facts: Facts, standard: Standard) -> Test:
    return Test(name, verdict, verdict if _own_share_asked(facts, standard) else None)


def _own_share_asked(facts: Facts, standard: Standard) -> bool:
    if standard.household == APPLICANT:
        return False
    return facts.applicant.get("raises_minor_children") is not True and age_reached(facts, 19)


def _own(part: Bounds, eased: int, needed: int) -> Verdict:
    values = {"amount": part.sure, "standard": needed, "most": part.most}
    return compared("livelihood.own_share", part.between(eased, needed), values)


def _net(facts: Facts, standard: Standard) -> tuple[Bounds, Bounds] | None:
    """The household's net assets and the applicant's own part of them."""
    rows, debts = facts.rows("assets"), facts.rows("liabilities")
    if rows is None:
        return None
    worth: dict[str, list[int]] = {APPLICANT: [0, 0]}
    for row in rows:
        _add_asset(facts, worth.setdefault(row.get("owner"), [0, 0]), row)
    for row in debts or ():
        owned = worth.setdefault(row.get("owner"), [0, 0])
        debt = row.amount("amount") or 0
        owned[:] = [value - debt for value in owned]
    sure = most = 0
    for owner, (low, high) in worth.items():
        counted = counts(facts, standard.household, owner)
        if counted is not False:
            sure += low if counted else min(0, low)
            most += high if counted else max(0, high)
    low, high = worth[APPLICANT]
    return Bounds(sure, sure, most, most), Bounds(low, low, high, high)


def _add_asset(facts: Facts, owned: list[int], row: Row) -> None:
    value = row.amount("value") or 0
    if row.is_later("acquired_on"):
        return
    acquired = row.past("acquired_on")
    if acquired is None:
        owned[1] += value
    elif add_months(acquired, 6) <= facts.as_of:
        owned[:] = [known + value for known in owned]


def assets(facts: Facts, standard: Standard) -> Test:
    """Net assets of the household held six months or more, with the applicant's own share."""
    multiple = Decimal(1) if _eased(facts, standard) else standard.assets or Decimal(1)
    figure = survey(facts, standard.survey)
    owned = _net(facts, standard)
    if figure is None:
        return _both_open("livelihood.assets", no_figure(standard.survey, facts.year - 1), facts, standard)
    if owned is None:
        return _both_open("livelihood.assets", missing("assets"), facts, standard)
    net, part = owned
    needed = times(figure.amount_krw, multiple)
    values = {
        "amount": net.sure,
        "most": net.most,
        "multiple": str(multiple),
        "figure": figure.amount_krw,
        "figure_year": figure.year,
        "standard": needed,
    }
    verdict = _less_debts(facts, net, needed, values)
    sheet = draw_household(facts.once(members, standard.household))
    own = None
    if _own_share_asked(facts, standard):
        own = _own_net(facts, part, half(needed))
    return Test("livelihood.assets", verdict.showing(sheet), own)


def _less_debts(facts: Facts, net: Bounds, needed: int, values: dict[str, Any]) -> Verdict:
    outcome = net.against(needed)
    if outcome is not NOT_MET and facts.dossier.get("liabilities") is None:
        return missing("liabilities")
    return compared("livelihood.assets", outcome, values)


def _own_net(facts: Facts, part: Bounds, needed: int) -> Verdict:
    outcome = part.against(needed)
    if outcome is not NOT_MET and facts.dossier.get("liabilities") is None:
        return missing("liabilities")
    return compared(
        "livelihood.own_share", outcome, {"amount": part.sure, "standard": needed, "most": part.most}
    )


Alternative = Callable[[Facts, Standard], Test]


def alternatives(standard: Standard) -> tuple[Alternative, ...]:
    """The tests of the category, the income (or pension) first."""
    if standard.pension:
        return (pension,)
    if standard.real_assets_only:
        return income, real_assets
    return (income,) if standard.assets is None else (income, assets)


def carrying(facts: Facts, standard: Standard) -> Alternative:
    """The test that carries the area: the better pair, then the better test, then income."""

    def place(work: Alternative) -> tuple[int, int]:
        test = facts.once(work, standard)
        return preference(test.pair), preference(test.verdict.outcome)

    return min(alternatives(standard), key=place)


def rests_on_assets(facts: Facts, standard: Standard) -> bool:
    """Whether the assets, not the income, carry the area."""
    return facts.once(carrying, standard) in {assets, real_assets}


def relied_on(facts: Facts, standard: Standard) -> tuple[str, ...]:
    """Those whose income was counted (whose assets, where assets carry); the applicant where nobody is."""
    if standard.pension:
        return (APPLICANT,)
    if facts.once(rests_on_assets, standard):
        people = [
            row.get("owner") for row in facts.rows("assets") or () if _is_counted_asset(facts, row, standard)
        ]
    else:
        people = [row.get("earner") for row in facts.rows("income") or () if _is_counted_income(facts, row)]
    sure = {ref for ref in people if counts(facts, standard.household, ref)}
    return tuple(sorted(sure)) or (APPLICANT,)


def _is_counted_income(facts: Facts, row: Row) -> bool:
    data = row.data
    return data["year"] == income_year(facts) and data.get("taxed") is True and data["amount"] > 0


def _is_counted_asset(facts: Facts, row: Row, standard: Standard) -> bool:
    acquired = row.past("acquired_on")
    months = 12 if standard.real_assets_only else 6
    if standard.real_assets_only and row.data["kind"] not in {"real_estate", "rental_deposit"}:
        return False
    return acquired is not None and add_months(acquired, months) <= facts.as_of and row.data["value"] > 0


def carried(facts: Facts, findings: Sequence[Finding], standard: Standard) -> Outcome:
    """The area: public dues, and the carrying alternative with its own share."""
    carrier = facts.once(facts.once(carrying, standard), standard).id
    asked = {"livelihood.public_dues", "livelihood.own_share", "livelihood.exemption", carrier}
    return all_of([finding.outcome for finding in findings if finding.id in asked])
