"""The overseas certificate: releases, countries, and each defect."""

from typing import Any

import pytest

from kis.rules.texts import word
from tests.rules.cases import ABSENT, dossier, finding, outcome, put

CERTIFICATE = "criminal_record.certificate"
GOOD = {
    "country": "VNM",
    "issued_on": "2025-02-20",
    "issuer": "national_authority",
    "covers_whole_country": True,
    "authentication": "consular",
    "original": True,
    "notarised_translation": True,
}


def certificate(**facts: Any) -> dict[str, Any]:
    return {name: fact for name, fact in {**GOOD, **facts}.items() if fact is not ABSENT}


def with_certificates(*certificates: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return dossier(criminal_record_certificates=list(certificates), **changes)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"issued_on": "2024-11-12"}, "met"),
        ({"issued_on": "2024-11-11"}, "not_met"),
        ({"issued_on": "2025-05-12"}, "met"),
        ({"issued_on": "2025-05-13"}, "not_met"),
        ({"original": False}, "not_met"),
        ({"original": ABSENT}, "unknown"),
        ({"notarised_translation": False}, "not_met"),
        ({"notarised_translation": ABSENT}, "unknown"),
        ({"issuer": ABSENT}, "unknown"),
        ({"issuer": "national_authority", "covers_whole_country": False}, "not_met"),
        ({"issuer": "national_authority", "covers_whole_country": ABSENT}, "met"),
        ({"issuer": "state_authority"}, "met"),
        ({"issuer": "state_authority", "covers_whole_country": ABSENT}, "unknown"),
        ({"issuer": "state_authority", "covers_whole_country": False}, "not_met"),
        ({"issuer": "local_authority"}, "not_met"),
        ({"issuer": "embassy"}, "not_met"),
        ({"authentication": "none"}, "not_met"),
        ({"authentication": ABSENT}, "unknown"),
        ({"authentication": "apostille"}, "not_met"),
        ({"authentication": ABSENT, "original": False}, "not_met"),
    ],
)
def test_each_quality_of_a_certificate(facts: dict[str, Any], expected: str) -> None:
    assert outcome(with_certificates(certificate(**facts)), CERTIFICATE) == expected


@pytest.mark.parametrize(
    ("country", "facts", "expected"),
    [
        ("RUS", {"issuer": "embassy", "authentication": "apostille"}, "met"),
        ("TKM", {"issuer": "embassy"}, "met"),
        ("CHN", {"issuer": "local_authority", "authentication": "apostille"}, "met"),
        (
            "CHN",
            {"issuer": "local_authority", "authentication": "apostille", "covers_whole_country": False},
            "met",
        ),
        ("USA", {"authentication": "apostille"}, "met"),
        ("USA", {"authentication": "consular"}, "review"),
        ("NPL", {"authentication": "consular"}, "met"),
        ("NPL", {"authentication": "apostille"}, "review"),
        ("BGD", {"authentication": "apostille", "issued_on": "2025-03-29"}, "not_met"),
        ("BGD", {"authentication": "apostille", "issued_on": "2025-03-30"}, "met"),
        ("BGD", {"authentication": "consular", "issued_on": "2025-03-29"}, "met"),
        ("BGD", {"authentication": "consular", "issued_on": "2025-03-30"}, "review"),
    ],
)
def test_countries_differ_by_issuer_and_convention(
    country: str, facts: dict[str, Any], expected: str
) -> None:
    found = with_certificates(certificate(country=country, **facts), applicant__nationality=country)
    assert outcome(found, CERTIFICATE) == expected


def test_a_finding_that_rests_on_an_unverified_accession_says_so() -> None:
    found = with_certificates(
        certificate(country="FRA", authentication="apostille"), applicant__nationality="FRA"
    )
    assert "apostille France" in finding(found, CERTIFICATE).finding.in_language("en")
    found = with_certificates(
        certificate(country="JPN", authentication="apostille"), applicant__nationality="JPN"
    )
    assert "apostille" not in finding(found, CERTIFICATE).finding.in_language("en")


