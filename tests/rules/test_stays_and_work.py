"""Stays, employment and turnover: what is shown of them, and the days and amounts on which they turn."""

from typing import Any

import pytest

from kis.rules.f5.stays import Statuses
from tests.rules.cases import ABSENT, Dossier, dossier, finding, outcome, put
from tests.rules.readings.reading import BASES, Reading, asset, degree, job, stay

RESIDENCE = "eligibility.residence"


def base(name: str, **changes: Any) -> Dossier:
    """The dossier a chapter of readings starts from, with changes by path."""
    assert name in BASES
    return Reading(
        "", name, {path.replace("__", "."): value for path, value in changes.items()}, {}
    ).dossier()


def test_every_field_of_a_stay_that_was_weighed_is_named() -> None:
    found = dossier(stays=[stay("E-7", "2019-01-01", complete_departure=False)])
    names = {f"stays[0].{field}" for field in ("status", "from", "to", "complete_departure")}
    assert names <= set(finding(found, RESIDENCE).inputs)
    other = dossier(stays=[stay("E-9", "2019-01-01")])
    assert {"stays[0].status", "stays[0].from"} <= set(finding(other, RESIDENCE).inputs)


def test_a_set_of_statuses_names_what_it_leaves_out() -> None:
    assert Statuses(("F-2", "E-7")).label.en == "F-2, E-7"
    assert Statuses(("F-2",), ("F-2-4", "F-2-8")).label.en == "F-2 (not F-2-4, F-2-8)"
    assert Statuses(("F-2",), ("F-2-4",)).label.ko == "F-2(F-2-4 제외)"
    assert not Statuses(("F-2",), ("F-2-4",)).hold("F-2-4")
    assert Statuses(("F-2",), ("F-2-4",)).hold("F-2-7")


def test_of_two_stays_of_the_same_days_always_the_same_one_is_the_present_one() -> None:
    stays = [stay("E-7", "2019-01-01"), stay("F-1", "2019-01-01")]
    shown = [finding(dossier(stays=order), RESIDENCE).finding for order in (stays, stays[::-1])]
    assert shown[0] == shown[1]


def test_the_timeline_shows_each_stay_with_whether_it_counts() -> None:
    stays = [
        stay("D-2", "2016-03-01", "2018-12-30"),
        stay("E-7", "2019-01-01", "2021-12-31"),
        stay("F-2-7", "2022-01-01"),
    ]
    sheet = finding(dossier(stays=stays[::-1]), RESIDENCE).sheet
    assert sheet is not None
    shown = [(band["label"], band["from"], band["to"], band["counted"]) for band in sheet["bands"]]
    assert shown == [
        ("D-2", "2016-03-01", "2018-12-30", False),
        ("E-7", "2019-01-01", "2021-12-31", True),
        ("F-2-7", "2022-01-01", None, True),
    ]
    assert sheet["since"] == "2019-01-01"


def test_a_stay_of_one_day_counts_on_the_timeline() -> None:
    sheet = finding(dossier(stays=[stay("E-7", "2025-05-12", "2025-05-12")]), RESIDENCE).sheet
    assert sheet is not None
    assert [band["counted"] for band in sheet["bands"]] == [True]


def test_stays_of_the_same_days_are_shown_in_one_order() -> None:
    stays = [stay("E-7", "2019-01-01"), stay("F-1", "2019-01-01"), stay("E-7", "2018-01-01", "2018-12-31")]
    sheets = [finding(dossier(stays=order), "eligibility.residence").sheet for order in (stays, stays[::-1])]
    for sheet in sheets:
        assert sheet is None or [band["label"] for band in sheet["bands"]] == ["E-7", "E-7", "F-1"]


@pytest.mark.parametrize(("day", "expected"), [("2025-05-12", "not_met"), ("2025-05-13", "met")])
def test_work_begun_on_the_day_of_application_is_work_on_that_day(day: str, expected: str) -> None:
    found = dossier(employment=[{"from": day, "industry": "gambling", "permitted": True}])
    assert outcome(found, "livelihood.public_dues") == expected


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({"sales": (1_000_000_000, 1_000_000_000)}, "met"),
        ({"sales": (1_000_000_000, 999_999_999)}, "not_met"),
        ({"sales": (999_999_999, 999_999_999)}, "not_met"),
        ({"exports": (500_000_000, 500_000_000)}, "met"),
        ({"exports": (500_000_001, 499_999_998)}, "not_met"),
    ],
)
def test_a_trader_reaches_either_mean_to_the_won(results: dict[str, tuple[int, int]], expected: str) -> None:
    rows = [
        {"year": year, "sales": 0, "exports": 0} | {name: pair[place] for name, pair in results.items()}
        for place, year in enumerate((2023, 2024))
    ]
    found = base("d9", business_results=rows)
    assert outcome(found, "eligibility.turnover") == expected
    if expected == "not_met":
        shown = finding(found, "eligibility.turnover")
        assert shown.finding.values["measure"] == "exports"
        assert shown.remedy is not None
        assert shown.remedy.values["standard"] == 500_000_000


