"""Forms of a dossier's sections, made from their shapes; and the way from a dossier to a form and back.

What is not established stays absent on the way, an empty list stays empty, null stays null.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp, ValidationError

from kis.cases import labels
from kis.cases.choices import choice_labels
from kis.cases.differences import MISSING
from kis.cases.inputs import (
    FinalDayField,
    FirstDayField,
    MoneyField,
    NumberField,
    OfferedField,
    WholeField,
    as_text,
    capitals,
    unix_lines,
)
from kis.cases.sections import COUNTRY, FIXED, LIMITS, STATUS, Shape, editable_shape, facts_shape
from kis.core.forms import DayField, KisForm, YesNoField, at_most

NEEDED = _l("This is needed.")
UNKNOWN = ("", _l("Not established"))


class FactsForm(KisForm):
    """An object of the dossier. `kept` says that it stands there even with nothing in it."""

    class Meta(KisForm.Meta):
        csrf = False  # the token is of the page's one form and checked for the request

    shape: Shape
    kept = HiddenField()

    @property
    def side_by_side(self) -> list[Field]:
        """The fields that stand in a grid, in their order."""
        return [field for field in self if not isinstance(field, HiddenField) and not is_group(field)]

    @property
    def groups(self) -> list[Field]:
        """The objects and lists, each under a head of its own."""
        return [field for field in self if is_group(field)]

    @property
    def hidden(self) -> list[Field]:
        return [field for field in self if isinstance(field, HiddenField)]


def is_group(field: Field) -> bool:
    return isinstance(field, FormField) and not issubclass(field.form_class, LastDayForm)


class ListForm(FactsForm):
    """A list: its rows, or that it is established that there are none."""

    none = BooleanField(_l("It is established that there are none"))

    def validate_none(self, field: Field) -> None:
        if field.data and self["rows"].entries:
            raise ValidationError(_("There are rows. Remove them, or take this mark away."))


class LastDayForm(FactsForm):
    """A last day, or that it still goes on."""

    day = DayField(_l("To"))
    goes_on = BooleanField(_l("Still goes on"))

    def validate_goes_on(self, field: Field) -> None:
        if field.data and self.day.raw_data and self.day.raw_data[0]:
            raise ValidationError(_("Give the last day or this mark, not both."))


class LastMonthForm(LastDayForm):
    """A last day of which perhaps only the month is known."""

    day = FinalDayField(_l("To"))


def presence(shape: Shape) -> Any:
    return InputRequired(NEEDED) if shape.required else Optional()


def first_choice(shape: Shape) -> tuple[str, Any]:
    return ("", _l("Choose")) if shape.required else UNKNOWN


def choice(shape: Shape, **options: Any) -> Any:
    listed = [first_choice(shape), *choice_labels(shape.place).items()]
    choices = [SelectChoice(value, label) for value, label in listed]
    return SelectField(validators=[presence(shape)], choices=choices, coerce=as_text, **options)


def offered(shape: Shape, **options: Any) -> Any:
    pattern = [Regexp(COUNTRY, message=_l("Choose a country."))] if shape.kind == "country" else []
    label = options.pop("label")
    return OfferedField(label, [presence(shape), *pattern], shape.kind, first_choice(shape), **options)


def text(shape: Shape, **options: Any) -> Any:
    field = TextAreaField if shape.kind == "long_text" else StringField
    too_long = at_most(LIMITS[shape.kind])
    filters = [unix_lines] if shape.kind == "long_text" else []
    return field(validators=[presence(shape), too_long], filters=filters, **options)


def status(shape: Shape, **options: Any) -> Any:
    pattern = Regexp(STATUS, message=_l("Write the code of the status, such as E-7-1."))
    return StringField(validators=[presence(shape), pattern], filters=[capitals], **options)


def number(shape: Shape, **options: Any) -> Any:
    field = {"whole": MoneyField, "year": WholeField, "number": NumberField}[shape.kind]
    message = _l("Give a number from %(min)s to %(max)s.")
    within = NumberRange(min=shape.minimum, max=shape.maximum, message=message)
    return field(validators=[presence(shape), within], **options)


MAKERS: dict[str, Callable[..., Any]] = {
    "yes_no": lambda shape, **options: YesNoField(**options),
    "day": lambda shape, **options: DayField(validators=[presence(shape)], **options),
    "first_month": lambda shape, **options: FirstDayField(validators=[presence(shape)], **options),
    "last_day": lambda shape, **options: FormField(LastDayForm, **options),
    "last_month": lambda shape, **options: FormField(LastMonthForm, **options),
    "object": lambda shape, **options: FormField(form_class(shape), **options),
    "list": lambda shape, **options: FormField(list_class(shape), **options),
    "choice": choice,
    "country": offered,
    "person": offered,
    "category": offered,
    "text": text,
    "line": text,
    "code": text,
    "long_text": text,
    "status": status,
    "whole": number,
    "year": number,
    "number": number,
}


def make(shape: Shape) -> Any:
    label, hint = labels.field_label(shape.place), labels.hint(shape.place)
    return MAKERS[shape.kind](shape, label=label, description=hint)


@cache
def form_class(shape: Shape) -> type[FactsForm]:
    """The form of an object."""
    fields = {field.name: make(field) for field in shape.fields}
    return type("ObjectForm", (FactsForm,), {"shape": shape, **fields})


@cache
def list_class(shape: Shape) -> type[FactsForm]:
    """The form of a list; a list of plain values has one field, `value`, in a row."""
    rows = FieldList(FormField(row_class(item_of(shape))), labels.field_label(shape.place))
    return type("RowsForm", (ListForm,), {"shape": shape, "rows": rows})


@cache
def row_class(item: Shape) -> type[FactsForm]:
    if item.kind == "object":
        return form_class(item)
    return type("ValueForm", (FactsForm,), {"shape": item, "value": make(item)})


def item_of(shape: Shape) -> Shape:
    if shape.item is None:
        raise TypeError(f"{shape.place} is no list")
    return shape.item


# From a dossier to the data of a form ----------------------------------------------------------------


def form_data(shape: Shape, value: Any) -> Any:
    """The data that the form of this shape starts with; MISSING gives an empty form."""
    return TO_FORM.get(shape.kind, lambda _shape, given: given)(shape, value)


def object_data(shape: Shape, value: Any) -> dict[str, Any]:
    if value is MISSING:
        return {"kept": ""}
    present = {field.name: form_data(field, value.get(field.name, MISSING)) for field in shape.fields}
    return {name: data for name, data in present.items() if data is not MISSING} | {
        "kept": "" if value else "1"
    }


def list_data(shape: Shape, value: Any) -> dict[str, Any]:
    if value is MISSING:
        return {"none": False, "rows": []}
    return {"none": not value, "rows": [row_data(item_of(shape), row) for row in value]}


def row_data(item: Shape, row: Any) -> dict[str, Any]:
    data = object_data(item, row) if item.kind == "object" else {"value": form_data(item, row)}
    return data | {"kept": "1"}


def last_day_data(_shape: Shape, value: Any) -> dict[str, Any]:
    return {"goes_on": value is None, "day": date.fromisoformat(value) if isinstance(value, str) else None}


def day_data(_shape: Shape, value: Any) -> Any:
    return value if value is MISSING else date.fromisoformat(value)


TO_FORM: dict[str, Callable[[Shape, Any], Any]] = {
    "object": object_data, "list": list_data, "day": day_data, "first_month": day_data,
    "last_day": last_day_data, "last_month": last_day_data,
}  # fmt: skip


# And back ---------------------------------------------------------------------------------------------


def read(shape: Shape, field: Field) -> Any:
    """What a valid field says, or MISSING."""
    return FROM_FORM.get(shape.kind, read_plain)(shape, field)


def read_plain(_shape: Shape, field: Field) -> Any:
    return MISSING if field.data is None or field.data == "" else field.data


def read_day(_shape: Shape, field: Field) -> Any:
    return field.data.isoformat() if field.data else MISSING


def read_last_day(shape: Shape, field: Field) -> Any:
    return None if field.form.goes_on.data else read_day(shape, field.form.day)


def read_object(shape: Shape, field: Field) -> Any:
    values = read_fields(shape, field.form)
    return values if values or field.form.kept.data or shape.required else MISSING


def read_fields(shape: Shape, form: FactsForm) -> dict[str, Any]:
    """The values of a form's fields, the absent ones left out."""
    values = {inner.name: read(inner, form[inner.name]) for inner in shape.fields}
    return {name: value for name, value in values.items() if value is not MISSING}


