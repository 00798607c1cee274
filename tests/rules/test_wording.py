"""Every criterion, document and sentence is there, cited, and worded in both languages."""

import csv
import re
from pathlib import Path

import pytest

import kis.rules.dossier  # noqa: F401 - its sentences are checked too
from kis.rules import AREAS, Category, Criterion, area_label, procedure
from kis.rules.messages import SENTENCES, Message, add_sentences
from kis.rules.texts import WORDS, Text, fill, heading
from tests.rules.cases import ABSENT, dossier, run

PROCEDURE = procedure("permanent-residence")
CATEGORIES = list(PROCEDURE.categories.values())
CRITERIA = [(category, one) for category in CATEGORIES for one in category.criteria]
SHARED = Path(__file__).parents[3] / "shared" / "spec"
HANGUL = re.compile("[가-힣]")
PLACEHOLDER = re.compile(r"{(\w+)")

NAMES = {
    "eligibility": """adult residence activity turnover degree job_offer marriage child_raising marriage_end minor parent
        sponsor status custody investment korean_employees born_in_korea former_f2 employment qualification
        long_employment points merit age no_barred_industry unmarried filed_in_time birth_registered parents_marriage
        domestic_assets funding single_nationality route separate_guideline""",
    "conduct": """violent_crime imprisonment suspended_sentence fine entry_violation repeat_violation removal
        penalty_payment humanitarian_stay overseas_serious overseas_imprisonment pending""",
    "livelihood": "exemption public_dues income pension assets own_share separate_guideline",
    "competency": "basic separate_guideline",
    "criminal_record": "certificate",
    "documents": "submitted in_date reviewed",
}


def test_all_criteria_of_the_specification_exist_and_no_others() -> None:
    named = {f"{area}.{name}" for area, names in NAMES.items() for name in names.split()}
    assert {one.id for _, one in CRITERIA} == named


def test_all_27_categories_exist() -> None:
    assert [one.code for one in CATEGORIES] == [f"F-5-{number}" for number in range(1, 28)]


@pytest.mark.parametrize(
    ("category", "criterion"), CRITERIA, ids=lambda one: getattr(one, "code", getattr(one, "id", ""))
)
def test_every_criterion_is_cited_and_worded_in_both_languages(
    category: Category, criterion: Criterion
) -> None:
    assert criterion.basis.guide
    for text in (criterion.label, criterion.rule):
        assert text.en
        assert HANGUL.search(text.ko)
        assert not PLACEHOLDER.search(text.en + text.ko)
    assert criterion.area in AREAS


@pytest.mark.parametrize(
    ("category", "criterion", "said"),
    [
        ("F-5-2", "eligibility.marriage", "to a Korean national is registered"),
        ("F-5-4", "eligibility.marriage", "The marriage is registered and"),
        ("F-5-19", "eligibility.marriage", "for 2 years or more"),
        ("F-5-1", "livelihood.assets", "reach 1.5 × the"),
        ("F-5-8", "livelihood.assets", "60,000,000 won"),
    ],
)
def test_a_rule_says_what_the_category_asks(category: str, criterion: str, said: str) -> None:
    [rule] = [one.rule.en for of, one in CRITERIA if (of.code, one.id) == (category, criterion)]
    assert said in rule


def test_every_rule_but_the_guides_own_cites_an_article() -> None:
    assert not [one.id for _, one in CRITERIA if not one.basis.article]


def test_every_heading_of_the_guide_is_called_something_in_korean() -> None:
    for _, one in CRITERIA:
        assert one.basis.section.en == one.basis.guide
        assert all(HANGUL.search(part) for part in one.basis.section.ko.split("; ")), one.basis.guide


def test_what_follows_a_heading_stays_and_an_unknown_heading_stays_whole() -> None:
    assert heading("2. Livelihood Maintenance Requirement A, C; Elsewhere 1)", "ko") == (
        "2. 생계유지 요건 A, C; Elsewhere 1)"
    )


