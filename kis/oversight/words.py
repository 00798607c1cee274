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
    Permission.CASE_REVIEW: _l("Review cases"),
    Permission.CASE_ASSIGN: _l("Assign cases"),
    Permission.CASE_DECIDE: _l("Approve and decide"),
    Permission.QUEUE_READ: _l("Read queues"),
    Permission.FIGURE_READ: _l("Read reference figures"),
    Permission.FIGURE_EDIT: _l("Change reference figures"),
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
    "access-log.sealed": _l("Access records entered the chain."),
    "account.created": _l("An account was created."),
    "account.disabled": _l("An account was disabled."),
    "account.enabled": _l("An account was enabled."),
    "account.grants-changed": _l("The roles of an account were changed."),
    "account.password-changed": _l("A password was changed."),
    "figures.reference-loaded": _l("Reference figures were loaded."),
    "holiday.overridden": _l("A day was set apart from the calendar."),
    "office.settings-changed": _l("Settings of an office were changed."),
    "offices.reference-loaded": _l("Offices and windows were loaded."),
    "sign-in.done": _l("Somebody signed in."),
    "sign-in.refused": _l("A sign-in was refused."),
    "sign-out": _l("Somebody signed out."),
}


def told(record: AuditRecord) -> str:
    """What was done, in a sentence; empty for an action that has none."""
    sentence = str(ACTIONS.get(record.action) or wording(record))
    return "" if sentence == record.action else sentence
