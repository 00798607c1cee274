"""Working together on a case: who is here, notes and mentions, reminders."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from kis.accounts.models import SignInSession
from kis.accounts.operations import change_grants
from kis.accounts.sessions import viewer_of
from kis.audit.models import AccessRecord, AuditRecord
from kis.cases import notes, presence, reminders
from kis.cases.models import Note
from kis.cases.teamwork_models import Mention, NoteRevision, Presence, Reminder
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid, NotFound
from tests import factories

TOMORROW = clock.today() + timedelta(days=1)


@pytest.fixture
def officer(app: Flask) -> Any:
    return factories.account(name="officer-kim")


@pytest.fixture
def case(officer: Any) -> Any:
    return factories.case(assignee=officer)


def test_two_who_have_a_case_open_see_each_other(officer: Any, case: Any, sign_in: Any) -> None:
    other = factories.account(name="officer-lee")
    first, second = sign_in(officer), sign_in(other)
    first.post(f"/cases/{case.number}/presence")
    assert other.full_name not in first.post(f"/cases/{case.number}/presence").text
    assert officer.full_name in second.post(f"/cases/{case.number}/presence").text
    assert other.full_name in first.get(f"/cases/{case.number}/facts").text


def test_who_merely_opened_a_page_is_seen_for_a_minute(officer: Any, case: Any, sign_in: Any) -> None:
    """Without JavaScript a page does not say again that it is open."""
    sign_in(officer).get(f"/cases/{case.number}/documents")
    other = factories.viewer()
    assert presence.also_open(case, other) == [officer.full_name]


def test_officers_do_not_learn_that_an_auditor_reads_the_case(officer: Any, case: Any, sign_in: Any) -> None:
    for role, named in ((Role.AUDITOR, False), (Role.SUPERVISOR, True)):
        reader = factories.account(role)
        sign_in(reader).get(f"/cases/{case.number}/documents")
        assert (reader.full_name in presence.also_open(case, viewer_of(officer))) is named


def test_a_page_that_fell_silent_counts_as_closed(officer: Any, case: Any) -> None:
    with transaction():
        presence.see(case, viewer_of(officer))
        db.session.execute(
            update(Presence).values(seen_at=clock.now() - presence.LASTS - timedelta(seconds=1))
        )
    assert presence.also_open(case, factories.viewer()) == []
    with transaction():
        assert presence.leave_stale() == 1


def test_saying_so_leaves_no_record_and_keeps_no_session_alive(officer: Any, case: Any, sign_in: Any) -> None:
    browser = sign_in(officer)
    long_ago = clock.now() - timedelta(minutes=9)
    with transaction():
        db.session.execute(update(SignInSession).values(seen_at=long_ago))
    before = db.session.query(AuditRecord).count(), db.session.query(AccessRecord).count()
    assert browser.post(f"/cases/{case.number}/presence").status_code == 200
    assert (db.session.query(AuditRecord).count(), db.session.query(AccessRecord).count()) == before
    assert db.session.scalars(select(SignInSession.seen_at)).one() == long_ago


def test_another_office_does_not_learn_who_is_here(case: Any, sign_in: Any) -> None:
    stranger = sign_in(factories.account(at="busan"))
    assert stranger.post(f"/cases/{case.number}/presence").status_code == 404


def test_a_corrected_note_keeps_what_it_said(officer: Any, case: Any, sign_in: Any) -> None:
    browser = sign_in(officer)
    browser.post(f"/cases/{case.number}/notes", data={"text": "The employer is closed."})
    note = db.session.scalars(select(Note)).one()
    for wording in ("The employer is closed on Mondays.", "The employer closes at five."):
        browser.post(f"/cases/{case.number}/notes/{note.id}", data={"text": wording})
    page = browser.get(f"/cases/{case.number}/history").text
    for wording in ("closes at five", "closed on Mondays", "The employer is closed.", "Earlier wordings"):
        assert wording in page
    assert [row.text for row in db.session.scalars(select(NoteRevision).order_by(NoteRevision.number))] == [
        "The employer is closed.",
        "The employer is closed on Mondays.",
    ]


ERASURES = (
    "DELETE FROM note",
    "DELETE FROM note_revision",
    "UPDATE note SET text = 'Another wording'",
    "UPDATE note SET text = 'Another wording', corrections = corrections + 1",
    "UPDATE note SET corrections = 0",
    "UPDATE note SET author_id = author_id",
    "UPDATE note SET written_at = '2020-01-01 00:00:00+00'",
    "UPDATE note_revision SET text = 'Another wording'",
)


@pytest.mark.parametrize("statement", ERASURES)
def test_no_note_is_erased_or_worded_anew_behind_the_system(officer: Any, case: Any, statement: str) -> None:
    with transaction():
        notes.write_note(case, "Call on Monday", viewer_of(officer))
    with transaction():
        notes.correct_note(
            db.session.scalars(select(Note)).one(), case, "Call on Tuesday", viewer_of(officer)
        )
    with pytest.raises(DatabaseError, match="append-only|earlier wording"), transaction():
        db.session.execute(text(statement))
    assert db.session.scalars(select(Note.text)).all() == ["Call on Tuesday"]
    assert db.session.scalars(select(NoteRevision.text)).all() == ["Call on Monday"]


def test_the_chain_keeps_the_hash_of_each_wording(officer: Any, case: Any) -> None:
    said = ["Call on Monday", "화요일에 전화"]
    with transaction():
        notes.write_note(case, said[0], viewer_of(officer))
    with transaction():
        notes.correct_note(db.session.scalars(select(Note)).one(), case, said[1], viewer_of(officer))
    records = select(AuditRecord.after).where(AuditRecord.subject_table == "note").order_by(AuditRecord.id)
    kept = [after["sha256"] for after in db.session.scalars(records)]
    assert kept == [sha256(each.encode()).hexdigest() for each in said]


def test_only_its_author_corrects_a_note(officer: Any, case: Any) -> None:
    with transaction():
        notes.write_note(case, "As seen on paper.", viewer_of(officer))
    note = db.session.scalars(select(Note)).one()
    with pytest.raises(Forbidden):
        notes.correct_note(note, case, "Otherwise.", factories.viewer())
    with pytest.raises(Conflict):
        notes.correct_note(note, case, "As seen on paper.", viewer_of(officer))
    with pytest.raises(Invalid):
        notes.correct_note(note, case, "", viewer_of(officer))
    with pytest.raises(NotFound):
        notes.get_note(factories.case(), note.id)


def test_who_works_on_the_case_no_more_does_not_correct_a_note(officer: Any, case: Any) -> None:
    with transaction():
        notes.write_note(case, "As seen on paper.", viewer_of(officer))
        change_grants(officer, [(Role.AUDITOR, None)])
    note = db.session.scalars(select(Note)).one()
    with pytest.raises(Forbidden):
        notes.correct_note(note, case, "Otherwise.", viewer_of(officer))


@pytest.mark.parametrize(
    "text, names",
    [
        ("@han.sora please look", ["han.sora"]),
        ("(@Han.Sora), @yun. And @yun again", ["han.sora", "yun"]),
        ("담당자@han.sora 확인 바랍니다", ["han.sora"]),
        ("write to a@b.kr or x@@y", []),
        ("nobody", []),
    ],
)
def test_a_name_after_an_at_sign_is_a_mention(text: str, names: list[str]) -> None:
    assert notes.names_in(text) == names


def test_who_is_mentioned_sees_it_until_it_is_read(officer: Any, case: Any, sign_in: Any) -> None:
    factories.account(Role.SUPERVISOR, name="boss")
    factories.account(name="stranger", at="busan")
    author = sign_in(officer)
    answer = author.post(
        f"/cases/{case.number}/notes",
        data={"text": "@boss and @stranger and @nobody and @officer-kim: see page 3"},
        follow_redirects=True,
    )
    assert "@stranger, @nobody" in answer.text
    mentioned = sign_in(db.session.query(notes.Account).filter_by(name="boss").one())
    page = mentioned.get("/mentions").text
    assert "see page 3" in page and "Unread" in page
    assert 'href="/mentions"' in mentioned.get("/queue/open").text
    mentioned.post(f"/mentions/{db.session.scalars(select(Mention.id)).one()}/read")
    assert "Unread" not in mentioned.get("/mentions").text
    assert author.post(f"/mentions/{db.session.scalars(select(Mention.id)).one()}/read").status_code == 404


def test_a_correction_tells_only_who_was_not_told(officer: Any, case: Any) -> None:
    boss = factories.account(Role.SUPERVISOR, name="boss")
    with transaction():
        notes.write_note(case, "@boss look", viewer_of(officer))
        note = db.session.scalars(select(Note)).one()
        notes.correct_note(note, case, "@boss look again, @officer-kim", viewer_of(officer))
    assert [mention.account_id for mention in db.session.scalars(select(Mention))] == [boss.id]


def test_a_reminder_is_its_owners_alone(officer: Any, case: Any, sign_in: Any) -> None:
    mine, other = sign_in(officer), sign_in(factories.account())
    mine.post(
        f"/cases/{case.number}/reminders",
        data={"due_on": clock.today().isoformat(), "text": "Call the <employer>"},
    )
    assert "Call the &lt;employer&gt;" in mine.get("/reminders").text
    assert "Call the" in mine.get(f"/cases/{case.number}/file").text
    assert "Call the" not in other.get("/reminders").text
    assert "Call the" not in other.get(f"/cases/{case.number}/file").text
    reminder = db.session.scalars(select(Reminder)).one()
    assert other.post(f"/reminders/{reminder.id}/done").status_code == 404


def test_a_due_reminder_is_counted_on_every_page_until_it_is_done(
    officer: Any, case: Any, sign_in: Any
) -> None:
    browser = sign_in(officer)
    with transaction():
        reminder = reminders.set_reminder(case, clock.today(), "Call", viewer_of(officer))
        reminders.set_reminder(case, TOMORROW, "Write", viewer_of(officer))
    assert reminders.waiting_for(viewer_of(officer)) == (1, 0)
    assert "bar__waiting" in browser.get("/queue/mine").text
    browser.post(f"/reminders/{reminder.id}/postpone", data={"due_on": TOMORROW.isoformat()})
    assert reminders.waiting_for(viewer_of(officer)) == (0, 0)
    assert "bar__waiting" not in browser.get("/queue/mine").text
    browser.post(f"/reminders/{reminder.id}/done")
    assert browser.post(f"/reminders/{reminder.id}/done").status_code == 409
    assert [each.text for each in reminders.reminders_of(viewer_of(officer))] == ["Write"]


@pytest.mark.parametrize("day", ["", "2020-01-01", "2025-02-30", "soon"])
def test_a_reminder_needs_a_day_to_come(officer: Any, case: Any, sign_in: Any, day: str) -> None:
    answer = sign_in(officer).post(f"/cases/{case.number}/reminders", data={"due_on": day, "text": "Call"})
    assert answer.status_code == 422


def test_reminders_and_mentions_end_with_the_right_to_read(officer: Any, case: Any) -> None:
    with transaction():
        reminders.set_reminder(case, TOMORROW, "Call", viewer_of(officer))
        notes.write_note(case, "@officer-kim look", factories.viewer(Role.SUPERVISOR))
    moved = factories.viewer(at="busan")
    elsewhere = type(moved)(officer.id, officer.name, moved.grants)
    assert reminders.reminders_of(elsewhere) == []
    assert notes.mentions_of(elsewhere) == []
    assert reminders.waiting_for(elsewhere) == (0, 0)
    assert reminders.waiting_for(viewer_of(officer)) == (0, 1)
    assert len(notes.mentions_of(viewer_of(officer))) == 1


def test_the_people_who_can_be_mentioned_are_named(officer: Any, case: Any, sign_in: Any) -> None:
    factories.account(Role.SUPERVISOR, name="boss")
    factories.account(name="stranger", at="busan")
    factories.account(Role.ADMINISTRATOR, name="keeper", at=None)
    browser = sign_in(officer)
    page = browser.get(f"/cases/{case.number}/people").text
    assert "@boss" in page
    for name in ("@officer-kim", "@stranger", "@keeper"):
        assert name not in page
    part = browser.get(f"/cases/{case.number}/people", headers={"HX-Request": "true"}).text
    assert 'data-mention="@boss"' in part


def test_headquarters_reads_no_note_before_it_says_why(officer: Any, case: Any, sign_in: Any) -> None:
    headquarters = factories.account(Role.HEADQUARTERS, name="chief", at=None)
    with transaction():
        notes.write_note(case, "@chief the applicant's debts", viewer_of(officer))
    page = sign_in(headquarters).get("/mentions").text
    assert case.number in page and "debts" not in page


def test_who_is_here_is_named_as_the_reader_writes(officer: Any, case: Any, app: Flask) -> None:
    officer.full_name_latin = "Kim Officer"
    db.session.commit()
    presence.see(case, viewer_of(officer))
    other = factories.viewer()
    for language, name in (("ko", officer.full_name), ("en", "Kim Officer"), ("ko", officer.full_name)):
        with force_locale(language):
            assert presence.also_open(case, other) == [name]


def test_a_note_and_a_reminder_sent_twice_are_there_once(officer: Any, case: Any, sign_in: Any) -> None:
    browser = sign_in(officer)
    for _twice in range(2):
        browser.post(f"/cases/{case.number}/notes", data={"text": "Called the employer."})
        reminder = {"due_on": TOMORROW.isoformat(), "text": "Call again."}
        browser.post(f"/cases/{case.number}/reminders", data=reminder)
    assert [len(db.session.scalars(select(kind)).all()) for kind in (Note, Reminder)] == [1, 1]


def test_what_happens_twice_can_be_noted_twice(officer: Any, case: Any) -> None:
    with transaction():
        for text in ("Called, no answer.", "Spoke to the school.", "Called, no answer."):
            notes.write_note(case, text, viewer_of(officer))
    assert len(db.session.scalars(select(Note)).all()) == 3


def test_a_page_that_refuses_shows_no_identity_number(officer: Any, case: Any, sign_in: Any) -> None:
    sent = {
        "alien_registration_number": "900101 1234567",
        "other": "９００１０１-１２３４５６７",
        "note": "두 번 전화함",
    }
    page = sign_in(officer).post("/cases/none/applicant", data=sent).text
    assert "두 번 전화함" in page
    assert "1234567" not in page and "１２３４５６７" not in page


@pytest.mark.parametrize(
    "task, sent",
    [
        ("notes", {"text": "Called\u200b the employer."}),
        ("reminders", {"text": "Call the employer.", "due_on": "2026-02-30"}),
        ("reminders", {"text": "Apostille", "due_on": "2026-02-30"}),
    ],
)
def test_what_was_written_stands_on_the_page_that_refuses_it(
    officer: Any, case: Any, sign_in: Any, task: str, sent: dict[str, str]
) -> None:
    answer = sign_in(officer).post(f"/cases/{case.number}/{task}", data=sent)
    assert answer.status_code == 422
    assert f">{sent['text']}</textarea>" in answer.text
