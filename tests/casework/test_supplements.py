"""Asking the applicant for what is missing: the clock, the deadline, more time, a second request, the end."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kis.audit.models import AuditRecord
from kis.cases.teamwork_models import Reminder
from kis.casework import endings, overdue, supplements
from kis.casework.asking import suggestions
from kis.casework.board import board
from kis.casework.models import Ending
from kis.casework.queries import open_request, pauses_of, requests_of
from kis.casework.supplements import Asked
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.desk.queues import Filters, queue_page, rail_counts
from kis.documents import operations as documents
from kis.documents.queries import documents_of
from kis.letters.delivering import Noted, note_consent, note_step
from kis.letters.models import Letter
from kis.letters.values import Bilingual
from tests import factories
from tests.casework.conftest import MONDAY, QUESTION, Work


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def everything(work: Work) -> set[int]:
    return {item.id for item in open_request(work.case).items}


def reply(work: Work, *, complete: bool = False) -> None:
    with transaction():
        supplements.enter_reply(work.case, everything(work), clock.today(), complete, work.officer)


def test_asking_stops_the_clock_and_issues_the_letter(work: Work) -> None:
    due_on = work.case.due_on
    request = work.ask(work.document(), QUESTION)
    assert (work.case.state, work.case.stopped_on, work.case.due_on) == (
        "awaiting_supplement",
        MONDAY,
        due_on,
    )
    assert request.reply_by == date(2026, 11, 16)
    assert letters()[0].kind == "supplement"
    assert [item.en for item in letters()[0].values.items] == [
        "Copy of the passport",
        "Please prove your income.",
    ]


def test_a_last_day_on_a_sunday_moves_to_the_next_working_day(work: Work) -> None:
    assert work.ask(days=13).reply_by == date(2026, 11, 16)


def test_the_answer_moves_the_due_day_by_the_days_that_did_not_count(work: Work) -> None:
    due_on = work.case.due_on
    work.ask()
    work.wait(9)
    reply(work)
    assert (work.case.state, work.case.stopped_on) == ("in_review", None)
    # Monday to the Wednesday of the next week, dispatch and arrival among them: eight working days.
    assert due_on < work.case.due_on == date(2027, 2, 5)


def test_what_came_in_is_new_on_the_checklist_until_it_is_reviewed(work: Work) -> None:
    work.ask(work.document())
    work.wait(3)
    reply(work)
    document = documents_of(work.case)[0]
    assert (document.submitted, document.came_back_on) == (True, clock.today())
    with transaction():
        documents.review(document, work.officer, document.version)
    assert documents_of(work.case)[0].came_back_on is None


def test_a_part_of_the_answer_leaves_the_request_open_and_the_rest_can_be_waived(work: Work) -> None:
    request = work.ask(work.document(), QUESTION)
    first = request.items[0].id
    with transaction():
        supplements.enter_reply(work.case, [first], MONDAY, False, work.officer)
    assert work.case.state == "awaiting_supplement"
    with transaction():
        supplements.enter_reply(work.case, [], MONDAY, True, work.officer)
    assert work.case.state == "in_review"
    assert [item.arrived_on for item in requests_of(work.case)[0].items] == [MONDAY, None]


def test_the_clock_stands_still_until_the_last_of_what_came_in_whatever_is_entered_first(work: Work) -> None:
    first, second = work.ask(work.document(), QUESTION).items
    work.wait(9)
    for item, day in ((first, clock.today()), (second, MONDAY + timedelta(days=1))):
        with transaction():
            supplements.enter_reply(work.case, [item.id], day, False, work.officer)
    (pause,) = pauses_of(work.case)
    assert (work.case.state, pause.ended_on) == ("in_review", MONDAY + timedelta(days=9))
    assert requests_of(work.case)[0].ended_on == pause.ended_on


def go_on_without(work: Work) -> None:
    with transaction():
        supplements.enter_reply(work.case, [], clock.today(), True, work.officer)


def test_only_who_reviews_goes_on_without_the_rest(work: Work) -> None:
    request = work.ask(work.document(), QUESTION)
    reception = factories.viewer(Role.RECEPTION)
    with pytest.raises(Forbidden), transaction():
        supplements.enter_reply(work.case, [], MONDAY, True, reception)
    with transaction():
        supplements.enter_reply(work.case, {item.id for item in request.items}, MONDAY, True, reception)
    assert work.case.state == "in_review"


def test_what_the_review_went_on_without_is_asked_for_once_more_for_ten_days_at_most(work: Work) -> None:
    first = work.ask(work.document(), QUESTION).id
    go_on_without(work)
    with pytest.raises(Invalid, match="between 1 and 10"):
        work.ask(work.document(), days=11)
    with pytest.raises(Conflict, match="on its own"):
        work.ask(work.document(), QUESTION, days=10)
    again = work.ask(work.document(), days=10)
    assert (again.repeats_id, letters()[-1].values.is_second) == (first, True)
    with pytest.raises(Conflict, match="not extended"), transaction():
        supplements.extend(work.case, 3, "By telephone.", work.officer)
    go_on_without(work)
    with pytest.raises(Conflict, match="twice already"):
        work.ask(work.document(), days=10)


def test_a_request_is_repeated_only_once_however_its_parts_are_asked_for(work: Work) -> None:
    first, second = (
        Asked(QUESTION.wording, criterion=name) for name in ("livelihood.income", "conduct.crimes")
    )
    work.ask(first, second)
    go_on_without(work)
    work.ask(first, days=10)
    reply(work)
    with pytest.raises(Conflict, match="twice already"):
        work.ask(second, days=10)


def test_what_did_come_in_is_asked_for_anew_as_if_for_the_first_time(work: Work) -> None:
    work.ask(work.document())
    reply(work)
    assert work.ask(work.document(), days=30).repeats_id is None


def test_the_applicant_has_more_time_twice_and_not_a_third_time(work: Work) -> None:
    work.ask()
    for _each in range(2):
        with transaction():
            supplements.extend(work.case, 7, "By telephone.", work.officer)
    assert open_request(work.case).reply_by == date(2026, 11, 30)
    with pytest.raises(Conflict, match="twice already"), transaction():
        supplements.extend(work.case, 7, "By telephone.", work.officer)


def test_time_is_extended_only_on_the_applicants_request(work: Work) -> None:
    work.ask()
    with pytest.raises(Invalid, match="when and how"), transaction():
        supplements.extend(work.case, 7, " ", work.officer)


def test_an_unmet_request_is_told_once_and_then_made_again_for_ten_days_at_most(work: Work) -> None:
    work.ask(work.document(), QUESTION)
    with transaction():
        supplements.enter_reply(work.case, [open_request(work.case).items[0].id], MONDAY, False, work.officer)
    with pytest.raises(Conflict, match="still has time"), transaction():
        supplements.repeat(work.case, 10, work.officer)
    work.wait(15)
    with transaction():
        assert [overdue.mark_overdue(), overdue.mark_overdue()] == [1, 0]
    assert "has not come in" in db.session.scalars(select(Reminder)).one().text
    with pytest.raises(Invalid, match="between 1 and 10"), transaction():
        supplements.repeat(work.case, 11, work.officer)
    with transaction():
        second = supplements.repeat(work.case, 10, work.officer)
    assert [item.text_en for item in second.items] == ["Please prove your income."]
    assert letters()[-1].values.is_second
    with pytest.raises(Conflict, match="not extended"), transaction():
        supplements.extend(work.case, 3, "By telephone.", work.officer)


def test_a_reply_that_is_overdue_stands_in_the_queue_the_rail_and_the_board(work: Work) -> None:
    work.ask()
    standing = Filters(standing="reply")
    for days, expected in ((14, []), (1, [work.case.number])):
        work.wait(days)
        page = queue_page("open", work.officer, standing, None, None)
        assert [row.number for row in page.rows] == expected
        assert rail_counts(work.officer)["reply"] == len(expected)
        (own,) = board(work.supervisor)
        assert own.total.unanswered == len(expected)
    with transaction():
        supplements.repeat(work.case, 10, work.officer)
    assert rail_counts(work.officer)["reply"] == 0


def reminders() -> list[str]:
    return [reminder.text for reminder in db.session.scalars(select(Reminder).order_by(Reminder.id))]


def test_three_days_before_the_last_day_the_officer_is_reminded_once_and_again_of_a_later_one(
    work: Work,
) -> None:
    work.ask()
    for days, expected in ((10, [0, 0]), (1, [1, 0]), (1, [0, 0])):
        work.wait(days)
        with transaction():
            assert [overdue.remind_ahead(), overdue.remind_ahead()] == expected
    assert ["is to come in by" in text for text in reminders()] == [True]
    with transaction():
        supplements.extend(work.case, 7, "By telephone.", work.officer)
    work.wait(7)
    with transaction():
        assert [overdue.remind_ahead(), overdue.mark_overdue()] == [1, 0]
    assert len(set(reminders())) == 2


def test_what_came_in_is_no_longer_reminded_of(work: Work) -> None:
    work.ask()
    reply(work)
    work.wait(12)
    with transaction():
        assert overdue.remind_ahead() == 0


def test_more_requests_than_one_portion_are_all_noted(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overdue, "AT_ONCE", 1)
    first = work.case
    work.ask()
    work.case = factories.case(assignee=work.account, facts=factories.dossier(received_on=MONDAY.isoformat()))
    work.ask()
    work.wait(15)
    with transaction():
        assert overdue.mark_overdue() == 2
    assert first.id != work.case.id


def test_what_was_asked_for_twice_in_vain_is_returned_by_a_supervisor(work: Work) -> None:
    work.ask()
    work.wait(15)
    with pytest.raises(Conflict, match="second time first"), transaction():
        endings.return_application(work.case, "No answer.", work.supervisor)
    with transaction():
        supplements.repeat(work.case, 10, work.officer)
    work.wait(11)
    with pytest.raises(Forbidden), transaction():
        endings.return_application(work.case, "No answer.", work.officer)
    with transaction():
        endings.return_application(work.case, "No answer.", work.supervisor)
    assert (work.case.state, work.case.stopped_on, work.case.outcome) == ("returned", None, None)
    assert letters()[-1].kind == "return"
    assert [item.en for item in letters()[-1].values.items] == ["Please prove your income."]
    assert [each.ended for each in requests_of(work.case)] == ["returned", "repeated"]


def test_a_request_that_came_back_twice_counts_as_a_withdrawal(work: Work) -> None:
    work.ask()
    with pytest.raises(Conflict, match="undelivered twice"), transaction():
        endings.treat_as_withdrawn(work.case, "Two addresses tried.", work.supervisor)
    for _each in range(2):
        came_back(work, letters()[0])
    with transaction():
        endings.treat_as_withdrawn(work.case, "Two addresses tried.", work.supervisor)
    assert (work.case.state, letters()[-1].kind) == ("withdrawn", "withdrawal")
    assert db.session.scalars(select(Ending)).one().ground == "undeliverable"


def test_mail_of_a_request_that_was_answered_says_nothing_of_the_next_one(work: Work) -> None:
    work.ask(work.document())
    came_back(work, letters()[0])
    reply(work)
    work.ask()
    came_back(work, letters()[1])
    with pytest.raises(Conflict, match="undelivered twice"), transaction():
        endings.treat_as_withdrawn(work.case, "Two addresses tried.", work.supervisor)


def came_back(work: Work, letter: Letter) -> None:
    """The letter was posted and came back undelivered."""
    with transaction():
        if not letter.is_ready:
            letter.sha256, letter.size, letter.rendered_at = "0" * 64, 1, clock.now()
        note_step(letter, "posted", Noted(clock.today(), reference="1"), work.officer)
        note_step(letter, "returned", Noted(clock.today()), work.officer)


def test_an_email_that_bounced_is_no_mail_that_came_back(work: Work) -> None:
    work.ask()
    letter = letters()[0]
    with transaction():
        letter.sha256, letter.size, letter.rendered_at = "0" * 64, 1, clock.now()
        note_consent(work.case, "huong@example.org", "application", clock.today(), work.officer)
        for _turn in range(2):
            note_step(letter, "emailed", Noted(clock.today()), work.officer)
            note_step(letter, "returned", Noted(clock.today(), note="Mailbox full"), work.officer)
    with pytest.raises(Conflict, match="undelivered twice"), transaction():
        endings.treat_as_withdrawn(work.case, "Two addresses tried.", work.supervisor)


def test_defects_missing_documents_and_open_criteria_are_suggested_in_both_languages(work: Work) -> None:
    document = documents_of(work.case)[0]
    with transaction():
        documents.note_defect(document, "흐릿하여 읽을 수 없음", work.officer, document.version)
    found = {each.key: each for each in suggestions(work.case)}
    defect = found[f"document:{document.id}"]
    assert defect.likely and defect.wording.ko.endswith(": 흐릿하여 읽을 수 없음")
    questions = [each for key, each in found.items() if key.startswith("criterion:")]
    assert all(each.wording.ko and each.wording.en for each in found.values())
    assert all(each.wording.ko != each.wording.en for each in questions)


@pytest.mark.parametrize(
    ("asked", "days", "why"),
    [
        ([], 14, "at least one"),
        ([QUESTION], 0, "between 1 and 90"),
        ([QUESTION], 91, "between 1 and 90"),
        ([Asked(Bilingual("한국어", ""))], 14, "in Korean and in English"),
        ([Asked(QUESTION.wording, document_id=999_999)], 14, "checklist has changed"),
    ],
)
def test_an_impossible_request_says_why_and_asks_nothing(
    work: Work, asked: list[Asked], days: int, why: str
) -> None:
    with pytest.raises(Invalid, match=why), transaction():
        supplements.ask(work.case, asked, days, work.officer)
    assert (work.case.state, letters()) == ("in_review", [])


def test_the_day_of_arrival_lies_between_the_request_and_today(work: Work) -> None:
    work.ask()
    for day in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)):
        with pytest.raises(Invalid, match="day of arrival"), transaction():
            supplements.enter_reply(work.case, everything(work), day, False, work.officer)


def test_another_officer_asks_for_nothing_but_reception_may_enter_what_arrives(work: Work) -> None:
    other, clerk = factories.viewer(Role.OFFICER), factories.viewer(Role.RECEPTION)
    with pytest.raises(Conflict, match="officer in charge"), transaction():
        supplements.ask(work.case, [QUESTION], 14, other)
    work.ask()
    with transaction():
        supplements.enter_reply(work.case, everything(work), MONDAY, False, clerk)
    actions = db.session.scalars(select(AuditRecord.action).where(AuditRecord.case_id == work.case.id)).all()
    assert "casework.supplement-arrived" in actions
