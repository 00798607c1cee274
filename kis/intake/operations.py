"""Registering an application: the case, its checklist and its first pre-check, or nothing at all."""

from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from kis.audit.operations import record
from kis.cases.models import Case
from kis.cases.operations import open_case
from kis.casework.allocation import allocate_at_intake
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.documents.operations import open_checklist
from kis.intake.examination import Examination, examine
from kis.intake.models import Registration
from kis.intake.notices import Notice
from kis.intake.queries import registration_by_key
from kis.intake.receipts import issue_receipt
from kis.offices.models import Office
from kis.precheck.dossiers import Problem
from kis.precheck.operations import run


class RefusedDossier(Invalid):
    """The dossier cannot be registered; `problems` say where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        lines = [
            f"{problem.place}: {problem.reason}" if problem.place else problem.reason for problem in problems
        ]
        super().__init__(" ".join(lines))
        self.problems = problems


def register(
    dossier: dict[str, Any],
    procedure: str,
    office: Office,
    viewer: Viewer,
    *,
    source: str = "file",
    key: str = "",
) -> Case:
    """The case of a dossier: received, with checklist and first pre-check. Raises RefusedDossier or Forbidden.

    The same `key` registers once: a second time it gives the case of the first.
    """
    viewer.require(Permission.CASE_REGISTER, office.id)
    found = examine(dossier, procedure, office)
    if found.problems:
        raise RefusedDossier(found.problems)
    registration = claim(key or uuid4().hex, source, found)
    if registration is None:
        return case_of_key(key)
    case = open_case(found.dossier, procedure, office, viewer)
    registration.case_id = case.id
    open_checklist(case, found.dossier.get("documents"))
    run(case, "intake", viewer)
    hand_receipt(case, registration, viewer)
    allocate_at_intake(case)
    record(
        "intake.registered",
        case_id=case.id,
        subject=("registration", registration.id),
        after=summary(registration),
    )
    return case


def hand_receipt(case: Case, registration: Registration, viewer: Viewer) -> None:
    """The receipt slip; no application is refused because the slip cannot be printed."""
    try:
        issue_receipt(case, viewer)
    except Invalid as refusal:
        told = Notice("no_receipt", {"why": refusal.message})
        registration.notices = [*registration.notices, told.to_json()]


def claim(key: str, source: str, found: Examination) -> Registration | None:
    """The row that holds the key, or None when another request holds it: this one waits for its end."""
    warnings = [{"place": c.place, "message": c.message.to_json()} for c in found.contradictions]
    notices = [notice.to_json() for notice in found.notices]
    registration = Registration(key=key, source=source, notices=notices, warnings=warnings)
    try:
        with db.session.begin_nested():
            db.session.add(registration)
    except IntegrityError:
        return None
    return registration


def case_of_key(key: str) -> Case:
    registration = registration_by_key(key)
    if registration is None or registration.case is None:
        raise Conflict(_("This application is being registered at this moment. Look into the queue."))
    return registration.case


def summary(registration: Registration) -> dict[str, Any]:
    return {
        "source": registration.source,
        "notices": [notice["key"] for notice in registration.notices],
        "contradictions": [warning["place"] for warning in registration.warnings],
    }
