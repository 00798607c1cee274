"""What a letter is made of: plain frozen values, without any row of the database.

A letter row stores them as JSON, so that the page can be made again from the row alone.
Texts are Korean and English side by side; what an officer wrote stays in the language written.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from types import NoneType, UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

# Enforcement Decree of the Immigration Act, article 33: days from issue, unless the stay lasts longer.
DEPARTURE_DAYS = 14
HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True)
class Bilingual:
    """One text in both languages; the Korean one is authoritative."""

    ko: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in "ko" or "en"."""
        return self.en if language == "en" else self.ko

    @property
    def is_only_english(self) -> bool:
        """Whether it was written once, and without a Korean letter."""
        return self.ko == self.en and HANGUL.search(self.ko) is None


@dataclass(frozen=True)
class Sender:
    """Who issues and who answers for it (Administrative Procedures Act, article 24)."""

    office: Bilingual
    head: Bilingual
    unit: Bilingual
    officer: str
    telephone: str
    address: str
    email: str = ""


@dataclass(frozen=True)
class Addressee:
    """The foreign national, as on the passport; `native_name` in any other script."""

    name: str
    birth_date: date
    nationality: Bilingual
    sex: str
    address: str
    native_name: str = ""


@dataclass(frozen=True)
class Reason:
    """One reason of a refusal with its legal basis; `remark` is the officer's own text."""

    text: Bilingual
    basis: Bilingual
    remark: str = ""


@dataclass(frozen=True)
class Correction:
    """One entry of an earlier letter: what it said, and what it should have said."""

    entry: Bilingual
    wrong: Bilingual
    right: Bilingual


@dataclass(frozen=True)
class Table:
    """A table; every row has as many cells as `head`, `widths` are their percentages. `note` stands beneath."""

    title: Bilingual
    head: tuple[Bilingual, ...]
    rows: tuple[tuple[Bilingual, ...], ...]
    note: Bilingual | None = None
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wording:
    """A paragraph as headquarters words it, in that version, in place of the shipped text."""

    key: str
    version: int
    ko: str
    en: str


@dataclass(frozen=True)
class LetterValues:
    """Everything one letter says. `sex` of the addressee is "male", "female" or "".

    `departure_deadline` is None where no departure is asked, because the present status
    continues until `stay_expires_on`. `number` is empty until the letter has taken one.
    What only some kinds say is empty in the others: `items` (documents handed in, asked for or missing),
    `grounds` (why), `written` (what an officer wrote to it, in one language, printed once), `reply_by`, `due_on` and `new_due_on` (end of the processing period before and after
    an extension), `receiving_office`, `corrects` (number of the corrected letter), `replaces` (of the void letter
    in whose place it stands), `agent`,
    `is_second` (second request or second extension), `is_grant` (applied for under Article 23 of the Act).
    `code` and `verify_at` let anybody ask whether the letter is genuine; they come with the number. `decided_on` is the day of the
    decision or withdrawal where the letter was issued anew on a later one.
    """

    kind: str
    sender: Sender
    addressee: Addressee
    receipt_number: str
    received_on: date
    applied_for: Bilingual
    issued_on: date
    number: str = ""
    current_status: str = ""
    stay_expires_on: date | None = None
    departure_deadline: date | None = None
    reasons: tuple[Reason, ...] = ()
    category: str = ""
    is_grant: bool = False
    is_second: bool = False
    agent: str = ""
    items: tuple[Bilingual, ...] = ()
    grounds: Bilingual | None = None
    written: str = ""
    reply_by: date | None = None
    due_on: date | None = None
    new_due_on: date | None = None
    receiving_office: Bilingual | None = None
    corrects: str = ""
    replaces: str = ""
    corrections: tuple[Correction, ...] = ()
    tables: tuple[Table, ...] = ()
    wording: tuple[Wording, ...] = ()
    code: str = ""
    verify_at: str = ""
    decided_on: date | None = None

    def numbered(self, number: str) -> Self:
        """The same values under their issue number."""
        return replace(self, number=number)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data; dates as ISO days."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The values stored by `to_json`; raises KeyError or ValueError on other data."""
        return _read(cls, data)


def latest_departure(issued_on: date, stay_expires_on: date | None) -> date:
    """The last day a departure deadline may name (Enforcement Decree, article 33)."""
    fortnight = issued_on + timedelta(days=DEPARTURE_DAYS)
    return max(fortnight, stay_expires_on or fortnight)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: Any, value: Any) -> Any:
    """`value`, out of JSON, as the annotated `kind`."""
    if get_origin(kind) is UnionType:
        (known,) = (part for part in get_args(kind) if part is not NoneType)
        return None if value is None else _read(known, value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], part) for part in value)
    if kind is date:
        return date.fromisoformat(value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        stored = (field for field in fields(kind) if field.name in value or not _has_default(field))
        return kind(**{field.name: _read(hints[field.name], value[field.name]) for field in stored})
    return value


def _has_default(field: Field[Any]) -> bool:
    """Whether letters that were stored before there was this field can do without it."""
    return field.default is not MISSING