def test_one_good_certificate_is_enough_and_every_defect_is_named() -> None:
    bad = certificate(original=False, authentication="none")
    found = finding(with_certificates(bad, GOOD), CERTIFICATE)
    assert found.outcome == "met"
    assert "not an original" in found.finding.in_language("en")
    assert "not authenticated" in found.finding.in_language("en")
    assert found.sheet is not None
    assert found.sheet["rows"][0]["certificates"][0]["defects"] == ["not_original", "not_authenticated"]


def test_no_certificate_fails_and_no_section_is_unknown() -> None:
    assert outcome(with_certificates(), CERTIFICATE) == "not_met"
    assert outcome(dossier(criminal_record_certificates=ABSENT), CERTIFICATE) == "unknown"
    assert outcome(with_certificates(certificate(country="JPN")), CERTIFICATE) == "not_met"


@pytest.mark.parametrize(
    ("stays", "needed"),
    [
        ([("2023-01-01", "2023-12-31")], True),
        ([("2023-01-01", "2023-12-30")], False),
        ([("2018-01-01", "2021-05-11")], True),
        ([("2018-01-01", "2021-05-10")], False),
        ([("2024-05-13", None)], True),
        ([("2024-05-14", None)], False),
        ([("2022-01-01", "2022-06-30"), ("2022-07-01", "2022-12-31")], True),
        ([("2022-01-01", "2022-06-30"), ("2022-07-02", "2023-01-01")], False),
        ([("2025-05-13", "2027-01-01")], False),
    ],
)
def test_a_third_country_counts_for_a_continuous_year_inside_five(
    stays: list[tuple[str, str | None]], needed: bool
) -> None:
    abroad = [{"country": "JPN", "from": start, "to": end} for start, end in stays]
    assert outcome(with_certificates(GOOD, abroad=abroad), CERTIFICATE) == ("not_met" if needed else "met")
    japanese = certificate(country="JPN", authentication="apostille")
    assert outcome(with_certificates(GOOD, japanese, abroad=abroad), CERTIFICATE) == "met"


def test_years_at_home_ask_for_nothing_more() -> None:
    abroad = [{"country": "VNM", "from": "2021-01-01", "to": "2023-01-01"}]
    assert outcome(with_certificates(GOOD, abroad=abroad), CERTIFICATE) == "met"


def test_unknown_years_abroad_leave_it_open_unless_it_fails_anyway() -> None:
    assert outcome(with_certificates(GOOD, abroad=ABSENT), CERTIFICATE) == "unknown"
    assert outcome(with_certificates(abroad=ABSENT), CERTIFICATE) == "not_met"


@pytest.mark.parametrize(
    ("relief", "expected"),
    [
        ({"country": "VNM", "ground": "issuer_restriction", "evidenced": True}, "met"),
        ({"country": "VNM", "ground": "disaster_or_war", "evidenced": True}, "met"),
        ({"country": "VNM", "ground": "issuer_restriction", "evidenced": False}, "not_met"),
        ({"country": "VNM", "ground": "issuer_restriction"}, "not_met"),
        ({"country": "JPN", "ground": "issuer_restriction", "evidenced": True}, "not_met"),
    ],
)
def test_relief_settles_one_country_if_evidenced(relief: dict[str, Any], expected: str) -> None:
    assert outcome(with_certificates(certificate_relief=[relief]), CERTIFICATE) == expected


