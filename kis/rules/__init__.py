"""The rule engine: procedures, rule books, and what they find; pure, without web or database."""

from kis.rules.books import Category, Procedure, RuleBook
from kis.rules.catalogue import Catalogue, DocumentKind
from kis.rules.f5.book import PERMANENT_RESIDENCE
from kis.rules.findings import AREAS, Basis, Criterion, FigureUsed, Finding, PreCheck, area_label
from kis.rules.messages import Message
from kis.rules.outcomes import Outcome
from kis.rules.tables import ApostilleRow, EmbassyException, Figure, ReferenceTables
from kis.rules.texts import Text

__all__ = [
    "AREAS",
    "ApostilleRow",
    "Basis",
    "Catalogue",
    "Category",
    "Criterion",
    "DocumentKind",
    "EmbassyException",
    "Figure",
    "FigureUsed",
    "Finding",
    "Message",
    "Outcome",
    "PreCheck",
    "Procedure",
    "ReferenceTables",
    "RuleBook",
    "Text",
    "area_label",
    "procedure",
    "procedures",
]

_PROCEDURES = {PERMANENT_RESIDENCE.id: PERMANENT_RESIDENCE}


def procedure(name: str) -> Procedure:
    """The procedure of that identifier; KeyError where there is none."""
    return _PROCEDURES[name]


def procedures() -> tuple[Procedure, ...]:
    """All procedures."""
    return tuple(_PROCEDURES.values())
