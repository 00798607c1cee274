"""The sheets behind findings as tables: every person, point and defect in words, in both languages."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.core.access import Role
from kis.core.extensions import db
from kis.precheck.operations import run
from kis.rules.texts import word
from tests import factories
from tests.rules import cases

HANGUL = re.compile("[가-힣]")
NAMES = sorted(path.stem for path in factories.VECTORS.glob("*.json"))
CERTIFICATE = {
    "country": "VNM",
    "issuer": "local_authority",
    "issued_on": "2024-01-10",
    "original": False,
    "notarised_translation": True,
    "authentication": "none",
}


@pytest.fixture
def officer(app: Flask) -> Account:
    return factories.account(Role.OFFICER)


def page_of(sign_in: Any, officer: Account, facts: dict[str, Any], language: str) -> str:
    case = factories.case(assignee=officer, facts=facts)
    run(case, "demand", viewer_of(officer))
    db.session.commit()
    browser: FlaskClient = sign_in(officer)
    browser.post("/language", data={"language": language})
    answer = browser.get(f"/cases/{case.number}/precheck")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def tables_of(page: str, *words: str) -> list[str]:
    """The texts of the tables that hold all these words."""
    tables = re.findall(r"<table.*?</table>", page)
    texts = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", table)) for table in tables]
    return [text for text in texts if all(each in text for each in words)]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            "en",
            ("sports star", "Sum of the mandatory points 30 30", "Sum of the optional points 25 25", "55 55"),
        ),
        ("ko", ("세계적 스포츠 스타", "30 30", "25 25", "55 55")),
    ],
)
def test_the_points_sheet_shows_each_line_and_the_sums(
    sign_in: Any, officer: Account, language: str, shown: tuple[str, ...]
) -> None:
    page = page_of(sign_in, officer, factories.dossier("f511-thirty-and-fifty"), language)
    assert tables_of(page, *shown)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", ("Spouse", "Sibling", "this relation does not count")), ("ko", ("인정되지 않는 관계", "인정"))],
)
def test_the_household_sheet_says_who_counts_and_who_does_not_and_why(
    sign_in: Any, officer: Account, language: str, shown: tuple[str, ...]
) -> None:
    facts = factories.dossier("household-income")
    facts["family"].append({"ref": "second", "relation": "sibling", "birth_date": "1990-01-01"})
    page = page_of(sign_in, officer, facts, language)
    tables = tables_of(page, *shown)
    assert tables
    assert language == "en" or not re.search(r"spouse|sibling", tables[0].replace("spouse ", "", 1))


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ("Vietnam", "not an original", "older than six months", "not authenticated", "2024-01-10")),
        ("ko", ("베트남", "원본 아님", "발급 후 6개월 경과", "인증 없음", "2024. 1. 10.")),
    ],
)
def test_the_certificate_sheet_shows_each_defect_of_each_country(
    sign_in: Any, officer: Account, language: str, shown: tuple[str, ...]
) -> None:
    facts = factories.dossier() | {"criminal_record_certificates": [CERTIFICATE]}
    assert tables_of(page_of(sign_in, officer, facts, language), *shown)


@pytest.mark.parametrize(("language", "day"), [("en", "2025-05-12"), ("ko", "2025. 5. 12.")])
def test_the_timeline_is_a_picture_with_its_table(
    sign_in: Any, officer: Account, language: str, day: str
) -> None:
    page = page_of(sign_in, officer, factories.dossier(), language)
    picture = re.search(r'<svg class="picture".*?</svg>', page)
    assert picture
    assert 'role="img"' in picture[0]
    assert "<title" in picture[0]
    assert "<desc" in picture[0]
    assert day in picture[0]
    assert "style=" not in picture[0]
    assert tables_of(page, "E-7-1", day)


def codes_in(sheet: dict[str, Any]) -> list[str]:
    """The codes that a sheet shows as words of the rules."""
    rows = sheet.get("rows", ())
    return [
        *(row["reason"] for row in rows if "reason" in row),
        *(row["item"] for row in rows if "item" in row),
        *(code for row in rows for code in row.get("asked", ())),
        *(code for row in rows for one in row.get("certificates", ()) for code in one["defects"]),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_code_of_every_sheet_has_words_in_both_languages(name: str) -> None:
    sheets = [finding.sheet for finding in cases.run(cases.dossier(name)).criteria if finding.sheet]
    codes = {code for sheet in sheets for code in codes_in(json.loads(json.dumps(sheet)))}
    assert [code for code in codes if not HANGUL.search(word(code, "ko"))] == []
