"""Wording of audit records, as the timeline of a case tells them."""

from collections import defaultdict
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from kis.audit.models import AuditRecord
from kis.core.language import current_language
from kis.rules.texts import word

SENTENCES = {
    "case.registered": _l("The application was registered."),
    "case.assigned": _l("The case was assigned to %(name)s."),
    "case.take": _l("The officer took up the case."),
    "case.release": _l("The case went back to the office's queue."),
    "case.facts-revised": _l("Facts were changed: revision %(revision)s."),
    "case.applicant-changed": _l("The applicant's details were corrected."),
    "case.noted": _l("A note was written."),
    "case.recommend": _l("The officer made a recommendation."),
    "case.take-back": _l("The officer took the recommendation back."),
    "case.void-recommendation": _l("The recommendation no longer stands: facts or documents changed."),
    "case.return": _l("The supervisor returned the case to the officer."),
    "case.approve": _l("A step of the approval line was approved."),
    "case.decide": _l("The case was decided."),
    "case.close": _l("The letter is ready and the case is closed."),
    "document.added": _l("A document was added to the checklist: %(code)s."),
    "document.marked": _l("The applicant's mark was changed: %(code)s."),
    "document.reviewed": _l("Civil Servant Review: %(code)s was ticked."),
    "document.review-taken-back": _l("Civil Servant Review: the tick of %(code)s was taken back."),
    "document.defect-noted": _l("A defect was noted: %(code)s."),
    "document.scan-attached": _l("A scan was attached: %(code)s."),
    "documents.checklist-extended": _l("The checklist was extended for another category."),
    "letter.issued": _l("Letter %(number)s was issued."),
    "letter.rendered": _l("The PDF of letter %(number)s was stored."),
    "letter.retried": _l("The letter was put to the press again."),
    "precheck.run": _l("The pre-check was run."),
    "precheck.rechecked": _l("The pre-check was run anew after a change of reference figures."),
    "precheck.departed": _l("The officer departed from an outcome of the pre-check."),
    "precheck.departure-withdrawn": _l("A departure from the pre-check was withdrawn."),
}
# Told by another record of the same act.
UNTOLD = {
    "case.assign",
    "decision.made",
    "documents.checklist-opened",
    "intake.registered",
    "recommendation.made",
    "recommendation.voided",
}


def told(events: Iterable[AuditRecord]) -> list[AuditRecord]:
    """The events without those that another one tells as well."""
    return [event for event in events if event.action not in UNTOLD]


def wording(event: AuditRecord) -> str:
    """One sentence for an event; an action without its own shows its name."""
    sentence = SENTENCES.get(event.action)
    if sentence is None:
        return event.action
    known = {**(event.before or {}), **(event.after or {})}
    if "code" in known:
        known["code"] = word(f"document:{known['code']}", current_language()).removeprefix("document:")
    return str(sentence) % defaultdict(lambda: "—", known)
