"""The one source of the wording."""

import re
import tomllib

import pytest

from kis.letters.composition import FACTS, LABELS
from kis.letters.kinds import KINDS
from kis.letters.paragraphs import PLACEHOLDER, SOURCE, allowed, paragraphs, placeholders, prose

HANGUL = re.compile(r"[가-힣]")


def test_every_paragraph_exists_in_both_languages_and_no_third() -> None:
    for key, texts in tomllib.loads(SOURCE.read_text()).items():
        assert set(texts) == {"ko", "en"}, key
        assert HANGUL.search(texts["ko"]), key
        assert re.search("[A-Za-z]", texts["en"]) and not HANGUL.search(texts["en"]), key


@pytest.mark.parametrize("key", sorted(paragraphs()))
def test_both_languages_name_the_same_known_placeholders(key: str) -> None:
    text = paragraphs()[key]
    assert placeholders(text.ko) == placeholders(text.en) <= set(allowed(key) if key in prose() else ())
    assert not set("{}") & set(PLACEHOLDER.sub("", text.ko + text.en))


def used_keys() -> set[str]:
    keys = {f"label.{name}" for name in (*FACTS, *LABELS)} | {"sex.male", "sex.female", "stay.unlimited"}
    for kind in KINDS.values():
        keys |= {kind.title, kind.number_label} | {section.heading for section in kind.sections}
        keys |= {key for key, _ in kind.paragraphs() if key != kind.note}
    return keys - {""}


def test_every_paragraph_is_used_and_every_used_one_exists() -> None:
    assert used_keys() == set(paragraphs())


def test_a_refusal_tells_both_remedies_with_their_periods_and_addresses() -> None:
    remedies = paragraphs()["remedy.appeal"], paragraphs()["remedy.litigation"]
    for text, facts in zip(
        remedies, (("90", "180", "www.simpan.go.kr"), ("90", "ecfs.scourt.go.kr")), strict=True
    ):
        assert all(fact in text.ko and fact in text.en for fact in facts)
    assert "1년" in remedies[1].ko and "one year" in remedies[1].en
