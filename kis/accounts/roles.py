"""Names of the roles, and which of them are held in an office."""

from flask_babel import lazy_gettext as _l

from kis.core.access import Role

# Held in one office each; the other roles are held in the whole service.
IN_AN_OFFICE = frozenset({Role.RECEPTION, Role.OFFICER, Role.SUPERVISOR})
ROLE_LABELS = {
    Role.RECEPTION: _l("Reception"),
    Role.OFFICER: _l("Officer"),
    Role.SUPERVISOR: _l("Supervisor"),
    Role.HEADQUARTERS: _l("Headquarters"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
