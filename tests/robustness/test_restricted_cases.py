"""A restricted case is not to be found by who is not named on it, whatever is asked of it and by whom."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Applicant, Case
from kis.cases.name_parts import index_names
from kis.cases.notes import write_note
from kis.cases.queues import QUEUES
from kis.cases.reminders import set_reminder, waiting_for
from kis.casework import restricting, transfers
from kis.casework.board import Counts, board
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.desk.queues import rail_counts
from kis.intake.queries import duplicates_of
from kis.letters.models import UndeliveredLetter
from kis.letters.queries import letters_of
from kis.quality.models import Drawing, Sample
from tests import factories
from tests.robustness.conftest import Office, address_of, is_open_to, rules_of
from tests.statements import statements

ROOT = Path(__file__).resolve().parents[2]
REASON = "The applicant is a relative of somebody in the office."
NAME = "QUOCKHANH"
REGISTRATION = "880714-6123456"
OUTSIDERS = (Role.RECEPTION, Role.OFFICER, Role.SUPERVISOR, Role.HEADQUARTERS)
# Where a number may stand without a name: the register's own lines.
LETTER_LINES = ("/letters/registers",)


def restricted(office: Office, case: Case, *named: Account) -> Case:
    """The case, closed to all but the office's supervisor, its officer, and those named."""
    boss, officer = (office.people[role] for role in (Role.SUPERVISOR, Role.OFFICER))
    with transaction():
        ids = {account.id for account in (*named, officer)}
        restricting.restrict(case, ids, REASON, viewer_of(boss))
    return case


@pytest.fixture
def outsiders(app: Flask, seoul: Office) -> dict[Role, Account]:
    """Colleagues of every role who are not named; the officer among them had to do with the case before."""
    return {role: factories.account(role, f"outside.{role}", seoul.code) for role in OUTSIDERS}


@pytest.fixture
def closed(seoul: Office, outsiders: dict[Role, Account]) -> Iterator[Office]:
    """The office, whose two cases were on every list there is before they were restricted."""
    insiders = {role: viewer_of(seoul.people[role]) for role in (Role.SUPERVISOR, Role.OFFICER)}
    with transaction():
        for case in (seoul.case, seoul.decided):
            case.applicant.family_name = NAME
            case.applicant.registration_number = REGISTRATION
            index_names(case)
            for outsider in outsiders.values():
                write_note(case, f"@{outsider.name} please look.", insiders[Role.OFFICER])
                set_reminder(case, clock.today(), "Look again.", viewer_of(outsider))
    with transaction():
        drawing = Drawing(
            office_id=seoul.decided.office_id, month=clock.today().replace(day=1), percent=5, minimum=1,
            decided=1, seed="0" * 32, drawn_by_id=None,
        )  # fmt: skip
        db.session.add(drawing)
        db.session.flush()
        officer = seoul.people[Role.OFFICER].id
        db.session.add(Sample(drawing_id=drawing.id, case_id=seoul.decided.id, officer_id=officer))
    letter = letters_of(seoul.decided)[0]
    if db.session.get(UndeliveredLetter, letter.id) is None:
        with transaction():
            db.session.add(
                UndeliveredLetter(id=letter.id, office_id=letter.office_id, since=letter.issued_on)
            )
    for case in (seoul.case, seoul.decided):
        restricted(seoul, case)
    yield seoul


def lists(app: Flask, role: Role, office: Office) -> Iterator[str]:
    """Every page open to the role that is not of one case, each queue with its filters among them."""
    for rule in rules_of(app, "GET"):
        if "number" not in rule.arguments and is_open_to(app, rule, role):
            yield address_of(rule, office.samples())
    for name in QUEUES:
        yield f"/queue/{name}"
        yield f"/queue/{name}?counts=1&category=F-5-1"


def marks_of(office: Office) -> tuple[str, ...]:
    return office.case.number, office.decided.number, NAME


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_page_tells_of_a_restricted_case_to_who_is_not_named(
    app: Flask, closed: Office, outsiders: dict[Role, Account], sign_in: Any, role: Role
) -> None:
    browser = sign_in(outsiders[role])
    seen = 0
    for address in lists(app, role, closed):
        answer = browser.get(address)
        page = answer.get_data(as_text=True)
        assert [mark for mark in marks_of(closed) if mark in page] == [], address
        if not address.startswith(LETTER_LINES):
            assert closed.letter not in page, address
        seen += answer.status_code == 200
    assert seen > 10


