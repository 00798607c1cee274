"""Random samples of decided cases: fair, repeatable, never looked at by who had a part, told to the officer."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from kis.accounts.models import Account
from kis.accounts.operations import change_grants
from kis.accounts.sessions import viewer_of
from kis.audit.models import AccessRecord
from kis.audit.operations import act_as, record
from kis.cases.conflicts import ConflictOfInterest
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid, NotFound
from kis.decisions.models import Decision, Recommendation
from kis.precheck.operations import run
from kis.quality import operations, queries
from kis.quality.models import Drawing, Sample, SampleAnswer
from kis.quality.operations import Answer, after_month, drawn, month_before, review, size_of
from kis.quality.questions import QUESTIONS
from tests import factories
from tests.race import race

LAST_MONTH = month_before(clock.today())
GOOD = {question: Answer("yes") for question in QUESTIONS}


def decided_case(officer: Account, boss: Account, on: date | None = None) -> Case:
    """A case that the officer recommended and the supervisor decided on that day, last month's first else."""
    case = factories.case(assignee=officer)
    made = run(case, "demand", viewer_of(officer))
    proposal = Recommendation(
        case=case, outcome="granted", line=["officer", "supervisor"], revision=1, run=made, made_by=officer
    )
    db.session.add(proposal)
    db.session.flush()
    db.session.add(
        Decision(
            case_id=case.id, recommendation_id=proposal.id, recommended_by_id=officer.id,
            recommended_outcome="granted", outcome="granted", decided_by_id=boss.id,
        )
    )  # fmt: skip
    case.state, case.outcome, case.processing_days = "closed", "granted", 5
    case.decided_on = on or LAST_MONTH
    for account, action in ((officer, "case.recommend"), (boss, "case.decide")):
        act_as(viewer_of(account))
        record(action, case_id=case.id)
        db.session.commit()
    return case


@pytest.fixture
def people(app: Flask) -> tuple[Account, Account, Account]:
    """The officer, the supervisor who decides, and another supervisor."""
    return (
        factories.account(Role.OFFICER),
        factories.account(Role.SUPERVISOR),
        factories.account(Role.SUPERVISOR),
    )


def sample_of(case: Case) -> Sample:
    """The month of the case is drawn by the clock; the sample of it. Committed."""
    with transaction():
        operations.draw_last_month()
    return db.session.query(Sample).filter(Sample.case_id == case.id).one()


def test_the_share_is_rounded_up_with_a_least_number_and_never_more_than_there_are() -> None:
    assert [size_of(n, 5, 1) for n in (0, 1, 20, 21, 400)] == [0, 1, 1, 2, 20]
    assert size_of(3, 5, 10) == 3


@given(st.lists(st.text(min_size=1), unique=True), st.integers(0, 20))
def test_the_seed_alone_draws_whatever_order_the_cases_come_in(numbers: list[str], size: int) -> None:
    chosen = drawn(numbers, "a" * 32, size)
    assert chosen == drawn(numbers[::-1], "a" * 32, size)
    assert len(chosen) == min(size, len(numbers))


def test_every_case_has_the_same_chance() -> None:
    numbers = [f"seoul-southern-2026-{n:06d}" for n in range(20)]
    counts = dict.fromkeys(numbers, 0)
    for seed in range(2000):
        for number in drawn(numbers, f"{seed:032x}", 5):
            counts[number] += 1
    assert all(420 < count < 580 for count in counts.values())


def test_last_month_is_drawn_once_with_its_seed_on_record(people: Any) -> None:
    officer, boss, _other = people
    for _each in range(3):
        decided_case(officer, boss)
    decided_case(officer, boss, on=after_month(LAST_MONTH))
    decided_case(officer, boss, on=LAST_MONTH - timedelta(days=1))
    assert operations.draw_last_month() == 1
    assert operations.draw_last_month() == 0
    db.session.commit()
    (made,) = db.session.query(Drawing).all()
    assert (made.month, made.decided, made.percent) == (LAST_MONTH, 3, 5)
    numbers = list(operations.decided_cases(made.office_id, LAST_MONTH))
    (sample,) = db.session.query(Sample).all()
    assert [sample.case.number] == drawn(numbers, made.seed, 1)


def test_an_office_sets_its_share(people: Any) -> None:
    officer, boss, _other = people
    for _each in range(4):
        decided_case(officer, boss)
    office, viewer = factories.office(), viewer_of(boss)
    operations.set_policy(office, 50, 1, viewer)
    operations.draw_last_month()
    db.session.commit()
    assert db.session.query(Sample).count() == 2
    with pytest.raises(Invalid):
        operations.set_policy(office, 101, 1, viewer)
    with pytest.raises(Forbidden):
        operations.set_policy(factories.office("busan"), 5, 1, viewer)


def test_a_month_is_drawn_when_it_is_over(people: Any) -> None:
    _officer, boss, _other = people
    with pytest.raises(Conflict, match="not over"):
        operations.draw(factories.office(), clock.today().replace(day=1), viewer_of(boss))


def test_two_who_draw_at_once_draw_one_sample(app: Flask, people: Any) -> None:
    officer, boss, _other = people
    decided_case(officer, boss)
    db.session.rollback()

    def press(_turn: int) -> bool:
        with transaction():
            return operations.draw(factories.office(), LAST_MONTH) is not None

    assert sorted(race(app, press, 2)) == [False, True]
    assert db.session.query(Drawing).count() == db.session.query(Sample).count() == 1


