"""Good conduct: each bar on its last day and on the day after, absent and empty records."""

from typing import Any

import pytest

from tests.rules.cases import ABSENT, dossier, finding, outcome, put, run

# The application is of 2025-05-12 throughout.


def sentence(kind: str = "fine", country: str = "KOR", offence: str = "other", **days: str) -> dict[str, Any]:
    return {"country": country, "sentence": kind, "offence": offence, **days}


def after_sentences(*sentences: dict[str, Any]) -> dict[str, Any]:
    return dossier(criminal_record=list(sentences))


def after_violations(*violations: dict[str, Any]) -> dict[str, Any]:
    return dossier(immigration_violations=list(violations))


def violation(on: str, articles: list[str] | None = None, **facts: Any) -> dict[str, Any]:
    return {"on": on, "articles": articles if articles is not None else ["18(1)"], **facts}


@pytest.mark.parametrize(
    ("criterion", "record", "expected"),
    [
        ("fine", sentence(completed_on="2022-05-12"), "met"),
        ("fine", sentence(completed_on="2022-05-13"), "not_met"),
        ("fine", sentence(), "not_met"),
        ("fine", sentence(completed_on="2025-05-13", sentenced_on="2020-01-01"), "not_met"),
        ("fine", sentence(country="VNM"), "met"),
        ("imprisonment", sentence("imprisonment", completed_on="2020-05-12"), "met"),
        ("imprisonment", sentence("imprisonment", completed_on="2020-05-13"), "not_met"),
        ("imprisonment", sentence("imprisonment"), "not_met"),
        ("imprisonment", sentence("imprisonment", "USA"), "met"),
        ("suspended_sentence", sentence("suspended_imprisonment", sentenced_on="2020-05-12"), "met"),
        ("suspended_sentence", sentence("suspended_imprisonment", sentenced_on="2020-05-13"), "not_met"),
        ("suspended_sentence", sentence("suspended_imprisonment"), "unknown"),
        ("suspended_sentence", sentence("suspended_imprisonment", sentenced_on="2025-05-13"), "met"),
        ("violent_crime", sentence(offence="specific_violent_crime", completed_on="1990-01-01"), "not_met"),
        ("violent_crime", sentence("fine", "USA", "specific_violent_crime"), "met"),
        ("violent_crime", sentence(offence="specific_violent_crime", sentenced_on="2025-06-01"), "met"),
        (
            "overseas_serious",
            sentence("fine", "USA", "specific_violent_crime", sentenced_on="1990-01-01"),
            "not_met",
        ),
        ("overseas_serious", sentence("fine", "USA", "threats"), "not_met"),
        ("overseas_serious", sentence("fine", "USA", "extortion"), "not_met"),
        ("overseas_serious", sentence("fine", "USA", "fraud"), "not_met"),
        ("overseas_serious", sentence("fine", "USA", "voice_phishing"), "not_met"),
        ("overseas_serious", sentence("fine", "USA", "drugs"), "not_met"),
        ("overseas_serious", sentence("fine", "USA", "other"), "met"),
        ("overseas_serious", sentence("fine", "KOR", "drugs", completed_on="1990-01-01"), "met"),
        ("overseas_imprisonment", sentence("imprisonment", "VNM", sentenced_on="2015-05-12"), "met"),
        ("overseas_imprisonment", sentence("imprisonment", "VNM", sentenced_on="2015-05-13"), "not_met"),
        ("overseas_imprisonment", sentence("imprisonment", "VNM"), "unknown"),
        (
            "overseas_imprisonment",
            sentence("suspended_imprisonment", "VNM", sentenced_on="2015-05-12"),
            "met",
        ),
        (
            "overseas_imprisonment",
            sentence("suspended_imprisonment", "VNM", sentenced_on="2015-05-13"),
            "review",
        ),
        ("overseas_imprisonment", sentence("suspended_imprisonment", "VNM"), "unknown"),
        ("overseas_imprisonment", sentence("imprisonment", "VNM", "drugs", sentenced_on="2020-01-01"), "met"),
        ("overseas_imprisonment", sentence("imprisonment", "KOR", sentenced_on="2020-01-01"), "met"),
    ],
)
def test_a_sentence_bars_as_long_as_the_rule_says(
    criterion: str, record: dict[str, Any], expected: str
) -> None:
    assert outcome(after_sentences(record), f"conduct.{criterion}") == expected


