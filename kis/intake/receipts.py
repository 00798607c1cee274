"""The receipt slip of an application (Civil Petitions Treatment Act, article 9)."""

from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.documents.queries import documents_of
from kis.letters.models import Letter
from kis.letters.operations import issue
from kis.letters.parties import addressee, values_of
from kis.letters.values import Bilingual, LetterValues
from kis.rules import procedure


def issue_receipt(case: Case, viewer: Viewer) -> Letter:
    """The slip of a case. Raises Forbidden, Conflict where there is one, or Invalid."""
    if receipt_of(case) is not None:
        raise Conflict(_("The application has its receipt slip already; print that one."))
    try:
        return issue(case, receipt_values(case, viewer), viewer)
    except Invalid:
        # A name in a script that no font has must not keep anybody from a receipt: the passport's name will do.
        return issue(case, receipt_values(case, viewer, native_name=False), viewer)


def receipt_of(case: Case) -> Letter | None:
    """The slip in force, if there is one."""
    query = select(Letter).where(Letter.case_id == case.id, Letter.kind == "receipt")
    return next((letter for letter in db.session.scalars(query) if letter.in_force), None)


def receipt_values(case: Case, viewer: Viewer, *, native_name: bool = True) -> LetterValues:
    """What the slip says; whoever registers answers for it until an officer takes the case."""
    officer = case.assignee or db.session.get_one(Account, viewer.account_id)
    to = addressee(case.applicant)
    named = to if native_name else replace(to, native_name="")
    return values_of(case, "receipt", officer, items=handed_in(case), addressee=named)


def handed_in(case: Case) -> tuple[Bilingual, ...]:
    """The documents that are marked as submitted, as the checklist calls them."""
    known = procedure(case.procedure).catalogue.documents
    codes = dict.fromkeys(document.code for document in documents_of(case) if document.submitted)
    labels = (known[code].label for code in codes if code in known)
    return tuple(Bilingual(label.ko, label.en) for label in labels)
