"""What one of two processes does at the word of a test: python -m tests.casework.acts ACT ACCOUNT VALUE..."""

import sys
from collections.abc import Callable

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.casework import allocation, bulk
from kis.core.access import Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.factory import create_app

# Looks first, and answers with what is to be done at the word.
Act = Callable[[Viewer, list[int]], Callable[[], object]]


def allocate(viewer: Viewer, values: list[int]) -> Callable[[], object]:
    shown = {each.case.number: each.choice.account_id for each in allocation.preview(values[0], viewer)}
    return lambda: allocation.allocate_as_shown(values[0], shown, viewer)


def assign(viewer: Viewer, values: list[int]) -> Callable[[], object]:
    officer_id, *ids = values
    shown = {case.number: case.version for case in db.session.query(Case).filter(Case.id.in_(ids))}
    return lambda: bulk.confirm(shown, bulk.Wanted("assign", db.session.get_one(Account, officer_id)), viewer)


ACTS: dict[str, Act] = {"allocate": allocate, "assign": assign}


def main(name: str, account_id: str, *values: str) -> None:
    with create_app({"BABEL_DEFAULT_LOCALE": "en"}).app_context():
        viewer = viewer_of(db.session.get_one(Account, int(account_id)))
        act = ACTS[name](viewer, [int(value) for value in values])
        db.session.rollback()
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            with transaction():
                print("did", act())
        except Conflict as refusal:
            print("was told:", refusal.message)


if __name__ == "__main__":
    main(*sys.argv[1:])