def test_countries_and_family_members_are_named_in_words() -> None:
    values = {
        "country": "VNM",
        "who": ["spouse", "spouse"],
        "child": ["child", "child-2"],
        "gone": ["", "p9"],
    }
    sentence = "{country}: {who:member}, {child:member}, {gone:member}"
    assert fill(sentence, values, "en") == "Vietnam: the spouse, the child (child-2), p9"
    assert fill(sentence, values, "ko") == "베트남: 배우자, 자녀 (child-2), p9"
    # A run that was stored before names the reference alone.
    assert fill("{who:member}", {"who": "spouse"}, "ko") == "spouse"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_is_not_established_is_named_in_words(language: str) -> None:
    found = dossier(employment=ABSENT, criminal_record_certificates=ABSENT)
    shown = {one.id: one.finding.in_language(language) for one in run(found).criteria}
    assert ("근무 내역" if language == "ko" else "employment") in shown["livelihood.public_dues"]
    found = dossier(criminal_record_certificates=[])
    shown = {one.id: one.finding.in_language(language) for one in run(found).criteria}
    assert ("베트남" if language == "ko" else "Vietnam") in shown["criminal_record.certificate"]


def test_categories_and_areas_are_labelled() -> None:
    for category in CATEGORIES:
        assert category.label.en
        assert HANGUL.search(category.label.ko)
    for area in AREAS:
        assert HANGUL.search(area_label(area).ko)


def test_the_routes_of_the_categories() -> None:
    routes = {one.code: len(one.routes) for one in CATEGORIES if one.routes}
    assert routes == {"F-5-2": 3, "F-5-4": 2, "F-5-8": 3, "F-5-12": 4, "F-5-18": 2, "F-5-19": 2, "F-5-22": 2}


def test_an_own_share_is_listed_only_where_others_may_count_for_livelihood() -> None:
    asked = {category.code for category, one in CRITERIA if one.id == "livelihood.own_share"}
    numbers = (1, 2, 4, 8, 9, 15, 16, 18, 26)
    assert asked == {f"F-5-{number}" for number in numbers}


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_a_sentence_says_the_same_in_both_languages(key: str) -> None:
    text = SENTENCES[key]
    assert HANGUL.search(text.ko)
    # English may leave out a figure that Korean needs for its grammar, but names nothing else.
    assert set(PLACEHOLDER.findall(text.en)) <= set(PLACEHOLDER.findall(text.ko)) | {"guideline_en"}


def test_words_exist_in_both_languages() -> None:
    assert not [code for code, text in WORDS.items() if not text.en or not text.ko]


def test_a_sentence_is_worded_once() -> None:
    with pytest.raises(ValueError, match="worded twice"):
        add_sentences({"missing": Text("x", "x")})


def test_a_sentence_of_another_edition_stays_readable() -> None:
    assert Message("gone.long_ago", {"a": 1}).in_language("ko") == "gone.long_ago"
    assert Message("missing", {}).in_language("en")


def test_the_catalogue_holds_every_document_in_the_order_of_the_form() -> None:
    documents = PROCEDURE.catalogue.documents
    assert len(documents) == 46
    for kind in documents.values():
        assert kind.label.en
        assert HANGUL.search(kind.label.ko) or kind.code == "topik"
    assert documents["common-11"].number == "⑪"
    assert documents["common-15"].number == ""
    assert {one.code: one.dated for one in documents.values() if one.dated} == {
        "common-04": "expires",
        "common-05": "issued",
        "investment-maintained": "issued",
    }
    assert [one.code for one in PROCEDURE.catalogue.listed_for("F-5-13")][-2:] == ["pension", "other"]


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared catalogue lies beside the repository only at times"
)
def test_the_catalogue_is_the_specified_one_with_a_korean_column() -> None:
    def rows(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    ours = rows(Path(__file__).parents[2] / "kis" / "rules" / "f5" / "data" / "documents.csv")
    for row in ours:
        row.pop("label_ko")
    assert ours == rows(SHARED / "documents.csv")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_finding_shows_an_unfilled_place(language: str) -> None:
    for number in range(1, 28):
        for one in run(dossier(application__category=f"F-5-{number}")).criteria:
            shown = one.finding.in_language(language) + (
                one.remedy.in_language(language) if one.remedy else ""
            )
            assert not re.search(r"[{}]|\[\w+\]\.? is|None", shown), (one.id, shown)
