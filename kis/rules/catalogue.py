"""The document catalogue: what the form lists, for whom, and which documents carry a date rule."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from kis.rules.texts import Text


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One document of the form; `dated` is "issued" or "expires" where its date is checked."""

    code: str
    number: str
    label: Text
    categories: tuple[str, ...]
    dated: str | None
    optional: bool
    condition: str
    date_rule: str

    def is_for(self, category: str) -> bool:
        """Whether the form lists it for the category."""
        return self.categories == ("all",) or category in self.categories


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All documents in the order of the form."""

    documents: Mapping[str, DocumentKind]

    def listed_for(self, category: str) -> tuple[DocumentKind, ...]:
        """The category's list: the common documents, its own, then any others handed in."""
        return tuple(kind for kind in self.documents.values() if kind.is_for(category))

    @classmethod
    def from_csv(cls, path: Traversable) -> "Catalogue":
        """The catalogue from its CSV file."""
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        kinds = [_kind(row) for row in rows]
        return cls({kind.code: kind for kind in kinds})


def _kind(row: Mapping[str, str]) -> DocumentKind:
    # The form numbers its common documents with circled figures.
    number = row["guide_label"][0] if row["guide_label"][0].isnumeric() else ""
    rule = row["must_be_in_date"]
    dated = None if not rule else ("issued" if rule.startswith("issued") else "expires")
    return DocumentKind(
        row["code"],
        number,
        Text(row["guide_label"].removeprefix(number).strip(), row["label_ko"]),
        tuple(row["categories"].split(";")),
        dated,
        row["required_when"] == "optional",
        row["required_when"],
        rule,
    )
