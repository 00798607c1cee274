"""The words of recommending and deciding."""

from flask_babel import lazy_gettext as _l

RECOMMENDED_LABELS = {"granted": _l("Grant"), "refused": _l("Refuse")}
# Why a recommendation no longer stands; the last ones are changes of what it rested on.
CHANGES = {
    "facts": _l("The facts were changed"),
    "documents": _l("The documents were changed"),
}
# Why a decision no longer stands.
REVERSALS = {
    "undone": _l("The decision was undone"),
    "set-aside": _l("The decision was set aside"),
}
VOID_CAUSES = (
    {
        "taken-back": _l("Taken back by the officer"),
        "returned": _l("Returned to the officer"),
        "conflict": _l("A conflict of interest was declared"),
        "withdrawn": _l("The application was withdrawn"),
    }
    | CHANGES
    | REVERSALS
)
