"""Forms of the casework that stand on no page of a case."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from kis.core.forms import KisForm


class RefusalForm(KisForm):
    """Why an office does not take a case over."""

    reason = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Write why your office does not take the case.")),
            Length(max=4000, message=_l("At most 4,000 characters.")),
        ],
    )
