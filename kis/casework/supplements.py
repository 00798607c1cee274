"""Supplement requests: asking, more time, what comes in, asking a second time; each with its audit record.

Civil Petitions Treatment Act Art. 22 and its Decree Art. 24: within a reasonable period, in writing; the
applicant may ask for more time twice; what is not met is asked for once more, for at most ten days.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from kis.accounts.models import Account
from kis.audit.operations import record
from kis.cases.models import Case
from kis.cases.workflow import advance, hold, permitted
from kis.casework.models import SupplementExtension, SupplementItem, SupplementRequest
from kis.casework.queries import evidence_of, open_request, requests_of
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.language import current_language, show_day
from kis.core.refusals import Conflict, Invalid
from kis.documents.operations import enter_arrival
from kis.documents.queries import documents_of
from kis.letters.delivery import last_day
from kis.letters.models import Letter
from kis.letters.operations import issue
from kis.letters.parties import values_of
from kis.letters.values import Bilingual
from kis.offices.queries import holiday_overrides
from kis.precheck.operations import run

# Days of the calendar; the Decree sets the second.
LONGEST_PERIOD, LONGEST_REPEAT = 90, 10
MOST_ITEMS = 60


@dataclass(frozen=True)
class Asked:
    """One thing to ask for: of a row of the checklist, of a criterion, or a question of the officer's own."""

    wording: Bilingual
    document_id: int | None = None
    criterion: str | None = None


def ask(case: Case, asked: Sequence[Asked], days: int, viewer: Viewer) -> SupplementRequest:
    """Ask the applicant, by letter, to supply something within so many days; the clock stops.

    What an earlier request asked for and the review went on without is asked for a second time: for at
    most ten days, on its own, and not a third time. Raises Invalid, Conflict or Forbidden.
    """
    hold(case)
    require_items(case, asked)
    first = asked_before(case, asked)
    require_period(days, LONGEST_REPEAT if first else LONGEST_PERIOD)
    advance(case, "ask-supplement", viewer, evidence_of(case, viewer))
    return write(case, asked, days, viewer, first)


def asked_before(case: Case, asked: Sequence[Asked]) -> SupplementRequest | None:
    """The request that asked for these in vain, if one did; otherwise asking is free. Raises Conflict."""
    left = left_out(case)
    again = [(each, left[key]) for each in asked if (key := (each.document_id, each.criterion)) in left]
    if not again:
        return None
    thing, first = again[-1]
    name = thing.wording.in_language(current_language())
    repeated = {request.repeats_id for request in requests_of(case)}
    if first.repeats_id is not None or first.id in repeated:
        raise Conflict(_("The request for “%(name)s” was made twice already.", name=name))
    if len(again) < len(asked) or any(request is not first for _each, request in again):
        raise Conflict(_("“%(name)s” was asked for before. Ask for it again on its own.", name=name))
    return first


def left_out(case: Case) -> dict[tuple[int | None, str | None], SupplementRequest]:
    """What the review went on without, by row of the checklist and criterion: the request that asked last."""
    found: dict[tuple[int | None, str | None], SupplementRequest] = {}
    for request in reversed(requests_of(case)):
        for item in request.items:
            key = (item.document_id, item.criterion)
            found.pop(key, None)
            if any(key) and request.ended == "arrived" and item.arrived_on is None:
                found[key] = request
    return found


def repeat(case: Case, days: int, viewer: Viewer) -> SupplementRequest:
    """Ask a second time for what has not come in, for at most ten days. Raises Invalid, Conflict or Forbidden."""
    require_period(days, LONGEST_REPEAT)
    hold(case)
    advance(case, "repeat-supplement", viewer, evidence_of(case, viewer))
    first = open_request(case)
    end(first, "repeated", clock.today())
    asked = [Asked(item.wording, item.document_id, item.criterion) for item in first.missing]
    return write(case, asked, days, viewer, first)


def write(
    case: Case, asked: Sequence[Asked], days: int, viewer: Viewer, first: SupplementRequest | None = None
) -> SupplementRequest:
    """The request with its items and its letter."""
    today = clock.today()
    reply_by = last_day(today, days, holiday_overrides())
    letter = issue_letter(case, asked, reply_by, viewer, first is not None)
    items = [
        SupplementItem(
            position=position,
            document_id=each.document_id,
            criterion=each.criterion,
            text_ko=each.wording.ko,
            text_en=each.wording.en,
        )
        for position, each in enumerate(asked, start=1)
    ]
    request = SupplementRequest(
        case_id=case.id,
        repeats_id=first.id if first else None,
        letter_id=letter.id,
        asked_on=today,
        reply_by=reply_by,
        asked_by_id=viewer.account_id,
        items=items,
    )
    db.session.add(request)
    db.session.flush()
    record_request(request, "casework.supplement-repeated" if first else "casework.supplement-asked")
    return request


