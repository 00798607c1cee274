"""Citations of the law read alike in both languages."""

import json
import re
from datetime import date

import pytest

from kis.rules import ReferenceTables, procedure
from kis.rules.citations import citation
from tests.rules.cases import VECTORS


@pytest.mark.parametrize(
    ("article", "korean", "english"),
    [
        (
            "Immigration Act Art. 10-3(2)1",
            "출입국관리법 제10조의3제2항제1호",
            "Immigration Act Art. 10-3(2)1",
        ),
        (
            "Immigration Act Art. 59(2), 68",
            "출입국관리법 제59조제2항, 제68조",
            "Immigration Act Art. 59(2), 68",
        ),
        (
            "Enforcement Decree Annex 1-3 item 7(b); Civil Code Art. 4",
            "출입국관리법 시행령 별표 1의3 제7호나목, 민법 제4조",
            "Enforcement Decree of the Immigration Act Annex 1-3 item 7(b); Civil Code Art. 4",
        ),
        (
            "Enforcement Rules Annex",
            "출입국관리법 시행규칙 별표",
            "Enforcement Rules of the Immigration Act Annex",
        ),
        ("", "출입국관리법 제10조의3", "Immigration Act Art. 10-3"),
        ("A law that is not known", "A law that is not known", "A law that is not known"),
    ],
)
def test_a_citation_is_written_in_the_form_of_each_language(article: str, korean: str, english: str) -> None:
    assert (citation(article).ko, citation(article).en) == (korean, english)


def cited_by(dossier: dict[str, dict[str, str]]) -> set[str]:
    book = procedure("permanent-residence").book_on(date.fromisoformat(dossier["application"]["received_on"]))
    return {finding.basis.article for finding in book.run(dossier, ReferenceTables.shipped()).criteria}


def test_every_criterion_met_in_the_worked_dossiers_cites_the_law_in_korean() -> None:
    dossiers = [json.loads(path.read_text())["dossier"] for path in sorted(VECTORS.glob("*.json"))]
    cited = set().union(*map(cited_by, dossiers))
    assert len(cited) > 10
    assert [article for article in cited if re.search("[A-Za-z]", citation(article).ko)] == []
