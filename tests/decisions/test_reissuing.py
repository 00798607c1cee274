"""A misprinted letter is issued anew while it is in the house; the decision stays."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Role, Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.decisions.jobs import render_and_close
from kis.decisions.queries import decision_of
from kis.decisions.reissuing import obstacle, reissue, reissue_letter
from kis.decisions.reversal import undo
from kis.letters.delivering import Noted, note_step
from kis.letters.models import Letter
from kis.letters.queries import decision_letter, letters_of
from tests.robustness.conftest import Office, furnished


@pytest.fixture
def seoul(app: Flask) -> Office:
    return furnished("seoul-southern")


def supervisor(office: Office) -> Viewer:
    return viewer_of(office.people[Role.SUPERVISOR])


def rendered(case: Case) -> Letter:
    letter = decision_letter(case)
    assert letter
    db.session.commit()
    render_and_close(letter.id)
    db.session.commit()
    return letter


def test_the_new_letter_takes_the_place_of_the_old_one_and_the_decision_stays(seoul: Office) -> None:
    case = seoul.decided
    old = rendered(case)
    assert (case.state, case.outcome) == ("closed", "refused")
    case.applicant.address = "Another address 5, Seoul"
    with transaction():
        reissue(case, "The address was wrong.", supervisor(seoul))
    new, before = letters_of(case)[:2]
    assert (before.id, new.replaces_id, before.in_force) == (old.id, old.id, False)
    assert (new.values.issued_on, new.values.decided_on) == (clock.today(), old.issued_on)
    assert new.values.reasons == old.values.reasons
    assert new.values.replaces == old.number
    rendered(case)
    assert (case.state, case.outcome) == ("closed", "refused")


def test_a_letter_that_has_left_is_not_issued_anew(seoul: Office, sign_in: Any) -> None:
    letter = rendered(seoul.decided)
    noted = Noted(clock.today(), reference="11012-0000-0001")
    with transaction():
        note_step(letter, "posted", noted, supervisor(seoul))
    with pytest.raises(Conflict, match="has left"):
        reissue(seoul.decided, "A misprint.", supervisor(seoul))
    page = sign_in(seoul.people[Role.SUPERVISOR]).get(f"/letters/{letter.number}").get_data(as_text=True)
    assert "The letter has left." in page and "Issue the letter anew" not in page


def test_only_who_decides_issues_anew_and_says_why(seoul: Office, sign_in: Any) -> None:
    rendered(seoul.decided)
    with pytest.raises(Forbidden):
        reissue(seoul.decided, "A misprint.", viewer_of(seoul.people[Role.OFFICER]))
    with pytest.raises(Invalid):
        reissue(seoul.decided, " ", supervisor(seoul))
    db.session.rollback()
    browser, address = sign_in(seoul.people[Role.SUPERVISOR]), f"/letters/{seoul.letter}"
    page = browser.get(address).get_data(as_text=True)
    assert "Issue the letter anew" in page and "not declared void alone" in page
    assert browser.post(f"{address}/void", data={"reason": "A misprint."}).status_code == 409
    answer = browser.post(f"{address}/reissue", data={"reason": "A misprint."})
    assert answer.status_code == 302
    assert "In place of" in browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Issue the letter anew" not in browser.get(address).get_data(as_text=True)


def test_a_letter_void_with_its_decision_waits_for_the_next_decision(seoul: Office, sign_in: Any) -> None:
    letter = rendered(seoul.decided)
    with transaction():
        undo(seoul.decided, "The income was read wrongly.", supervisor(seoul))
    assert "is void with its decision" in (obstacle(letter) or "")
    browser = sign_in(seoul.people[Role.SUPERVISOR])
    page = browser.get(f"/letters/{letter.number}").get_data(as_text=True)
    assert "is void with its decision" in page and "Issue another in its place" not in page
    with pytest.raises(Conflict, match="no letter of a decision"):
        reissue_letter(letter, "", supervisor(seoul))


def test_the_departure_deadline_counts_from_the_letter_that_leaves(
    seoul: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = seoul.decided
    rendered(case)
    decision = decision_of(case)
    assert decision
    decision.departure_deadline, decision.stay_expires_on = None, clock.today() + timedelta(days=3)
    db.session.commit()
    later = clock.today() + timedelta(days=20)
    monkeypatch.setattr(clock, "today", lambda: later)
    with transaction():
        reissue(case, "It lay in the house.", supervisor(seoul))
    letter = decision_letter(case)
    assert letter and letter.values.departure_deadline == later + timedelta(days=14)
    assert letter.values.stay_expires_on is None, "a stay that has expired does not go on"
    assert decision.departure_deadline == letter.values.departure_deadline
    moved = db.session.scalars(
        select(AuditRecord).where(AuditRecord.action == "decision.departure-moved")
    ).one()
    assert moved.after == {"departure_deadline": decision.departure_deadline.isoformat()}