@pytest.mark.parametrize("role", OUTSIDERS)
def test_whatever_is_asked_of_a_restricted_case_answers_as_if_there_were_none(
    app: Flask, closed: Office, outsiders: dict[Role, Account], sign_in: Any, role: Role
) -> None:
    browser = sign_in(outsiders[role])
    answers = {}
    for method in ("GET", "POST"):
        for rule in rules_of(app, method):
            if "number" in rule.arguments and is_open_to(app, rule, role):
                number = closed.letter if rule.rule.startswith("/letters/") else closed.case.number
                address = address_of(rule, closed.samples() | {"number": number})
                answers[method, address] = browser.open(address, method=method).status_code
    assert {place: status for place, status in answers.items() if status != 404} == {}
    assert len(answers) > 10


def found_by(browser: FlaskClient, **asked: str) -> str:
    page = browser.post("/search", data=asked, follow_redirects=True)
    return str(page.get_data(as_text=True))


@pytest.mark.parametrize("role", (Role.OFFICER, Role.SUPERVISOR))
def test_no_search_finds_a_restricted_case(
    app: Flask, closed: Office, outsiders: dict[Role, Account], sign_in: Any, role: Role
) -> None:
    numbers = closed.case.number, closed.case.number[-6:], REGISTRATION, NAME, NAME[2:6], "1988-07-14"
    stranger, insider = sign_in(outsiders[role]), sign_in(closed.people[Role.SUPERVISOR])
    for asked in numbers:
        assert f"/cases/{closed.case.number}" not in found_by(stranger, q=asked), asked
    assert closed.case.number in found_by(insider, q=NAME)


def test_counts_of_the_rail_leave_restricted_cases_out(
    app: Flask, closed: Office, outsiders: dict[Role, Account], sign_in: Any
) -> None:
    counts = {}
    for who in (outsiders[Role.SUPERVISOR], closed.people[Role.SUPERVISOR]):
        viewer = viewer_of(db.session.get_one(Account, who.id))
        counts[who.name] = rail_counts(viewer)["open"]
    assert list(counts.values()) == [0, 1]
    assert waiting_for(viewer_of(db.session.get_one(Account, outsiders[Role.OFFICER].id))) == (0, 0)


def test_the_board_leaves_restricted_cases_out(
    app: Flask, closed: Office, outsiders: dict[Role, Account]
) -> None:
    totals = []
    for who in (outsiders[Role.SUPERVISOR], closed.people[Role.SUPERVISOR]):
        lines = board(viewer_of(db.session.get_one(Account, who.id)))
        totals.append(sum((each.total for each in lines), Counts()).open)
    assert totals == [0, 1]


def test_an_export_of_a_queue_leaves_restricted_cases_out(
    app: Flask, closed: Office, outsiders: dict[Role, Account], sign_in: Any
) -> None:
    asked = {"reason": "A list for the weekly meeting."}
    page = sign_in(outsiders[Role.SUPERVISOR]).post("/queue/open/export", data=asked)
    assert page.status_code == 200
    assert not [mark for mark in marks_of(closed) if mark in page.get_data(as_text=True)]


def test_a_register_keeps_the_number_of_a_restricted_cases_letter_without_its_name(
    app: Flask, closed: Office, outsiders: dict[Role, Account], sign_in: Any
) -> None:
    outside, inside = (
        sign_in(boss).get("/letters/registers").get_data(as_text=True)
        for boss in (outsiders[Role.SUPERVISOR], closed.people[Role.SUPERVISOR])
    )
    assert closed.letter in outside
    assert "of a restricted case" in outside
    assert NAME not in outside
    assert closed.decided.number not in outside
    assert closed.decided.number in inside
    taken = sign_in(outsiders[Role.SUPERVISOR]).post(
        f"/letters/registers/csv?register=D&office={closed.case.office_id}", data={"reason": "Yearly check."}
    )
    assert closed.letter in taken.get_data(as_text=True)
    assert closed.decided.number not in taken.get_data(as_text=True)


def test_another_application_of_the_person_does_not_tell_of_a_restricted_one(
    app: Flask, closed: Office, outsiders: dict[Role, Account], sign_in: Any
) -> None:
    other = factories.case(at=closed.code, facts=factories.dossier("conduct-fine-unpaid"))
    with transaction():
        applicant = db.session.get_one(Applicant, other.applicant_id)
        applicant.family_name = NAME
    page = sign_in(outsiders[Role.OFFICER]).get(f"/cases/{other.number}/file").get_data(as_text=True)
    assert closed.case.number not in page
    own = sign_in(closed.people[Role.OFFICER]).get(f"/cases/{other.number}/file").get_data(as_text=True)
    assert closed.case.number in own


