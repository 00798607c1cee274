"""A day's letters put together: the stored pages, each behind its sheet, once printed not again unless asked."""

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pypdf
import pytest
from flask import Flask
from sqlalchemy import select, update

from kis.cases.models import Case
from kis.casework.restricting import restrict
from kis.core import clock, jobs
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Forbidden, Invalid
from kis.core.store import DirectoryStore, store
from kis.letters import binding, printing
from kis.letters.models import Letter, Printout
from kis.letters.operations import issue, render_letter, void
from kis.letters.printing import Selection, print_letters, print_register
from kis.letters.registers import Register
from tests import factories
from tests.letters.conftest import pdf_text
from tests.letters.examples import DISAPPROVAL, PERMISSION

DAY = DISAPPROVAL.issued_on


@pytest.fixture
def letters(app: Flask, supervisor: Viewer) -> list[Letter]:
    made = [
        issue(factories.case(), values.numbered(""), supervisor)
        for values in (PERMISSION, DISAPPROVAL, PERMISSION)
    ]
    db.session.commit()
    for letter in made:
        render_letter(letter.id)
        db.session.commit()
    return made


def selection(**more: Any) -> Selection:
    return Selection(factories.office(), DAY, **more)


def finished(printout: Printout) -> bytes:
    db.session.commit()
    job = jobs.latest(printing.JOB, printout.id)
    assert job and jobs.perform(job.id), job and job.error
    db.session.refresh(printout)
    return store().get(printout.sha256 or "")


def test_each_letter_comes_behind_its_sheet_as_it_is_stored(
    letters: list[Letter], supervisor: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binding, "LETTERS_PER_PART", 2)
    pdf = finished(print_letters(selection(), supervisor))
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 6
    for place, letter in enumerate(letters):
        sheet, first = pages[2 * place].extract_text(), pages[2 * place + 1].extract_text()
        assert letter.number in sheet and f"{place + 1} / 3" in sheet and "Print copy" in sheet
        assert letter.number in first and letter.values.receipt_number in first
    with pikepdf.open(io.BytesIO(pdf)) as bound:
        assert bound.check_pdf_syntax() == []
        assert not any("/Annots" in page for page in bound.pages), "a copy claims no signature"


def test_what_was_printed_is_not_printed_again_unless_asked(
    letters: list[Letter], supervisor: Viewer
) -> None:
    assert len(print_letters(selection(kind="permission"), supervisor).letters) == 2
    assert [row.letter_id for row in print_letters(selection(), supervisor).letters] == [letters[1].id]
    with pytest.raises(Invalid, match="left to print"):
        print_letters(selection(), supervisor)
    assert len(print_letters(selection(again=True), supervisor).letters) == 3


def test_void_and_waiting_letters_are_left_out(letters: list[Letter], supervisor: Viewer) -> None:
    void(letters[0], "A misprint.", supervisor)
    issue(factories.case(), PERMISSION.numbered(""), supervisor)
    printed = print_letters(selection(again=True), supervisor)
    assert [row.letter_id for row in printed.letters] == [letters[1].id, letters[2].id]


def test_a_letter_declared_void_meanwhile_is_not_printed(letters: list[Letter], supervisor: Viewer) -> None:
    printout = print_letters(selection(), supervisor)
    void(letters[1], "A misprint.", supervisor)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(finished(printout))).pages]
    assert len(pages) == 5 and "Void: not printed." in pages[2]
    assert letters[2].number in pages[3] and letters[2].number in pages[4]


def test_letters_of_a_printout_that_failed_are_left_to_print(
    letters: list[Letter], supervisor: Viewer
) -> None:
    printout = print_letters(selection(), supervisor)
    db.session.commit()
    job = jobs.latest(printing.JOB, printout.id)
    assert job
    job.state = "failed"
    db.session.flush()
    assert len(print_letters(selection(), supervisor).letters) == 3
    with pytest.raises(Invalid, match="left to print"):
        print_letters(selection(), supervisor)


