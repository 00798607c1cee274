"""Headquarters words the paragraphs of letters: four eyes, versions, placeholders checked when saved."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from kis.accounts.four_eyes import reject, retract
from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid, NotFound
from kis.letters.composition import CONTENTS, applies, compose, named_values
from kis.letters.kinds import KINDS
from kis.letters.models import Letter
from kis.letters.operations import issue
from kis.letters.paragraph_models import ParagraphText
from kis.letters.paragraph_operations import approve, propose, propose_withdrawal
from kis.letters.paragraph_preview import preview
from kis.letters.paragraph_queries import as_worded, library, standing
from kis.letters.paragraphs import allowed, paragraph, paragraphs, prose
from kis.letters.values import Bilingual
from tests import factories
from tests.letters.conftest import pdf_text
from tests.letters.examples import DISAPPROVAL, EXAMPLES, PERMISSION, SUPPLEMENT

KEY = "supplement.how"
REASON = "The window for papers has moved."
NEW = Bilingual(
    "서류는 {reply_by}까지 민원실 3번 창구에 내시기 바랍니다.",
    "Hand the papers in at window 3 by {reply_by}.",
)


@pytest.fixture
def author(app: Flask) -> Account:
    return factories.account(Role.HEADQUARTERS, at=None)


@pytest.fixture
def proposer(author: Account) -> Viewer:
    return viewer_of(author)


@pytest.fixture
def approver(app: Flask) -> Viewer:
    return viewer_of(factories.account(Role.HEADQUARTERS, at=None))


def approved(
    texts: Bilingual, proposer: Viewer, approver: Viewer, category: str = "", key: str = KEY
) -> ParagraphText:
    made = propose(key, category, texts, REASON, proposer)
    approve(made, approver)
    db.session.commit()
    return made


def printed(values: Any) -> str:
    return compose(as_worded(values)).text()


def test_a_text_says_nothing_until_somebody_else_approves(proposer: Viewer, approver: Viewer) -> None:
    proposal = propose(KEY, "", NEW, REASON, proposer)
    db.session.commit()
    assert "window 3" not in printed(SUPPLEMENT)
    approve(proposal, approver)
    db.session.commit()
    assert "window 3 by 10 December 2026" in printed(SUPPLEMENT)
    assert "민원실 3번 창구" in printed(SUPPLEMENT)
    assert standing(KEY).version == 2, "the shipped text is version 1"


def test_whoever_proposed_does_not_approve(proposer: Viewer) -> None:
    proposal = propose(KEY, "", NEW, REASON, proposer)
    with pytest.raises(Forbidden):
        approve(proposal, proposer)


def test_the_database_refuses_a_text_approved_by_its_author(proposer: Viewer) -> None:
    propose(KEY, "", NEW, REASON, proposer)
    with pytest.raises(IntegrityError):
        db.session.execute(
            text(
                "UPDATE paragraph_text SET state = 'approved', version = 2, decided_by_id = proposed_by_id,"
                " decided_at = proposed_at"
            )
        )
    db.session.rollback()


CHANGES = (
    "UPDATE paragraph_text SET ko = 'x'",
    "UPDATE paragraph_text SET reason = 'another reason'",
    "DELETE FROM paragraph_text",
)
OF_SETTLED = ("UPDATE paragraph_text SET comment = 'x'", "UPDATE paragraph_text SET state = 'proposed'")


def refuses(statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_what_awaits_approval_stays_as_it_was_written(proposer: Viewer) -> None:
    propose(KEY, "", NEW, REASON, proposer)
    db.session.commit()
    for statement in CHANGES:
        refuses(statement)


@pytest.mark.parametrize("state", ["approved", "rejected", "retracted"])
def test_what_is_settled_is_never_changed_again(state: str, proposer: Viewer, approver: Viewer) -> None:
    proposal = propose(KEY, "", NEW, REASON, proposer)
    if state == "approved":
        approve(proposal, approver)
    elif state == "rejected":
        reject(proposal, "Not so.", approver)
    else:
        retract(proposal, proposer)
    db.session.commit()
    for statement in (*CHANGES, *OF_SETTLED):
        refuses(statement)
    if db.engine.dialect.name == "sqlite":
        refuses("INSERT OR REPLACE INTO paragraph_text SELECT * FROM paragraph_text")
    else:
        refuses("TRUNCATE paragraph_text")


def test_a_text_for_a_category_goes_before_one_for_all(proposer: Viewer, approver: Viewer) -> None:
    approved(NEW, proposer, approver)
    for_doctors = Bilingual("연구실적은 목록으로 내시기 바랍니다.", "Hand in a list of your publications.")
    approved(for_doctors, proposer, approver, "F-5-9")
    assert "publications" not in printed(SUPPLEMENT) and "window 3" in printed(SUPPLEMENT)
    doctor = replace(SUPPLEMENT, category="F-5-9")
    assert "publications" in printed(doctor) and "window 3" not in printed(doctor)


def test_a_withdrawn_text_gives_way_to_the_shipped_one(proposer: Viewer, approver: Viewer) -> None:
    approved(NEW, proposer, approver)
    approve(propose_withdrawal(KEY, "", REASON, proposer), approver)
    db.session.commit()
    assert paragraph(KEY).en in printed(SUPPLEMENT)
    approved(NEW, proposer, approver)
    assert standing(KEY).version == 4


def test_a_note_of_headquarters_is_printed_only_where_there_is_one(
    proposer: Viewer, approver: Viewer
) -> None:
    assert "덧붙이는 안내" not in printed(PERMISSION)
    approved(
        Bilingual("영주증은 직접 받아 가십시오.", "Collect your card."),
        proposer,
        approver,
        key="note.permission",
    )
    assert "덧붙이는 안내" in printed(PERMISSION) and "Collect your card." in printed(PERMISSION)


def test_a_letter_keeps_the_text_it_was_issued_with(proposer: Viewer, approver: Viewer) -> None:
    approved(NEW, proposer, approver)
    letter = issue(factories.case(), SUPPLEMENT.numbered(""), factories.viewer(Role.OFFICER))
    later = Bilingual("서류를 내십시오.", "Hand in the papers.")
    approved(later, proposer, approver)
    (kept,) = letter.values.wording
    assert (kept.key, kept.version, kept.en) == (KEY, 2, NEW.en)
    assert "window 3" in compose(letter.values).text()


WRONG = {
    "nothing to fill in for {departure_deadline}. It may name {name}, {receipt_number}": Bilingual(
        "{departure_deadline}까지", "by {departure_deadline}"
    ),
    "nothing to fill in for {x}": Bilingual("가 {x}", "a {x}"),
    "Braces stand only": Bilingual("가 {name.__class__}", "a {name.__class__}"),
    "Braces stand": Bilingual("가 {{ 7*7 }}", "a {{ 7*7 }}"),
    "Braces": Bilingual("가 {", "a {"),
    "Braces stand only around": Bilingual("가 {reply_by", "} a"),
    "same placeholders": Bilingual("{reply_by}까지", "soon"),
    "Korean text is missing": Bilingual("by post", "by post"),
    "English text is missing": Bilingual("우편으로", "우편으로"),
    "U+0E01": Bilingual("가 ก", "a"),
    "U+200F": Bilingual("가\u200f", "a"),
    "At most 2,000": Bilingual("가" * 2001, "a"),
}


@pytest.mark.parametrize("problem", WRONG)
def test_what_could_not_be_printed_is_refused_when_it_is_saved(problem: str, proposer: Viewer) -> None:
    with pytest.raises(Invalid) as refused:
        propose(KEY, "", WRONG[problem], REASON, proposer)
    assert problem in refused.value.message
    assert db.session.scalars(select(ParagraphText)).all() == []


WORDED_AWAY = {
    "departure.deadline": (
        Bilingual("곧 출국하여야 합니다.", "You must leave soon."),
        "{departure_deadline}",
    ),
    "departure.none": (Bilingual("체류자격이 유지됩니다.", "Your status continues."), "{stay_expires_on}"),
    "supplement.until": (Bilingual("곧 보완하십시오.", "Please supply everything soon."), "{reply_by}"),
    "receipt.period": (Bilingual("처리기한이 있습니다.", "There is a period."), "{due_on}"),
    "statement.disapproval": (Bilingual("허가하지 아니합니다.", "It is not permitted."), "{received_on}"),
    "remedy.appeal": (
        Bilingual("행정심판: 안 날부터 90일, 있은 날부터 80일", "Appeal: within 90 days of learning of it"),
        "Missing: 180일, 180.",
    ),
    "remedy.litigation": (
        Bilingual("행정소송: 안 날부터 190일, 있은 날부터 1년", "Litigation: within 190 days and one year"),
        "Missing: 90일, 90 days.",
    ),
}


@pytest.mark.parametrize("key", WORDED_AWAY)
def test_deadlines_and_periods_of_remedies_cannot_be_worded_away(key: str, proposer: Viewer) -> None:
    texts, missing = WORDED_AWAY[key]
    with pytest.raises(Invalid) as refused:
        propose(key, "", texts, REASON, proposer)
    assert missing in refused.value.message
    assert db.session.scalars(select(ParagraphText)).all() == []


def test_a_period_ten_times_as_long_is_not_that_of_the_law(proposer: Viewer) -> None:
    texts = Bilingual(
        "행정심판: 안 날부터 90일, 있은 날부터 180일", "Appeal: within 90 days, and 1800 of its date"
    )
    with pytest.raises(Invalid, match="Missing: 180"):
        propose("remedy.appeal", "", texts, REASON, proposer)


def test_a_text_that_keeps_the_periods_is_taken(proposer: Viewer, approver: Viewer) -> None:
    texts = Bilingual(
        "행정심판은 결정을 안 날부터 90일, 결정이 있은 날부터 180일 안에 청구할 수 있습니다.",
        "You may appeal within 90 days of learning of this decision, and within 180 days of its date.",
    )
    approved(texts, proposer, approver, key="remedy.appeal")
    assert "You may appeal within 90 days" in printed(DISAPPROVAL)


@pytest.mark.parametrize("key", ["title.disapproval", "label.name", "heading.remedies", "no.such"])
def test_titles_headings_and_labels_are_fixed(key: str, proposer: Viewer) -> None:
    with pytest.raises(NotFound):
        propose(key, "", NEW, REASON, proposer)


def test_only_one_text_of_a_paragraph_awaits_approval(proposer: Viewer, approver: Viewer) -> None:
    propose(KEY, "", NEW, REASON, proposer)
    with pytest.raises(Conflict):
        propose(KEY, "", Bilingual("나", "b"), REASON, approver)
    propose(KEY, "F-5-9", NEW, REASON, approver)


def test_nothing_is_proposed_that_would_change_nothing(proposer: Viewer) -> None:
    with pytest.raises(Invalid):
        propose(KEY, "", paragraph(KEY), REASON, proposer)
    with pytest.raises(Invalid):
        propose_withdrawal(KEY, "", REASON, proposer)


def test_a_proposal_is_rejected_with_a_reason_or_taken_back(proposer: Viewer, approver: Viewer) -> None:
    first = propose(KEY, "", NEW, REASON, proposer)
    with pytest.raises(Invalid):
        reject(first, " ", approver)
    reject(first, "Ask the offices first.", approver)
    second = propose(KEY, "", NEW, REASON, proposer)
    retract(second, proposer)
    db.session.commit()
    with pytest.raises(Conflict):
        approve(second, approver)
    assert (first.state, second.state) == ("rejected", "retracted")
    actions = db.session.scalars(select(AuditRecord.action).order_by(AuditRecord.id)).all()
    assert [a for a in actions if a.startswith("paragraph.")] == [
        "paragraph.proposed", "paragraph.rejected", "paragraph.proposed", "paragraph.retracted"
    ]  # fmt: skip


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_offices_read_the_library_and_change_nothing(role: Role, app: Flask) -> None:
    viewer = factories.viewer(role)
    assert set(library(viewer)) == set(prose())
    with pytest.raises(Forbidden):
        propose(KEY, "", NEW, REASON, viewer)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_letter_fills_the_placeholders_its_paragraphs_may_name(name: str) -> None:
    values = EXAMPLES[name]
    for key, section in KINDS[values.kind].paragraphs():
        if applies(section, values) and section.layout not in CONTENTS:
            assert set(allowed(key)) <= set(named_values(values, "ko")), key


# Pages


def test_headquarters_proposes_looks_at_it_in_a_real_letter_and_another_approves(
    author: Account, sign_in: Any
) -> None:
    case = factories.case()
    browser = sign_in(author)
    sent = {"ko": NEW.ko, "en": NEW.en, "reason": REASON}
    answer = browser.post(f"/paragraphs/{KEY}/proposal", data=sent)
    assert answer.status_code == 302
    proposal = answer.location
    other = sign_in(factories.account(Role.HEADQUARTERS, at=None))
    asked = f"{proposal}/preview?case={case.number}&kind=supplement"
    assert other.get(asked).location.endswith(f"/cases/{case.number}/reason")
    other.post(f"/cases/{case.number}/reason", data={"reason": "preview of a paragraph"})
    shown = other.get(asked).get_data(as_text=True)
    assert case.applicant.latin_name in shown and "민원실 3번 창구" in shown
    assert 'class="letter-preview__changed"' in shown
    pages = f"/paragraphs/proposals/{proposal.rsplit('/', 1)[1]}/preview.pdf?case={case.number}&amp;kind=supplement"
    assert pages in shown
    printed = pdf_text((draft := other.get(pages.replace("&amp;", "&"))).data)
    assert draft.mimetype == "application/pdf" and "no-store" in draft.headers["Cache-Control"]
    assert case.applicant.latin_name in printed and "window 3" in printed
    assert "미리보기: 발급하지 않은 문서 Draft, not issued" in printed
    assert db.session.scalars(select(Letter)).all() == [], "a draft takes no number"
    assert other.post(f"{proposal}/approve").status_code == 302
    assert "window 3" in other.get(f"/paragraphs/{KEY}").get_data(as_text=True)


def test_an_unknown_placeholder_is_refused_at_saving_with_those_that_may_be_named(
    author: Account, sign_in: Any
) -> None:
    sent = {"ko": "{deadline}까지", "en": "by {deadline}", "reason": REASON}
    answer = sign_in(author).post(f"/paragraphs/{KEY}/proposal", data=sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "{deadline}" in page and "{reply_by}" in page
    assert db.session.scalars(select(ParagraphText)).all() == []


def test_a_text_of_several_lines_is_taken_as_a_browser_sends_it(author: Account, sign_in: Any) -> None:
    sent = {"ko": f"{NEW.ko}\r\n우편도 됩니다.", "en": f"{NEW.en}\r\nOr by post.", "reason": REASON}
    assert sign_in(author).post(f"/paragraphs/{KEY}/proposal", data=sent).status_code == 302
    (made,) = db.session.scalars(select(ParagraphText))
    assert made.en == f"{NEW.en}\nOr by post."


def test_markup_in_a_text_stays_text(
    author: Account, proposer: Viewer, approver: Viewer, sign_in: Any
) -> None:
    hostile = Bilingual("<script>alert(1)</script> 가", "<img src=x onerror=alert(1)>")
    proposal = propose(KEY, "", hostile, REASON, proposer)
    db.session.commit()
    case = factories.case()
    browser = sign_in(author)
    browser.post(f"/cases/{case.number}/reason", data={"reason": "preview of a paragraph"})
    for address in ("", f"/preview?case={case.number}&kind=supplement"):
        page = browser.get(f"/paragraphs/proposals/{proposal.id}{address}").get_data(as_text=True)
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page and "<img src=x" not in page


def test_every_paragraph_can_be_looked_at_in_a_letter(author: Account, proposer: Viewer) -> None:
    case = factories.case()
    for key, kinds in prose().items():
        shipped = paragraphs().get(key, Bilingual("", ""))
        changed = Bilingual(f"바뀐 문장 {{name}} {shipped.ko}", f"Changed sentence {{name}} {shipped.en}")
        proposal = propose(key, "", changed, REASON, proposer)
        for kind in kinds:
            assert "Changed sentence" in preview(proposal, kind, case, author).text(), (key, kind.code)


def test_a_refusal_still_tells_its_remedies_when_headquarters_words_them(
    proposer: Viewer, approver: Viewer
) -> None:
    approved(Bilingual("새 문장", "A new sentence"), proposer, approver, key="remedy.both")
    assert "www.simpan.go.kr" in printed(DISAPPROVAL) and "A new sentence" in printed(DISAPPROVAL)
