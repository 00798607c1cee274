"""Issuing anew a letter that tells no decision: for a wrong address, a misprint, a letter that got lost.

What the letter tells stays; whether there is still something to tell depends on what it was issued for.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select

from kis.cases.states import OPEN_STATES
from kis.cases.workflow import hold
from kis.casework.models import SupplementRequest
from kis.casework.queries import standing_ending
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.language import show_day
from kis.core.refusals import Conflict
from kis.letters import operations
from kis.letters.kinds import KINDS
from kis.letters.models import Letter
from kis.letters.reissuing import values_anew
from kis.letters.values import LetterValues


def obstacle(letter: Letter) -> str | None:
    """Why nothing is issued in the letter's place, in a sentence; None where that is possible."""
    if KINDS[letter.kind].is_internal:
        return _(
            "A review record says how the case stood when it was made; the next one says how it stands then."
        )
    found = OBSTACLES.get(letter.kind)
    return found(letter) if found else None


def reissue(letter: Letter, reason: str, viewer: Viewer) -> Letter:
    """Declare the letter void, unless it is, and issue it again to the same person as the case has them now.

    Raises Forbidden, Invalid without a reason, or Conflict with what stands in the way.
    """
    hold(letter.case)
    if why_not := obstacle(letter):
        raise Conflict(why_not)
    request, ending = request_of(letter), standing_ending(letter.case)
    values = values_anew(letter, viewer)
    made = operations.reissue(letter, as_asked_now(values, request) if request else values, reason, viewer)
    for told in (request, ending):
        if told is not None and told.letter_id == letter.id:
            told.letter = made
    db.session.flush()
    return made


def as_asked_now(values: LetterValues, request: SupplementRequest) -> LetterValues:
    """Until when the answer is awaited by now, and what has not come in yet."""
    items = tuple(item.wording for item in request.missing)
    return replace(values, reply_by=request.reply_by, items=items)


def request_of(letter: Letter) -> SupplementRequest | None:
    """The open request that the letter makes."""
    query = select(SupplementRequest).where(
        SupplementRequest.letter_id == letter.id, SupplementRequest.ended.is_(None)
    )
    return db.session.scalar(query)


def nothing_is_asked(letter: Letter) -> str | None:
    request = request_of(letter)
    if request is None:
        return _("What it asked for is settled: nothing is asked for by it any more.")
    if request.is_overdue:
        day = show_day(request.reply_by)
        return _(
            "The answer was due by %(day)s. Give the applicant more time first, or ask a second time.",
            day=day,
        )
    return None


def period_runs_no_more(letter: Letter) -> str | None:
    return None if letter.case.state in OPEN_STATES else _("The case has ended: its period runs no more.")


def ended_otherwise(letter: Letter) -> str | None:
    ending = standing_ending(letter.case)
    if ending is not None and ending.letter_id == letter.id:
        return None
    return _("The case was taken up again: how it had ended is told no more.")


def nothing_to_correct(letter: Letter) -> str | None:
    corrected = db.session.scalar(select(Letter).where(Letter.number == letter.values.corrects))
    if corrected is None or corrected.in_force:
        return None
    return _("Letter %(number)s, which it corrects, is void.", number=corrected.number)


OBSTACLES: Mapping[str, Callable[[Letter], str | None]] = {
    "supplement": nothing_is_asked,
    "extension": period_runs_no_more,
    "return": ended_otherwise,
    "withdrawal": ended_otherwise,
    "correction": nothing_to_correct,
}
