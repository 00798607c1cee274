"""Reads of intake."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kis.cases.facts import identity_of
from kis.cases.models import Case
from kis.cases.opening import look_at
from kis.cases.queries import likely_duplicates
from kis.cases.scope import is_open_to, may_read
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.intake.models import Registration
from kis.intake.notices import Notice
from kis.rules import Message


@dataclass(frozen=True)
class Duplicate:
    """A case that may be of the same person; of another office's, no more than that it exists and where.

    Of a restricted one (`closed`) nothing but that the supervisor has to be asked.
    """

    case: Case
    readable: bool
    closed: bool = False


def duplicates_of(dossier: dict[str, Any], viewer: Viewer) -> list[Duplicate]:
    """Likely duplicates of a dossier, in all offices."""
    found = likely_duplicates(identity_of(dossier), dossier["application"]["category"], viewer)
    return [Duplicate(case, may_read(case, viewer), not is_open_to(case, viewer)) for case in found]


def log_duplicates(duplicates: Sequence[Duplicate]) -> None:
    """Names of other applicants are shown: note it, as when their cases are opened."""
    for duplicate in duplicates:
        if duplicate.readable:
            look_at(duplicate.case, "duplicates")


def registration_by_key(key: str) -> Registration | None:
    return db.session.scalar(select(Registration).where(Registration.key == key))


def registration_of(case: Case) -> Registration | None:
    """How a case that the viewer has opened came in; None for one opened otherwise."""
    return db.session.scalar(select(Registration).where(Registration.case_id == case.id))


def notices_in(registration: Registration | None) -> list[Notice]:
    return [Notice(**given) for given in registration.notices] if registration else []


def warnings_in(registration: Registration | None) -> list[tuple[str, Message]]:
    """(place, message) of each contradiction that the dossier came in with."""
    return (
        [(given["place"], Message.from_json(given["message"])) for given in registration.warnings]
        if registration
        else []
    )
