"""flask precheck FILE…: pre-check dossiers from files or standard input, without a database."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

import click
from flask_babel import force_locale
from flask_babel import gettext as _

from kis.precheck.dossiers import MAX_BYTES, InvalidDossier, Problem, read_dossier
from kis.precheck.report import as_text
from kis.rules import PreCheck, ReferenceTables, procedure, procedures

PROCEDURES = [known.id for known in procedures()]
STANDARD_INPUT = "-"
# What a line too long for a dossier is read away in.
CHUNK = 1024 * 1024
# Where a dossier came from, and its content or why there is none.
Source = tuple[str, bytes | InvalidDossier]


@click.command("precheck")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--text", "for_people", is_flag=True, help="Print for people instead of JSON.")
@click.option(
    "--lang",
    type=click.Choice(["en", "ko"]),
    default="en",
    show_default=True,
    help="Language of the sentences.",
)
@click.option(
    "--procedure",
    "name",
    type=click.Choice(PROCEDURES),
    default=PROCEDURES[0],
    show_default=True,
    help="Whose rules to apply.",
)
def precheck(files: tuple[str, ...], for_people: bool, lang: str, name: str) -> None:
    """Pre-check each FILE, a dossier; with - one dossier a line from standard input.

    Prints one JSON object a line, in the order given. Documents count as the dossier marks them.
    A file that is no dossier gives a line with its errors; the exit status is then 1.
    """
    rules, tables = procedure(name), ReferenceTables.shipped()
    show = as_text if for_people else as_line
    failed = False
    with force_locale(lang):
        for source, content in sources(files):
            try:
                dossier = read_dossier(readable(content))
            except InvalidDossier as error:
                failed = True
                put(error_text(source, error) if for_people else error_line(source, error))
                continue
            received_on = date.fromisoformat(dossier["application"]["received_on"])
            put(show(rules.book_on(received_on).run(dossier, tables), lang))
    sys.exit(failed)


def sources(names: tuple[str, ...]) -> Iterator[Source]:
    """Each dossier to read, in order, one at a time."""
    for name in names:
        if name == STANDARD_INPUT:
            yield from lines_of(click.get_binary_stream("stdin"))
        else:
            yield name, content_of(name)


def content_of(name: str) -> bytes | InvalidDossier:
    try:
        with open(name, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        return InvalidDossier([Problem("", _("The file cannot be read: %(reason)s.", reason=error.strerror))])


def lines_of(stream: BinaryIO) -> Iterator[Source]:
    """The lines that hold something, each named by its number; of one that is too long only the beginning."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if line.strip():
            yield f"{STANDARD_INPUT}:{number}", line
        if len(line) > MAX_BYTES:
            read_away(line, stream)


def read_away(line: bytes, stream: BinaryIO) -> None:
    """What is left of a line, up to its end or that of the stream."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(CHUNK)


def readable(content: bytes | InvalidDossier) -> bytes:
    if isinstance(content, InvalidDossier):
        raise content
    return content


def as_line(precheck: PreCheck, language: str) -> str:
    """One pre-check as a JSON object on one line, its sentences in one language."""
    made: dict[str, Any] = {
        "reference": precheck.reference,
        "category": precheck.category,
        "edition": precheck.edition,
        "as_of": precheck.as_of,
        "overall": precheck.overall,
        "areas": precheck.areas,
        "criteria": [
            {
                "id": finding.id,
                "area": finding.area,
                "outcome": finding.outcome,
                "finding": finding.finding.in_language(language),
                "basis": finding.basis._asdict(),
                "inputs": finding.inputs,
            }
            for finding in precheck.criteria
        ],
        "figures": [figure.to_json() for figure in precheck.figures],
        "warnings": [warning.in_language(language) for warning in precheck.warnings],
    }
    return json.dumps(made, ensure_ascii=False)


def error_line(source: str, error: InvalidDossier) -> str:
    return json.dumps(
        {"reference": source, "error": [vars(problem) for problem in error.problems]}, ensure_ascii=False
    )


def error_text(source: str, error: InvalidDossier) -> str:
    lines = [
        f"  {problem.place}: {problem.reason}" if problem.place else f"  {problem.reason}"
        for problem in error.problems
    ]
    return "\n".join([_("%(source)s is not a dossier:", source=source), *lines, ""])


def put(text: str) -> None:
    """A line of output, at once: whoever reads along sees each dossier when it is done.

    A lone surrogate that a dossier carried is written as the escape it came as.
    """
    stream = click.get_binary_stream("stdout")
    stream.write(text.encode("utf-8", "backslashreplace") + b"\n")
    stream.flush()
