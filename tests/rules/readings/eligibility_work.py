"""Eligibility of those who work, of talent and merit, and under separate guidelines (sections 8 and 9)."""

from typing import Any

from tests.rules.cases import ABSENT
from tests.rules.readings.eligibility import reads
from tests.rules.readings.reading import asset, degree, income, job, person, stay

A = "application.received_on"
GNI = 49_955_000


def points(why: str, outcome: str, mandatory: Any, /, **changes: Any) -> Any:
    """F-5-11 with these mandatory points and nothing optional but what is changed."""
    items = [{"item": item, "points": number} for item, number in mandatory]
    known = {
        "special_ability": {"mandatory": items, "bonus": []},
        "income": [],
        "assets": [],
        "liabilities": [],
        "education": [],
        "integration": {"kiip_level_completed": 0},
    }
    return reads(why, "f511", {**known, **changes}, points=outcome)


def bonus(mandatory: Any, **items: int) -> Any:
    return {
        "mandatory": [{"item": item, "points": number} for item, number in mandatory],
        "bonus": [{"item": item, "points": number} for item, number in items.items()],
    }


def worked(why: str, base: str, *jobs: Any, **expected: str | None) -> Any:
    return reads(why, base, {"employment": list(jobs)}, **expected)


OLD_F2 = stay("F-2", "1995-01-01", "2010-12-31", complete_departure=True)
FIFTY = [("renowned_figure", 50)]
DOCTOR = [degree("doctorate", "USA")]
READINGS = [
    # Separate guidelines.
    reads("F-4 two years", "f56", {}, residence="met", separate_guideline="review", area="review"),
    reads("F-4 less a day", "f56", {"since": "2023-05-13"}, residence="not_met", area="not_met"),
    reads(
        "F-4-19 then F-4",
        "f56",
        {"stays": [stay("F-4-19", "2023-05-12", "2024-01-01"), stay("F-4", "2024-01-02")]},
        residence="met",
    ),
    reads(
        "no stay named", "f57", {"stays": ABSENT}, residence=None, separate_guideline="review", area="review"
    ),
    reads("H-2 four years", "f514", {}, residence="met", area="review"),
    reads("H-2 less a day", "f514", {"since": "2021-05-13"}, residence="not_met"),
    reads("F-2 two years", "f527", {"stays": [stay("F-2", "2023-05-12")]}, residence="met"),
    reads("F-2-4 less a day", "f527", {"stays": [stay("F-2-4", "2023-05-13")]}, residence="not_met"),
    reads("stays unknown", "f527", {"stays": ABSENT}, residence="unknown", area="unknown"),
    # F-5-8.
    reads("born abroad", "f58", {"applicant.born_in_korea": False}, born_in_korea="not_met", area="not_met"),
    reads("birth place unknown", "f58", {"applicant.born_in_korea": ABSENT}, born_in_korea="unknown"),
    reads(
        "F-2 the day before", "f58", {"stays": [stay("F-2", "2002-04-17")]}, former_f2="met", residence="met"
    ),
    reads("F-2 on the day", "f58", {"stays": [stay("F-2", "2002-04-18")]}, former_f2="not_met"),
    reads(
        "F-2-5 was F-2",
        "f58",
        {"stays": [stay("F-2-5", "2001-04-18", "2002-12-31"), stay("E-7", "2003-01-01")]},
        former_f2="met",
        residence="met",
    ),
    reads("stays unknown", "f58", {"stays": ABSENT}, former_f2="unknown", residence="unknown"),
    reads(
        "now F-4",
        "f58",
        {"stays": [stay("F-2", "1995-01-01", "2020-01-01"), stay("F-4", "2020-01-02")]},
        residence="not_met",
    ),
    reads(
        "a gap without complete departure",
        "f58",
        {"stays": [stay("F-2", "1995-01-01", "2010-01-01"), stay("F-2", "2024-01-02")]},
        residence="met",
    ),
    reads(
        "complete departure since", "f58", {"stays": [OLD_F2, stay("F-2", "2012-01-01")]}, residence="not_met"
    ),
    reads(
        "complete departure before",
        "f58",
        {
            "stays": [
                stay("F-2", "1985-01-01", "1990-01-01", complete_departure=True),
                stay("F-2", "1995-01-01"),
            ]
        },
        former_f2="met",
        residence="met",
    ),
    reads(
        "two years less a day", "f58-two", {"stays": [OLD_F2, stay("F-2", "2023-05-13")]}, residence="not_met"
    ),
    reads(
        "two years in all",
        "f58-two",
        {"stays": [OLD_F2, stay("F-2", "2012-01-01", "2012-12-31"), stay("E-7", "2024-05-12")]},
        residence="met",
    ),
    # 366 days of 2012 and 364 before the application are 730; the two years up to it have 731.
    reads(
        "two years in all less a day",
        "f58-two",
        {"stays": [OLD_F2, stay("F-2", "2012-01-01", "2012-12-31"), stay("E-7", "2024-05-13")]},
        residence="not_met",
    ),
    reads(
        "days before the return do not count",
        "f58-two",
        {"stays": [OLD_F2, stay("E-7", "2024-05-13")]},
        residence="not_met",
    ),
    reads(
        "F-1 does not count for two",
        "f58-two",
        {"stays": [OLD_F2, stay("F-1", "2020-05-13")]},
        residence="not_met",
    ),
    reads(
        "four years less a day",
        "f58-four",
        {"stays": [OLD_F2, stay("F-1", "2021-05-13")]},
        residence="not_met",
    ),
    reads(
        "four years of F-1, F-3 and F-2",
        "f58-four",
        {
            "stays": [
                OLD_F2,
                stay("F-3-1", "2021-05-12", "2022-05-12"),
                stay("F-1-2", "2022-05-13", "2023-05-12"),
                stay("F-2", "2023-05-13"),
            ]
        },
        residence="met",
    ),
    reads(
        "F-4 does not count for four",
        "f58-four",
        {"stays": [OLD_F2, stay("F-4", "2015-05-12", "2022-05-12"), stay("F-1", "2022-05-13")]},
        residence="not_met",
    ),
    reads(
        "overlapping days count once",
        "f58-four",
        {"stays": [OLD_F2, stay("F-1", "2022-05-12"), stay("F-2", "2022-05-12")]},
        residence="not_met",
    ),
    reads(
        "overlapping days count once, enough",
        "f58-four",
        {"stays": [OLD_F2, stay("F-1", "2021-05-12"), stay("F-2", "2022-05-12")]},
        residence="met",
        former_f2="met",
        area="met",
    ),
    # F-5-9, F-5-15.
    *(
        reads(
            why,
            "f59",
            {"education": [degree("doctorate", "USA", "advanced_technology", **facts)]},
            degree=outcome,
        )
        for why, outcome, facts in (
            ("Korean", "not_met", {"country": "KOR"}),
            ("master", "not_met", {"level": "master"}),
            ("another field", "not_met", {"field": "science_engineering"}),
            ("field unknown", "unknown", {"field": ABSENT}),
            ("awarded after A", "not_met", {"awarded_on": "2025-05-13"}),
            ("award unknown", "unknown", {"awarded_on": ABSENT}),
            ("awarded the day before A", "met", {"awarded_on": "2025-05-11"}),
        )
    ),
    reads("education unknown", "f59", {"education": ABSENT}, degree="unknown", area="unknown"),
    *(
        worked(why, base, job("2024-05-12", **facts), employment=outcome)
        for why, base, outcome, facts in (
            ("one year", "f59", "met", {}),
            ("not related", "f59", "not_met", {"related_to_qualification": False}),
            ("related unknown", "f59", "unknown", {"related_to_qualification": ABSENT}),
            ("foreign company", "f59", "not_met", {"domestic_company": False}),
            ("part time", "f59", "not_met", {"full_time_permanent": False}),
            ("position unknown", "f59", "unknown", {"full_time_permanent": ABSENT}),
            ("any field", "f515", "met", {"related_to_qualification": False}),
            ("any field, not known", "f515", "met", {"related_to_qualification": ABSENT}),
            ("entertainment", "f515", "not_met", {"industry": "entertainment"}),
            ("industry unknown", "f515", "unknown", {"industry": ABSENT}),
            ("company unknown", "f515", "unknown", {"domestic_company": ABSENT}),
        )
    ),
    worked("one year less a day", "f59", job("2024-05-13"), employment="not_met"),
    worked("ended the day before A", "f59", job("2019-05-13", "2025-05-11"), employment="not_met"),
    worked("ends on A", "f59", job("2019-05-13", "2025-05-12"), employment="met"),
    worked("30 days between", "f59", job("2019-05-12", "2024-10-31"), job("2024-12-01"), employment="met"),
    worked(
        "31 days between", "f59", job("2019-05-12", "2024-10-31"), job("2024-12-02"), employment="not_met"
    ),
    worked(
        "15 and 15 days between",
        "f59",
        job("2019-05-12", "2024-10-16"),
        job("2024-11-01", "2024-12-16"),
        job("2025-01-01"),
        employment="met",
    ),
    worked(
        "15 and 16 days between",
        "f59",
        job("2019-05-12", "2024-10-16"),
        job("2024-11-01", "2024-12-16"),
        job("2025-01-02"),
        employment="not_met",
    ),
    worked(
        "a long gap before the year",
        "f59",
        job("2015-05-12", "2023-01-01"),
        job("2024-05-12"),
        employment="met",
    ),
    worked(
        "a gap that reaches into the year by 30 days",
        "f59",
        job("2015-05-12", "2023-01-01"),
        job("2024-06-11"),
        employment="met",
    ),
    worked(
        "a gap that reaches into the year by 31 days",
        "f59",
        job("2015-05-12", "2023-01-01"),
        job("2024-06-12"),
        employment="not_met",
    ),
    worked("no employer before the 30 days", "f59", job("2024-06-11"), employment="not_met"),
    worked(
        "a failing employer before the 30 days",
        "f59",
        job("2019-01-01", "2024-06-10", full_time_permanent=False),
        job("2024-06-11"),
        employment="not_met",
    ),
    worked(
        "a failing employer before the 30 days, a good one before it",
        "f59",
        job("2015-01-01", "2018-12-31"),
        job("2019-01-01", "2024-06-10", full_time_permanent=False),
        job("2024-06-11"),
        employment="met",
    ),
    worked(
        "30 days between, the first a month before the year",
        "f59",
        job("2024-04-01", "2024-05-20"),
        job("2024-06-20"),
        employment="met",
    ),
    worked(
        "30 days in a job that fails",
        "f59",
        job("2019-05-12", "2024-10-31"),
        job("2024-11-01", "2024-11-30", related_to_qualification=False),
        job("2024-12-01"),
        employment="met",
    ),
    worked(
        "31 days in a job that fails",
        "f59",
        job("2019-05-12", "2024-10-31"),
        job("2024-11-01", "2024-12-01", related_to_qualification=False),
        job("2024-12-02"),
        employment="not_met",
    ),
    worked(
        "a failing job beside a good one",
        "f59",
        job(),
        job("2024-11-01", "2024-12-31", domestic_company=False),
        employment="met",
    ),
    reads("employment unknown", "f59", {"employment": ABSENT}, employment="unknown"),
    reads("no employment", "f59", {"employment": []}, employment="not_met"),
    *(
        reads(why, "f515", {"education": [degree("doctorate", "KOR", **facts)]}, degree=outcome)
        for why, outcome, facts in (
            ("abroad", "not_met", {"country": "USA"}),
            ("no regular course", "not_met", {"regular_course": False}),
            ("course unknown", "unknown", {"regular_course": ABSENT}),
            ("master", "not_met", {"level": "master"}),
            ("after A", "not_met", {"awarded_on": "2025-05-13"}),
        )
    ),
    # F-5-10.
    *(
        reads(why, "f510", {"education": [degree(*what)], "qualifications": []}, qualification=outcome)
        for why, what, outcome in (
            ("(a) bachelor abroad", ("bachelor", "VNM", "advanced_technology"), "met"),
            ("(a) doctor in Korea", ("doctorate", "KOR", "advanced_technology"), "met"),
            ("(b) bachelor in Korea", ("bachelor", "KOR", "science_engineering"), "met"),
            ("(b) abroad", ("bachelor", "VNM", "science_engineering"), "not_met"),
            ("(c) master in Korea", ("master", "KOR", "other"), "met"),
            ("(c) master abroad", ("master", "VNM", "other"), "not_met"),
            ("bachelor of another field in Korea", ("bachelor", "KOR", "other"), "not_met"),
        )
    ),
    *(
        reads(
            f"(d) {kind}",
            "f510",
            {"education": [], "qualifications": [{"kind": kind, "awarded_on": "2019-01-01"}]},
            qualification=outcome,
        )
        for kind, outcome in (("technical_engineer", "met"), ("mra_equivalent", "met"), ("other", "not_met"))
    ),
    reads(
        "(b) without a regular course",
        "f510",
        {"education": [degree("bachelor", "KOR", "science_engineering", regular_course=False)]},
        qualification="not_met",
        long_employment=None,
        employment=None,
        area="not_met",
    ),
    reads(
        "(b) course unknown",
        "f510",
        {"education": [degree("bachelor", "KOR", "science_engineering", regular_course=ABSENT)]},
        qualification="unknown",
    ),
    reads(
        "no qualification",
        "f510",
        {"education": [], "qualifications": []},
        qualification="not_met",
        long_employment=None,
        employment=None,
    ),
    reads(
        "three years", "f510", {"employment": [job("2022-05-12")]}, long_employment="met", employment="met"
    ),
    reads("three years less a day", "f510", {"employment": [job("2022-05-13")]}, long_employment="not_met"),
    worked(
        "90 days between", "f510", job("2019-05-12", "2022-10-02"), job("2023-01-01"), long_employment="met"
    ),
    worked(
        "91 days between",
        "f510",
        job("2019-05-12", "2022-10-01"),
        job("2023-01-01"),
        long_employment="not_met",
    ),
    reads(
        "part time for three years is enough, not for one",
        "f510",
        {"employment": [job("2020-01-01", full_time_permanent=False)]},
        long_employment="met",
        employment="not_met",
    ),
    reads(
        "part time, then full time for a year",
        "f510",
        {"employment": [job("2020-01-01", "2024-05-11", full_time_permanent=False), job("2024-05-12")]},
        long_employment="met",
        employment="met",
    ),
    reads(
        "foreign degree, not related",
        "f510",
        {"employment": [job(related_to_qualification=False)]},
        long_employment="not_met",
        employment="not_met",
    ),
    reads(
        "counted from the award",
        "f510",
        {"education": [degree("bachelor", "VNM", "advanced_technology", awarded_on="2022-05-12")]},
        long_employment="met",
    ),
    reads(
        "counted from the award, a day short",
        "f510",
        {"education": [degree("bachelor", "VNM", "advanced_technology", awarded_on="2022-05-13")]},
        long_employment="not_met",
        employment="met",
    ),
    reads(
        "award unknown",
        "f510",
        {"education": [degree("bachelor", "VNM", "advanced_technology", awarded_on=ABSENT)]},
        qualification="met",
        long_employment="unknown",
    ),
    reads(
        "Korean master in any field",
        "f510-master",
        {"employment": [job("2022-05-12", related_to_qualification=False)]},
        qualification="met",
        long_employment="met",
        employment="met",
    ),
    reads(
        "Korean master without permission",
        "f510-master",
        {"employment": [job("2022-05-12", permitted=False)]},
        long_employment="not_met",
        employment="met",
    ),
    reads(
        "Korean master, entertainment",
        "f510-master",
        {"employment": [job("2022-05-12", industry="entertainment")]},
        long_employment="not_met",
        employment="not_met",
    ),
    reads(
        "Korean master, foreign company",
        "f510-master",
        {"employment": [job("2022-05-12", domestic_company=False)]},
        long_employment="not_met",
        employment="not_met",
    ),
    reads(
        "a Korean degree in advanced technology is one in engineering too",
        "f510",
        {
            "education": [degree("bachelor", "KOR", "advanced_technology")],
            "employment": [job("2022-05-12", related_to_qualification=False)],
        },
        qualification="met",
        long_employment="met",
        employment="met",
    ),
    reads(
        "Korean (a) by correspondence must be related",
        "f510",
        {
            "education": [degree("bachelor", "KOR", "advanced_technology", regular_course=False)],
            "employment": [job("2022-05-12", related_to_qualification=False)],
        },
        employment="not_met",
    ),
    reads(
        "education unknown, certificate known",
        "f510",
        {"education": ABSENT, "qualifications": [{"kind": "technical_engineer", "awarded_on": "2019-01-01"}]},
        qualification="met",
        long_employment="met",
        employment="met",
        area="met",
    ),
    reads(
        "education unknown, no certificate",
        "f510",
        {"education": ABSENT},
        qualification="unknown",
        area="unknown",
    ),
    reads(
        "an older Korean bachelor carries beside a young master",
        "f510",
        {
            "education": [
                degree("master", "KOR", awarded_on="2024-02-20"),
                degree("bachelor", "KOR", "science_engineering", awarded_on="2018-02-20"),
            ],
            "employment": [job("2019-03-01", related_to_qualification=False)],
        },
        qualification="met",
        long_employment="met",
        employment="met",
    ),
    reads(
        "an older degree of the same kind carries",
        "f510",
        {
            "education": [
                degree("master", "VNM", "advanced_technology", awarded_on="2024-02-20"),
                degree("bachelor", "VNM", "advanced_technology", awarded_on="2011-02-20"),
            ]
        },
        qualification="met",
        long_employment="met",
        employment="met",
    ),
    reads(
        "on a tie the one listed first is reported",
        "f510",
        {
            "education": [
                degree("bachelor", "VNM", "advanced_technology"),
                degree("master", "KOR", awarded_on="2024-02-20"),
            ],
            "employment": [job("2023-03-01", related_to_qualification=False)],
        },
        qualification="met",
        long_employment="not_met",
        employment="not_met",
    ),
    reads(
        "an unknown one goes before one that fails",
        "f510",
        {
            "education": [
                degree("bachelor", "VNM", "advanced_technology"),
                degree("master", "KOR", awarded_on="2015-02-20"),
            ],
            "employment": [job("2019-03-01", related_to_qualification=False, permitted=ABSENT)],
        },
        qualification="met",
        long_employment="unknown",
        employment="met",
        area="unknown",
    ),
    reads(
        "a certificate beside a degree that fails",
        "f510",
        {
            "education": [degree("bachelor", "KOR", "other")],
            "qualifications": [{"kind": "mra_equivalent", "awarded_on": "2022-05-12"}],
        },
        qualification="met",
        long_employment="met",
        employment="met",
        area="met",
    ),
    reads(
        "a certificate awarded a day late",
        "f510",
        {"education": [], "qualifications": [{"kind": "mra_equivalent", "awarded_on": "2022-05-13"}]},
        qualification="met",
        long_employment="not_met",
        employment="met",
    ),
    reads(
        "a certificate awarded after A",
        "f510",
        {"education": [], "qualifications": [{"kind": "mra_equivalent", "awarded_on": "2025-05-13"}]},
        qualification="not_met",
        long_employment=None,
        employment=None,
    ),
    # F-5-11: the points.
    points("30 and 50", "met", [("sports", 30)], education=DOCTOR),
    points(
        "30 and 49",
        "not_met",
        [("sports", 30)],
        education=[degree("bachelor", "USA")],
        integration={"kiip_level_completed": 4},
    ),
    points("50 alone", "met", FIFTY),
    points(
        "29 and 99",
        "not_met",
        [("company_employment", 29)],
        education=DOCTOR,
        income=[income(4 * GNI)],
        integration={"kiip_level_completed": 5},
        assets=[asset(300_000_000)],
    ),
    points(
        "29 and 100 needs 71",
        "met",
        [("company_employment", 29)],
        education=DOCTOR,
        income=[income(4 * GNI)],
        integration={"kiip_level_completed": 5},
        assets=[asset(500_000_000)],
    ),
    points(
        "10, 100 and a year",
        "met",
        [("talent", 10)],
        education=DOCTOR,
        income=[income(4 * GNI)],
        integration={"kiip_level_completed": 5},
        assets=[asset(1_000_000_000)],
    ),
    points(
        "9 and 100",
        "not_met",
        [("talent", 9)],
        education=DOCTOR,
        income=[income(4 * GNI)],
        integration={"kiip_level_completed": 5},
        assets=[asset(1_000_000_000)],
    ),
    points(
        "10, 100 and a year less a day",
        "not_met",
        [("talent", 10)],
        education=DOCTOR,
        income=[income(4 * GNI)],
        integration={"kiip_level_completed": 5},
        assets=[asset(1_000_000_000)],
        stays=[stay("E-7-1", "2024-05-13")],
    ),
    points(
        "10, 100 and a year, any status",
        "met",
        [("talent", 10)],
        education=DOCTOR,
        income=[income(4 * GNI)],
        integration={"kiip_level_completed": 5},
        assets=[asset(1_000_000_000)],
        stays=[stay("D-2", "2024-05-12", "2024-12-31"), stay("E-7-1", "2025-01-01")],
    ),
    points("the best entry of an item", "not_met", [("talent", 15), ("talent", 14)], education=DOCTOR),
    points("two items are summed", "met", [("talent", 15), ("sports", 15)], education=DOCTOR),
    points("an item's most", "not_met", [("talent", 50)], education=DOCTOR),
    points("no mandatory item", "not_met", [], education=DOCTOR, income=[income(4 * GNI)]),
    points("special ability unknown", "unknown", [], special_ability=ABSENT),
    *(
        points(
            f"income of {times} GNI less a won",
            outcome,
            [("sports", 30)],
            income=[income(times * GNI - short)],
        )
        for times, short, outcome in ((3, 0, "met"), (3, 1, "not_met"), (2, 0, "not_met"))
    ),
    points(
        "income of the spouse",
        "not_met",
        [("sports", 30)],
        income=[income(4 * GNI, "spouse")],
        family=[person("spouse")],
    ),
    points("income from abroad", "not_met", [("sports", 30)], income=[income(4 * GNI, domestic=False)]),
    points("income not taxed", "not_met", [("sports", 30)], income=[income(4 * GNI, taxed=False)]),
    points(
        "assets of 700,000,000",
        "met",
        [("sports", 30)],
        assets=[asset(700_000_000, acquired_on="2025-05-12")],
    ),
    points("assets of 699,999,999", "not_met", [("sports", 30)], assets=[asset(699_999_999)]),
    points(
        "assets less debts",
        "not_met",
        [("sports", 30)],
        assets=[asset(700_000_000)],
        liabilities=[{"owner": "applicant", "amount": 1}],
    ),
    points("assets abroad", "not_met", [("sports", 30)], assets=[asset(700_000_000, domestic=False)]),
    points("doctor and nothing else", "met", [("sports", 30)], education=DOCTOR),
    points(
        "degrees are not summed",
        "not_met",
        [("sports", 30)],
        education=[degree("master", "USA"), degree("bachelor", "USA")],
    ),
    points(
        "KIIP 5 and 5",
        "met",
        [("sports", 30)],
        integration={"kiip_level_completed": 5},
        special_ability=bonus([("sports", 30)], study_in_korea=5),
    ),
    points(
        "KIIP 4 and 10",
        "not_met",
        [("sports", 30)],
        integration={"kiip_level_completed": 4},
        special_ability=bonus([("sports", 30)], tax_payment=10),
    ),
    points(
        "a test with KIIP 0 and 10",
        "met",
        [("sports", 30)],
        integration={"kiip_level_completed": 0, "permanent_residency_test_score": 60},
        special_ability=bonus([("sports", 30)], tax_payment=10),
    ),
    points(
        "a test of 59",
        "not_met",
        [("sports", 30)],
        integration={"kiip_level_completed": 0, "naturalization_test_score": 59},
        special_ability=bonus([("sports", 30)], tax_payment=10),
    ),
    points(
        "a test without a KIIP level",
        "met",
        [("sports", 30)],
        integration={"naturalization_test_score": 60},
        special_ability=bonus([("sports", 30)], tax_payment=10),
    ),
    points(
        "bonus items at their most",
        "not_met",
        [("sports", 30)],
        special_ability=bonus([("sports", 30)], study_in_korea=30, work_study_programme=30, social_service=9),
    ),
    points(
        "bonus items summed",
        "met",
        [("sports", 30)],
        special_ability=bonus(
            [("sports", 30)], study_in_korea=30, work_study_programme=30, social_service=30
        ),
    ),
    *(
        points(f"{section} could decide", "unknown", [("sports", 30)], **{section: ABSENT})
        for section in ("income", "assets", "education")
    ),
    points("integration could not decide", "not_met", [("sports", 30)], integration=ABSENT),
    points(
        "income unknown, not needed",
        "met",
        FIFTY,
        income=ABSENT,
        assets=ABSENT,
        education=ABSENT,
        integration=ABSENT,
    ),
    # F-5-12.
    reads(
        "not acknowledged", "f512", {"merit.acknowledged_by_minister": False}, merit="review", area="review"
    ),
    reads("acknowledgement unknown", "f512", {"merit.acknowledged_by_minister": ABSENT}, merit="review"),
    reads("merit unknown", "f512", {"merit": ABSENT}, merit="review"),
    reads("great-grandchild", "f512-descendant", {"merit.relation": "great_grandchild"}, merit="review"),
    reads("further descendant", "f512-descendant", {"merit.relation": "further_descendant"}, merit="not_met"),
    reads(
        "less than a year here", "f512-descendant", {"merit.domestic_activity_years": 0.9}, merit="not_met"
    ),
    reads(
        "a Korean bachelor instead",
        "f512-descendant",
        {"merit.domestic_activity_years": 0, "education": [degree("bachelor", "KOR")]},
        merit="review",
    ),
    reads(
        "a Korean doctor instead",
        "f512-descendant",
        {"merit.domestic_activity_years": 0, "education": [degree("doctorate", "KOR")]},
        merit="review",
    ),
    reads(
        "by correspondence",
        "f512-descendant",
        {"merit.domestic_activity_years": 0, "education": [degree("bachelor", "KOR", regular_course=False)]},
        merit="not_met",
    ),
    *(
        reads(
            f"{route} is judged",
            "f512",
            {"application.route": route, "merit.acknowledged_by_minister": ABSENT},
            merit="review",
        )
        for route in ("merit_family", "special_naturalised_family")
    ),
    # F-5-13, F-5-16.
    reads("60 today", "f513", {"applicant.birth_date": "1965-05-12"}, age="met"),
    reads("60 tomorrow", "f513", {"applicant.birth_date": "1965-05-13"}, age="not_met"),
    reads("a day short", "f516", {"stays": [stay("F-2-7", "2022-05-13")]}, residence="not_met"),
    *(
        reads(f"{status} is not F-2-7", "f516", {"stays": [stay(status, "2020-05-13")]}, residence="not_met")
        for status in ("F-2", "F-2-71", "F-2-7S", "F-2-R")
    ),
    reads("F-2-7-1 is F-2-7", "f516", {"stays": [stay("F-2-7-1", "2020-05-13")]}, residence="met"),
    *(
        worked(why, "f516", job("2015-01-01", end, industry=industry), no_barred_industry=outcome)
        for why, end, industry, outcome in (
            ("until three years before", "2022-05-12", "entertainment", "not_met"),
            ("until a day earlier", "2022-05-11", "entertainment", "met"),
            ("still", None, "entertainment", "not_met"),
            ("kind unknown", "2022-05-12", ABSENT, "unknown"),
            ("kind unknown, earlier", "2022-05-11", ABSENT, "met"),
        )
    ),
    reads("employment unknown", "f516", {"employment": ABSENT}, no_barred_industry="unknown"),
    # F-5-26.
    reads("D-8-1 less a day", "f526", {"stays": [stay("D-8-1", "2022-05-13")]}, residence="not_met"),
    reads("D-8-4", "f526", {"stays": [stay("D-8-4", "2020-05-13")]}, residence="not_met"),
    reads("D-8-4S", "f526", {"stays": [stay("D-8-4S", "2020-05-13")]}, residence="met"),
    reads(
        "D-8-4 in between",
        "f526",
        {
            "stays": [
                stay("D-8-1", "2020-01-01", "2023-01-01"),
                stay("D-8-4", "2023-01-02", "2023-12-31"),
                stay("D-8-1", "2024-01-01"),
            ]
        },
        residence="not_met",
    ),
    reads("no degree", "f526", {"education": []}, degree="not_met"),
    *(
        worked(why, "f526", job(since, research_facility_key_personnel=fact), employment=outcome)
        for why, since, fact, outcome in (
            ("three years", "2022-05-12", True, "met"),
            ("a day short", "2022-05-13", True, "not_met"),
            ("not essential", "2019-05-12", False, "not_met"),
            ("whether essential unknown", "2019-05-12", ABSENT, "unknown"),
        )
    ),
    worked(
        "90 days between",
        "f526",
        job("2019-05-12", "2022-10-02", research_facility_key_personnel=True),
        job("2023-01-01", research_facility_key_personnel=True),
        employment="met",
    ),
]
