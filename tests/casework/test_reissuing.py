"""Letters that tell no decision are issued anew: what they tell stays, whom they reach is as the case has it now."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from kis.casework import endings, extensions, supplements, transfers
from kis.casework.queries import evidence_of, open_request, standing_ending
from kis.casework.reissuing import obstacle, reissue
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.decisions.review_record import make_record
from kis.intake.receipts import issue_receipt
from kis.letters.corrections import correct
from kis.letters.delivering import Noted, note_step
from kis.letters.models import Letter
from kis.letters.operations import render_letter, void
from kis.letters.values import Bilingual, Correction
from tests import factories
from tests.casework.conftest import Work

WHY = "The address was wrong."
ADDRESS = "Another address 5, Seoul"


def newest() -> Letter:
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter
    return letter


def moved(work: Work) -> None:
    with transaction():
        work.case.applicant.address = ADDRESS


def ready(letter: Letter) -> Letter:
    render_letter(letter.id)
    db.session.commit()
    return letter


def anew(letter: Letter, work: Work) -> Letter:
    with transaction():
        return reissue(letter, WHY, work.supervisor)


def test_a_request_goes_to_the_new_address_and_asks_for_the_same_until_the_same_day(work: Work) -> None:
    old = work.ask(days=20).letter
    moved(work)
    work.wait(5)
    with transaction():
        new = reissue(old, WHY, work.officer)
    request = open_request(work.case)
    assert (new.replaces, old.in_force, request.letter) == (old, False, new)
    assert (new.values.addressee.address, new.values.replaces) == (ADDRESS, old.number)
    assert (new.values.items, new.values.reply_by) == (old.values.items, request.reply_by)
    assert (new.issued_on, old.issued_on) == (clock.today(), clock.today() - timedelta(days=5))
    assert work.case.state == "awaiting_supplement"


def test_mail_with_a_void_request_came_back_for_nothing(work: Work) -> None:
    old = ready(work.ask().letter)
    for _again in range(2):
        for step in ("posted", "returned"):
            with transaction():
                noted = Noted(clock.today(), reference="11012-0000-0001" if step == "posted" else "")
                note_step(old, step, noted, work.officer)
    assert evidence_of(work.case, work.supervisor).returned_mails == 2
    anew(old, work)
    assert evidence_of(work.case, work.supervisor).returned_mails == 0


def test_a_request_is_issued_anew_with_what_is_missing_until_the_day_that_was_agreed(work: Work) -> None:
    request = work.ask(work.document(), supplements.Asked(Bilingual("소득", "Income")))
    with transaction():
        supplements.enter_reply(work.case, [request.items[0].id], clock.today(), False, work.officer)
        supplements.extend(work.case, 7, "By telephone.", work.officer)
    new = anew(request.letter, work)
    assert [item.en for item in new.values.items] == ["Income"]
    assert new.values.reply_by == request.reply_by


def test_a_request_that_is_over_or_settled_is_not_made_again(work: Work) -> None:
    request = work.ask()
    letter = request.letter
    work.wait(40)
    assert "Give the applicant more time" in (obstacle(letter) or "")
    with transaction():
        arrived = [item.id for item in request.items]
        supplements.enter_reply(work.case, arrived, clock.today(), True, work.officer)
    with pytest.raises(Conflict, match="is settled"):
        reissue(letter, WHY, work.officer)


def test_an_extension_keeps_both_days_while_the_case_is_open(work: Work) -> None:
    with transaction():
        extensions.extend(work.case, 10, "abroad", "", "", work.supervisor)
    old = newest()
    new = anew(old, work)
    assert (new.values.due_on, new.values.new_due_on) == (old.values.due_on, old.values.new_due_on)
    assert new.values.grounds == old.values.grounds
    with pytest.raises(Forbidden):
        reissue(new, WHY, work.officer)
    with transaction():
        endings.withdraw(work.case, "In writing.", clock.today(), work.supervisor)
    assert "has ended" in (obstacle(new) or "")


def test_the_sending_office_alone_issues_a_notice_of_transfer_anew_in_its_own_register(
    work: Work, sign_in: Any
) -> None:
    busan = factories.office("busan")
    boss = factories.viewer(Role.SUPERVISOR, at="busan")
    with transaction():
        transfers.accept(transfers.propose(work.case, busan, "They moved.", work.supervisor), boss)
    old = newest()
    with pytest.raises(Forbidden):
        reissue(old, WHY, boss)
    browser = sign_in(work.boss)
    assert "Issue the letter anew" in browser.get(f"/letters/{old.number}").get_data(as_text=True)
    answer = browser.post(f"/letters/{old.number}/reissue", data={"reason": WHY})
    assert answer.status_code == 302
    new = newest()
    assert new.number.startswith("seoul-southern-2026-T-") and new.replaces_id == old.id
    assert new.values.sender.office == old.values.sender.office
    assert new.values.receiving_office == old.values.receiving_office


def test_a_confirmation_keeps_the_day_of_the_withdrawal_until_the_case_is_taken_up_again(work: Work) -> None:
    with transaction():
        endings.withdraw(work.case, "In writing.", clock.today(), work.supervisor)
    old, first = newest(), clock.today()
    work.wait(7)
    new = anew(old, work)
    assert new.values.decided_on == first and new.issued_on == clock.today()
    ending = standing_ending(work.case)
    assert ending and ending.letter is new
    with transaction():
        endings.reopen(work.case, "They want to go on.", work.supervisor)
    assert not new.in_force and "taken up again" in (obstacle(new) or "")


def test_a_case_whose_letter_is_void_already_is_taken_up_again(work: Work) -> None:
    with transaction():
        endings.withdraw(work.case, "In writing.", clock.today(), work.supervisor)
        void(newest(), WHY, work.supervisor)
    with transaction():
        endings.reopen(work.case, "They want to go on.", work.supervisor)
    assert work.case.state == "in_review"


def test_a_slip_and_a_correction_are_issued_anew_and_a_correction_of_nothing_is_not(work: Work) -> None:
    with transaction():
        slip = issue_receipt(work.case, work.officer)
    ready(slip)
    entry = Correction(*(Bilingual(word, word) for word in ("Name", "Kim", "Lim")))
    with transaction():
        notice = correct(slip, [entry], None, work.supervisor)
    again = anew(notice, work)
    assert (again.values.corrects, again.values.corrections) == (slip.number, (entry,))
    moved(work)
    new = anew(slip, work)
    assert new.values.addressee.address == ADDRESS and new.values.items == slip.values.items
    assert "which it corrects, is void" in (obstacle(again) or "")


def test_a_review_record_is_made_and_not_issued_anew(work: Work) -> None:
    with transaction():
        record = make_record(work.case, work.officer)
    with pytest.raises(Conflict, match="how the case stood"):
        reissue(record, WHY, work.officer)


def test_a_void_letter_finds_its_successor_later_from_its_page(work: Work, sign_in: Any) -> None:
    letter = work.ask().letter
    browser, address = sign_in(work.account), f"/letters/{letter.number}"
    assert browser.post(f"{address}/reissue", data={"reason": " "}).status_code == 422
    assert browser.post(f"{address}/void", data={"reason": WHY}).status_code == 302
    page = browser.get(address).get_data(as_text=True)
    assert "Nothing stands in its place" in page and "Issue another in its place" in page
    answer = browser.post(f"{address}/reissue")
    assert answer.status_code == 302
    page = browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert "In place of" in page and letter.number in page
    page = browser.get(address).get_data(as_text=True)
    assert "Replaced by" in page and "Issue another in its place" not in page
    assert browser.post(f"{address}/reissue").status_code == 409


def test_without_a_reason_nothing_is_declared_void(work: Work) -> None:
    letter = work.ask().letter
    with pytest.raises(Invalid, match="declared void"):
        reissue(letter, " ", work.officer)
    db.session.rollback()
    assert letter.in_force
