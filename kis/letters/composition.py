"""From values to the text of a letter, in both languages, ready to be set on pages.

The web process composes too, to check every character and placeholder before anything moves.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kis.letters.kinds import KINDS, Layout, Section
from kis.letters.paragraphs import paragraph
from kis.letters.values import Bilingual, LetterValues, Reason

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


# Labels outside the sections, and the values that paragraphs may name.
LABELS = ("receipt_number", "officer", "telephone", "basis", "seal")
PLACEHOLDERS = ("received_on", "departure_deadline", "stay_expires_on")


class UnfilledPlaceholder(ValueError):
    """A paragraph asks for a value that the letter does not have."""


@dataclass(frozen=True)
class Fact:
    """One labelled value, and what stands beside it: the English, unless it reads alike, or the native name."""

    label: Bilingual
    value: str
    second: str = ""
    is_english: bool = True


@dataclass(frozen=True)
class Part:
    """One section as it will be printed."""

    layout: Layout
    heading: Bilingual | None
    rows: tuple[tuple[Fact, ...], ...] = ()
    paragraphs: tuple[Bilingual, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Letter:
    """The whole text of one letter; everything a template prints is in here."""

    title: Bilingual
    values: LetterValues
    number_label: Bilingual
    issued_on: str
    parts: tuple[Part, ...]
    labels: Mapping[str, Bilingual]

    def text(self) -> str:
        """Every character the letter prints, in no particular order."""
        return "\n".join(_strings(asdict(self)))


def compose(values: LetterValues) -> Letter:
    """The letter these values make.

    Raises KeyError for an unknown kind and UnfilledPlaceholder for a value that is not there.
    """
    kind = KINDS[values.kind]
    values = LetterValues.from_json(_normalised(values.to_json()))
    return Letter(
        title=paragraph(kind.title),
        values=values,
        number_label=paragraph(kind.number_label),
        issued_on=korean_date(values.issued_on),
        parts=tuple(_part(section, values) for section in kind.sections if _applies(section, values)),
        labels={name: paragraph(f"label.{name}") for name in LABELS},
    )


def korean_date(day: date) -> str:
    """The day as official documents write it: "2026. 11. 21."."""
    return f"{day.year}. {day.month}. {day.day}."


def english_date(day: date) -> str:
    """The day in English: "21 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _applies(section: Section, values: LetterValues) -> bool:
    if not section.when:
        return True
    present = getattr(values, section.when.removeprefix("!")) is not None
    return present is not section.when.startswith("!")


def _part(section: Section, values: LetterValues) -> Part:
    heading = paragraph(section.heading) if section.heading else None
    if section.layout is Layout.FACTS:
        return Part(section.layout, heading, rows=tuple(_row(names, values) for names in section.parts))
    if section.layout is Layout.REASONS:
        return Part(section.layout, heading, reasons=values.reasons)
    return Part(section.layout, heading, paragraphs=tuple(filled(key, values) for key in section.parts))


def filled(key: str, values: LetterValues) -> Bilingual:
    """The paragraph with its placeholders filled; raises UnfilledPlaceholder."""
    return Bilingual(ko=_fill(key, values, "ko"), en=_fill(key, values, "en"))


def _fill(key: str, values: LetterValues, language: str) -> str:
    try:
        return paragraph(key).in_language(language).format_map(named_values(values, language))
    except KeyError as error:
        raise UnfilledPlaceholder(f"{key}: {error.args[0]}") from error


def named_values(values: LetterValues, language: str) -> dict[str, str]:
    """The placeholders that have a value, as written in that language."""
    given = {name: getattr(values, name) for name in PLACEHOLDERS}
    return {name: _written(value, language) for name, value in given.items() if value}


def _written(value: date, language: str) -> str:
    return english_date(value) if language == "en" else korean_date(value)


def _row(names: str, values: LetterValues) -> tuple[Fact, ...]:
    return tuple(_fact(name, values) for name in names.split())


def _fact(name: str, values: LetterValues) -> Fact:
    value, second = FACTS[name](values)
    label = paragraph(f"label.{name}")
    return Fact(label, value, "" if second == value else second, is_english=name != "name")


def _sex(values: LetterValues) -> tuple[str, str]:
    return _both(paragraph(f"sex.{values.addressee.sex}")) if values.addressee.sex else ("", "")


def _both(text: Bilingual) -> tuple[str, str]:
    return text.ko, text.en


def _day(day: date) -> tuple[str, str]:
    return korean_date(day), english_date(day)


FACTS: Mapping[str, Callable[[LetterValues], tuple[str, str]]] = {
    "name": lambda values: (values.addressee.name, values.addressee.native_name),
    "birth_date": lambda values: _day(values.addressee.birth_date),
    "nationality": lambda values: _both(values.addressee.nationality),
    "sex": _sex,
    "address": lambda values: (values.addressee.address, ""),
    "applied_for": lambda values: _both(values.applied_for),
    "current_status": lambda values: (values.current_status, ""),
    "permitted": lambda values: _both(values.applied_for),
    "permitted_on": lambda values: _day(values.issued_on),
    "stay": lambda values: _both(paragraph("stay.unlimited")),
}


def _normalised(data: Any) -> Any:
    """All texts in composed form (NFC), the form in which the fonts carry their letters."""
    if isinstance(data, dict):
        return {name: _normalised(part) for name, part in data.items()}
    if isinstance(data, list):
        return [_normalised(part) for part in data]
    return unicodedata.normalize("NFC", data.replace("\r\n", "\n")) if isinstance(data, str) else data


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for part in data.values():
            yield from _strings(part)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from _strings(part)
