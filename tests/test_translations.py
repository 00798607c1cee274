"""The Korean catalogue holds every text of the pages, and every text of it is translated."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "kis/translations/ko/LC_MESSAGES/messages.po"
# As the Makefile's `messages`: the functions of babel.cfg's extractors, and `-k _l -k _`.
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "_": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])")
HANGUL = re.compile("[가-힣]")
# What needs no Korean word: numbers, pairs with a mark between them, words of JSON.
WITHOUT_KOREAN = {
    "%(first)s to %(last)s",
    "%(korean)s (%(english)s)",
    "%(province)s: %(districts)s",
    "%(when)s by %(name)s",
    "0 to 5",
    "0 to 6",
    "CSV",
    "null",
}

Key = str | tuple[str, ...]


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="ko")


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def extracted() -> set[Key]:
    """The ids of every text that stands in the code and the templates."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    return {key for _file, _line, key, _comments, _context in found if key}


def singular(key: Key) -> str:
    return key if isinstance(key, str) else key[0]


def forms(message: Message) -> list[str]:
    """All forms of the translation; Korean has one."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> list[tuple[str, str]]:
    return sorted(PLACEHOLDER.findall(text))


def listed(keys: set[Key]) -> str:
    return "\n".join(sorted(singular(key) for key in keys))


def test_catalogue_holds_every_text_of_the_tree() -> None:
    absent = extracted() - {message.id for message in messages()}
    assert not absent, f"run `make messages` and translate:\n{listed(absent)}"


def test_catalogue_holds_no_text_that_is_gone() -> None:
    left = {message.id for message in messages()} - extracted()
    assert not left, f"run `make messages`; no longer in the tree:\n{listed(left)}"


def test_every_text_is_translated() -> None:
    open_ones = {message.id for message in messages() if message.fuzzy or not all(forms(message))}
    assert not open_ones, f"not translated into Korean:\n{listed(open_ones)}"


def test_plural_texts_have_the_one_form_of_korean() -> None:
    assert [message.id for message in messages() if message.pluralizable and len(forms(message)) != 1] == []


def test_placeholders_agree() -> None:
    wrong = [
        (singular(message.id), text)
        for message in messages()
        for text in forms(message)
        if placeholders(text) != placeholders(singular(message.id))
    ]
    assert wrong == []


def test_translations_can_be_filled_in() -> None:
    for message in messages():
        for text in forms(message) if message.python_format else []:
            values = {name: 1 if kind == "d" else "x" for name, kind in placeholders(text)}
            assert text % values


def test_translations_are_korean() -> None:
    english = [
        singular(message.id)
        for message in messages()
        if singular(message.id) not in WITHOUT_KOREAN
        and not HANGUL.search(PLACEHOLDER.sub("", "".join(forms(message))))
    ]
    assert english == []


@pytest.mark.parametrize("mark", ["  ", " .", " ,"])
def test_translations_have_no_stray_blanks(mark: str) -> None:
    assert [text for message in messages() for text in forms(message) if mark in text] == []


def test_translations_have_the_blanks_of_the_text_at_their_ends() -> None:
    ends = [(singular(message.id), text) for message in messages() for text in forms(message)]
    assert [pair for pair in ends if len({(t[:1] == " ", t[-1:] == " ") for t in pair}) > 1] == []
