"""A taken case as a stamp: what stays in every copy is written out once, what changes has its slot."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Table

from kis.audit.chain import HASHED
from kis.audit.models import AuditRecord
from kis.core import crypto
from kis.core.extensions import db
from kis.core.types import EncryptedText
from kis.desk.scale.courses import Cast
from kis.desk.scale.pool import Taken, tables

NOTHING, BYTES = "\\N", "\\\\x"
HOLE = re.compile("\x01([^\x02]*)\x02")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
ROLES = ("clerk", "officer", "supervisor")
# Numbers in the records of the chain that name a row, by what they stand under.
NAMED = {"assignee": "account", "letter": "letter"}
# Columns that are every copy's own, beside keys and what refers to them.
OWN = {
    "case.number", "registration.key", "letter.sequence", "applicant.family_name", "applicant.given_names",
    "applicant.local_name", "applicant.name_key", "applicant.registration_number", "applicant.registration_index",
    "applicant.passport_number", "applicant.passport_index", "applicant.birth_date",
}  # fmt: skip


def hole(slot: str) -> str:
    return f"\x01{slot}\x02"


@dataclass(frozen=True)
class Printed:
    """A text with slots, and what fills them: `text % tuple(values[slot] for slot in slots)`."""

    text: str
    slots: tuple[str, ...]

    @classmethod
    def of(cls, marked: str) -> "Printed":
        return cls(HOLE.sub("%s", marked.replace("%", "%%")), tuple(HOLE.findall(marked)))

    def filled(self, values: Mapping[str, Any]) -> str:
        return self.text % tuple([values[slot] for slot in self.slots])


@dataclass(frozen=True)
class Event:
    """One record of the chain: the form that is hashed, and the line that is written."""

    hashed: Printed
    line: Printed

    def digest(self, values: Mapping[str, Any]) -> str:
        return hashlib.sha256(self.hashed.filled(values).encode()).hexdigest()


@dataclass
class Stamp:
    """All that a copy of one taken case is made from; `lines` are the rows of each table as COPY takes them."""

    taken: Taken
    lines: dict[str, Printed]
    events: list[Event]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def letters(self) -> list[dict[str, Any]]:
        return self.taken.rows.get("letter", [])


def stamp_of(taken: Taken, cast: Cast) -> Stamp:
    marks = Marks(taken, cast)
    lines = {
        table.name: Printed.of(
            "".join(marks.line(table, row, place) for place, row in enumerate(taken.rows[table.name]))
        )
        for table in tables()
        if table.name in taken.rows
    }
    counts = {name: len(rows) for name, rows in taken.rows.items() if keeps_its_own_key(name)}
    return Stamp(taken, lines, [marks.event(event) for event in taken.events], counts)


def keeps_its_own_key(table: str) -> bool:
    """Whether its rows are numbered by themselves, and not by the row that they belong to."""
    return not db.metadata.tables[table].c.id.foreign_keys


class Marks:
    """Finds in the rows of a taken case what every copy has of its own."""

    def __init__(self, taken: Taken, cast: Cast) -> None:
        self.cast = cast
        self.places = {
            name: {row["id"]: n for n, row in enumerate(rows)} for name, rows in taken.rows.items()
        }
        people = (cast.clerk, cast.officer, cast.supervisor)
        self.roles = {account.id: role for account, role in zip(people, ROLES, strict=True)}
        self.exact = {account.name: f"{role}_name" for account, role in zip(people, ROLES, strict=True)}
        self.exact |= {cast.officer.full_name: "officer_full_name", cast.office.code: "office_code"}
        self.inside = self.tokens(taken)

    def tokens(self, taken: Taken) -> dict[str, str]:
        """Text that stands inside other text, longest first, with its slot."""
        person, case = taken.only("applicant"), taken.only("case")
        found = {
            case["number"]: "number",
            person["birth_date"].isoformat(): "birth_date",
            self.cast.office.full_name("en"): "office_en",
            self.cast.office.full_name("ko"): "office_ko",
        }
        latin = " ".join(filter(None, (person["family_name"], person["given_names"])))
        found |= {latin: "latin_name"} if latin else {}
        for place, letter in enumerate(taken.rows.get("letter", [])):
            found |= {letter["number"]: f"letter_number.{place}", letter["code"]: f"letter_code.{place}"}
        return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))

    def text(self, value: str) -> str:
        if value in self.exact:
            return hole(self.exact[value])
        for token, slot in self.inside.items():
            value = value.replace(token, hole(slot))
        return value

    def key(self, table: str, value: int | None) -> str | None:
        """The slot of a row that the number names; None for one that is no part of the case."""
        if table == "account":
            return self.roles.get(value) if value else None
        if table == "office":
            return "office_id" if value == self.cast.office.id else None
        place = self.places.get(table, {}).get(value)  # type: ignore[call-overload]
        return None if place is None else f"{table}.{place}"

    def line(self, table: Table, row: Mapping[str, Any], place: int) -> str:
        return "\t".join(self.cell(column, row[column.name], place) for column in table.columns) + "\n"

    def cell(self, column: Column[Any], value: Any, place: int) -> str:
        """One value as COPY takes it, or its slot."""
        name = f"{column.table.name}.{column.name}"
        if name in OWN:
            return hole(f"{name}.{place}" if name == "letter.sequence" else column.name)
        slot = self.key(origin(column), value) if isinstance(value, int) and origin(column) else None
        return hole(slot) if slot else self.told(column, value)

    def told(self, column: Column[Any], value: Any) -> str:
        if value is not None and isinstance(column.type, JSON):
            return escaped(self.json(value, ascii_only=False))
        if value is not None and isinstance(column.type, EncryptedText):
            return copied(crypto.encrypt(value, column.type.place))
        return escaped(self.text(value)) if isinstance(value, str) else copied(value)

    def json(self, value: Any, ascii_only: bool) -> str:
        """JSON in the form that the chain hashes, with slots in it; a slot for a number stands without quotes."""
        marked = json.dumps(self.walk(value, ""), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        marked = marked.replace("\\u0001", "\x01").replace("\\u0002", "\x02")
        bare = re.sub('"\x01#([^\x02]*)\x02"', "\x01\\1\x02", marked)
        if not ascii_only:
            return bare
        bare = bare.replace(hole("officer_full_name"), hole("officer_full_name_ascii"))
        return BEYOND_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], bare)

    def walk(self, value: Any, name: str) -> Any:
        if isinstance(value, dict):
            return {key: self.walk(each, key) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.walk(each, name) for each in value]
        if isinstance(value, str):
            return self.text(value)
        slot = self.key(NAMED[name], value) if name in NAMED and isinstance(value, int) else None
        return hole(f"#{slot}") if slot else value

    def event(self, event: Mapping[str, Any]) -> Event:
        subject = self.key(event["subject_table"], event["subject_id"]) if event["subject_table"] else None
        account = self.key("account", event["account_id"])
        slots = {
            "id": "event_id",
            "previous_hash": "previous_hash",
            "account_id": account,
            "case_id": "case.0" if event["case_id"] else None,
            "subject_id": subject,
        }
        plain = {name: hole(f"#{slots[name]}") if slots.get(name) else event.get(name) for name in HASHED}
        plain |= {"at": event["at"].isoformat(), "previous_hash": hole("previous_hash")}
        hashed = self.json([plain[name] for name in HASHED], ascii_only=True)
        cells = [self.event_cell(column.name, event, slots) for column in AuditRecord.__table__.columns]
        return Event(Printed.of(hashed), Printed.of("\t".join(cells) + "\n"))

    def event_cell(self, name: str, event: Mapping[str, Any], slots: Mapping[str, str | None]) -> str:
        if name == "hash" or slots.get(name):
            return hole(slots.get(name) or "hash")
        value = event.get(name)
        if isinstance(value, dict):
            return escaped(self.json(value, ascii_only=False))
        return escaped(self.text(value)) if isinstance(value, str) else copied(value)


def origin(column: Column[Any]) -> str:
    """The table whose rows the column names, through composite keys too; its own for a key; "" for none."""
    for key in column.foreign_keys:
        return key.column.table.name if key.column.name == "id" else origin(key.column)
    return column.table.name if column.name == "id" else ""


def escaped(text: str) -> str:
    """As COPY reads text. It turns no slot into something else."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def copied(value: Any) -> str:
    """A value as COPY reads it."""
    return next((write(value) for kinds, write in COPIED if isinstance(value, kinds)), str(value))


COPIED: Sequence[tuple[Any, Callable[[Any], str]]] = (
    (type(None), lambda _value: NOTHING),
    (bool, lambda value: "1" if value else "0"),
    (str, escaped),
    # As SQLite keeps instants; PostgreSQL reads it as UTC, which a load sets as its time zone.
    (datetime, lambda value: value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")),
    (date, lambda value: value.isoformat()),
    ((bytes, memoryview), lambda value: BYTES + bytes(value).hex()),
)
