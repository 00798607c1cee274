"""The form for a departure."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from kis.core.forms import KisForm
from kis.core.language import in_language
from kis.precheck.words import MAX_REASON, MIN_REASON
from kis.rules import Outcome

HOW_LONG = _l(
    "Write the reason in %(least)s to %(most)s characters.", least=MIN_REASON, most=f"{MAX_REASON:,}"
)


class DepartureForm(KisForm):
    """Another outcome for one criterion, with its reason; `run` is the number of the run on the page."""

    run = HiddenField()
    to_outcome = RadioField(
        _l("Outcome that you find right"), [DataRequired(_l("Choose the outcome that you find right."))]
    )
    reason = TextAreaField(
        _l("Reason"), [DataRequired(HOW_LONG), Length(min=MIN_REASON, max=MAX_REASON, message=HOW_LONG)]
    )

    def offer(self, found: Outcome) -> None:
        """Every outcome but the one that was found."""
        self.to_outcome.choices = [(o.value, in_language(o.label)) for o in Outcome if o is not found]
