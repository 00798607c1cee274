"""From values to the text of a letter, in both languages, ready to be set on pages.

The web process composes too, to check every character and placeholder before anything moves.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kis.letters.kinds import KINDS, Layout, Section
from kis.letters.paragraphs import PLACEHOLDER, PLACEHOLDERS, paragraph, worded
from kis.letters.values import Bilingual, Correction, LetterValues, Reason, Table

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


# Labels outside the sections.
LABELS = (
    "receipt_number",
    "officer",
    "telephone",
    "basis",
    "seal",
    "verify",
    "entry",
    "wrong",
    "right",
    "internal",
    "draft",
)


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
    corrections: tuple[Correction, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print but a heading."""
        return not (self.rows or self.paragraphs or self.reasons or self.corrections or self.tables)


@dataclass(frozen=True)
class Letter:
    """The whole text of one letter; everything a template prints is in here."""

    title: Bilingual
    values: LetterValues
    number_label: Bilingual
    issued_on: str
    parts: tuple[Part, ...]
    labels: Mapping[str, Bilingual]
    is_internal: bool = False

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
        parts=tuple(part for part in _parts(kind.sections, values) if not part.is_empty),
        labels={name: paragraph(f"label.{name}") for name in LABELS},
        is_internal=kind.is_internal,
    )


def korean_date(day: date) -> str:
    """The day as official documents write it: "2026. 11. 21."."""
    return f"{day.year}. {day.month}. {day.day}."


def english_date(day: date) -> str:
    """The day in English: "21 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _parts(sections: tuple[Section, ...], values: LetterValues) -> Iterator[Part]:
    yield from (_part(section, values) for section in sections if applies(section, values))


def applies(section: Section, values: LetterValues) -> bool:
    """Whether the section is printed with these values."""
    if not section.when:
        return True
    present = bool(getattr(values, section.when.removeprefix("!")))
    return present is not section.when.startswith("!")


def _part(section: Section, values: LetterValues) -> Part:
    heading = paragraph(section.heading) if section.heading else None
    return Part(section.layout, heading, **CONTENTS.get(section.layout, _prose)(section, values))


def _rows(section: Section, values: LetterValues) -> dict[str, Any]:
    rows = (_row(names, values) for names in section.parts)
    return {"rows": tuple(row for row in rows if row)}


def _prose(section: Section, values: LetterValues) -> dict[str, Any]:
    keys = (key for key in section.parts if worded(key, values.wording))
    return {"paragraphs": tuple(filled(key, values) for key in keys)}


def _grounds(values: LetterValues) -> Iterator[Bilingual]:
    """Why, in both languages; then, once, what an officer wrote in one."""
    if values.grounds:
        yield values.grounds
    if values.written:
        yield Bilingual(values.written, values.written)


CONTENTS: Mapping[Layout, Callable[[Section, LetterValues], dict[str, Any]]] = {
    Layout.FACTS: _rows,
    Layout.REASONS: lambda _section, values: {"reasons": values.reasons},
    Layout.ITEMS: lambda _section, values: {"paragraphs": values.items},
    Layout.GROUNDS: lambda _section, values: {"paragraphs": tuple(_grounds(values))},
    Layout.CORRECTIONS: lambda _section, values: {"corrections": values.corrections},
    Layout.TABLES: lambda _section, values: {"tables": values.tables},
}


def filled(key: str, values: LetterValues) -> Bilingual:
    """The paragraph with its placeholders filled; raises UnfilledPlaceholder."""
    return Bilingual(ko=_fill(key, values, "ko"), en=_fill(key, values, "en"))


def _fill(key: str, values: LetterValues, language: str) -> str:
    text, known = worded(key, values.wording) or paragraph(key), named_values(values, language)
    try:
        return PLACEHOLDER.sub(lambda found: known[found[1]], text.in_language(language))
    except KeyError as error:
        raise UnfilledPlaceholder(f"{key}: {error.args[0]}") from error


def named_values(values: LetterValues, language: str) -> dict[str, str]:
    """The placeholders that have a value, as written in that language."""
    given = {name: getattr(values, name, None) for name in PLACEHOLDERS} | {"name": values.addressee.name}
    return {name: _written(value, language) for name, value in given.items() if value}


def _written(value: date | Bilingual | str, language: str) -> str:
    if isinstance(value, Bilingual):
        return value.in_language(language)
    if isinstance(value, str):
        return value
    return english_date(value) if language == "en" else korean_date(value)


def _row(names: str, values: LetterValues) -> tuple[Fact, ...]:
    """The facts of a row; none where it may be left out and nothing is known."""
    found = tuple(_fact(name, values) for name in names.removesuffix("?").split())
    return () if names.endswith("?") and not any(fact.value for fact in found) else found


def _fact(name: str, values: LetterValues) -> Fact:
    value, second = FACTS[name](values)
    label = paragraph(f"label.{name}")
    return Fact(label, value, "" if second == value else second, is_english=name != "name")


def _sex(values: LetterValues) -> tuple[str, str]:
    return _both(paragraph(f"sex.{values.addressee.sex}")) if values.addressee.sex else ("", "")


def _both(text: Bilingual) -> tuple[str, str]:
    return text.ko, text.en


def _day(day: date | None) -> tuple[str, str]:
    return (korean_date(day), english_date(day)) if day else ("", "")


FACTS: Mapping[str, Callable[[LetterValues], tuple[str, str]]] = {
    "name": lambda values: (values.addressee.name, values.addressee.native_name),
    "birth_date": lambda values: _day(values.addressee.birth_date),
    "nationality": lambda values: _both(values.addressee.nationality),
    "sex": _sex,
    "address": lambda values: (values.addressee.address, ""),
    "applied_for": lambda values: _both(values.applied_for),
    "current_status": lambda values: (values.current_status, ""),
    "agent": lambda values: (values.agent, ""),
    "received_on": lambda values: _day(values.received_on),
    "due_on": lambda values: _day(values.due_on),
    "new_due_on": lambda values: _day(values.new_due_on),
    "reply_by": lambda values: _day(values.reply_by),
    "withdrawn_on": lambda values: _day(values.decided_on or values.issued_on),
    "receiving_office": lambda values: _both(values.receiving_office or Bilingual("", "")),
    "corrects": lambda values: (values.corrects, ""),
    "permitted": lambda values: _both(values.applied_for),
    "permitted_on": lambda values: _day(values.decided_on or values.issued_on),
    "stay": lambda values: _both(paragraph("stay.unlimited")),
}


def _normalised(data: Any) -> Any:
    """All texts as they are printed."""
    if isinstance(data, dict):
        return {name: _normalised(part) for name, part in data.items()}
    if isinstance(data, list):
        return [_normalised(part) for part in data]
    return as_printed(data) if isinstance(data, str) else data


def as_printed(text: str) -> str:
    """The text in composed form (NFC), in which the fonts carry their letters; what was pasted with tabs has spaces."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for part in data.values():
            yield from _strings(part)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from _strings(part)
