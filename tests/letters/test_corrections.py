"""An evident error of a letter is corrected by a notice; the letter itself stays."""

from typing import Any

import pytest
from flask import Flask

from kis.accounts.sessions import viewer_of
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.letters.composition import compose
from kis.letters.corrections import ENTRIES, correct, entry_label
from kis.letters.models import Letter, UndeliveredLetter
from kis.letters.operations import issue, render_letter, void
from kis.letters.values import Bilingual, Correction
from tests import factories
from tests.letters.conftest import printed
from tests.letters.examples import DISAPPROVAL, REVIEW_RECORD

WRONG = Correction(
    entry_label("birth_date"),
    Bilingual("1990. 3. 7.", "1990. 3. 7."),
    Bilingual("1990. 7. 3.", "1990. 7. 3."),
)
SENT = {
    "entries-0-entry": "birth_date",
    "entries-0-wrong_ko": "1990. 3. 7.",
    "entries-0-right_ko": "1990. 7. 3.",
    "grounds_ko": "여권을 잘못 옮겨 적었습니다.",
    "grounds_en": "Copied wrongly from the passport.",
}


@pytest.fixture
def letter(app: Flask) -> Letter:
    return printed(DISAPPROVAL, factories.viewer(Role.SUPERVISOR))


def test_a_correction_names_the_letter_what_was_wrong_and_what_is_right(letter: Letter) -> None:
    before = letter.sha256
    notice = correct(letter, [WRONG], None, factories.viewer(Role.SUPERVISOR))
    text = compose(notice.values).text()
    assert notice.number == "seoul-southern-2026-C-000001"
    assert letter.number in text and "1990. 3. 7." in text and "1990. 7. 3." in text
    assert letter.in_force and letter.sha256 == before


def test_a_correction_that_corrects_nothing_is_refused(letter: Letter) -> None:
    same = Correction(WRONG.entry, WRONG.wrong, WRONG.wrong)
    with pytest.raises(Invalid, match="differ"):
        correct(letter, [same], None, factories.viewer(Role.SUPERVISOR))


def test_only_a_letter_in_force_is_corrected(letter: Letter) -> None:
    viewer = factories.viewer(Role.SUPERVISOR)
    void(letter, "Issued for another person.", viewer)
    db.session.commit()
    db.session.expire_all()
    with pytest.raises(Conflict):
        correct(letter, [WRONG], None, viewer)


def test_a_letter_for_the_file_is_not_corrected(app: Flask) -> None:
    record = issue(factories.case(), REVIEW_RECORD.numbered(""), factories.viewer(Role.OFFICER))
    with pytest.raises(Conflict):
        correct(record, [WRONG], None, factories.viewer(Role.SUPERVISOR))


def test_an_officer_does_not_correct(letter: Letter) -> None:
    with pytest.raises(Forbidden):
        correct(letter, [WRONG], None, factories.viewer(Role.OFFICER))


def test_every_entry_that_may_be_corrected_has_its_label() -> None:
    assert all(entry_label(entry).ko and entry_label(entry).en for entry in ENTRIES)


def test_a_supervisor_corrects_a_letter_through_the_page(letter: Letter, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.SUPERVISOR))
    address = f"/letters/{letter.number}/correction"
    assert address in browser.get(f"/letters/{letter.number}").get_data(as_text=True)
    assert browser.post(address, data=SENT | {"entries-0-right_ko": ""}).status_code == 422
    answer = browser.post(address, data=SENT | {"entries-0-right_ko": "ก"})
    assert answer.status_code == 422 and "U+0E01" in answer.get_data(as_text=True)
    assert browser.post(address, data=SENT).status_code == 302
    notice = db.session.query(Letter).filter(Letter.kind == "correction").one()
    assert notice.values.corrections[0].right == Bilingual("1990. 7. 3.", "1990. 7. 3.")
    assert notice.values.corrects == letter.number


def test_entries_are_added_and_removed_without_issuing(letter: Letter, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.SUPERVISOR))
    address = f"/letters/{letter.number}/correction"
    page = browser.post(address, data=SENT | {"add-row": "entries"}).get_data(as_text=True)
    assert 'name="entries-1-entry"' in page
    page = browser.post(address, data=SENT | {"entries-1-entry": "sex", "remove-row": "entries-1"})
    assert 'name="entries-1-entry"' not in page.get_data(as_text=True)
    assert db.session.query(Letter).filter(Letter.kind == "correction").all() == []


def test_the_office_that_took_the_case_over_corrects_the_letters_of_the_one_before(
    letter: Letter, sign_in: Any
) -> None:
    letter.case.office_id = factories.office("busan").id
    db.session.commit()
    browser = sign_in(factories.account(Role.SUPERVISOR, at="busan"))
    page = browser.get(f"/letters/{letter.number}").get_data(as_text=True)
    assert f"/letters/{letter.number}/correction" in page
    notice = correct(letter, [WRONG], None, factories.viewer(Role.SUPERVISOR, at="busan"))
    assert notice.number.startswith("busan-")


def test_an_officer_who_has_left_answers_for_no_notice(letter: Letter) -> None:
    officer, supervisor = factories.account(Role.OFFICER), factories.account(Role.SUPERVISOR)
    letter.case.assignee_id = officer.id
    db.session.commit()
    named = correct(letter, [WRONG], None, viewer_of(supervisor)).values.sender.officer
    assert named == officer.in_both_scripts
    officer.active = False
    db.session.commit()
    named = correct(letter, [WRONG], None, viewer_of(supervisor)).values.sender.officer
    assert named == supervisor.in_both_scripts


def test_with_a_letter_the_notices_that_correct_it_are_void(letter: Letter) -> None:
    viewer = factories.viewer(Role.SUPERVISOR)
    notice = printed_again(correct(letter, [WRONG], None, viewer))
    second = correct(notice, [WRONG], None, viewer)
    other = correct(printed(DISAPPROVAL, viewer), [WRONG], None, viewer)
    void(letter, "Issued for another person.", viewer)
    db.session.commit()
    db.session.expire_all()
    assert [each.in_force for each in (letter, notice, second, other)] == [False, False, False, True]
    assert db.session.get(UndeliveredLetter, notice.id) is None, "nobody need deliver it"


def printed_again(letter: Letter) -> Letter:
    db.session.commit()
    render_letter(letter.id)
    db.session.commit()
    return letter
