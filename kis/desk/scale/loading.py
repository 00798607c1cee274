"""Loading: who each copy is, where it lies, and the chunks in which copies are written."""

import json
import sqlite3
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import psycopg
from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select, text

from kis.accounts.models import Account
from kis.audit.chain import head, keep_others_out
from kis.cases.facts import normalised_number
from kis.cases.models import ReceiptCounter
from kis.cases.search_keys import parts
from kis.casework.staffing_models import AllocationPolicy
from kis.core import crypto
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.desk.demo import OFFICE
from kis.desk.scale.courses import Cast
from kis.desk.scale.house import Desk, furnish
from kis.desk.scale.names import name_of
from kis.desk.scale.pool import played
from kis.desk.scale.stamping import NOTHING, Stamp, copied, stamp_of
from kis.desk.scale.writing import next_id, pass_over, write
from kis.letters.codes import ALPHABET, DRAWN, check_character
from kis.letters.models import LetterCounter
from kis.offices.models import Office

CHUNK = 1_000
OTHERS = "Somebody else writes at the same time. What is loaded is whole; load the rest when nobody works."
# Numbers that were free when the chunk was drawn.
TAKEN = (sqlite3.IntegrityError, psycopg.errors.UniqueViolation)
# Chunks that PostgreSQL writes at a time; SQLite has one writer.
WRITERS = {"postgresql": 2, "sqlite": 1}
# Nobody's birthday leaves its month: ages are off by days at most from what the pre-check saw.
SHORTEST_MONTH = 28
# Foreigners born before it have a 5 or 6 behind the birth date, others a 7 or 8.
NEW_CENTURY = 2000
# Odd, so that multiplying by it takes every number to one of its own; the golden section spreads neighbours.
SPREAD = 21_745_137_823_721
RECEIPTS = text(
    "INSERT INTO receipt_counter (office_id, year, last) VALUES (:office_id, :year, :last)"
    " ON CONFLICT (office_id, year) DO UPDATE SET last = excluded.last"
)
REGISTERS = text(
    "INSERT INTO letter_counter (office_id, year, register, last) VALUES (:office_id, :year, :register, :last)"
    " ON CONFLICT (office_id, year, register) DO UPDATE SET last = excluded.last"
)


@dataclass(frozen=True)
class Scale:
    """How much is loaded: cases, the offices and people they are spread over, and what all is drawn from."""

    cases: int
    offices: int = 60
    officers: int = 600
    seed: int = 0
    pool: int = 120


def load(scale: Scale, tell: Callable[[str], None] = lambda _line: None) -> None:
    """Write the cases, a chunk to a transaction; nothing else may write meanwhile. Raises Conflict in production."""
    if not current_app.config["DEMO"]:
        raise Conflict("Invented cases are loaded into a demo database only.")
    began = time.monotonic()
    with transaction():
        desks = furnish(scale.offices, scale.officers, Random(scale.seed))  # noqa: S311
    with force_locale("en"):
        cast = cast_of(stage(desks))
        stamps = [stamp_of(taken, cast) for taken in played(scale.pool, scale.seed, cast)]
    tell(f"{len(stamps)} cases played through in {time.monotonic() - began:.0f} s")
    copies = Copies(stamps, desks, scale.seed)
    for done in written(copies, scale.cases):
        if done % (20 * CHUNK) == 0 or done == scale.cases:
            tell(f"{done:,} cases, {time.monotonic() - began:.0f} s")


