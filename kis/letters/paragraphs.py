"""The paragraphs of letters, read once from `data/paragraphs.toml`, the one source of both languages.

Headquarters may word the prose anew (see paragraph_operations); titles, headings and labels are fixed.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kis.letters.kinds import KINDS, Kind
from kis.letters.values import Bilingual, Wording

SOURCE = Path(__file__).parent / "data" / "paragraphs.toml"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# The values that paragraphs may name.
PLACEHOLDERS = (
    "name", "receipt_number", "applied_for", "received_on", "issued_on", "due_on", "new_due_on", "reply_by",
    "departure_deadline", "stay_expires_on", "receiving_office", "corrects",
    "replaces",
)  # fmt: skip


@cache
def paragraphs() -> Mapping[str, Bilingual]:
    """All paragraphs by key; raises TypeError where one lacks a language."""
    return {key: Bilingual(**texts) for key, texts in tomllib.loads(SOURCE.read_text()).items()}


def paragraph(key: str) -> Bilingual:
    """The paragraph of that key; raises KeyError."""
    return paragraphs()[key]


def worded(key: str, wording: Iterable[Wording] = ()) -> Bilingual | None:
    """The paragraph as headquarters words it, else as shipped; None where there is neither."""
    own = next((each for each in wording if each.key == key), None)
    return Bilingual(own.ko, own.en) if own else paragraphs().get(key)


def placeholders(text: str) -> set[str]:
    """Names of the placeholders in one language's text."""
    return set(PLACEHOLDER.findall(text))


@cache
def prose() -> Mapping[str, tuple[Kind, ...]]:
    """Keys of the paragraphs that headquarters may word, each with the kinds of letters that print it."""
    found: dict[str, list[Kind]] = {}
    for kind in KINDS.values():
        for key, _section in kind.paragraphs():
            if kind not in found.setdefault(key, []):
                found[key].append(kind)
    return {key: tuple(kinds) for key, kinds in found.items()}


@cache
def allowed(key: str) -> tuple[str, ...]:
    """The placeholders that have a value wherever the paragraph is printed, in their order."""
    filled = [
        kind.fills(section) for kind in prose()[key] for each, section in kind.paragraphs() if each == key
    ]
    common = frozenset(PLACEHOLDERS).intersection(*filled)
    return tuple(name for name in PLACEHOLDERS if name in common)