def read_list(shape: Shape, field: Field) -> Any:
    rows = [read_row(item_of(shape), entry.form) for entry in field.form["rows"].entries]
    return rows if rows or field.form.none.data else MISSING


def read_row(item: Shape, form: FactsForm) -> Any:
    return read_fields(item, form) if item.kind == "object" else read(item, form["value"])


FROM_FORM: dict[str, Callable[[Shape, Field], Any]] = {
    "object": read_object, "list": read_list, "day": read_day, "first_month": read_day,
    "last_day": read_last_day, "last_month": read_last_day,
}  # fmt: skip


# Sections ---------------------------------------------------------------------------------------------


class SectionForm(FactsForm):
    """A section as it is edited; `based_on` is the revision it was opened at."""

    based_on = HiddenField()


@cache
def section_class(name: str) -> type[SectionForm]:
    shape = editable_shape(name)
    return type(
        "EditForm", (SectionForm,), {"shape": shape} | {field.name: make(field) for field in shape.fields}
    )


def section_form(name: str, facts: Mapping[str, Any] | None = None, based_on: int = 0) -> SectionForm:
    """The form of a section: filled from the facts, or from the request where no facts are given."""
    made = section_class(name)
    if facts is None:
        return made()
    return made(formdata=None, data=object_data(made.shape, facts) | {"based_on": str(based_on)})


