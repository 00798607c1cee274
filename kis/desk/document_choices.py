"""Two who change the same of a document: both versions side by side, with a choice for each field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kis.audit.queries import last_event
from kis.core.language import show_day
from kis.core.web import wants_partial
from kis.desk import stale
from kis.desk.stale import Both
from kis.documents import queries
from kis.documents.forms import DefectForm, MarkForm
from kis.documents.models import CaseDocument

MARKS = {"yes": _l("Submitted"), "no": _l("Not submitted"), "": _l("Not established")}
MARK_LABELS = {"submitted": _l("Submitted"), "issued_on": _l("Issued on"), "expires_on": _l("Expires on")}


@dataclass(frozen=True)
class Changing:
    """What can be changed of a document by two at once: where it is sent, what is put on record, how it reads."""

    endpoint: str
    event: str
    words: Callable[[str, str], str]
    names: Mapping[str, Any]

    def choice(self, document: CaseDocument, form: MarkForm | DefectForm, both: Both) -> str:
        """Both versions side by side, in place of the line or of the side of its page, or as a page."""
        part = form.place.data if wants_partial() else "whole"
        saved = stale.saved_by(last_event(document.case_id, self.event, document.id))
        return render_template(
            f"documents/choice_{part}.html",
            case=document.case,
            tab="documents",
            entry=queries.checklist(document.case).entry_of(document),
            endpoint=self.endpoint,
            form=form,
            **stale.choice(both, saved, self.words, self.names),
        )


def mark_in_words(field: str, value: str) -> str:
    if field == "submitted":
        return str(MARKS[value])
    return show_day(date.fromisoformat(value)) if value else _("Not established")


def defect_in_words(_field: str, value: str) -> str:
    return value or _("none")


MARK = Changing("desk.mark_document", "document.marked", mark_in_words, MARK_LABELS)
DEFECT = Changing("desk.note_defect", "document.defect-noted", defect_in_words, {"defect": _l("Defect")})
