"""What the values of pre-checks are called."""

from flask_babel import lazy_gettext as _l

# Why a run was made.
TRIGGERS = {
    "intake": _l("Registration"),
    "revision": _l("Change of the facts"),
    "documents": _l("Change of the documents"),
    "demand": _l("Asked for"),
    "figures": _l("Change of the reference figures"),
}
