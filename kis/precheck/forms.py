"""The form for a departure."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import DataRequired

from kis.core.forms import KisForm
from kis.core.language import in_language
from kis.core.reasons import reason_field
from kis.rules import Outcome


class DepartureForm(KisForm):
    """Another outcome for one criterion, with its reason; `run` is the number of the run on the page."""

    run = HiddenField()
    to_outcome = RadioField(
        _l("Outcome that you find right"), [DataRequired(_l("Choose the outcome that you find right."))]
    )
    reason = reason_field(_l("Reason"))

    def offer(self, found: Outcome) -> None:
        """Every outcome but the one that was found."""
        self.to_outcome.choices = [(o.value, in_language(o.label)) for o in Outcome if o is not found]
