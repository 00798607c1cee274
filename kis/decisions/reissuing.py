"""Issuing letters anew. That of a decision for a misprint in it, while it is in the house: the decision itself stays."""

from dataclasses import replace

from flask_babel import gettext as _

from kis.audit.operations import record
from kis.cases.models import Case
from kis.casework import reissuing as others
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.refusals import Conflict
from kis.decisions.departure import departure_deadline
from kis.decisions.letter_values import values_for
from kis.decisions.models import Decision
from kis.decisions.operations import hold
from kis.decisions.queries import decision_of
from kis.letters import operations
from kis.letters.kinds import KINDS
from kis.letters.models import Letter
from kis.letters.queries import decision_letter, has_left


def obstacle(letter: Letter) -> str | None:
    """Why nothing is issued in the letter's place, in a sentence; None where that is possible."""
    if letter.replaced_by:
        return _("Letter %(number)s stands in its place already.", number=letter.replaced_by.number)
    if not KINDS[letter.kind].decides:
        return others.obstacle(letter)
    if not letter.in_force:
        return _("It is void with its decision. What is decided next makes the next letter.")
    if has_left(letter.case):
        return _("The letter has left. Correct it by a notice of correction, or set the decision aside.")
    return None


def reissue_letter(letter: Letter, reason: str, viewer: Viewer) -> Letter:
    """Issue another letter of any kind in the place of one. Raises Forbidden, Invalid or Conflict."""
    if KINDS[letter.kind].decides:
        return reissue(letter.case, reason, viewer)
    return others.reissue(letter, reason, viewer)


def reissue(case: Case, reason: str, viewer: Viewer) -> Letter:
    """Declare the decision's letter void and issue it again, made of what the case holds now.

    The departure deadline of a refusal counts from the new letter, which is the first one to leave.

    Raises Forbidden, Invalid without a reason, or Conflict once the letter has left: what somebody holds in
    hand is put right by a notice of correction.
    """
    viewer.require(Permission.CASE_DECIDE, case.office_id)
    hold(case)
    letter, decision = decision_letter(case), decision_of(case)
    if letter is None or decision is None:
        raise Conflict(_("The case has no letter of a decision that is in force."))
    if why_not := obstacle(letter):
        raise Conflict(why_not)
    move_departure(decision)
    values = values_for(decision)
    anew = replace(values, issued_on=clock.today(), decided_on=values.issued_on)
    return operations.reissue(letter, anew, reason, viewer)


def move_departure(decision: Decision) -> None:
    """Count the deadline from today (Enforcement Decree Art. 33): the old one may have passed in the house,
    and so may a stay that went on when it was decided."""
    if decision.outcome != "refused":
        return
    before, after = decision.departure_deadline, departure_deadline(clock.today(), decision.stay_expires_on)
    if before == after:
        return
    decision.departure_deadline = after
    record(
        "decision.departure-moved",
        case_id=decision.case_id,
        subject=("decision", decision.id),
        before={"departure_deadline": before.isoformat() if before else None},
        after={"departure_deadline": after.isoformat() if after else None},
    )