def issue_letter(
    case: Case, asked: Sequence[Asked], reply_by: date, viewer: Viewer, is_second: bool
) -> Letter:
    officer = db.session.get_one(Account, viewer.account_id)
    items = tuple(each.wording for each in asked)
    values = values_of(case, "supplement", officer, items=items, reply_by=reply_by, is_second=is_second)
    return issue(case, values, viewer)


def extend(case: Case, days: int, wish: str, viewer: Viewer) -> SupplementRequest:
    """Give the applicant more time, as the applicant asked (`wish`: when and how). Raises Invalid, Conflict or Forbidden."""
    require_period(days, LONGEST_PERIOD)
    if not wish.strip():
        raise Invalid(_("Write when and how the applicant asked for more time."))
    hold(case)
    advance(case, "extend-supplement", viewer, evidence_of(case, viewer))
    request = open_request(case)
    before, number = request.reply_by, len(request.extensions) + 1
    request.reply_by = last_day(before, days, holiday_overrides())
    extension = SupplementExtension(
        number=number, before=before, reply_by=request.reply_by, wish=wish, granted_by_id=viewer.account_id
    )
    request.extensions.append(extension)
    db.session.flush()
    record(
        "casework.supplement-extended",
        case_id=case.id,
        subject=("supplement_request", request.id),
        before={"reply_by": before},
        after={"reply_by": request.reply_by, "number": number, "wish": wish},
    )
    return request


def enter_reply(
    case: Case, arrived: Collection[int], day: date, complete: bool, viewer: Viewer
) -> SupplementRequest:
    """Mark items (by id) as come in on a day. With all of them, or when `complete`, the review goes on.

    The clock with it, from the day on which the last of them came in, in whatever order they are entered. To go on without the rest is for who reviews. Raises Invalid, Conflict or Forbidden.
    """
    hold(case)
    evidence = evidence_of(case, viewer)
    permitted(case, "supplement-arrived", viewer, evidence)
    request = open_request(case)
    came = [item for item in request.missing if item.id in arrived]
    require_arrival_day(request, day)
    if not came and not complete:
        raise Invalid(_("Mark what has come in."))
    whole = len(came) == len(request.missing)
    if complete and not whole:
        viewer.require(Permission.CASE_REVIEW, case.office_id)
    done = complete or whole
    note_arrivals(case, came, day, viewer)
    if done:
        day = max([day, *(item.arrived_on for item in request.items if item.arrived_on)])
        advance(case, "supplement-arrived", viewer, evidence, on=day)
        end(request, "arrived", day)
    record(
        "casework.supplement-arrived" if done else "casework.supplement-part-arrived",
        case_id=case.id,
        subject=("supplement_request", request.id),
        after={"day": day, "came": len(came), "missing": len(request.missing)},
    )
    run(case, "documents", viewer)
    return request


def note_arrivals(case: Case, came: Sequence[SupplementItem], day: date, viewer: Viewer) -> None:
    """On the items, and on the rows of the checklist, which are new until they are reviewed."""
    for item in came:
        item.arrived_on = day
    wanted = {item.document_id for item in came}
    for document in documents_of(case):
        if document.id in wanted:
            enter_arrival(document, day, viewer)
    db.session.flush()


def end(request: SupplementRequest, how: str, day: date) -> None:
    request.ended, request.ended_on = how, day
    db.session.flush()


def end_open_request(case: Case, how: str) -> None:
    """Close the request that waits, if one does: the case ended meanwhile."""
    if case.state == "awaiting_supplement":
        end(open_request(case), how, clock.today())


def require_period(days: int, longest: int) -> None:
    if not 1 <= days <= longest:
        raise Invalid(_("Give between 1 and %(most)s days.", most=longest))


def require_items(case: Case, asked: Sequence[Asked]) -> None:
    """Something is asked for, in both languages, and of this very case."""
    if not asked:
        raise Invalid(_("Choose or write at least one thing to ask for."))
    if len(asked) > MOST_ITEMS:
        raise Invalid(_("Ask for %(most)s things at most.", most=MOST_ITEMS))
    if any(not (each.wording.ko.strip() and each.wording.en.strip()) for each in asked):
        raise Invalid(_("Word each thing you ask for in Korean and in English."))
    own = {document.id for document in documents_of(case)}
    if not {each.document_id for each in asked if each.document_id} <= own:
        raise Invalid(_("The checklist has changed. Load the page again."))


def require_arrival_day(request: SupplementRequest, day: date) -> None:
    if not request.asked_on <= day <= clock.today():
        raise Invalid(
            _("The day of arrival lies between %(first)s and today.", first=show_day(request.asked_on))
        )


def record_request(request: SupplementRequest, action: str) -> None:
    after: dict[str, Any] = {
        "reply_by": request.reply_by,
        "items": [item.text_en for item in request.items],
        "letter": request.letter_id,
    }
    record(action, case_id=request.case_id, subject=("supplement_request", request.id), after=after)
