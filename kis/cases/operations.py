"""Writes on cases; each with its audit record, none commits."""

from datetime import date
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, text

from kis.accounts.models import Account, RoleGrant
from kis.audit.operations import record
from kis.cases.conflicts import has_conflict, refuse_conflict
from kis.cases.differences import differences
from kis.cases.evidence import Evidence
from kis.cases.facts import facts_of, identity_of
from kis.cases.models import Applicant, Case, DossierRevision, Note
from kis.cases.name_parts import index_names
from kis.cases.queries import latest_revision
from kis.cases.scope import reader_ids
from kis.cases.states import OPEN_STATES
from kis.cases.timekeeping import recount, set_period
from kis.cases.workflow import advance, hold
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.offices.models import Office

# One statement, so that two who come first in a year wait for each other and take turns.
NEXT = text(
    "INSERT INTO receipt_counter (office_id, year, last) VALUES (:office, :year, 1)"
    " ON CONFLICT (office_id, year) DO UPDATE SET last = receipt_counter.last + 1 RETURNING last"
)
FACTS_OPEN_IN = OPEN_STATES
# Whoever works on a case may write on it; headquarters and auditors read.
WORKING_ON_IT = (Permission.CASE_MARK, Permission.CASE_REVIEW, Permission.CASE_DECIDE)


def open_case(dossier: dict[str, Any], procedure: str, office: Office, viewer: Viewer) -> Case:
    """A received case with its applicant and first revision, from a valid dossier."""
    viewer.require(Permission.CASE_REGISTER, office.id)
    application = dossier["application"]
    received_on = date.fromisoformat(application["received_on"])
    applicant = Applicant(**identity_of(dossier))
    db.session.add(applicant)
    db.session.flush()
    case = Case(
        number=next_receipt_number(office),
        procedure=procedure,
        category=application["category"],
        route=application.get("route"),
        office=office,
        applicant=applicant,
        received_on=received_on,
        registered_by_id=viewer.account_id,
        reference=dossier.get("reference"),
    )
    set_period(case)
    db.session.add(case)
    db.session.flush()
    index_names(case)
    add_revision(case, facts_of(dossier), viewer.account_id)
    record(
        "case.registered",
        case_id=case.id,
        subject=("case", case.id),
        after={"number": case.number, "category": case.category, "office": office.code},
    )
    return case


def next_receipt_number(office: Office) -> str:
    """ "seoul-southern-2026-000001": consecutive per office and year, without gaps."""
    year = clock.today().year
    taken = db.session.execute(NEXT, {"office": office.id, "year": year}).scalar_one()
    return f"{office.code}-{year}-{taken:06d}"


def add_revision(case: Case, facts: dict[str, Any], author_id: int) -> DossierRevision:
    """Store the facts as the next revision, with what changed since the one before."""
    previous = latest_revision(case) if case.revision else None
    revision = DossierRevision(
        case_id=case.id,
        number=case.revision + 1,
        facts=facts,
        differences=differences(previous.facts, facts) if previous else [],
        author_id=author_id,
    )
    db.session.add(revision)
    case.revision = revision.number
    follow_facts(case, facts)
    db.session.flush()
    return revision


def follow_facts(case: Case, facts: dict[str, Any]) -> None:
    """Bring what queues, searches and letters read in line with the facts."""
    application, applicant = facts["application"], facts["applicant"]
    category = case.category
    case.category, case.route = application["category"], application.get("route")
    case.applicant.birth_date = date.fromisoformat(applicant["birth_date"])
    case.applicant.nationality = applicant["nationality"]
    received_on = date.fromisoformat(application["received_on"])
    if (received_on, case.category) == (case.received_on, category):
        return
    case.received_on = received_on
    if case.category != category:
        set_period(case)
    else:
        recount(case)


