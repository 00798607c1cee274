"""A dossier as the situation that OpenFisca is given; what lists of codes say is read into flags here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kis.rules.f5.conduct import SERIOUS_ABROAD, is_barred_entry
from kis.rules.f5.dues import BARRED_INDUSTRIES
from kis.rules.f5.stays import IN_W
from kis.rules.periods import add_years
from tests.bench.openfisca_facts import SECTIONS

Dossier = Mapping[str, Any]
Row = dict[str, Any]
RELATIONS = {"spouse", "child", "father", "mother"}


def situation(dossier: Dossier) -> dict[str, Any]:
    """Entities, roles and inputs, all as of the day of application."""
    day = dossier["application"]["received_on"]
    people = {member["ref"]: place + 1 for place, member in enumerate(dossier.get("family") or ())}
    people["applicant"] = 0
    rows = {"relatives": [_relative(one, dossier) for one in dossier.get("family") or ()]}
    for section, role in SECTIONS.items():
        begun = (one for one in dossier.get(section) or () if not _is_later(one, day))
        rows[role] = [READERS[section](one, people) for one in begun]
    entries = {f"{role}-{n}": row for role, found in rows.items() for n, row in enumerate(found)}
    roles = {role: [f"{role}-{n}" for n in range(len(found))] for role, found in rows.items()}
    case = _application(dossier)
    dated = {name: {item: {day: value} for item, value in row.items()} for name, row in entries.items()}
    return {
        "entries": dated,
        "applications": {"case": roles | {item: {day: value} for item, value in case.items()}},
    }


def _is_later(row: Row, day: str) -> bool:
    first = ("from", "on", "sentenced_on", "departed_on", "decided_on", "acquired_on")
    return any(row.get(name, day) > day for name in first)


def _flag(fact: bool | None) -> int:
    return -1 if fact is None else int(fact)


def _application(dossier: Dossier) -> Row:
    person, status = dossier["applicant"], dossier["applicant"].get("current_status")
    known = {f"{section}_known": int(dossier.get(section) is not None) for section in SECTIONS}
    return known | {
        "birth": person["birth_date"],
        "status_in_set": _flag(None if status is None else IN_W.hold(status)),
        "activity_kept": _flag(dossier.get("economic_activity_maintained")),
        "korean_nationality": _flag(person.get("holds_korean_nationality")),
        "raises_minors": _flag(person.get("raises_minor_children")),
        "certificate_issued": _flag(dossier["application"].get("income_certificate_issued")),
    }


def _relative(member: Row, dossier: Dossier) -> Row:
    counts: bool | None = member["relation"] in RELATIONS and member.get("deceased") is not True
    counts = counts and not any(one["person"] == member["ref"] for one in dossier.get("arrears") or ())
    if counts and member["relation"] == "child":
        birth = member.get("birth_date")
        day = date.fromisoformat(dossier["application"]["received_on"])
        counts = None if birth is None else add_years(date.fromisoformat(birth), 19) > day
    found: Row = {"relation_counts": _flag(counts), "shares": _flag(member.get("shares_livelihood"))}
    if member.get("co_resident_from"):
        found["start"] = member["co_resident_from"]
    return found


def _period(row: Row) -> Row:
    return {"start": row["from"]} | ({"end": row["to"]} if row.get("to") else {})


def _stay(row: Row, _people: Mapping[str, int]) -> Row:
    return _period(row) | {
        "in_set": int(IN_W.hold(row["status"])),
        "departed": _flag(row.get("complete_departure")),
    }


def _job(row: Row, _people: Mapping[str, int]) -> Row:
    industry = row.get("industry")
    barred = None if industry is None else industry in BARRED_INDUSTRIES
    return _period(row) | {"barred_industry": _flag(barred), "permitted": _flag(row.get("permitted"))}


def _income(row: Row, people: Mapping[str, int]) -> Row:
    return {
        "person": people.get(row["earner"], -1),
        "year": row["year"],
        "amount": row["amount"],
        "taxed": _flag(row.get("taxed")),
        "non_taxable": _flag(row.get("non_taxable")),
    }


def _owned(row: Row, people: Mapping[str, int]) -> Row:
    amount = row["value"] if "value" in row else row["amount"]
    found: Row = {"person": people.get(row["owner"], -1), "amount": amount}
    return found | ({"start": row["acquired_on"]} if row.get("acquired_on") else {})


def _due(row: Row, people: Mapping[str, int]) -> Row:
    return {"person": people.get(row["person"], -1)}


def _sentence(row: Row, _people: Mapping[str, int]) -> Row:
    days = {"start": row.get("sentenced_on"), "done": row.get("completed_on")}
    return {name: day for name, day in days.items() if day} | {
        "sentence": row["sentence"],
        "korean": int(row["country"] == "KOR"),
        "violent": int(row["offence"] == "specific_violent_crime"),
        "grave_abroad": int(row["offence"] in SERIOUS_ABROAD),
        "drunk": int(row["offence"] == "drunk_driving"),
    }


def _violation(row: Row, _people: Mapping[str, int]) -> Row:
    penalty = row.get("penalty")
    return {
        "start": row["on"],
        "barring": int(is_barred_entry(row.get("articles")) is True),
        "administrative": int(penalty == "administrative_fine"),
        "penalty": int(penalty == "penalty_payment"),
        "amount": row.get("amount") or 0,
    }


def _removal(row: Row, _people: Mapping[str, int]) -> Row:
    left = {"start": row["departed_on"]} if row.get("departed_on") else {}
    return left | {"deportation": int(row["kind"] == "deportation")}


def _permission(row: Row, _people: Mapping[str, int]) -> Row:
    return {"start": row["decided_on"]}


def _proceeding(_row: Row, _people: Mapping[str, int]) -> Row:
    return {}


READERS = {
    "stays": _stay,
    "employment": _job,
    "income": _income,
    "assets": _owned,
    "liabilities": _owned,
    "arrears": _due,
    "criminal_record": _sentence,
    "immigration_violations": _violation,
    "removals": _removal,
    "humanitarian_stay": _permission,
    "pending_proceedings": _proceeding,
}
