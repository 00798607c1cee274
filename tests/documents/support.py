"""Cases with a checklist, files to attach, and a count of statements."""

from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image

from kis.cases.models import Case
from kis.core.extensions import db
from kis.documents.models import CaseDocument
from kis.documents.operations import open_checklist
from kis.documents.queries import documents_of
from tests import factories


def case_with(
    marks: list[dict[str, Any]] | None, dossier: dict[str, Any] | None = None, **options: Any
) -> Case:
    """A registered case with its checklist. Committed."""
    case = factories.case(facts=dossier, **options)
    open_checklist(case, marks)
    db.session.commit()
    return case


def row(case: Case, code: str, person: str = "") -> CaseDocument:
    return next(d for d in documents_of(case) if (d.code, d.person) == (code, person))


def pdf(pages: int = 1, text: str = "", **save: Any) -> bytes:
    """A PDF of empty pages; `text` makes it differ from others."""
    made = pikepdf.new()
    for _page in range(pages):
        made.add_blank_page()
    made.docinfo["/Title"] = text
    return saved(made, **save)


def saved(made: pikepdf.Pdf, **save: Any) -> bytes:
    buffer = BytesIO()
    made.save(buffer, **save)
    return buffer.getvalue()


def image(kind: str, size: tuple[int, int] = (60, 40), colour: str = "white") -> bytes:
    buffer = BytesIO()
    Image.new("L" if colour == "white" else "RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()
