"""An officer recommends; a refusal names reasons with their legal basis; changes void."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from kis.cases.operations import revise_facts
from kis.cases.queries import latest_revision
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.decisions.models import Approval, Recommendation
from kis.decisions.operations import (
    approve,
    recommend,
    return_to_officer,
    take_back,
    void_for_change,
)
from kis.decisions.queries import recommendations, standing
from kis.decisions.reasons import GivenReason, grounds_of
from kis.precheck.operations import depart, run
from kis.precheck.queries import failed_criteria
from tests import factories
from tests.decisions.conftest import FAILED, OWN, STAY_ENDS, House


def test_a_recommendation_keeps_what_it_rests_on(house: House) -> None:
    made = house.recommend()
    assert house.case.state == "recommended"
    assert (made.revision, made.run.number) == (house.case.revision, 1)
    assert [reason.criterion for reason in made.reasons] == [FAILED]
    assert all(reason.basis_ko and reason.basis_en for reason in made.reasons)
    assert made.line == ["officer", "supervisor"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICER])
def test_only_an_officer_recommends(house: House, role: Role) -> None:
    with pytest.raises(Forbidden):
        recommend(house.case, "granted", [], "", factories.viewer(role))


def test_an_officer_who_is_not_in_charge_does_not_recommend(house: House) -> None:
    with pytest.raises(Conflict, match="in charge"):
        recommend(house.case, "granted", [], "", factories.viewer(Role.OFFICER))


def test_without_a_pre_check_of_the_present_facts_nothing_is_recommended(house: House) -> None:
    viewer = house.viewer(house.officer)
    facts = latest_revision(house.case).facts | {"criminal_record": []}
    with transaction():
        revise_facts(house.case, facts, house.case.revision, viewer)
    with pytest.raises(Conflict, match="pre-check"):
        recommend(house.case, "granted", [], "", viewer)


def test_a_refusal_without_a_reason_is_refused(house: House) -> None:
    with pytest.raises(Invalid, match="at least one reason"):
        recommend(house.case, "refused", [], "", house.viewer(house.officer), STAY_ENDS)
    db.session.rollback()
    assert house.case.state == "in_review"


def test_a_criterion_that_has_not_failed_is_no_reason(house: House) -> None:
    with pytest.raises(Invalid, match=r"conduct\.removal"):
        recommend(house.case, "refused", [GivenReason("conduct.removal")], "", house.viewer(house.officer))


@pytest.mark.parametrize(
    "reason",
    [
        GivenReason(None, OWN.wording_ko, OWN.wording_en),
        GivenReason(None, OWN.wording_ko, OWN.wording_en, "  "),
        GivenReason(None, OWN.wording_ko, "", OWN.basis_ko),
        GivenReason(None, "", OWN.wording_en, OWN.basis_ko),
    ],
)
def test_an_own_reason_needs_both_languages_and_a_basis(house: House, reason: GivenReason) -> None:
    with pytest.raises(Invalid):
        recommend(house.case, "refused", [reason], "", house.viewer(house.officer))


def test_an_officers_own_reason_with_a_basis_is_enough(house: House) -> None:
    made = house.refuse_at_discretion()
    assert [(reason.criterion, reason.basis_ko) for reason in made.reasons] == [(None, OWN.basis_ko)]


def test_a_criterion_failed_by_departure_needs_the_officers_words(house: House) -> None:
    viewer = house.viewer(house.officer)
    with transaction():
        depart(house.case, "conduct.removal", "not_met", "An order was found in the paper file.", viewer)
    with pytest.raises(Invalid, match="departed"):
        recommend(house.case, "refused", [GivenReason(FAILED), GivenReason("conduct.removal")], "", viewer)
    db.session.rollback()
    worded = GivenReason("conduct.removal", "강제퇴거 이력이 있습니다.", "There was a removal.")
    with transaction():
        made = recommend(house.case, "refused", [GivenReason(FAILED), worded], "", viewer, STAY_ENDS)
    assert made.reasons[1].message is None


def test_a_criterion_made_up_for_by_an_alternative_is_no_reason(house: House) -> None:
    found = {each.finding.id for each in failed_criteria(house.case)}
    assert "livelihood.assets" in found
    assert "livelihood.assets" not in {each.finding.id for each in grounds_of(house.case)}


def test_a_reason_that_no_letter_could_print_is_refused_with_its_characters(house: House) -> None:
    reason = GivenReason(None, OWN.wording_ko, "Named ສົມ in the file.", OWN.basis_ko)
    with pytest.raises(Invalid, match=r"U\+0EAA"):
        recommend(house.case, "refused", [reason], "", house.viewer(house.officer), STAY_ENDS)


@pytest.mark.parametrize(
    "words", [(OWN.wording_ko, OWN.wording_ko), (OWN.wording_en, OWN.wording_en)], ids=["Korean", "English"]
)
def test_a_reason_in_one_language_twice_is_not_in_both(house: House, words: tuple[str, str]) -> None:
    reason = GivenReason(None, *words, OWN.basis_ko)
    with pytest.raises(Invalid, match="in Korean and in English"):
        recommend(
            house.case, "refused", [GivenReason(FAILED), reason], "", house.viewer(house.officer), STAY_ENDS
        )


def test_a_refusal_says_until_when_a_stay_that_goes_on_lasts(house: House) -> None:
    with pytest.raises(Invalid, match="until when the present stay lasts"):
        recommend(house.case, "refused", [GivenReason(FAILED)], "", house.viewer(house.officer))


def test_the_database_refuses_a_reason_without_a_basis(house: House) -> None:
    made = house.recommend()
    with pytest.raises(IntegrityError):
        db.session.execute(
            text("UPDATE recommendation_reason SET basis_ko = '  ' WHERE recommendation_id = :id"),
            {"id": made.id},
        )


def test_the_database_lets_one_recommendation_of_a_case_stand(house: House) -> None:
    made = house.recommend()
    columns = "case_id, outcome, text, line, revision, run_id, made_by_id, made_at"
    with pytest.raises(IntegrityError):
        db.session.execute(
            text(
                f"INSERT INTO recommendation ({columns}) SELECT {columns} FROM recommendation WHERE id = :id"
            ),
            {"id": made.id},
        )


def test_a_recommendation_taken_back_stays_on_record(house: House) -> None:
    house.recommend()
    with transaction():
        take_back(house.case, house.viewer(house.officer))
    assert house.case.state == "in_review"
    assert standing(house.case) is None
    assert [each.void_cause for each in recommendations(house.case)] == ["taken-back"]


def test_another_officer_cannot_take_a_recommendation_back(house: House) -> None:
    house.recommend()
    with pytest.raises(Conflict, match="in charge"):
        take_back(house.case, factories.viewer(Role.OFFICER))


def test_a_change_of_the_facts_voids_the_recommendation_and_its_approvals(house: House) -> None:
    house.two_supervisors()
    house.recommend()
    with transaction():
        approve(house.case, "Agreed.", house.viewer(house.supervisor))
    with transaction():
        assert void_for_change(house.case, "facts", house.viewer(house.officer))
    assert house.case.state == "in_review"
    assert db.session.scalar(select(func.count(Approval.id))) == 1
    house.recommend("granted")
    assert [each.void_cause for each in recommendations(house.case)] == [None, "facts"]
    assert standing(house.case).approvals == []


def test_a_change_while_nothing_is_recommended_voids_nothing(house: House) -> None:
    with transaction():
        assert not void_for_change(house.case, "documents")
    assert house.case.state == "in_review"


def test_facts_changed_without_voiding_still_stop_the_decision(house: House) -> None:
    house.recommend()
    viewer = house.viewer(house.officer)
    with transaction():
        revise_facts(
            house.case,
            latest_revision(house.case).facts | {"criminal_record": []},
            house.case.revision,
            viewer,
        )
        run(house.case, "revision", viewer)
    with pytest.raises(Conflict, match="changed after the recommendation"):
        approve(house.case, "", house.viewer(house.supervisor))


def test_a_supervisor_returns_the_case_with_a_comment(house: House) -> None:
    house.recommend()
    supervisor = house.viewer(house.supervisor)
    with pytest.raises(Invalid):
        return_to_officer(house.case, "  ", supervisor)
    with transaction():
        return_to_officer(house.case, "Ask for the receipt of the fine.", supervisor)
    voided = db.session.scalars(select(Recommendation)).one()
    assert (house.case.state, voided.void_cause, voided.voided_by_id) == (
        "in_review",
        "returned",
        house.supervisor.id,
    )
    assert voided.void_comment == "Ask for the receipt of the fine."
