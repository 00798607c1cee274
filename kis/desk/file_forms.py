"""Forms of the file of a case: a party, and a fee."""

import json
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from kis.cases.fees import Settlement, columns_of
from kis.cases.file_models import EXEMPTIONS, METHODS, PARTY_KINDS, Fee, Party
from kis.cases.inputs import MoneyField
from kis.cases.parties import Particulars, particulars_of
from kis.core.forms import DayField, KisForm, at_most
from kis.core.language import show_day


def offered(labels: dict[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


def short() -> Length:
    return at_most(200)


class FileForm(KisForm):
    """A form of what two may change at once; `shown` is what its page held, so that the second can compare."""

    shown = HiddenField()

    @classmethod
    def of_texts(cls, texts: dict[str, str]) -> Self:
        """The form as if the texts had been sent by it."""
        return cls(MultiDict(texts), meta={"csrf": False})

    @classmethod
    def of_values(cls, values: dict[str, Any]) -> Self:
        """The form of what is on record."""
        form = cls(formdata=None, data=values)
        return form.based_on(form.stated())

    def based_on(self, shown: dict[str, str]) -> Self:
        self.shown.data = json.dumps(shown)
        return self

    def stated(self) -> dict[str, str]:
        """Field to what it holds as a form sends it: days as ISO, "" where it is empty."""
        return {name: as_sent(value) for name, value in self.values().items()}

    def values(self) -> dict[str, Any]:
        """Field to its value, the hidden ones apart."""
        return {field.name: field.data for field in self if not isinstance(field, HiddenField)}

    def seen(self) -> dict[str, str]:
        """What the page held; that of an empty one where it is not what a page can have held."""
        try:
            shown = json.loads(self.shown.data or "")
            if self.of_texts(shown).stated() == shown:
                return shown
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            pass
        return self.of_values({}).stated()

    def in_words(self, name: str, value: str) -> str:
        """What `stated` holds of a field as people read it."""
        field = self[name]
        if isinstance(field, BooleanField):
            return _("Yes") if value == "y" else _("No")
        if not value:
            return _("none")
        if isinstance(field, SelectField):
            return next((str(choice[1]) for choice in field.iter_choices() if choice[0] == value), value)
        return show_day(date.fromisoformat(value)) if isinstance(field, DayField) else str(value)

    @property
    def names(self) -> dict[str, str]:
        return {field.name: field.label.text for field in self}


def as_sent(value: Any) -> str:
    if isinstance(value, bool):
        return "y" if value else ""
    return "" if value is None else str(value)


class PartyForm(FileForm):
    """Who acts for the applicant."""

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
        return Particulars(
            **{
                name: "" if value is None and name in TEXTS else value
                for name, value in self.values().items()
            }
        )

    @classmethod
    def showing(cls, party: Party) -> Self:
        """The form as the party is on record."""
        return cls.of_values(particulars_of(party))


TEXTS = {"name", "relation", "address", "phone", "licence"}


BELONGS = {
    "paid": ("amount", "paid_on", "method", "receipt_number"),
    "exempt": ("exemption", "exemption_note"),
}


class FeeForm(FileForm):
    """A fee: paid, or exempt with the reason; which of both, with what belongs to it, is one thing to choose."""

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
    def of_texts(cls, texts: dict[str, str]) -> Self:
        return super().of_texts({"online": texts["online"], **json.loads(texts["settlement"] or "{}")})

    def stated(self) -> dict[str, str]:
        texts = super().stated()
        belongs = {"how", *BELONGS.get(texts["how"], ())}
        parts = {name: text for name, text in texts.items() if name in belongs and text}
        return {"online": texts["online"], "settlement": json.dumps(parts) if parts else ""}

    def in_words(self, name: str, value: str) -> str:
        if name != "settlement":
            return super().in_words(name, value)
        parts = json.loads(value or "{}")
        return ", ".join(super(FeeForm, self).in_words(*part) for part in parts.items()) or _("none")

    @property
    def names(self) -> dict[str, str]:
        return {"online": self.online.label.text, "settlement": self.how.label.text}

    @classmethod
    def showing(cls, fee: Fee | None) -> Self:
        """The form as the fee was recorded; empty for one that was not."""
        if fee is None:
            return cls.of_values({})
        return cls.of_values({"how": "paid" if fee.paid_on else "exempt"} | columns_of(fee))

    @property
    def amount_paid(self) -> int | None:
        """In won, where the table does not say it."""
        return None

    def settlement(self) -> Settlement:
        """What the valid form says; what belongs to the other choice is left out."""
        if self.how.data == "paid":
            return Settlement(
                online=self.online.data,
                amount=self.amount_paid,
                paid_on=self.paid_on.data,
                method=self.method.data or None,
                receipt_number=self.receipt_number.data or "",
            )
        return Settlement(
            online=self.online.data,
            exemption=self.exemption.data or None,
            exemption_note=self.exemption_note.data or "",
        )


class EarlierFeeForm(FeeForm):
    """A fee of a day before the table begins: what was paid is entered."""

    amount = MoneyField(
        _l("Amount in won"),
        [Optional(), NumberRange(1, 10_000_000, _l("An amount lies between 1 and 10,000,000 won."))],
    )

    @property
    def amount_paid(self) -> int | None:
        return self.amount.data
