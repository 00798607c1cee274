"""The shipped reference data: whole, consistent, and true to the published lists."""

import re
from datetime import date, time
from pathlib import Path

import pytest

from kis.offices import reference

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
WINDOWS = {row["number"]: row for row in reference.read("service_windows")}
OFFICES = {row["code"]: row for row in reference.read("offices")}


def published(name: str) -> str:
    """A published list, where it lies beside the repository."""
    path = SEEDS / name
    if not path.exists():
        pytest.skip(f"{name} is not here to compare with")
    return path.read_text()


def test_reference_data_do_not_contradict_themselves() -> None:
    assert reference.problems() == []


def test_all_81_windows_have_number_office_and_service() -> None:
    assert len(WINDOWS) == 81
    assert all(row["office"] in OFFICES and row["service"] for row in WINDOWS.values())


def test_windows_keep_the_published_lines() -> None:
    lines = re.findall(r"^\[(\d+)\] (.*)$", published("visit-reservation-windows.txt"), re.MULTILINE)
    assert [(row["number"], row["source_text"]) for row in WINDOWS.values()] == [
        (int(number), text) for number, text in lines
    ]


def test_divisions_keep_the_published_lines() -> None:
    text = published("headquarters-divisions.txt")
    rows = reference.read("divisions")
    assert len(rows) == text.count(" Division ")
    assert all(f"{row['name_en']} {row['source_text']}" in text for row in rows)
    assert all(f"{row['bureau_en']} " in text for row in rows)


def test_office_codes_are_the_english_names_with_hyphens() -> None:
    assert reference.code_of("Seoul Southern Immigration Office") == "seoul-southern"
    assert reference.code_of("Mokpo Branch Office") == "mokpo"
    assert {"seoul-southern", "sejongno", "cheonan", "jeju"} <= set(OFFICES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in OFFICES)


def test_every_branch_office_stands_under_an_office_and_says_who_says_so() -> None:
    branches = [row for row in OFFICES.values() if row["kind"] == "branch_office"]
    assert len(branches) == 17
    assert all(OFFICES[row["parent"]]["kind"] == "office" and row["parent_source"] for row in branches)
    assert all(row["parent"] is None for row in OFFICES.values() if row["kind"] == "office")


@pytest.mark.parametrize("number", [720, 725, 726, 741, 742, 751, 785, 786])
def test_parents_agree_with_the_windows_that_name_them(number: int) -> None:
    row = WINDOWS[number]
    parent = OFFICES[OFFICES[row["office"]]["parent"]]
    assert row["source_text"].lower().startswith(parent["name_en"].lower())


def test_every_jurisdiction_has_a_source() -> None:
    assert all(row["source"] and row["confidence"] for row in reference.read("jurisdictions"))


def test_what_is_not_known_stays_unknown() -> None:
    assert OFFICES["yangju"]["address"] is None
    assert "yangju" not in {row["office"] for row in reference.read("jurisdictions")}


@pytest.mark.parametrize(
    ("number", "field", "expected"),
    [
        (684, "jurisdiction", "Incheon, Bucheon, Gimpo, Ganghwa County"),
        (716, "from_day", date(2022, 5, 1)),
        (728, "from_day", date(2021, 5, 1)),
        (729, "location", "Floor 4, Iksan Station"),
        (742, "center", "asan"),
        (742, "courier", False),
        (
            747,
            "service",
            "Foreigner Residence Control (Registration, Visa extension, Change of visa status etc.)",
        ),
        (751, "center", "cheonan"),
        (752, "to_day", date(2024, 10, 4)),
        (756, "limits", "All countries"),
        (758, "center", "eumseong"),
        (758, "exclusions", "Permanent Residency"),
        (762, "exclusions", "D-2, D-4, D-8, E-7, F-5"),
        (764, "address", "3F, Family Culture Center, 9-7, Donggwang 2-gil, Gwangyang-si, Jeollanam-do"),
        (785, "after_time", time(9, 36)),
        (786, "after_time", None),
        (788, "from_day", date(2024, 3, 23)),
        (792, "exclusions", "F-5 Change of Status"),
    ],
)
def test_windows_are_read_as_a_person_reads_them(number: int, field: str, expected: object) -> None:
    assert WINDOWS[number][field] == expected


def test_misprints_are_mended_and_the_mending_is_noted() -> None:
    read = " ".join(str(value) for row in WINDOWS.values() for key, value in row.items()
                    if key not in {"source_text", "mended"})  # fmt: skip
    for misprint in ("Inchoen", "Resgistration", "Chunan", "HeungDeok", "FamilyCulture", "]"):
        assert misprint not in read
    assert WINDOWS[790]["mended"] == "Inchoen → Incheon"
    assert "[Eumseong Immigration Center]" in WINDOWS[758]["mended"]


@pytest.mark.parametrize(
    ("address", "province"),
    [
        ("서울특별시 강서구 마곡서1로 48", "서울특별시"),
        ("경기 광주시 경안동", "경기도"),
        ("48 Magokseo 1-ro, Gangseo-gu, Seoul", "서울특별시"),
        ("somewhere", None),
    ],
)
def test_the_province_of_an_address_is_found(address: str, province: str | None) -> None:
    place = reference.place_of(address)
    assert (place and place.province_ko) == province
