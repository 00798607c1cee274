"""Names of the roles."""

from flask_babel import lazy_gettext as _l

from kis.core.access import Role

ROLE_LABELS = {
    Role.RECEPTION: _l("Reception"),
    Role.OFFICER: _l("Officer"),
    Role.SUPERVISOR: _l("Supervisor"),
    Role.HEADQUARTERS: _l("Headquarters"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
