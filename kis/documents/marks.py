"""The documents section of a dossier, read and written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from kis.core.refusals import Invalid
from kis.documents.models import CaseDocument

MAX_CODE = 60
MAX_PERSON = 200
APPLICANT = "applicant"


@dataclass(frozen=True)
class Mark:
    """What a dossier says of one document, the officer's column left out. `person` is "" where it names nobody."""

    code: str
    person: str = ""
    submitted: bool | None = None
    issued_on: date | None = None
    expires_on: date | None = None


def merged(entries: Iterable[dict[str, Any]]) -> dict[tuple[str, str], Mark]:
    """The entries by code and person. Raises Invalid for a name that cannot be one.

    Where a document comes twice (the certificates of two countries), the row counts as handed in when
    one of them was, and takes the earlier dates: no late certificate hides behind one in time.
    """
    marks: dict[tuple[str, str], Mark] = {}
    for mark in map(read, entries):
        key = mark.code, mark.person
        marks[key] = stricter(marks[key], mark) if key in marks else mark
    return marks


def read(entry: dict[str, Any]) -> Mark:
    mark = Mark(
        entry["code"],
        entry.get("person", ""),
        entry.get("submitted"),
        day(entry.get("issued_on")),
        day(entry.get("expires_on")),
    )
    if not 0 < len(mark.code) <= MAX_CODE or len(mark.person) > MAX_PERSON:
        raise Invalid(
            _(
                "The documents section names a document or person that cannot be one: %(name)s.",
                name=mark.code[:MAX_CODE],
            )
        )
    return mark


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def stricter(one: Mark, other: Mark) -> Mark:
    """Of two marks of the same document the submitted ones alone count for dates."""
    if one.submitted != other.submitted and True in (one.submitted, other.submitted):
        return one if one.submitted else other
    submitted = one.submitted if one.submitted is not None else other.submitted
    return Mark(
        one.code,
        one.person,
        submitted,
        earlier(one.issued_on, other.issued_on),
        earlier(one.expires_on, other.expires_on),
    )


def earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def written(document: CaseDocument) -> dict[str, Any]:
    """The entry of the interchange schema; `reviewed` is true only where the tick stands on the present file."""
    entry = {
        "code": document.code,
        "submitted": document.submitted,
        "reviewed": document.review_stands,
        "issued_on": document.issued_on and document.issued_on.isoformat(),
        "expires_on": document.expires_on and document.expires_on.isoformat(),
        "person": document.person or None,
    }
    return {name: value for name, value in entry.items() if value is not None}
