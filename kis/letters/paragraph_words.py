"""What the pages of the paragraph library call things."""

from flask_babel import lazy_gettext as _l

PLACEHOLDER_LABELS = {
    "name": _l("Name of the applicant"),
    "receipt_number": _l("Receipt number"),
    "applied_for": _l("Status applied for"),
    "received_on": _l("Day of receipt"),
    "issued_on": _l("Day of the letter"),
    "due_on": _l("End of the processing period"),
    "new_due_on": _l("New end of the processing period"),
    "reply_by": _l("Day until which to answer"),
    "departure_deadline": _l("Departure deadline"),
    "stay_expires_on": _l("Last day of the present stay"),
    "receiving_office": _l("Receiving office"),
    "corrects": _l("Letter that is corrected"),
    "replaces": _l("Letter in whose place it stands"),
}
# In characters.
MAX_TEXT = 2_000
