"""Finding cases by what is known of them: within the viewer's scope, a page at a time by key.

Each way of looking is one ordered range of an index in each office: the rows of a page are the first of
that range, whatever there is behind them, so that nothing is counted, sorted or read in vain.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, false, func, literal, select, tuple_, union_all
from sqlalchemy.orm import aliased

from kis.cases.lists import PAGE, Page, listed, page_of
from kis.cases.models import Applicant, Case
from kis.cases.name_parts import NamePart
from kis.cases.scope import in_offices, open_to
from kis.cases.search_keys import PART, SHORTEST, asked_words, following
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.offices.models import Office

# "seoul-southern-2026-000123", or its tail: "2026-123", "123".
RECEIPT = re.compile(r"(?:(?P<office>[a-z][a-z-]*)-)?(?:(?P<year>\d{4})-)?(?P<sequence>\d{1,6})", re.ASCII)
YEARS_BACK = 8


@dataclass(frozen=True)
class Criteria:
    """What is known of the cases looked for; what is empty is open.

    Of an identity number only its blind index is held: criteria travel in addresses, sealed.
    """

    receipt: str = ""
    registration_index: str = ""
    passport_index: str = ""
    name: str = ""
    birth_date: date | None = None
    nationality: str = ""
    category: str = ""
    state: str = ""
    received_from: date | None = None
    received_to: date | None = None

    @property
    def words(self) -> tuple[str, ...]:
        return asked_words(self.name)

    @property
    def by_name(self) -> bool:
        """Whether a word of the name is long enough to look it up."""
        return bool(self.words) and len(self.words[0]) >= SHORTEST

    @property
    def points_at_few(self) -> bool:
        """Whether a number or a birth date is known, which few people share."""
        return bool(self.receipt or self.registration_index or self.passport_index or self.birth_date)

    @property
    def is_personal(self) -> bool:
        """Whether the search asks for a person, not for cases of a kind."""
        return bool(self.registration_index or self.passport_index or self.name or self.birth_date)

    @property
    def is_empty(self) -> bool:
        return self == Criteria()


class Place(NamedTuple):
    """Where a row stands in the results: by the name from the part that was found on, or by day of receipt."""

    sort: str
    case_id: int


def search(
    criteria: Criteria, viewer: Viewer, after: Place | None = None, before: Place | None = None
) -> Page[Place]:
    """A page of the cases that fit all the criteria, of those that the viewer may read."""
    found = hits(criteria, viewer, after, before)
    columns = found.c.sort, found.c.case_id
    rows = listed(found.c.sort).join(found, found.c.case_id == Case.id)
    return page_of(rows.order_by(*ordered(columns, forward(criteria, before))), place_of, after, before)


def place_of(row: Row[Any]) -> Place:
    return Place(str(row.sort), row.id)


def forward(criteria: Criteria, before: Place | None) -> bool:
    """Names run upwards from the part looked for, days of receipt downwards; the page before runs against it."""
    return by_part(criteria) == (before is None)


def by_part(criteria: Criteria) -> bool:
    return criteria.by_name and not criteria.points_at_few


def ordered(columns: Iterable[Any], upwards: bool) -> list[Any]:
    return [column if upwards else column.desc() for column in columns]


def hits(criteria: Criteria, viewer: Viewer, after: Place | None, before: Place | None) -> Any:
    """(sort, case_id) of the rows of the page and one more, as a subquery; office by office where many may fit."""
    first = limited(criteria, after, before).where(open_to(viewer))
    if criteria.points_at_few:
        return first.where(in_offices(viewer, Permission.CASE_READ)).subquery()
    offices = viewer.office_ids(Permission.CASE_READ)
    each = every_office() if offices is None else sorted(offices)
    turns = [in_office(first, criteria, office) for office in each]
    if not turns:
        return first.where(false()).subquery()
    whole = turns[0] if len(turns) == 1 else union_all(*(select(turn.subquery()) for turn in turns))
    return whole.subquery()


def in_office(query: Select[Any], criteria: Criteria, office: int) -> Select[Any]:
    """The query in one office; further words of a name are looked up there as the first one is."""
    if not by_part(criteria):
        return query.where(Case.office_id == office)
    query = query.where(NamePart.office_id == office)
    for word in criteria.words[1:]:
        other = aliased(NamePart)
        same = select(other.case_id).where(other.office_id == office, begins(other, word))
        query = query.where(NamePart.case_id.in_(same) if len(word) >= SHORTEST else holds(word))
    return query


def begins(parts: Any, word: str) -> ColumnElement[bool]:
    """The parts that begin with the word, or with as much of it as a part can hold."""
    start = word[:PART]
    found: ColumnElement[bool] = parts.part.between(start, following(start))
    return found


def holds(word: str) -> ColumnElement[bool]:
    return Applicant.name_key.like(f"%{word}%")


def every_office() -> Sequence[int]:
    return db.session.scalars(select(Office.id).order_by(Office.id)).all()


def limited(criteria: Criteria, after: Place | None, before: Place | None) -> Select[Any]:
    """The first rows behind the place, in whatever offices the caller narrows it to."""
    sort, case_id = (NamePart.part, NamePart.case_id) if by_part(criteria) else (Case.received_on, Case.id)
    upwards = forward(criteria, before)
    query = source(criteria, sort, case_id).where(*conditions(criteria))
    if place := before or after:
        key, value = tuple_(sort, case_id), tuple_(literal(typed(criteria, place), sort.type), place.case_id)
        query = query.where(key > value if upwards else key < value)
    return query.order_by(*ordered((sort, case_id), upwards)).limit(PAGE + 1)


def typed(criteria: Criteria, place: Place) -> Any:
    return place.sort if by_part(criteria) else date.fromisoformat(place.sort)


def source(criteria: Criteria, sort: Any, case_id: Any) -> Select[Any]:
    query = select(sort.label("sort"), case_id.label("case_id"))
    if not by_part(criteria):
        return query.select_from(Case).join(Case.applicant)
    first = criteria.words[0]
    return (
        query.select_from(NamePart)
        .join(Case, Case.id == NamePart.case_id)
        .join(Case.applicant)
        .where(begins(NamePart, first), *first_occurrence(first))
    )


def first_occurrence(word: str) -> list[Any]:
    """The word stands here in the name, and not already before: a case is found once.

    What is longer than a part begins with one part, of which a name has one row wherever it stands.
    """
    if len(word) > PART:
        return []
    earlier = func.substr(Applicant.name_key, 1, NamePart.place + len(word) - 2)
    return [earlier.not_like(f"%{word}%")]


def conditions(criteria: Criteria) -> list[Any]:
    """What a case must fit beside its place in the index."""
    looked_up = by_part(criteria) and all(len(word) <= PART for word in criteria.words)
    found = [] if looked_up else [holds(word) for word in criteria.words]
    found += [column == getattr(criteria, name) for name, column in EXACT.items() if getattr(criteria, name)]
    if criteria.receipt:
        found.append(receipt_is(criteria.receipt))
    if criteria.received_from:
        found.append(Case.received_on >= criteria.received_from)
    if criteria.received_to:
        found.append(Case.received_on <= criteria.received_to)
    return found


EXACT: dict[str, Any] = {
    "registration_index": Applicant.registration_index,
    "passport_index": Applicant.passport_index,
    "birth_date": Applicant.birth_date,
    "nationality": Applicant.nationality,
    "category": Case.category,
    "state": Case.state,
}


def receipt_is(text: str) -> ColumnElement[bool]:
    """The number itself, or every number with this tail in the last years: each is looked up by its index.

    A transferred case keeps the number of the office where it came in, so that all offices are tried.
    """
    written = RECEIPT.fullmatch(text.lower())
    if written is None:
        return Case.number == text
    present = clock.today().year
    years = [written["year"]] if written["year"] else range(present, present - YEARS_BACK, -1)
    tails = [f"-{year}-{int(written['sequence']):06d}" for year in years]
    if written["office"]:
        return Case.number.in_([written["office"] + tail for tail in tails])
    return Case.number.in_(union_all(*(select(Office.code + literal(tail)) for tail in tails)))
