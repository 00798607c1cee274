"""Extending the processing period (Civil Petitions Treatment Act Decree Art. 21).

Once within the original period, by at most its length, with written notice of the reason and the new
day; a second time only with the applicant's consent. Workload and absence are no reasons: they are not
on the list.
"""

from datetime import date

from flask_babel import gettext as _

from kis.accounts.models import Account
from kis.audit.operations import record
from kis.cases.models import Case, ClockExtension
from kis.cases.timekeeping import due_as_of, recount
from kis.cases.workflow import advance, hold
from kis.casework.queries import evidence_of, extensions_of
from kis.casework.words import EXTENSION_REASONS
from kis.core import clock
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.refusals import Invalid
from kis.letters.operations import issue
from kis.letters.parties import values_of
from kis.letters.values import Bilingual


def extend(
    case: Case, working_days: int, reason: str, note: str, consent: str, viewer: Viewer
) -> ClockExtension:
    """Extend the period by so many working days and tell the applicant by letter.

    `reason` is one of EXTENSION_REASONS, `note` puts it in words; `consent` says when and how the applicant
    agreed to a second extension. Raises Invalid, Conflict or Forbidden.
    """
    hold(case)
    advance(case, "extend", viewer, evidence_of(case, viewer), note=note or None)
    number, due_on, expected = len(extensions_of(case)) + 1, case.due_on, due_as_of(case, clock.today())
    require_lawful(case, number, working_days, reason, consent)
    extension = ClockExtension(
        case_id=case.id,
        number=number,
        working_days=working_days,
        reason=reason,
        note=note,
        consent=consent,
        granted_by_id=viewer.account_id,
    )
    db.session.add(extension)
    db.session.flush()
    recount(case)
    db.session.flush()
    tell(case, extension, expected, viewer)
    record(
        "casework.period-extended",
        case_id=case.id,
        subject=("clock_extension", extension.id),
        before={"due_on": due_on},
        after={"due_on": case.due_on, "number": number, "reason": reason, "note": note, "consent": consent},
    )
    return extension


def require_lawful(case: Case, number: int, working_days: int, reason: str, consent: str) -> None:
    if reason not in EXTENSION_REASONS:
        raise Invalid(_("Choose a reason from the list. Workload and absence are none."))
    if not 1 <= working_days <= case.period_days:
        raise Invalid(
            _("Extend by 1 to %(most)s working days: at most the original period.", most=case.period_days)
        )
    if number > 1 and not consent.strip():
        raise Invalid(_("A second extension needs the applicant's consent: write when and how it was given."))


def tell(case: Case, extension: ClockExtension, due_on: date, viewer: Viewer) -> None:
    """The written notice; without it the extension does not hold. Both its days are those expected as of now."""
    reason = EXTENSION_REASONS[extension.reason]
    officer = db.session.get_one(Account, viewer.account_id)
    values = values_of(
        case,
        "extension",
        officer,
        due_on=due_on,
        new_due_on=due_as_of(case, clock.today()),
        grounds=Bilingual(reason.ko, reason.en),
        written=extension.note,
        is_second=extension.number > 1,
    )
    issue(case, values, viewer)
