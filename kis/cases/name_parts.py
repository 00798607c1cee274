"""The parts of applicants' names, by which a search finds them, and how they are kept in step with the names.

Each row is a part of a name of a case: from one of its letters on, so that its first two letters are a
bigram of the name. A search for any part of two letters or more is then one range of an ordered index,
and its first page is the start of that range however common the part is.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Select, SmallInteger, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kis.cases.models import Applicant, Case
from kis.cases.search_keys import PART, name_key, parts
from kis.core.database import transaction
from kis.core.extensions import db

# Compared by code point on every database, whatever the locale of PostgreSQL sorts by.
Part = String(PART).with_variant(String(PART, collation="C"), "postgresql")
BATCH = 1_000
CHECKED_AT_ONCE = 20_000


class NamePart(db.Model):
    """A part of the name of a case's applicant; `place` is where it first stands in the key, from 1.

    The office is that of the case, and follows it when the case is transferred.
    """

    __tablename__ = "name_part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "office_id"],
            ["case.id", "case.office_id"],
            name="fk_name_part_case",
            onupdate="CASCADE",
        ),
        {"sqlite_with_rowid": False},
    )

    office_id: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(Part, primary_key=True)
    case_id: Mapped[int] = mapped_column(primary_key=True)
    # In the key, so that the index alone answers.
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True)


def key_of(applicant: Applicant) -> str:
    return name_key(applicant.family_name, applicant.given_names, applicant.local_name)


def index_names(case: Case) -> None:
    """Bring key and parts in step with the applicant's names; the caller has flushed the case."""
    applicant, key = case.applicant, key_of(case.applicant)
    if applicant.name_key == key:
        return
    forget_names(case)
    applicant.name_key = key
    db.session.flush()
    if key:
        db.session.execute(insert(NamePart), rows_of(case.id, case.office_id, key))


def rows_of(case_id: int, office_id: int, key: str) -> list[dict[str, Any]]:
    return [
        {"office_id": office_id, "part": part, "case_id": case_id, "place": place}
        for part, place in parts(key).items()
    ]


def forget_names(case: Case) -> None:
    known = list(parts(case.applicant.name_key or ""))
    db.session.execute(
        delete(NamePart).where(
            NamePart.office_id == case.office_id, NamePart.part.in_(known), NamePart.case_id == case.id
        )
    )


def wrong_cases() -> Iterator[int]:
    """Ids of the cases whose key or parts are not those of their applicant's names."""
    after = 0
    while batch := db.session.execute(names_after(after, CHECKED_AT_ONCE)).all():
        kept = kept_parts(batch[0].id, batch[-1].id)
        for row in batch:
            key = name_key(row.family_name, row.given_names, row.local_name)
            if row.name_key != key or kept.get(row.id, {}) != parts(key):
                yield row.id
        after = batch[-1].id


def names_after(case_id: int, limit: int) -> Select[Any]:
    columns = (
        Case.id,
        Applicant.family_name,
        Applicant.given_names,
        Applicant.local_name,
        Applicant.name_key,
    )
    query = select(*columns).join(Applicant, Case.applicant_id == Applicant.id)
    return query.where(Case.id > case_id).order_by(Case.id).limit(limit)


def kept_parts(first: int, last: int) -> dict[int, dict[str, int]]:
    """Case to its parts with their places, as they are stored; one pass over the parts."""
    found: dict[int, dict[str, int]] = {}
    query = select(NamePart.case_id, NamePart.part, NamePart.place)
    for case_id, part, place in db.session.execute(query.where(NamePart.case_id.between(first, last))):
        found.setdefault(case_id, {})[part] = place
    return found


def never_built() -> bool:
    """Whether there are cases and no parts: a database from before names were kept in parts."""
    has_parts = db.session.scalar(select(NamePart.case_id).limit(1)) is not None
    return not has_parts and db.session.scalar(select(Case.id).limit(1)) is not None


def rebuild() -> int:
    """Make all parts anew, a batch at a time; returns how many cases have names."""
    with transaction():
        db.session.execute(delete(NamePart))
        db.session.execute(update(Applicant).values(name_key=""))
    after = named = 0
    while True:
        with transaction():
            ids = [row.id for row in db.session.execute(names_after(after, BATCH))]
            for case in db.session.scalars(select(Case).where(Case.id.in_(ids))):
                index_names(case)
                named += bool(case.applicant.name_key)
        if not ids:
            return named
        after = ids[-1]
