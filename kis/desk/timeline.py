"""Wording of audit records, as the timeline of a case tells them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kis.accounts.models import Account, named_in
from kis.audit.models import AuditRecord
from kis.audit.queries import events_of_case
from kis.cases.models import Case
from kis.core.extensions import db
from kis.core.language import current_language
from kis.rules.texts import word

PAGE = 100
SENTENCES = {
    "case.registered": _l("The application was registered."),
    "case.assigned": _l("The case was assigned to %(name)s."),
    "case.take": _l("The officer took up the case."),
    "case.release": _l("The case went back to the office's queue."),
    "case.facts-revised": _l("Facts were changed: revision %(revision)s."),
    "case.applicant-changed": _l("The applicant's details were corrected."),
    "case.noted": _l("A note was written."),
    "case.note-corrected": _l("A note was corrected."),
    "party.added": _l("%(name)s was put on file as acting for the applicant."),
    "party.changed": _l("What is on file of %(name)s, who acts for the applicant, was changed."),
    "fee.settled": _l("A fee was recorded."),
    "casework.allocated-in-turn": _l(
        "The case was allocated to %(name)s, whose turn it was among %(among)s who could take it."
    ),
    "casework.allocated-least-work": _l(
        "The case was allocated to %(name)s, who had the least open work (%(load)s) of %(among)s who could take it."
    ),
    "casework.conflict-declared": _l("%(name)s declared a conflict of interest."),
    "casework.handed-over": _l("The work of %(former)s was handed over to %(name)s: %(reason)s"),
    "casework.passed-to-substitute": _l(
        "%(former)s is absent until %(until)s; the case passed to %(name)s, who stands in."
    ),
    "casework.released-absent": _l(
        "%(former)s is absent until %(until)s; the case went back to the office's queue."
    ),
    "casework.released-conflict": _l(
        "%(former)s declared a conflict of interest; the case went back to the office's queue."
    ),
    "casework.released-disabled": _l(
        "The account of %(former)s was disabled; the case went back to the office's queue."
    ),
    "casework.released-roles": _l(
        "%(former)s no longer reviews for this office; the case went back to its queue."
    ),
    "casework.released-restricted": _l(
        "%(former)s is not named on the restricted case; it went back to the office's queue."
    ),
    "casework.released-supervisor": _l(
        "The case of %(former)s was returned to the office's queue: %(reason)s"
    ),
    "quality.reviewed": _l("The case was looked at as a random sample."),
    "case.recommend": _l("The officer made a recommendation."),
    "case.take-back": _l("The officer took the recommendation back."),
    "case.void-recommendation": _l("The recommendation no longer stands: facts or documents changed."),
    "case.return": _l("The supervisor returned the case to the officer."),
    "case.approve": _l("A step of the approval line was approved."),
    "case.decide": _l("The case was decided."),
    "case.close": _l("The letter is ready and the case is closed."),
    "case.undo": _l("The decision was undone: %(note)s"),
    "case.set-aside": _l("The decision was set aside: %(note)s"),
    "casework.supplement-asked": _l("The applicant was asked for a supplement, until %(reply_by)s."),
    "casework.supplement-repeated": _l("The applicant was asked a second time, until %(reply_by)s."),
    "casework.supplement-extended": _l("The applicant has more time, until %(reply_by)s: %(wish)s"),
    "casework.supplement-part-arrived": _l("Part of the supplement came in on %(day)s."),
    "casework.supplement-arrived": _l("The supplement came in on %(day)s."),
    "casework.supplement-overdue": _l("The applicant's time was over on %(reply_by)s without an answer."),
    "casework.inspection-opened": _l("An inspection was opened: %(purpose)s"),
    "casework.inspection-ended": _l("The inspection ended: %(report)s"),
    "casework.period-extended": _l("The processing period was extended until %(due_on)s."),
    "casework.restricted": _l("The case was restricted to %(names)s: %(reason)s"),
    "casework.readers-named": _l("The restricted case was made open to %(names)s and nobody else."),
    "casework.reader-added": _l("%(names)s may open the restricted case from now on."),
    "casework.restriction-lifted": _l("The case was opened to the office again: %(reason)s"),
    "casework.transfer-proposed": _l("A transfer to another office was proposed: %(reason)s"),
    "casework.transfer-accepted": _l("The receiving office took the case over."),
    "casework.transfer-refused": _l("The receiving office did not take the case: %(reason)s"),
    "casework.transfer-cancelled": _l("The proposed transfer was taken back."),
    "casework.withdrawn": _l("The application was withdrawn: %(note)s"),
    "casework.returned": _l("The application was returned to the applicant: %(note)s"),
    "casework.reopened": _l("The case was reopened: %(reason)s"),
    "case.clock-recounted": _l("The due day was reckoned anew after a change of the calendar."),
    "document.came-back": _l("The applicant supplied what was asked for: %(code)s."),
    "document.added": _l("A document was added to the checklist: %(code)s."),
    "document.marked": _l("The applicant's mark was changed: %(code)s."),
    "document.reviewed": _l("Civil Servant Review: %(code)s was ticked."),
    "document.review-taken-back": _l("Civil Servant Review: the tick of %(code)s was taken back."),
    "document.defect-noted": _l("A defect was noted: %(code)s."),
    "document.scan-attached": _l("A scan was attached: %(code)s."),
    "documents.checklist-extended": _l("The checklist was extended for another category."),
    "letter.issued": _l("Letter %(number)s was issued."),
    "letter.rendered": _l("The PDF of letter %(number)s was stored."),
    "letter.voided": _l("Letter %(number)s was declared void: %(reason)s"),
    "letter.handed-over": _l("Letter %(number)s was handed over."),
    "letter.posted": _l("Letter %(number)s was sent by registered mail %(reference)s."),
    "letter.emailed": _l("Letter %(number)s was sent by e-mail."),
    "letter.announced": _l("Letter %(number)s was announced by public notice."),
    "letter.arrived": _l("Letter %(number)s arrived on %(day)s."),
    "letter.returned": _l("Letter %(number)s came back undelivered."),
    "letter.email-consent": _l("A consent to letters by e-mail was recorded or withdrawn."),
    "decision.departure-moved": _l("With the new letter the departure deadline is %(departure_deadline)s."),
    "letter.retried": _l("The letter was put to the press again."),
    "precheck.run": _l("The pre-check was run."),
    "precheck.rechecked": _l("The pre-check was run anew after a change of reference figures."),
    "precheck.departed": _l("The officer departed from an outcome of the pre-check."),
    "precheck.departure-withdrawn": _l("A departure from the pre-check was withdrawn."),
}
# Told by another record of the same act; a person's own reminders are nobody else's business.
UNTOLD = {
    "case.accept-transfer",
    "case.ask-supplement",
    "case.cancel-transfer",
    "case.end-inspection",
    "case.extend",
    "case.extend-supplement",
    "case.open-inspection",
    "case.propose-transfer",
    "case.refuse-transfer",
    "case.reopen",
    "case.repeat-supplement",
    "case.return-application",
    "case.supplement-arrived",
    "case.treat-as-withdrawn",
    "case.withdraw",
    "decision.voided",
    "case.assign",
    "case.release",
    "decision.made",
    "documents.checklist-opened",
    "intake.registered",
    "recommendation.made",
    "recommendation.voided",
    # Of the queues, not of a case.
    "queue.exported",
    "queue.filter-deleted",
    "queue.filter-saved",
    "statistics.count-asked",
    "reminder.done",
    "reminder.postponed",
    "reminder.set",
}


@dataclass(frozen=True)
class Event:
    """One thing that happened, as the timeline tells it: when, what, and who did it."""

    at: datetime
    sentence: str
    who: str


def events_of(case: Case, before: int | None = None, limit: int = PAGE) -> tuple[list[Event], int | None]:
    """What happened on a case that the viewer has opened, newest first, and where to go on, in one statement.

    Without what another event tells as well.
    """
    query = events_of_case(case.id, before, limit).add_columns(Account.named)
    rows = db.session.execute(query.outerjoin(Account, Account.id == AuditRecord.account_id)).all()
    told = [
        Event(record.at, wording(record), name or record.account_name or _("system"))
        for record, name in rows
        if record.action not in UNTOLD
    ]
    return told, rows[-1][0].id if len(rows) == limit else None


def wording(event: AuditRecord) -> str:
    """One sentence for an event; an action without its own shows its name."""
    sentence = SENTENCES.get(event.action)
    if sentence is None:
        return event.action
    known = named_in({**(event.before or {}), **(event.after or {})})
    if "code" in known:
        known["code"] = word(f"document:{known['code']}", current_language()).removeprefix("document:")
    return str(sentence) % defaultdict(lambda: "—", known)
