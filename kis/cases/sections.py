"""The sections of a dossier: their shape, read from the schema, and the pages they stand on."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import kis.rules
from kis.cases.facts import IDENTITY, NUMBERS

SCHEMA_FILE = Path(kis.rules.__path__[0]) / "f5" / "data" / "dossier.schema.json"
COUNTRY, STATUS = r"^[A-Z]{3}$", r"^[A-H]-\d{1,2}(-[0-9A-Z]{1,4})*$"
LIMITS = {"line": 200, "text": 1_000, "long_text": 20_000, "status": 20, "code": 60}
# Beyond any sum of money, and within what every database and browser keeps exactly.
LARGEST = 999_999_999_999_999
YEARS = (1900, 2200)


@dataclass(frozen=True)
class Shape:
    """What stands at one place of a dossier; `place` leaves the numbers of rows out ("income.amount")."""

    kind: str
    place: str
    required: bool = False
    options: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    fields: tuple["Shape", ...] = ()
    item: "Shape | None" = None

    @property
    def name(self) -> str:
        return self.place.rpartition(".")[2]

    def field(self, name: str) -> "Shape":
        """The field of that name. Raises KeyError."""
        for shape in self.fields:
            if shape.name == name:
                return shape
        raise KeyError(f"{self.place}.{name}")

    def only(self, *names: str) -> "Shape":
        """The same object with these fields alone, in the order given."""
        return replace(self, fields=tuple(self.field(name) for name in names))

    def without(self, *names: str) -> "Shape":
        return replace(self, fields=tuple(shape for shape in self.fields if shape.name not in names))


# What the schema alone does not tell.
KINDS = {
    "application.category": "category",
    "income.earner": "person",
    "assets.owner": "person",
    "liabilities.owner": "person",
    "arrears.person": "person",
    "marriage.spouse": "person",
    "documents.person": "person",
    "documents.code": "code",
    "applicant.address": "long_text",
    "applicant.home_address": "long_text",
    "employment.description": "long_text",
    "employment.duties": "long_text",
    "identity_changes": "long_text",
    "penalties_stated": "long_text",
    "reason": "long_text",
    "income.year": "year",
    "business_results.year": "year",
    "schools.from_year": "year",
    "schools.to_year": "year",
}
# Columns of a fixed width hold these.
LINES = ("family_name", "given_names", "local_name", "phone", "email", *NUMBERS)
KINDS |= {"reference": "line"} | {f"applicant.{name}": "line" for name in LINES}
KINDS_BY_PATTERN = {COUNTRY: "country", STATUS: "status"}
KINDS_BY_TYPE = {
    "boolean": "yes_no", "integer": "whole", "number": "number", "string": "text", "array": "list", "object": "object",
}  # fmt: skip


def kind_of(schema: dict[str, Any], place: str) -> str:
    if place in KINDS:
        return KINDS[place]
    if "anyOf" in schema:
        return "last_day"
    if "enum" in schema:
        return "choice"
    if schema.get("format") == "date":
        return "day"
    return KINDS_BY_PATTERN.get(schema.get("pattern", "")) or KINDS_BY_TYPE[schema["type"]]


def shape_of(schema: dict[str, Any], place: str, required: bool = False) -> Shape:
    kind = kind_of(schema, place)
    low, high = YEARS if kind == "year" else (schema.get("minimum"), schema.get("maximum", LARGEST))
    return Shape(
        kind,
        place,
        required,
        options=tuple(schema.get("enum", ())),
        minimum=low if kind in {"whole", "number", "year"} else None,
        maximum=high if kind in {"whole", "number", "year"} else None,
        fields=tuple(fields_of(schema, place)),
        item=shape_of(schema["items"], place, True) if kind == "list" else None,
    )


def fields_of(schema: dict[str, Any], place: str) -> Iterator[Shape]:
    for name, inner in schema.get("properties", {}).items():
        if "const" not in inner:
            yield shape_of(inner, f"{place}.{name}" if place else name, name in schema.get("required", ()))


@cache
def dossier_shape() -> Shape:
    """The whole dossier."""
    return shape_of(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")), "", True)


@dataclass(frozen=True)
class Section:
    """What is edited together: top-level parts of the dossier, most often one."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Sections that are read together."""

    name: str
    sections: tuple[Section, ...]


def section(name: str, *parts: str) -> Section:
    return Section(name, parts or (name,))


PAGES = (
    Page("application", (section("application", "application", "reference"), section("applicant"))),
    Page("residence", (section("stays"), section("trips"), section("abroad"))),
    Page(
        "work",
        (
            section("employment", "employment", "economic_activity_maintained"),
            section("job_offer"),
            section(
                "business",
                "business_results",
                "business_exempt_activity",
                "company_capital",
                "funding_attracted",
            ),
        ),
    ),
    Page("education", (section("education"), section("qualifications"), section("schools"))),
    Page("integration", (section("integration"), section("korean_schooling"))),
    Page(
        "family",
        (
            section("family"),
            section("marriage", "marriage", "child_raising", "parents_marriage_registered_on"),
        ),
    ),
    Page(
        "livelihood",
        (
            section("income"),
            section("pension"),
            section("assets"),
            section("liabilities"),
            section("arrears"),
        ),
    ),
    Page(
        "conduct",
        (
            section("criminal_record"),
            section("immigration_violations"),
            section("removals"),
            section("humanitarian_stay"),
            section("pending_proceedings"),
        ),
    ),
    Page(
        "certificates",
        (
            section("criminal_record_certificates"),
            section("certificate_relief"),
            section("earlier_certificate"),
        ),
    ),
    Page("investment", (section("investments"), section("employees"))),
    Page("merit", (section("merit"), section("special_ability"))),
    Page("statements", (section("statements", "identity_changes", "penalties_stated", "reason"),)),
)
SECTIONS = {found.name: found for page in PAGES for found in page.sections}
# Seen with the facts and changed elsewhere: the sender's own words, and what only a transfer changes.
FIXED = {"application": ("office",), "": ("reference",)}


def section_of(place: str) -> Section:
    """The section in which a place such as "income[0].amount" is edited. Raises KeyError."""
    part = re.split(r"[.\[]", place, maxsplit=1)[0]
    for found in SECTIONS.values():
        if part in found.parts:
            return found
    raise KeyError(place)


@cache
def section_shape(name: str) -> Shape:
    """All of a section as it is read: an object of its parts. Raises KeyError."""
    return facts_shape().only(*SECTIONS[name].parts)


@cache
def facts_shape() -> Shape:
    """What a revision holds: the dossier without the identity of the applicant and the marks."""
    whole = dossier_shape().without("documents")
    fields = (
        shape.without(*IDENTITY, *NUMBERS) if shape.name == "applicant" else shape for shape in whole.fields
    )
    return replace(whole, fields=tuple(fields))


@cache
def editable_shape(name: str) -> Shape:
    """A section without the fields that are changed elsewhere. Raises KeyError."""
    shape = section_shape(name).without(*FIXED[""])
    return replace(shape, fields=tuple(field.without(*FIXED.get(field.name, ())) for field in shape.fields))


@cache
def identity_shape() -> Shape:
    """The applicant's names, contact and numbers, which no revision carries."""
    return dossier_shape().field("applicant").only(*IDENTITY, *NUMBERS)


def shape_at(place: str) -> Shape:
    """The shape at a place of a dossier, numbers of rows and all: "income[0].amount". Raises KeyError."""
    shape = dossier_shape()
    for name in re.findall(r"[^.\[\]]+", place):
        shape = shape.item if shape.item and name.isdigit() else shape.field(name)
    return shape
