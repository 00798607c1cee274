"""The offices and officers of a load: offices that there are, more of them where asked, each with its people."""

from dataclasses import dataclass
from random import Random

from sqlalchemy import select

from kis.accounts.demo import PASSWORD
from kis.accounts.models import Account, RoleGrant
from kis.accounts.passwords import hash_password
from kis.audit.operations import record
from kis.core.access import Role
from kis.core.extensions import db
from kis.desk.scale.names import HANGUL
from kis.offices.models import Office, OfficeKind

# Of the people of an office: one at the counter, two who decide, the others review.
COUNTER, DECIDING = 1, 2
LEAST = COUNTER + DECIDING + 1


@dataclass(frozen=True)
class Desk:
    """One office with the ids of its people by role, and the names that its letters carry."""

    id: int
    code: str
    name_en: str
    name_ko: str
    clerks: tuple[int, ...]
    officers: tuple[int, ...]
    supervisors: tuple[int, ...]


def furnish(offices: int, officers: int, chance: Random) -> list[Desk]:
    """So many offices with so many people between them. Writes what is missing, in this transaction."""
    found = list(
        db.session.scalars(select(Office).order_by(Office.kind.desc(), Office.code).limit(offices)).unique()
    )
    found += [new_office(number) for number in range(len(found) + 1, offices + 1)]
    password = hash_password(PASSWORD)
    each, more = divmod(max(officers, LEAST * offices), offices)
    desks = [staffed(office, each + (place < more), password, chance) for place, office in enumerate(found)]
    db.session.flush()
    return desks


def new_office(number: int) -> Office:
    office = Office(
        code=f"invented-{number:02d}",
        kind=OfficeKind.OFFICE,
        name_en=f"Invented Office {number}",
        name_ko=f"가상 사무소 {number}",
    )
    db.session.add(office)
    db.session.flush()
    record("office.created", subject=("office", office.id), after={"code": office.code})
    return office


def staffed(office: Office, people: int, password: str, chance: Random) -> Desk:
    """The office with its invented people; those of an earlier load stay in their places."""
    roles = [Role.RECEPTION] * COUNTER + [Role.SUPERVISOR] * DECIDING
    roles += [Role.OFFICER] * (people - len(roles))
    names = [f"{office.code}.{place:02d}" for place in range(len(roles))]
    known = {
        account.name: account
        for account in db.session.scalars(select(Account).where(Account.name.in_(names)))
    }
    made = [
        known.get(name) or new_account(name, role, office, password, chance)
        for name, role in zip(names, roles, strict=True)
    ]
    db.session.flush()
    ids = {
        role: tuple(a.id for a, held in zip(made, roles, strict=True) if held == role) for role in set(roles)
    }
    return Desk(
        office.id, office.code, office.full_name("en"), office.full_name("ko"),
        ids[Role.RECEPTION], ids[Role.OFFICER], ids[Role.SUPERVISOR],
    )  # fmt: skip


def new_account(name: str, role: Role, office: Office, password: str, chance: Random) -> Account:
    families, given = HANGUL
    account = Account(
        name=name,
        full_name=chance.choice(families) + chance.choice(given) + chance.choice(given),
        full_name_latin=name.replace(".", " ").title(),
        unit="관리과",
        phone=f"02-0000-{int(chance.random() * 1e4):04d}",
        password_hash=password,
        grants=[RoleGrant(role=role, office_id=office.id)],
    )
    db.session.add(account)
    db.session.flush()
    record(
        "account.created",
        subject=("account", account.id),
        after={"name": name, "grants": [f"{role}@{office.code}"]},
    )
    return account
