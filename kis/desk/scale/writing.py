"""Writing rows in bulk: COPY on PostgreSQL, many rows to a statement on SQLite; all constraints and triggers on."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, func, select, text

from kis.core.extensions import db
from kis.core.types import EncryptedText
from kis.desk.scale.stamping import BYTES, NOTHING

# No commit waits for the disk: what a crash of the server takes from the end of a load is invented, and whole chunks.
SETTINGS = (
    "SET LOCAL TIME ZONE 'UTC'",
    "SET LOCAL default_toast_compression = 'lz4'",
    "SET LOCAL synchronous_commit = off",
)
UNESCAPED = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


def write(lines: dict[str, list[str]]) -> None:
    """Write lines of COPY, by table, in this transaction."""
    connection = db.session.connection()
    put = copy_in if connection.dialect.name == "postgresql" else insert_many
    if put is copy_in:
        for setting in SETTINGS:
            connection.execute(text(setting))
    for table in db.metadata.sorted_tables:
        if table.name in lines:
            put(connection, table, lines[table.name])


def copy_in(connection: Connection, table: Table, lines: list[str]) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        copy.write("".join(lines))


def insert_many(connection: Connection, table: Table, lines: list[str]) -> None:
    binary = [isinstance(column.type, LargeBinary | EncryptedText) for column in table.columns]
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    places = ", ".join("?" * len(binary))
    driver: Any = connection.connection.driver_connection
    rows = (values(line, binary) for block in lines for line in block.splitlines())
    driver.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', rows)  # noqa: S608


def values(line: str, binary: list[bool]) -> list[Any]:
    return [value(cell, is_binary) for cell, is_binary in zip(line.split("\t"), binary, strict=True)]


def value(cell: str, is_binary: bool) -> Any:
    if cell == NOTHING:
        return None
    if is_binary:
        return bytes.fromhex(cell.removeprefix(BYTES))
    return "".join(unescaped(cell)) if "\\" in cell else cell


def unescaped(cell: str) -> Iterator[str]:
    at = 0
    while at < len(cell):
        pair = cell[at : at + 2]
        yield UNESCAPED.get(pair, cell[at])
        at += 2 if pair in UNESCAPED else 1


def next_id(table: str) -> int:
    """The first number that no row of the table has."""
    column = db.metadata.tables[table].c.id
    return 1 + (db.session.scalar(select(func.max(column))) or 0)


def pass_over(table: str, last: int) -> None:
    """Let the numbers that PostgreSQL gives out go on behind the written ones."""
    if db.engine.dialect.name == "postgresql":
        sequence = select(func.setval(func.pg_get_serial_sequence(f'"{table}"', "id"), last))
        db.session.execute(sequence)
