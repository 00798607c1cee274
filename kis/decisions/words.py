"""The words of recommending and deciding."""

from flask_babel import lazy_gettext as _l

RECOMMENDED_LABELS = {"granted": _l("Grant"), "refused": _l("Refuse")}
# Why a recommendation no longer stands; all but the first two are changes of what it rested on.
VOID_CAUSES = {
    "taken-back": _l("Taken back by the officer"),
    "returned": _l("Returned to the officer"),
    "facts": _l("The facts were changed"),
    "applicant": _l("The applicant's particulars were changed"),
    "documents": _l("The documents were changed"),
    "departure": _l("An outcome was departed from"),
    "figures": _l("The reference figures were changed"),
}
CHANGES = tuple(VOID_CAUSES)[2:]
