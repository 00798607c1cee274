"""Forms of a case's restriction."""

from collections.abc import Collection, Sequence

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from kis.accounts.models import Account
from kis.core.forms import KisForm
from kis.core.reasons import reason_field


class ReadersForm(KisForm):
    """Who may open a restricted case, beside whoever fills this in; `version` is that of the case that was shown."""

    version = IntegerField(
        validators=[InputRequired(_l("This page is incomplete. Load it again."))], widget=HiddenInput()
    )
    readers = SelectMultipleField(_l("May open the case"), coerce=int)

    def offer(self, people: Sequence[Account], named: Collection[int | None]) -> "ReadersForm":
        """The people to choose from; ticked are those named, until something else is sent."""
        self.readers.choices = [SelectChoice(each.id, each.named) for each in people]
        if request.method == "GET":
            self.readers.data = [each.id for each in people if each.id in named]
        return self


class RestrictForm(ReadersForm):
    """Closing a case, with the reason."""

    reason = reason_field(_l("Reason for restricting the case"))


class LiftForm(KisForm):
    """Opening a case again, with the reason."""

    reason = reason_field(_l("Reason for opening the case again"))