def test_sheets_and_letters_stay_in_step_however_long_the_address_is(
    letters: list[Letter], supervisor: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = binding.letters_part

    def lengthy(printout: Printout, number: int) -> binding.Part:
        made = part(printout, number)
        for sheet in made.given["sheets"]:
            sheet["address"] = "Yangsan-ro, Yeongdeungpo-gu, Seoul " * 300
        return made

    monkeypatch.setattr(binding, "letters_part", lengthy)
    pages = pypdf.PdfReader(io.BytesIO(finished(print_letters(selection(), supervisor)))).pages
    assert len(pages) == 6
    for place, letter in enumerate(letters):
        assert letter.number in pages[2 * place + 1].extract_text()


def test_who_asks_for_more_letters_than_one_printout_holds_is_told(
    letters: list[Letter], sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST_LETTERS", 2)
    browser = sign_in(factories.account(Role.RECEPTION))
    asked = {"office": letters[0].office_id, "day": DAY.isoformat()}
    answer = browser.post("/letters/printouts", data=asked, follow_redirects=True)
    assert "holds at most 2 letters" in answer.get_data(as_text=True)


def test_only_who_delivers_letters_of_the_office_prints_them(letters: list[Letter]) -> None:
    for viewer in (factories.viewer(Role.AUDITOR), factories.viewer(Role.RECEPTION, at="busan")):
        with pytest.raises(Forbidden):
            print_letters(selection(), viewer)


def test_a_damaged_letter_stops_the_printout(app: Flask, letters: list[Letter], supervisor: Viewer) -> None:
    path = DirectoryStore(app.config["STORE_PATH"]).path(letters[1].sha256 or "")
    whole = path.read_bytes()
    printout = print_letters(selection(), supervisor)
    db.session.commit()
    path.write_bytes(whole[:-1])
    job = jobs.latest(printing.JOB, printout.id)
    assert job and jobs.perform(job.id)
    path.write_bytes(whole)
    db.session.expire_all()
    assert printout.finished_at is None and "DamagedFile" in (job.error or "")


def test_the_pages_ask_wait_and_hand_out(letters: list[Letter], sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.RECEPTION))
    office = letters[0].office_id
    assert browser.post("/letters/printouts", data={"office": office, "day": "soon"}).status_code == 422
    assert (
        browser.post("/letters/printouts", data={"office": "1000", "day": DAY.isoformat()}).status_code == 422
    )
    answer = browser.post("/letters/printouts", data={"office": office, "day": DAY.isoformat()})
    page = answer.headers["Location"]
    part = browser.get(page, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert part.lstrip().startswith("<section") and "every 2s" in part
    printout = db.session.scalars(select(Printout)).one()
    finished(printout)
    part = browser.get(page, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "every 2s" not in part and "is ready" in part
    assert letters[0].number in pdf_text(browser.get(f"{page}.pdf").data)
    assert "3 letters" in browser.get("/letters/printouts").get_data(as_text=True)
    other = sign_in(factories.account(Role.RECEPTION, at="busan"))
    assert other.get(page).status_code == other.get(f"{page}.pdf").status_code == 404


def test_a_printout_is_kept_for_two_days(letters: list[Letter], supervisor: Viewer, sign_in: Any) -> None:
    printout = print_letters(selection(), supervisor)
    finished(printout)
    number = printout.id
    browser = sign_in(factories.account(Role.RECEPTION))
    printing.let_go()
    db.session.commit()
    assert browser.get(f"/letters/printouts/{number}.pdf").status_code == 200
    db.session.execute(update(Printout).values(finished_at=clock.now() - timedelta(days=2, minutes=1)))
    printing.let_go()
    db.session.commit()
    assert browser.get(f"/letters/printouts/{number}.pdf").status_code == 404
    assert "no longer kept" in browser.get(f"/letters/printouts/{number}").get_data(as_text=True)


def close_in_the_making(printout: Printout, case: Case, supervisor: Viewer) -> None:
    db.session.commit()
    steps = binding.make(printout.id)
    next(steps)
    restrict(case, [], "A relative of a colleague.", supervisor)
    db.session.commit()
    with pytest.raises(binding.ClosedMeanwhile):
        list(steps)
    db.session.rollback()


def test_a_case_closed_while_its_letter_is_put_together_is_in_no_printout(
    letters: list[Letter], supervisor: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binding, "LETTERS_PER_PART", 1)
    printout = print_letters(selection(), supervisor)
    close_in_the_making(printout, letters[0].case, supervisor)
    again = finished(printout)
    assert "Restricted case: not printed here." in pdf_text(again)
    assert len(pypdf.PdfReader(io.BytesIO(again)).pages) == 5, "three sheets, and two letters"


def test_a_register_made_while_a_case_is_closed_names_nobody_of_it(
    letters: list[Letter], supervisor: Viewer
) -> None:
    register = Register("P", letters[0].office, letters[0].year)
    printout = print_register(register, "For the yearly report.", supervisor)
    close_in_the_making(printout, letters[0].case, supervisor)
    assert "of a restricted case" in pdf_text(finished(printout))
