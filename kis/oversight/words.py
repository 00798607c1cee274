"""What permissions and actions are called, and where roles hold."""

from flask_babel import lazy_gettext as _l

from kis.audit.models import AuditRecord
from kis.core.access import Permission, Role
from kis.desk.timeline import wording

PERMISSIONS = {
    Permission.WORK: _l("Sign in and out"),
    Permission.OFFICE_READ: _l("Read offices and windows"),
    Permission.OFFICE_MANAGE: _l("Change settings of offices"),
    Permission.CASE_REGISTER: _l("Register applications"),
    Permission.CASE_MARK: _l("Mark what was submitted"),
    Permission.CASE_READ: _l("Read cases"),
    Permission.CASE_READ_RESTRICTED: _l("Read restricted cases without being named on them"),
    Permission.CASE_REVIEW: _l("Review cases"),
    Permission.CASE_ASSIGN: _l("Assign cases"),
    Permission.CASE_DECIDE: _l("Approve and decide"),
    Permission.CASE_EXPORT: _l("Export lists of cases"),
    Permission.QUEUE_READ: _l("Read queues"),
    Permission.STATISTICS_COUNT: _l("Have the statistics counted anew"),
    Permission.STATISTICS_READ: _l("Read statistics"),
    Permission.FIGURE_READ: _l("Read reference figures"),
    Permission.LETTER_DELIVER: _l("Print letters and record their delivery"),
    Permission.LETTER_EXPORT: _l("Export the registers of letters"),
    Permission.FIGURE_EDIT: _l("Change reference figures"),
    Permission.QUALITY_READ: _l("Read the figures of quality samples"),
    Permission.QUALITY_REVIEW: _l("Review quality samples"),
    Permission.JOB_READ: _l("See background work, and repeat what failed"),
    Permission.PARAGRAPH_EDIT: _l("Word the paragraphs of letters"),
    Permission.AUDIT_READ: _l("Read the audit chain"),
    Permission.ACCESS_LOG_READ: _l("Read the access log"),
    Permission.ACCOUNT_MANAGE: _l("Manage accounts and roles"),
}
SCOPES = {
    Role.RECEPTION: _l("own office"),
    Role.OFFICER: _l("own office"),
    Role.SUPERVISOR: _l("own office and its branch offices"),
    Role.HEADQUARTERS: _l("all offices, with a stated reason"),
    Role.AUDITOR: _l("all offices"),
    Role.ADMINISTRATOR: _l("all offices, no case"),
}
# Actions beside those on cases, which the timeline of a case words.
ACTIONS = {
    "absence.cancelled": _l("An absence was cancelled."),
    "absence.entered": _l("An absence of an officer was entered."),
    "access-log.sealed": _l("Access records entered the chain."),
    "account.created": _l("An account was created."),
    "account.disabled": _l("An account was disabled."),
    "account.enabled": _l("An account was enabled."),
    "account.grants-changed": _l("The roles of an account were changed."),
    "account.particulars-changed": _l("How a person is called or reached was corrected."),
    "account.skills-set": _l("The categories that an officer handles were set."),
    "casework.allocation-ordered": _l("The allocation of an office's unassigned cases was ordered."),
    "job.retried": _l("A job that had failed was given to the workers again."),
    "office.allocation-set": _l("An office set how it allocates its cases."),
    "office.sampling-set": _l("An office set how many decided cases are looked at."),
    "office.weights-set": _l("An office set the weights of its categories."),
    "quality.drawn": _l("A sample of decided cases was drawn."),
    "account.password-changed": _l("A password was changed."),
    "figures.approved": _l("A change of the reference figures came into force."),
    "figures.proposed": _l("A change of the reference figures was proposed."),
    "figures.rejected": _l("A proposed change of the reference figures was rejected."),
    "figures.retracted": _l("A proposed change of the reference figures was taken back."),
    "figures.reference-loaded": _l("Reference figures were loaded."),
    "holiday.overridden": _l("A day was set apart from the calendar."),
    "letters.printed": _l("Letters of a day were put together for printing."),
    "letters.register-exported": _l("A register of letters was exported."),
    "office.approval-line": _l("An office set its approval line."),
    "office.created": _l("An office was created for the demonstration."),
    "office.period-set": _l("The processing period of an office was set."),
    "office.settings-changed": _l("Settings of an office were changed."),
    "offices.reference-loaded": _l("Offices and windows were loaded."),
    "paragraph.approved": _l("A paragraph of letters came into force."),
    "paragraph.proposed": _l("A paragraph of letters was proposed."),
    "paragraph.rejected": _l("A proposed paragraph was rejected."),
    "paragraph.retracted": _l("A proposed paragraph was taken back."),
    "queue.exported": _l("A queue was exported."),
    "queue.filter-deleted": _l("A saved filter was deleted."),
    "queue.filter-saved": _l("A filter was saved."),
    "statistics.count-asked": _l("A new count of the statistics was asked for."),
    "decision.made": _l("A decision was recorded with its reasons."),
    "decision.voided": _l("A decision was taken out of force."),
    "documents.checklist-opened": _l("The checklist of a case was made."),
    "intake.registered": _l("An application was registered from its dossier."),
    "recommendation.made": _l("A recommendation was recorded with its reasons."),
    "recommendation.voided": _l("A recommendation was taken out of force."),
    "reminder.done": _l("A personal reminder was settled."),
    "reminder.postponed": _l("A personal reminder was postponed."),
    "reminder.set": _l("A personal reminder was set."),
    "sign-in.done": _l("Somebody signed in."),
    "sign-in.refused": _l("A sign-in was refused."),
    "sign-out": _l("Somebody signed out."),
}


def told(record: AuditRecord) -> str:
    """What was done, in a sentence; empty for an action that has none."""
    sentence = str(ACTIONS.get(record.action) or wording(record))
    return "" if sentence == record.action else sentence
