"""Livelihood (sections 3 and 5): years, figures, whose money counts, and what carries the area."""

from typing import Any

from tests.rules.cases import ABSENT
from tests.rules.readings.reading import Reading, asset, degree, income, job, person

GNI = 49_955_000
MEAN = 448_940_000
TWICE, ONCE_AND_A_HALF = 2 * GNI, 673_410_000
NAMES = {
    "dues": "livelihood.public_dues",
    "income": "livelihood.income",
    "assets": "livelihood.assets",
    "own": "livelihood.own_share",
    "pension": "livelihood.pension",
    "exemption": "livelihood.exemption",
    "area": "livelihood",
}
KEPT_BY_SPOUSE = [income(TWICE // 2), income(TWICE // 2, "spouse")]
A = "application.received_on"


def reads(why: str, base: str, changes: dict[str, Any], /, **expected: str | None) -> Reading:
    return Reading(why, base, changes, {NAMES[name]: outcome for name, outcome in expected.items()})


def spouse(why: str, outcome: str, **facts: Any) -> Reading:
    """Whether a spouse with this relation, age or dwelling counts as an earner of F-5-1."""
    return reads(
        why, "household", {"family": [person("spouse", **facts)], "income": KEPT_BY_SPOUSE}, income=outcome
    )


def married(why: str, outcome: str, facts: dict[str, Any], **changes: Any) -> Reading:
    """Whether a member of this kind counts as an earner of F-5-2."""
    members = [person("spouse", nationality="KOR"), person("kin", **facts)]
    money = [income(30_000_000), income(GNI - 30_000_000, "kin")]
    return reads(why, "f52", {"family": members, "income": money, **changes}, income=outcome)


READINGS = [
    # Figures by their day.
    reads("GNI 2024 from April", "f51", {A: "2025-04-01", "income": [income(88_102_000)]}, income="not_met"),
    reads("GNI 2023 in March", "f51", {A: "2025-03-31", "income": [income(88_101_999)]}, income="not_met"),
    reads(
        "GNI of Y-2 next year", "f51", {A: "2026-03-31", "income": [income(TWICE, year=2025)]}, income="met"
    ),
    reads(
        "GNI 2025 from April",
        "f51",
        {A: "2026-04-01", "income": [income(104_832_000, year=2025)]},
        income="met",
    ),
    reads(
        "GNI 2025, a won short",
        "f51",
        {A: "2026-04-01", "income": [income(104_831_999, year=2025)]},
        income="not_met",
    ),
    reads(
        "GNI of Y-3 only",
        "f51",
        {A: "2028-05-01", "income": [income(900_000_000, year=2027)]},
        income="unknown",
    ),
    reads(
        "GNI of Y-2 in 2027",
        "f51",
        {A: "2027-05-01", "income": [income(104_832_000, year=2026)]},
        income="met",
    ),
    reads(
        "GNI before any",
        "f51",
        {A: "2019-09-04", "income": [income(900_000_000, year=2018)]},
        income="unknown",
    ),
    reads(
        "GNI 2018 in force", "f51", {A: "2019-09-05", "income": [income(73_574_000, year=2018)]}, income="met"
    ),
    reads(
        "GNI 2019 on 2021-06-30",
        "f51",
        {A: "2021-06-30", "income": [income(74_712_000, year=2020)]},
        income="met",
    ),
    reads(
        "GNI 2020 on 2021-07-01",
        "f51",
        {A: "2021-07-01", "income": [income(75_241_999, year=2020)]},
        income="not_met",
    ),
    reads("mean of Y-1", "assets", {A: "2026-01-01", "assets": [asset(707_160_000)]}, assets="met"),
    reads(
        "mean of Y-1, a won short",
        "assets",
        {A: "2026-01-01", "assets": [asset(707_159_999)]},
        assets="not_met",
    ),
    reads("no mean of Y-1", "assets", {A: "2027-01-01", "assets": [asset(9_000_000_000)]}, assets="unknown"),
    reads(
        "no median of 2023",
        "f52",
        {A: "2024-06-03", "assets": [asset(900_000_000)], "income": []},
        assets="unknown",
        income="not_met",
        area="unknown",
    ),
    # The income year.
    reads(
        "Y-2 without a certificate",
        "f51",
        {"application.income_certificate_issued": False, "income": [income(TWICE, year=2023)]},
        income="met",
    ),
    reads(
        "Y-1 counts no more then", "f51", {"application.income_certificate_issued": False}, income="not_met"
    ),
    reads("absent counts as issued", "f51", {"application.income_certificate_issued": ABSENT}, income="met"),
    reads(
        "living together since the first day of Y-2",
        "household",
        {
            "application.income_certificate_issued": False,
            "family.0.co_resident_from": "2023-01-01",
            "income": [income(60_000_000, year=2023), income(45_000_000, "spouse", 2023)],
        },
        income="met",
    ),
    reads(
        "living together a day after the first day of Y-2",
        "household",
        {
            "application.income_certificate_issued": False,
            "family.0.co_resident_from": "2023-01-02",
            "income": [income(60_000_000, year=2023), income(45_000_000, "spouse", 2023)],
        },
        income="not_met",
    ),
    # Recognised income.
    reads(
        "two incomes of one year",
        "f51",
        {"income": [income(TWICE - 1), income(1, kind="interest")]},
        income="met",
    ),
    reads("foreign taxed income", "f51", {"income": [income(TWICE, domestic=False)]}, income="met"),
    reads(
        "taxed unknown decides",
        "f51",
        {"income": [income(TWICE - 1), income(1, taxed=ABSENT)]},
        income="unknown",
        area="unknown",
    ),
    reads(
        "taxed unknown cannot decide",
        "f51",
        {"income": [income(TWICE - 2), income(1, taxed=ABSENT)]},
        income="not_met",
    ),
    reads(
        "taxed unknown not needed", "f51", {"income": [income(TWICE), income(1, taxed=ABSENT)]}, income="met"
    ),
    reads(
        "not taxable decides",
        "f51",
        {"income": [income(TWICE - 1), income(1, taxed=False, non_taxable=True)]},
        income="review",
        area="review",
    ),
    reads(
        "not taxable cannot decide",
        "f51",
        {"income": [income(TWICE - 2), income(1, taxed=False, non_taxable=True)]},
        income="not_met",
    ),
    reads(
        "not taxed, whether taxable unknown",
        "f51",
        {"income": [income(TWICE - 1), income(1, taxed=False)]},
        income="not_met",
    ),
    reads(
        "income unknown, assets fail",
        "f51",
        {"income": ABSENT},
        income="unknown",
        assets="not_met",
        area="unknown",
    ),
    reads(
        "income fails, assets unknown",
        "f51",
        {"income": [], "assets": ABSENT},
        income="not_met",
        assets="unknown",
        area="unknown",
    ),
    reads(
        "income carries, assets unknown",
        "f51",
        {"assets": ABSENT, "liabilities": ABSENT},
        income="met",
        assets="unknown",
        area="met",
    ),
    reads(
        "income and assets are not added",
        "f51",
        {"income": [income(TWICE - 1)], "assets": [asset(ONCE_AND_A_HALF - 1)]},
        income="not_met",
        assets="not_met",
        area="not_met",
    ),
    # Recognised earners.
    spouse("spouse of the whole year", "met", co_resident_from="2024-01-01"),
    spouse("spouse a day late", "not_met", co_resident_from="2024-01-02"),
    spouse("spouse, day unknown", "unknown", co_resident_from=ABSENT),
    spouse("spouse apart", "not_met", shares_livelihood=False),
    spouse("spouse, livelihood unknown", "unknown", shares_livelihood=ABSENT),
    spouse(
        "spouse, livelihood unknown but too late",
        "not_met",
        shares_livelihood=ABSENT,
        co_resident_from="2024-02-01",
    ),
    spouse("spouse who died", "not_met", deceased=True),
    spouse("common law", "not_met", relation="common_law_spouse"),
    spouse("father", "met", relation="father"),
    spouse("mother", "met", relation="mother"),
    spouse("father-in-law", "not_met", relation="spouse_father"),
    spouse("mother-in-law", "not_met", relation="spouse_mother"),
    spouse("sibling", "not_met", relation="sibling"),
    spouse("grandparent", "not_met", relation="grandparent"),
    spouse("child of 18", "met", relation="child", birth_date="2006-05-13"),
    spouse("child of 19 today", "not_met", relation="child", birth_date="2006-05-12"),
    spouse("child of unknown age", "unknown", relation="child"),
    reads("family unknown decides", "household", {"family": ABSENT}, income="unknown"),
    reads("family unknown, not needed", "f51", {"family": ABSENT}, income="met", area="met"),
    reads(
        "family unknown, income of others not enough",
        "household",
        {"family": ABSENT, "income": [income(50_000_000), income(1_000, "spouse")]},
        income="not_met",
    ),
    reads(
        "spouse in arrears",
        "household",
        {"arrears": [{"person": "spouse", "kind": "local_tax", "amount": 1}]},
        dues="met",
        income="not_met",
        area="not_met",
    ),
    reads(
        "spouse in arrears, not needed",
        "household",
        {"arrears": [{"person": "spouse", "kind": "local_tax"}], "income": [income(TWICE)]},
        dues="met",
        income="met",
        area="met",
    ),
    # Whether a relative is in arrears decides whether they count.
    reads(
        "arrears unknown, spouse needed", "household", {"arrears": ABSENT}, dues="unknown", income="unknown"
    ),
    reads(
        "arrears unknown, spouse not needed",
        "household",
        {"arrears": ABSENT, "income": [income(TWICE), income(1, "spouse")]},
        income="met",
        own="met",
    ),
    reads(
        "arrears unknown, spouse a won short anyway",
        "household",
        {"arrears": ABSENT, "income": [income(TWICE - 2), income(1, "spouse")]},
        income="not_met",
    ),
    reads(
        "arrears unknown, the spouse's assets needed",
        "household",
        {"arrears": ABSENT, "income": [], "assets": [asset(ONCE_AND_A_HALF, "spouse")]},
        assets="unknown",
    ),
    reads(
        "arrears unknown, no family",
        "f51",
        {"arrears": ABSENT},
        dues="unknown",
        income="met",
    ),
    reads("arrears unknown, F-5-2", "f52", {"arrears": ABSENT}, income="unknown", own="met", area="unknown"),
    reads(
        "family unknown, but the one earner is in arrears",
        "household",
        {"family": ABSENT, "arrears": [{"person": "spouse", "kind": "fine"}]},
        income="not_met",
    ),
    reads(
        "family unknown, another in arrears",
        "household",
        {"family": ABSENT, "arrears": [{"person": "mother", "kind": "fine"}]},
        income="unknown",
    ),
    # Nobody passes by the money of one whose marriage is told in contradiction.
    reads(
        "the marriage that ended is with one not on record",
        "f52",
        {"marriage": {"spouse": "nobody", "ended_on": "2025-01-01"}},
        income="unknown",
    ),
    reads(
        "the marriage that goes on is with one not on record",
        "f52",
        {"marriage.spouse": "nobody"},
        income="met",
    ),
    reads(
        "the money of a second spouse",
        "household",
        {
            "family": [person("spouse"), person("other", relation="spouse")],
            "income": [income(GNI), income(GNI, "other")],
        },
        income="unknown",
        area="unknown",
    ),
    # What is not taxed is judged; what may be taxed or not is open, unless either way is the same.
    reads(
        "judgement would carry it, and so would the tax not established",
        "f51",
        {"income": [income(TWICE, taxed=False, non_taxable=True), income(TWICE, taxed=ABSENT)]},
        income="unknown",
    ),
    reads(
        "judgement alone would carry it, the tax not established would not",
        "f51",
        {"income": [income(TWICE, taxed=False, non_taxable=True), income(TWICE - 1, taxed=ABSENT)]},
        income="review",
    ),
    reads(
        "only with both",
        "f51",
        {"income": [income(TWICE - 1, taxed=False, non_taxable=True), income(1, taxed=ABSENT)]},
        income="unknown",
    ),
    reads(
        "non-taxable and perhaps taxed all the same, with more to be judged",
        "f51",
        {
            "income": [
                income(TWICE - 1, taxed=False, non_taxable=True),
                income(1, taxed=ABSENT, non_taxable=True),
            ]
        },
        income="review",
    ),
    reads(
        "non-taxable and perhaps taxed all the same",
        "f51",
        {"income": [income(TWICE, taxed=ABSENT, non_taxable=True)]},
        income="unknown",
    ),
    reads(
        "non-taxable and perhaps taxed all the same, a won short",
        "f51",
        {"income": [income(TWICE - 1, taxed=ABSENT, non_taxable=True)]},
        income="not_met",
    ),
    reads(
        "the applicant's own part judged or open",
        "household",
        {
            "income": [
                income(GNI, taxed=False, non_taxable=True),
                income(GNI, taxed=ABSENT),
                income(TWICE, "spouse"),
            ]
        },
        income="met",
        own="unknown",
    ),
    reads(
        "income to be judged of one who may count",
        "household",
        {
            "family": [person("spouse", shares_livelihood=ABSENT)],
            "income": [
                income(TWICE, taxed=False, non_taxable=True),
                income(TWICE, "spouse", taxed=False, non_taxable=True),
            ],
        },
        income="review",
    ),
    reads(
        "income that carries of one who may count",
        "household",
        {
            "family": [person("spouse", shares_livelihood=ABSENT)],
            "income": [income(TWICE, taxed=False, non_taxable=True), income(TWICE, "spouse")],
        },
        income="unknown",
    ),
    # The household of F-5-2.
    married("adult child", "met", {"relation": "child", "birth_date": "1999-01-01"}),
    married("father", "met", {"relation": "father"}),
    married("father-in-law", "met", {"relation": "spouse_father"}),
    married("grandparent", "met", {"relation": "grandparent"}),
    married("grandchild", "met", {"relation": "grandchild"}),
    married("sibling", "not_met", {"relation": "sibling"}),
    married("other", "not_met", {"relation": "other"}),
    married("common law", "not_met", {"relation": "common_law_spouse"}),
    married("one year at A", "met", {"relation": "mother", "co_resident_from": "2024-05-12"}),
    married("a day short at A", "not_met", {"relation": "mother", "co_resident_from": "2024-05-13"}),
    married("day unknown", "unknown", {"relation": "mother", "co_resident_from": ABSENT}),
    reads(
        "spouse until the marriage ended",
        "f52-ended",
        {"income": [income(30_000_000), income(26_000_000, "spouse")]},
        income="not_met",
    ),
    reads("a marriage that ends only after A", "f52", {"marriage.ended_on": "2025-06-01"}, income="met"),
    reads("a marriage that ended before A", "f52", {"marriage.ended_on": "2025-05-01"}, income="not_met"),
    reads(
        "in-laws after the marriage ended",
        "f52-ended",
        {
            "family": [person("spouse", nationality="KOR", deceased=True), person("spouse_mother")],
            "income": [income(30_000_000), income(26_000_000, "spouse_mother")],
        },
        income="met",
        own="met",
    ),
    reads(
        "median to the won",
        "f52",
        {"income": [], "assets": [asset(120_000_000), asset(120_000_000, "spouse")]},
        assets="met",
        own="met",
        area="met",
    ),
    reads(
        "median, a won short",
        "f52",
        {"income": [], "assets": [asset(120_000_000), asset(119_999_999, "spouse")]},
        assets="not_met",
        area="not_met",
    ),
    # Assets.
    reads("held six months", "assets", {}, assets="met", own="met"),
    reads("held a day less", "assets", {"assets.0.acquired_on": "2024-11-13"}, assets="not_met"),
    reads(
        "held since a month end, reached",
        "assets",
        {A: "2025-03-01", "assets.0.acquired_on": "2024-08-31"},
        assets="met",
    ),
    reads(
        "held since a month end, not reached",
        "assets",
        {A: "2025-02-28", "assets.0.acquired_on": "2024-08-31"},
        assets="not_met",
    ),
    reads(
        "acquired unknown decides",
        "assets",
        {"assets.0.acquired_on": ABSENT},
        assets="unknown",
        area="unknown",
    ),
    reads(
        "acquired unknown cannot decide",
        "assets",
        {"assets": [asset(600_000_000), asset(70_000_000, acquired_on=ABSENT)]},
        assets="not_met",
    ),
    reads(
        "acquired unknown not needed",
        "assets",
        {"assets": [asset(ONCE_AND_A_HALF), asset(7, acquired_on=ABSENT)]},
        assets="met",
    ),
    reads(
        "liabilities taken off",
        "assets",
        {"liabilities": [{"owner": "applicant", "amount": 1}]},
        assets="not_met",
    ),
    reads("liabilities unknown", "assets", {"liabilities": ABSENT}, assets="unknown", area="unknown"),
    reads(
        "liabilities unknown, fails anyway",
        "assets",
        {"liabilities": ABSENT, "assets": [asset(1)]},
        assets="not_met",
        area="not_met",
    ),
    reads("foreign assets count", "assets", {"assets.0.domestic": False}, assets="met"),
    reads(
        "assets of a spouse apart",
        "household",
        {"income": [], "assets": [asset(ONCE_AND_A_HALF, "spouse")], "family.0.shares_livelihood": False},
        assets="not_met",
    ),
    reads(
        "debts of a spouse apart",
        "household",
        {
            "income": [],
            "assets": [asset(ONCE_AND_A_HALF)],
            "family.0.shares_livelihood": False,
            "liabilities": [{"owner": "spouse", "amount": 5}],
        },
        assets="met",
        area="met",
    ),
    reads(
        "debts of the spouse",
        "household",
        {"income": [], "assets": [asset(ONCE_AND_A_HALF)], "liabilities": [{"owner": "spouse", "amount": 5}]},
        assets="not_met",
    ),
    reads(
        "debts of a spouse in arrears",
        "household",
        {
            "income": [],
            "assets": [asset(ONCE_AND_A_HALF)],
            "liabilities": [{"owner": "spouse", "amount": 5}],
            "arrears": [{"person": "spouse", "kind": "customs"}],
        },
        assets="met",
    ),
    # The own share.
    reads(
        "half to the won",
        "household",
        {"income": [income(GNI), income(GNI, "spouse")]},
        income="met",
        own="met",
        area="met",
    ),
    reads(
        "half, a won short",
        "household",
        {"income": [income(GNI - 1), income(GNI + 1, "spouse")]},
        income="met",
        own="not_met",
        area="not_met",
    ),
    reads(
        "whether raising children unknown",
        "household",
        {"applicant.raises_minor_children": ABSENT, "income": [income(GNI - 1), income(GNI + 1, "spouse")]},
        own="not_met",
        area="not_met",
    ),
    reads(
        "raising children",
        "household",
        {"applicant.raises_minor_children": True, "income": [income(0), income(TWICE, "spouse")]},
        own=None,
        area="met",
    ),
    reads(
        "assets carry with their own share",
        "household",
        {"income": [income(10_000_000), income(TWICE, "spouse")], "assets": [asset(ONCE_AND_A_HALF)]},
        income="met",
        assets="met",
        own="met",
        area="met",
    ),
    reads(
        "both fail by own share: income reported",
        "household",
        {
            "income": [income(10_000_000), income(TWICE, "spouse")],
            "assets": [asset(ONCE_AND_A_HALF, "spouse")],
        },
        income="met",
        assets="met",
        own="not_met",
        area="not_met",
    ),
    reads(
        "income fails, assets fail by own share",
        "household",
        {"income": [income(GNI)], "assets": [asset(ONCE_AND_A_HALF, "spouse")]},
        income="not_met",
        assets="met",
        own="not_met",
        area="not_met",
    ),
    reads(
        "own share of the pair that is reviewed",
        "household",
        {"income": [income(GNI, taxed=False, non_taxable=True), income(TWICE, "spouse")], "assets": []},
        income="met",
        own="review",
        area="review",
    ),
    reads(
        "own share unknown",
        "household",
        {"income": [income(GNI, taxed=ABSENT), income(TWICE, "spouse")]},
        income="met",
        own="unknown",
        area="unknown",
    ),
    reads(
        "own assets less own debts",
        "household",
        {
            "income": [],
            "assets": [asset(400_000_000), asset(400_000_000, "spouse")],
            "liabilities": [{"owner": "applicant", "amount": 63_295_001}],
        },
        assets="met",
        own="not_met",
    ),
    reads(
        "own assets less own debts, half to the won",
        "household",
        {
            "income": [],
            "assets": [asset(400_000_000), asset(400_000_000, "spouse")],
            "liabilities": [{"owner": "applicant", "amount": 63_295_000}],
        },
        assets="met",
        own="met",
    ),
    reads(
        "a minor applicant",
        "f54-child",
        {"income": [income(GNI, "mother")]},
        income="met",
        own=None,
        area="met",
    ),
    reads(
        "half of the eased standard",
        "e5",
        {"family": [person("spouse")], "income": [income(24_977_500), income(24_977_500, "spouse")]},
        income="met",
        own="met",
        area="met",
    ),
    reads(
        "half of the eased standard, a won short",
        "e5",
        {"family": [person("spouse")], "income": [income(24_977_499), income(24_977_501, "spouse")]},
        income="met",
        own="not_met",
        area="not_met",
    ),
    reads(
        "debts of a spouse who may count",
        "household",
        {
            "income": [],
            "assets": [asset(ONCE_AND_A_HALF)],
            "family.0.shares_livelihood": ABSENT,
            "liabilities": [{"owner": "spouse", "amount": 5}],
        },
        assets="unknown",
    ),
    reads(
        "assets of a spouse who may count",
        "household",
        {
            "income": [],
            "assets": [asset(ONCE_AND_A_HALF - 5), asset(5, "spouse")],
            "family.0.shares_livelihood": ABSENT,
        },
        assets="unknown",
    ),
    reads(
        "not taxable income of the spouse",
        "household",
        {"income": [income(60_000_000), income(45_000_000, "spouse", taxed=False, non_taxable=True)]},
        income="review",
        own="met",
        area="review",
    ),
    reads(
        "review by income, passed by assets",
        "household",
        {"income": [income(TWICE, taxed=False, non_taxable=True)], "assets": [asset(ONCE_AND_A_HALF)]},
        income="review",
        assets="met",
        own="met",
        area="met",
    ),
    reads(
        "unknown by income, review never by assets",
        "household",
        {"income": [income(TWICE, taxed=ABSENT)], "assets": [asset(ONCE_AND_A_HALF - 1)]},
        income="unknown",
        assets="not_met",
        own="unknown",
        area="unknown",
    ),
    reads(
        "met but short of the own share, the other unknown",
        "household",
        {"income": [income(GNI - 1), income(TWICE, "spouse")], "assets": ABSENT},
        income="met",
        assets="unknown",
        own="unknown",
        area="unknown",
    ),
    reads(
        "dues for review of nothing",
        "f51",
        {"arrears": [{"person": "stranger", "kind": "fine"}], "family": []},
        dues="met",
    ),
    # Public dues.
    *(
        reads(
            f"now in {industry}",
            "f51",
            {"employment": [job(industry=industry)]},
            dues="not_met",
            area="not_met",
        )
        for industry in ("gambling", "entertainment", "against_morals")
    ),
    reads("now without permission", "f51", {"employment": [job(permitted=False)]}, dues="not_met"),
    reads(
        "until the day before A",
        "f51",
        {"employment": [job("2019-01-01", "2025-05-11", industry="gambling")]},
        dues="met",
    ),
    reads(
        "until A",
        "f51",
        {"employment": [job("2019-01-01", "2025-05-12", industry="gambling")]},
        dues="not_met",
    ),
    reads("from after A", "f51", {"employment": [job("2025-05-13", industry="gambling")]}, dues="met"),
    reads("industry unknown", "f51", {"employment": [job(industry=ABSENT)]}, dues="unknown", area="unknown"),
    reads("permission unknown", "f51", {"employment": [job(permitted=ABSENT)]}, dues="unknown"),
    reads(
        "permission unknown, ended",
        "f51",
        {"employment": [job("2019-01-01", "2025-05-11", permitted=ABSENT)]},
        dues="met",
    ),
    reads(
        "permission unknown, gambling",
        "f51",
        {"employment": [job(permitted=ABSENT, industry="gambling")]},
        dues="not_met",
    ),
    reads("employment unknown", "f51", {"employment": ABSENT}, dues="unknown", area="unknown"),
    reads("no employment", "f51", {"employment": []}, dues="met"),
    reads("arrears unknown", "f51", {"arrears": ABSENT}, dues="unknown", area="unknown"),
    reads(
        "arrears unknown, gambling",
        "f51",
        {"arrears": ABSENT, "employment": [job(industry="gambling")]},
        dues="not_met",
    ),
    reads(
        "arrears, employment unknown",
        "f51",
        {"arrears": [{"person": "applicant", "kind": "fine"}], "employment": ABSENT},
        dues="not_met",
    ),
    # Standards by category.
    reads("training as E-5", "e5", {}, income="met", area="met"),
    reads("training as E-5, a won short", "e5", {"income": [income(GNI - 1)]}, income="not_met"),
    reads("training as E-5, mean", "e5", {"income": [], "assets": [asset(MEAN)]}, assets="met"),
    reads("training as E-7", "e5", {"status": "E-7-1", "since": "2019-03-01"}, income="not_met"),
    reads(
        "training ended",
        "e5",
        {"employment": [job(end="2025-05-11", medical_residency_training=True)]},
        income="not_met",
    ),
    reads("F-5-4 once", "f54", {"income": [income(GNI)]}, income="met"),
    reads("F-5-4 a won short", "f54", {"income": [income(GNI - 1)]}, income="not_met"),
    reads("F-5-4 mean", "f54", {"income": [], "assets": [asset(MEAN)]}, assets="met", area="met"),
    reads("F-5-4 mean, a won short", "f54", {"income": [], "assets": [asset(MEAN - 1)]}, assets="not_met"),
    reads("F-5-18 once", "f518", {"income": [income(GNI)]}, income="met"),
    reads("F-5-9 a won short", "f59", {"income": [income(GNI - 1)]}, income="not_met"),
    reads("F-5-15 mean", "f515", {"income": [], "assets": [asset(MEAN)]}, assets="met", area="met"),
    reads("F-5-10 once", "f510", {"income": [income(GNI)]}, income="met", assets=None, own=None, area="met"),
    reads(
        "F-5-10 the spouse's does not count",
        "f510",
        {"family": [person("spouse")], "income": [income(GNI - 1), income(GNI, "spouse")]},
        income="not_met",
        assets=None,
        own=None,
        area="not_met",
    ),
    reads(
        "F-5-10 assets do not cure", "f510", {"income": [], "assets": [asset(9_000_000_000)]}, area="not_met"
    ),
    reads("F-5-16 twice", "f516", {"income": [income(TWICE)]}, income="met"),
    reads("F-5-16 a won short", "f516", {"income": [income(TWICE - 1)]}, income="not_met"),
    reads("F-5-16 mean and a half", "f516", {"income": [], "assets": [asset(ONCE_AND_A_HALF)]}, assets="met"),
    reads(
        "F-5-26 mean and a half, short",
        "f526",
        {"income": [], "assets": [asset(ONCE_AND_A_HALF - 1)]},
        assets="not_met",
    ),
    reads("F-5-3 has no area", "f53", {}, area=None, dues=None, income=None, exemption=None),
    *(
        reads(
            "released",
            base,
            {"income": ABSENT, "arrears": [{"person": "applicant", "kind": "fine"}]},
            exemption="exempt",
            area="exempt",
            dues=None,
            income=None,
            assets=None,
            own=None,
        )
        for base in (
            "f55",
            "f511",
            "f512",
            "f517",
            "f519",
            "f519-child",
            "f520",
            "f521",
            "f522",
            "f523",
            "f524",
            "f525",
        )
    ),
    *(
        reads(
            f"graduate of {programme}",
            base,
            {"education": [degree("doctorate", "KOR", programme=programme)]},
            exemption="exempt",
            income=None,
            dues=None,
            own=None,
            area="exempt",
        )
        for base, programme in (("f59", "GKS"), ("f510", "D-2-7"), ("f515", "GKS"))
    ),
    reads(
        "no release for F-5-1",
        "f51",
        {"education": [degree("bachelor", "KOR", programme="GKS")]},
        exemption=None,
        income="met",
    ),
    reads(
        "programme degree only after A",
        "f515",
        {"education": [degree("doctorate", "KOR", programme="GKS", awarded_on="2025-05-13")]},
        exemption=None,
        income="met",
    ),
    # Pension.
    reads(
        "pension a won short",
        "f513",
        {"pension.annual": TWICE - 1},
        pension="not_met",
        income=None,
        assets=None,
    ),
    reads("pension not from abroad", "f513", {"pension.from_abroad": False}, pension="not_met"),
    reads(
        "pension, origin unknown", "f513", {"pension.from_abroad": ABSENT}, pension="unknown", area="unknown"
    ),
    reads("pension too small, origin unknown", "f513", {"pension": {"annual": 1}}, pension="not_met"),
    reads("pension, amount unknown", "f513", {"pension": {"from_abroad": True}}, pension="unknown"),
    reads(
        "pension, amount unknown, not from abroad",
        "f513",
        {"pension": {"from_abroad": False}},
        pension="not_met",
    ),
    reads("no pension section", "f513", {"pension": ABSENT}, pension="unknown", own=None),
    reads(
        "pension in arrears",
        "f513",
        {"arrears": [{"person": "applicant", "kind": "fine"}]},
        dues="not_met",
        pension="met",
        area="not_met",
    ),
    # F-5-8.
    reads("0.7 of the GNI", "f58", {"income": [income(34_968_500)], "assets": []}, income="met", area="met"),
    reads(
        "0.7 of the GNI, a won short", "f58", {"income": [income(34_968_499)], "assets": []}, income="not_met"
    ),
    reads(
        "two at home",
        "f58",
        {"family": [person("spouse"), person("child")], "assets": [], "income": [income(34_968_500)]},
        income="met",
    ),
    reads(
        "three at home",
        "f58",
        {
            "family": [person("spouse"), person("child"), person("mother")],
            "assets": [],
            "income": [income(34_968_500)],
        },
        income="not_met",
    ),
    reads(
        "the third came yesterday",
        "f58",
        {
            "family": [person("spouse"), person("child"), person("mother", co_resident_from="2025-05-11")],
            "assets": [],
            "income": [income(34_968_500)],
        },
        income="not_met",
    ),
    reads(
        "the third comes tomorrow",
        "f58",
        {
            "family": [person("spouse"), person("child"), person("mother", co_resident_from="2025-05-13")],
            "assets": [],
            "income": [income(34_968_500)],
        },
        income="met",
    ),
    reads(
        "the third is a brother",
        "f58",
        {
            "family": [person("spouse"), person("child"), person("sibling")],
            "assets": [],
            "income": [income(34_968_500)],
        },
        income="met",
    ),
    reads(
        "the third is dead",
        "f58",
        {
            "family": [person("spouse"), person("child"), person("father", deceased=True)],
            "assets": [],
            "income": [income(34_968_500)],
        },
        income="met",
    ),
    reads(
        "an adult child earns",
        "f58",
        {
            "family": [person("child", birth_date="1999-01-01")],
            "assets": [],
            "income": [income(20_000_000), income(14_968_500, "child")],
        },
        income="met",
        own="met",
    ),
    reads(
        "own share of income",
        "f58",
        {
            "family": [person("spouse")],
            "assets": [],
            "income": [income(17_484_249), income(30_000_000, "spouse")],
        },
        income="met",
        own="not_met",
        area="not_met",
    ),
    reads(
        "a year together at A",
        "f58",
        {
            "family": [person("spouse", co_resident_from="2024-05-12")],
            "assets": [],
            "income": [income(20_000_000), income(14_968_500, "spouse")],
        },
        income="met",
    ),
    reads(
        "a year together less a day",
        "f58",
        {
            "family": [person("spouse", co_resident_from="2024-05-13")],
            "assets": [],
            "income": [income(20_000_000), income(14_968_500, "spouse")],
        },
        income="not_met",
    ),
    reads(
        "deposit held a day less",
        "f58",
        {"assets.0.acquired_on": "2024-05-13"},
        assets="not_met",
        area="not_met",
    ),
    reads("deposit a won short", "f58", {"assets.0.value": 59_999_999}, assets="not_met"),
    reads(
        "bank deposit does not count",
        "f58",
        {"assets": [asset(90_000_000, kind="deposit")]},
        assets="not_met",
    ),
    reads(
        "debts not taken off",
        "f58",
        {"liabilities": [{"owner": "applicant", "amount": 90_000_000}]},
        assets="met",
    ),
    reads("debts unknown", "f58", {"liabilities": ABSENT}, assets="met", area="met"),
    reads(
        "the spouse's house, no own share",
        "f58",
        {"family": [person("spouse")], "assets": [asset(60_000_000, "spouse")]},
        assets="met",
        own=None,
        area="met",
    ),
    reads(
        "head-count unknown decides",
        "f58",
        {"family": ABSENT, "assets": [], "income": [income(34_968_500)]},
        income="unknown",
    ),
    reads(
        "head-count unknown, once the GNI",
        "f58",
        {"family": ABSENT, "assets": [], "income": [income(GNI)]},
        income="met",
    ),
    reads(
        "head-count unknown, below 0.7",
        "f58",
        {"family": ABSENT, "assets": [], "income": [income(34_968_499)]},
        income="not_met",
    ),
    reads(
        "the third since unknown",
        "f58",
        {
            "family": [person("spouse"), person("child"), person("mother", co_resident_from=ABSENT)],
            "assets": [],
            "income": [income(34_968_500)],
        },
        income="unknown",
    ),
    reads("deposit since unknown", "f58", {"assets.0.acquired_on": ABSENT}, assets="unknown", area="unknown"),
    # Separate guidelines.
    *(
        Reading(
            "separate guideline",
            base,
            {"income": ABSENT, "integration": ABSENT},
            {
                "livelihood.separate_guideline": "review",
                "livelihood": "review",
                "livelihood.income": None,
                "livelihood.public_dues": None,
                "competency.separate_guideline": "review",
                "competency": "review",
                "competency.basic": None,
                "eligibility.separate_guideline": "review",
            },
        )
        for base in ("f56", "f57", "f514", "f527")
    ),
]
