"""A decision is undone while its letter is in the house and set aside after that; all of it stays on record."""

import pytest
from sqlalchemy import select

from kis.audit.models import AuditRecord
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.decisions import reversal
from kis.decisions.models import Decision
from kis.decisions.operations import approve
from kis.decisions.queries import decision_of, recommendations, standing
from kis.letters.delivering import Noted, note_step
from kis.letters.models import Letter
from tests import factories
from tests.decisions.conftest import House

WHY = "The receipt of the fine was found."


def decided(house: House) -> Decision:
    house.recommend()
    with transaction():
        made = approve(house.case, "Agreed.", house.viewer(house.supervisor))
    assert made is not None
    return made


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def hand_over(house: House) -> None:
    letter = letters()[0]
    with transaction():
        letter.sha256, letter.size, letter.rendered_at = "0" * 64, 1, clock.now()
        db.session.flush()
        noted = Noted(clock.today(), recipient="The applicant", identity="Passport")
        note_step(letter, "handed-over", noted, house.viewer(house.officer))


def undo(house: House, reason: str = WHY) -> None:
    with transaction():
        reversal.undo(house.case, reason, house.viewer(house.supervisor))


def voided_decisions(house: House) -> list[Decision]:
    return [each for made in recommendations(house.case) for each in made.decisions if each.voided_at]


def test_an_undone_decision_leaves_the_case_in_review_and_its_letter_void(house: House) -> None:
    decided(house)
    undo(house)
    assert (house.case.state, house.case.outcome, house.case.decided_on) == ("in_review", None, None)
    assert (decision_of(house.case), standing(house.case)) == (None, None)
    assert [each.void_reason for each in voided_decisions(house)] == [WHY]
    assert letters()[0].void is not None
    actions = db.session.scalars(select(AuditRecord.action).where(AuditRecord.case_id == house.case.id)).all()
    assert {"case.undo", "decision.voided", "recommendation.voided", "letter.voided"} <= set(actions)


def test_after_that_the_case_is_decided_anew_and_the_new_letter_takes_the_place_of_the_void_one(
    house: House,
) -> None:
    decided(house)
    undo(house)
    decided(house)
    assert house.case.outcome == "refused"
    assert letters()[1].replaces_id == letters()[0].id


def test_once_the_letter_has_left_the_decision_is_set_aside_and_not_undone(house: House) -> None:
    decided(house)
    with pytest.raises(Conflict, match="has not left yet"), transaction():
        reversal.set_aside(house.case, WHY, house.viewer(house.supervisor))
    hand_over(house)
    with pytest.raises(Conflict, match="The letter has left"):
        undo(house)
    with transaction():
        reversal.set_aside(house.case, WHY, house.viewer(house.supervisor))
    assert house.case.state == "in_review"
    assert [each.void_cause for each in voided_decisions(house)] == ["set-aside"]


def test_it_takes_a_reason_and_a_supervisor(house: House) -> None:
    decided(house)
    with pytest.raises(Invalid, match="reason"):
        undo(house, " ")
    for viewer in (house.viewer(house.officer), factories.viewer(Role.RECEPTION)):
        with pytest.raises(Forbidden), transaction():
            reversal.undo(house.case, WHY, viewer)
    assert decision_of(house.case) is not None


def test_a_withdrawal_voids_the_recommendation_that_waits(house: House) -> None:
    house.recommend()
    with transaction():
        reversal.withdraw(house.case, "Letter, signed.", clock.today(), house.viewer(house.officer))
    assert (house.case.state, standing(house.case)) == ("withdrawn", None)


def test_the_decision_page_keeps_the_undone_decision_in_sight(house: House, sign_in) -> None:
    decided(house)
    undo(house)
    page = sign_in(house.supervisor).get(f"/cases/{house.case.number}/decision").text
    assert "The decision was undone" in page and WHY in page
