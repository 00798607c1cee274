"""The form of the what-if page beside the forms of the sections."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from kis.core.forms import DayField, KisForm


class DayOfApplicationForm(KisForm):
    """Another day of application; days to come are allowed, for the question is what would be."""

    received_on = DayField(_l("Another day of application"))

    def validate_received_on(self, field: Field) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(_("Give a day."))