LONG_AWAY = [{"country": "VNM", "from": "2023-01-01", "to": "2023-06-30"}]
SHORT_AWAY = [{"country": "VNM", "from": "2023-01-01", "to": "2023-06-29"}]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"applicant__birth_date": "2011-05-13"}, "exempt"),
        ({"applicant__birth_date": "2011-05-12", "applicant__first_entry_on": "2025-05-12"}, "not_met"),
        ({"applicant__born_in_korea": True}, "exempt"),
        ({"applicant__born_in_korea": True, "abroad": LONG_AWAY}, "not_met"),
        ({"applicant__born_in_korea": True, "abroad": SHORT_AWAY}, "exempt"),
        ({"applicant__born_in_korea": True, "abroad": ABSENT}, "unknown"),
        ({"applicant__first_entry_on": "2002-07-13"}, "exempt"),
        ({"applicant__first_entry_on": "2002-07-14"}, "not_met"),
        ({"earlier_certificate": {"with_visa_issued_on": "2025-02-12"}}, "exempt"),
        ({"earlier_certificate": {"with_visa_issued_on": "2025-02-11"}}, "not_met"),
        ({"earlier_certificate": {"with_visa_issued_on": "2025-05-13"}}, "not_met"),
        ({"earlier_certificate": {"submitted_on": "2022-01-01"}}, "exempt"),
        ({"earlier_certificate": {"submitted_on": "2022-01-01"}, "abroad": LONG_AWAY}, "not_met"),
        ({"earlier_certificate": {"submitted_on": "2023-01-02"}, "abroad": LONG_AWAY}, "exempt"),
        ({"earlier_certificate": {"submitted_on": "2025-05-13"}}, "not_met"),
        ({"earlier_certificate": {}}, "not_met"),
        ({"stays": [{"status": "D-2", "from": "2015-05-12"}]}, "exempt"),
        ({"stays": [{"status": "D-2", "from": "2015-05-13"}]}, "not_met"),
        ({"stays": [{"status": "D-2", "from": "2010-01-01", "to": "2024-01-01"}]}, "not_met"),
        ({"application__category": "F-5-5"}, "exempt"),
        ({"application__category": "F-5-9"}, "exempt"),
        ({"application__category": "F-5-11"}, "exempt"),
        ({"application__category": "F-5-12"}, "exempt"),
        ({"application__category": "F-5-15"}, "exempt"),
        ({"application__category": "F-5-10"}, "not_met"),
    ],
)
def test_who_needs_no_certificate_at_all(changes: dict[str, Any], expected: str) -> None:
    assert outcome(with_certificates(**changes), CERTIFICATE) == expected


def test_exempt_goes_before_met() -> None:
    assert outcome(put(with_certificates(GOOD), "applicant.born_in_korea", True), CERTIFICATE) == "exempt"


def test_time_abroad_before_fourteen_does_not_count() -> None:
    found = with_certificates(
        applicant__born_in_korea=True, abroad=[{"country": "VNM", "from": "2000-01-01", "to": "2003-01-12"}]
    )
    assert outcome(found, CERTIFICATE) == "exempt"
    assert outcome(put(found, "abroad.0.to", "2003-01-13"), CERTIFICATE) == "not_met"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"application__category": "F-5-5"}, "category without this requirement"),
        ({"applicant__birth_date": "2011-05-13"}, "under 14"),
        (
            {"applicant__born_in_korea": True},
            "born here or entered before 14, and no six months abroad since 14",
        ),
        (
            {"earlier_certificate": {"with_visa_issued_on": "2025-02-12"}},
            "handed in with a visa issued within three months",
        ),
        (
            {"earlier_certificate": {"submitted_on": "2022-01-01"}},
            "handed in earlier and no six months abroad since",
        ),
        ({"stays": [{"status": "D-2", "from": "2015-05-12"}]}, "ten years of continuous stay"),
    ],
)
def test_a_release_says_its_ground(changes: dict[str, Any], said: str) -> None:
    shown = finding(with_certificates(**changes), CERTIFICATE).finding
    assert shown.in_language("en") == f"No certificate is asked: {said}."


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"issued_on": "2025-05-13"}, "issued after the application"),
        ({"issued_on": "2024-11-11"}, "older than six months"),
        ({"original": False}, "not an original"),
        ({"original": ABSENT}, "original not established"),
        ({"notarised_translation": False}, "no notarised translation"),
        ({"notarised_translation": ABSENT}, "translation not established"),
        ({"issuer": ABSENT}, "issuer not established"),
        ({"issuer": "local_authority"}, "local authority"),
        ({"issuer": "embassy"}, "issued by an embassy"),
        ({"covers_whole_country": False}, "does not cover the whole country"),
        ({"issuer": "state_authority", "covers_whole_country": ABSENT}, "coverage not established"),
        ({"authentication": ABSENT}, "authentication not established"),
        ({"authentication": "none"}, "not authenticated"),
        ({"authentication": "apostille"}, "apostille before the accession"),
        (
            {"country": "NPL", "authentication": "apostille"},
            "apostille of a country not on the list",
        ),
        (
            {"country": "USA", "authentication": "consular"},
            "consular confirmation from a member country",
        ),
    ],
)
def test_a_defect_is_told_in_words(facts: dict[str, Any], said: str) -> None:
    one = certificate(**facts)
    found = finding(with_certificates(one, applicant__nationality=one["country"]), CERTIFICATE)
    (defect,) = found.finding.values["defects"]
    country, issued_on, code = defect
    assert (country, issued_on) == (one["country"], one["issued_on"])
    assert word(code, "en") == said
    assert found.sheet is not None
    ((shown,),) = [row["certificates"] for row in found.sheet["rows"]]
    assert shown["defects"] == [code]


