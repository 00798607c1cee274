"""Citations of the law read alike in both languages."""

import re

import pytest

from kis.rules import procedure
from kis.rules.citations import citation


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


def test_every_criterion_of_every_category_cites_the_law_in_korean() -> None:
    book = procedure("permanent-residence").books[0]
    cited = {one.basis.article for category in book.categories.values() for one in category.criteria}
    assert len(cited) > 30
    assert [article for article in cited if re.search(r"[^가-힣0-9, ]", citation(article).ko)] == []