def written(copies: "Copies", cases: int) -> Iterator[int]:
    """How many are written, after each chunk: later ones are drawn and sent while the database takes it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    writers = WRITERS[db.engine.dialect.name]
    db.session.rollback()

    def put(chunk: Chunk, follows: Future[None] | None) -> None:
        with app.app_context():
            chunk.put(follows)

    with ThreadPoolExecutor(writers) as pool:
        under_way: deque[tuple[int, Future[None]]] = deque()
        for first in range(0, cases, CHUNK):
            chunk = copies.draw(min(CHUNK, cases - first))
            follows = under_way[-1][1] if under_way else None
            under_way.append((min(first + CHUNK, cases), pool.submit(put, chunk, follows)))
            if len(under_way) > writers:
                yield finished(*under_way.popleft())
        for done, writing in under_way:
            yield finished(done, writing)


def finished(done: int, writing: Future[None]) -> int:
    writing.result()
    return done


def stage(desks: Sequence[Desk]) -> Desk:
    """Where the pool is played through: an office that allocates nothing by itself, to officers who do not play.

    Raises Conflict where every office does.
    """
    at_intake = select(AllocationPolicy.office_id).where(AllocationPolicy.at_intake)
    allocating = set(db.session.scalars(at_intake))
    quiet = [desk for desk in desks if desk.id not in allocating]
    if not quiet:
        raise Conflict("Every office allocates its cases at intake. Let one allocate by hand first.")
    return next((desk for desk in quiet if desk.code == OFFICE), quiet[0])


def cast_of(desk: Desk) -> Cast:
    """The people of one office."""
    people = [db.session.get_one(Account, ids[0]) for ids in (desk.clerks, desk.officers, desk.supervisors)]
    return Cast(db.session.get_one(Office, desk.id), *people)


@dataclass(frozen=True)
class Chunk:
    """Copies as they are written: lines by table, the head of the chain that they follow, what is counted on from them."""

    lines: dict[str, list[str]]
    before: tuple[int, str]
    keys: dict[str, int]
    receipts: list[dict[str, Any]]
    registers: list[dict[str, Any]]

    def put(self, follows: Future[None] | None) -> None:
        """Write it in a transaction of its own that ends after that of the chunk before it.

        Raises Conflict where somebody else has written to the chain.
        """
        with transaction():
            keep_others_out(db.session())
            try:
                write(self.lines)
            except TAKEN as error:
                raise Conflict(OTHERS) from error
            if follows:
                follows.result()
            if head(db.session(), self.before[0]) != self.before:
                raise Conflict(OTHERS)
            for name, key in self.keys.items():
                pass_over(name, key - 1)
            for statement, rows in ((RECEIPTS, self.receipts), (REGISTERS, self.registers)):
                if rows:
                    db.session.execute(statement, rows)


def code_of(letter: int) -> str:
    """A code that no other letter has: of two million drawn by chance two are alike in one load of fifteen."""
    spread = letter * SPREAD % len(ALPHABET) ** DRAWN
    drawn = "".join(ALPHABET[spread >> 5 * place & 31] for place in range(DRAWN))
    return drawn + check_character(drawn)


def named_rows(names: Sequence[str], counters: Mapping[tuple[Any, ...], int]) -> list[dict[str, Any]]:
    return [dict(zip(names, (*key, last), strict=True)) for key, last in counters.items()]


class Copies:
    """Draws copies from the stamps and writes them; what is drawn depends on the seed alone."""

    def __init__(self, stamps: list[Stamp], desks: list[Desk], seed: int) -> None:
        self.stamps, self.desks = stamps, desks
        self.shares = [stamp.taken.share for stamp in stamps]
        self.chance = Random(seed)  # noqa: S311
        self.drawn = f"{seed}-{self.chance.random()}"
        self.people = {
            row.id: row for row in db.session.execute(select(Account.id, Account.name, Account.full_name))
        }
        self.receipts = Counter(
            {(row.office_id, row.year): row.last for row in db.session.scalars(select(ReceiptCounter))}
        )
        self.registers = Counter(
            {
                (row.office_id, row.year, row.register): row.last
                for row in db.session.scalars(select(LetterCounter))
            }
        )
        self.keys = {name: next_id(name) for name in {name for stamp in stamps for name in stamp.counts}}
        self.position, self.previous = head(db.session())

    def draw(self, count: int) -> "Chunk":
        """So many copies with their records of the chain, and the counters and sequences behind them."""
        before = self.position, self.previous
        self.lines: dict[str, list[str]] = {}
        for stamp in self.chance.choices(self.stamps, self.shares, k=count):
            self.add(stamp, self.chance.choice(self.desks))
        receipts = named_rows(("office_id", "year", "last"), self.receipts)
        registers = named_rows(("office_id", "year", "register", "last"), self.registers)
        return Chunk(self.lines, before, dict(self.keys), receipts, registers)

    def add(self, stamp: Stamp, desk: Desk) -> None:
        keys = self.keys_of(stamp)
        values = keys | self.office(stamp, desk) | self.person(stamp) | self.letters(stamp, desk, keys)
        for table, printed in stamp.lines.items():
            self.lines.setdefault(table, []).append(printed.filled(values))
        self.extend_chain(stamp, values)

    def keys_of(self, stamp: Stamp) -> dict[str, str]:
        found = {}
        for table, count in stamp.counts.items():
            first = self.keys[table]
            found.update({f"{table}.{place}": str(first + place) for place in range(count)})
            self.keys[table] = first + count
        return found

    def office(self, stamp: Stamp, desk: Desk) -> dict[str, str]:
        """The office and its people, and the receipt number there."""
        year = int(stamp.taken.only("case")["number"][-11:-7])
        self.receipts[desk.id, year] += 1
        people = [
            self.people[self.chance.choice(ids)] for ids in (desk.clerks, desk.officers, desk.supervisors)
        ]
        clerk, officer, supervisor = people
        return {
            "office_id": str(desk.id), "office_code": desk.code, "office_en": desk.name_en, "office_ko": desk.name_ko,
            "clerk": str(clerk.id), "officer": str(officer.id), "supervisor": str(supervisor.id),
            "clerk_name": clerk.name, "officer_name": officer.name, "supervisor_name": supervisor.name,
            "officer_full_name": officer.full_name, "officer_full_name_ascii": json.dumps(officer.full_name)[1:-1],
            "number": f"{desk.code}-{year}-{self.receipts[desk.id, year]:06d}",
        }  # fmt: skip

    def person(self, stamp: Stamp) -> dict[str, str]:
        taken = stamp.taken.only("applicant")
        name = name_of(taken["nationality"], self.chance)
        born = taken["birth_date"].replace(day=1 + int(self.chance.random() * SHORTEST_MONTH))
        registration = taken["registration_number"] and self.registration_number(taken, born)
        passport = taken["passport_number"] and f"M{int(self.chance.random() * 1e8):08d}"
        return {
            "family_name": name.family, "given_names": name.given, "local_name": name.local or NOTHING,
            "latin_name": f"{name.family} {name.given}", "name_key": name.key, "birth_date": born.isoformat(),
            "key": f"{self.drawn}-{self.keys['case']}",
        } | self.sealed("registration", registration) | self.sealed("passport", passport)  # fmt: skip

    def registration_number(self, taken: dict[str, Any], born: date) -> str:
        """Birth date, the digit of century and of the taken one's sex, and digits that nobody else has."""
        is_female = int(taken["registration_number"].replace("-", "")[6]) % 2 == 0
        century = (5 if born.year < NEW_CENTURY else 7) + is_female
        return f"{born:%y%m%d}{century}{int(self.chance.random() * 1e6):06d}"

    def sealed(self, kind: str, number: str | None) -> dict[str, str]:
        if not number:
            return {f"{kind}_number": NOTHING, f"{kind}_index": NOTHING}
        column, plain = f"{kind}_number", normalised_number(number) or ""
        return {
            column: copied(crypto.encrypt(plain, f"applicant.{column}")),
            f"{kind}_index": crypto.blind_index(column, plain),
        }

    def letters(self, stamp: Stamp, desk: Desk, keys: Mapping[str, str]) -> dict[str, str]:
        found = {}
        for place, letter in enumerate(stamp.letters):
            year, register = letter["year"], letter["register"]
            self.registers[desk.id, year, register] += 1
            sequence = self.registers[desk.id, year, register]
            found[f"letter.sequence.{place}"] = str(sequence)
            found[f"letter_number.{place}"] = f"{desk.code}-{year}-{register}-{sequence:06d}"
            found[f"letter_code.{place}"] = code_of(int(keys[f"letter.{place}"]))
        return found

    def extend_chain(self, stamp: Stamp, values: dict[str, Any]) -> None:
        """The records of the copy, each with the hash of the one before it; and the parts of its name."""
        records = self.lines.setdefault("audit_record", [])
        for event in stamp.events:
            self.position += 1
            values["event_id"], values["previous_hash"] = str(self.position), self.previous
            values["hash"] = self.previous = event.digest(values)
            records.append(event.line.filled(values))
        case, office = values["case.0"], values["office_id"]
        self.lines.setdefault("name_part", []).extend(
            f"{office}\t{part}\t{case}\t{place}\n" for part, place in parts(values["name_key"]).items()
        )
