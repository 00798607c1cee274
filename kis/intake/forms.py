"""Forms of intake: the applicant's own form as the guide orders it, the upload, the confirmation."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FileField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from kis.cases.forms import NEEDED, FactsForm, make, object_data, read_fields
from kis.cases.identifiers import against_registration_number
from kis.cases.sections import Shape, dossier_shape
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.forms import KisForm
from kis.core.language import current_language, in_language
from kis.intake.examination import PROCEDURE
from kis.offices.models import Office
from kis.offices.queries import office_by_id, offices_of
from kis.rules import DocumentKind, procedure

# What the form asks, by the parts of a dossier and in its order.
APPLICANT = (
    "family_name", "given_names", "local_name", "nationality", "home_address", "alien_registration_number", "phone",
    "email", "birth_date", "sex", "passport_number", "current_status", "address",
)  # fmt: skip
APPLICATION = ("received_on", "income_certificate_issued", "route", "obliged_under_article_79")
LISTS = {
    "schools": ("name", "from_year", "to_year", "location", "remark"),
    "family": (
        "relation",
        "name",
        "birth_date",
        "nationality",
        "address",
        "residing_in_korea",
        "status",
        "deceased",
    ),
    "abroad": ("from", "to", "country", "purpose"),
    "employment": ("from", "to", "employer", "location", "monthly_salary", "description", "duties"),
    "pending_proceedings": ("law", "authority"),
}
STATEMENTS = ("identity_changes", "penalties_stated", "reason")
# The applicant's form asks these periods by year and month alone.
BY_MONTH = ("abroad", "employment")
MONTHS = {"day": "first_month", "last_day": "last_month"}


def form_shape() -> Shape:
    """The parts and fields of a dossier that the applicant's form fills."""
    whole = dossier_shape()
    applicant, application = (
        whole.field("applicant").only(*APPLICANT),
        whole.field("application").only(*APPLICATION),
    )
    lists = [list_shape(whole.field(name), fields) for name, fields in LISTS.items()]
    return replace(
        whole, fields=(applicant, application, *lists, *(whole.field(name) for name in STATEMENTS))
    )


def list_shape(shape: Shape, names: tuple[str, ...]) -> Shape:
    item = shape.item.only(*names) if shape.item else None
    if item and shape.name in BY_MONTH:
        item = replace(item, fields=tuple(replace(f, kind=MONTHS.get(f.kind, f.kind)) for f in item.fields))
    return replace(shape, item=item)


class OfficeForm(KisForm):
    """Where the application is registered: an office of the clerk's own."""

    office = SelectField(_l("Office"), coerce=int, choices=[])

    def offer_offices(self, viewer: Viewer) -> None:
        """List the offices at which the viewer may register. To be called before validation."""
        offices = offices_of(viewer, Permission.CASE_REGISTER)
        self.office.choices = [
            SelectChoice(office.id, office.in_language(current_language())) for office in offices
        ]

    @property
    def chosen_office(self) -> Office:
        return office_by_id(self.office.data)


class UploadForm(OfficeForm):
    file = FileField(_l("Dossier file"), description=_l("JSON, at most 2 MB"))


class ConfirmForm(KisForm):
    draft = HiddenField()
    accept_duplicates = BooleanField(_l("I compared these cases. This is an application of its own."))


class ApplicationForm(FactsForm, OfficeForm):
    """What every registration form has beside the parts of the dossier."""

    category = RadioField(_l("Category applied for"), [InputRequired(NEEDED)], choices=[])
    documents = SelectMultipleField(_l("Documents handed in"), choices=[], validate_choice=False)
    signed = BooleanField(
        _l("The applicant signed the form"), [InputRequired(_l("The form must be signed."))]
    )

    def offer_choices(self, viewer: Viewer) -> None:
        """List offices, categories and documents. To be called before validation."""
        self.offer_offices(viewer)
        categories = procedure(PROCEDURE).categories.values()
        self.category.choices = [SelectChoice(c.code, f"{c.code} {in_language(c.label)}") for c in categories]

    def validate_category(self, field: Field) -> None:
        route = self["application"].form["route"].data
        known = procedure(PROCEDURE).categories.get(field.data)
        if route and known and route not in known.routes:
            raise ValidationError(
                _("This category has no such limb. Leave the limb open, or choose another category.")
            )

    def validate_documents(self, field: Field) -> None:
        listed = {kind.code for kind in procedure(PROCEDURE).catalogue.listed_for(self.category.data or "")}
        strange = [code for code in field.data or () if code not in listed]
        if strange:
            raise ValidationError(
                _("The category does not list: %(documents)s. Take the mark away, or mark “%(other)s”.",
                  documents=", ".join(map(document_label, strange)), other=document_label("other"))
            )  # fmt: skip

    @property
    def dossier(self) -> dict[str, Any]:
        """The dossier that the form states; a document without a mark was not handed in."""
        parts = read_fields(self.shape, self)
        parts["application"] = {"category": self.category.data} | parts["application"]
        if "family" in parts:
            parts["family"] = [{"ref": f"person-{n}"} | row for n, row in enumerate(parts["family"], start=1)]
        marks = [{"code": code, "submitted": True} for code in self.documents.data or ()]
        return {"schema": "kis.dossier/1"} | parts | {"documents": marks}


def document_label(code: str) -> str:
    known = procedure(PROCEDURE).catalogue.documents.get(code)
    return in_language(known.label) if known else code


RegistrationForm: type[ApplicationForm] = type(
    "RegistrationForm",
    (ApplicationForm,),
    {"shape": form_shape()} | {field.name: make(field) for field in form_shape().fields},
)


def check_number(form: Any) -> bool:
    """Whether anybody can have the registration number; the reason against it is put beside the field."""
    field = form["applicant"].form["alien_registration_number"]
    reason = against_registration_number(field.data) if field.data else None
    if reason:
        field.errors = [*field.errors, reason]
    return reason is None


def registration_form(given: dict[str, Any] | None = None, office_id: int | None = None) -> ApplicationForm:
    """An empty form of today, or one filled with what was handed in before."""
    if given is None:
        data = {"application": {"received_on": clock.today(), "kept": "1"}}
        return RegistrationForm(formdata=None, data=data)
    marked = [mark["code"] for mark in given.get("documents", ())]
    more = {
        "office": office_id,
        "category": given["application"]["category"],
        "documents": marked,
        "signed": True,
    }
    return RegistrationForm(formdata=None, data=object_data(form_shape(), given) | more)


def document_groups() -> list[tuple[str, list[DocumentKind]]]:
    """(heading, documents): the common ones, then each set of categories with its own, as on the form."""
    groups: dict[str, list[DocumentKind]] = {}
    for kind in procedure(PROCEDURE).catalogue.documents.values():
        common = kind.categories == ("all",)
        heading = _("For every category") if common else ", ".join(kind.categories)
        groups.setdefault(heading, []).append(kind)
    return list(groups.items())
