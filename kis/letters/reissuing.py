"""What a letter says when it is issued anew: what it said, to whom and from whom as its case has it now."""

from dataclasses import replace

from kis.accounts.models import Account
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.letters.glyphs import missing_glyphs
from kis.letters.models import Letter
from kis.letters.parties import officer_in_charge, sender, values_of
from kis.letters.values import Addressee, LetterValues

# Taken from the case as it is now, as a notice of correction would; all else is what the letter tells.
OF_THE_CASE = (
    "sender", "addressee", "agent", "receipt_number", "received_on", "applied_for", "current_status",
    "category", "is_grant", "issued_on",
)  # fmt: skip


def values_anew(letter: Letter, viewer: Viewer) -> LetterValues:
    """The letter's values with the people and the day of now, not yet numbered.

    The day on which it was first issued stays the day of what it tells (`decided_on`).
    """
    said, office = letter.values, letter.answering_office
    officer = db.session.get_one(Account, viewer.account_id)
    if office.id == letter.case.office_id:
        officer = officer_in_charge(letter.case, officer)
    now = values_of(letter.case, letter.kind, officer, sender=sender(office, officer))
    anew = replace(said, **{name: getattr(now, name) for name in OF_THE_CASE})
    return replace(
        anew,
        addressee=printable(now.addressee, said.addressee),
        decided_on=said.decided_on or said.issued_on,
        number="",
        code="",
        verify_at="",
    )


def printable(now: Addressee, before: Addressee) -> Addressee:
    """The addressee of now, without the native name where the first letter had to do without it too."""
    left_out = not before.native_name and missing_glyphs(now.native_name)
    return replace(now, native_name="") if left_out else now
