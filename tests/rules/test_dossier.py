"""Dossiers from outside: refused with place and reason, or kept with their contradictions shown."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kis.rules.dossier import contradictions, schema, stored_codes, validate, warnings
from tests.rules.cases import ABSENT, VECTORS, dossier, put

SHARED = Path(__file__).parents[3] / "shared" / "spec"


def refused(found: Any) -> list[tuple[str, str]]:
    return [(one.place, one.message.key) for one in validate(found)]


@pytest.mark.parametrize("path", sorted(VECTORS.glob("*.json")), ids=lambda path: path.stem)
def test_every_worked_dossier_is_accepted_and_contradicts_nothing(path: Path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))["dossier"]
    assert validate(found) == []
    assert contradictions(found) == []


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("applicant.birth_date", "2025-02-30", ("applicant.birth_date", "dossier.date")),
        ("applicant.birth_date", "20250228", ("applicant.birth_date", "dossier.date")),
        ("applicant.birth_date", "2025-W01-1", ("applicant.birth_date", "dossier.date")),
        ("applicant.birth_date", "２０２５-01-01", ("applicant.birth_date", "dossier.date")),
        ("applicant.birth_date", ABSENT, ("applicant.birth_date", "dossier.required")),
        ("applicant.nationality", "vn", ("applicant.nationality", "dossier.pattern")),
        ("applicant.sex", "W", ("applicant.sex", "dossier.choice")),
        ("applicant.colour", "red", ("applicant.colour", "dossier.unknown_field")),
        ("income.0.amount", True, ("income[0].amount", "dossier.type")),
        ("income.0.amount", "5", ("income[0].amount", "dossier.type")),
        ("income.0.amount", 1.5, ("income[0].amount", "dossier.type")),
        ("income.0.amount", -1, ("income[0].amount", "dossier.minimum")),
        ("income.0.amount", 10**15 + 1, ("income[0].amount", "dossier.number")),
        ("income.0.amount", 10**30, ("income[0].amount", "dossier.number")),
        ("integration.kiip_level_completed", 6, ("integration.kiip_level_completed", "dossier.maximum")),
        ("stays.0.to", "soon", ("stays[0].to", "dossier.date")),
        ("schema", "kis.dossier/2", ("schema", "dossier.choice")),
        ("family", "none", ("family", "dossier.type")),
        ("applicant.family_name", "A\0B", ("applicant.family_name", "dossier.signs")),
        ("applicant.family_name", "A\ud800", ("applicant.family_name", "dossier.signs")),
        ("applicant.family_name", "A" * 201, ("applicant.family_name", "dossier.long")),
        ("reason", "A" * 10_001, ("reason", "dossier.long")),
        (
            "korean_schooling",
            {"years_enrolled": float("nan")},
            ("korean_schooling.years_enrolled", "dossier.number"),
        ),
        (
            "korean_schooling",
            {"years_enrolled": float("inf")},
            ("korean_schooling.years_enrolled", "dossier.number"),
        ),
    ],
)
def test_what_breaks_the_schema_or_the_bounds_is_refused_where_it_stands(
    path: str, value: Any, expected: tuple[str, str]
) -> None:
    assert expected in refused(put(dossier(), path, value))


@pytest.mark.parametrize("document", [None, [], "x", 5, {}, {"schema": "kis.dossier/1"}])
def test_what_is_no_dossier_at_all_is_refused(document: Any) -> None:
    assert refused(document)


def test_every_error_is_told_in_both_languages() -> None:
    found = put(put(dossier(), "applicant.birth_date", "2025-02-30"), "income.0.amount", True)
    messages = [one.message for one in validate(found)]
    assert len(messages) == 2
    for message in messages:
        assert message.in_language("en") != message.in_language("ko")


@pytest.mark.parametrize(
    ("path", "value", "place", "said"),
    [
        ("applicant.birth_date", "2025-02-30", "applicant.birth_date", "“2025-02-30” is no date (YYYY-MM-DD)."),
        ("applicant.birth_date", 5, "applicant.birth_date", "The value must be of another type: text."),
        ("stays.0.to", 5, "stays[0].to", "“5” is no date (YYYY-MM-DD)."),
        ("applicant.sex", "W", "applicant.sex", "“W” is not possible; possible: F, M, X."),
        ("schema", "x", "schema", "“x” is not possible; possible: kis.dossier/1."),
        ("income.0.amount", -1, "income[0].amount", "It must be 0 or more."),
        ("integration.kiip_level_completed", 6, "integration.kiip_level_completed", "It must be 5 or less."),
        ("income.0.amount", "5", "income[0].amount", "The value must be of another type: a whole number."),
        ("child_raising", "x", "child_raising", "The value must be of another type: true or false."),
        ("family", "x", "family", "The value must be of another type: a list."),
        ("marriage", "x", "marriage", "The value must be of another type: a group of fields."),
        ("korean_schooling", {"years_enrolled": "x"}, "korean_schooling.years_enrolled",
         "The value must be of another type: a number."),
        ("applicant.nationality", "V" * 50, "applicant.nationality", f"“{'V' * 40}” does not have the right form."),
        ("applicant.colour", "red", "applicant.colour", "This field does not exist."),
        (f"applicant.{'x' * 41}", "red", f"applicant.{'x' * 40}", "This field does not exist."),
        ("applicant.nationality", ABSENT, "applicant.nationality", "This is needed."),
        ("applicant.family_name", "A" * 201, "applicant.family_name", "At most 200 characters."),
        ("applicant.given_names", "A" * 201, "applicant.given_names", "At most 200 characters."),
        ("applicant.local_name", "A" * 201, "applicant.local_name", "At most 200 characters."),
        ("employment.0.employer", "A" * 201, "employment[0].employer", "At most 200 characters."),
        ("schools", [{"name": "A" * 201}], "schools[0].name", "At most 200 characters."),
        ("reason", "A" * 10_001, "reason", "At most 10,000 characters."),
        ("reason", "A\0", "reason", "It contains a NUL or a broken character."),
        ("reason", "A\ud800", "reason", "It contains a NUL or a broken character."),
        ("reason", "A\udfff", "reason", "It contains a NUL or a broken character."),
        ("income.0.amount", 10**15 + 1, "income[0].amount", "The number is beyond 1,000,000,000,000,000."),
    ],
)  # fmt: skip
def test_a_refusal_says_once_what_is_wrong_and_where(path: str, value: Any, place: str, said: str) -> None:
    found = [(one.place, one.message.in_language("en")) for one in validate(put(dossier(), path, value))]
    assert found == [(place, said)]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("applicant.given_names", "A" * 200),
        ("employment.0.employer", "A" * 200),
        ("reason", "A" * 10_000),
        ("reason", "\ud7ff\ue000"),
        ("income.0.amount", 10**15),
        ("income.0.amount", 0),
        ("integration.kiip_level_completed", 5),
    ],
)
def test_what_keeps_to_the_bounds_is_accepted(path: str, value: Any) -> None:
    assert refused(put(dossier(), path, value)) == []


def test_all_that_is_wrong_is_named_once_in_the_order_of_its_places() -> None:
    found = put(put(dossier(applicant={}), "stays.0.colour", "\0"), "stays.0.status", ABSENT)
    assert refused(found) == [
        ("applicant.birth_date", "dossier.required"),
        ("applicant.nationality", "dossier.required"),
        ("stays[0].colour", "dossier.signs"),
        ("stays[0].colour", "dossier.unknown_field"),
        ("stays[0].status", "dossier.required"),
    ]


def test_signs_that_cannot_be_stored_are_shown_as_question_marks() -> None:
    (place, shown) = next(
        (one.place, one.message) for one in validate(put(dossier(), "applicant.co\0lo\ud800r", "red"))
    )
    assert (place, shown.key) == ("applicant.co?lo?r", "dossier.unknown_field")
    refusals = [one.message for one in validate(put(dossier(), "applicant.sex", "W\0\ud800"))]
    assert "“W??” is not possible; possible: F, M, X." in [one.in_language("en") for one in refusals]


def test_a_document_that_is_text_or_a_number_alone_keeps_to_the_bounds_too() -> None:
    assert refused("A" * 10_001) == [("", "dossier.long"), ("", "dossier.type")]
    assert refused(10**15 + 1) == [("", "dossier.number"), ("", "dossier.type")]
    assert refused("A") == [("", "dossier.type")]


def nest(levels: int) -> Any:
    found: Any = "A"
    for _ in range(levels):
        found = [found]
    return found


def test_a_nest_of_lists_is_refused_without_going_down() -> None:
    assert refused({**dossier(), "extra": nest(11)}) == [("extra", "dossier.unknown_field")]
    # Of a document nested too deeply nothing else is told, and where it is so only once.
    for levels in (12, 500):
        found = {**dossier(), "applicant": {}, "extra": [nest(levels - 1), nest(levels - 1)]}
        ((place, key),) = refused(found)
        assert key == "dossier.deep"
        assert place == "extra[1]" + "[0]" * 11


def test_whole_numbers_may_be_written_with_a_point_zero() -> None:
    found = put(dossier(), "income.0.amount", 99_910_000.0)
    assert refused(found) == []


def test_names_in_every_script_and_direction_are_accepted() -> None:
    for name in ("홍길동", "NGUYỄN", "Ёлкин", "陳大文", "\u200fאב", "A" * 200):
        assert refused(put(dossier(), "applicant.local_name", name)) == []


@pytest.mark.parametrize(
    ("path", "value", "place", "key"),
    [
        ("stays.1.to", "2018-01-01", "stays[1].to", "reversed"),
        ("employment.0.to", "2019-02-28", "employment[0].to", "reversed"),
        (
            "abroad",
            [{"country": "JPN", "from": "2022-01-02", "to": "2022-01-01"}],
            "abroad[0].to",
            "reversed",
        ),
        (
            "investments",
            [
                {
                    "scheme": "pledged",
                    "from": "2022-01-01",
                    "lapses": [{"from": "2023-01-02", "to": "2023-01-01"}],
                }
            ],
            "investments[0].lapses[0].to",
            "reversed",
        ),
        ("stays.0.to", "2019-03-02", "stays[1]", "overlap"),
        ("marriage", {"spouse": "ghost"}, "marriage.spouse", "person"),
        ("income.0.earner", "ghost", "income[0].earner", "person"),
        ("applicant.birth_date", "2025-05-13", "applicant.birth_date", "birth"),
        ("applicant.first_entry_on", "1988-07-13", "applicant.first_entry_on", "before_birth"),
        (
            "marriage",
            {"registered_on": "2020-01-02", "ended_on": "2020-01-01"},
            "marriage.ended_on",
            "reversed",
        ),
        ("business_results", [{"year": 2024}, {"year": 2024}], "business_results[1]", "year"),
        ("family", [{"ref": "applicant", "relation": "spouse"}], "family[0].ref", "ref"),
    ],
)
def test_a_contradiction_is_shown_where_it_stands(path: str, value: Any, place: str, key: str) -> None:
    found = put(dossier(), path, value)
    assert validate(found) == []
    assert (place, f"contradiction.{key}") in [(one.place, one.message.key) for one in contradictions(found)]


def test_two_members_of_one_reference_are_both_shown() -> None:
    twice = [{"ref": "a", "relation": "spouse"}, {"ref": "a", "relation": "child"}]
    assert {one.place for one in contradictions(dossier(family=twice))} == {"family[0].ref", "family[1].ref"}


TWO_SPOUSES = [{"ref": "first", "relation": "spouse"}, {"ref": "second", "relation": "spouse"}]


def test_a_second_spouse_is_shown() -> None:
    (shown,) = contradictions(dossier(family=TWO_SPOUSES))
    assert (shown.place, shown.doubtful) == ("family[1].relation", ("family[0]", "family[1]"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("family.0.deceased", True),
        ("family.0.relation", "common_law_spouse"),
        ("marriage", {"spouse": "first", "ended_on": "2020-01-01"}),
        ("marriage", {"spouse": "first", "ended_by": "divorce"}),
    ],
)
def test_a_former_spouse_beside_the_present_one_is_no_second(path: str, value: Any) -> None:
    assert contradictions(put(dossier(family=deepcopy(TWO_SPOUSES)), path, value)) == []


def test_a_change_of_status_on_one_day_is_no_overlap() -> None:
    assert contradictions(put(dossier(), "stays.0.to", "2019-03-01")) == []


def test_the_germans_d_is_stored_as_deu_and_nothing_else_changes() -> None:
    found = put(dossier(), "applicant.nationality", "D")
    assert stored_codes(found) == put(dossier(), "applicant.nationality", "DEU")
    for nationality in ("VNM", "ZZZ", 5, ABSENT):
        found = put(dossier(), "applicant.nationality", nationality)
        assert stored_codes(found) == found
    for applicant in ({}, "x", None):
        assert stored_codes({"applicant": applicant}) == {"applicant": applicant}
    assert stored_codes({"schema": "kis.dossier/1"}) == {"schema": "kis.dossier/1"}


def warned(found: Any) -> list[tuple[str, str]]:
    return [(one.place, one.message.key) for one in warnings(found)]


def test_odd_numbers_and_codes_are_warned_of_and_never_refused() -> None:
    assert warned(dossier()) == []
    found = put(dossier(), "applicant.alien_registration_number", "640101-6554152")
    assert validate(found) == []
    place = "applicant.alien_registration_number"
    checksum, birth, sex = ((place, f"registration.{name}") for name in ("checksum", "birth", "sex"))
    assert warned(found) == [checksum, birth]
    assert warned(put(found, "applicant.birth_date", "1964-01-01")) == [checksum]
    assert warned(put(found, "applicant.sex", "M")) == [checksum, sex]
    assert warned(put(found, "applicant.sex", ABSENT)) == [checksum]
    assert warned(put(found, "applicant.nationality", "ZZZ")) == [
        ("applicant.nationality", "dossier.nationality"),
        checksum,
    ]
    assert warned(put(dossier(), place, "64")) == [(place, "registration.shape")]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared schema lies beside the repository only at times")
def test_the_shipped_data_is_an_exact_copy() -> None:
    data = Path(__file__).parents[2] / "kis" / "rules" / "f5" / "data"
    for name in ("dossier.schema.json", "figures.csv", "apostille.csv"):
        assert (data / name).read_bytes() == (SHARED / name).read_bytes()
    assert schema()["$id"] == "kis:dossier:1"
