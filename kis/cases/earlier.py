"""Other applications of the same person, in whatever office."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from kis.cases.models import Applicant, Case
from kis.cases.queries import same_name_and_birth
from kis.cases.scope import open_to
from kis.core.access import Permission, Viewer
from kis.core.extensions import db

MOST = 50


@dataclass(frozen=True)
class OtherCase:
    """A case of the same person. What the viewer may not read is not opened: `is_readable` says so.

    `same_number`: found by the registration or passport number; else by name and birth date alone.
    """

    case: Case
    is_readable: bool
    same_number: bool


def other_cases(case: Case, viewer: Viewer) -> list[OtherCase]:
    """The person's other applications, latest first, in one statement.

    Searched in all offices: an earlier refusal elsewhere is the very thing to find. Of another
    office's case the page shows number, office, category, outcome and days, nothing else; of a
    restricted one nothing to who is not named on it.
    """
    found = matching(case.applicant, case.id, viewer)
    return [
        OtherCase(each, viewer.can(Permission.CASE_READ, each.office_id), shares_number(case, each))
        for each in found
    ]


def matching(applicant: Applicant, but: int, viewer: Viewer) -> Sequence[Case]:
    identity = {
        name: getattr(applicant, name) for name in ("family_name", "given_names", "local_name", "birth_date")
    }
    grounds = [
        Applicant.registration_index == applicant.registration_index
        if applicant.registration_index
        else None,
        Applicant.passport_index == applicant.passport_index if applicant.passport_index else None,
        same_name_and_birth(identity),
    ]
    known = [ground for ground in grounds if ground is not None]
    if not known:
        return []
    # Of the applicants only what tells that the number is the same: nothing else of them is read.
    found_by = contains_eager(Case.applicant).load_only(
        Applicant.registration_index, Applicant.passport_index
    )
    query = select(Case).join(Case.applicant).where(or_(*known), Case.id != but, open_to(viewer))
    query = query.options(found_by)
    return db.session.scalars(query.order_by(Case.received_on.desc(), Case.id.desc()).limit(MOST)).all()


def shares_number(one: Case, other: Case) -> bool:
    """Whether both applicants carry the same registration or passport number."""
    pairs = (
        (one.applicant.registration_index, other.applicant.registration_index),
        (one.applicant.passport_index, other.applicant.passport_index),
    )
    return any(mine and mine == theirs for mine, theirs in pairs)
