"""Correcting an evident error of a letter (Administrative Procedures Act, article 25).

The letter itself never changes: a notice says what was wrong and what is right, and its register has both.
"""

from collections.abc import Sequence

from flask_babel import gettext as _

from kis.accounts.models import Account
from kis.cases.conflicts import refuse_conflict
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.letters.kinds import KINDS
from kis.letters.models import Letter
from kis.letters.operations import issue
from kis.letters.paragraphs import paragraph
from kis.letters.parties import officer_in_charge, values_of
from kis.letters.values import Bilingual, Correction

# Entries of letters that are copied from elsewhere, and so can be copied wrongly.
ENTRIES = (
    "name", "birth_date", "nationality", "sex", "address", "current_status", "applied_for", "received_on",
    "receipt_number", "reply_by", "new_due_on", "receiving_office", "officer", "telephone", "basis",
)  # fmt: skip


def entry_label(entry: str) -> Bilingual:
    """What an entry is called on letters."""
    return paragraph(f"label.{entry}")


def correct(
    letter: Letter, corrections: Sequence[Correction], grounds: Bilingual | None, viewer: Viewer
) -> Letter:
    """The notice that corrects a letter. Raises Forbidden, Conflict or Invalid.

    What was decided is not corrected but decided anew: only entries that were copied wrongly.
    """
    refuse_conflict(letter.case_id, viewer)
    if not can_be_corrected(letter):
        raise Conflict(_("Only a letter that has its PDF, is in force and went to somebody is corrected."))
    if any(each.wrong == each.right for each in corrections):
        raise Invalid(_("What is right must differ from what was wrong."))
    officer = officer_in_charge(letter.case, db.session.get_one(Account, viewer.account_id))
    values = values_of(
        letter.case,
        "correction",
        officer,
        corrects=letter.number,
        corrections=tuple(corrections),
        grounds=grounds,
    )
    return issue(letter.case, values, viewer)


def can_be_corrected(letter: Letter) -> bool:
    """Whether the letter has gone out or can, and no other stands in its place."""
    return letter.is_ready and letter.in_force and not KINDS[letter.kind].is_internal
