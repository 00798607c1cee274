"""Offices, accounts, dossiers and cases for tests; invented people all."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kis.accounts.models import Account
from kis.accounts.operations import create_account
from kis.accounts.roles import IN_AN_OFFICE
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.cases.operations import open_case
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.figures.operations import load_reference_figures
from kis.offices.models import Office
from kis.offices.operations import load_reference_data

PASSWORD = "correct horse battery"
VECTORS = Path(__file__).parent / "vectors"
PROCEDURE = "permanent-residence"


def reference_data() -> None:
    """What every installation starts from."""
    load_reference_data()
    load_reference_figures()


def office(code: str = "seoul-southern") -> Office:
    return db.session.scalars(select(Office).where(Office.code == code)).one()


def account(role: Role = Role.OFFICER, name: str | None = None, at: str | None = "seoul-southern") -> Account:
    """An account with one role, in one office where the role is held in an office. Committed."""
    number = len(db.session.scalars(select(Account.id)).all()) + 1
    local = role in IN_AN_OFFICE
    made = create_account(
        name or f"{role}-{number}",
        f"Kim {role.capitalize()} {number}",
        PASSWORD,
        [(role, office(at).id if local and at else None)],
        language="en",
    )
    db.session.commit()
    return made


def viewer(role: Role = Role.OFFICER, at: str = "seoul-southern") -> Viewer:
    """A viewer of a new account with that role."""
    return viewer_of(account(role, at=at))


def dossier(name: str = "f51-meets-all", **application: Any) -> dict[str, Any]:
    """The dossier of a vector, with changes to its application section."""
    content = json.loads((VECTORS / f"{name}.json").read_text())["dossier"]
    made: dict[str, Any] = deepcopy(content)
    made["application"] |= application
    return made


def case(
    at: str = "seoul-southern", assignee: Account | None = None, facts: dict[str, Any] | None = None
) -> Case:
    """A registered case, in review where an assignee is named. Committed."""
    clerk = viewer(Role.RECEPTION, at=at)
    made = open_case(facts or dossier(), PROCEDURE, office(at), clerk)
    if assignee:
        made.state, made.assignee_id = "in_review", assignee.id
    db.session.commit()
    return made
