"""What a log is narrowed to."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length, Optional, ValidationError

from kis.core.forms import DayField, KisForm
from kis.oversight.queries import Filters


class FilterForm(KisForm):
    """Filters in the address of a page; nothing is changed by it, so that it needs no token."""

    account = StringField(_l("Account"), [Optional(), Length(max=40)])
    case = StringField(_l("Case number"), [Optional(), Length(max=60)])
    work = StringField(_l("Action"), [Optional(), Length(max=60)])
    first = DayField(_l("From day"), [Optional()])
    last = DayField(_l("To day"), [Optional()])

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments, meta={"csrf": False})

    def validate_last(self, field: Any) -> None:
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(_l("The last day lies before the first."))

    def filters(self) -> Filters:
        return Filters(
            account=self.account.data or None,
            case=self.case.data or None,
            work=self.work.data or None,
            first=self.first.data,
            last=self.last.data,
        )


class AccessFilterForm(FilterForm):
    """The access log names tasks, not actions."""

    work = StringField(_l("Task"), [Optional(), Length(max=60)])
