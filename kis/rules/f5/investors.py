"""Investors and the companies they build: F-5-5, F-5-17, F-5-21, F-5-23, F-5-24 and F-5-25."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from kis.rules.f5.family import spouses
from kis.rules.f5.standards import no_figure
from kis.rules.facts import Facts, Row
from kis.rules.findings import Verdict, met, missing, not_met
from kis.rules.messages import Message, add_sentences
from kis.rules.outcomes import both, either
from kis.rules.periods import (
    Span,
    add_days,
    add_months,
    add_years,
    days_before,
    in_all,
    merged,
    subtract_months,
    without,
)
from kis.rules.texts import Text, add_words

FOREIGN_INVESTMENT_USD: Final = 500_000
DOMESTIC_ASSETS: Final = 300_000_000
FUNDING: Final = 300_000_000
CONDITIONAL: Final = "conditional_investment"


def entries(facts: Facts, schemes: Sequence[str]) -> list[Row] | None:
    """The investments of these schemes begun by A; None where no investments are established."""
    rows = facts.rows("investments")
    if rows is None:
        return None
    return [row for row in rows if row.get("scheme") in schemes and not row.is_later("from")]


def is_held(facts: Facts, row: Row) -> bool:
    """Whether an investment is held at A: going on, not taken back, not lapsed that day."""
    end = row.day("to")
    if (end is not None and end < facts.as_of) or row.get("principal_recovered") is True:
        return False
    return not any(lapse.start <= facts.as_of <= lapse.end for lapse in _lapses(row))


def _lapses(row: Row) -> list[Span]:
    lapses = row.get("lapses") or ()
    entries = [Row(row.facts, lapse, f"{row.path}.lapses[{place}]") for place, lapse in enumerate(lapses)]
    return [
        Span(date.fromisoformat(lapse.data["from"]), date.fromisoformat(lapse.data["to"]))
        for lapse in entries
        if not lapse.is_later("from")
    ]


class Kept(NamedTuple):
    """Days in all before A: established, and at most where lapses are not established."""

    sure: int
    most: int

    def full(self, facts: Facts, years: int) -> bool | None:
        """Whether the years are reached in all."""
        if in_all(self.sure, years, facts.as_of):
            return True
        return None if in_all(self.most, years, facts.as_of) else False


def kept(facts: Facts, rows: Sequence[Row]) -> Kept:
    """The distinct days the investments were kept, lapses left out."""
    sure: list[Span] = []
    most: list[Span] = []
    for row in rows:
        whole = Span(row.day("from") or facts.as_of, row.day("to") or date.max)
        parts = without([whole], _lapses(row))
        most += parts
        sure += parts if row.get("lapses") is not None else ()
    return Kept(days_before(sure, facts.as_of), days_before(most, facts.as_of))


def _values(facts: Facts, days: Kept, years: int) -> dict[str, Any]:
    full = add_years(add_days(facts.as_of, -days.most), years)
    return {"days": days.sure, "years": years, "full": full.isoformat()}


def _settled(
    fact: bool | None, values: dict[str, Any], reasons: Sequence[str], absent: Sequence[str]
) -> Verdict:
    if fact:
        return met("investment.kept", **values)
    if fact is None:
        return missing(*absent)
    may_grow = "investment_short" in reasons and "investment_none" not in reasons
    remedy = Message("settle.investment_from", {"full": values["full"]}) if may_grow else None
    return not_met("investment.fails", remedy, **values, reasons=list(reasons))


def _reasons(**facts: bool | None) -> list[str]:
    return [f"investment_{name}" for name, fact in facts.items() if fact is False]


def _open_fields(rows: Sequence[Row], *fields: str) -> list[str]:
    return [f"{row.path}.{field}" for row in rows for field in fields if row.data.get(field) is None]


def tourism_investment(facts: Facts) -> Verdict:
    """F-5-17: five years in all with public projects, held now, nothing held pledged as collateral."""
    rows = entries(facts, ("tourism_facility", "public_project"))
    if rows is None:
        return missing("investments")
    tourism = [row for row in rows if row.data["scheme"] == "tourism_facility"]
    held = [row for row in rows if is_held(facts, row)]
    days = kept(facts, rows)
    checks = {
        "none": bool(tourism),
        "short": days.full(facts, 5),
        "not_held": bool(held),
        "pledged": both(*(_is_free(row) for row in held)),
    }
    absent = [*_open_fields(rows, "lapses"), *_open_fields(tourism, "pledged_as_collateral")]
    return _settled(both(*checks.values()), _values(facts, days, 5), _reasons(**checks), absent)


def _is_free(row: Row) -> bool | None:
    pledged = row.get("pledged_as_collateral")
    # A facility is pledged; a share in a public project is not, unless it is stated.
    if pledged is None:
        return True if row.data["scheme"] == "public_project" else None
    return not pledged


def public_investment(facts: Facts) -> Verdict:
    """F-5-21: five years in all with converted investments, two of them in public projects."""
    rows = entries(facts, ("public_project", "tourism_facility", "real_estate"))
    if rows is None:
        return missing("investments")
    public = [row for row in rows if row.data["scheme"] == "public_project"]
    days = kept(facts, rows)
    held = [row for row in public if is_held(facts, row)]
    recovered = both(*(_is_unrecovered(facts, row) for row in public))
    checks = {
        "none": bool(public),
        "short": days.full(facts, 5),
        "public_short": kept(facts, public).full(facts, 2),
        "not_held": bool(held),
        "recovered": recovered,
    }
    absent = [*_open_fields(rows, "lapses"), *_open_fields(public, "principal_recovered")]
    return _settled(both(*checks.values()), _values(facts, days, 5), _reasons(**checks), absent)


def _is_unrecovered(facts: Facts, row: Row) -> bool | None:
    recovered = row.get("principal_recovered")
    if recovered is None:
        # Of an entry that ended earlier only an established recovery counts against the applicant.
        return None if is_held(facts, row) else True
    return not recovered


def retired_investment(facts: Facts) -> Verdict:
    """F-5-23: five years in all as a retired investor in public projects, held now."""
    rows = entries(facts, ("retired_public_project",))
    if rows is None:
        return missing("investments")
    days = kept(facts, rows)
    checks = {
        "none": bool(rows),
        "short": days.full(facts, 5),
        "not_held": any(is_held(facts, row) for row in rows),
    }
    return _settled(
        both(*checks.values()), _values(facts, days, 5), _reasons(**checks), _open_fields(rows, "lapses")
    )


def foreign_investment(facts: Facts) -> Verdict:
    """F-5-5: the applicant's own foreign investments held now come to USD 500,000."""
    rows = entries(facts, ("foreign_investment",))
    if rows is None:
        return missing("investments")
    held = [row for row in rows if is_held(facts, row)]
    amounts = [row.amount("amount_usd") for row in held]
    values = {"usd": sum(amount or 0 for amount in amounts), "standard": FOREIGN_INVESTMENT_USD}
    if values["usd"] >= FOREIGN_INVESTMENT_USD:
        return met("foreign_investment.reached", **values)
    if None in amounts:
        return missing(*_open_fields(held, "amount_usd"))
    return not_met("foreign_investment.not_reached", None, **values)


