"""The working queues: each case in exactly one, its standing to the due day, counts, saved filters, export."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kis.accounts.operations import change_grants
from kis.audit.models import AccessRecord, AuditRecord
from kis.cases.models import Case
from kis.cases.queues import QUEUES, WORKING, stands, working_queue
from kis.cases.states import DECIDED_STATES, STATES, STOPPED_STATES
from kis.core import clock
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.sheets import MARK, cell, sheet
from kis.desk.models import SavedFilter
from kis.desk.queues import Filters, queue_page, rail_counts
from tests import factories
from tests.statements import statements


def case_in(state: str, assigned: bool = True, **columns: Any) -> Case:
    """A case brought to the state by hand, past the transitions."""
    case = factories.case()
    due_on = case.due_on
    case.state, case.assignee_id = state, factories.account().id if assigned else None
    # Within its period: in time.
    case.stopped_on = due_on if state in STOPPED_STATES else None
    case.outcome = "granted" if state in DECIDED_STATES else None
    for name, value in columns.items():
        setattr(case, name, value)
    db.session.commit()
    return case


def due_in(days: int, at_risk_days: int = 5, **columns: Any) -> Case:
    due_on = clock.today() + timedelta(days=days)
    return case_in("in_review", due_on=due_on, at_risk_on=due_on - timedelta(days=at_risk_days), **columns)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("assignee_id", [None, 7])
def test_a_case_of_any_state_is_in_exactly_one_working_queue(state: str, assignee_id: int | None) -> None:
    assert working_queue(state, assignee_id) in WORKING


def test_the_database_and_the_table_agree_on_the_queue_of_a_case(app: Flask) -> None:
    cases = [case_in(state, assigned) for state in STATES for assigned in (True, False)]
    viewer = factories.viewer(Role.SUPERVISOR)
    found = {
        queue.name: {row.number for row in queue_page(queue.name, viewer, Filters(), None, None).rows}
        for queue in WORKING
    }
    for case in cases:
        homes = [name for name, numbers in found.items() if case.number in numbers]
        assert homes == [working_queue(case.state, case.assignee_id).name]


def test_closed_cases_come_latest_first(app: Flask) -> None:
    days = [date(2026, 3, day) for day in (1, 9, 5)]
    for day in days:
        case_in("closed", due_on=day, at_risk_on=day - timedelta(days=9))
    page = queue_page("closed", factories.viewer(), Filters(), None, None)
    assert [row.due_on for row in page.rows] == sorted(days, reverse=True)


def test_overdue_at_risk_and_stopped_are_told_apart(app: Flask) -> None:
    over, risk, fine = due_in(-1), due_in(3), due_in(30)
    stopped = due_in(-9, stopped_on=clock.today() - timedelta(days=9))
    viewer = factories.viewer()
    for standing, expected in {"over": over, "risk": risk, "stopped": stopped}.items():
        page = queue_page("open", viewer, Filters(standing=standing), None, None)
        assert [row.number for row in page.rows] == [expected.number]
    assert [case.is_overdue for case in (over, risk, fine, stopped)] == [True, False, False, False]
    assert [case.is_at_risk for case in (over, risk, fine, stopped)] == [False, True, False, False]
    found = db.session.scalars(select(Case.id).where(stands("over", clock.today()))).all()
    assert found == [over.id]


def test_each_queue_page_says_how_cases_stand(app: Flask, sign_in: Any) -> None:
    due_in(-2), due_in(3), due_in(-9, stopped_on=clock.today() - timedelta(days=9))
    browser = sign_in(factories.account(Role.SUPERVISOR))
    for name in QUEUES:
        assert browser.get(f"/queue/{name}").status_code == 200
    page = browser.get("/queue/open").get_data(as_text=True)
    for words in ("2 days over", "at risk, 3 days left", "clock stopped"):
        assert words in page


def test_the_rail_counts_in_one_statement(app: Flask) -> None:
    (
        due_in(-2),
        due_in(3),
        case_in("awaiting_supplement"),
        case_in("received", assigned=False),
        case_in("closed"),
    )
    viewer = factories.viewer()
    with statements() as seen:
        counts = rail_counts(viewer)
    assert len([statement for statement in seen if "count(" in statement]) == 1
    expected = {"open": 4, "mine": 0, "unassigned": 1, "in-review": 2, "awaiting-applicant": 1}
    assert {name: counts[name] for name in expected} == expected
    assert (counts["over"], counts["risk"], counts["stopped"]) == (2, 1, 1)


def test_the_counts_come_as_a_second_request_and_without_script_by_a_link(app: Flask, sign_in: Any) -> None:
    case_in("inspection")
    browser = sign_in(factories.account())
    page = browser.get("/queue/open?category=F-5-1").get_data(as_text=True)
    assert 'hx-get="/queue/open/counts?category=F-5-1"' in page
    assert '<span class="count">' not in page
    for address in ("/queue/open/counts", "/queue/open?counts=yes"):
        assert '<span>Inspection</span><span class="count">1</span>' in browser.get(address).get_data(
            as_text=True
        )


def save(browser: Any, name: str, address: str = "/queue/open/filters?standing=over", **more: str) -> Any:
    return browser.post(address, data={"name": name, **more})


def test_a_filter_is_saved_counted_and_deleted_by_its_owner(app: Flask, sign_in: Any) -> None:
    due_in(-1), due_in(-2)
    browser = sign_in(factories.account())
    assert save(browser, "Late ones").headers["Location"] == "/queue/open?standing=over"
    rail = browser.get("/queue/open/counts").get_data(as_text=True)
    assert '<span>Late ones</span><span class="count">2</span>' in rail
    assert save(browser, "Late ones").status_code == 409
    assert save(browser, " ").status_code == 422
    number = rail.split("/queue/filters/")[1].split("/")[0]
    assert sign_in(factories.account()).post(f"/queue/filters/{number}/delete").status_code == 404
    assert browser.post(f"/queue/filters/{number}/delete").status_code == 302
    assert "Late ones" not in browser.get("/queue/open/counts").get_data(as_text=True)


def test_a_shared_filter_is_seen_in_the_office_and_nowhere_else(app: Flask, sign_in: Any) -> None:
    save(sign_in(factories.account()), "For all", shared="yes")
    save(sign_in(factories.account()), "For me")
    for at, seen in (("seoul-southern", True), ("busan", False)):
        rail = sign_in(factories.account(at=at)).get("/queue/open/counts").get_data(as_text=True)
        assert ("For all" in rail) is seen
        assert "For me" not in rail


def test_own_filters_come_first_and_shared_ones_stay_in_the_office(app: Flask, sign_in: Any) -> None:
    save(sign_in(factories.account()), "A shared one", shared="yes")
    officer = sign_in(factories.account())
    save(officer, "My own")
    rail = officer.get("/queue/open/counts").text
    assert rail.index("My own") < rail.index("A shared one")
    for role in (Role.HEADQUARTERS, Role.AUDITOR):
        assert "A shared one" not in sign_in(factories.account(role)).get("/queue/open/counts").text


def test_a_supervisor_clears_away_what_the_office_shares(app: Flask, sign_in: Any) -> None:
    save(sign_in(factories.account()), "Of a leaver", shared="yes")
    save(sign_in(factories.account()), "Private")
    shared, private = db.session.scalars(select(SavedFilter.id).order_by(SavedFilter.id))
    stranger = sign_in(factories.account(Role.SUPERVISOR, at="busan"))
    assert stranger.post(f"/queue/filters/{shared}/delete").status_code == 404
    boss = sign_in(factories.account(Role.SUPERVISOR))
    assert f"/queue/filters/{shared}/delete" in boss.get("/queue/open/counts").text
    assert boss.post(f"/queue/filters/{shared}/delete").status_code == 302
    assert boss.post(f"/queue/filters/{private}/delete").status_code == 404


def exported(browser: Any, reason: str = "Weekly meeting", address: str = "/queue/open/export") -> Any:
    return browser.post(address, data={"reason": reason})


def test_a_queue_is_exported_with_its_reason_on_record(app: Flask, sign_in: Any) -> None:
    facts = factories.dossier()
    facts["applicant"] |= {"family_name": "=SUM(A1)", "given_names": "+82"}
    case = factories.case(facts=facts)
    case.precheck_outcome = "not_met"
    factories.case(at="busan")
    answer = exported(sign_in(factories.account(Role.SUPERVISOR)))
    assert answer.status_code == 200
    text = answer.get_data().decode()
    assert text.startswith(MARK)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))
    assert [row["Receipt number"] for row in rows] == [case.number]
    assert (rows[0]["Family name"], rows[0]["Given names"]) == ("'=SUM(A1)", "'+82")
    assert (rows[0]["State"], rows[0]["Pre-check"]) == ("Received", "Not met")
    logged = db.session.scalars(
        select(AccessRecord.reason).where(AccessRecord.task == "queue-export:open")
    ).one()
    noted = db.session.scalars(select(AuditRecord.after).where(AuditRecord.action == "queue.exported")).one()
    assert logged == noted["reason"] == "Weekly meeting"
    assert noted["cases"] == 1


def test_an_export_has_the_order_of_the_page(app: Flask, sign_in: Any) -> None:
    for days in (3, 1, 2):
        due_in(days)
        case_in("closed").due_on = clock.today() - timedelta(days=days)
    db.session.commit()
    browser = sign_in(factories.account(Role.SUPERVISOR))
    for name in ("open", "closed"):
        rows = csv.DictReader(
            io.StringIO(exported(browser, address=f"/queue/{name}/export").get_data().decode())
        )
        page = queue_page(name, factories.viewer(), Filters(), None, None)
        assert [row["Due"] for row in rows] == [row.due_on.isoformat() for row in page.rows]


def test_a_queue_narrowed_by_no_day_is_not_exported_whole(app: Flask, sign_in: Any) -> None:
    factories.case()
    address = "/queue/open/export?received_from=31.12.2026"
    assert exported(sign_in(factories.account(Role.SUPERVISOR)), address=address).status_code == 422


def test_an_export_needs_a_reason_and_the_permission(app: Flask, sign_in: Any) -> None:
    factories.case()
    assert exported(sign_in(factories.account(Role.SUPERVISOR)), "no").status_code == 422
    assert exported(sign_in(factories.account(Role.OFFICER))).status_code == 403


def test_headquarters_exports_without_names(app: Flask, sign_in: Any) -> None:
    case = factories.case()
    answer = exported(sign_in(factories.account(Role.HEADQUARTERS)))
    text = answer.get_data().decode()
    assert case.number in text
    assert case.applicant.family_name not in text
    assert "Family name" not in text


def test_an_export_holds_no_case_of_an_office_where_the_account_may_not_export(
    app: Flask, sign_in: Any
) -> None:
    """An officer of one office who supervises another sees both queues, and takes away one."""
    own, other = factories.case(), factories.case(at="busan")
    both = factories.account(Role.SUPERVISOR)
    change_grants(both, [(Role.SUPERVISOR, own.office_id), (Role.OFFICER, other.office_id)])
    db.session.commit()
    text = exported(sign_in(both)).get_data(as_text=True)
    assert own.number in text
    assert other.number not in text


def test_headquarters_that_also_works_in_an_office_reads_the_others_with_a_reason_only(
    app: Flask, sign_in: Any
) -> None:
    own, other = factories.case(), factories.case(at="busan")
    both = factories.account(Role.HEADQUARTERS)
    change_grants(both, [(Role.HEADQUARTERS, None), (Role.OFFICER, own.office_id)])
    db.session.commit()
    browser = sign_in(both)
    assert own.applicant.family_name in browser.get(f"/cases/{own.number}").text
    assert other.applicant.family_name not in browser.get(f"/cases/{other.number}").text
    assert other.applicant.family_name not in browser.get("/queue/open").text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("KIM", "KIM"),
        (-1, -1),
        (None, ""),
    ],
)
def test_no_cell_becomes_a_formula(value: Any, shown: Any) -> None:
    assert cell(value) == shown


def test_a_sheet_is_quoted_where_it_must_be() -> None:
    assert sheet(["a", "b"], [["x,y", 'say "no"']]) == MARK + 'a,b\r\n"x,y","say ""no"""\r\n'
