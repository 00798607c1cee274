"""How letters reach people: in order, on record, and with the day from which remedies run."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from kis.audit.models import AuditRecord
from kis.core import clock
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.letters import queries
from kis.letters.delivering import Noted, note_consent, note_step
from kis.letters.delivery import departure_warning, effective_on, possible_steps, remedies, state_after
from kis.letters.models import Letter, UndeliveredLetter
from kis.letters.operations import issue, void
from kis.letters.queries import Undelivered
from tests import factories
from tests.letters.conftest import printed
from tests.letters.examples import DISAPPROVAL, RETURN, REVIEW_RECORD

TODAY = clock.today()


@pytest.fixture
def clerk(app: Flask) -> Viewer:
    return factories.viewer(Role.RECEPTION)


@pytest.fixture
def letter(app: Flask) -> Letter:
    values = replace(
        DISAPPROVAL,
        issued_on=TODAY - timedelta(days=40),
        departure_deadline=TODAY - timedelta(days=26),
    )
    return printed(values, factories.viewer(Role.SUPERVISOR))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


HANDED = Noted(TODAY, recipient="NGUYEN THI THANH HUONG", identity="Passport C1234567")
POSTED = Noted(days_ago(30), reference="11012-3456-7890")


def test_handing_over_names_who_received_it_and_how_that_was_checked(letter: Letter, clerk: Viewer) -> None:
    with pytest.raises(Invalid, match="who received"):
        note_step(letter, "handed-over", Noted(TODAY), clerk)
    note_step(letter, "handed-over", HANDED, clerk)
    assert db.session.get(UndeliveredLetter, letter.id) is None
    assert possible_steps(["handed-over"]) == []


def test_mail_goes_out_under_its_number_and_comes_back_or_arrives(letter: Letter, clerk: Viewer) -> None:
    with pytest.raises(Invalid, match="number of the registered mail"):
        note_step(letter, "posted", Noted(days_ago(30)), clerk)
    for turn in (30, 20):
        note_step(letter, "posted", replace(POSTED, day=days_ago(turn)), clerk)
        note_step(letter, "returned", Noted(days_ago(turn - 5), note="Moved away"), clerk)
    waiting = db.session.get_one(UndeliveredLetter, letter.id)
    assert (waiting.state, waiting.returns) == ("returned", 2)
    note_step(letter, "posted", replace(POSTED, day=days_ago(10)), clerk)
    note_step(letter, "arrived", Noted(days_ago(8), recipient="The applicant"), clerk)
    assert state_after([step.step for step in queries.steps_of(letter)]) == "arrived"


def test_no_letter_goes_by_email_without_recorded_consent(letter: Letter, clerk: Viewer) -> None:
    with pytest.raises(Conflict, match="consent"):
        note_step(letter, "emailed", Noted(TODAY), clerk)
    note_consent(letter.case, "huong@example.org", "application", days_ago(50), clerk)
    step = note_step(letter, "emailed", Noted(days_ago(2)), clerk)
    assert (step.means, step.reference) == ("email", "huong@example.org")
    note_step(letter, "returned", Noted(days_ago(1), note="Mailbox full"), clerk)
    note_consent(letter.case, "", "written", TODAY, clerk)
    with pytest.raises(Conflict, match="consent"):
        note_step(letter, "emailed", Noted(TODAY), clerk)


def test_a_public_notice_is_the_last_resort(letter: Letter, clerk: Viewer) -> None:
    notice = Noted(days_ago(20), reference="Official gazette, bulletin board of the office")
    with pytest.raises(Conflict, match="last resort"):
        note_step(letter, "announced", notice, clerk)
    note_step(letter, "posted", POSTED, clerk)
    note_step(letter, "returned", Noted(days_ago(22)), clerk)
    note_step(letter, "announced", notice, clerk)
    assert db.session.get(UndeliveredLetter, letter.id) is None


def test_days_follow_one_another_and_none_lies_ahead(letter: Letter, clerk: Viewer) -> None:
    for day in (days_ago(41), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid, match="between the step before"):
            note_step(letter, "posted", replace(POSTED, day=day), clerk)
    note_step(letter, "posted", POSTED, clerk)
    with pytest.raises(Invalid, match="between the step before"):
        note_step(letter, "arrived", Noted(days_ago(31)), clerk)


def test_a_void_letter_and_one_without_pdf_are_not_delivered(letter: Letter, clerk: Viewer) -> None:
    supervisor = factories.viewer(Role.SUPERVISOR)
    waiting = issue(factories.case(), replace(DISAPPROVAL, number=""), supervisor)
    with pytest.raises(Conflict, match="no PDF yet"):
        note_step(waiting, "handed-over", HANDED, clerk)
    void(letter, "A misprint.", supervisor)
    with pytest.raises(Conflict, match="void"):
        note_step(letter, "handed-over", HANDED, clerk)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.HEADQUARTERS])
def test_who_only_reads_delivers_nothing(letter: Letter, role: Role) -> None:
    with pytest.raises(Forbidden):
        note_step(letter, "handed-over", HANDED, factories.viewer(role, at="seoul-southern"))
    with pytest.raises(Forbidden):
        note_step(letter, "handed-over", HANDED, factories.viewer(Role.RECEPTION, at="busan"))


def test_what_was_recorded_of_a_delivery_never_changes(letter: Letter, clerk: Viewer) -> None:
    note_step(letter, "handed-over", HANDED, clerk)
    db.session.commit()
    for change in ("UPDATE letter_delivery SET day = '2026-01-01'", "DELETE FROM letter_delivery"):
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(text(change))
        db.session.rollback()


def test_ninety_days_run_from_the_day_after_arrival_and_end_on_a_working_day() -> None:
    # Handed over on 2 July 2026: the ninetieth day is 30 September, a Wednesday.
    assert remedies([("handed-over", date(2026, 7, 2))]).appeal == date(2026, 9, 30)
    # From 26 June the ninetieth day is 24 September, the first of three days of Chuseok and a weekend.
    assert remedies([("posted", date(2026, 6, 24)), ("arrived", date(2026, 6, 26))]).litigation == date(
        2026, 9, 28
    )
    assert remedies([("posted", date(2026, 6, 26))]) is None


def test_a_public_notice_has_effect_once_fourteen_days_have_passed() -> None:
    assert effective_on("announced", date(2026, 11, 2)) == date(2026, 11, 17)
    ends = remedies([("announced", date(2026, 11, 2))])
    assert ends and ends.from_knowledge and ends.appeal == date(2027, 5, 17)


def test_who_learns_of_it_after_a_public_notice_has_ninety_days_but_no_more_than_the_longest_period() -> None:
    notice = ("announced", date(2026, 11, 2))
    soon = remedies([notice, ("handed-over", date(2026, 12, 1))])
    assert soon and not soon.from_knowledge and soon.appeal == soon.litigation == date(2027, 3, 2)
    late = remedies([notice, ("handed-over", date(2027, 5, 3))])
    assert late and late.appeal == date(2027, 5, 17), "180 days from the effect of the notice"
    assert late.litigation == date(2027, 8, 2), "ninety days from the hand-over, a Sunday"
    before = remedies([notice, ("handed-over", date(2026, 11, 5))])
    assert before and before.appeal == date(2027, 2, 3), "handed over before the notice had effect"


def test_no_letter_went_by_email_before_the_consent(letter: Letter, clerk: Viewer) -> None:
    note_consent(letter.case, "huong@example.org", "written", days_ago(5), clerk)
    with pytest.raises(Invalid, match="consent to e-mail is of"):
        note_step(letter, "emailed", Noted(days_ago(6)), clerk)
    note_step(letter, "emailed", Noted(days_ago(5)), clerk)


def test_the_chain_keeps_the_number_of_a_mail_and_no_email_address(letter: Letter, clerk: Viewer) -> None:
    note_consent(letter.case, "huong@example.org", "written", days_ago(50), clerk)
    note_step(letter, "emailed", Noted(days_ago(9)), clerk)
    note_step(letter, "returned", Noted(days_ago(8)), clerk)
    note_step(letter, "posted", replace(POSTED, day=days_ago(7)), clerk)
    db.session.commit()
    kept = db.session.scalars(select(AuditRecord.after).where(AuditRecord.case_id == letter.case_id)).all()
    assert POSTED.reference in str(kept) and "huong@example.org" not in str(kept)


def test_a_bounced_email_alone_is_no_ground_for_a_public_notice(letter: Letter, clerk: Viewer) -> None:
    notice = Noted(days_ago(2), reference="Bulletin board of the office")
    note_consent(letter.case, "huong@example.org", "written", days_ago(50), clerk)
    note_step(letter, "emailed", Noted(days_ago(9)), clerk)
    note_step(letter, "returned", Noted(days_ago(8), note="Mailbox full"), clerk)
    with pytest.raises(Invalid, match="No mail came back from the post"):
        note_step(letter, "announced", notice, clerk)
    note_step(letter, "announced", replace(notice, note="The applicant has no address any more."), clerk)


def test_the_page_of_a_returned_application_shows_the_last_days(app: Flask, sign_in: Any) -> None:
    made = printed(replace(RETURN, issued_on=TODAY), factories.viewer(Role.SUPERVISOR))
    note_step(made, "handed-over", HANDED, factories.viewer(Role.SUPERVISOR))
    db.session.commit()
    page = sign_in(factories.account(Role.OFFICER)).get(f"/letters/{made.number}").get_data(as_text=True)
    assert "Last day for an administrative appeal" in page


def test_the_worklist_narrows_by_state_age_and_office(letter: Letter, clerk: Viewer) -> None:
    def numbers(**filters: Any) -> list[str]:
        return [row.letter.number for row in queries.undelivered_letters(clerk, Undelivered(**filters))]

    assert numbers() == numbers(state="waiting") == numbers(idle_days=40) == [letter.number]
    assert numbers(idle_days=41) == numbers(state="returned") == []
    note_step(letter, "posted", POSTED, clerk)
    assert numbers(state="on_the_way", idle_days=30, office_id=letter.office_id) == [letter.number]
    assert queries.undelivered_letters(factories.viewer(Role.RECEPTION, at="busan"), Undelivered()) == []


def test_the_pages_record_a_delivery_and_show_the_last_days(letter: Letter, sign_in: Any) -> None:
    browser, address = sign_in(factories.account(Role.RECEPTION)), f"/letters/{letter.number}"
    assert letter.number in browser.get("/letters/undelivered").get_data(as_text=True)
    assert "Record that it was handed over" in browser.get(address).get_data(as_text=True)
    wrong = browser.post(f"{address}/delivery/posted", data={"posted-day": "tomorrow"})
    assert wrong.status_code == 422 and "no such day" in wrong.get_data(as_text=True)
    given = {
        "handed-over-day": days_ago(1).isoformat(),
        "handed-over-recipient": "NGUYEN THI THANH HUONG",
        "handed-over-identity": "Passport C1234567",
    }
    assert browser.post(f"{address}/delivery/handed-over", data=given).status_code == 302
    page = browser.get(address).get_data(as_text=True)
    assert "Passport C1234567" in page and "Last day for litigation" in page
    assert browser.get("/letters/undelivered").get_data(as_text=True).count(letter.number) == 0
    assert browser.post(f"{address}/delivery/lost").status_code == 404
    assert "수령증" in browser.get(f"{address}/acknowledgement").get_data(as_text=True)


def test_consent_is_recorded_on_its_page(letter: Letter, sign_in: Any) -> None:
    browser, address = sign_in(factories.account(Role.OFFICER)), f"/cases/{letter.case.number}/email-consent"
    wrong = browser.post(address, data={"email": "nobody", "form": "written", "day": TODAY.isoformat()})
    assert wrong.status_code == 422 and "no e-mail address" in wrong.get_data(as_text=True)
    given = {"email": "huong@example.org", "form": "written", "day": TODAY.isoformat()}
    assert browser.post(address, data=given).status_code == 302
    assert "huong@example.org" in browser.get(address).get_data(as_text=True)


def test_a_letter_is_declared_void_on_its_page_but_not_the_letter_of_a_decision(
    letter: Letter, sign_in: Any
) -> None:
    browser = sign_in(factories.account(Role.SUPERVISOR))
    assert "Declare the letter void" not in browser.get(f"/letters/{letter.number}").get_data(as_text=True)
    assert browser.post(f"/letters/{letter.number}/void", data={"reason": "x"}).status_code == 409


def test_a_departure_deadline_that_passes_before_the_letter_arrives_is_warned_of(
    letter: Letter, clerk: Viewer, sign_in: Any
) -> None:
    browser = sign_in(factories.account(Role.RECEPTION))
    assert "has passed, and the letter has not arrived" in browser.get(f"/letters/{letter.number}").get_data(
        True
    )
    assert "departure deadline passed" in browser.get("/letters/undelivered").get_data(True)
    note_step(letter, "handed-over", HANDED, clerk)
    db.session.commit()
    assert "has not arrived" not in browser.get(f"/letters/{letter.number}").get_data(True)


def test_a_departure_deadline_is_near_some_days_before() -> None:
    last = date(2026, 12, 7)
    days = (date(2026, 12, 1), date(2026, 12, 2), last, date(2026, 12, 8))
    assert [departure_warning(last, day) for day in days] == ["", "near", "near", "passed"]
    assert departure_warning(None, last) == ""


def test_what_is_for_the_file_goes_to_nobody(clerk: Viewer, sign_in: Any) -> None:
    record = printed(REVIEW_RECORD, factories.viewer(Role.SUPERVISOR))
    with pytest.raises(Conflict, match="goes to nobody"):
        note_step(record, "handed-over", HANDED, clerk)
    sheet = f"/letters/{record.number}/acknowledgement"
    assert sign_in(factories.account(Role.RECEPTION)).get(sheet).status_code == 409


def test_a_void_letter_tells_no_last_days(letter: Letter, clerk: Viewer, sign_in: Any) -> None:
    browser, address = sign_in(factories.account(Role.RECEPTION)), f"/letters/{letter.number}"
    note_step(letter, "handed-over", HANDED, clerk)
    db.session.commit()
    assert "Last day for litigation" in browser.get(address).get_data(as_text=True)
    void(letter, "Set aside.", factories.viewer(Role.SUPERVISOR))
    db.session.commit()
    assert "Last day for litigation" not in browser.get(address).get_data(as_text=True)


def test_an_age_without_end_finds_nothing(letter: Letter, sign_in: Any) -> None:
    page = sign_in(factories.account(Role.RECEPTION)).get("/letters/undelivered?idle=2147483647")
    assert page.status_code == 200 and letter.number not in page.get_data(as_text=True)