@pytest.mark.parametrize("target", ["E-1", "E-2-1", "E-3", "E-4", "E-5", "E-6-1", "E-7-1"])
def test_a_contract_for_a_professional_status_fits(target: str) -> None:
    found = base("d10", job_offer__target_status=target)
    shown = finding(found, "eligibility.job_offer")
    assert shown.outcome == "met"
    assert shown.finding.values == {"status": target}


@pytest.mark.parametrize("target", ["E-8", "E-9", "E-10", "D-10", "H-2"])
def test_a_contract_for_another_status_does_not_fit(target: str) -> None:
    assert outcome(base("d10", job_offer__target_status=target), "eligibility.job_offer") == "not_met"


@pytest.mark.parametrize("field", ["target_status", "meets_guideline"])
def test_of_a_contract_only_what_is_open_is_named(field: str) -> None:
    shown = finding(base("d10", **{f"job_offer__{field}": ABSENT}), "eligibility.job_offer")
    assert shown.finding.values == {"facts": [f"job_offer.{field}"]}


def test_a_job_begun_after_the_application_leaves_those_before_alone() -> None:
    jobs = [job("2025-06-01"), job("2020-01-01")]
    assert outcome(base("f59", employment=jobs), "eligibility.employment") == "met"


def test_gaps_before_the_last_year_are_no_gaps() -> None:
    jobs = [
        job("2020-01-01", "2022-06-30"),
        job("2022-07-20", "2024-12-31"),
        job("2025-01-31"),
    ]
    shown = finding(base("f59", employment=jobs), "eligibility.employment")
    assert shown.outcome == "met"
    assert (shown.finding.values["since"], shown.finding.values["gap"]) == ("2020-01-01", 30)


def test_without_employment_no_days_between_employers_are_shown() -> None:
    shown = finding(base("f59", employment=[]), "eligibility.employment")
    assert shown.finding.values == {"years": 1, "gap": 0, "tolerated": 30}


def test_the_timeline_of_work_shows_each_job_with_whether_it_counts() -> None:
    jobs = [job("2020-01-01", "2022-06-30", domestic_company=False), job("2022-07-01", employer="A")]
    sheet = finding(base("f59", employment=jobs[::-1]), "eligibility.employment").sheet
    assert sheet is not None
    shown = [(band["label"], band["from"], band["to"], band["counted"]) for band in sheet["bands"]]
    assert shown == [
        ("employment[1]", "2020-01-01", "2022-06-30", False),
        ("A", "2022-07-01", None, True),
    ]
    assert (sheet["as_of"], sheet["required_from"]) == ("2025-05-12", "2024-05-12")


def test_the_birthday_on_which_the_age_is_reached_is_named() -> None:
    for name, birth, full in (("f513", "1965-05-13", "2025-05-13"), ("f51", "2006-05-13", "2025-05-13")):
        criterion = "eligibility.age" if name == "f513" else "eligibility.adult"
        remedy = finding(base(name, applicant__birth_date=birth), criterion).remedy
        assert remedy is not None
        assert remedy.values["full"] == full


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([asset(300_000_000)], "met"),
        ([asset(299_999_999)], "not_met"),
        ([asset(0), asset(299_999_999)], "not_met"),
        ([asset(299_999_999), asset(1, "spouse")], "met"),
        ([asset(299_999_999), asset(1, "ghost")], "not_met"),
        ([asset(299_999_999), asset(1, domestic=ABSENT)], "unknown"),
        ([asset(299_999_998), asset(1, domestic=ABSENT)], "not_met"),
        ([asset(300_000_000, domestic=False)], "not_met"),
        ([asset(300_000_000, acquired_on="2025-05-13"), asset(5)], "not_met"),
        ([asset(5, acquired_on="2025-05-13"), asset(300_000_000)], "met"),
    ],
)
def test_assets_in_korea_of_the_couple_are_added_to_the_won(rows: Any, expected: str) -> None:
    found = base("f523", assets=rows, family=[{"ref": "spouse", "relation": "spouse"}])
    shown = finding(found, "eligibility.domestic_assets")
    assert shown.outcome == expected
    if expected == "unknown":
        assert shown.finding.values == {"facts": ["assets[1].domestic"]}