def test_two_sentences_for_drunk_driving_abroad_do_not_bar_and_three_do() -> None:
    drunk = sentence("fine", "JPN", "drunk_driving", sentenced_on="2001-01-01")
    assert outcome(after_sentences(drunk, drunk), "conduct.overseas_serious") == "met"
    assert outcome(after_sentences(drunk, drunk, drunk), "conduct.overseas_serious") == "not_met"


def test_a_violent_crime_answers_to_its_sentence_as_well() -> None:
    found = after_sentences(
        sentence("imprisonment", "KOR", "specific_violent_crime", completed_on="2024-01-01")
    )
    assert outcome(found, "conduct.violent_crime") == "not_met"
    assert outcome(found, "conduct.imprisonment") == "not_met"


def test_a_running_bar_decides_where_another_entry_lacks_its_date() -> None:
    found = after_sentences(
        sentence("suspended_imprisonment"), sentence("suspended_imprisonment", sentenced_on="2024-01-01")
    )
    assert outcome(found, "conduct.suspended_sentence") == "not_met"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (violation("2020-05-12", ["7(1)"]), "met"),
        (violation("2020-05-13", ["7(1)"]), "not_met"),
        (violation("2020-05-13", ["7(4)"]), "not_met"),
        (violation("2020-05-13", ["12(1)"]), "not_met"),
        (violation("2020-05-13", ["18(1)", "12(2)"]), "not_met"),
        (violation("2020-05-13", ["7(2)"]), "met"),
        (violation("2020-05-13", ["17(1)", "12-2(1)", "112(1)"]), "met"),
        (violation("2020-05-13", ["Art. 12 (2)"]), "not_met"),
        (violation("2020-05-13", ["제12조제1항"]), "not_met"),
        (violation("2020-05-13", []), "met"),
        ({"on": "2020-05-13"}, "unknown"),
        ({"on": "2020-05-12"}, "met"),
        (violation("2025-05-13", ["7(1)"]), "met"),
    ],
)
def test_a_violation_of_the_rules_of_entry_bars_five_years(entry: dict[str, Any], expected: str) -> None:
    assert outcome(after_violations(entry), "conduct.entry_violation") == expected


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        (violation("2020-05-12", penalty="warning"), "not_met"),
        (violation("2020-05-11", penalty="warning"), "met"),
        (violation("2021-01-01", penalty="administrative_fine"), "met"),
        (violation("2021-01-01", penalty="none"), "not_met"),
        (violation("2021-01-01"), "unknown"),
        (violation("2025-05-13", penalty="warning"), "met"),
    ],
)
def test_the_third_violation_within_five_years_counts_unless_it_ended_in_an_administrative_fine(
    third: dict[str, Any], expected: str
) -> None:
    two = [violation("2022-01-01", penalty="warning"), violation("2023-01-01", penalty="criminal")]
    assert outcome(after_violations(*two, third), "conduct.repeat_violation") == expected


def paid(
    amount: int | None, on: str = "2024-01-01", penalty: str | None = "penalty_payment"
) -> dict[str, Any]:
    facts: dict[str, Any] = {"amount": amount, "penalty": penalty}
    return violation(on, **{name: fact for name, fact in facts.items() if fact is not None})


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([paid(5_000_000)], "not_met"),
        ([paid(4_999_999)], "met"),
        ([paid(5_000_000, "2022-05-12")], "not_met"),
        ([paid(5_000_000, "2022-05-11")], "met"),
        ([paid(3_500_000), paid(3_500_000)], "not_met"),
        ([paid(3_500_000), paid(3_499_999)], "met"),
        ([paid(4_000_000), paid(4_000_000, "2022-05-11")], "met"),
        ([paid(9_000_000, penalty="administrative_fine")], "met"),
        ([paid(9_000_000, penalty="criminal")], "met"),
        ([paid(None)], "unknown"),
        ([paid(None, "2022-05-11")], "met"),
        ([paid(None), paid(5_000_000)], "not_met"),
        ([paid(5_000_000, penalty=None)], "unknown"),
        ([paid(4_999_999, penalty=None)], "met"),
    ],
)
def test_penalty_payments_of_three_years_are_bounded_each_and_in_total(
    entries: list[dict[str, Any]], expected: str
) -> None:
    assert outcome(after_violations(*entries), "conduct.penalty_payment") == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({"kind": "deportation", "departed_on": "2018-05-12"}, "met"),
        ({"kind": "deportation", "departed_on": "2018-05-13"}, "not_met"),
        ({"kind": "departure", "departed_on": "2020-05-12"}, "met"),
        ({"kind": "departure", "departed_on": "2020-05-13"}, "not_met"),
        ({"kind": "departure"}, "unknown"),
        ({"kind": "departure", "departed_on": "2025-06-01"}, "met"),
    ],
)
def test_leaving_under_an_order_bars_by_the_kind_of_order(order: dict[str, str], expected: str) -> None:
    assert outcome(dossier(removals=[order]), "conduct.removal") == expected


