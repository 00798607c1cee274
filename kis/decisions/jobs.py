"""Background work that ends a decided case."""

from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.cases.workflow import SYSTEM, advance
from kis.core.extensions import db
from kis.letters.models import Letter
from kis.letters.operations import render_letter
from kis.letters.queries import letter_is_ready


def render_and_close(letter_id: int) -> None:
    """Fill the letter's PDF and close its case. May be run again: what is done stays as it is."""
    render_letter(letter_id)
    close_case(db.session.get_one(Letter, letter_id))


def close_case(letter: Letter) -> None:
    """A decided case closes when the PDF of its decision's letter is there; its other letters do not count."""
    case = db.session.get_one(Case, letter.case_id)
    if case.state == "decided" and letter_is_ready(case):
        advance(case, "close", SYSTEM, Evidence(letter_ready=True))
