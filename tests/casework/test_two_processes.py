"""Two processes ask for the same step at the same moment: one does it, the other is told."""

import os
import subprocess
import sys

from flask import Flask
from sqlalchemy import func, select

from config import ROOT
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.core.extensions import db
from kis.letters.models import Letter
from tests import factories

RACER = """
import sys
from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.casework.supplements import Asked, ask
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.factory import create_app
from kis.letters.values import Bilingual

case_id, account_id = map(int, sys.argv[1:])
asked = [Asked(Bilingual("소득을 증명하여 주십시오.", "Please prove your income."))]
with create_app({"BABEL_DEFAULT_LOCALE": "en"}).app_context():
    viewer, case = viewer_of(db.session.get_one(Account, account_id)), db.session.get_one(Case, case_id)
    db.session.rollback()
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        with transaction():
            ask(case, asked, 14, viewer)
        print("did it")
    except Conflict as refusal:
        print("was told:", refusal.message)
"""


def race(app: Flask, case_id: int, account_id: int) -> list[str]:
    """What each of two processes says, after both were let go together."""
    settings = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "QUEUE_URL": app.config["QUEUE_URL"],
        "STORE_PATH": str(app.config["STORE_PATH"]),
    }
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(case_id), str(account_id)],
            cwd=ROOT,
            env=os.environ | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _each in range(2)
    ]
    for racer in racers:
        assert racer.stdout and racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    return [racer.communicate(timeout=90)[0] for racer in racers]


def test_of_two_processes_one_does_the_step_and_the_other_is_told(app: Flask) -> None:
    officer = factories.account()
    officer.phone = "02-2650-6214"
    case = factories.case(assignee=officer)
    case_id, account_id = case.id, officer.id
    db.session.remove()
    said = sorted(race(app, case_id, account_id))
    assert said[0] == "did it\n" and said[1].startswith("was told: "), said
    assert db.session.get_one(Case, case_id).state == "awaiting_supplement"
    assert db.session.scalar(select(func.count(Letter.id))) == 1
    steps = select(func.count()).where(AuditRecord.action == "case.ask-supplement")
    assert db.session.scalar(steps) == 1
