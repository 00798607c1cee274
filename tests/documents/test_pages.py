"""The pages of the checklist and of the review of one document, in a browser without JavaScript and with htmx."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.store import store
from kis.decisions.operations import recommend
from kis.documents.models import CaseDocument
from kis.documents.operations import attach_scan, review
from kis.documents.queries import scans_of
from kis.precheck.queries import latest_run
from tests import factories
from tests.documents.support import case_with, image, pdf, row

HTMX = {"HX-Request": "true"}


@pytest.fixture
def officer(app: Flask) -> Account:
    return factories.account(name="officer-kim")


@pytest.fixture
def browser(officer: Account, sign_in: Any) -> FlaskClient:
    return sign_in(officer)


@pytest.fixture
def case(officer: Account) -> Case:
    dossier = factories.dossier("f52-married-meets-all")
    return case_with(dossier["documents"], dossier, assignee=officer)


def address(case: Case, document: CaseDocument | None = None, action: str = "") -> str:
    parts = [
        f"/cases/{case.number}/documents",
        *([str(document.id)] if document else []),
        *([action] if action else []),
    ]
    return "/".join(parts)


def text_of(answer: TestResponse) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def line_of(page: str, document: CaseDocument) -> str:
    found = re.search(rf'<tr id="document-{document.id}".*?</tr>', page)
    assert found
    return found.group()


def upload(
    browser: FlaskClient, case: Case, document: CaseDocument, content: bytes, name: str, kind: str = ""
) -> TestResponse:
    file = (BytesIO(content), name, kind) if kind else (BytesIO(content), name)
    return browser.post(address(case, document, "scans"), data={"file": file, "place": "page"})


def fresh(document: CaseDocument) -> CaseDocument:
    number = document.id
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(CaseDocument, number)


def test_the_checklist_shows_both_columns_of_the_form(
    browser: FlaskClient, case: Case, officer: Account
) -> None:
    document = row(case, "common-05")
    page = text_of(browser.get(address(case)))
    line = line_of(page, document)
    assert "⑤" in line and "Overseas Criminal Record Certificate" in line
    assert 'name="issued_on"' in line and 'value="2025-02-20"' in line
    assert '<option value="yes" selected>' in line
    assert 'type="checkbox"' in line and " checked" not in line
    assert (
        page.index("Common documents")
        < page.index("Documents of the category F-5-2")
        < page.index("Other documents")
    )


def test_a_tick_shows_who_and_when(browser: FlaskClient, case: Case, officer: Account) -> None:
    document = row(case, "common-01")
    answer = browser.post(address(case, document, "review"), data={"version": 1, "reviewed": "yes"})
    assert answer.status_code == 302 and answer.location.endswith(f"#document-{document.id}")
    line = line_of(text_of(browser.get(address(case))), document)
    assert " checked" in line and officer.full_name in line and "paper" in line


def test_a_tick_is_taken_back_by_sending_the_box_empty(browser: FlaskClient, case: Case) -> None:
    document = row(case, "common-01")
    browser.post(address(case, document, "review"), data={"version": 1, "reviewed": "yes"})
    browser.post(address(case, document, "review"), data={"version": 2})
    assert fresh(document).reviewed_at is None


def test_with_htmx_a_tick_answers_with_the_officers_cell_and_the_new_version(
    browser: FlaskClient, case: Case
) -> None:
    document = row(case, "common-01")
    answer = text_of(
        browser.post(address(case, document, "review"), data={"version": 1, "reviewed": "yes"}, headers=HTMX)
    )
    assert answer.startswith("<td") or answer.lstrip().startswith("<td")
    assert "<html" not in answer and "<tr" not in answer
    assert f'id="version-{document.id}" value="2" hx-swap-oob="true"' in answer
    assert 'id="documents-progress"' in answer


def test_with_htmx_a_mark_answers_with_its_line(browser: FlaskClient, case: Case) -> None:
    document = row(case, "common-01")
    data = {"version": 1, "submitted": "no", "issued_on": "2025-01-02", "expires_on": ""}
    answer = text_of(browser.post(address(case, document, "mark"), data=data, headers=HTMX))
    assert "<html" not in answer and line_of(answer, document)
    kept = fresh(document)
    assert (kept.submitted, str(kept.issued_on), kept.expires_on) == (False, "2025-01-02", None)


def test_a_change_runs_the_pre_check_anew(browser: FlaskClient, case: Case) -> None:
    document = row(case, "common-01")
    browser.post(address(case, document, "review"), data={"version": 1, "reviewed": "yes"})
    db.session.rollback()
    run = latest_run(db.session.get_one(Case, case.id))
    assert run is not None and run.trigger == "documents"
    assert next(m for m in run.marks if m["code"] == "common-01")["reviewed"] is True


def test_a_change_of_documents_takes_back_what_was_recommended_on_the_earlier_ones(
    browser: FlaskClient, case: Case, officer: Account
) -> None:
    first, second = row(case, "common-01"), row(case, "common-02")
    browser.post(address(case, first, "review"), data={"version": 1, "reviewed": "yes"})
    recommend(case, "granted", [], "All in order.", viewer_of(officer), stay_expires_on=None)
    db.session.commit()
    assert case.state == "recommended"
    browser.post(address(case, second, "review"), data={"version": 1, "reviewed": "yes"})
    assert fresh(second).case.state == "in_review"


def test_what_the_pre_check_asks_for_is_marked(browser: FlaskClient, case: Case) -> None:
    assert "Required" not in line_of(text_of(browser.get(address(case))), row(case, "common-01"))
    browser.post(address(case, row(case, "common-01"), "review"), data={"version": 1, "reviewed": "yes"})
    page = text_of(browser.get(address(case)))
    lines = {code: line_of(page, row(case, code)) for code in ("common-01", "common-09", "common-11")}
    assert "Required" in lines["common-01"] and "One of these" in lines["common-11"]
    assert "Required" not in lines["common-09"] and "One of these" not in lines["common-09"]


def test_a_new_upload_clears_the_tick_for_everybody_to_see(
    browser: FlaskClient, case: Case, officer: Account
) -> None:
    document = row(case, "common-01")
    assert upload(browser, case, document, pdf(text="one"), "one.pdf").status_code == 302
    version = fresh(document).version
    browser.post(address(case, document, "review"), data={"version": version, "reviewed": "yes"})
    assert upload(browser, case, document, pdf(text="two"), "two.pdf").status_code == 302
    page = text_of(browser.get(address(case)))
    line = line_of(page, document)
    assert " checked" not in line
    assert f"by {officer.full_name} was for an earlier file." in line
    assert "The review was for an earlier file" in page
    side = text_of(browser.get(address(case, document)))
    assert "one.pdf" in side and "the file that was reviewed" in side


def test_the_review_page_leads_to_the_next_document(browser: FlaskClient, case: Case) -> None:
    first, second = row(case, "common-01"), row(case, "common-02")
    page = text_of(browser.get(address(case, first)))
    assert address(case, second) in page and "Previous document" not in page
    data = {"version": 1, "reviewed": "yes", "place": "page", "then": "next"}
    answer = browser.post(address(case, first, "review"), data=data)
    assert answer.location == address(case, second)
    assert fresh(first).review_stands


def test_the_review_page_hands_the_scan_to_the_viewer(browser: FlaskClient, case: Case) -> None:
    document = row(case, "common-02")
    upload(browser, case, document, pdf(), "여권.pdf")
    page = text_of(browser.get(address(case, document)))
    assert 'data-viewer="pdf"' in page and f'data-src="{address(case, document, "scans")}/1"' in page
    upload(browser, case, document, image("PNG"), "여권.png")
    page = text_of(browser.get(address(case, document)))
    assert 'data-viewer="image"' in page and f'data-src="{address(case, document, "scans")}/2"' in page


def test_a_scan_is_sent_to_be_saved_and_can_run_nothing(browser: FlaskClient, case: Case) -> None:
    document, content = row(case, "common-02"), pdf()
    upload(browser, case, document, content, "여권 사본.pdf")
    answer = browser.get(f"{address(case, document, 'scans')}/1")
    assert answer.data == content and answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_kept(
    browser: FlaskClient, case: Case
) -> None:
    document = row(case, "common-02")
    answer = upload(browser, case, document, b"<script>alert(1)</script>", "passport.pdf", "application/pdf")
    assert answer.status_code == 422 and "neither a PDF nor a JPEG or PNG" in text_of(answer)
    assert fresh(document).scan_number == 0 and not scans_of(document)


def test_no_file_chosen_is_told(browser: FlaskClient, case: Case) -> None:
    document = row(case, "common-02")
    assert browser.post(address(case, document, "scans"), data={"place": "page"}).status_code == 422
    assert upload(browser, case, document, b"", "empty.pdf").status_code == 422


def test_a_file_larger_than_any_request_may_be_is_told(browser: FlaskClient, case: Case) -> None:
    document = row(case, "common-02")
    assert (
        upload(browser, case, document, b"%PDF-" + b" " * (26 * 1024 * 1024), "large.pdf").status_code == 413
    )


@pytest.mark.parametrize("name", ["\u202efdp.x" + "y" * 10_000 + ".pdf", "../../etc/여권\t.pdf", "a\x00.pdf"])
def test_odd_file_names_are_cleaned_and_sent_back_safely(browser: FlaskClient, case: Case, name: str) -> None:
    document = row(case, "common-02")
    assert upload(browser, case, document, pdf(), name).status_code == 302
    kept = scans_of(fresh(document))[0].name
    assert len(kept) <= 120 and kept.endswith(".pdf") and kept.isprintable() and "/" not in kept
    answer = browser.get(f"{address(case, document, 'scans')}/1")
    assert answer.status_code == 200 and "\n" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("mark", {"version": 1, "issued_on": "2025-02-30"}),
        ("mark", {"version": 1, "expires_on": "9" * 30}),
        ("mark", {"version": "x"}),
        ("mark", {}),
        ("mark", {"version": 1, "place": "nowhere"}),
        ("review", {"reviewed": "yes"}),
        ("defect", {"version": 1, "defect": "x" * 2_001}),
        ("defect", {"version": 1, "defect": "a\x00b"}),
        ("defect", {"version": 1, "defect": "a\u202eb"}),
    ],
)
def test_input_that_cannot_be_is_refused_with_a_sentence(
    browser: FlaskClient, case: Case, action: str, data: dict[str, Any]
) -> None:
    document = row(case, "common-04")
    answer = browser.post(address(case, document, action), data=data)
    assert answer.status_code == 422, text_of(answer)
    assert fresh(document).version == 1


@pytest.mark.parametrize("version", ["2", "9" * 30, "-1"])
def test_a_row_that_is_not_as_it_was_shown_is_a_conflict(
    browser: FlaskClient, case: Case, version: str
) -> None:
    document = row(case, "common-04")
    answer = browser.post(address(case, document, "mark"), data={"version": version, "submitted": "yes"})
    assert answer.status_code == 409 and "Somebody else changed this document" in text_of(answer)


def test_a_conflict_answers_htmx_with_a_refusal_for_the_top_of_the_page(
    browser: FlaskClient, case: Case
) -> None:
    document = row(case, "common-04")
    answer = browser.post(
        address(case, document, "review"), data={"version": 7, "reviewed": "yes"}, headers=HTMX
    )
    assert answer.status_code == 409 and "data-refusal" in text_of(answer)


def test_a_row_or_file_of_another_case_is_not_found(
    browser: FlaskClient, case: Case, officer: Account
) -> None:
    other = case_with([])
    document = row(other, "common-01")
    attach_scan(document, "a.pdf", pdf(), factories.viewer())
    db.session.commit()
    assert browser.get(address(case, document)).status_code == 404
    assert browser.get(f"{address(case, document, 'scans')}/1").status_code == 404
    assert (
        browser.post(address(case, document, "review"), data={"version": 1, "reviewed": "yes"}).status_code
        == 404
    )
    for number in (2**31, 2**63, 10**30):
        assert browser.get(f"{address(case)}/{number}").status_code == 404


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.OFFICER, Role.SUPERVISOR])
def test_the_documents_of_another_offices_case_are_not_found(
    app: Flask, case: Case, sign_in: Any, role: Role
) -> None:
    document = row(case, "common-01")
    attach_scan(document, "a.pdf", pdf(), factories.viewer())
    db.session.commit()
    stranger = sign_in(factories.account(role, at="busan"))
    for place in (address(case), address(case, document), f"{address(case, document, 'scans')}/1"):
        assert stranger.get(place).status_code == 404
    answer = stranger.post(address(case, document, "review"), data={"version": 1, "reviewed": "yes"})
    assert answer.status_code in {403, 404}


def test_reception_sees_the_review_and_cannot_tick(
    app: Flask, case: Case, officer: Account, sign_in: Any
) -> None:
    document = row(case, "common-01")
    clerk = sign_in(factories.account(Role.RECEPTION))
    line = line_of(text_of(clerk.get(address(case))), document)
    assert 'name="submitted"' in line and 'type="checkbox"' not in line and "Not reviewed" in line
    assert (
        clerk.post(address(case, document, "review"), data={"version": 1, "reviewed": "yes"}).status_code
        == 403
    )
    assert (
        clerk.post(address(case, document, "mark"), data={"version": 1, "submitted": "yes"}).status_code
        == 302
    )


@pytest.mark.parametrize(("role", "at"), [(Role.SUPERVISOR, "seoul-southern"), (Role.AUDITOR, None)])
def test_whoever_only_reads_sees_no_form(
    app: Flask, case: Case, sign_in: Any, role: Role, at: str | None
) -> None:
    reader = sign_in(factories.account(role, at=at))
    page = text_of(reader.get(address(case)))
    assert 'name="version"' not in page and 'name="reviewed"' not in page
    document = row(case, "common-01")
    for action in ("mark", "review", "defect", "scans"):
        assert reader.post(address(case, document, action), data={"version": 1}).status_code == 403


def test_a_decided_case_shows_its_checklist_without_forms(browser: FlaskClient, case: Case) -> None:
    db.session.execute(update(Case).where(Case.id == case.id).values(state="decided", outcome="granted"))
    db.session.commit()
    assert 'name="version"' not in text_of(browser.get(address(case)))
    assert 'name="version"' not in text_of(browser.get(address(case, row(case, "common-01"))))


def test_a_row_for_a_further_person_is_added(browser: FlaskClient, case: Case) -> None:
    answer = browser.post(address(case), data={"code": "common-10", "person": "spouse"})
    assert answer.status_code == 302
    line = line_of(text_of(browser.get(address(case))), row(case, "common-10", "spouse"))
    assert "Spouse" in line
    assert browser.post(address(case), data={"code": "common-10", "person": "spouse"}).status_code == 409
    assert browser.post(address(case), data={"code": "", "person": ""}).status_code == 422


def test_a_stored_file_that_is_missing_is_told_and_not_a_failure(browser: FlaskClient, case: Case) -> None:
    document = row(case, "common-01")
    scan = attach_scan(document, "a.pdf", pdf(text="missing"), factories.viewer())
    db.session.commit()
    store().delete(scan.sha256)
    answer = browser.get(f"{address(case, document, 'scans')}/1")
    assert answer.status_code == 404 and "missing or damaged" in text_of(answer)


def test_the_checklist_reads_in_korean(browser: FlaskClient, case: Case) -> None:
    browser.post("/language", data={"language": "ko"})
    page = text_of(browser.get(address(case)))
    assert "해외범죄경력증명서" in page and "2025. 2. 20." not in page
    assert 'lang="ko"' in page


def test_names_are_never_taken_for_markup(browser: FlaskClient, officer: Account) -> None:
    dossier = factories.dossier("f52-married-meets-all")
    dossier["family"][0]["name"] = "<script>alert(1)</script>"
    case = case_with([{"code": "<img src=x>", "submitted": True, "person": "spouse"}], dossier)
    document = row(case, "<img src=x>", "spouse")
    review(document, factories.viewer(), 1)
    db.session.commit()
    for place in (address(case), address(case, document)):
        page = text_of(browser.get(place))
        assert "<script>alert" not in page and "<img src=x>" not in page


def marked(browser: FlaskClient, case: Case, document: CaseDocument, **sent: Any) -> TestResponse:
    """The mark as a page sends it that was opened when the row was new."""
    shown = {"version": "1", "place": "line", "was": "||", "submitted": "", "issued_on": "", "expires_on": ""}
    db.session.expire_all()
    return browser.post(address(case, document, "mark"), data=shown | sent)


def test_of_two_who_mark_a_document_the_second_chooses(
    browser: FlaskClient, officer: Account, sign_in: Any
) -> None:
    case = case_with(None, assignee=officer)
    document = row(case, "common-02")
    other = sign_in(factories.account())
    assert marked(other, case, document, submitted="yes", issued_on="2025-01-02").status_code == 302
    mine = {"submitted": "no", "expires_on": "2030-01-01"}
    told = marked(browser, case, document, **mine)
    assert told.status_code == 409
    for shown in ("Not submitted", "2025-01-02", "2030-01-01", "both changed it", 'name="against" value="2"'):
        assert shown in text_of(told)
    partial = browser.post(
        address(case, document, "mark"), data={"version": "1", "was": "||", **mine}, headers=HTMX
    )
    assert partial.status_code == 409 and text_of(partial).startswith(f'<tr id="document-{document.id}"')
    assert marked(browser, case, document, against="2", **mine).status_code == 409
    chosen = {"against": "2", "keep:submitted": "theirs"}
    assert marked(browser, case, document, **mine, **chosen).status_code == 302
    db.session.expire_all()
    assert (document.submitted, str(document.issued_on), str(document.expires_on)) == (
        True,
        "2025-01-02",
        "2030-01-01",
    )


def noted(browser: FlaskClient, case: Case, document: CaseDocument, defect: str, **sent: Any) -> TestResponse:
    """The defect as a page sends it that was opened when there was none."""
    shown = {"version": "1", "place": "page", "was": "", "defect": defect}
    db.session.expire_all()
    return browser.post(address(case, document, "defect"), data=shown | sent)


def test_of_two_who_note_a_defect_the_second_sees_both_wordings(
    browser: FlaskClient, officer: Account, sign_in: Any
) -> None:
    case = case_with(None, assignee=officer)
    document = row(case, "common-02")
    assert noted(sign_in(factories.account()), case, document, "Cannot be read.").status_code == 302
    told = noted(browser, case, document, "The seal is missing.")
    assert told.status_code == 409
    assert "Cannot be read." in text_of(told) and "The seal is missing." in text_of(told)
    chosen = {"against": "2", "keep:defect": "mine"}
    assert noted(browser, case, document, "The seal is missing.", **chosen).status_code == 302
    db.session.expire_all()
    assert document.defect == "The seal is missing."


def test_a_defect_is_noted_although_something_else_of_the_row_was_changed(
    browser: FlaskClient, officer: Account, sign_in: Any
) -> None:
    case = case_with(None, assignee=officer)
    document = row(case, "common-02")
    marked(sign_in(factories.account()), case, document, issued_on="2025-01-02")
    assert noted(browser, case, document, "Cannot be read.").status_code == 302
    db.session.expire_all()
    assert (document.defect, str(document.issued_on)) == ("Cannot be read.", "2025-01-02")


def test_a_mark_is_saved_although_something_else_of_the_row_was_changed(
    browser: FlaskClient, officer: Account
) -> None:
    case = case_with(None, assignee=officer)
    document = row(case, "common-02")
    attach_scan(document, "passport.pdf", pdf(), viewer_of(officer))
    db.session.commit()
    assert marked(browser, case, document, submitted="yes").status_code == 302
    db.session.expire_all()
    assert document.submitted is True


@pytest.mark.parametrize("was", ["", "x", "maybe||", "yes|soon|", "yes|2025-01-01|2025-01-01|"])
def test_a_made_up_state_counts_as_none(browser: FlaskClient, officer: Account, was: str) -> None:
    case = case_with(None, assignee=officer)
    assert marked(browser, case, row(case, "common-02"), was=was, submitted="yes").status_code == 302