def test_nobody_who_had_a_part_reviews_the_case(people: Any) -> None:
    officer, boss, other = people
    sample = sample_of(decided_case(officer, boss))
    barred = factories.account(Role.SUPERVISOR)
    db.session.add(ConflictOfInterest(case_id=sample.case_id, account_id=barred.id, reason="A cousin."))
    db.session.commit()
    for account in (officer, boss, barred):
        with pytest.raises(Forbidden):
            review(sample, GOOD, "", viewer_of(account))
    review(sample, GOOD, "", viewer_of(other))
    db.session.commit()
    with pytest.raises(Conflict, match="already"):
        review(sample, GOOD, "", viewer_of(factories.account(Role.SUPERVISOR)))


def take_part(sample: Sample, account: Account, action: str) -> None:
    act_as(viewer_of(account))
    record(action, case_id=sample.case_id)
    db.session.commit()


@pytest.mark.parametrize(
    "action",
    [
        "case.take",
        "case.facts-revised",
        "document.reviewed",
        "case.extend",
        "case.open-inspection",
        "case.return-application",
        "case.reopen",
    ],
)
def test_who_worked_on_the_case_or_moved_its_clock_does_not_review_it(people: Any, action: str) -> None:
    officer, boss, other = people
    sample = sample_of(decided_case(officer, boss))
    take_part(sample, other, action)
    with pytest.raises(Forbidden):
        review(sample, GOOD, "", viewer_of(other))


def test_who_only_allocated_the_case_may_review_it(people: Any) -> None:
    officer, boss, other = people
    sample = sample_of(decided_case(officer, boss))
    for action in ("case.assign", "case.assigned", "casework.released-supervisor"):
        take_part(sample, other, action)
    review(sample, GOOD, "", viewer_of(other))
    assert sample.reviewer_id == other.id


def test_the_database_itself_lets_nobody_review_their_own_recommendation(people: Any) -> None:
    officer, boss, _other = people
    sample = sample_of(decided_case(officer, boss))
    sample.reviewer_id, sample.reviewed_at = officer.id, clock.now()
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_every_question_is_answered_and_every_no_says_why(people: Any) -> None:
    officer, boss, other = people
    sample, viewer = sample_of(decided_case(officer, boss)), viewer_of(other)
    for wrong in (
        {"facts": Answer("yes")},
        GOOD | {"time": Answer("no")},
        GOOD | {"time": Answer("perhaps")},
    ):
        with pytest.raises(Invalid):
            review(sample, wrong, "", viewer)
    review(sample, GOOD | {"time": Answer("no", "It lay for three weeks.")}, "Good work.", viewer)
    assert db.session.query(SampleAnswer).count() == len(QUESTIONS)


def test_another_offices_samples_stay_unseen(people: Any) -> None:
    officer, boss, _other = people
    sample = sample_of(decided_case(officer, boss))
    stranger = viewer_of(factories.account(Role.SUPERVISOR, at="busan"))
    assert queries.waiting_samples(stranger) == []
    for viewer in (stranger, viewer_of(officer)):
        with pytest.raises(NotFound):
            queries.get_sample(sample.id, viewer)


def test_the_officer_reads_the_feedback_and_the_figures_count_it(people: Any, sign_in: Any) -> None:
    officer, boss, other = people
    sample = sample_of(decided_case(officer, boss))
    reviewer = sign_in(other)
    assert sample.case.number in reviewer.get("/quality/samples").text
    page = f"/quality/samples/{sample.id}"
    assert "Are the facts complete" in reviewer.get(page).text
    given = {f"answer_{question}": "yes" for question in QUESTIONS}
    assert reviewer.post(page, data=given | {"answer_time": "no"}).status_code == 422
    given |= {"answer_time": "no", "remark_time": "It lay for three weeks."}
    assert reviewer.post(page, data=given).status_code == 302

    reader = sign_in(officer)
    assert "It lay for three weeks." in reader.get("/quality/feedback").text
    assert (
        db.session.query(AccessRecord).filter_by(task="quality-feedback", account_id=officer.id).count() == 1
    )
    assert queries.unread_feedback(viewer_of(officer)) == 1
    reader.post("/quality/feedback")
    assert queries.unread_feedback(viewer_of(officer)) == 0
    assert "1 of 1" in sign_in(boss).get("/quality/figures").text
    assert "you had a part in it" not in sign_in(boss).get("/quality/samples").text

    change_grants(officer, [(Role.OFFICER, factories.office("busan").id)])
    db.session.commit()
    assert queries.feedback_to(viewer_of(officer)) == []
    assert not queries.may_see(sample, viewer_of(officer))


def test_the_button_draws_last_month_once(people: Any, sign_in: Any) -> None:
    officer, boss, _other = people
    decided_case(officer, boss)
    browser = sign_in(boss)
    assert "Draw the sample of" in browser.get("/quality/figures").text
    browser.post("/quality/offices/seoul-southern/drawing")
    assert "Draw the sample of" not in browser.get("/quality/figures").text
    assert "you had a part in it" in browser.get("/quality/samples").text
    assert browser.post("/quality/offices/busan/drawing").status_code == 403


def test_a_share_is_saved_on_its_page(people: Any, sign_in: Any) -> None:
    _officer, boss, _other = people
    browser = sign_in(boss)
    browser.post("/quality/offices/seoul-southern", data={"percent": "10", "minimum": "2"})
    assert queries.policy_of(factories.office().id).percent == 10
    wrong = browser.post("/quality/offices/seoul-southern", data={"percent": "101", "minimum": "2"})
    assert wrong.status_code == 422
