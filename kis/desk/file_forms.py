"""Forms of the file of a case: a party, and a fee."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from kis.cases.fees import Settlement
from kis.cases.file_models import EXEMPTIONS, METHODS, PARTY_KINDS, Fee
from kis.cases.parties import Particulars
from kis.core.forms import DayField, KisForm, at_most


def offered(labels: dict[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


def short() -> Length:
    return at_most(200)


class PartyForm(KisForm):
    """Who acts for the applicant. `version` is that of the party that was shown; "" for a new one."""

    version = HiddenField()
    kind = RadioField(
        _l("Agent or guardian"),
        [InputRequired(_l("Choose a kind."))],
        choices=offered(PARTY_KINDS),
        default="agent",
    )
    name = StringField(_l("Full name"), [InputRequired(_l("This is needed.")), short()])
    relation = StringField(
        _l("Relation"),
        [short()],
        description=_l("Of a guardian: parent, for example. Of an agent: the firm."),
    )
    address = TextAreaField(_l("Address for letters"), [at_most(1000)], render_kw={"rows": 2})
    phone = StringField(_l("Phone"), [short()])
    licence = StringField(_l("Registration number of the agent"), [at_most(80)])
    authorised_on = DayField(
        _l("Power of attorney registered on"), [Optional()], description=_l("Needed for an agent.")
    )
    from_on = DayField(_l("Acts from"), [InputRequired(_l("This is needed."))])
    until_on = DayField(_l("Acts until"), [Optional()], description=_l("Empty while it goes on."))

    def particulars(self) -> Particulars:
        """What the valid form states."""
        stated = {name: field.data for name, field in self._fields.items() if name != "version"}
        stated.pop("csrf_token", None)
        return Particulars(
            **{name: "" if value is None and name in TEXTS else value for name, value in stated.items()}
        )


TEXTS = {"name", "relation", "address", "phone", "licence"}


class FeeForm(KisForm):
    """A fee: paid, or exempt with the reason."""

    version = HiddenField()
    how = RadioField(
        _l("What applies"),
        [InputRequired(_l("Choose one."))],
        choices=offered({"paid": _l("Paid"), "exempt": _l("Exempt")}),
    )
    online = BooleanField(_l("Applied for online"))
    paid_on = DayField(_l("Paid on"), [Optional()])
    method = SelectField(_l("Paid by"), choices=offered({"": _l("Choose")} | METHODS), default="")
    receipt_number = StringField(_l("Number of the receipt"), [at_most(80)])
    exemption = SelectField(
        _l("Ground of the exemption"), choices=offered({"": _l("Choose")} | EXEMPTIONS), default=""
    )
    exemption_note = TextAreaField(_l("Reason"), [at_most(1000)], render_kw={"rows": 2})

    def validate_how(self, field: Any) -> None:
        if field.data == "paid" and not (self.paid_on.data and self.method.data):
            raise ValidationError(_("Give the day of the payment and how it was paid."))
        if field.data == "exempt" and not (self.exemption.data and self.exemption_note.data):
            raise ValidationError(_("Choose the ground of the exemption and write the reason."))

    @classmethod
    def showing(cls, fee: Fee | None) -> Self:
        """The form as the fee was recorded; empty for one that was not."""
        if fee is None:
            return cls(formdata=None)
        how = "paid" if fee.paid_on else "exempt"
        return cls(formdata=None, obj=fee, data={"how": how, "version": str(fee.version)})

    def settlement(self) -> Settlement:
        """What the valid form says; what belongs to the other choice is left out."""
        if self.how.data == "paid":
            return Settlement(
                online=self.online.data,
                paid_on=self.paid_on.data,
                method=self.method.data or None,
                receipt_number=self.receipt_number.data or "",
            )
        return Settlement(
            online=self.online.data,
            exemption=self.exemption.data or None,
            exemption_note=self.exemption_note.data or "",
        )
