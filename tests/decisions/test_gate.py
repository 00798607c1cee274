"""A refusal names every requirement that failed; nothing is granted over one from which nobody departed."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Update, update

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.decisions.models import RecommendationReason
from kis.decisions.operations import approve, decide_otherwise, recommend
from kis.decisions.queries import decision_of
from kis.decisions.reasons import GivenReason, grounds_of
from kis.figures.models import ReferenceFigure
from kis.figures.operations import renew_version
from kis.letters import checks
from kis.letters.composition import compose
from kis.letters.models import Letter
from kis.precheck.models import Departure
from kis.precheck.operations import depart, run
from kis.precheck.queries import effective_outcomes, failed_criteria
from tests import factories
from tests.decisions.conftest import FAILED, OWN, STAY_ENDS, House
from tests.letters.examples import DISAPPROVAL, RETURN

REMOVAL = GivenReason("conduct.removal", "강제퇴거 이력이 있습니다.", "There was a removal.")


def test_nothing_is_granted_over_a_failed_requirement(house: House) -> None:
    with pytest.raises(Invalid, match="“Criminal fine”"):
        recommend(house.case, "granted", [], "", house.viewer(house.officer))
    db.session.rollback()
    assert house.case.state == "in_review"


def test_what_an_alternative_makes_up_for_is_no_ground_though_its_area_fails(app: Flask) -> None:
    officer = factories.account(Role.OFFICER)
    case = factories.case(assignee=officer, facts=factories.dossier("arrears-of-applicant"))
    with transaction():
        run(case, "demand", viewer_of(officer))
    found = {each.finding.id for each in failed_criteria(case)}
    grounds = {each.finding.id for each in grounds_of(case)}
    assert {"livelihood.public_dues", "livelihood.assets"} <= found
    assert "livelihood.public_dues" in grounds and "livelihood.assets" not in grounds


@pytest.fixture
def poor(app: Flask) -> tuple[Case, Account]:
    """The income is too low, and whether the assets are enough is not established."""
    officer = factories.account(Role.OFFICER)
    facts = factories.dossier("assets-six-months")
    facts["assets"] = None
    case = factories.case(assignee=officer, facts=facts)
    with transaction():
        run(case, "demand", viewer_of(officer))
        outcomes = effective_outcomes(case)
        assert outcomes is not None
        assert outcomes.criteria["livelihood.income"] == "not_met"
        assert outcomes.criteria["livelihood.assets"] == "unknown"
        for criterion, found in outcomes.criteria.items():
            if not criterion.startswith("livelihood.") and found not in ("met", "exempt"):
                depart(case, criterion, "met", "Seen in the paper file.", viewer_of(officer))
    return case, officer


def test_nothing_is_granted_over_low_income_while_the_assets_are_not_established(
    poor: tuple[Case, Account], sign_in: Any
) -> None:
    case, officer = poor
    page = sign_in(officer).get(f"/cases/{case.number}/decision").get_data(as_text=True)
    assert "Nothing makes up for these yet" in page
    assert f"/cases/{case.number}/precheck/criteria/livelihood.income/departure" in page
    with pytest.raises(Invalid, match="Not to be granted while these requirements are not met: “.*ncome"):
        recommend(case, "granted", [], "", viewer_of(officer))
    db.session.rollback()
    with transaction():
        depart(case, "livelihood.assets", "met", "The deeds were shown at the counter.", viewer_of(officer))
        assert recommend(case, "granted", [], "", viewer_of(officer)).outcome == "granted"


def test_a_departure_with_a_reason_lets_it_be_granted(house: House) -> None:
    house.recommend("granted")
    with transaction():
        approve(house.case, "", house.viewer(house.supervisor))
    assert decision_of(house.case).outcome == "granted"


def test_a_refusal_that_leaves_a_failed_requirement_out_is_not_recommended(house: House) -> None:
    viewer = house.viewer(house.officer)
    with pytest.raises(Invalid, match="Missing among the reasons: “Criminal fine”"):
        recommend(house.case, "refused", [OWN], "", viewer, STAY_ENDS)
    db.session.rollback()
    with transaction():
        house.depart("conduct.removal", "not_met", "An order was found in the paper file.")
    with pytest.raises(Invalid, match="Missing"):
        recommend(house.case, "refused", [GivenReason(FAILED)], "", viewer, STAY_ENDS)
    db.session.rollback()
    with transaction():
        made = recommend(house.case, "refused", [GivenReason(FAILED), REMOVAL, OWN], "", viewer, STAY_ENDS)
    assert [reason.criterion for reason in made.reasons] == [FAILED, "conduct.removal", None]


def test_the_reasons_are_looked_at_again_when_it_is_decided(house: House) -> None:
    made = house.recommend()
    db.session.execute(
        update(RecommendationReason).where(RecommendationReason.recommendation_id == made.id).values(
            criterion=None, finding=None, wording_ko="가", wording_en="a"
        )
    )  # fmt: skip
    db.session.commit()
    db.session.expire_all()
    with pytest.raises(Invalid, match="Missing among the reasons"), transaction():
        approve(house.case, "", house.viewer(house.supervisor))
    assert (house.case.state, decision_of(house.case)) == ("recommended", None)
    assert db.session.query(Letter).filter(Letter.kind == "disapproval").all() == []


def test_a_refusal_is_not_decided_on_a_criterion_that_does_not_fail_any_more(house: House, sign_in) -> None:
    with transaction():
        house.depart("conduct.removal", "not_met", "An order was found in the paper file.")
        house.propose("refused", [GivenReason(FAILED), REMOVAL])
        db.session.execute(
            update(Departure).where(Departure.criterion == "conduct.removal").values(
                withdrawn_at=clock.now(), withdrawn_by_id=house.officer.id
            )
        )  # fmt: skip
    db.session.expire_all()
    page = sign_in(house.supervisor).get(f"/cases/{house.case.number}/decision").get_data(as_text=True)
    assert "Among the reasons are requirements that do not fail any more" in page
    assert "Decide: Refuse" not in page
    with pytest.raises(Invalid, match="do not hold any more: “"), transaction():
        approve(house.case, "", house.viewer(house.supervisor))
    assert (house.case.state, decision_of(house.case)) == ("recommended", None)
    assert db.session.query(Letter).filter(Letter.kind == "disapproval").all() == []


def test_a_supervisor_does_not_grant_over_a_failed_requirement_either(house: House) -> None:
    house.recommend()
    with pytest.raises(Invalid, match="Not to be granted"), transaction():
        decide_otherwise(house.case, "granted", "For humanity.", [], house.viewer(house.supervisor))
    assert house.case.state == "recommended"


def test_a_letter_without_the_remedies_is_stopped(monkeypatch: pytest.MonkeyPatch, house: House) -> None:
    def without_remedies(values):
        letter = compose(values)
        kept = tuple(part for part in letter.parts if part.layout != "remedies")
        return letter.__class__(**(vars(letter) | {"parts": kept}))

    monkeypatch.setattr(checks, "compose", without_remedies)
    for values in (DISAPPROVAL, RETURN):
        with pytest.raises(Invalid, match="how to challenge the decision"):
            checks.check(values)
    with pytest.raises(Invalid, match="how to challenge the decision"):
        house.recommend()


def test_the_officer_is_told_what_the_letter_lacks_before_anybody_decides(house: House) -> None:
    with transaction():
        house.case.applicant.local_name = "ສົມຊາຍ"
    with pytest.raises(Invalid, match="U\\+0EAA"):
        house.recommend()


def test_the_page_says_what_stands_against_each_outcome_before_anything_is_pressed(
    house: House, sign_in
) -> None:
    address = f"/cases/{house.case.number}/decision"
    page = sign_in(house.officer).get(address).get_data(as_text=True)
    assert "These requirements are not met" in page
    assert f"/cases/{house.case.number}/precheck/criteria/{FAILED}/departure" in page
    chosen = re.findall(r'<input[^>]*name="criteria-\d+-chosen"[^>]*>', page)
    assert len(chosen) == 1 and "checked" in chosen[0]


def test_the_supervisor_sees_that_a_recommendation_cannot_be_decided(house: House, sign_in) -> None:
    made = house.recommend()
    db.session.execute(
        update(RecommendationReason).where(RecommendationReason.recommendation_id == made.id).values(
            criterion=None, finding=None, wording_ko="가", wording_en="a"
        )
    )  # fmt: skip
    db.session.commit()
    page = sign_in(house.supervisor).get(f"/cases/{house.case.number}/decision").get_data(as_text=True)
    assert "This cannot be decided as recommended" in page
    assert "Decide: Refuse" not in page


@pytest.fixture
def dearer(app: Flask) -> Iterator[Callable[[], None]]:
    """The mean of net assets can be doubled, and is put back afterwards: reference data outlive a test."""
    rows = update(ReferenceFigure).where(ReferenceFigure.figure == "net_assets_mean")
    double, halve = (rows.values(amount_krw=amount) for amount in
                     (ReferenceFigure.amount_krw * 2, ReferenceFigure.amount_krw / 2))  # fmt: skip

    def change(statement: Update = double) -> None:
        with transaction():
            db.session.execute(statement)
            renew_version()

    yield change
    db.session.rollback()
    change(halve)


def test_no_letter_quotes_a_figure_that_changed_after_the_recommendation(
    app: Flask, dearer: Callable[[], None]
) -> None:
    officer, supervisor = factories.account(Role.OFFICER), factories.account(Role.SUPERVISOR)
    facts = factories.dossier("assets-six-months")
    facts["assets"] = factories.dossier("arrears-of-applicant")["assets"]
    case = factories.case(assignee=officer, facts=facts)
    with transaction():
        before = run(case, "demand", viewer_of(officer))
        reasons = [GivenReason(each.finding.id) for each in grounds_of(case)]
        assert GivenReason("livelihood.assets") in reasons
        recommend(case, "refused", reasons, "", viewer_of(officer), STAY_ENDS)
    dearer()
    with transaction():
        # The re-check of all cases has not come to this one, and then finds it judged already.
        after = run(case, "demand", viewer_of(officer))
    assert before.areas == after.areas and before.digest != after.digest
    with pytest.raises(Conflict, match="reference figures"), transaction():
        approve(case, "", viewer_of(supervisor))
    assert (case.state, decision_of(case)) == ("recommended", None)


def test_a_pre_check_that_says_the_same_again_leaves_the_recommendation_as_it_is(house: House) -> None:
    house.recommend()
    with transaction():
        run(house.case, "demand", house.viewer(house.officer))
        approve(house.case, "", house.viewer(house.supervisor))
    assert house.case.state == "decided"
