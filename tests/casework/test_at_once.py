"""Two supervisors in two processes press at the same moment: one does it, the other is told, nothing is done twice."""

import os
import subprocess
import sys

from flask import Flask

from config import ROOT
from kis.core.access import Role
from kis.core.extensions import db
from tests import factories
from tests.casework.people import allocating, assignees, officers, supervisor, told, unassigned_cases


def together(app: Flask, *acts: tuple[str, ...]) -> list[str]:
    """What each process says, after all were let go together."""
    settings = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "QUEUE_URL": app.config["QUEUE_URL"],
        "STORE_PATH": str(app.config["STORE_PATH"]),
    }
    db.session.rollback()
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.casework.acts", *act],
            cwd=ROOT,
            env=os.environ | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for act in acts
    ]
    for racer in racers:
        assert racer.stdout and racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    return sorted(racer.communicate(timeout=90)[0].strip() for racer in racers)


def test_two_who_allocate_at_once_allocate_each_case_once(app: Flask) -> None:
    first, second = (factories.account(Role.SUPERVISOR) for _each in range(2))
    people = officers(2)
    office_id, cases = allocating("least_work", supervisor()), unassigned_cases(6)
    ids = [officer.id for officer in people]
    acts = [("allocate", str(boss.id), str(office_id)) for boss in (first, second)]
    said = together(app, *acts)
    assert said[0] == "did 6" and said[1].startswith("was told: "), said
    assert assignees(cases) == ids * 3
    assert len(told("casework.allocated-least-work")) == 6


def test_two_who_assign_the_same_cases_to_different_officers_at_once(app: Flask) -> None:
    boss, people, cases = factories.account(Role.SUPERVISOR), officers(2), unassigned_cases(4)
    numbers = [str(case.id) for case in cases]
    said = together(app, *(("assign", str(boss.id), str(officer.id), *numbers) for officer in people))
    assert said[0] == "did 4" and said[1].startswith("was told: "), said
    assert len(set(assignees(cases))) == 1
    assert len(told("case.assigned")) == 4
