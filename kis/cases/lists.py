"""Lists of cases: the columns of a row, and a page of them found by key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, select

from kis.accounts.models import Account
from kis.cases.models import Applicant, Case
from kis.core.extensions import db
from kis.offices.models import Office

PAGE = 50
COLUMNS = (
    Case.id,
    Case.number,
    Case.category,
    Case.route,
    Case.state,
    Case.outcome,
    Case.precheck_outcome,
    Case.received_on,
    Case.due_on,
    Case.at_risk_on,
    Case.stopped_on,
    Applicant.family_name,
    Applicant.given_names,
    Applicant.local_name,
    Applicant.nationality,
    Office.code.label("office"),
)
Key = TypeVar("Key")


@dataclass(frozen=True)
class Page(Generic[Key]):
    """Up to PAGE rows, with the keys of the pages before and after where there are any."""

    rows: Sequence[Row[Any]]
    newer: Key | None
    older: Key | None


def listed(*more: Any) -> Select[Any]:
    """Select of the columns of a list of cases, and of these more."""
    return (
        select(*COLUMNS, Account.named.label("assignee"), *more)
        .join(Case.applicant)
        .join(Case.office)
        .outerjoin(Account, Case.assignee_id == Account.id)
    )


def page_of(
    query: Select[Any], key: Callable[[Row[Any]], Key], after: Key | None, before: Key | None
) -> Page[Key]:
    """The page that the query, limited to one row more than a page, was made for.

    The row more tells whether there is another page; for the page `before` a key the query runs backwards.
    """
    found = db.session.execute(query.limit(PAGE + 1)).all()
    rows, more = found[:PAGE], len(found) > PAGE
    if before is not None:
        rows.reverse()
    behind, ahead = (more, True) if before is not None else (after is not None, more)
    if not rows:
        return Page(rows, None, None)
    return Page(rows, key(rows[0]) if behind else None, key(rows[-1]) if ahead else None)