def test_at_intake_a_restricted_duplicate_says_only_that_the_supervisor_must_be_asked(
    app: Flask, seoul: Office
) -> None:
    clerk = viewer_of(factories.account(Role.RECEPTION, at=seoul.code))
    restricted(seoul, seoul.case)
    with app.test_request_context():
        found = duplicates_of(factories.dossier("conduct-fine-unpaid"), clerk)
    by_case = {each.case.id: each for each in found}
    assert by_case[seoul.case.id].closed
    assert not by_case[seoul.case.id].readable
    assert by_case[seoul.decided.id].readable


def test_headquarters_reads_a_restricted_case_only_when_named(
    app: Flask, seoul: Office, sign_in: Any
) -> None:
    named, other = (factories.account(Role.HEADQUARTERS, at=None) for _ in range(2))
    restricted(seoul, seoul.case, named)
    address = f"/cases/{seoul.case.number}"
    assert sign_in(other).get(address).status_code == 404
    asked = sign_in(named).get(address)
    assert (asked.status_code, asked.location) == (302, f"{address}/reason")


def test_the_auditor_reads_restricted_cases(app: Flask, closed: Office, sign_in: Any) -> None:
    auditor = sign_in(closed.people[Role.AUDITOR])
    page = auditor.get(f"/cases/{closed.case.number}")
    assert page.status_code == 200
    assert "Restricted case" in page.get_data(as_text=True)
    assert closed.case.number in auditor.get("/queue/open").get_data(as_text=True)


def test_those_named_see_on_every_page_who_may_open_the_case(
    app: Flask, closed: Office, sign_in: Any
) -> None:
    browser = sign_in(closed.people[Role.OFFICER])
    names = [closed.people[role].full_name for role in (Role.OFFICER, Role.SUPERVISOR)]
    for page in ("", "/facts", "/documents", "/precheck", "/decision", "/letters", "/file", "/history"):
        shown = browser.get(f"/cases/{closed.case.number}{page}").get_data(as_text=True)
        assert f"Open only to: {', '.join(names)}" in shown, page


def test_an_offered_restricted_case_shows_the_other_office_no_person(
    app: Flask, closed: Office, outsiders: dict[Role, Account], sign_in: Any
) -> None:
    boss, theirs = (
        viewer_of(closed.people[Role.SUPERVISOR]),
        factories.account(Role.SUPERVISOR, at="busan"),
    )
    with transaction():
        transfers.propose(closed.case, factories.office("busan"), "The applicant moved.", boss)
    page = sign_in(theirs).get("/transfers").get_data(as_text=True)
    assert "Restricted" in page
    assert NAME not in page
    assert closed.case.number not in sign_in(outsiders[Role.SUPERVISOR]).get("/transfers").get_data(
        as_text=True
    )
    assert closed.case.number in sign_in(closed.people[Role.SUPERVISOR]).get("/transfers").get_data(
        as_text=True
    )


def test_those_named_find_the_case_on_the_lists_where_it_was_before(
    app: Flask, closed: Office, sign_in: Any
) -> None:
    browser = sign_in(closed.people[Role.SUPERVISOR])
    telling = set()
    for address in lists(app, Role.SUPERVISOR, closed):
        page = browser.get(address).get_data(as_text=True)
        if any(mark in page for mark in marks_of(closed)):
            telling.add(address)
    assert {"/queue/open", "/queue/decided", "/letters/undelivered", "/quality/samples"} <= telling


def taken(browser: FlaskClient, app: Flask, office: Office) -> dict[str, int]:
    """How many statements each page of the office's cases takes."""
    found = {}
    for case in (office.case, office.decided):
        for rule in rules_of(app, "GET"):
            if "number" in rule.arguments and rule.rule.startswith("/cases/") and "." not in rule.rule:
                address = address_of(rule, office.samples() | {"number": case.number})
                with statements() as seen:
                    answer = browser.get(address)
                found[address] = len(seen) if answer.status_code == 200 else 0
    return found


def test_the_pages_of_a_restricted_case_take_no_statement_more_than_those_of_others(
    app: Flask, closed: Office, sign_in: Any
) -> None:
    boss = closed.people[Role.SUPERVISOR]
    browser = sign_in(boss)
    before = taken(browser, app, closed)
    with transaction():
        for case in (closed.case, closed.decided):
            restricting.lift(case, "The relative works elsewhere now.", viewer_of(boss))
    after = taken(browser, app, closed)
    own_page = {page for page in after if page.endswith("/restriction")}
    assert {page: count for page, count in before.items() if count > after[page]}.keys() <= own_page
    assert sum(count > 0 for count in before.values()) > 20


OWN_SCOPE = re.compile(r"\bCase\.office_id\.in_\(")


def test_one_module_alone_says_which_cases_somebody_may_read() -> None:
    writing = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kis").rglob("*.py")
        if OWN_SCOPE.search(path.read_text())
    ]
    assert writing == ["kis/cases/scope.py"]
