"""Recording how letters reach their addressees; each step with its audit record, none commits."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from kis.audit.operations import record
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.letters.delivery import ENDING, STEPS, possible_steps
from kis.letters.kinds import KINDS
from kis.letters.models import EmailConsent, Letter, LetterDelivery, UndeliveredLetter
from kis.letters.queries import consent_of, steps_of


@dataclass(frozen=True)
class Noted:
    """What is recorded of a step: its day, who received the letter and by which paper that was checked, the
    number of the mail or the place of the notice, and a remark."""

    day: date
    recipient: str = ""
    identity: str = ""
    reference: str = ""
    note: str = ""


def note_step(letter: Letter, step: str, noted: Noted, viewer: Viewer) -> LetterDelivery:
    """Record a step of the delivery. Raises Forbidden, Invalid, or Conflict where it cannot come now."""
    viewer.require(Permission.LETTER_DELIVER, letter.office_id)
    lock(letter)
    before = steps_of(letter)
    require_possible(letter, step, [each.step for each in before])
    if step == "emailed":
        noted = Noted(noted.day, reference=consented_address(letter, noted.day), note=noted.note)
    require_sound(letter, step, noted, before)
    made = LetterDelivery(
        letter_id=letter.id,
        step=step,
        means=STEPS[step].means or before[-1].means,
        day=noted.day,
        recipient=noted.recipient or None,
        identity=noted.identity or None,
        reference=noted.reference or None,
        note=noted.note or None,
        noted_by_id=viewer.account_id,
    )
    db.session.add(made)
    db.session.flush()
    follow(letter, made)
    record(
        f"letter.{step}",
        case_id=letter.case_id,
        subject=("letter", letter.id),
        after={"number": letter.number, "day": made.day.isoformat(), "reference": recorded_reference(made)},
    )
    return made


def recorded_reference(made: LetterDelivery) -> str | None:
    """What the chain keeps for good: the number of the mail or the place of the notice, and no e-mail address."""
    return None if made.step == "emailed" else made.reference


def require_deliverable(letter: Letter) -> None:
    """Raises Conflict for a letter that nobody outside may receive, or not yet, or not any more."""
    if KINDS[letter.kind].is_internal:
        raise Conflict(_("The letter is for the file alone; it goes to nobody."))
    if not letter.is_ready:
        raise Conflict(_("The letter has no PDF yet; there is nothing to deliver."))
    if not letter.in_force:
        raise Conflict(_("Letter %(number)s is void; it is not delivered any more.", number=letter.number))


def require_possible(letter: Letter, step: str, before: list[str]) -> None:
    require_deliverable(letter)
    if step in possible_steps(before):
        return
    if step == "announced":
        raise Conflict(_("A public notice is the last resort: first another way must have failed."))
    raise Conflict(_("This step cannot follow what is recorded. Load the page again."))


def require_sound(letter: Letter, step: str, noted: Noted, before: list[LetterDelivery]) -> None:
    earliest = before[-1].day if before else letter.issued_on
    if not earliest <= noted.day <= clock.today():
        raise Invalid(_("The day lies between the step before it and today."))
    if step == "handed-over" and not (noted.recipient and noted.identity):
        raise Invalid(_("Write who received the letter and by which document that was checked."))
    if step == "posted" and not noted.reference:
        raise Invalid(_("Write the number of the registered mail."))
    if step == "announced" and not noted.reference:
        raise Invalid(_("Write where the notice is made public."))
    if step == "announced" and not (noted.note or came_back_by_post(before)):
        raise Invalid(_("No mail came back from the post. Write in the remark why none could be sent."))


def came_back_by_post(before: list[LetterDelivery]) -> bool:
    """Whether the address was tried: an e-mail that bounced says nothing about it."""
    return any(each.step == "returned" and each.means == "post" for each in before)


def consented_address(letter: Letter, day: date) -> str:
    """The e-mail address to which the applicant let letters be sent on that day. Raises Conflict or Invalid."""
    consent = consent_of(letter.case.applicant_id)
    if consent is None:
        raise Conflict(
            _("Without the applicant's recorded consent no letter goes by e-mail (APA, Article 14).")
        )
    if day < consent.day:
        raise Invalid(
            _("The consent to e-mail is of %(day)s; before it no letter went that way.", day=consent.day)
        )
    return consent.email


def follow(letter: Letter, made: LetterDelivery) -> None:
    """Bring the worklist in line with the step."""
    waiting = db.session.get(UndeliveredLetter, letter.id)
    if waiting is None:
        return
    target = STEPS[made.step].target
    if target in ENDING:
        db.session.delete(waiting)
    else:
        waiting.state, waiting.since = target, made.day
        waiting.returns += target == "returned"
    db.session.flush()


def note_consent(case: Case, email: str, form: str, day: date, viewer: Viewer) -> EmailConsent:
    """Record that the case's applicant lets letters come by e-mail, or with no address no longer does.

    Raises Forbidden or Invalid.
    """
    viewer.require(Permission.LETTER_DELIVER, case.office_id)
    if day > clock.today():
        raise Invalid(_("The day of the consent has not come yet."))
    if not email and consent_of(case.applicant_id) is None:
        raise Invalid(_("There is no consent to withdraw. Enter the address."))
    made = EmailConsent(
        applicant_id=case.applicant_id,
        given=bool(email),
        email=email,
        form=form,
        day=day,
        noted_by_id=viewer.account_id,
    )
    db.session.add(made)
    db.session.flush()
    record(
        "letter.email-consent",
        case_id=case.id,
        subject=("applicant", case.applicant_id),
        after={"given": made.given, "form": form, "day": day.isoformat()},
    )
    return made
