"""F-5-1, the general permanent resident, and what every category asks."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from kis.rules.f5.degrees import bachelor
from kis.rules.f5.household import age_reached
from kis.rules.f5.stays import IN_W, Statuses, is_any, present_status, residence
from kis.rules.facts import Facts, Row
from kis.rules.findings import Basis, Criterion, Verdict, exempt, met, missing, not_met
from kis.rules.messages import Message, add_sentences
from kis.rules.outcomes import both
from kis.rules.periods import add_years
from kis.rules.texts import Text, add_words

D8_SALES: Final = 1_000_000_000
D9_SALES: Final = 1_000_000_000
D9_EXPORTS: Final = 500_000_000
OFFERED: Final = tuple(f"E-{number}" for number in range(1, 8))


def decree(item: str) -> str:
    """The citation of an item of Annex 1-3."""
    return f"Enforcement Decree Annex 1-3 item {item}"


def residence_criterion(years: int, statuses: Statuses, basis: Basis) -> Criterion:
    """Continuous stay of so many years in a set of statuses."""
    rule = Text(
        "Continuous stay of {years} years or more in {en}, up to the day of application.",
        "신청일까지 {ko} 자격으로 {years}년 이상 계속 체류해야 합니다.",
    ).filled(years=years, en=statuses.label.en, ko=statuses.label.ko)
    check = partial(residence, years=years, statuses=statuses)
    return Criterion("eligibility.residence", Text("Length of residence", "체류기간"), rule, basis, check)


def stated(check_name: str, fact: bool | None, path: str) -> Verdict:
    """A fact stated as it is: true met, false not met, absent unknown."""
    if fact is None:
        return missing(path)
    values = {"fact": path}
    return (
        met(f"stated.{check_name}.met", **values)
        if fact
        else not_met(f"stated.{check_name}.not_met", None, **values)
    )


def single_nationality(facts: Facts) -> Verdict:
    """Not also a Korean national; whoever is of Korean nationality holds it, whatever else is stated."""
    if facts.applicant.data["nationality"] == "KOR":
        field, held = "nationality", facts.applicant.get("nationality") == "KOR"
    else:
        field = "holds_korean_nationality"
        held = facts.applicant.get(field)
    return stated("single_nationality", None if held is None else not held, f"applicant.{field}")


def adult(facts: Facts) -> Verdict:
    """19 or older at A."""
    values = {"birth": facts.applicant.data["birth_date"], "age": 19}
    if age_reached(facts, 19):
        return met("age.reached", **values)
    return not_met("age.not_reached", when_old_enough(facts, 19), **values)


def when_old_enough(facts: Facts, age: int) -> Message:
    """The birthday on which the age is reached."""
    return Message("settle.age", {"full": add_years(facts.birth, age).isoformat(), "age": age})


def activity(facts: Facts) -> Verdict:
    """The economic activity that the present status permits is kept up."""
    return stated("activity", facts.value("economic_activity_maintained"), "economic_activity_maintained")


def when_in(
    codes: Sequence[str], check: Callable[[Facts], Verdict | None]
) -> Callable[[Facts], Verdict | None]:
    """A check that is asked only of those whose present status is one of the codes."""

    def asked(facts: Facts) -> Verdict | None:
        status = facts.once(present_status)
        return check(facts) if status is not None and is_any(status, tuple(codes)) else None

    return asked


def turnover(facts: Facts) -> Verdict | None:
    """D-8: mean sales; D-9: mean exports or mean sales, unless the activity is exempt."""
    status = facts.once(present_status) or ""
    if is_any(status, ("D-8",)):
        return _reached(facts, {"sales": D8_SALES})
    if not is_any(status, ("D-9",)):
        return None
    if facts.value("business_exempt_activity") is True:
        return exempt("turnover.exempt")
    return _reached(facts, {"exports": D9_EXPORTS, "sales": D9_SALES})


def _reached(facts: Facts, standards: dict[str, int]) -> Verdict:
    rows = facts.rows("business_results")
    if rows is None:
        return missing("business_results")
    first, second = facts.year - 2, facts.year - 1
    open_years = False
    tried = []
    for measure, standard in standards.items():
        known = [_of_year(rows, year, measure) for year in (first, second)]
        total = sum(amount or 0 for amount in known)
        values = {
            "measure": measure,
            "mean": total // 2,
            "standard": standard,
            "first": first,
            "last": second,
        }
        if total >= 2 * standard:
            return met("turnover.reached", **values)
        open_years = open_years or (None in known and bool(rows))
        tried.append(values)
    if open_years:
        return missing(f"business_results {first}", f"business_results {second}")
    return not_met("turnover.not_reached", Message("settle.amount", tried[0]), **tried[0])


def _of_year(rows: Sequence[Row], year: int, measure: str) -> int | None:
    found = [row.amount(measure) for row in rows if row.data["year"] == year]
    return found[0] if len(found) == 1 else None


def job_offer(facts: Facts) -> Verdict:
    """A contract that meets the guideline of E-1 to E-7, not E-6 entertainment."""
    offer = facts.part("job_offer")
    if offer is None:
        return missing("job_offer")
    target, meets = offer.get("target_status"), offer.get("meets_guideline")
    entertainment = offer.get("entertainment_worker")
    listed = None if target is None else is_any(target, OFFERED)
    if entertainment is None:
        other = True if target is not None and not is_any(target, ("E-6",)) else None
    else:
        other = not entertainment
    holds = both(listed, meets, other)
    if holds is None:
        absent = {"target_status": target, "meets_guideline": meets, "entertainment_worker": entertainment}
        return missing(*(f"job_offer.{name}" for name, value in absent.items() if value is None))
    values = {"status": target}
    return met("job_offer.fits", **values) if holds else not_met("job_offer.does_not_fit", None, **values)


SINGLE_NATIONALITY: Final = Criterion(
    "eligibility.single_nationality",
    Text("No Korean nationality", "대한민국 국적 미보유"),
    Text(
        "The applicant is not also a Korean national.",
        "신청인은 대한민국 국적을 함께 가진 복수국적자가 아니어야 합니다.",
    ),
    Basis(
        "Eligible Persons; Detailed Requirements by Type of Permanent Residency",
        "Immigration Act Art. 10-3(1)",
    ),
    single_nationality,
)
_F51 = Basis("1. General Permanent Resident [F-5-1]", decree("1"))
GENERAL_RESIDENT: Final = (
    Criterion(
        "eligibility.adult",
        Text("Adult", "성년"),
        Text("The applicant is 19 or older.", "신청인은 19세 이상이어야 합니다."),
        Basis(_F51.guide, f"{_F51.article}; Civil Code Art. 4, 158"),
        adult,
    ),
    residence_criterion(5, IN_W, _F51),
    Criterion(
        "eligibility.activity",
        Text("Economic activity", "경제활동 유지"),
        Text(
            "The economic activity that the present status permits is kept up.",
            "현재 체류자격에서 인정되는 경제활동을 유지해야 합니다.",
        ),
        _F51,
        activity,
    ),
    Criterion(
        "eligibility.turnover",
        Text("Turnover", "매출·수출 실적"),
        Text(
            "D-8: mean sales of the two years before reach 1,000,000,000 won;"
            " D-9: mean exports 500,000,000 won or mean sales 1,000,000,000 won.",
            "D-8은 이전 2년 연평균 매출액 10억원, D-9는 연평균 수출액 5억원 또는 매출액 10억원 이상이어야 합니다.",
        ),
        _F51,
        turnover,
    ),
    Criterion(
        "eligibility.degree",
        Text("Degree", "학위"),
        Text(
            "D-10 and E-7 hold a bachelor's degree or higher.",
            "D-10과 E-7은 학사 이상의 학위가 있어야 합니다.",
        ),
        _F51,
        when_in(("D-10", "E-7"), bachelor),
    ),
    Criterion(
        "eligibility.job_offer",
        Text("Job offer", "고용계약"),
        Text(
            "D-10: a contract that meets the guideline of E-1 to E-7, not entertainment work of E-6.",
            "D-10은 E-1부터 E-7까지의 지침을 충족하는 고용계약이 있어야 하며 공연업소 종사 E-6은 제외합니다.",
        ),
        _F51,
        when_in(("D-10",), job_offer),
    ),
)

add_words({"sales": Text("sales", "매출액"), "exports": Text("exports", "수출액")})
add_sentences(
    {
        "settle.age": Text("{age} is reached on {full:date}.", "{full:date}에 {age}세가 됩니다."),
        "stated.single_nationality.met": Text(
            "No Korean nationality is held.", "대한민국 국적을 가지고 있지 않습니다."
        ),
        "stated.single_nationality.not_met": Text(
            "Korean nationality is held.", "대한민국 국적을 함께 가지고 있습니다."
        ),
        "stated.activity.met": Text(
            "The permitted economic activity is kept up.", "허용된 경제활동을 유지하고 있습니다."
        ),
        "stated.activity.not_met": Text(
            "The permitted economic activity is not kept up.", "허용된 경제활동을 유지하지 않습니다."
        ),
        "age.reached": Text(
            "Born on {birth:date}, {age} or older.", "{birth:date}생으로 {age}세 이상입니다."
        ),
        "age.not_reached": Text(
            "Born on {birth:date}, not yet {age}.", "{birth:date}생으로 {age}세가 되지 않았습니다."
        ),
        "turnover.reached": Text(
            "Mean {measure} of {first} and {last} of {mean:won} reach {standard:won}.",
            "{first}년과 {last}년의 연평균 {measure} {mean:won}이 {standard:won} 이상입니다.",
        ),
        "turnover.not_reached": Text(
            "Mean {measure} of {first} and {last} of {mean:won} do not reach {standard:won}.",
            "{first}년과 {last}년의 연평균 {measure} {mean:won}이 {standard:won}에 미치지 못합니다.",
        ),
        "turnover.exempt": Text(
            "Work on export equipment or ship-building is released from the amounts.",
            "수출설비 설치·운영·보수 또는 선박건조 관련 활동으로 면제됩니다.",
        ),
        "job_offer.fits": Text(
            "The contract for {status} meets the guideline.", "{status} 고용계약이 지침을 충족합니다."
        ),
        "job_offer.does_not_fit": Text(
            "The contract for {status} does not meet the rule.", "{status} 고용계약이 요건에 맞지 않습니다."
        ),
    }
)
