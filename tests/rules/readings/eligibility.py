"""Eligibility (sections 8 and 9), category by category."""

from typing import Any

from tests.rules.cases import ABSENT
from tests.rules.readings.reading import (
    BASES,
    Reading,
    degree,
    employee,
    invested,
    person,
    stay,
)

A = "application.received_on"


def reads(
    why: str, base: str, changes: dict[str, Any], /, area: str | None = None, **expected: Any
) -> Reading:
    named: dict[str, str | None] = {f"eligibility.{name}": outcome for name, outcome in expected.items()}
    return Reading(why, base, changes, named | ({"eligibility": area} if area else {}))


def sponsor(why: str, base: str, outcome: str, **facts: Any) -> Reading:
    """The first family member of a dossier with other facts about what the status rests on."""
    changes = {f"family.0.{name}": fact for name, fact in facts.items()}
    return reads(why, base, changes, sponsor=outcome)


def results(why: str, base: str, outcome: str, *years: dict[str, int]) -> Reading:
    return reads(why, base, {"business_results": list(years)}, turnover=outcome)


def sales(year: int, amount: int) -> dict[str, int]:
    return {"year": year, "sales": amount}


FIVE = [employee(f"k{number}") for number in range(5)]
ROUTED = {
    "f52": "married",
    "f54": "spouse",
    "f58": "current_stay",
    "f512": "merit_recipient",
    "f518": "spouse",
    "f519": "spouse",
    "f522": "spouse",
}
MET_AT_ITS_BOUNDARY = [
    base
    for base in BASES
    if base not in {"household", "assets", "f56", "f57", "f514", "f527", "e5", "f512-descendant"}
]

