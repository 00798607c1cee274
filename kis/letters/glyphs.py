"""The fonts of letters: where their files are, and which characters they can print.

Nothing here imports WeasyPrint or fontTools, so that the web process can check a text
before anything moves. The files are made by `python -m kis.letters.fonts`.
"""

import json
import os
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import current_app, has_app_context

PROJECT = Path(__file__).resolve().parents[2]
COVERAGE_FILE = "coverage.json"
CONFIGURATION_FILE = "fonts.conf"
# Letters and marks that fonts draw as nothing: the Hangul filler and the grapheme joiner.
DRAWN_AS_NOTHING = {"\u3164", "\u034f"}


class FontsNotBuilt(RuntimeError):
    """The font files of letters are not there; `make setup` makes them."""


@dataclass(frozen=True)
class Coverage:
    """Code points that some letter font draws, as sorted ranges `starts[i]..ends[i]`."""

    starts: array
    ends: array

    def __contains__(self, character: str) -> bool:
        point = ord(character)
        place = bisect_right(self.starts, point) - 1
        return place >= 0 and point <= self.ends[place]


def font_directory() -> Path:
    """Where the letter fonts are: the application's FONTS_PATH; outside of one, that of the environment."""
    if has_app_context():
        return Path(current_app.config["FONTS_PATH"])
    var = Path(os.environ.get("KIS_VAR", PROJECT / "var"))
    return Path(os.environ.get("FONTS_PATH", var / "fonts"))


def missing_glyphs(text: str) -> list[str]:
    """Characters of `text` that no letter font draws, each once, in the order met.

    Controls, fillers, invisible format marks and lone surrogates count as missing: none of them
    has a place in a letter, and direction marks can make a name read as another.
    Raises FontsNotBuilt.
    """
    drawn = _coverage(font_directory())
    return [character for character in dict.fromkeys(text) if not _printable(character, drawn)]


def spelled_out(text: str) -> str:
    """The text with each character that no letter font draws by its code, for what cannot be written anew."""
    for character in missing_glyphs(text):
        text = text.replace(character, f"[U+{ord(character):04X}]")
    return text


def named(characters: list[str]) -> str:
    """The characters with code point and Unicode name, for a message: `ก (U+0E01 THAI CHARACTER KO KAI)`."""
    return ", ".join(_name(character) for character in characters)


def _printable(character: str, drawn: Coverage) -> bool:
    if character == "\n":
        return True
    hidden = unicodedata.category(character).startswith("C") or character in DRAWN_AS_NOTHING
    return not hidden and character in drawn


def _name(character: str) -> str:
    label = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    shown = unicodedata.category(character)[0] not in "CZ"
    return f"{character} ({label})" if shown else label


@cache
def _coverage(directory: Path) -> Coverage:
    try:
        ranges = json.loads((directory / COVERAGE_FILE).read_text())["ranges"]
    except FileNotFoundError as error:
        raise FontsNotBuilt(f"No letter fonts in {directory}: run `make setup`.") from error
    return Coverage(array("L", ranges[::2]), array("L", ranges[1::2]))
