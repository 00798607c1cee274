"""The tables of reference data: which figure, row or exception holds on a day."""

from dataclasses import replace
from datetime import date

import pytest

from kis.rules import ApostilleRow, EmbassyException, Figure, ReferenceTables
from tests.rules.cases import dossier, finding, run

SURVEY = Figure(
    "net_assets_mean",
    2024,
    400_000_000,
    date(2024, 12, 9),
    date(2025, 1, 1),
    "confirmed",
    "Survey of Household Finances and Living Conditions 2024",
)
SHIPPED = ReferenceTables.shipped()


def tables(*figures: Figure) -> ReferenceTables:
    return ReferenceTables(figures, ())


def test_a_figure_is_plain_data_and_reads_back() -> None:
    unannounced = replace(SURVEY, announced_on=None)
    for figure in (SURVEY, unannounced):
        assert Figure.from_json(figure.to_json()) == figure
    assert SURVEY.to_json()["announced_on"] == "2024-12-09"
    assert unannounced.to_json()["announced_on"] is None


def test_rows_of_countries_are_read_with_their_notes() -> None:
    row = {"country": "VNM", "in_force_for_korea_from": "2026-09-11", "confidence": "unverified"}
    day = date(2026, 9, 11)
    assert ApostilleRow.from_json({**row, "note": "x"}) == ApostilleRow("VNM", day, "unverified", "x")
    assert ApostilleRow.from_json(row).note == ""
    exception = {"country": "RUS", "accepted_from": "2026-09-11", "confidence": "confirmed"}
    assert EmbassyException.from_json({**exception, "note": "x"}) == EmbassyException(
        "RUS", day, "confirmed", "x"
    )
    plain = EmbassyException.from_json({"country": "RUS", "confidence": "confirmed"})
    assert (plain.note, plain.accepted_from) == ("", None)


def test_tables_of_the_same_rows_are_the_same_whether_they_were_asked_or_not() -> None:
    asked = tables(SURVEY)
    asked.in_force("net_assets_mean", date(2025, 5, 12))
    assert asked == tables(SURVEY)
    assert hash(asked) == hash(tables(SURVEY))


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2024, 12, 31), None), (date(2025, 1, 1), 2024), (date(2025, 12, 31), 2024), (date(2026, 1, 1), 2025)],
)  # fmt: skip
def test_a_figure_is_in_force_from_its_first_day_until_the_next_applies(day: date, year: int | None) -> None:
    following = replace(SURVEY, year=2025, applies_from=date(2026, 1, 1))
    found = tables(following, SURVEY).in_force("net_assets_mean", day)
    assert (found.year if found else None) == year


def test_of_two_figures_that_apply_from_one_day_the_later_year_is_in_force() -> None:
    older = replace(SURVEY, year=2023)
    for figures in ((SURVEY, older), (older, SURVEY)):
        assert tables(*figures).in_force("net_assets_mean", date(2025, 1, 1)) is SURVEY


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2024, 12, 31), 400_000_000),
        (date(2025, 1, 1), 400_000_000),
        (date(2025, 6, 30), 400_000_000),
        (date(2025, 7, 1), 410_000_000),
    ],
)
def test_a_survey_serves_from_the_start_and_as_corrected_from_the_day_of_the_correction(
    day: date, amount: int
) -> None:
    corrected = replace(SURVEY, amount_krw=410_000_000, applies_from=date(2025, 7, 1))
    other = replace(SURVEY, year=2023)
    found = tables(corrected, other, SURVEY).of_year("net_assets_mean", 2024, day)
    assert found
    assert found.amount_krw == amount
    assert tables(other).of_year("net_assets_mean", 2024, day) is None
    assert tables(SURVEY).of_year("net_assets_median", 2024, day) is None


def test_a_country_is_a_party_from_its_first_row() -> None:
    later, first = (ApostilleRow("VNM", date(year, 1, 1), "confirmed", "") for year in (2027, 2026))
    found = ReferenceTables((), (later, first))
    assert found.member("VNM") is first
    assert found.member("THA") is None


@pytest.mark.parametrize(("day", "accepted"), [(date(2025, 5, 11), False), (date(2025, 5, 12), True)])
def test_an_embassys_records_count_from_the_day_they_are_accepted(day: date, accepted: bool) -> None:
    exceptions = (
        EmbassyException("RUS", None, "confirmed", ""),
        EmbassyException("VNM", date(2025, 5, 12), "confirmed", ""),
    )
    found = ReferenceTables((), (), exceptions)
    assert (found.embassy("VNM", day) is not None) is accepted
    assert found.embassy("RUS", date(2001, 1, 1)) is exceptions[0]
    assert found.embassy("THA", day) is None


@pytest.mark.parametrize(("confidence", "named"), [("unverified", True), ("confirmed", False)])
def test_an_embassy_that_headquarters_has_not_confirmed_is_named(confidence: str, named: bool) -> None:
    exceptions = (EmbassyException("VNM", None, confidence, ""),)
    found = dossier("f51-meets-all")
    found["criminal_record_certificates"][0]["issuer"] = "embassy"
    judged = run(found, replace(SHIPPED, embassies=exceptions))
    shown = next(one for one in judged.criteria if one.id == "criminal_record.certificate")
    figures = [note.values["figures"] for note in shown.notes if note.key == "note.unverified"]
    assert (["embassy", "VNM"] in sum(figures, [])) is named
    assert finding(found, "criminal_record.certificate").outcome == "not_met"