def test_the_own_country_and_korea_are_never_third_countries() -> None:
    abroad = [{"country": country, "from": "2021-01-01", "to": "2023-01-01"} for country in ("VNM", "KOR")]
    found = finding(with_certificates(GOOD, abroad=abroad), CERTIFICATE)
    assert found.finding.values["countries"] == ["VNM"]
    assert found.sheet is not None
    assert [row["country"] for row in found.sheet["rows"]] == ["VNM"]


def test_what_is_open_names_the_countries_asked_for() -> None:
    found = finding(with_certificates(certificate(original=ABSENT)), CERTIFICATE).finding
    assert (found.key, found.values["countries"]) == ("record.open", ["VNM"])


def test_a_country_of_which_nothing_is_established_is_not_relieved() -> None:
    sheet = finding(dossier(criminal_record_certificates=ABSENT), CERTIFICATE).sheet
    assert sheet is not None
    assert [(row["country"], row["relieved"]) for row in sheet["rows"]] == [("VNM", False)]


IN_JAPAN = [{"country": "JPN", "from": "2021-01-01", "to": "2023-01-01"}]


@pytest.mark.parametrize(
    ("certificates", "abroad", "said", "remedy"),
    [
        ([GOOD], [], "Covered: Vietnam.", None),
        (
            [certificate(original=False)],
            IN_JAPAN,
            "No certificate of Japan; defects: Vietnam 2025-02-20 not an original.",
            "Hand in a certificate that counts for Vietnam, Japan.",
        ),
        (
            [certificate(original=False)],
            [],
            "Defects: Vietnam 2025-02-20 not an original.",
            "Hand in a certificate that counts for Vietnam.",
        ),
        (
            [certificate(original=ABSENT)],
            ABSENT,
            "Not established: Vietnam 2025-02-20 original not established; residence outside Korea.",
            "Hand in a certificate that counts for Vietnam.",
        ),
        ([GOOD], ABSENT, "Not established: residence outside Korea.", "Establish: residence outside Korea."),
        (
            [GOOD, certificate(country="JPN", authentication="consular")],
            IN_JAPAN,
            "To be weighed: Japan 2025-02-20 consular confirmation from a member country.",
            "Hand in a certificate that counts for Japan.",
        ),
    ],
)
def test_a_finding_names_what_lacks_and_what_would_settle_it(
    certificates: Any, abroad: Any, said: str, remedy: str | None
) -> None:
    found = finding(put(with_certificates(*certificates), "abroad", abroad), CERTIFICATE)
    assert found.finding.in_language("en") == said
    assert (found.remedy.in_language("en") if found.remedy else None) == remedy
    assert found.sheet is not None
    assert found.sheet["kind"] == "certificates"


def test_without_the_section_all_that_is_not_established_is_named() -> None:
    found = finding(dossier(criminal_record_certificates=ABSENT, abroad=ABSENT), CERTIFICATE)
    assert found.finding.values["facts"] == ["abroad", "criminal_record_certificates"]
