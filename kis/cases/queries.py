"""Reads of cases. Each takes the viewer, whose scope is part of the query."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy import case as either
from sqlalchemy.orm import joinedload

from kis.accounts.models import Account
from kis.accounts.queries import named
from kis.cases.models import Applicant, Case, CaseReader, DossierRevision, Note
from kis.cases.scope import in_scope
from kis.cases.states import OPEN_STATES
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.reading import once_a_page
from kis.core.refusals import NotFound


def visible(viewer: Viewer, permission: Permission = Permission.CASE_READ) -> Select[tuple[Case]]:
    """Select of the cases in whose offices the viewer holds the permission, and that are not closed to it."""
    return select(Case).where(in_scope(viewer, permission))


def get_case(number: str, viewer: Viewer) -> Case:
    """The case of a receipt number. Raises NotFound, for another office's and a closed one as for none."""
    readers = joinedload(Case.readers).joinedload(CaseReader.account).lazyload(Account.grants)
    found = db.session.scalars(
        visible(viewer).where(Case.number == number).options(*named(Case.assignee), readers)
    )
    case = found.unique().one_or_none()
    if case is None:
        raise NotFound(_("There is no such case, or none that you may see."))
    return case


def latest_revision(case: Case) -> DossierRevision:
    return get_revision(case, case.revision)


@once_a_page
def get_revision(case: Case, number: int) -> DossierRevision:
    """Raises NotFound."""
    revision = db.session.scalar(
        select(DossierRevision).where(DossierRevision.case_id == case.id, DossierRevision.number == number)
    )
    if revision is None:
        raise NotFound(_("The case has no revision %(number)s.", number=number))
    return revision


def revisions(case: Case) -> Sequence[DossierRevision]:
    """All revisions of a case the viewer has opened, newest first."""
    query = select(DossierRevision).where(DossierRevision.case_id == case.id)
    return db.session.scalars(query.order_by(DossierRevision.number.desc())).all()


def notes(case: Case, limit: int | None = None) -> Sequence[Note]:
    """The notes of a case with their authors, newest first."""
    query = select(Note).where(Note.case_id == case.id).options(*named(Note.author))
    return db.session.scalars(query.order_by(Note.id.desc()).limit(limit)).all()


def likely_duplicates(identity: dict[str, Any], category: str, viewer: Viewer) -> Sequence[Case]:
    """Cases that may be of the same person: same number, or same name and birth date, or open in the same category.

    Searched in all offices, and among restricted cases: a second application elsewhere is the very thing to
    find. The caller shows of another office's case no more than that it exists, and where; of a restricted
    one that it exists.
    """
    viewer.require(Permission.CASE_REGISTER)
    same_person = [
        Applicant.registration_index == identity["registration_index"]
        if identity["registration_index"]
        else None,
        Applicant.passport_index == identity["passport_index"] if identity["passport_index"] else None,
        same_name_and_birth(identity),
    ]
    grounds = [ground for ground in same_person if ground is not None]
    if not grounds:
        return []
    query = select(Case).join(Case.applicant).where(or_(*grounds))
    return db.session.scalars(query.order_by(open_first(category), Case.id.desc()).limit(20)).all()


def same_name_and_birth(identity: dict[str, Any]) -> Any:
    """The same birth date with the same name in Latin letters or in the own script; None without a name."""
    latin = (identity["family_name"] or "", identity["given_names"] or "")
    names = []
    if any(latin):
        columns = func.coalesce(Applicant.family_name, ""), func.coalesce(Applicant.given_names, "")
        names.append(tuple_(*map(func.lower, columns)) == tuple_(*(part.lower() for part in latin)))
    if identity["local_name"]:
        names.append(Applicant.local_name == identity["local_name"])
    return (Applicant.birth_date == identity["birth_date"]) & or_(*names) if names else None


def open_first(category: str) -> Any:
    """Order: open cases of the same category, then other open ones, then the rest."""
    still_open = Case.state.in_(OPEN_STATES)
    return either((still_open & (Case.category == category), 0), (still_open, 1), else_=2)
