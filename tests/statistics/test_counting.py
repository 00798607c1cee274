"""What is counted equals what is there; who sees it; what a page costs."""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.casework.models import Transfer
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import NotFound
from kis.decisions.models import Decision, DecisionReason, Recommendation
from kis.offices.models import Office
from kis.precheck.operations import run
from kis.statistics import queries
from kis.statistics.counting import A_DAY, count, last_month, refresh
from kis.statistics.models import Count, Tally
from kis.statistics.queries import Figures, Selection
from tests import factories
from tests.statements import statements_of

TODAY = clock.today()
EVERYTHING = Selection(190001, 299912, None)


def case(at: str = "seoul-southern", category: str = "F-5-1", **columns: Any) -> Case:
    made = factories.case(at=at)
    db.session.execute(update(Case).where(Case.id == made.id).values(category=category, **columns))
    db.session.commit()
    return made


def decided(on: date, days: int, outcome: str = "granted", **more: Any) -> Case:
    return case(state="closed", outcome=outcome, decided_on=on, processing_days=days, **more)


def figures_of(selection: Selection) -> Figures:
    return queries.figures_of(selection, db.session.scalars(select(Office.id)).all())


def counted(since: date | None = None) -> None:
    with transaction():
        count(since)


@pytest.fixture
def house(app: Flask) -> None:
    decided(date(2026, 9, 1), 10, received_on=date(2026, 8, 31))
    decided(date(2026, 9, 30), 20, "refused", received_on=date(2026, 8, 1))
    decided(date(2026, 10, 5), 31, at="busan", category="F-5-2", received_on=date(2026, 9, 2))
    case(received_on=date(2026, 9, 3))


def test_each_case_is_counted_in_its_month_office_and_category(house: None) -> None:
    counted()
    figures = figures_of(EVERYTHING)
    assert figures.received == Counter({202608: 2, 202609: 2})
    assert figures.decided == Counter(
        {(202609, "granted"): 1, (202609, "refused"): 1, (202610, "granted"): 1}
    )
    assert figures.category_received == Counter({"F-5-1": 3, "F-5-2": 1})
    southern, busan = factories.office().id, factories.office("busan").id
    assert figures.office_received == Counter({southern: 3, busan: 1})
    assert figures.days == Counter({(202609, 10): 1, (202609, 20): 1, (202610, 31): 1})
    assert sum(figures.ages.values()) == 1


def test_a_case_counts_as_received_where_it_came_in_wherever_it_went_since(app: Flask) -> None:
    made, (southern, busan, jeju) = case(), map(factories.office, ("seoul-southern", "busan", "jeju"))
    for number, (start, end) in enumerate(((southern, busan), (busan, jeju))):
        db.session.add(
            Transfer(
                case_id=made.id, from_office_id=start.id, to_office_id=end.id, reason="Moved house.",
                proposed_by_id=factories.account().id, answer="accepted", answered_at=clock.now() + number * A_DAY,
            )
        )  # fmt: skip
    db.session.execute(update(Case).values(office_id=jeju.id))
    db.session.commit()
    counted()
    assert figures_of(EVERYTHING).office_received == Counter({southern.id: 1})


def test_a_choice_of_office_category_or_months_narrows_all_of_it(house: None) -> None:
    counted()
    busan = factories.office("busan").id
    assert figures_of(Selection(190001, 299912, frozenset({busan}))).received == Counter({202609: 1})
    second = figures_of(Selection(190001, 299912, None, "F-5-2"))
    assert (second.received, second.days) == (Counter({202609: 1}), Counter({(202610, 31): 1}))
    assert figures_of(Selection(202609, 202609, None)).decided.total() == 2


def test_counting_again_changes_nothing_and_follows_what_was_set_aside(house: None) -> None:
    counted()
    before = db.session.scalar(select(func.sum(Tally.cases)))
    counted()
    assert db.session.scalar(select(func.sum(Tally.cases))) == before
    aside = {"state": "in_review", "outcome": None, "decided_on": None, "processing_days": None}
    db.session.execute(update(Case).where(Case.outcome == "refused").values(aside))
    db.session.commit()
    counted()
    assert figures_of(EVERYTHING).decided.total() == 2


def test_the_hour_counts_the_last_two_months_and_the_day_everything(app: Flask) -> None:
    decided(TODAY, 3)
    decided(date(2020, 1, 2), 3, received_on=date(2020, 1, 1))
    with transaction():
        refresh()
    assert figures_of(EVERYTHING).days.total() == 2
    decided(TODAY, 4)
    decided(date(2020, 1, 3), 4, received_on=date(2020, 1, 1))
    with transaction():
        refresh()
    assert figures_of(EVERYTHING).days.total() == 3
    with transaction():
        db.session.execute(update(Count).values(counted_at=clock.now() - timedelta(days=2)))
        refresh()
    assert figures_of(EVERYTHING).days.total() == 4


@pytest.mark.parametrize(
    "today, first", [("2026-11-22", "2026-10-01"), ("2026-01-31", "2025-12-01"), ("2026-03-31", "2026-02-01")]
)
def test_the_last_month_begins_on_its_first_day(today: str, first: str) -> None:
    assert last_month(date.fromisoformat(today)) == date.fromisoformat(first)


