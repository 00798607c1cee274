"""The facts of a dossier as a page shows them: page by page, section by section, part by part."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kis.cases import labels
from kis.cases.differences import MISSING
from kis.cases.sections import PAGES, Section, Shape, section_of, section_shape
from kis.cases.wording import columns, shown
from kis.rules.contradictions import Contradiction

ROW = re.compile(r"(\w+)\[(\d+)\]")


@dataclass(frozen=True)
class Part:
    """One part of the dossier: `state` is unknown, none, rows, fields or value."""

    shape: Shape
    value: Any

    @property
    def label(self) -> Any:
        return labels.field_label(self.shape.place)

    @property
    def state(self) -> str:
        if self.value is MISSING:
            return "unknown"
        if self.shape.kind == "list":
            return "rows" if self.value else "none"
        return "fields" if self.shape.kind == "object" else "value"

    @property
    def text(self) -> str:
        return shown(self.shape, self.value)

    @property
    def heads(self) -> list[Any]:
        """The heads of the columns of a list."""
        return [labels.field_label(column.place) for column in columns(self.shape, self.value)]

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a list; empty where a row does not have the field."""
        listed = columns(self.shape, self.value)
        return [[cell(column, row.get(column.name, MISSING)) for column in listed] for row in self.value]

    @property
    def fields(self) -> list[tuple[Any, str | None]]:
        """(label, text) of an object's fields, None where a field is not established."""
        return [
            (labels.field_label(inner.place), text_or_none(inner, self.value.get(inner.name, MISSING)))
            for inner in self.shape.fields
        ]


@dataclass(frozen=True)
class SectionRead:
    """A section with its parts and the contradictions that stand in it."""

    section: Section
    parts: tuple[Part, ...]
    contradictions: tuple[tuple[str, Contradiction], ...] = field(default=())

    @property
    def name(self) -> str:
        return self.section.name

    @property
    def label(self) -> Any:
        return labels.section_label(self.name)

    @property
    def is_established(self) -> bool:
        return any(part.state != "unknown" for part in self.parts)

    def in_rows(self, part: Part) -> dict[int, list[tuple[str, Contradiction]]]:
        """The contradictions of a list by the number of the row that each stands in, from 0."""
        found: dict[int, list[tuple[str, Contradiction]]] = {}
        for label, contradiction in self.contradictions:
            place = ROW.match(contradiction.place)
            if place and place[1] == part.shape.name and part.state == "rows":
                found.setdefault(int(place[2]), []).append((label, contradiction))
        return found

    @property
    def outside_rows(self) -> list[tuple[str, Contradiction]]:
        """The contradictions that stand in no row of a list."""
        return [pair for pair in self.contradictions if not ROW.match(pair[1].place)]

    @property
    def is_open(self) -> bool:
        """Whether there is more to read than the line that says so."""
        return bool(self.contradictions) or any(
            part.state in {"rows", "fields", "value"} for part in self.parts
        )


@dataclass(frozen=True)
class PageRead:
    """Sections under one head."""

    name: str
    sections: tuple[SectionRead, ...]

    @property
    def label(self) -> Any:
        return labels.page_label(self.name)


def cell(shape: Shape, value: Any) -> str:
    return "" if value is MISSING else shown(shape, value)


def text_or_none(shape: Shape, value: Any) -> str | None:
    return None if value is MISSING else shown(shape, value)


def read_facts(facts: dict[str, Any], contradictions: Iterable[Contradiction] = ()) -> list[PageRead]:
    """All pages of the facts, each contradiction where it stands."""
    found: dict[str, list[tuple[str, Contradiction]]] = {}
    for contradiction in contradictions:
        place = contradiction.place
        if not place.startswith("documents"):
            found.setdefault(section_of(place).name, []).append((labels.place_label(place), contradiction))
    return [
        PageRead(
            page.name,
            tuple(read_section(section, facts, found.get(section.name, [])) for section in page.sections),
        )
        for page in PAGES
    ]


def read_section(
    section: Section, facts: dict[str, Any], contradictions: Iterable[tuple[str, Contradiction]] = ()
) -> SectionRead:
    parts = tuple(Part(shape, facts.get(shape.name, MISSING)) for shape in section_shape(section.name).fields)
    return SectionRead(section, parts, tuple(contradictions))
