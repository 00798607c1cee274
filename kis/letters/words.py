"""The words of deliveries and registers as pages show them."""

from flask_babel import lazy_gettext as _l

STEP_LABELS = {
    "handed-over": _l("Handed over"),
    "posted": _l("Sent by registered mail"),
    "emailed": _l("Sent by e-mail"),
    "announced": _l("Announced by public notice"),
    "arrived": _l("Arrived"),
    "returned": _l("Came back undelivered"),
}
# What the button that records a step says.
STEP_ACTIONS = {
    "handed-over": _l("Record that it was handed over"),
    "posted": _l("Record that it was sent by registered mail"),
    "emailed": _l("Record that it was sent by e-mail"),
    "announced": _l("Record a public notice"),
    "arrived": _l("Record that it arrived"),
    "returned": _l("Record that it came back"),
}
DELIVERY_LABELS = {
    "waiting": _l("Not sent yet"),
    "on_the_way": _l("On the way"),
    "returned": _l("Came back"),
    "arrived": _l("Arrived"),
    "announced": _l("Announced by public notice"),
}
DELIVERY_TONES = {"waiting": "", "on_the_way": "information", "returned": "warning", "arrived": "success",
                  "announced": "quiet"}  # fmt: skip
CONSENT_LABELS = {
    "application": _l("in the application form"),
    "written": _l("in a letter of its own"),
    "electronic": _l("electronically"),
}