def pledged_investment(facts: Facts) -> Verdict:
    """F-5-25: one investment of the amount in force when it was made, pledged for five years, held now."""
    rows = entries(facts, ("pledged",))
    if rows is None:
        return missing("investments")
    held = [row for row in rows if is_held(facts, row)]
    facts_of = [_is_pledged(facts, row) for row in held]
    fact = either(*facts_of, False)
    if fact is None:
        return _open_pledge(facts, held)
    if fact:
        return met("pledged.reached", **_pledge(facts, held[facts_of.index(True)]))
    if not held:
        return not_met("pledged.none", None)
    largest = _pledge(facts, max(held, key=lambda row: (row.amount("amount") or 0, row.path)))
    return not_met("pledged.not_reached", Message("settle.pledge", largest), **largest)


def _pledge(facts: Facts, row: Row) -> dict[str, Any]:
    figure = facts.tables.in_force(CONDITIONAL, row.day("from") or facts.as_of)
    standard = figure.amount_krw if figure else None
    return {"amount": row.amount("amount"), "made": row.data["from"], "standard": standard}


def _is_pledged(facts: Facts, row: Row) -> bool | None:
    figure = facts.figure(facts.tables.in_force(CONDITIONAL, row.day("from") or facts.as_of))
    amount = row.amount("amount")
    enough = None if amount is None or figure is None else amount >= figure.amount_krw
    return both(enough, row.get("five_year_pledge"))


