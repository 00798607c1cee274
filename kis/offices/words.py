"""What the values of the reference data are called."""

from flask_babel import lazy_gettext as _l

from kis.offices import reference
from kis.offices.models import Confidence, OfficeKind, ServiceKind

OFFICE_KINDS = {
    OfficeKind.OFFICE: _l("Immigration office"),
    OfficeKind.BRANCH_OFFICE: _l("Branch office"),
}
SERVICE_KINDS = {
    ServiceKind.NATIONALITY: _l("Nationality"),
    ServiceKind.RESIDENCE: _l("Residence"),
    ServiceKind.GLOBAL_TALENT: _l("Global talent visas"),
    ServiceKind.OTHERS: _l("Others"),
}
CONFIDENCES = {
    Confidence.OFFICIAL: _l("Official list"),
    Confidence.OFFICIAL_COPY: _l("Copy of an official page"),
    Confidence.PRESS: _l("Press report"),
}


def source_names(codes: str | None, language: str) -> str:
    """The names and sites of sources, given as their codes with spaces between."""
    named = [reference.sources()[code] for code in (codes or "").split()]
    return "; ".join(", ".join(filter(None, (row[f"name_{language}"], row["site"]))) for row in named)
