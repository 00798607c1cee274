"""Cases that nobody has taken up: what a change of state is measured with."""

from itertools import count

from sqlalchemy import select

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit.operations import act_as
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Refusal
from kis.desk.demo import PROCEDURE, shifted_to
from kis.desk.synthetic import dossier
from kis.intake.operations import register
from kis.offices.models import Office

# Dossiers that no load has drawn.
SEED = 77


def free_cases(office: str, wanted: int) -> list[str]:
    """Receipt numbers of so many received cases of the office; those that lack are registered now."""
    place = db.session.scalars(select(Office).where(Office.code == office)).one()
    clerk = db.session.scalars(select(Account).where(Account.name == f"{office}.00")).one()
    received = select(Case.number).where(
        Case.office_id == place.id, Case.state == "received", Case.assignee_id.is_(None)
    )
    found = list(db.session.scalars(received.limit(wanted)))
    numbers = count(db.session.query(Case).count())
    while len(found) < wanted:
        if number := registered(next(numbers), place, clerk):
            found.append(number)
    return found


def registered(number: int, office: Office, clerk: Account) -> str | None:
    """The receipt number of a new case; None where its dossier is refused."""
    try:
        with transaction():
            viewer: Viewer = viewer_of(clerk)
            act_as(viewer)
            given = shifted_to(dossier(number, seed=SEED), clock.today())
            return str(register(given, PROCEDURE, office, viewer).number)
    except Refusal:
        return None