@pytest.mark.parametrize(("decided", "expected"), [("2020-05-12", "met"), ("2020-05-13", "not_met")])
def test_a_stay_let_despite_grounds_for_deportation_bars_five_years(decided: str, expected: str) -> None:
    assert (
        outcome(dossier(humanitarian_stay=[{"decided_on": decided}]), "conduct.humanitarian_stay") == expected
    )


SECTIONS = {
    "criminal_record": (
        "violent_crime",
        "imprisonment",
        "suspended_sentence",
        "fine",
        "overseas_serious",
        "overseas_imprisonment",
    ),
    "immigration_violations": ("entry_violation", "repeat_violation", "penalty_payment"),
    "removals": ("removal",),
    "humanitarian_stay": ("humanitarian_stay",),
    "pending_proceedings": ("pending",),
}


@pytest.mark.parametrize(
    ("section", "name"), [(one, name) for one, names in SECTIONS.items() for name in names]
)
def test_an_absent_record_is_unknown_and_an_empty_one_is_clean(section: str, name: str) -> None:
    absent = put(dossier(), section, ABSENT)
    assert outcome(absent, f"conduct.{name}") == "unknown"
    assert finding(absent, f"conduct.{name}").inputs == (section,)
    assert outcome(put(dossier(), section, []), f"conduct.{name}") == "met"


def test_only_the_criteria_that_need_an_absent_section_are_unknown() -> None:
    for section, names in SECTIONS.items():
        found = run(put(dossier(), section, ABSENT))
        unknown = {one.id for one in found.criteria if one.area == "conduct" and one.outcome == "unknown"}
        assert unknown == {f"conduct.{name}" for name in names}


def test_an_event_after_the_application_is_left_out_and_named() -> None:
    later = sentence("suspended_imprisonment", sentenced_on="2025-05-13")
    sentence_in_english = finding(after_sentences(later), "conduct.suspended_sentence").finding.in_language(
        "en"
    )
    assert "criminal_record[0].sentenced_on" in sentence_in_english
    assert "2025-05-13" in sentence_in_english


def test_a_bar_says_from_when_to_when_it_runs_and_when_it_is_over() -> None:
    found = finding(after_sentences(sentence(completed_on="2022-05-13")), "conduct.fine")
    assert "2022-05-13 through 2025-05-12" in found.finding.in_language("en")
    assert "2022. 5. 13.부터 2025. 5. 12.까지" in found.finding.in_language("ko")
    assert found.remedy is None or "2025-05-13" in found.remedy.in_language("en")
    assert found.sheet is not None
    assert found.sheet["bands"][0]["to"] == "2025-05-12"


def test_the_remedy_names_the_first_day_without_a_third_violation() -> None:
    three = [violation(day, penalty="warning") for day in ("2021-03-01", "2022-03-01", "2023-03-01")]
    for day, expected in (("2026-03-01", "not_met"), ("2026-03-02", "met")):
        found = put(after_violations(*three), "application.received_on", day)
        assert outcome(found, "conduct.repeat_violation") == expected
    remedy = finding(after_violations(*three), "conduct.repeat_violation").remedy
    assert remedy is not None
    assert remedy.values["over"] == "2026-03-02"


def test_the_remedy_names_the_first_day_with_few_enough_penalties() -> None:
    paid_thrice = [
        paid(3_000_000, "2022-08-01"),
        paid(2_000_000, "2023-01-01"),
        paid(3_000_000, "2024-01-01"),
    ]
    remedy = finding(after_violations(*paid_thrice), "conduct.penalty_payment").remedy
    assert remedy is not None
    assert remedy.values["over"] == "2025-08-02"
    for day, expected in (("2025-08-01", "not_met"), ("2025-08-02", "met")):
        found = put(after_violations(*paid_thrice), "application.received_on", day)
        assert outcome(found, "conduct.penalty_payment") == expected


