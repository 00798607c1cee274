"""Who acts for the applicant: an agent by power of attorney, or the guardian of a minor."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from kis.audit.operations import record
from kis.cases.conflicts import refuse_conflict
from kis.cases.file_models import PARTY_KINDS, Party
from kis.cases.models import Case
from kis.cases.operations import may_note
from kis.core import clock
from kis.core.access import Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.language import show_day
from kis.core.refusals import Forbidden, Invalid, NotFound
from kis.rules.periods import add_years

# Immigration Act Art. 79, Decree Art. 89: parents and others file for who is under 17.
FILED_BY_OTHERS = 17
# Civil Act Art. 4.
OF_AGE = 19


@dataclass(frozen=True)
class Particulars:
    """What is stated of a party; days are those of Seoul."""

    kind: str
    name: str
    from_on: date
    relation: str = ""
    address: str = ""
    phone: str = ""
    licence: str = ""
    authorised_on: date | None = None
    until_on: date | None = None


def add_party(case: Case, stated: Particulars, viewer: Viewer) -> Party:
    """Raises Invalid, Conflict or Forbidden."""
    require_may_change(case, viewer)
    check(stated)
    stated = until_of_age(stated, case.applicant.birth_date)
    lock(case)
    if any(particulars_of(party) == columns_of(stated) for party in parties_of(case)):
        raise Invalid(_("This very party is on file already."))
    party = Party(case_id=case.id, added_by_id=viewer.account_id, **columns_of(stated))
    db.session.add(party)
    db.session.flush()
    note("party.added", party, None)
    return party


def change_party(party: Party, case: Case, stated: Particulars, viewer: Viewer) -> bool:
    """Correct what is stated of a party, or end its authority; False when nothing changed.

    Raises Invalid or Forbidden, and Conflict to whoever declared one of interest.
    """
    require_may_change(case, viewer)
    check(stated)
    stated = until_of_age(stated, case.applicant.birth_date)
    before, after = particulars_of(party), columns_of(stated)
    if before == after:
        return False
    for name, value in after.items():
        setattr(party, name, value)
    db.session.flush()
    note("party.changed", party, before)
    return True


def require_may_change(case: Case, viewer: Viewer) -> None:
    if not may_note(case, viewer):
        raise Forbidden(_("Your account does not have the permission for this."))
    refuse_conflict(case.id, viewer)


def check(stated: Particulars) -> None:
    if stated.kind not in PARTY_KINDS or not stated.name:
        raise Invalid(_("Say whether it is an agent or a guardian, and the name."))
    if stated.kind == "agent" and stated.authorised_on is None:
        raise Invalid(_("An agent acts by a power of attorney: give the day it was registered."))
    if stated.authorised_on and stated.authorised_on > clock.today():
        raise Invalid(_("The power of attorney cannot have been registered in the future."))
    if stated.until_on and stated.until_on < stated.from_on:
        raise Invalid(_("The last day lies before the first."))


def until_of_age(stated: Particulars, birth: date) -> Particulars:
    """The same; a guardian acts until the applicant is of age at the longest. Raises Invalid where that was before.

    What has ended stays as it is stated.
    """
    of_age_on = add_years(birth, OF_AGE)
    if stated.kind != "guardian" or (stated.until_on and stated.until_on < clock.today()):
        return stated
    if stated.from_on >= of_age_on:
        raise Invalid(
            _("The applicant is of age since %(day)s: a guardian acts for minors.", day=show_day(of_age_on))
        )
    last = of_age_on - timedelta(days=1)
    return replace(stated, until_on=min(stated.until_on or last, last))


def columns_of(stated: Particulars) -> dict[str, Any]:
    return {field.name: getattr(stated, field.name) for field in fields(stated)}


def particulars_of(party: Party) -> dict[str, Any]:
    return {field.name: getattr(party, field.name) for field in fields(Particulars)}


def note(action: str, party: Party, before: dict[str, Any] | None) -> None:
    record(
        action,
        case_id=party.case_id,
        subject=("case_party", party.id),
        before=before,
        after=particulars_of(party),
    )


def parties_of(case: Case) -> Sequence[Party]:
    """All parties of a case that the viewer has opened, in the order they came."""
    return db.session.scalars(select(Party).where(Party.case_id == case.id).order_by(Party.id)).all()


def get_party(case: Case, party_id: int) -> Party:
    """A party of this very case. Raises NotFound."""
    party = db.session.scalar(select(Party).where(Party.id == party_id, Party.case_id == case.id))
    if party is None:
        raise NotFound(_("The case has no such party."))
    return party


def receiver_of_letters(case: Case, day: date | None = None) -> Party | None:
    """Who takes letters in for the applicant on a day: the agent, else the guardian, the latest named."""
    acting = [party for party in parties_of(case) if party.acts_on(day or clock.today())]
    return max(acting, key=lambda party: (party.kind == "agent", party.from_on, party.id), default=None)


def is_filed_by_others(case: Case) -> bool:
    """Whether the applicant was under 17 on the day of application."""
    return case.received_on < add_years(case.applicant.birth_date, FILED_BY_OTHERS)
