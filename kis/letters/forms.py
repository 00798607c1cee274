"""Forms of letters: the steps of a delivery, consent to e-mail, declaring a letter void."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from kis.core.forms import DayField, KisForm
from kis.letters.delivering import Noted
from kis.letters.delivery import CONSENT_FORMS
from kis.letters.words import CONSENT_LABELS

SHORT = [Length(max=200, message=_l("At most 200 characters."))]
LONG = [Length(max=2000, message=_l("At most 2,000 characters."))]
# What each step asks for beside the day and a remark.
FIELDS = {
    "handed-over": ("recipient", "identity"),
    "posted": ("reference",),
    "emailed": (),
    "announced": ("reference",),
    "arrived": ("recipient",),
    "returned": (),
}
REFERENCE_LABELS = {
    "posted": _l("Number of the registered mail"),
    "announced": _l("Where the notice is made public"),
}


class StepForm(KisForm):
    """One step of a delivery; fields that the step does not ask for are left out."""

    day = DayField(_l("Day"), [InputRequired(_l("Enter the day."))])
    recipient = StringField(_l("Who received it"), SHORT)
    identity = StringField(_l("Identity document that was checked"), SHORT)
    reference = StringField(_l("Reference"), SHORT)
    note = TextAreaField(_l("Remark"), LONG)

    def __init__(self, step: str, **kwargs: Any) -> None:
        super().__init__(prefix=step, **kwargs)
        for name in {"recipient", "identity", "reference"} - set(FIELDS[step]):
            delattr(self, name)
        if self.reference is not None:
            self.reference.label.text = REFERENCE_LABELS[step]

    def noted(self) -> Noted:
        """What was entered."""
        return Noted(**{name: value or "" for name, value in self.data.items() if name != "csrf_token"})


class ConsentForm(KisForm):
    """Consent to letters by e-mail; without an address it is withdrawn."""

    email = StringField(
        _l("E-mail address"),
        [Optional(), *SHORT, Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("This is no e-mail address."))],
    )
    form = RadioField(
        _l("How it was given or withdrawn"),
        [InputRequired(_l("Choose how."))],
        choices=[SelectChoice(value, CONSENT_LABELS[value]) for value in CONSENT_FORMS],
    )
    day = DayField(_l("Day"), [InputRequired(_l("Enter the day."))])


class VoidForm(KisForm):
    """Why a letter is declared void."""

    reason = TextAreaField(
        _l("Why the letter is declared void"),
        [InputRequired(_l("Write why the letter is declared void.")), *LONG],
    )
