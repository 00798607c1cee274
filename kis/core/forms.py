"""What all forms share: clean text, days, and yes / no / not established."""

import re
import unicodedata
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, ValidationError

from kis.core.refusals import Invalid

# Marks that turn or hide text: a name that carries one can be made to read as another.
INVISIBLE = {"Cf", "Cc", "Cs", "Co"}
TEXT_FIELDS = (StringField,)  # hidden and multi-line fields derive from it
ALLOWED = {"\n", "\r", "\t", "\u200c", "\u200d"}
LINE_END = re.compile(r"\r\n?")


def at_most(characters: int) -> Length:
    return Length(max=characters, message=_l("This is too long: at most %(max)d characters."))


def clean_text(value: Any) -> Any:
    """Trim and compose (NFC), so that equal names are equal. Browsers end lines with CRLF: here with LF."""
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFC", LINE_END.sub("\n", value)).strip()


def forbidden_characters(text: str) -> list[str]:
    """Code points that no field takes: NUL and controls, lone surrogates, direction marks."""
    found = {c for c in text if unicodedata.category(c) in INVISIBLE and c not in ALLOWED}
    return sorted(f"U+{ord(c):04X}" for c in found)


def refuse_forbidden_characters(_form: Any, field: Any) -> None:
    """Validator of every text field."""
    if isinstance(field.data, str) and (refusal := hidden_in(field.data)):
        raise ValidationError(refusal)


def hidden_in(text: str) -> str:
    """The sentence about the forbidden characters of the text; empty where it has none."""
    found = forbidden_characters(text)
    if not found:
        return ""
    return _(
        "This holds characters that cannot be seen or stored: %(codes)s. Type it anew.",
        codes=", ".join(found),
    )


def posted_text(name: str) -> str:
    """A text of the request outside any form, trimmed and composed. Raises Invalid for hidden characters."""
    text: str = clean_text(request.form.get(name, ""))
    if refusal := hidden_in(text):
        raise Invalid(refusal)
    return text


class KisForm(FlaskForm):
    """A form whose texts are trimmed, composed, and free of hidden characters."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            filters = list(unbound_field.kwargs.get("filters", []))
            if issubclass(unbound_field.field_class, TEXT_FIELDS):
                options["filters"] = [clean_text, *filters]
            field = unbound_field.bind(form=form, **options)
            if issubclass(unbound_field.field_class, TEXT_FIELDS):
                field.validators = [*field.validators, refuse_forbidden_characters]
            return field


class DayField(DateField):
    """A day, with an error that says how to write it; an impossible day such as 2025-02-30 is refused."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError as error:
            self.data = None
            raise ValueError(_("There is no such day. Write it as 2025-05-12.")) from error


class YesNoField(SelectField):
    """Yes, no, or not established: nobody is made to guess."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        choices = [
            SelectChoice("", _l("Not established")),
            SelectChoice("yes", _l("Yes")),
            SelectChoice("no", _l("No")),
        ]
        super().__init__(label, validators, choices=choices, coerce=yes_no, **kwargs)

    def iter_choices(self) -> Any:
        chosen = {True: "yes", False: "no", None: ""}[self.data]
        for choice in self.choices:
            yield choice.value, choice.label, choice.value == chosen, {}

    def pre_validate(self, form: Any) -> None:
        """Any of the three answers will do."""


def yes_no(value: Any) -> bool | None:
    return {"yes": True, "no": False, True: True, False: False}.get(value)
