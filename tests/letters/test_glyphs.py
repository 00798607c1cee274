"""What letters can print, and the fonts they print it with."""

import subprocess
import sys
from pathlib import Path

import pytest

from kis.core.refusals import Invalid
from kis.letters.checks import check
from kis.letters.composition import compose
from kis.letters.fonts import ks_x_1001
from kis.letters.glyphs import FontsNotBuilt, missing_glyphs, named
from tests.letters.examples import EXAMPLES, to

PRINTED = {
    "Hangul": "홍길동",
    "Hangul outside KS X 1001": "똠뷁쌰",
    "Hanja": "洪吉童",
    "Vietnamese": "NGUYỄN THỊ ÁNH",
    "Cyrillic": "Юлия Ёлкина",
    "traditional Chinese": "趙龍馬",
    "simplified Chinese": "张伟 赵晓红",
    "Latin of Europe": "Łukasz Žižek Ünsal Ørsted",
    "signs of the law": "「」·①→",
}
REFUSED = {"Thai": "สมชาย", "Arabic": "محمد", "Khmer": "សុខ", "emoji": "😀"}
HIDDEN = {
    "NUL": "\x00",
    "direction mark": "\u200f",
    "lone surrogate": "\ud800",
    "zero width": "\u200b",
    "tab": "\t",
    "Hangul filler": "\u3164",
    "grapheme joiner": "\u034f",
}


@pytest.mark.parametrize("script", PRINTED)
def test_names_of_these_scripts_can_be_printed(script: str) -> None:
    assert missing_glyphs(PRINTED[script]) == []


@pytest.mark.parametrize("script", REFUSED)
def test_a_script_without_a_font_is_refused_each_character_once(script: str) -> None:
    text = REFUSED[script]
    assert missing_glyphs(f"Kim {text}{text}") == list(dict.fromkeys(text))


@pytest.mark.parametrize("script", PRINTED | REFUSED)
def test_a_name_in_any_script_is_printed_or_refused_by_its_characters(script: str) -> None:
    name = (PRINTED | REFUSED)[script]
    values = to("KIM", native_name=name)
    if script in PRINTED:
        check(values)
    else:
        with pytest.raises(Invalid) as refused:
            check(values)
        assert all(f"U+{ord(character):04X}" in refused.value.message for character in name)


@pytest.mark.parametrize("kind", HIDDEN)
def test_hidden_characters_count_as_missing(kind: str) -> None:
    assert missing_glyphs(f"Kim{HIDDEN[kind]}") == [HIDDEN[kind]]


def test_missing_characters_are_named_for_the_officer() -> None:
    assert (
        named(missing_glyphs("Kim ก\u200f")) == "ก (U+0E01 THAI CHARACTER KO KAI), U+200F RIGHT-TO-LEFT MARK"
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_character_of_a_letter_of_each_kind_can_be_printed(name: str) -> None:
    assert missing_glyphs(compose(EXAMPLES[name]).text()) == []


def test_the_small_font_holds_the_syllables_of_the_standard() -> None:
    assert len(ks_x_1001()) == 2_350
    assert chr(min(ks_x_1001())) == "가" and chr(max(ks_x_1001())) == "힝"


def test_without_fonts_the_error_says_how_to_make_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTS_PATH", str(tmp_path))
    with pytest.raises(FontsNotBuilt, match="make setup"):
        missing_glyphs("가")


def test_checking_characters_needs_neither_weasyprint_nor_fonttools() -> None:
    code = (
        "import sys; from kis.letters.composition import compose; from kis.letters.glyphs import missing_glyphs;"
        "missing_glyphs('가'); print(sorted({'weasyprint', 'fontTools'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert found.stdout.strip() == "[]"