READINGS = [
    *(
        reads("everything at its boundary", base, {}, area="met", single_nationality="met", route=None)
        for base in MET_AT_ITS_BOUNDARY
    ),
    *(
        reads(
            "also Korean",
            base,
            {"applicant.holds_korean_nationality": True},
            area="not_met",
            single_nationality="not_met",
        )
        for base in ("f51", "f53", "f511", "f520", "f527")
    ),
    *(
        reads(
            "nationality not established",
            base,
            {"applicant.holds_korean_nationality": ABSENT},
            area="unknown",
            single_nationality="unknown",
        )
        for base in ("f51", "f520", "f525")
    ),
    *(
        reads(
            "route absent",
            base,
            {"application.route": ABSENT},
            area="unknown",
            route="unknown",
            single_nationality="met",
        )
        for base in ROUTED
    ),
    *(
        reads(
            "route of another category", base, {"application.route": route}, area="unknown", route="unknown"
        )
        for base, route in (
            ("f52", "spouse"),
            ("f54", "married"),
            ("f58", "child"),
            ("f512", "child"),
            ("f518", "merit_family"),
            ("f519", "child_raised"),
            ("f522", "current_stay"),
        )
    ),
    reads("no route needed", "f51", {"application.route": "spouse"}, area="met", route=None),
    # F-5-1.
    reads("19 today", "f51", {"applicant.birth_date": "2006-05-12"}, adult="met"),
    reads("19 tomorrow", "f51", {"applicant.birth_date": "2006-05-13"}, adult="not_met"),
    reads(
        "born on a leap day, not yet",
        "f51",
        {"applicant.birth_date": "2004-02-29", A: "2023-02-28"},
        adult="not_met",
    ),
    reads(
        "born on a leap day, reached",
        "f51",
        {"applicant.birth_date": "2004-02-29", A: "2023-03-01"},
        adult="met",
    ),
    reads("five years", "f51", {"stays": [stay("E-7-1", "2020-05-12")]}, residence="met"),
    reads("five years less a day", "f51", {"stays": [stay("E-7-1", "2020-05-13")]}, residence="not_met"),
    reads(
        "since a leap day, not yet",
        "f51",
        {"stays": [stay("E-7-1", "2020-02-29")], A: "2025-02-28"},
        residence="not_met",
    ),
    reads(
        "since a leap day", "f51", {"stays": [stay("E-7-1", "2020-02-29")], A: "2025-03-01"}, residence="met"
    ),
    reads(
        "touching stays",
        "f51",
        {"stays": [stay("E-7-1", "2020-05-12", "2022-01-31"), stay("E-5", "2022-02-01")]},
        residence="met",
    ),
    reads(
        "stays that share the day of change",
        "f51",
        {"stays": [stay("E-7-1", "2020-05-12", "2022-02-01"), stay("E-5", "2022-02-01")]},
        residence="met",
    ),
    Reading(
        "stays that overlap put in doubt only what rests on them",
        "f51",
        {"stays": [stay("E-7-1", "2019-03-01", "2022-03-01"), stay("E-5", "2022-02-01")]},
        {
            "eligibility.residence": "unknown",
            "eligibility": "unknown",
            "livelihood": "met",
            "criminal_record": "met",
            "competency": "met",
        },
    ),
    reads(
        "a gap of one day",
        "f51",
        {"stays": [stay("E-7-1", "2020-05-12", "2022-01-31"), stay("E-5", "2022-02-02")]},
        residence="not_met",
    ),
    reads(
        "complete departure between",
        "f51",
        {
            "stays": [
                stay("E-7-1", "2020-05-12", "2022-01-31", complete_departure=True),
                stay("E-7-1", "2022-02-01"),
            ]
        },
        residence="not_met",
    ),
    reads(
        "complete departure at the end of this stay",
        "f51",
        {"stays": [stay("E-7-1", "2020-05-12", "2025-05-12", complete_departure=True)]},
        residence="met",
    ),
    reads(
        "D-2 between",
        "f51",
        {
            "stays": [
                stay("E-7-1", "2018-05-12", "2021-01-31"),
                stay("D-2-4", "2021-02-01", "2021-12-31"),
                stay("E-7-1", "2022-01-01"),
            ]
        },
        residence="not_met",
    ),
    *(
        reads(
            f"{status} is of the set",
            "f51",
            {"stays": [stay(status, "2020-05-12", "2025-04-30"), stay("E-7-1", "2025-05-01")]},
            residence="met",
        )
        for status in ("D-7-1", "D-8-4S", "D-9", "D-10-2", "E-1", "E-6-2", "E-7-4R", "F-2-R", "F-2-7S")
    ),
    *(
        reads(
            f"{status} is not",
            "f51",
            {"stays": [stay(status, "2020-05-12", "2025-04-30"), stay("E-7-1", "2025-05-01")]},
            residence="not_met",
        )
        for status in ("D-2", "D-6", "E-9", "E-10", "F-1", "F-4-19", "F-6", "H-2", "F-5")
    ),
    reads(
        "stay ended the day before",
        "f51",
        {"stays": [stay("E-7-1", "2018-05-12", "2025-05-11")]},
        residence="not_met",
    ),
    reads("stay ends on A", "f51", {"stays": [stay("E-7-1", "2018-05-12", "2025-05-12")]}, residence="met"),
    reads(
        "stay ends after A", "f51", {"stays": [stay("E-7-1", "2018-05-12", "2025-12-31")]}, residence="met"
    ),
    reads(
        "stay begins after A",
        "f51",
        {"stays": [stay("E-7-1", "2018-05-12", "2025-05-12"), stay("D-8", "2025-05-13")]},
        residence="met",
        turnover=None,
    ),
    reads("no end given", "f51", {"stays": [{"status": "E-7-1", "from": "2018-05-12"}]}, residence="met"),
    reads("no stay", "f51", {"stays": []}, residence="not_met", degree="met"),
    reads("stays unknown", "f51", {"stays": ABSENT}, residence="unknown", area="unknown", degree="met"),
    reads("the stay rules over the stated status", "f51", {"status": "D-8-1"}, turnover=None, degree="met"),
    reads(
        "the stated status stands in",
        "f51",
        {"status": "D-8-1", "stays": []},
        turnover="unknown",
        degree=None,
    ),
    reads(
        "activity given up",
        "f51",
        {"economic_activity_maintained": False},
        activity="not_met",
        area="not_met",
    ),
    reads(
        "activity unknown",
        "f51",
        {"economic_activity_maintained": ABSENT},
        activity="unknown",
        area="unknown",
    ),
    reads("E-7 without a degree", "f51", {"education": []}, degree="not_met"),
    reads("E-7, education unknown", "f51", {"education": ABSENT}, degree="unknown"),
    reads(
        "E-7, degree after A",
        "f51",
        {"education": [degree("master", "VNM", awarded_on="2025-05-13")]},
        degree="not_met",
    ),
    reads(
        "E-7, degree by correspondence",
        "f51",
        {"education": [degree("bachelor", "VNM", regular_course=False)]},
        degree="met",
    ),
    reads(
        "E-5 needs none of these",
        "e5",
        {"education": ABSENT},
        degree=None,
        turnover=None,
        job_offer=None,
        area="met",
    ),
    results("D-8 a won short", "d8", "not_met", sales(2023, 999_999_999), sales(2024, 1_000_000_000)),
    results(
        "D-8 last two years only", "d8", "not_met", sales(2022, 9_000_000_000), sales(2023, 1), sales(2024, 1)
    ),
    results("D-8 one year carries the mean", "d8", "met", sales(2024, 2_000_000_000)),
    results("D-8 one year not known", "d8", "unknown", sales(2024, 1_999_999_999)),
    results(
        "D-8 exports do not help",
        "d8",
        "not_met",
        {"year": 2023, "sales": 0, "exports": 900_000_000},
        {"year": 2024, "sales": 1, "exports": 900_000_000},
    ),
    reads("D-8 results unknown", "d8", {"business_results": ABSENT}, turnover="unknown", degree=None),
    reads(
        "D-8 has no release",
        "d8",
        {"business_results": [sales(2023, 1), sales(2024, 1)], "business_exempt_activity": True},
        turnover="not_met",
    ),
    results(
        "D-9 exports",
        "d9",
        "met",
        {"year": 2023, "sales": 0, "exports": 500_000_000},
        {"year": 2024, "sales": 0, "exports": 500_000_000},
    ),
    results(
        "D-9 exports a won short",
        "d9",
        "not_met",
        {"year": 2023, "sales": 0, "exports": 500_000_000},
        {"year": 2024, "sales": 0, "exports": 499_999_999},
    ),
    results(
        "D-9 exports short, sales not known",
        "d9",
        "unknown",
        {"year": 2023, "exports": 1},
        {"year": 2024, "exports": 1},
    ),
    results(
        "D-9 exports enough, sales not known",
        "d9",
        "met",
        {"year": 2023, "exports": 500_000_000},
        {"year": 2024, "exports": 500_000_000},
    ),
    reads(
        "D-9 ship-building",
        "d9",
        {"business_results": [sales(2023, 1), sales(2024, 1)], "business_exempt_activity": True},
        turnover="exempt",
        area="met",
    ),
    reads(
        "D-9 ship-building, results unknown",
        "d9",
        {"business_results": ABSENT, "business_exempt_activity": True},
        turnover="exempt",
    ),
    reads("D-10 offer", "d10", {}, degree="met", job_offer="met", turnover=None),
    reads("D-10 no offer known", "d10", {"job_offer": ABSENT}, job_offer="unknown"),
    reads(
        "D-10 offer against the guideline", "d10", {"job_offer.meets_guideline": False}, job_offer="not_met"
    ),
    reads("D-10 guideline unknown", "d10", {"job_offer.meets_guideline": ABSENT}, job_offer="unknown"),
    reads("D-10 offer for D-8", "d10", {"job_offer.target_status": "D-8"}, job_offer="not_met"),
    reads("D-10 offer for E-9", "d10", {"job_offer.target_status": "E-9-1"}, job_offer="not_met"),
    reads(
        "D-10 offer for E-6 on stage",
        "d10",
        {"job_offer.target_status": "E-6-1", "job_offer.entertainment_worker": False},
        job_offer="met",
    ),
    reads(
        "D-10 offer for E-6 entertainment",
        "d10",
        {"job_offer.target_status": "E-6-2", "job_offer.entertainment_worker": True},
        job_offer="not_met",
    ),
    reads(
        "D-10 offer for E-6, work unknown",
        "d10",
        {"job_offer.target_status": "E-6-2", "job_offer.entertainment_worker": ABSENT},
        job_offer="unknown",
    ),
    reads(
        "D-10 offer for E-7, entertainment unknown",
        "d10",
        {"job_offer.entertainment_worker": ABSENT},
        job_offer="met",
    ),
    reads("D-10 target unknown", "d10", {"job_offer.target_status": ABSENT}, job_offer="unknown"),
    # F-5-2 and F-5-3.
    reads("two years", "f52", {"stays": [stay("F-6-1", "2023-05-12")]}, residence="met"),
    reads("two years less a day", "f52", {"stays": [stay("F-6-1", "2023-05-13")]}, residence="not_met"),
    reads(
        "F-6 sub-codes in one chain",
        "f52",
        {"stays": [stay("F-6-1", "2023-05-12", "2024-05-12"), stay("F-6-2", "2024-05-13")]},
        residence="met",
    ),
    reads("spouse not Korean", "f52", {"family.0.nationality": "VNM"}, marriage="not_met"),
    reads("spouse's nationality unknown", "f52", {"family.0.nationality": ABSENT}, marriage="unknown"),
    reads("common law", "f52", {"family.0.relation": "common_law_spouse"}, marriage="not_met"),
    reads("not maintained", "f52", {"marriage.maintained": False}, marriage="not_met", area="not_met"),
    reads("maintained unknown", "f52", {"marriage.maintained": ABSENT}, marriage="unknown"),
    reads(
        "maintained unknown, spouse not Korean",
        "f52",
        {"marriage.maintained": ABSENT, "family.0.nationality": "VNM"},
        marriage="not_met",
    ),
    reads("marriage unknown", "f52", {"marriage": ABSENT}, marriage="unknown"),
    reads("spouse dead", "f52", {"family.0.deceased": True}, marriage="not_met"),
    reads("family unknown", "f52", {"family": ABSENT}, marriage="unknown"),
    reads(
        "raises the child",
        "f52-child",
        {"marriage": ABSENT, "family": []},
        child_raising="met",
        marriage=None,
        area="met",
    ),
    reads("does not raise the child", "f52-child", {"child_raising": False}, child_raising="not_met"),
    reads("raising unknown", "f52-child", {"child_raising": ABSENT}, child_raising="unknown"),
    *(
        reads(
            f"ended by {how}, fault {fault}",
            "f52-ended",
            {"marriage.ended_by": how, "marriage.fault": fault},
            marriage_end=outcome,
            marriage=None,
            child_raising=None,
        )
        for how, fault, outcome in (
            ("death", ABSENT, "met"),
            ("disappearance", ABSENT, "met"),
            ("divorce", "korean_spouse", "met"),
            ("divorce", "applicant", "not_met"),
            ("divorce", "neither", "review"),
            ("divorce", ABSENT, "unknown"),
            ("other", "korean_spouse", "met"),
            ("other", "neither", "review"),
            (ABSENT, "korean_spouse", "met"),
            (ABSENT, ABSENT, "unknown"),
        )
    ),
    reads("end unknown", "f52-ended", {"marriage": ABSENT}, marriage_end="unknown"),
    reads("19 tomorrow", "f53", {"applicant.birth_date": "2006-05-13"}, minor="met"),
    reads("19 today", "f53", {"applicant.birth_date": "2006-05-12"}, minor="not_met"),
    reads("father not Korean", "f53", {"family.0.nationality": "PHL"}, parent="not_met"),
    reads(
        "mother Korean",
        "f53",
        {"family": [person("father", nationality="PHL"), person("mother", nationality="KOR")]},
        parent="met",
    ),
    reads("parent's nationality unknown", "f53", {"family.0.nationality": ABSENT}, parent="unknown"),
    reads("parents unknown", "f53", {"family": ABSENT}, parent="unknown"),
    reads("no parent", "f53", {"family": []}, parent="not_met"),
    reads("Korean father dead", "f53", {"family.0.deceased": True}, parent="not_met"),
    reads("grandparent Korean", "f53", {"family.0.relation": "grandparent"}, parent="not_met"),
    reads("two years of F-2", "f53", {"stays": [stay("F-2-2", "2023-05-12")]}, residence="met"),
    reads(
        "F-1 before does not count",
        "f53",
        {"stays": [stay("F-1", "2020-05-12", "2023-05-12"), stay("F-2-2", "2023-05-13")]},
        residence="not_met",
    ),
    # F-5-4 and F-5-18.
    *(
        sponsor(f"spouse holds {status}", "f54", outcome, status=status)
        for status, outcome in (
            ("F-5", "unknown"),
            ("F-5-2", "met"),
            ("F-5-10", "met"),
            ("F-5-16", "not_met"),
            ("F-5-17", "not_met"),
            ("F-5-18", "met"),
            ("F-5-21", "not_met"),
            ("F-5-22", "met"),
            ("F-5-23", "not_met"),
            ("F-6-1", "not_met"),
            (ABSENT, "unknown"),
        )
    ),
    sponsor("granted two years less a day ago", "f54", "not_met", status_granted_on="2023-05-13"),
    sponsor("granted, day unknown", "f54", "unknown", status_granted_on=ABSENT),
    sponsor("no permanent residence, day unknown", "f54", "not_met", status="F-2", status_granted_on=ABSENT),
    sponsor("common law", "f54", "not_met", relation="common_law_spouse"),
    sponsor("dead", "f54", "not_met", deceased=True),
    reads("now F-4", "f54", {"stays": [stay("F-4", "2020-01-01")]}, status="not_met", residence="met"),
    reads(
        "H-2 then F-2",
        "f54",
        {"stays": [stay("H-2", "2023-05-12", "2024-12-31"), stay("F-2-3", "2025-01-01")]},
        status="met",
        residence="met",
    ),
    reads(
        "F-6 then F-2",
        "f54",
        {"stays": [stay("F-6", "2023-05-12", "2024-12-31"), stay("F-2-3", "2025-01-01")]},
        status="met",
        residence="not_met",
    ),
    reads(
        "marriage not kept",
        "f54",
        {"marriage.maintained": False},
        marriage="not_met",
        custody=None,
        minor=None,
    ),
    reads("marriage unknown", "f54", {"marriage": ABSENT}, marriage="unknown"),
    reads("child of 19", "f54-child", {"applicant.birth_date": "2006-05-12"}, minor="not_met", marriage=None),
    reads("custody lost", "f54-child", {"family.0.has_custody": False}, custody="not_met"),
    reads("custody unknown", "f54-child", {"family.0.has_custody": ABSENT}, custody="unknown"),
    reads(
        "custody with the other parent",
        "f54-child",
        {
            "family": [
                person("mother", status="F-5-1", status_granted_on="2023-05-12", has_custody=False),
                person("father", status="E-7", has_custody=True),
            ]
        },
        sponsor="met",
        custody="not_met",
    ),
    reads(
        "the father has F-5 and custody",
        "f54-child",
        {
            "family": [
                person("mother", status="F-5-16", status_granted_on="2023-05-12", has_custody=False),
                person("father", status="F-5-2", status_granted_on="2023-05-12", has_custody=True),
            ]
        },
        sponsor="met",
        custody="met",
    ),
    reads("a sibling is no parent", "f54-child", {"family.0.relation": "sibling"}, sponsor="not_met"),
    sponsor("sponsor F-5-1", "f518", "not_met", status="F-5-1"),
    sponsor("sponsor two years less a day", "f518", "not_met", status_granted_on="2023-05-13"),
    reads(
        "now F-2-7", "f518", {"stays": [stay("F-2-7", "2023-05-12")]}, status="not_met", residence="not_met"
    ),
    reads(
        "F-2-71 two years less a day",
        "f518",
        {"stays": [stay("F-2-71", "2023-05-13")]},
        residence="not_met",
        status="met",
    ),
    reads(
        "E-7 before F-2-71",
        "f518",
        {"stays": [stay("E-7", "2020-05-12", "2024-01-31"), stay("F-2-71", "2024-02-01")]},
        residence="not_met",
    ),
    # F-5-5 and F-5-24.
    reads(
        "500,000 in two",
        "f55",
        {
            "investments": [
                invested("foreign_investment", "2021-01-01", amount_usd=200_000),
                invested("foreign_investment", "2025-05-12", amount_usd=300_000),
            ]
        },
        investment="met",
    ),
    reads("a dollar short", "f55", {"investments.0.amount_usd": 499_999}, investment="not_met"),
    reads("withdrawn yesterday", "f55", {"investments.0.to": "2025-05-11"}, investment="not_met"),
    reads("withdrawn on A", "f55", {"investments.0.to": "2025-05-12"}, investment="met"),
    reads("invested after A", "f55", {"investments.0.from": "2025-05-13"}, investment="not_met"),
    reads("amount unknown", "f55", {"investments.0.amount_usd": ABSENT}, investment="unknown"),
    reads("other scheme", "f55", {"investments.0.scheme": "pledged"}, investment="not_met"),
    reads("investments unknown", "f55", {"investments": ABSENT}, investment="unknown"),
    reads("no investments", "f55", {"investments": []}, investment="not_met"),
    *(
        reads(
            f"fifth employee: {name} {fact}",
            "f55",
            {"employees": [*FIVE[:4], employee("x", **{name: fact})]},
            korean_employees=outcome,
        )
        for name, fact, outcome in (
            ("from", "2024-11-12", "met"),
            ("from", "2024-11-13", "not_met"),
            ("to", "2025-05-11", "not_met"),
            ("to", "2025-05-12", "met"),
            ("nationality", "VNM", "not_met"),
            ("full_time_permanent", False, "not_met"),
            ("full_time_permanent", ABSENT, "unknown"),
            ("direct_contract", False, "not_met"),
            ("direct_contract", ABSENT, "unknown"),
            ("counted_for_other_application_on", "2024-11-12", "not_met"),
            ("counted_for_other_application_on", "2024-11-11", "met"),
            ("counted_for_other_application_on", "2025-05-13", "met"),
        )
    ),
    reads(
        "one listed twice",
        "f55",
        {"employees": [*FIVE[:4], employee("k0", **{"from": "2024-02-01"})]},
        korean_employees="not_met",
    ),
    reads("employees unknown", "f55", {"employees": ABSENT}, korean_employees="unknown"),
    reads(
        "sixth unknown",
        "f55",
        {"employees": [*FIVE, employee("x", direct_contract=ABSENT)]},
        korean_employees="met",
    ),
    reads("three years less a day", "f524", {"since": "2022-05-13"}, residence="not_met"),
    reads("D-8-1", "f524", {"status": "D-8-1", "since": "2020-05-13"}, residence="not_met"),
    reads(
        "funding a won short",
        "f524",
        {"funding_attracted": 299_999_999, "company_capital": 0},
        funding="not_met",
    ),
    reads(
        "funding and capital",
        "f524",
        {"funding_attracted": 100_000_000, "company_capital": 200_000_000},
        funding="met",
    ),
    reads("capital unknown", "f524", {"funding_attracted": 299_999_999}, funding="unknown"),
    reads(
        "funding unknown, capital enough",
        "f524",
        {"funding_attracted": ABSENT, "company_capital": 300_000_000},
        funding="met",
    ),
    reads("funding unknown", "f524", {"funding_attracted": ABSENT, "company_capital": 1}, funding="unknown"),
    reads("one employee", "f524", {"employees": [employee("k0")]}, korean_employees="not_met"),
    reads(
        "employed by another contract",
        "f524",
        {"employees": [employee("k0"), employee("k1", direct_contract=False)]},
        korean_employees="met",
    ),
    reads(
        "six months less a day",
        "f524",
        {"employees": [employee("k0"), employee("k1", **{"from": "2024-11-13"})]},
        korean_employees="not_met",
    ),
]
