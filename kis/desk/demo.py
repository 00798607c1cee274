"""Demo data: accounts and a day's work of cases to try the system out with; invented people all."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from kis.accounts.demo import create_demo_accounts
from kis.accounts.queries import account_by_name, all_accounts
from kis.accounts.sessions import viewer_of
from kis.audit.operations import act_as
from kis.cases.models import Case
from kis.cases.operations import assign
from kis.core import clock, jobs
from kis.core.access import Viewer
from kis.core.database import transaction
from kis.decisions.operations import approve, recommend
from kis.decisions.reasons import GivenReason, grounds_of
from kis.desk.demo_course import COURSES, Hands, on_day
from kis.documents.operations import review
from kis.documents.queries import documents_of
from kis.intake.operations import register
from kis.offices.queries import office_by_code
from kis.precheck.operations import run

DOSSIERS = Path(__file__).with_name("data") / "demo.json"
DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
OFFICE = "seoul-southern"
PROCEDURE = "permanent-residence"
SUPERVISOR = "bae.jiho"
YEARLY = {"income", "business_results"}


def load_demo() -> bool:
    """Make the demo accounts and cases, once; False where there are accounts already."""
    if all_accounts():
        return False
    with force_locale("en"), transaction():
        create_demo_accounts()
        entries = json.loads(DOSSIERS.read_text())
        clerk = acting_as("han.sora")
        cases = [registered(entry, clerk) for entry in entries]
        distribute(entries, cases, acting_as(SUPERVISOR))
        for entry, case in zip(entries, cases, strict=True):
            play(case, entry.get("reaches"))
        jobs.enqueue("statistics.count", 0)
    return True


def play(case: Case, stage: str | None) -> None:
    """Bring an assigned case as far as its entry says: on one of COURSES, or reviewed, recommended, granted, refused."""
    if stage is None or case.assignee is None:
        return
    officer = acting_as(case.assignee.name)
    if stage in COURSES:
        COURSES[stage](Hands(case, officer, viewer_of(account_by_name(SUPERVISOR))))
        return
    review_documents(case, officer)
    if stage == "reviewed":
        return
    outcome = "refused" if stage == "refused" else "granted"
    reasons = [GivenReason(ground.finding.id) for ground in grounds_of(case)] if outcome == "refused" else []
    stays_on = clock.today() + timedelta(days=200) if outcome == "refused" else None
    recommend(case, outcome, reasons, "", officer, stays_on)
    if stage != "recommended":
        approve(case, "", acting_as(SUPERVISOR))


def review_documents(case: Case, officer: Viewer) -> None:
    for document in documents_of(case):
        if document.submitted:
            review(document, officer, document.version)
    run(case, "documents", officer)


def acting_as(name: str) -> Viewer:
    """The viewer of a demo account, in whose name the records of this transaction are written."""
    viewer = viewer_of(account_by_name(name))
    act_as(viewer)
    return viewer


def registered(entry: dict[str, Any], clerk: Viewer) -> Case:
    with on_day(entry["days_ago"]):
        dossier = shifted_to(entry["dossier"], clock.today())
        return register(dossier, PROCEDURE, office_by_code(OFFICE), clerk)


def shifted_to(dossier: dict[str, Any], target: date) -> dict[str, Any]:
    """The dossier with all its days moved, so that it was received on that day."""
    received = date.fromisoformat(dossier["application"]["received_on"])
    moved: dict[str, Any] = shifted(dossier, target - received)
    for section in YEARLY:
        for row in moved.get(section, []):
            row["year"] += target.year - received.year
    return moved


def shifted(value: Any, distance: timedelta) -> Any:
    if isinstance(value, dict):
        return {name: shifted(item, distance) for name, item in value.items()}
    if isinstance(value, list):
        return [shifted(item, distance) for item in value]
    if isinstance(value, str) and DAY.match(value):
        return (date.fromisoformat(value) + distance).isoformat()
    return value


def distribute(entries: list[dict[str, Any]], cases: list[Case], supervisor: Viewer) -> None:
    """Two officers share most of the cases; the latest wait for assignment."""
    officers = [account_by_name("yun.dohyeon"), account_by_name("seo.mina")]
    for place, case in enumerate(cases[: len(cases) * 2 // 3]):
        with on_day(entries[place]["days_ago"]):
            assign(case, officers[place % 2], supervisor)
