"""The words of the review record, in both languages at once."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from flask_babel import force_locale

from kis.accounts.models import Account
from kis.letters.composition import english_date, korean_date
from kis.letters.parties import LANGUAGES
from kis.letters.values import Bilingual

SOURCE = Path(__file__).parent / "data" / "record.toml"


class InLanguages(Protocol):
    """A text or a message of the rules."""

    def in_language(self, language: str) -> str:
        """The text in "ko" or "en"."""
        ...


@cache
def words() -> Mapping[str, Bilingual]:
    """All words by key; raises TypeError where one lacks a language."""
    return {key: Bilingual(**texts) for key, texts in tomllib.loads(SOURCE.read_text()).items()}


def word(key: str) -> Bilingual:
    """Raises KeyError."""
    return words()[key]


def heads(*keys: str) -> tuple[Bilingual, ...]:
    """The heads of the columns of a table."""
    return tuple(map(word, keys))


def alike(text: Any) -> Bilingual:
    """What is written the same way in both languages."""
    return Bilingual(str(text), str(text))


def person(account: Account) -> Bilingual:
    """An officer's name."""
    return Bilingual(account.full_name, account.in_both_scripts)


def of_rules(text: InLanguages) -> Bilingual:
    """A text of the rules."""
    return Bilingual(*(text.in_language(language) for language in LANGUAGES))


def in_both(worded: Callable[[str], str]) -> Bilingual:
    """What a function words by language; gettext speaks that language meanwhile."""
    found = []
    for language in LANGUAGES:
        with force_locale(language):
            found.append(str(worded(language)))
    return Bilingual(*found)


def day(value: Any) -> Bilingual:
    """A day; the word for nothing established where there is none."""
    return Bilingual(korean_date(value), english_date(value)) if value else word("unknown")


def joined(texts: list[Bilingual], between: str = ", ") -> Bilingual:
    """Several texts in one cell."""
    return Bilingual(between.join(text.ko for text in texts), between.join(text.en for text in texts))