def _open_pledge(facts: Facts, held: Sequence[Row]) -> Verdict:
    absent = _open_fields(held, "amount", "five_year_pledge")
    return missing(*absent) if absent else no_figure(CONDITIONAL, facts.year)


def korean_employees(facts: Facts, needed: int, *, direct: bool) -> Verdict:
    """Distinct Korean nationals, full-time permanent, six months or more at A and still employed."""
    rows = facts.rows("employees")
    if rows is None:
        return missing("employees")
    sure: dict[str, list[Span]] = {}
    possible: dict[str, list[Span]] = {}
    taken = {
        row.data["ref"] for row in rows if direct and "ref" in row.data and _is_counted_elsewhere(facts, row)
    }
    for row in rows:
        person = row.get("ref") or row.path
        fits = False if person in taken else _fits(facts, row, direct)
        if fits is not False:
            span = Span(row.day("from") or facts.as_of, row.day("to") or date.max)
            possible.setdefault(person, []).append(span)
            sure.setdefault(person, []).extend([span] if fits else [])
    count = sum(_six_months(facts, spans) for spans in sure.values())
    values = {"count": count, "needed": needed}
    if count >= needed:
        return met("employees.enough", **values)
    if sum(_six_months(facts, spans) for spans in possible.values()) >= needed:
        return missing(*_open_fields(rows, "full_time_permanent", *(["direct_contract"] if direct else [])))
    return not_met("employees.too_few", Message("settle.employees", values), **values)


def _six_months(facts: Facts, spans: Sequence[Span]) -> bool:
    """Whether someone is employed at A for six months or more; contracts that touch are one employment."""
    day = facts.as_of
    return any(add_months(span.start, 6) <= day <= span.end for span in merged(spans))


def _fits(facts: Facts, row: Row, direct: bool) -> bool | None:
    if row.get("nationality") != "KOR" or row.is_later("from"):
        return False
    contract = row.get("direct_contract") if direct else True
    elsewhere = direct and _is_counted_elsewhere(facts, row)
    return both(row.get("full_time_permanent"), contract, not elsewhere)


def _is_counted_elsewhere(facts: Facts, row: Row) -> bool:
    counted = row.past("counted_for_other_application_on")
    return counted is not None and counted >= subtract_months(facts.as_of, 6)


def funding(facts: Facts) -> Verdict:
    """F-5-24: funding, or funding plus company capital, of 300,000,000."""
    attracted, capital = facts.value("funding_attracted"), facts.value("company_capital")
    total = int(attracted or 0) + int(capital or 0)
    values = {"amount": total, "standard": FUNDING}
    if total >= FUNDING:
        return met("funding.reached", **values)
    absent = [
        name
        for name, known in (("funding_attracted", attracted), ("company_capital", capital))
        if known is None
    ]
    return (
        missing(*absent)
        if absent
        else not_met("funding.not_reached", Message("settle.amount", values), **values)
    )


def domestic_assets(facts: Facts) -> Verdict:
    """F-5-23: assets in Korea of the applicant and the spouse of 300,000,000."""
    rows = facts.rows("assets")
    if rows is None:
        return missing("assets")
    family = facts.once(spouses)
    couple = {"applicant", *(row.data["ref"] for row in family or ())}
    sure = most = 0
    absent: list[str] = []
    for row in rows:
        owner, domestic = row.get("owner"), row.get("domestic")
        ours = True if owner in couple else (None if family is None else False)
        counted = both(ours, domestic)
        if counted is False or row.is_later("acquired_on"):
            continue
        value = row.amount("value") or 0
        most += value
        sure += value if counted else 0
        absent += [] if counted else [f"{row.path}.domestic" if ours else "family"]
    values = {"amount": sure, "standard": DOMESTIC_ASSETS}
    if sure >= DOMESTIC_ASSETS:
        return met("domestic_assets.reached", **values)
    if most >= DOMESTIC_ASSETS:
        return missing(*absent)
    return not_met("domestic_assets.not_reached", Message("settle.amount", values), **values)


