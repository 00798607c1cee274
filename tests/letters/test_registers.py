"""The registers of letters: pages, CSV and PDF, each number in its place, void ones included."""

import csv
import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from flask import Flask
from sqlalchemy import select

from kis.audit.models import AccessRecord, AuditRecord
from kis.core import clock, jobs
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.store import store
from kis.letters import binding, printing
from kis.letters.models import Letter, Printout
from kis.letters.operations import issue, reissue, render_letter, void
from tests import factories
from tests.letters.conftest import pdf_text
from tests.letters.examples import ADDRESSEE, DISAPPROVAL, PERMISSION

YEAR = clock.today().year
REASON = {"reason": "Yearly inspection of the registers"}


@pytest.fixture
def letters(app: Flask, supervisor: Viewer) -> list[Letter]:
    """Three refusals, the second void and replaced by the third; the first to a name like a formula."""
    case, other = factories.case(), factories.case()
    draft = replace(DISAPPROVAL, number="", issued_on=clock.today(), departure_deadline=None)
    first = issue(case, replace(draft, addressee=replace(ADDRESSEE, name="=SUM(A1:A9)")), supervisor)
    second = issue(other, draft, supervisor)
    void(second, "Wrong address.", supervisor)
    third = issue(other, draft, supervisor)
    db.session.commit()
    for letter in (first, second, third):
        render_letter(letter.id)
        db.session.commit()
    return [first, second, third]


def address(letters: list[Letter], form: str = "", register: str = "D") -> str:
    return f"/letters/registers{form}?register={register}&office={letters[0].office_id}&year={YEAR}"


def test_the_page_lists_every_number_and_what_became_of_it(letters: list[Letter], sign_in: Any) -> None:
    page = sign_in(factories.account(Role.OFFICER)).get(address(letters)).get_data(as_text=True)
    places = [page.index(f">{letter.number}<") for letter in letters]
    assert places == sorted(places)
    assert "Void: Wrong address." in page and f"Replaced by {letters[2].number}" in page
    assert "Form 50" in page and "Livelihood: last year" in page
    assert "Register:" not in page.split("<select")[0]
    for letter in letters:
        assert f'title="SHA-256 {letter.sha256}"' in page and f">{str(letter.sha256)[:12]}…<" in page


def test_a_letter_without_its_pdf_is_pending_in_the_register_and_on_its_closed_case(
    letters: list[Letter], supervisor: Viewer, sign_in: Any
) -> None:
    case = letters[0].case
    case.state, case.outcome = "closed", "refused"
    db.session.commit()
    browser = sign_in(factories.account(Role.OFFICER))
    pending = "Letter pending"
    assert pending not in browser.get(f"/cases/{case.number}").get_data(as_text=True)
    again = reissue(letters[0], replace(DISAPPROVAL, number=""), "A misprint.", supervisor)
    db.session.commit()
    assert pending in browser.get(f"/cases/{case.number}").get_data(as_text=True)
    assert pending in browser.get(address(letters)).get_data(as_text=True)
    render_letter(again.id)
    db.session.commit()
    assert pending not in browser.get(f"/cases/{case.number}/letters").get_data(as_text=True)


def test_the_register_pages_by_key(
    letters: list[Letter], monkeypatch: pytest.MonkeyPatch, sign_in: Any
) -> None:
    for module in ("register_views", "queries"):
        monkeypatch.setattr(f"kis.letters.{module}.PAGE", 2)
    monkeypatch.setattr("kis.letters.registers.entries.__defaults__", (0, 2))
    browser = sign_in(factories.account(Role.OFFICER))
    first = browser.get(address(letters)).get_data(as_text=True)
    assert letters[0].number in first and f'/letters/{letters[2].number}"' not in first and "after=2" in first
    second = browser.get(address(letters) + "&after=2").get_data(as_text=True)
    assert letters[2].number in second and f'/letters/{letters[0].number}"' not in second


def test_another_office_has_no_such_register(letters: list[Letter], sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.SUPERVISOR, at="busan"))
    assert browser.get(address(letters)).status_code == 404
    for form in ("/csv", "/pdf"):
        assert browser.post(address(letters, form), data=REASON).status_code == 404
    assert browser.get(f"/letters/registers?register=X&office={letters[0].office_id}").status_code == 404


def test_headquarters_reads_registers_without_names(letters: list[Letter], sign_in: Any) -> None:
    page = sign_in(factories.account(Role.HEADQUARTERS, at=None)).get(address(letters)).get_data(as_text=True)
    assert letters[0].number in page and ADDRESSEE.name not in page


def test_the_csv_holds_no_formula_and_its_reason_is_on_record(letters: list[Letter], sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.SUPERVISOR))
    assert browser.post(address(letters, "/csv"), data={"reason": "x"}).status_code == 422
    answer = browser.post(address(letters, "/csv"), data=REASON)
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [letter.number for letter in letters]
    assert rows[1][2] == "'=SUM(A1:A9)" and rows[2][2] == ADDRESSEE.name
    assert "Wrong address." in rows[2][-1]
    (export,) = db.session.scalars(
        select(AuditRecord).where(AuditRecord.action == "letters.register-exported")
    )
    assert export.after["reason"] == REASON["reason"] and export.after["form"] == "csv"
    reasons = db.session.scalars(
        select(AccessRecord.reason).where(AccessRecord.task.like("register-export%"))
    )
    assert reasons.all() == [REASON["reason"]]


def test_an_officer_takes_no_register_out_of_the_house(letters: list[Letter], sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.OFFICER))
    assert browser.post(address(letters, "/csv"), data=REASON).status_code == 403
    assert "Reason for the export" not in browser.get(address(letters)).get_data(as_text=True)


def test_the_pdf_is_made_by_a_worker_in_parts(
    letters: list[Letter], sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binding, "LINES_PER_PART", 2)
    browser = sign_in(factories.account(Role.SUPERVISOR))
    answer = browser.post(address(letters, "/pdf"), data=REASON)
    assert answer.status_code == 302
    made = db.session.scalars(select(Printout)).one()
    page = answer.headers["Location"]
    assert "being made" in browser.get(page).get_data(as_text=True)
    assert browser.get(f"{page}.pdf").status_code == 404
    job = jobs.latest(printing.JOB, made.id)
    assert job and jobs.perform(job.id)
    assert "is ready" in browser.get(page).get_data(as_text=True)
    content = browser.get(f"{page}.pdf").data
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 2 and pages[0].mediabox.width > pages[0].mediabox.height
    read = pdf_text(content)
    assert all(letter.number in read for letter in letters) and "Form 50" in read and "=SUM(" in read
    job = jobs.latest(printing.JOB, made.id)
    assert job and (job.done, job.total, job.state) == (2, 2, "done")


def test_a_register_without_letters_says_so(app: Flask, sign_in: Any) -> None:
    account = factories.account(Role.SUPERVISOR)
    browser = sign_in(account)
    assert "No letter was entered" in browser.get("/letters/registers?register=P").get_data(as_text=True)


def test_permits_are_in_a_register_of_their_own(
    letters: list[Letter], supervisor: Viewer, sign_in: Any
) -> None:
    permit = issue(factories.case(), replace(PERMISSION, number="", issued_on=clock.today()), supervisor)
    db.session.commit()
    page = sign_in(factories.account(Role.OFFICER)).get(address(letters, register="P")).get_data(as_text=True)
    assert permit.number in page and letters[0].number not in page and "Form 48" in page
    assert store() is not None
