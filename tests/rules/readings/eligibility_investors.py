"""Eligibility of investors, of their families, and of children born in Korea (section 8)."""

from typing import Any

from tests.rules.cases import ABSENT
from tests.rules.readings.eligibility import reads, sponsor
from tests.rules.readings.reading import asset, invested, person, stay

A = "application.received_on"


def held(why: str, base: str, outcome: str, *entries: Any) -> Any:
    return reads(why, base, {"investments": list(entries)}, investment=outcome)


READINGS = [
    # Investors.
    held("a day short", "f517", "not_met", invested("tourism_facility", "2020-05-13")),
    held("public project only", "f517", "not_met", invested("public_project", "2015-05-12")),
    held(
        "with a public project",
        "f517",
        "met",
        invested("tourism_facility", "2018-01-01", "2018-12-31"),
        invested("public_project", "2021-05-12"),
    ),
    held(
        "with a public project, a day short",
        "f517",
        "not_met",
        invested("tourism_facility", "2019-01-01", "2019-12-31"),
        invested("public_project", "2021-05-14"),
    ),
    held(
        "real estate does not count",
        "f517",
        "not_met",
        invested("real_estate", "2015-01-01", "2021-12-31"),
        invested("tourism_facility", "2022-01-01"),
    ),
    held("no longer held", "f517", "not_met", invested("tourism_facility", "2015-01-01", "2025-05-11")),
    held("held until A", "f517", "met", invested("tourism_facility", "2015-01-01", "2025-05-12")),
    held(
        "lapsed for a month",
        "f517",
        "not_met",
        invested("tourism_facility", "2020-05-12", lapses=[{"from": "2022-01-01", "to": "2022-01-31"}]),
    ),
    held(
        "lapsed for a month, made up",
        "f517",
        "met",
        invested("tourism_facility", "2020-04-11", lapses=[{"from": "2022-01-01", "to": "2022-01-31"}]),
    ),
    held(
        "lapsed now",
        "f517",
        "not_met",
        invested("tourism_facility", "2015-04-11", lapses=[{"from": "2025-01-01", "to": "2025-06-30"}]),
    ),
    held(
        "one pledged",
        "f517",
        "not_met",
        invested("tourism_facility", "2015-05-12"),
        invested("tourism_facility", "2016-05-12", pledged_as_collateral=True),
    ),
    held(
        "pledged once, sold",
        "f517",
        "met",
        invested("tourism_facility", "2015-05-12"),
        invested("tourism_facility", "2016-05-12", "2020-01-01", pledged_as_collateral=True),
    ),
    held(
        "pledge unknown",
        "f517",
        "unknown",
        invested("tourism_facility", "2015-05-12", pledged_as_collateral=ABSENT),
    ),
    held(
        "pledge unknown, too short",
        "f517",
        "not_met",
        invested("tourism_facility", "2022-05-12", pledged_as_collateral=ABSENT),
    ),
    reads("investments unknown", "f517", {"investments": ABSENT}, investment="unknown"),
    held("a day short", "f521", "not_met", invested("public_project", "2020-05-13")),
    held(
        "two years of public project",
        "f521",
        "met",
        invested("real_estate", "2015-01-01", "2023-05-11"),
        invested("public_project", "2023-05-12"),
    ),
    held(
        "public project a day short of two",
        "f521",
        "not_met",
        invested("real_estate", "2015-01-01", "2023-05-11"),
        invested("public_project", "2023-05-13"),
    ),
    held(
        "principal recovered",
        "f521",
        "not_met",
        invested("public_project", "2015-05-12", principal_recovered=True),
    ),
    held(
        "recovery unknown",
        "f521",
        "unknown",
        invested("public_project", "2015-05-12", principal_recovered=ABSENT),
    ),
    held("no longer held", "f521", "not_met", invested("public_project", "2010-05-12", "2025-05-11")),
    held("retired scheme is another", "f521", "not_met", invested("retired_public_project", "2010-05-12")),
    held("a day short", "f523", "not_met", invested("retired_public_project", "2020-05-13")),
    held("general scheme is another", "f523", "not_met", invested("public_project", "2010-05-12")),
    held(
        "two periods",
        "f523",
        "met",
        invested("retired_public_project", "2010-01-01", "2013-12-31"),
        invested("retired_public_project", "2024-05-11"),
    ),
    reads("assets a won short", "f523", {"assets": [asset(299_999_999)]}, domestic_assets="not_met"),
    reads(
        "assets of the spouse",
        "f523",
        {"assets": [asset(100_000_000), asset(200_000_000, "spouse")], "family": [person("spouse")]},
        domestic_assets="met",
    ),
    reads(
        "assets of a child",
        "f523",
        {"assets": [asset(100_000_000), asset(200_000_000, "child")], "family": [person("child")]},
        domestic_assets="not_met",
    ),
    reads(
        "assets of a dead spouse",
        "f523",
        {
            "assets": [asset(100_000_000), asset(200_000_000, "spouse")],
            "family": [person("spouse", deceased=True)],
        },
        domestic_assets="not_met",
    ),
    reads(
        "assets abroad", "f523", {"assets": [asset(300_000_000, domestic=False)]}, domestic_assets="not_met"
    ),
    reads(
        "place of assets unknown",
        "f523",
        {"assets": [asset(300_000_000, domestic=ABSENT)]},
        domestic_assets="unknown",
    ),
    reads("assets unknown", "f523", {"assets": ABSENT}, domestic_assets="unknown"),
    held(
        "the first amount",
        "f525",
        "met",
        invested("pledged", "2023-06-28", amount=1_500_000_000, five_year_pledge=True),
    ),
    held(
        "the first amount, a won short",
        "f525",
        "not_met",
        invested("pledged", "2023-06-28", amount=1_499_999_999, five_year_pledge=True),
    ),
    held(
        "the first amount a day late",
        "f525",
        "not_met",
        invested("pledged", "2023-06-29", amount=1_500_000_000, five_year_pledge=True),
    ),
    held(
        "a won short",
        "f525",
        "not_met",
        invested("pledged", "2025-05-01", amount=2_999_999_999, five_year_pledge=True),
    ),
    held("before any amount", "f525", "unknown", invested("pledged", "2013-05-26", five_year_pledge=True)),
    held("no pledge", "f525", "not_met", invested("pledged", "2025-05-01", five_year_pledge=False)),
    held("pledge unknown", "f525", "unknown", invested("pledged", "2025-05-01")),
    held(
        "amount unknown",
        "f525",
        "unknown",
        invested("pledged", "2025-05-01", amount=ABSENT, five_year_pledge=True),
    ),
    held(
        "taken back",
        "f525",
        "not_met",
        invested("pledged", "2024-05-01", "2025-05-11", five_year_pledge=True),
    ),
    held("made after A", "f525", "not_met", invested("pledged", "2025-05-13", five_year_pledge=True)),
    # Their families.
    *(
        sponsor(f"{status}, kept {kept}", base, outcome, status=status, investment_maintained=kept)
        for base, status, kept, outcome in (
            ("f519", "F-5-17", True, "met"),
            ("f519", "F-5-17", False, "not_met"),
            ("f519", "F-5-17", ABSENT, "unknown"),
            ("f519", "F-5-21", True, "not_met"),
            ("f519", "F-2-8", True, "not_met"),
            ("f522", "F-5-21", True, "met"),
            ("f522", "F-5-23", True, "met"),
            ("f522", "F-5-17", True, "not_met"),
            ("f522", "F-5-23", False, "not_met"),
            ("f522-child", "F-5-21", True, "met"),
        )
    ),
    *(
        sponsor(f"filed together: {stands}", base, outcome, status="F-2-8", f5_application=stands)
        for base in ("f519", "f519-child", "f522", "f522-child")
        for stands, outcome in (("pending", "review"), ("refused", "not_met"))
    ),
    reads("F-2-8 less a day", "f519", {"since": "2020-05-13"}, residence="not_met"),
    reads(
        "F-2-81 then F-2-8",
        "f519",
        {"stays": [stay("F-2-81", "2020-05-12", "2023-05-12"), stay("F-2-8", "2023-05-13")]},
        residence="met",
    ),
    reads("F-2 does not count", "f519", {"stays": [stay("F-2", "2015-05-12")]}, residence="not_met"),
    reads("a child as F-2-8", "f519-child", {"stays": [stay("F-2-8", "2015-05-12")]}, residence="not_met"),
    reads("a child as F-2-81 less a day", "f519-child", {"since": "2020-05-13"}, residence="not_met"),
    reads("any F-2 counts", "f522", {"stays": [stay("F-2-5", "2020-05-12")]}, residence="met", marriage=None),
    reads("F-2 less a day", "f522", {"stays": [stay("F-2-5", "2020-05-13")]}, residence="not_met"),
    reads("married two years", "f519", {"marriage.registered_on": "2023-05-12"}, marriage="met"),
    reads(
        "married two years less a day", "f519", {"marriage.registered_on": "2023-05-13"}, marriage="not_met"
    ),
    reads("married since unknown", "f519", {"marriage.registered_on": ABSENT}, marriage="unknown"),
    reads("marriage not kept", "f519", {"marriage.maintained": False}, marriage="not_met", unmarried=None),
    *(
        reads(f"a {civil} child", base, {"applicant.marital_status": civil}, unmarried=outcome)
        for base in ("f519-child", "f522-child")
        for civil, outcome in (
            ("single", "met"),
            ("divorced", "not_met"),
            ("widowed", "not_met"),
            ("common_law", "not_met"),
            (ABSENT, "unknown"),
        )
    ),
    # F-5-20.
    *(
        reads(
            why,
            "f520",
            {"applicant.birth_date": born, "parents_marriage_registered_on": "2010-01-01"},
            filed_in_time=outcome,
        )
        for why, born, outcome in (
            ("90 days", "2025-02-11", "met"),
            ("91 days", "2025-02-10", "met"),
            ("a year less a day", "2024-05-13", "met"),
            ("a year", "2024-05-12", "not_met"),
            ("today", "2025-05-12", "met"),
        )
    ),
    *(
        reads(why, "f520", {"parents_marriage_registered_on": day}, parents_marriage=outcome)
        for why, day, outcome in (
            ("a year before", "2024-03-10", "met"),
            ("less than a year before", "2024-03-11", "review"),
            ("the day before birth", "2025-03-09", "review"),
            ("on the day of birth", "2025-03-10", "not_met"),
            ("after birth", "2025-04-01", "not_met"),
            ("unknown", ABSENT, "unknown"),
        )
    ),
    reads(
        "born on a leap day, in time",
        "f520",
        {"applicant.birth_date": "2024-02-29", A: "2025-02-28"},
        filed_in_time="met",
    ),
    reads(
        "born on a leap day, a year",
        "f520",
        {"applicant.birth_date": "2024-02-29", A: "2025-03-01"},
        filed_in_time="not_met",
    ),
    reads("born abroad", "f520", {"applicant.born_in_korea": False}, born_in_korea="not_met"),
    reads("birth not registered", "f520", {"applicant.birth_registered": False}, birth_registered="not_met"),
    reads("registration unknown", "f520", {"applicant.birth_registered": ABSENT}, birth_registered="unknown"),
    sponsor("mother without F-5", "f520", "not_met", status="F-2-7"),
    sponsor("mother's status unknown", "f520", "unknown", status=ABSENT),
    sponsor("mother of F-5-16", "f520", "met", status="F-5-16"),
    sponsor("grandparent", "f520", "not_met", relation="grandparent"),
]
