"""What is shown beside an outcome: sentences that exist, facts of the form, sheets of their shape."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from kis.rules import Finding, PreCheck
from kis.rules.dossier import schema
from kis.rules.messages import SENTENCES, Message
from kis.rules.texts import WORDS
from tests.rules.judged import JUDGED

PLACE = re.compile(r"\[\d+\]")
UNFILLED = re.compile(r"[{}]")
FILLED = re.compile(r"{(\w+)")
# What is named where no single field could be: the years, and the day of an award that is not on record.
NAMED_OTHERWISE = re.compile(r"business_results \d{4}|awarded_on|document:[a-z0-9_-]+")


def findings() -> Iterator[tuple[str, Finding]]:
    for judged in JUDGED:
        for one in judged.found.criteria:
            yield judged.name, one


def messages(judged: PreCheck) -> Iterator[Message]:
    for one in judged.criteria:
        yield from (one.finding, *one.notes)
        if one.remedy is not None:
            yield one.remedy
    yield from judged.warnings


def paths_of(part: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Every place of the form, with [] for an entry of a list."""
    yield path
    for inner in part.get("anyOf", ()):
        yield from paths_of(inner, path)
    for name, inner in part.get("properties", {}).items():
        yield from paths_of(inner, f"{path}.{name}" if path else name)
    if "items" in part:
        yield from paths_of(part["items"], f"{path}[]")


PATHS = set(paths_of(schema()))


def test_every_sentence_shown_is_worded_and_filled() -> None:
    shown = {(one.key, tuple(sorted(one.values))): one for judged in JUDGED for one in messages(judged.found)}
    for message in shown.values():
        assert message.key in SENTENCES
        assert set(FILLED.findall(SENTENCES[message.key].en)) <= set(message.values), message
        for language in ("en", "ko"):
            assert not UNFILLED.search(message.in_language(language)), message


def test_every_fact_read_is_a_place_of_the_form() -> None:
    read = {PLACE.sub("[]", path) for _, one in findings() for path in one.inputs}
    assert not read - PATHS


def test_every_fact_named_as_not_established_is_a_place_of_the_form() -> None:
    places = PATHS | {path.replace("[]", "") for path in PATHS}
    named = {PLACE.sub("[]", path) for _, one in findings() for path in one.finding.values.get("facts", ())}
    assert not [path for path in named - places if not NAMED_OTHERWISE.fullmatch(path)]


def held(dossier: Any, path: str) -> Any:
    """What the dossier holds at a path; of a field of every entry, None where one entry lacks it."""
    for step in re.findall(r"[^.\[\]]+", path):
        if isinstance(dossier, list) and not step.isdigit():
            found = [entry.get(step) for entry in dossier]
            dossier = None if None in found else found
        else:
            dossier = dossier[int(step)] if isinstance(dossier, list) else dossier.get(step)
        if not dossier:
            return dossier
    return dossier


def test_no_fact_that_is_established_is_named_as_missing() -> None:
    for judged in JUDGED:
        for one in judged.found.criteria:
            for path in one.finding.values.get("facts", ()) if one.key == "missing" else ():
                # A bare F-5 does not say of which kind it is.
                assert held(judged.dossier, path) in (None, "F-5", []), (judged.name, one.id, path)


def test_what_would_settle_an_open_finding_names_the_same_facts() -> None:
    for name, one in findings():
        if one.key == "missing":
            assert one.remedy is not None
            assert (one.remedy.key, one.remedy.values) == ("settle.establish", one.finding.values), (
                name,
                one.id,
            )


ROWS = {
    "household": {"ref", "relation", "counts", "reason"},
    "points": {"part", "item", "sure", "most"},
    "certificates": {"country", "outcome", "relieved", "certificates"},
    "documents": {"asked", "person", "relation", "submitted"},
}
BANDS = {"kind", "label", "from", "to", "counted", "place"}
SHEETS = [(name, one, one.sheet) for name, one in findings() if one.sheet]


@pytest.mark.parametrize("kind", ROWS)
def test_a_table_has_the_same_columns_in_every_row(kind: str) -> None:
    rows = [row for _, _, sheet in SHEETS if sheet["kind"] == kind for row in sheet["rows"]]
    assert rows
    assert {frozenset(row) for row in rows} == {frozenset(ROWS[kind])}


def test_every_sheet_is_a_table_or_a_timeline() -> None:
    assert {sheet["kind"] for _, _, sheet in SHEETS} == {*ROWS, "timeline"}


def test_a_timeline_shows_stays_employment_and_bars_by_their_days() -> None:
    kinds = set()
    for name, one, sheet in SHEETS:
        if sheet["kind"] != "timeline":
            continue
        assert (
            {"kind", "as_of", "bands"} <= set(sheet) <= {"kind", "as_of", "bands", "required_from", "since"}
        )
        assert all(
            date.fromisoformat(sheet[field])
            for field in ("as_of", "required_from", "since")
            if field in sheet
        )
        for band in sheet["bands"]:
            kinds.add(band["kind"])
            assert set(band) == BANDS, (name, one.id)
            assert date.fromisoformat(band["from"])
            assert band["to"] is None or date.fromisoformat(band["to"])
            assert PLACE.sub("[]", band["place"]) in PATHS
            assert isinstance(band["counted"], bool)
    assert kinds == {"stay", "employment", "bar"}


def test_the_words_of_tables_are_known() -> None:
    tables = {kind: [sheet for _, _, sheet in SHEETS if sheet["kind"] == kind] for kind in ROWS}
    rows = {kind: [row for sheet in sheets for row in sheet["rows"]] for kind, sheets in tables.items()}
    assert {row["part"] for row in rows["points"]} == {"mandatory", "optional"}
    shown = {row["reason"] for row in rows["household"]} | {row["item"] for row in rows["points"]}
    defects = [one["defects"] for row in rows["certificates"] for one in row["certificates"]]
    assert shown.union(*defects) <= set(WORDS)
    for certificate in (one for row in rows["certificates"] for one in row["certificates"]):
        assert set(certificate) == {"place", "issued_on", "outcome", "defects"}
