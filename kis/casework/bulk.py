"""One action on many cases: tried on each first and undone, to tell every refusal; then done on all that could."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.cases.queries import visible
from kis.casework.extensions import extend
from kis.casework.handing_over import assign_by_hand, return_to_queue
from kis.core.access import Permission, Viewer
from kis.core.database import locked
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid, Refusal

MOST = 200


@dataclass(frozen=True)
class Wanted:
    """What is to be done on each case: "assign" with the officer, "return" with the reason in `note`,
    "extend" by so many working days for a reason of the list, put in words by `note`.
    """

    action: str
    officer: Account | None = None
    note: str = ""
    working_days: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Trial:
    """What came of trying it on one case; no case where the viewer may see none of that number."""

    number: str
    case: Case | None
    version: int
    refusal: str

    @property
    def is_possible(self) -> bool:
        return not self.refusal


class Stale(Conflict):
    """Cases moved between the preview and its confirmation; nothing was done on any."""


def assign(case: Case, wanted: Wanted, viewer: Viewer) -> None:
    if wanted.officer is None:
        raise Invalid(missing(wanted))
    if case.assignee_id == wanted.officer.id:
        raise Conflict(_("The case is with this officer already."))
    assign_by_hand(case, wanted.officer, viewer, wanted.note or None)


def give_back(case: Case, wanted: Wanted, viewer: Viewer) -> None:
    return_to_queue(case, wanted.note, viewer)


def prolong(case: Case, wanted: Wanted, viewer: Viewer) -> None:
    """A second extension is refused here: each needs its applicant's consent."""
    extend(case, wanted.working_days, wanted.reason, wanted.note, "", viewer)


ACTIONS: dict[str, Callable[[Case, Wanted, Viewer], None]] = {
    "assign": assign,
    "return": give_back,
    "extend": prolong,
}


def missing(wanted: Wanted) -> str:
    """What has to be said first, for all the cases alike; empty when nothing is missing. Raises Invalid."""
    if wanted.action not in ACTIONS:
        raise Invalid(_("Choose what is to be done."))
    if wanted.action == "assign" and wanted.officer is None:
        return _("Choose the officer first.")
    if wanted.action == "return" and not wanted.note:
        return _("Write the reason; it stays on record with each case.")
    if wanted.action == "extend" and not (wanted.working_days and wanted.reason):
        return _("Choose the reason, and by how many working days the period is extended.")
    return ""


def find(numbers: Iterable[str], viewer: Viewer) -> dict[str, Case]:
    """The cases of these receipt numbers that the viewer may see, by number. Raises Invalid for none or too many."""
    asked = list(dict.fromkeys(numbers))
    if not asked:
        raise Invalid(_("Select at least one case."))
    if len(asked) > MOST:
        raise Invalid(_("Select at most %(most)s cases at a time.", most=MOST))
    query = visible(viewer, Permission.CASE_ASSIGN).where(Case.number.in_(asked))
    return {case.number: case for case in db.session.scalars(query)}


def preview(numbers: Sequence[str], wanted: Wanted, viewer: Viewer) -> list[Trial]:
    """Try it on each case in the order given; everything is undone. Raises Invalid."""
    found = find(numbers, viewer)
    return [trial_of(number, found.get(number), wanted, viewer) for number in dict.fromkeys(numbers)]


def trial_of(number: str, case: Case | None, wanted: Wanted, viewer: Viewer) -> Trial:
    if case is None:
        return Trial(number, None, 0, _("There is no such case, or none that you may see."))
    version, attempt = case.version, db.session.begin_nested()
    try:
        ACTIONS[wanted.action](case, wanted, viewer)
    except Refusal as refusal:
        return Trial(number, case, version, refusal.message)
    finally:
        attempt.rollback()
    return Trial(number, case, version, "")


def confirm(shown: Mapping[str, int], wanted: Wanted, viewer: Viewer) -> int:
    """Do it on the cases of a preview (version by receipt number), on all of them; returns how many.

    Raises Stale, with nothing done, when a case is no longer as it was shown; Refusal as the action does.
    """
    if lacking := missing(wanted):
        raise Invalid(lacking)
    found = hold(find(shown, viewer).values())
    moved = [number for number, version in shown.items() if version_of(found.get(number)) != version]
    if moved:
        raise Stale(
            _(
                "These cases changed since the preview, so nothing was done: %(numbers)s",
                numbers=", ".join(moved),
            )
        )
    for number in shown:
        ACTIONS[wanted.action](found[number], wanted, viewer)
    return len(shown)


def hold(cases: Iterable[Case]) -> dict[str, Case]:
    """Lock the cases, in one order: of two who confirm at once the second sees what the first did."""
    ids = sorted(case.id for case in cases)
    held = locked(select(Case).where(Case.id.in_(ids)).order_by(Case.id))
    return {case.number: case for case in held}


def version_of(case: Case | None) -> int | None:
    return case.version if case else None
