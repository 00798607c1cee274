"""Cases that end without a decision: withdrawn or returned; and reopening them. Each with its audit record."""

from datetime import date

from flask_babel import gettext as _

from kis.accounts.models import Account
from kis.audit.operations import record
from kis.cases.models import Case
from kis.cases.workflow import advance, hold
from kis.casework import transfers
from kis.casework.handing_over import release_from_leaver
from kis.casework.inspections import end_with_case
from kis.casework.models import Ending, SupplementItem
from kis.casework.queries import evidence_of, open_request, pending_transfer, standing_ending
from kis.casework.supplements import end_open_request
from kis.core import clock
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.letters.operations import issue, void
from kis.letters.parties import values_of
from kis.letters.values import Bilingual

UNDELIVERABLE = Bilingual(
    "보완요구가 소재지 불명 등으로 2회 반송되어 취하된 것으로 봅니다.",
    "The request to supply what was missing came back undelivered twice; the application counts as withdrawn.",
)
NOT_SUPPLIED = Bilingual(
    "보완요구를 두 차례 하였으나 기간 내에 보완되지 아니하였습니다.",
    "What was missing was asked for twice and was not supplied in time.",
)


def withdraw(case: Case, wish: str, wished_on: date, viewer: Viewer) -> Ending:
    """End the case on the applicant's written wish; `wish` says how it was given and who signed.

    Civil Petitions Treatment Act Art. 22: an application may be withdrawn until it is decided. Raises
    Invalid, Conflict or Forbidden.
    """
    if not wish.strip():
        raise Invalid(_("Write how the applicant gave the wish in writing, and who signed it."))
    if not case.received_on <= wished_on <= clock.today():
        raise Invalid(_("The wish was given between the application and today."))
    hold(case)
    evidence = evidence_of(case, viewer)
    close_what_waits(case, "withdrawn", viewer)
    advance(case, "withdraw", viewer, evidence)
    return finish(case, Ending(kind="withdrawn", ground="wish", note=wish, wished_on=wished_on), viewer)


def treat_as_withdrawn(case: Case, note: str, viewer: Viewer) -> Ending:
    """End a case whose supplement request came back twice (Decree Art. 25). Raises Invalid, Conflict or Forbidden."""
    if not note.strip():
        raise Invalid(_("Write what was tried to reach the applicant."))
    hold(case)
    evidence = evidence_of(case, viewer)
    close_what_waits(case, "withdrawn", viewer)
    advance(case, "treat-as-withdrawn", viewer, evidence)
    ending = Ending(kind="withdrawn", ground="undeliverable", note=note)
    return finish(case, ending, viewer, grounds=UNDELIVERABLE)


def return_application(case: Case, note: str, viewer: Viewer) -> Ending:
    """Return an application that was not supplemented after two requests (Decree Art. 25).

    `note` goes into the letter as it is. Raises Invalid, Conflict or Forbidden.
    """
    if not note.strip():
        raise Invalid(_("Write the reason; the letter gives it to the applicant."))
    hold(case)
    evidence = evidence_of(case, viewer)
    missing = [item.wording for item in missing_of(case)]
    close_what_waits(case, "returned", viewer)
    advance(case, "return-application", viewer, evidence)
    ending = Ending(kind="returned", ground="not-supplied", note=note)
    return finish(case, ending, viewer, grounds=NOT_SUPPLIED, written=note, items=tuple(missing))


def missing_of(case: Case) -> list[SupplementItem]:
    return open_request(case).missing if case.state == "awaiting_supplement" else []


def close_what_waits(case: Case, how: str, viewer: Viewer) -> None:
    end_open_request(case, how)
    end_with_case(case, viewer)
    if case.transfer_pending:
        transfers.answer(pending_transfer(case), "cancelled", viewer)


def finish(case: Case, ending: Ending, viewer: Viewer, **more: object) -> Ending:
    """Keep how the case ended, and tell the applicant by letter."""
    officer = db.session.get_one(Account, viewer.account_id)
    kind = "withdrawal" if ending.kind == "withdrawn" else "return"
    letter = issue(case, values_of(case, kind, officer, **more), viewer)
    ending.case_id, ending.letter_id, ending.ended_by_id = case.id, letter.id, viewer.account_id
    db.session.add(ending)
    db.session.flush()
    record(
        f"casework.{ending.kind}",
        case_id=case.id,
        subject=("ending", ending.id),
        after={"ground": ending.ground, "note": ending.note, "wished_on": ending.wished_on},
    )
    return ending


def reopen(case: Case, reason: str, viewer: Viewer) -> None:
    """A supervisor takes a withdrawn or returned case up again. Raises Invalid, Conflict or Forbidden."""
    if not reason.strip():
        raise Invalid(_("Write why the case is reopened."))
    hold(case)
    advance(case, "reopen", viewer, evidence_of(case, viewer), note=reason)
    ending = standing_ending(case)
    if ending is None:
        raise Conflict(_("The case has changed since you opened this page. Load it again."))
    ending.reopened_at, ending.reopened_by_id = clock.now(), viewer.account_id
    ending.reopening_reason = reason
    if ending.letter.in_force:
        void(ending.letter, reason, viewer)
    record("casework.reopened", case_id=case.id, subject=("ending", ending.id), after={"reason": reason})
    release_from_leaver(case)