def test_a_refusal_counts_once_for_each_of_its_reasons(app: Flask) -> None:
    refused = case()
    officer, boss = factories.account(), factories.account(Role.SUPERVISOR)
    with transaction():
        made = run(db.session.get_one(Case, refused.id), "demand", viewer_of(officer))
        recommended = Recommendation(
            case_id=refused.id, outcome="granted", line=["officer"], revision=1, run_id=made.id,
            made_by_id=officer.id,
        )  # fmt: skip
        db.session.add(recommended)
        db.session.flush()
        words = {"basis_ko": "법", "basis_en": "Act"}
        finding = {"area": "conduct", "departed": False, "message": {}}
        own = {"wording_ko": "사유", "wording_en": "Why", **words}
        reasons = [
            DecisionReason(position=1, criterion="conduct.fine", finding=finding, **words),
            DecisionReason(position=2, **own),
            DecisionReason(position=3, **own),
        ]
        db.session.add(
            Decision(
                case_id=refused.id, recommendation_id=recommended.id, recommended_by_id=officer.id,
                recommended_outcome="granted", outcome="refused", reason="Seen otherwise",
                decided_by_id=boss.id, stay_expires_on=TODAY, own_reasons=reasons,
            )
        )  # fmt: skip
        db.session.flush()
        values = {"state": "closed", "outcome": "refused", "decided_on": TODAY, "processing_days": 5}
        db.session.execute(update(Case).where(Case.id == refused.id).values(values))
        count()
    assert figures_of(EVERYTHING).reasons == Counter({"conduct.fine": 1, "": 1})


def test_open_cases_are_classed_by_age_and_looked_ahead(app: Flask) -> None:
    to_come = {"at_risk_on": TODAY + timedelta(days=20), "due_on": TODAY + timedelta(days=30)}
    for age in (0, 29, 30, 400):
        case(received_on=TODAY - timedelta(days=age), **to_come)
    past = {"at_risk_on": TODAY - timedelta(days=9), "due_on": TODAY - timedelta(days=1)}
    case(received_on=TODAY - timedelta(days=90), **past)
    counted()
    figures = figures_of(EVERYTHING)
    assert figures.ages == Counter({0: 2, 30: 1, 90: 1, 365: 1})
    [look] = figures.outlooks.values()
    assert look == {"open": 5, "stopped": 0, "overdue": 1, "decided": 0, "late": 4}


def test_supervisors_see_their_offices_and_headquarters_all(house: None, sign_in: Any) -> None:
    counted()
    boss = factories.account(Role.SUPERVISOR)
    held = Selection.of(viewer_of(boss), 190001, 299912, None, "")
    assert figures_of(held).received.total() == 3
    with pytest.raises(NotFound):
        Selection.of(viewer_of(boss), 190001, 299912, factories.office("busan").id, "")
    browser = sign_in(boss)
    assert browser.get(f"/statistics?office={factories.office('busan').id}").status_code == 404
    everywhere = factories.viewer(Role.HEADQUARTERS)
    assert figures_of(Selection.of(everywhere, 190001, 299912, None, "")).received.total() == 4
    for role in (Role.OFFICER, Role.RECEPTION, Role.ADMINISTRATOR):
        assert sign_in(factories.account(role)).get("/statistics").status_code == 403


def test_the_page_shows_charts_with_their_tables_in_few_statements(house: None, sign_in: Any) -> None:
    counted()
    browser = sign_in(factories.account(Role.SUPERVISOR))
    page = browser.get("/statistics?first=2026-08&last=2026-10").text
    assert page.count('<svg class="chart"') == 8
    for shown in ("2026-09", "Refusals by reason", "90th percentile", "As a table"):
        assert shown in page
    assert len(statements_of(browser, "/statistics")) <= 8


def test_a_table_is_had_as_csv_with_the_filters_of_the_page(house: None, sign_in: Any) -> None:
    counted()
    browser = sign_in(factories.account(Role.AUDITOR))
    answer = browser.get("/statistics/months.csv?first=2026-09&last=2026-10")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[1:] == [["2026-09", "2", "2", "1", "1", "50.0"], ["2026-10", "0", "1", "1", "0", "0.0"]]
    days = browser.get("/statistics/days.csv?first=2026-09&last=2026-10").get_data().decode("utf-8-sig")
    assert days.splitlines()[1] == "All months,3,20,28.8"
    assert browser.get("/statistics/nothing.csv").status_code == 404


@pytest.mark.parametrize(
    "asked", ["first=soon", "last=2026-13", "first=2026-10&last=2026-03", "first=0001-01"]
)
@pytest.mark.parametrize("page", ["", "/months.csv"])
def test_a_month_that_is_none_is_told(app: Flask, sign_in: Any, page: str, asked: str) -> None:
    """A file must not answer another question than was asked."""
    answer = sign_in(factories.account(Role.HEADQUARTERS)).get(f"/statistics{page}?{asked}")
    assert answer.status_code == 422 and "month" in answer.text


@pytest.mark.parametrize("asked", ["office=x", "category=<b>"])
def test_a_filter_that_says_nothing_is_left_out(app: Flask, sign_in: Any, asked: str) -> None:
    assert sign_in(factories.account(Role.HEADQUARTERS)).get(f"/statistics?{asked}").status_code == 200


def test_counting_can_be_asked_for(app: Flask, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.SUPERVISOR))
    assert "Nothing was counted yet" in browser.get("/statistics").text
    assert browser.post("/statistics/count").status_code == 302
    assert browser.post("/statistics/count").status_code == 409
    assert db.session.scalars(select(Job.kind)).all() == ["statistics.count"]
    asked = select(AuditRecord.action).where(AuditRecord.action == "statistics.count-asked")
    assert len(db.session.scalars(asked).all()) == 1


def test_an_auditor_reads_the_statistics_and_has_nothing_counted(app: Flask, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.AUDITOR))
    assert "Count now" not in browser.get("/statistics").text
    assert browser.post("/statistics/count").status_code == 403
