"""The form of the what-if page beside the forms of the sections."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from kis.core.forms import DayField, KisForm


class DayOfApplicationForm(KisForm):
    """Another day of application; days to come are allowed, for the question is what would be."""

    received_on = DayField(_l("Another day of application"), [InputRequired(_l("Give a day."))])
