"""Wording of audit records, as the timeline of a case tells them."""

from flask_babel import gettext as _

from kis.audit.models import AuditRecord


def wording(event: AuditRecord) -> str:
    """One sentence for an event; an action without its own shows its name."""
    values = {"name": "—", "number": "—", "revision": "—"} | (event.after or {})
    sentences = {
        "case.registered": _("The application was registered."),
        "case.assign": _("The case went into review."),
        "case.assigned": _("The case was assigned to %(name)s.", name=values["name"]),
        "case.take": _("The officer took up the case."),
        "case.release": _("The case went back to the office's queue."),
        "case.facts-revised": _("Facts were changed: revision %(number)s.", number=values["revision"]),
        "case.applicant-changed": _("The applicant's details were corrected."),
        "case.noted": _("A note was written."),
        "case.recommend": _("The officer made a recommendation."),
        "case.void-recommendation": _("The recommendation no longer stands."),
        "case.return": _("The supervisor returned the case to the officer."),
        "case.approve": _("A step of the approval line was approved."),
        "case.decide": _("The case was decided."),
        "case.close": _("The letter is ready and the case is closed."),
    }
    return sentences.get(event.action, event.action)