def test_the_bars_are_shown_each_with_whether_it_still_runs() -> None:
    over, running = sentence(completed_on="2022-05-12"), sentence(completed_on="2022-05-13")
    for records, counted in (([over], [False]), ([over, running], [False, True])):
        sheet = finding(after_sentences(*records), "conduct.fine").sheet
        assert sheet is not None
        assert [band["counted"] for band in sheet["bands"]] == counted
        assert {band["label"] for band in sheet["bands"]} == {"3"}


@pytest.mark.parametrize(
    ("section", "later", "running"),
    [
        ("humanitarian_stay", {"decided_on": "2025-05-13"}, {"decided_on": "2024-01-01"}),
        (
            "removals",
            {"kind": "departure", "departed_on": "2025-05-13"},
            {"kind": "departure", "departed_on": "2024-01-01"},
        ),
    ],
)
def test_an_event_after_the_application_hides_no_other(
    section: str, later: dict[str, str], running: dict[str, str]
) -> None:
    criterion = {"humanitarian_stay": "conduct.humanitarian_stay", "removals": "conduct.removal"}[section]
    assert outcome(put(dossier(), section, [later]), criterion) == "met"
    assert outcome(put(dossier(), section, [later, running]), criterion) == "not_met"


@pytest.mark.parametrize("article", ["7", "12", "Article 7", "제12조"])
def test_an_article_without_its_paragraph_leaves_the_bar_open(article: str) -> None:
    assert (
        outcome(after_violations(violation("2020-05-13", [article])), "conduct.entry_violation") == "unknown"
    )
    assert outcome(after_violations(violation("2020-05-12", [article])), "conduct.entry_violation") == "met"


def test_the_amount_or_the_kind_of_penalty_is_named_whichever_is_not_established() -> None:
    shown = finding(after_violations(paid(None), paid(5_000_000, penalty=None)), "conduct.penalty_payment")
    assert shown.finding.values["facts"] == [
        "immigration_violations[0].amount",
        "immigration_violations[1].penalty",
    ]


@pytest.mark.parametrize(
    ("amounts", "over"),
    [
        ((4_000_000, 4_000_000, 4_000_000), "2026-02-02"),
        ((1, 3_500_000, 3_499_999, None), "2025-08-02"),
        ((1, 3_500_000, 3_500_000, None), "2026-02-02"),
        ((4_000_000, 1_000_000, 5_000_000), "2027-02-02"),
    ],
)
def test_penalties_weigh_until_what_is_left_stays_below_both_limits(
    amounts: tuple[int | None, ...], over: str
) -> None:
    days = ("2022-08-01", "2023-02-01", "2024-02-01", "2024-08-01")
    entries = [paid(amount, day) for amount, day in zip(amounts, days, strict=False)]
    shown = finding(after_violations(*entries), "conduct.penalty_payment")
    assert shown.outcome == "not_met"
    assert shown.remedy is not None
    assert shown.remedy.values["over"] == over


IMPRISONED_LONG_AGO = sentence("imprisonment", "VNM", sentenced_on="2010-01-01")
IMPRISONED_UNDATED = sentence("imprisonment", "VNM")
SUSPENDED_RUNNING = sentence("suspended_imprisonment", "VNM", sentenced_on="2020-01-01")
SUSPENDED_LONG_AGO = sentence("suspended_imprisonment", "VNM", sentenced_on="2011-01-01")
SUSPENDED_UNDATED = sentence("suspended_imprisonment", "VNM")


@pytest.mark.parametrize(
    ("records", "expected", "start"),
    [
        ((IMPRISONED_UNDATED, SUSPENDED_RUNNING), "unknown", None),
        ((IMPRISONED_LONG_AGO, SUSPENDED_UNDATED), "unknown", None),
        ((IMPRISONED_LONG_AGO, SUSPENDED_RUNNING), "review", "2020-01-01"),
        ((SUSPENDED_LONG_AGO,), "met", "2011-01-01"),
        ((IMPRISONED_LONG_AGO, SUSPENDED_LONG_AGO), "met", "2010-01-01"),
    ],
)
def test_served_and_suspended_sentences_abroad_are_weighed_together(
    records: tuple[dict[str, Any], ...], expected: str, start: str | None
) -> None:
    shown = finding(after_sentences(*records), "conduct.overseas_imprisonment")
    assert (shown.outcome, shown.finding.values.get("start")) == (expected, start)
