"""The paragraphs of letters, read once from `data/paragraphs.toml`, the one source of both languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

from kis.letters.values import Bilingual

SOURCE = Path(__file__).parent / "data" / "paragraphs.toml"


@cache
def paragraphs() -> Mapping[str, Bilingual]:
    """All paragraphs by key; raises TypeError where one lacks a language."""
    return {key: Bilingual(**texts) for key, texts in tomllib.loads(SOURCE.read_text()).items()}


def paragraph(key: str) -> Bilingual:
    """The paragraph of that key; raises KeyError."""
    return paragraphs()[key]


def placeholders(text: str) -> set[str]:
    """Names of the placeholders in one language's text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
