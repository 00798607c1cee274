"""Text in both languages and the typed placeholders of sentences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Final

LANGUAGES: Final = ("en", "ko")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in English and Korean; placeholders are filled by name."""

    en: str
    ko: str

    def in_language(self, language: str) -> str:
        """The text in "ko", or in English for any other language."""
        return self.ko if language == "ko" else self.en

    def filled(self, **values: Any) -> "Text":
        """The text with its placeholders filled in both languages."""
        return Text(*(fill(self.in_language(language), values, language) for language in LANGUAGES))


WORDS: dict[str, Text] = {}


def add_words(words: Mapping[str, Text]) -> None:
    """Make codes known that sentences may show as words."""
    WORDS.update(words)


def word(code: object, language: str) -> str:
    """The word for a code; a code without one (a status, a reference) stays as it is."""
    known = WORDS.get(str(code))
    return known.in_language(language) if known else str(code)


def heading(named: str, language: str) -> str:
    """Headings that are cited, with "; " between; what follows a known one ("1) A)") stays as it is."""
    return "; ".join(_heading(part, language) for part in named.split("; "))


def _heading(part: str, language: str) -> str:
    known, below = part, ""
    while known and known not in WORDS:
        known, _space, last = known.rpartition(" ")
        below = f" {last}{below}"
    return word(known, language) + below if known else part


def day_in(value: date | str, language: str) -> str:
    """A day: 2025-05-12 in English, "2025. 5. 12." in Korean."""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{day.year}. {day.month}. {day.day}." if language == "ko" else day.isoformat()


def won(value: float, language: str) -> str:
    """An amount of Korean won with thousands separators."""
    return f"{int(value):,}{'원' if language == 'ko' else ' won'}"


def listed(value: Sequence[object] | str, language: str) -> str:
    """Codes as words, with commas between."""
    return ", ".join(word(code, language) for code in ([value] if isinstance(value, str) else value))


def member(value: Sequence[str] | str, language: str) -> str:
    """A family member, [relation, reference], by the relation, with the reference where that says more."""
    if isinstance(value, str):
        return word(value, language)
    relation, ref = value
    named = WORDS.get(f"relation:{relation}")
    if named is None:
        return ref
    shown = named.in_language(language)
    return shown if ref == relation else f"{shown} ({ref})"


def _entries(value: Sequence[object], language: str) -> str:
    # An entry of several codes is shown as one group: "Vietnam 2024-11-11 older than six months".
    shown = (
        " ".join(_entry(code, language) for code in entry)
        if isinstance(entry, list)
        else word(entry, language)
        for entry in value
    )
    return "; ".join(shown) or "-"


def _entry(code: Any, language: str) -> str:
    return member(code, language) if isinstance(code, list) else word(code, language)


_SHOWN: Mapping[str, Callable[[Any, str], str]] = {
    "date": day_in,
    "won": won,
    "number": lambda value, _language: f"{value:,}",
    "words": listed,
    "defects": _entries,
    "member": member,
    "members": lambda value, language: ", ".join(member(one, language) for one in value),
    "dates": lambda value, language: ", ".join(day_in(day, language) for day in value),
}


class _Filler(Formatter):
    def __init__(self, language: str) -> None:
        self.language = language

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        # A stored finding of an older wording may lack a value; it stays readable.
        return kwargs.get(str(key), f"[{key}]")

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None:
            return "-"
        shown = _SHOWN.get(format_spec)
        if shown and not (isinstance(value, str) and value.startswith("[")):
            return shown(value, self.language)
        return word(value, self.language) if isinstance(value, str) else str(value)


_FILLERS = {language: _Filler(language) for language in LANGUAGES}


def fill(template: str, values: Mapping[str, Any], language: str) -> str:
    """The template with its placeholders filled in the language's own forms."""
    return _FILLERS["ko" if language == "ko" else "en"].vformat(template, (), values)
