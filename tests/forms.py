"""What a browser would send for a form as it stands."""

from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectField
from wtforms.fields.core import Field

from kis.cases.forms import fields_within


def posted(form: Any) -> dict[str, Any]:
    """Name to value of every control that a browser would send."""
    sent: dict[str, Any] = {}
    for field in fields_within(form):
        if isinstance(field, FormField | FieldList) or (isinstance(field, BooleanField) and not field.data):
            continue
        sent[field.name] = value_of(field)
    return sent


def value_of(field: Field) -> Any:
    if isinstance(field, BooleanField):
        return "y"
    if isinstance(field, SelectField):
        return next((value for value, _label, chosen, *_ in field.iter_choices() if chosen), "")
    return field._value()
