"""Reads of the checklist of a case that the viewer has opened."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kis.cases.choices import CHOICES
from kis.cases.models import Case
from kis.cases.queries import latest_revision
from kis.core.extensions import db
from kis.core.reading import once_a_page
from kis.core.refusals import NotFound
from kis.documents.marks import APPLICANT, written
from kis.documents.models import CaseDocument, Scan
from kis.rules import DocumentKind, Text, procedure

# The last row of the form, "Other submitted documents"; below it stands what the category does not ask for.
OTHER = "other"
RELATIONS = CHOICES["family.relation"]


@dataclass(frozen=True)
class Person:
    """Whom a row is for: the applicant, or a member of the family by relation and name."""

    ref: str
    name: str
    relation: Any


@dataclass(frozen=True)
class Need:
    """One requirement of a pre-check: any of the codes settles it; `person` is "" where it names nobody."""

    codes: tuple[str, ...]
    person: str


@dataclass(frozen=True)
class Entry:
    """One line of the checklist; `asked` is filled by the caller from a pre-check.

    "required", "one_of" (a document beside it would do as well), or "" (not asked for, or not known).
    """

    document: CaseDocument
    label: Text
    number: str
    dated: str | None
    person: Person | None
    asked: str = ""

    @property
    def scan(self) -> Scan | None:
        return self.document.scan


@dataclass(frozen=True)
class Group:
    """ "common" (the form's part A), "category" (part B), or "other" (the last row, and what no list asks for)."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Checklist:
    """The rows of a case in the order of the form."""

    groups: tuple[Group, ...]
    persons: Mapping[str, Person]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def submitted(self) -> int:
        return sum(1 for entry in self.entries if entry.document.submitted)

    @property
    def reviewed(self) -> int:
        """How many of the submitted are reviewed."""
        return sum(1 for entry in self.entries if entry.document.submitted and entry.document.review_stands)

    def with_asked(self, needs: Collection[Need]) -> "Checklist":
        """The same list, saying of each row whether a pre-check asks for it."""
        groups = [
            Group(
                group.name,
                tuple(replace(entry, asked=asked_of(entry.document, needs)) for entry in group.entries),
            )
            for group in self.groups
        ]
        return replace(self, groups=tuple(groups))

    def neighbours(self, document: CaseDocument) -> tuple[Entry | None, Entry | None]:
        """The entries before and after a row."""
        entries = self.entries
        place = next(i for i, entry in enumerate(entries) if entry.document.id == document.id)
        before = entries[place - 1] if place else None
        return before, entries[place + 1] if place + 1 < len(entries) else None

    def entry_of(self, document: CaseDocument) -> Entry:
        return next(entry for entry in self.entries if entry.document.id == document.id)


def asked_of(document: CaseDocument, needs: Collection[Need]) -> str:
    """A row that names nobody stands for whoever is asked for the document."""
    for need in needs:
        if document.code in need.codes and (not need.person or document.person in ("", need.person)):
            return "one_of" if len(need.codes) > 1 else "required"
    return ""


@once_a_page
def documents_of(case: Case) -> Sequence[CaseDocument]:
    """The rows of a case with their present file and reviewer, in one statement."""
    query = select(CaseDocument).where(CaseDocument.case_id == case.id).order_by(CaseDocument.id)
    whole = query.options(
        joinedload(CaseDocument.reviewed_by), joinedload(CaseDocument.scan).joinedload(Scan.uploaded_by)
    )
    return db.session.scalars(whole).all()


def get_document(case: Case, document_id: int) -> CaseDocument:
    """A row of this very case. Raises NotFound."""
    document = db.session.scalar(
        select(CaseDocument).where(CaseDocument.id == document_id, CaseDocument.case_id == case.id)
    )
    if document is None:
        raise NotFound(_("The case has no such document."))
    return document


def get_scan(case: Case, document_id: int, number: int) -> Scan:
    """A file of a row of this very case, present or earlier. Raises NotFound."""
    query = select(Scan).join(CaseDocument, Scan.case_document_id == CaseDocument.id)
    scan = db.session.scalar(
        query.where(CaseDocument.case_id == case.id, CaseDocument.id == document_id, Scan.number == number)
    )
    if scan is None:
        raise NotFound(_("The case has no such file."))
    return scan


def scans_of(document: CaseDocument) -> Sequence[Scan]:
    """Every file that was attached to a row, the present one first."""
    query = select(Scan).where(Scan.case_document_id == document.id).options(joinedload(Scan.uploaded_by))
    return db.session.scalars(query.order_by(Scan.number.desc())).all()


def marks_of(case: Case, documents: Iterable[CaseDocument] | None = None) -> list[dict[str, Any]]:
    """The documents section of the case's dossier, in the order of the checklist; `documents` if they are at hand."""
    rows = documents_of(case) if documents is None else documents
    return [written(document) for document in in_form_order(rows, listed_kinds(case))]


def checklist(case: Case) -> Checklist:
    """The whole checklist, in two statements."""
    return checklist_of(case, documents_of(case), latest_revision(case).facts)


def checklist_of(case: Case, documents: Iterable[CaseDocument], facts: Mapping[str, Any]) -> Checklist:
    """The checklist of rows and facts that are at hand."""
    persons = persons_of(facts)
    listed = listed_kinds(case)
    grouped: dict[str, list[Entry]] = {"common": [], "category": [], OTHER: []}
    for document in in_form_order(documents, listed):
        grouped[group_of(listed.get(document.code))].append(entry_of(document, case, persons))
    groups = [Group(name, tuple(entries)) for name, entries in grouped.items() if entries]
    return Checklist(tuple(groups), persons)


def listed_kinds(case: Case) -> dict[str, DocumentKind]:
    """The documents that the category lists, by code, in the order of the form."""
    return {kind.code: kind for kind in procedure(case.procedure).catalogue.listed_for(case.category)}


def in_form_order(
    documents: Iterable[CaseDocument], listed: Mapping[str, DocumentKind]
) -> list[CaseDocument]:
    """As the form lists them; of one document first the row that names nobody; at the end what is not listed."""
    places = {code: place for place, code in enumerate(listed)}
    return sorted(documents, key=lambda d: (places.get(d.code, len(places)), d.code, d.person))


def group_of(kind: DocumentKind | None) -> str:
    if kind is None or kind.code == OTHER:
        return OTHER
    return "common" if kind.categories == ("all",) else "category"


def entry_of(document: CaseDocument, case: Case, persons: Mapping[str, Person]) -> Entry:
    kind = procedure(case.procedure).catalogue.documents.get(document.code)
    label = kind.label if kind else Text(document.code, document.code)
    # A member taken out of the facts since then keeps the row, under the ref.
    person = persons.get(document.person) or (
        Person(document.person, "", document.person) if document.person else None
    )
    return Entry(document, label, kind.number if kind else "", kind.dated if kind else None, person)


def persons_of(facts: Mapping[str, Any]) -> dict[str, Person]:
    """Whom a document can be for: the applicant and the members of the family, by ref."""
    members = [
        Person(m["ref"], m.get("name", ""), RELATIONS.get(m["relation"], m["relation"]))
        for m in facts.get("family") or []
    ]
    return {person.ref: person for person in (Person(APPLICANT, "", _l("Applicant")), *members)}
