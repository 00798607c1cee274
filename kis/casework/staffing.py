"""What an office sets for the allocation of its cases; each with its audit record, none commits."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, delete, select

from kis.accounts.models import Account
from kis.audit.operations import record
from kis.cases.operations import reviewers
from kis.casework.allocation import hold_policy, weights_of
from kis.casework.staffing_models import ORDINARY, WAYS, AllocationPolicy, CategoryWeight, Skill
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.offices.models import Office


def set_way(office: Office, way: str, at_intake: bool, viewer: Viewer) -> AllocationPolicy:
    """By hand, in turn, or to whoever has least work; the latter two also at intake. Raises Invalid or Forbidden."""
    viewer.require(Permission.CASE_ASSIGN, office.id)
    if way not in WAYS or (at_intake and way == "by_hand"):
        raise Invalid(_("Choose in turn or by least open work, to have cases allocated at intake."))
    policy = hold_policy(office.id)
    before = {"way": policy.way, "at_intake": policy.at_intake}
    policy.way, policy.at_intake = way, at_intake
    db.session.flush()
    after = {"way": way, "at_intake": at_intake}
    record("office.allocation-set", subject=("office", office.id), before=before, after=after)
    return policy


def set_weights(office: Office, tenths: Mapping[str, int], viewer: Viewer) -> None:
    """How much work a case of each category is, in tenths of an ordinary one. Raises Invalid or Forbidden."""
    viewer.require(Permission.CASE_ASSIGN, office.id)
    if not all(1 <= each <= 1000 for each in tenths.values()):
        raise Invalid(_("A weight lies between 0.1 and 100."))
    hold_policy(office.id)
    before = weights_of(office.id)
    after = {category: each for category, each in tenths.items() if each != ORDINARY}
    if before == after:
        return
    db.session.execute(delete(CategoryWeight).where(CategoryWeight.office_id == office.id))
    db.session.add_all(
        CategoryWeight(office_id=office.id, category=category, tenths=each)
        for category, each in after.items()
    )
    db.session.flush()
    record("office.weights-set", subject=("office", office.id), before=before, after=after)


def set_skills(office: Office, account: Account, categories: Collection[str], viewer: Viewer) -> None:
    """The categories that an officer handles, none for all. Raises Invalid or Forbidden."""
    viewer.require(Permission.CASE_ASSIGN, office.id)
    if account.id not in {officer.id for officer in officers_of(office)}:
        raise Invalid(_("%(name)s is not an active officer of this office.", name=account.named))
    hold_policy(office.id)
    before, after = skills_of(account.id), frozenset(categories)
    if before == after:
        return
    db.session.execute(delete(Skill).where(Skill.account_id == account.id))
    db.session.add_all(Skill(account_id=account.id, category=category) for category in sorted(after))
    db.session.flush()
    record(
        "account.skills-set",
        subject=("account", account.id),
        before={"categories": sorted(before)},
        after={"categories": sorted(after)},
    )


def skills_of(account_id: int) -> frozenset[str]:
    """The categories that an officer handles; none for all."""
    return frozenset(db.session.scalars(select(Skill.category).where(Skill.account_id == account_id)))


def require_skill(account: Account, category: str) -> None:
    """Raises Conflict where the officer handles some categories, and this is none of them."""
    skills = skills_of(account.id)
    if skills and category not in skills:
        raise Conflict(_("%(name)s does not handle %(category)s.", name=account.named, category=category))


def officers_of(office: Office) -> Sequence[Row[Any]]:
    """(id, name) of the active officers of an office, by name."""
    query = select(Account.id, Account.named.label("named")).where(Account.id.in_(reviewers(office.id)))
    return db.session.execute(query.order_by(Account.named, Account.id)).all()
