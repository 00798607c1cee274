"""Rows of the reference tables read from a CSV file, into the changes that they amount to."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from kis.core.forms import clean_text, hidden_in
from kis.core.refusals import Invalid
from kis.core.sheets import FORMULA
from kis.figures.subjects import Plain, Subject
from kis.figures.words import CONFIDENCES
from kis.rules.identifiers import nationality_code

MAX_LINES = 2_000
MAX_TEXT = 500
MAX_AMOUNT = 10**15
YEARS = range(1950, 2101)
KIND = re.compile(r"[a-z][a-z_]{2,39}")


@dataclass(frozen=True)
class Change:
    """A row to be added (before is None), changed, or withdrawn (after is None)."""

    subject: str
    before: Plain | None
    after: Plain | None

    @property
    def action(self) -> str:
        if self.before is None:
            return "add"
        return "withdraw" if self.after is None else "change"


@dataclass(frozen=True)
class BadLine:
    """A line of a file that cannot be taken, with the reason."""

    line: int
    reason: str


class RefusedFile(Invalid):
    """Nothing of the file was taken; `lines` says why."""

    def __init__(self, lines: list[BadLine]) -> None:
        super().__init__("; ".join(f"{bad.line}: {bad.reason}" for bad in lines))
        self.lines = lines


def changes_of_file(content: bytes, subject: Subject, present: list[Plain]) -> list[Change]:
    """What the file adds and changes; rows that it lacks stay. Raises RefusedFile with every bad line."""
    reader = csv.DictReader(io.StringIO(decoded(content), newline=""), strict=True)
    known = {subject.key_of(row): row for row in present}
    bad: list[BadLine] = []
    read: dict[tuple[Any, ...], Plain] = {}
    try:
        check_columns(reader.fieldnames, subject)
        for cells in reader:
            try:
                add_row(read, row_of(cells, subject), subject)
            except ValueError as error:
                bad.append(BadLine(reader.line_num, str(error)))
            if reader.line_num > MAX_LINES:
                raise ValueError(_("A file may have at most %(count)s lines.", count=f"{MAX_LINES:,}"))
    except (csv.Error, ValueError) as error:
        bad.append(BadLine(reader.line_num, str(error)))
    if bad:
        raise RefusedFile(bad)
    return [Change(subject.name, known.get(key), row) for key, row in read.items() if known.get(key) != row]


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedFile([BadLine(1, _("The file is not UTF-8 text."))]) from error


def check_columns(found: Any, subject: Subject) -> None:
    if tuple(found or ()) != subject.columns:
        raise ValueError(
            _("The first line must name these columns: %(columns)s.", columns=", ".join(subject.columns))
        )


def add_row(read: dict[tuple[Any, ...], Plain], row: Plain, subject: Subject) -> None:
    key = subject.key_of(row)
    if key in read:
        raise ValueError(_("The file has this row twice."))
    read[key] = row


def row_of(cells: Mapping[str | None, Any], subject: Subject) -> Plain:
    """One line as plain data. Raises ValueError with a sentence for people."""
    if None in cells or None in cells.values():
        raise ValueError(_("The line must have %(count)s cells.", count=len(subject.columns)))
    return {name: read_cell(name, cells[name]) for name in subject.columns}


def read_cell(name: str, written: str) -> Any:
    """A cell as plain data; a formula is refused, a text that the export led by an apostrophe is freed of it."""
    if written.startswith(FORMULA):
        raise ValueError(_("%(column)s: a cell may not begin like a formula.", column=name))
    if written.startswith("'") and written[1:].startswith(FORMULA):
        written = written[1:]
    text = clean_text(written)
    refusal = hidden_in(text)
    if refusal or len(text) > MAX_TEXT:
        raise ValueError(f"{name}: {refusal or _('The text is too long.')}")
    return READERS[name](name, text)


def refused(name: str, text: str) -> ValueError:
    return ValueError(_("%(column)s: “%(text)s” cannot be taken.", column=name, text=text))


def whole(name: str, text: str) -> int:
    digits = text.replace(",", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 17):
        raise refused(name, text)
    return int(digits)


def amount(name: str, text: str) -> int:
    found = whole(name, text)
    if not 0 < found <= MAX_AMOUNT:
        raise refused(name, text)
    return found


def year(name: str, text: str) -> int:
    found = whole(name, text)
    if found not in YEARS:
        raise refused(name, text)
    return found


def day(name: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(
            _("%(column)s: there is no day “%(text)s”. Write it as 2025-05-12.", column=name, text=text)
        ) from error


def day_or_none(name: str, text: str) -> str | None:
    return day(name, text) if text else None


def kind(name: str, text: str) -> str:
    if not KIND.fullmatch(text):
        raise refused(name, text)
    return text


def country(name: str, text: str) -> str:
    if nationality_code(text) != text:
        raise refused(name, text)
    return text


def confidence(name: str, text: str) -> str:
    if text not in CONFIDENCES:
        raise refused(name, text)
    return text


def needed(name: str, text: str) -> str:
    if not text:
        raise ValueError(_("%(column)s: write where it stands.", column=name))
    return text


def text_or_none(_name: str, text: str) -> str | None:
    return text or None


READERS: dict[str, Callable[[str, str], Any]] = {
    "figure": kind,
    "year": year,
    "amount_krw": amount,
    "announced_on": day_or_none,
    "applies_from": day,
    "confidence": confidence,
    "source": needed,
    "country": country,
    "in_force_for_korea_from": day,
    "accepted_from": day_or_none,
    "note": text_or_none,
}
