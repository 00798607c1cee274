"""Transfers to the office that has jurisdiction, which that office accepts or refuses.

Administrative Procedures Act Art. 6 and Civil Petitions Treatment Act Art. 16: an application that another
authority is competent for is passed on, and the applicant is told. The time on the way does not count
(Administrative Procedures Act Decree Art. 11, item 2).
"""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from kis.accounts.models import Account, RoleGrant
from kis.accounts.sessions import viewer_of
from kis.audit.operations import record
from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.cases.reminders import set_reminder
from kis.cases.workflow import advance, hold
from kis.casework.allocation import allocate_at_intake
from kis.casework.models import Transfer
from kis.casework.queries import evidence_of, pending_transfer
from kis.casework.restricting import name_receiver
from kis.core import clock
from kis.core.access import Grant, Permission, Role, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.letters.glyphs import missing_glyphs, named
from kis.letters.operations import issue
from kis.letters.parties import LANGUAGES, values_of
from kis.letters.values import Bilingual
from kis.offices.models import Office
from kis.offices.queries import by_competence


def other_offices(case: Case) -> tuple[list[Office], list[Office]]:
    """Where the case could go: the offices whose jurisdiction takes in the applicant's address, and the rest.

    Of both only those where somebody can answer.
    """
    return by_competence(case.applicant.address or "", Office.id != case.office_id, can_answer())


def can_answer() -> Any:
    """Whether an office has an active supervisor: of its own, or of the office whose branch it is."""
    there = RoleGrant.office_id.in_([Office.id, Office.parent_id])
    supervisor = select(RoleGrant.id).join(Account, Account.id == RoleGrant.account_id)
    found = supervisor.where(RoleGrant.role == Role.SUPERVISOR, Account.active, there)
    return found.correlate(Office).exists()


def propose(case: Case, office: Office, reason: str, viewer: Viewer) -> Transfer:
    """Offer the case to another office; the clock stops until it answers. The letter gives the reason as written.

    Raises Invalid, Conflict or Forbidden.
    """
    if not reason.strip():
        raise Invalid(_("Write why the other office is to handle the case."))
    refuse_unprintable(reason)
    if office.id == case.office_id:
        raise Invalid(_("The case lies with this office already."))
    require_somebody_there(office)
    hold(case)
    advance(case, "propose-transfer", viewer, evidence_of(case, viewer), note=reason)
    transfer = Transfer(
        case_id=case.id,
        from_office_id=case.office_id,
        to_office_id=office.id,
        reason=reason,
        proposed_by_id=viewer.account_id,
    )
    db.session.add(transfer)
    db.session.flush()
    record_step(transfer, "casework.transfer-proposed", {"to": office.code, "reason": reason})
    return transfer


def require_somebody_there(office: Office) -> None:
    """An offer that nobody can answer would stop the clock for good. Raises Invalid."""
    if not db.session.scalar(select(Office.id).where(Office.id == office.id, can_answer())):
        raise Invalid(_("That office has no active supervisor, so that nobody there could answer."))


def refuse_unprintable(reason: str) -> None:
    """Whoever writes it is told, and not only the office that accepts."""
    if absent := missing_glyphs(reason):
        raise Invalid(
            _("No font of the letters has these characters: %(characters)s. Write the text without them.",
              characters=named(absent))
        )  # fmt: skip


def accept(transfer: Transfer, viewer: Viewer) -> Case:
    """Take the case over, with its number; the applicant is told. It is allocated as if it came in.

    A restricted one stays so: whoever takes it over is named on it, and gives it to somebody by hand.

    Raises Conflict or Forbidden.
    """
    case = begin(transfer, viewer)
    advance(case, "accept-transfer", viewer, Evidence(), at=transfer.to_office_id)
    tell(case, transfer)
    case.assignee_id, case.office = None, transfer.to_office
    name_receiver(case, viewer)
    answer(transfer, "accepted", viewer)
    allocate_at_intake(case)
    return case


def refuse(transfer: Transfer, reason: str, viewer: Viewer) -> Case:
    """Leave the case where it is, saying why; whoever offered it is reminded. Raises Invalid, Conflict or Forbidden."""
    if not reason.strip():
        raise Invalid(_("Write why your office does not take the case."))
    case = begin(transfer, viewer)
    advance(case, "refuse-transfer", viewer, Evidence(), at=transfer.to_office_id, note=reason)
    answer(transfer, "refused", viewer, reason)
    remind_sender(transfer)
    return case


def remind_sender(transfer: Transfer) -> None:
    """In the language of whoever offered the case; the reason stands with the case."""
    sender = transfer.proposed_by
    with force_locale(sender.language):
        office = transfer.to_office.full_name(sender.language)
        text = _("%(office)s did not take the case over. Its reason stands with the case.", office=office)
    set_reminder(transfer.case, clock.today(), text, viewer_of(sender))


def cancel(case: Case, viewer: Viewer) -> Transfer:
    """The sender takes the offer back. Raises Conflict or Forbidden."""
    hold(case)
    advance(case, "cancel-transfer", viewer, evidence_of(case, viewer))
    transfer = pending_transfer(case)
    answer(transfer, "cancelled", viewer)
    return transfer


def begin(transfer: Transfer, viewer: Viewer) -> Case:
    """Lock case and transfer. Raises Forbidden, or Conflict when somebody else answered."""
    viewer.require(Permission.CASE_ASSIGN, transfer.to_office_id)
    hold(transfer.case)
    lock(transfer)
    if transfer.answer:
        raise Conflict(_("This transfer was answered already."))
    return transfer.case


def answer(transfer: Transfer, how: str, viewer: Viewer, reason: str = "") -> None:
    transfer.answer, transfer.answer_reason = how, reason
    transfer.answered_at, transfer.answered_by_id = clock.now(), viewer.account_id
    db.session.flush()
    offices = {"from": transfer.from_office.code, "to": transfer.to_office.code}
    record_step(transfer, f"casework.transfer-{how}", offices | {"reason": reason})


def tell(case: Case, transfer: Transfer) -> None:
    """The letter of the sending office, which asked for it when it proposed: in the name of whoever did."""
    receiving = Bilingual(*(transfer.to_office.full_name(language) for language in LANGUAGES))
    officer = db.session.get_one(Account, transfer.proposed_by_id)
    # As it was written, in one language: the letter prints it once.
    written = Bilingual(transfer.reason, transfer.reason)
    values = values_of(case, "transfer", officer, receiving_office=receiving, grounds=written)
    sending = Grant(Role.SUPERVISOR, frozenset({transfer.from_office_id}))
    issue(case, values, Viewer(officer.id, officer.full_name, (sending,)))


def record_step(transfer: Transfer, action: str, after: dict[str, str]) -> None:
    record(action, case_id=transfer.case_id, subject=("transfer", transfer.id), after=after)
