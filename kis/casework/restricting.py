"""Restricted cases: closing a case to all but some, naming them, opening it again.

A matter that most of the office has no business in, a colleague's relative say, is read by those alone whose
task it is (PIPA Art. 28). Whoever steers the office's cases decides, and stays named: somebody always answers
for the case. What being restricted means for reads stands in `kis.cases.scope`.
"""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy import exists, or_, select
from sqlalchemy.orm.attributes import flag_modified

from kis.accounts.models import Account, RoleGrant
from kis.accounts.sessions import viewer_of
from kis.audit.operations import record
from kis.cases.conflicts import ConflictOfInterest, accounts_in_conflict
from kis.cases.models import Case, CaseReader
from kis.cases.notes import WITH_GRANTS
from kis.cases.restriction_models import Restriction
from kis.cases.scope import reader_ids
from kis.cases.states import OPEN_STATES
from kis.cases.workflow import hold
from kis.core import clock
from kis.core.access import Permission, Role, Viewer
from kis.core.database import locked
from kis.core.extensions import db
from kis.core.reasons import written_reason
from kis.core.refusals import Conflict, Invalid
from kis.letters.printing import withdraw_printouts
from kis.offices.models import Office

AT_ONCE = 100


def restrict(case: Case, account_ids: Collection[int], reason: str, viewer: Viewer) -> None:
    """Close the case to all but the viewer and these accounts. Raises Forbidden, Invalid or Conflict."""
    viewer.require(Permission.CASE_ASSIGN, case.office_id)
    reason = written_reason(reason)
    hold(case)
    if case.restricted:
        raise Conflict(_("The case is restricted already."))
    case.restricted = True
    db.session.add(Restriction(case_id=case.id, reason=reason, made_by_id=viewer.account_id))
    named = put_readers(case, {*account_ids, viewer.account_id})
    withdraw_printouts(case)
    tell(case, "casework.restricted", reason=reason, **names_of(named))


def name_readers(case: Case, account_ids: Collection[int], viewer: Viewer) -> None:
    """Name these accounts, beside the viewer, in place of those named. Raises Forbidden, Invalid or Conflict."""
    hold_restricted(case, viewer)
    named = put_readers(case, {*account_ids, viewer.account_id})
    tell(case, "casework.readers-named", **names_of(named))


def lift(case: Case, reason: str, viewer: Viewer) -> None:
    """Open the case to its office again. Raises Forbidden, Invalid or Conflict."""
    reason = written_reason(reason)
    hold_restricted(case, viewer)
    standing = standing_restriction(case)
    standing.lifted_at, standing.lifted_by_id = clock.now(), viewer.account_id
    case.restricted = False
    case.readers.clear()
    tell(case, "casework.restriction-lifted", reason=reason)


def hold_restricted(case: Case, viewer: Viewer) -> None:
    """Lock the case. Raises Forbidden, or Conflict where it is not restricted."""
    viewer.require(Permission.CASE_ASSIGN, case.office_id)
    hold(case)
    if not case.restricted:
        raise Conflict(_("The case is not restricted."))


def put_readers(case: Case, account_ids: Collection[int]) -> list[Account]:
    """Name these and, of the office's people, nobody else; returns them.

    People of an office that has handed the case over stay named, for the letters that it issued.
    """
    possible = {account.id: account for account in possible_readers(case)}
    if not set(account_ids) <= set(possible):
        raise Invalid(_("Choose among the people who may read cases of this office."))
    refuse_to_leave_out(case, account_ids)
    kept = [
        each for each in case.readers if each.account_id in account_ids or each.account_id not in possible
    ]
    new = sorted(set(account_ids) - {each.account_id for each in kept})
    case.readers[:] = [*kept, *(CaseReader(account=possible[each]) for each in new)]
    return [account for account in possible.values() if account.id in account_ids]