def revise_facts(case: Case, facts: dict[str, Any], based_on: int, viewer: Viewer) -> DossierRevision | None:
    """Save changed facts; None when nothing changed. Raises Conflict when `based_on` is no longer the latest."""
    require_open_facts(case, viewer)
    if based_on != case.revision:
        raise Conflict(
            _(
                "Somebody saved revision %(number)s while you were writing. Nothing of yours is lost: compare and save again.",
                number=case.revision,
            )
        )
    if not differences(latest_revision(case).facts, facts):
        return None
    revision = add_revision(case, facts, viewer.account_id)
    record(
        "case.facts-revised",
        case_id=case.id,
        subject=("dossier_revision", revision.id),
        after={"revision": revision.number, "places": [d["place"] for d in revision.differences]},
    )
    return revision


def require_open_facts(case: Case, viewer: Viewer) -> None:
    """Lock the case, so that no decision falls in between. Raises Forbidden, or Conflict once it is decided."""
    viewer.require(Permission.CASE_REVIEW, case.office_id)
    lock(case)
    if case.state not in FACTS_OPEN_IN:
        raise Conflict(_("The case is decided; its facts can only be read."))
    refuse_conflict(case.id, viewer)


def change_applicant(case: Case, values: dict[str, Any], viewer: Viewer) -> bool:
    """Correct names, contact and numbers; `values` are columns of the applicant as `identity_of` gives them.

    False when nothing changed.
    """
    require_open_facts(case, viewer)
    applicant = case.applicant
    before = {name: getattr(applicant, name) for name in values if getattr(applicant, name) != values[name]}
    if not before:
        return False
    for name in before:
        setattr(applicant, name, values[name])
    db.session.flush()
    index_names(case)
    record(
        "case.applicant-changed",
        case_id=case.id,
        subject=("applicant", applicant.id),
        before=without_indexes(before),
        after=without_indexes({name: values[name] for name in before}),
    )
    return True


def without_indexes(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not name.endswith("_index")}


def assign(
    case: Case,
    account: Account,
    viewer: Viewer,
    reason: str | None = None,
    *,
    told: str = "case.assigned",
    **why: Any,
) -> None:
    """Give the case to an officer of its office. Raises Invalid for anybody else.

    `told` is the action under which the timeline tells it, with the values of `why`.
    """
    hold(case)
    if account.id not in set(db.session.scalars(reviewers(case.office_id))):
        raise Invalid(_("%(name)s is not an active officer of the case's office.", name=account.named))
    if has_conflict(case.id, account.id):
        raise Conflict(_("%(name)s declared a conflict of interest in this case.", name=account.named))
    if case.restricted and account.id not in reader_ids(case):
        raise Conflict(_("The case is restricted, and %(name)s is not named on it.", name=account.named))
    before = case.assignee_id
    if case.state == "recommended":
        raise Conflict(_("The case awaits its decision. Return it to the officer before assigning it anew."))
    advance(case, "assign", viewer, Evidence())
    case.assignee_id = account.id
    db.session.flush()
    record(
        told,
        case_id=case.id,
        subject=("account", account.id),
        before={"assignee": before},
        after={"assignee": account.id} | account.recorded("name") | {"reason": reason} | why,
    )


def take(case: Case, viewer: Viewer) -> None:
    """An officer takes up an unassigned case of the office."""
    advance(case, "take", viewer, Evidence())
    case.assignee_id = viewer.account_id
    db.session.flush()


def reviewers(office_id: Any) -> Any:
    """Select of the ids of the active officers of an office, which may be a column of the query around it."""
    return (
        select(RoleGrant.account_id)
        .join(Account)
        .where(RoleGrant.role == "officer", RoleGrant.office_id == office_id, Account.active)
    )


def may_note(case: Case, viewer: Viewer) -> bool:
    """Whether the viewer may write on the case."""
    return any(viewer.can(permission, case.office_id) for permission in WORKING_ON_IT)


def add_note(case: Case, text: str, viewer: Viewer) -> Note:
    """A note on the case. Raises Forbidden."""
    if not may_note(case, viewer):
        raise Forbidden(_("Your account does not have the permission for this."))
    note = Note(case_id=case.id, text=text, author_id=viewer.account_id)
    db.session.add(note)
    db.session.flush()
    record("case.noted", case_id=case.id, subject=("note", note.id), after={"sha256": digest_of(text)})
    return note


def digest_of(text: str) -> str:
    """What the chain keeps of a note: by it a wording can be proven, and is not told to who may not read the note."""
    return sha256(text.encode()).hexdigest()