def merged(facts: Mapping[str, Any], form: SectionForm) -> dict[str, Any]:
    """The facts with the form's section in place of theirs, in the order of the schema."""
    edited = read_fields(form.shape, form)
    changed = {field.name for field in form.shape.fields}
    kept = {name: value for name, value in facts.items() if name not in changed}
    for part, names in FIXED.items():
        if part in edited:
            edited[part] |= {name: facts[part][name] for name in names if name in facts.get(part, {})}
    joined = kept | edited
    order = ["schema", *(field.name for field in facts_shape().fields)]
    return {name: joined[name] for name in order if name in joined}


def fields_within(form: Any) -> Iterator[Field]:
    """Every field of a form and of the forms and rows in it."""
    for field in form:
        yield field
        if isinstance(field, FormField):
            yield from fields_within(field.form)
        elif isinstance(field, FieldList):
            for entry in field.entries:
                yield from fields_within(entry.form)


def located_errors(form: Any, way: str = "") -> Iterator[tuple[str, str, str]]:
    """(id of the control, where it stands in words, error) of every error in a form."""
    for field in form:
        if isinstance(field, FieldList):
            for number, entry in enumerate(field.entries, start=1):
                yield from located_errors(entry.form, f"{way}{_('row %(number)s', number=number)} › ")
        elif isinstance(field, FormField):
            yield from located_errors(field.form, f"{way}{field.label.text} › " if is_group(field) else way)
        else:
            several = isinstance(field, YesNoField | RadioField | SelectMultipleField)
            yield from (
                (f"{field.id}-0" if several else field.id, f"{way}{field.label.text}", e)
                for e in field.errors
            )


def offer(form: Any, **choices: list[tuple[str, Any]]) -> None:
    """List what the fields of a kind offer: offer(form, person=[("applicant", …)])."""
    for field in fields_within(form):
        if isinstance(field, OfferedField) and field.kind in choices:
            field.offered = choices[field.kind]


def change_rows(form: Any, pressed: Mapping[str, str]) -> bool:
    """Add or remove the row that a button of the form named; whether there was such a button."""
    added, removed = pressed.get("add-row"), pressed.get("remove-row")
    for owner in [field.form for field in fields_within(form) if isinstance(field, FormField)]:
        if isinstance(owner, ListForm):
            if owner["rows"].name == added:
                add_row(owner)
            owner["rows"].entries = [entry for entry in owner["rows"].entries if entry.name != removed]
    return bool(added or removed)


def add_row(owner: ListForm) -> None:
    """A new row at the end; a person gets a reference that is not taken."""
    taken = {entry.form["ref"].data for entry in owner["rows"].entries if "ref" in entry.form}
    row = owner["rows"].append_entry({"kept": "1"})
    owner.none.data = False
    if "ref" in row.form:
        numbers = range(1, len(taken) + 2)
        row.form["ref"].data = next(f"person-{n}" for n in numbers if f"person-{n}" not in taken)
