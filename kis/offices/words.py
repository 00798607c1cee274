"""What the values of the reference data are called."""

from flask_babel import lazy_gettext as _l

from kis.offices.models import Confidence, OfficeKind, ServiceKind

OFFICE_KINDS = {
    OfficeKind.OFFICE: _l("Office"),
    OfficeKind.BRANCH_OFFICE: _l("Branch office"),
}
SERVICE_KINDS = {
    ServiceKind.NATIONALITY: _l("Nationality"),
    ServiceKind.RESIDENCE: _l("Residence"),
    ServiceKind.GLOBAL_TALENT: _l("Global talent visas"),
    ServiceKind.OTHERS: _l("Others"),
}
CONFIDENCES = {
    Confidence.OFFICIAL_COPY: _l("Copy of an official page"),
    Confidence.PRESS: _l("Press report"),
}
