"""How values stand in sentences, in both languages."""

from datetime import date
from typing import Any

import pytest

from kis.rules.texts import fill


@pytest.mark.parametrize(
    ("form", "value", "english", "korean"),
    [
        ("{it:won}", 99_910_000, "99,910,000 won", "99,910,000원"),
        ("{it:number}", 1_826, "1,826", "1,826"),
        ("{it:date}", "2025-05-12", "2025-05-12", "2025. 5. 12."),
        ("{it:date}", date(2025, 5, 12), "2025-05-12", "2025. 5. 12."),
        ("{it:dates}", ["2025-05-12", "2025-11-01"], "2025-05-12, 2025-11-01", "2025. 5. 12., 2025. 11. 1."),
        ("{it:words}", ["applicant", "E-7"], "the applicant, E-7", "신청인, E-7"),
        ("{it:words}", "applicant", "the applicant", "신청인"),
        ("{it:members}", [["spouse", "wife"], ["child", "child"]], "the spouse (wife), the child", "배우자 (wife), 자녀"),
        ("{it:defects}", [["VNM", "2024-11-11"], "applicant"], "Vietnam 2024-11-11; the applicant", "베트남 2024-11-11; 신청인"),
        ("{it:defects}", [["VNM", ["child", "son"]]], "Vietnam the child (son)", "베트남 자녀 (son)"),
        ("{it:defects}", [], "-", "-"),
        ("{it:date}", None, "-", "-"),
        ("{it}", "applicant", "the applicant", "신청인"),
        ("{it}", 5, "5", "5"),
    ],
)  # fmt: skip
def test_a_value_stands_in_the_form_of_each_language(
    form: str, value: Any, english: str, korean: str
) -> None:
    assert (fill(form, {"it": value}, "en"), fill(form, {"it": value}, "ko")) == (english, korean)


@pytest.mark.parametrize("form", ["{it}", "{it:date}", "{it:won}", "{it:members}"])
def test_a_stored_sentence_that_lacks_a_value_stays_readable(form: str) -> None:
    assert fill(f"On {form}.", {}, "en") == "On [it]."
