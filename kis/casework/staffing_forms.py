"""Forms of allocation: absences, weights, handing over."""

from decimal import Decimal, DecimalException

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from kis.casework.staffing_models import ORDINARY
from kis.core.addresses import whole_number
from kis.core.forms import DayField, KisForm
from kis.core.refusals import Invalid

WAY_LABELS = {
    "by_hand": _l("By hand"),
    "in_turn": _l("In turn"),
    "least_work": _l("To whoever has the least open work, weighted by category"),
}
ARRANGEMENT_LABELS = {
    "stays": _l("They stay with the officer"),
    "passes": _l("They pass to whoever stands in"),
    "returns": _l("They return to the queue"),
}


class WayForm(KisForm):
    """How the office allocates."""

    way = RadioField(
        _l("Way of allocating"), choices=[SelectChoice(key, label) for key, label in WAY_LABELS.items()]
    )
    at_intake = BooleanField(_l("Allocate each application as soon as it is registered"))


class AbsenceForm(KisForm):
    """An officer away, who stands in, and what becomes of the open cases."""

    officer = SelectField(_l("Officer"), coerce=whole_number)
    first_day = DayField(_l("First day"), [InputRequired(_l("Give the day."))])
    last_day = DayField(_l("Last day"), [InputRequired(_l("Give the day."))])
    substitute = SelectField(_l("Stands in"), coerce=whole_number)
    arrangement = RadioField(
        _l("Open cases"),
        choices=[SelectChoice(key, label) for key, label in ARRANGEMENT_LABELS.items()],
        default="passes",
    )

    def offer(self, officers: list[tuple[int, str]]) -> "AbsenceForm":
        self.officer.choices = [SelectChoice(str(number), name) for number, name in officers]
        nobody = SelectChoice("", _("nobody"))
        self.substitute.choices = [nobody, *self.officer.choices]
        return self


class SkillsForm(KisForm):
    """The categories that one officer handles."""

    categories = SelectMultipleField(_l("Categories"))


class HandOverForm(KisForm):
    """All open work of one officer to a colleague, or back to the queue."""

    to = SelectField(_l("Hand over to"), coerce=whole_number)
    reason = StringField(_l("Reason"), [InputRequired(_l("Give the reason.")), Length(max=500)])

    def offer(self, officers: list[tuple[int, str]]) -> "HandOverForm":
        queue = SelectChoice("", _("the office's queue"))
        self.to.choices = [queue, *(SelectChoice(str(number), name) for number, name in officers)]
        return self


def tenths(text: str) -> int:
    """A weight such as "1", "2.5" or "" (ordinary), in tenths of an ordinary case. Raises Invalid."""
    try:
        weight = Decimal(text or "1") * ORDINARY
    except DecimalException as error:
        raise Invalid(_("Write weights as numbers such as 1 or 2.5.")) from error
    if not weight.is_finite() or weight != int(weight):
        raise Invalid(_("Write weights with one decimal at most."))
    return int(weight)