def refuse_to_leave_out(case: Case, account_ids: Collection[int]) -> None:
    """Raises Conflict where the officer in charge of an open case would be shut out."""
    officer = case.assignee
    if case.state in OPEN_STATES and officer is not None and officer.id not in account_ids:
        raise Conflict(
            _(
                "%(name)s has the case. Name this officer too, or take the case back first.",
                name=officer.named,
            )
        )


def possible_readers(case: Case) -> list[Account]:
    """Who can be named on a case, by name: the active accounts that may read cases of its office.

    Those of the office and the one above it, and headquarters. Who oversees all cases is never named.
    """
    query = select(Account).join(Account.grants).where(Account.active, or_(*local_or_central(case)))
    found = db.session.scalars(query.options(WITH_GRANTS).order_by(Account.named, Account.id)).unique()
    viewers = ((account, viewer_of(account)) for account in found)
    return [
        account
        for account, viewer in viewers
        if viewer.can(Permission.CASE_READ, case.office_id)
        and not viewer.can(Permission.CASE_READ_RESTRICTED)
    ]


def local_or_central(case: Case) -> list[object]:
    offices = [office for office in (case.office_id, case.office.parent_id) if office]
    return [RoleGrant.office_id.in_(offices), RoleGrant.role == Role.HEADQUARTERS]


def readers_of(case: Case) -> list[str]:
    """Who is named on a case that the viewer has opened, by name."""
    return sorted(reader.account.named for reader in case.readers)


def standing_restriction(case: Case) -> Restriction:
    """The restriction of a restricted case."""
    query = select(Restriction).where(Restriction.case_id == case.id, Restriction.lifted_at.is_(None))
    return db.session.scalars(query).one()


def name_receiver(case: Case, viewer: Viewer) -> None:
    """Name who took a restricted case over for another office: the restriction travels with the case."""
    if case.restricted and viewer.account_id not in reader_ids(case):
        add_reader(case, db.session.get_one(Account, viewer.account_id))


def add_reader(case: Case, account: Account) -> None:
    case.readers.append(CaseReader(account=account))
    tell(case, "casework.reader-added", **names_of([account]))


def name_successors() -> int:
    """Name the office's supervisors on restricted cases that none of them can open any more; returns how many. Hourly.

    The account of the last one named was disabled, say: the case would be lost to everybody. Nobody is named
    who declared a conflict of interest in it, and whoever did so does not steer it any more.
    """
    query = select(Case).join(Case.office).where(Case.restricted, ~is_steered())
    cases = locked(query.order_by(Case.id).limit(AT_ONCE))
    for case in cases:
        barred = accounts_in_conflict([case.id]).get(case.id, set())
        for account in possible_readers(case):
            if viewer_of(account).can(Permission.CASE_ASSIGN, case.office_id) and account.id not in barred:
                add_reader(case, account)
    return len(cases)


def is_steered() -> exists:
    """Condition on case and office: an active supervisor of the case's office, without a conflict, is named on it."""
    offices = [Office.id, Office.parent_id]
    in_conflict = exists().where(
        ConflictOfInterest.case_id == Case.id, ConflictOfInterest.account_id == Account.id
    )
    return exists().where(
        CaseReader.case_id == Case.id,
        Account.id == CaseReader.account_id,
        Account.active,
        RoleGrant.account_id == Account.id,
        RoleGrant.role == Role.SUPERVISOR,
        RoleGrant.office_id.in_(offices),
        ~in_conflict.correlate(Case, Account),
    )


def names_of(accounts: Sequence[Account]) -> dict[str, str]:
    """The names for an audit record, which `kis.accounts.models.named_in` reads."""
    return {
        "names": ", ".join(account.full_name for account in accounts),
        "names_latin": ", ".join(account.full_name_latin or account.full_name for account in accounts),
    }


def tell(case: Case, action: str, **what: str) -> None:
    # The row moves with the names on it, so that a page opened before is known to be stale.
    flag_modified(case, "restricted")
    db.session.flush()
    record(action, case_id=case.id, subject=("case", case.id), after=what)