def test_whose_assets_they_are_is_open_without_the_family() -> None:
    found = put(base("f523", assets=[asset(299_999_999), asset(1, "spouse")]), "family", ABSENT)
    shown = finding(found, "eligibility.domestic_assets")
    assert shown.finding.values == {"facts": ["family"]}


def test_what_is_shown_of_work_rests_on_the_sure_jobs_where_they_suffice() -> None:
    unknown = job("2020-01-01", "2024-05-11", related_to_qualification=ABSENT)
    shown = finding(base("f59", employment=[unknown, job("2024-05-12")]), "eligibility.employment")
    assert (shown.outcome, shown.finding.values["since"]) == ("met", "2024-05-12")
    later = [job("2024-12-01", "2024-12-31", related_to_qualification=ABSENT), job("2025-01-01")]
    shown = finding(base("f59", employment=later), "eligibility.employment")
    assert (shown.outcome, shown.finding.values["since"]) == ("not_met", "2024-12-01")


def test_of_jobs_only_those_that_are_open_are_named() -> None:
    jobs = [
        job("2019-01-01", "2019-12-31", domestic_company=False),
        job("2020-01-01", related_to_qualification=ABSENT),
    ]
    shown = finding(base("f59", employment=jobs), "eligibility.employment")
    assert (shown.outcome, shown.finding.values["facts"]) == ("unknown", ["employment[1]"])


def test_the_day_of_the_award_is_named_where_only_it_is_open() -> None:
    undated = base("f510", education__0__awarded_on=ABSENT, qualifications=[])
    shown = finding(undated, "eligibility.long_employment")
    assert (shown.outcome, shown.finding.values["facts"]) == ("unknown", ["awarded_on"])


def test_work_begun_on_the_day_of_application_is_long_enough_after_all_its_years() -> None:
    remedy = finding(base("f59", employment=[job("2025-05-12")]), "eligibility.employment").remedy
    assert remedy is not None
    assert remedy.values == {"full": "2026-05-12"}


def qualified(**changes: Any) -> dict[str, Any]:
    return dict(finding(base("f510", **changes), "eligibility.qualification").finding.values)


def test_a_certificate_is_the_fourth_ground_and_named_where_it_is_open() -> None:
    certificate = {"kind": "technical_engineer", "awarded_on": "2015-01-01"}
    assert qualified(education=[], qualifications=[certificate])["ground"] == "ground:d"
    assert qualified(education=[], qualifications=ABSENT) == {"facts": ["qualifications"]}
    assert qualified(education=ABSENT, qualifications=[]) == {"facts": ["education"]}


def test_of_two_degrees_alike_the_earlier_award_is_named() -> None:
    degrees = [
        degree("bachelor", "KOR", "science_engineering", awarded_on=f"{year}-02-20") for year in (2014, 2012)
    ]
    for order in (degrees, degrees[::-1]):
        assert qualified(education=order, qualifications=[])["day"] == "2012-02-20"


def test_a_stay_that_has_ended_is_named_where_none_covers_the_application() -> None:
    shown = finding(dossier(stays=[stay("E-7", "2019-01-01", "2020-01-01")]), RESIDENCE)
    assert (shown.key, shown.outcome) == ("residence.none", "not_met")
    assert {"stays[0].status", "stays[0].to"} <= set(shown.inputs)


def test_a_stay_before_a_complete_departure_does_not_count_though_the_next_begins_that_day() -> None:
    stays = [stay("E-7", "2015-01-01", "2019-01-01", complete_departure=True), stay("E-7", "2019-01-01")]
    sheet = finding(dossier(stays=stays), RESIDENCE).sheet
    assert sheet is not None
    assert [band["counted"] for band in sheet["bands"]] == [False, True]


def test_a_present_status_outside_of_the_set_settles_it_without_the_stays() -> None:
    found = put(dossier(applicant__current_status="E-9"), "stays", ABSENT)
    assert finding(found, RESIDENCE).key == "residence.status"


def test_without_stays_and_status_both_are_named() -> None:
    found = put(base("f54", stays=ABSENT), "applicant.current_status", ABSENT)
    assert finding(found, "eligibility.status").finding.values == {
        "facts": ["stays", "applicant.current_status"]
    }