add_words(
    {
        "investment_none": Text("no investment of the scheme", "해당 투자 없음"),
        "investment_short": Text("not kept long enough in all", "투자 유지기간 부족"),
        "investment_public_short": Text(
            "less than two years in public projects", "공익사업 투자기간 2년 미만"
        ),
        "investment_not_held": Text("not held on the day of application", "신청일 현재 투자 미유지"),
        "investment_pledged": Text("pledged as collateral", "담보 제공"),
        "investment_recovered": Text("principal taken back", "원금 회수"),
    }
)
add_sentences(
    {
        "investment.kept": Text(
            "Kept {days:number} days in all before the application; {years} years were full on {full:date}.",
            "신청일 전 투자 유지일수 {days:number}일로 {full:date}에 {years}년이 되었습니다.",
        ),
        "investment.fails": Text(
            "Fails: {reasons:words}; kept {days:number} days in all of {years} years.",
            "요건 미충족: {reasons:words}. 투자 유지일수는 {days:number}일입니다({years}년 필요).",
        ),
        "settle.investment_from": Text(
            "If it is kept, {full:date} is the first day that is long enough.",
            "계속 유지하면 {full:date}부터 기간을 충족합니다.",
        ),
        "foreign_investment.reached": Text(
            "USD {usd:number} held now reach USD {standard:number}.",
            "현재 투자액 {usd:number}달러가 {standard:number}달러 이상입니다.",
        ),
        "foreign_investment.not_reached": Text(
            "USD {usd:number} held now do not reach USD {standard:number}.",
            "현재 투자액 {usd:number}달러가 {standard:number}달러에 미치지 못합니다.",
        ),
        "pledged.reached": Text(
            "{amount:won} invested on {made:date} reach the {standard:won} in force that day, pledged for five years.",
            "{made:date}에 투자한 {amount:won}이 당시 기준 {standard:won} 이상이고 5년 유지를 서약하였습니다.",
        ),
        "pledged.not_reached": Text(
            "{amount:won} invested on {made:date} do not reach the {standard:won} in force that day,"
            " or are not pledged for five years.",
            "{made:date}에 투자한 {amount:won}이 당시 기준 {standard:won}에 미치지 못하거나 5년 유지 서약이 없습니다.",
        ),
        "pledged.none": Text("No pledged investment is held now.", "현재 유지 중인 조건부 투자가 없습니다."),
        "settle.pledge": Text(
            "Show {standard:won} or more with the five-year pledge.",
            "{standard:won} 이상의 투자와 5년 유지 서약을 증명해야 합니다.",
        ),
        "employees.enough": Text(
            "{count} Korean employees count, {needed} are needed.",
            "인정되는 국민 고용인원은 {count}명으로 {needed}명 이상입니다.",
        ),
        "employees.too_few": Text(
            "Only {count} Korean employees count, {needed} are needed.",
            "인정되는 국민 고용인원은 {count}명으로 {needed}명에 미치지 못합니다.",
        ),
        "settle.employees": Text(
            "Show {needed} who count on the day of application.",
            "신청일 현재 인정되는 국민 {needed}명의 고용을 증명해야 합니다.",
        ),
        "funding.reached": Text(
            "{amount:won} reach {standard:won}.", "{amount:won}이 {standard:won} 이상입니다."
        ),
        "funding.not_reached": Text(
            "{amount:won} do not reach {standard:won}.", "{amount:won}이 {standard:won}에 미치지 못합니다."
        ),
        "domestic_assets.reached": Text(
            "{amount:won} in Korea reach {standard:won}.",
            "국내 보유 자산 {amount:won}이 {standard:won} 이상입니다.",
        ),
        "domestic_assets.not_reached": Text(
            "{amount:won} in Korea do not reach {standard:won}.",
            "국내 보유 자산 {amount:won}이 {standard:won}에 미치지 못합니다.",
        ),
    }
)
