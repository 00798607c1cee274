"""The decision page: what it offers to whom, and what happens to a page that is out of date."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kis.core.access import Role
from kis.core.extensions import db
from kis.decisions.models import Recommendation
from kis.decisions.queries import decision_of, standing
from tests import factories
from tests.decisions.conftest import FAILED, House

OWN = {
    "own-0-wording_ko": "신청인은 심사에 협조하지 않았습니다.",
    "own-0-wording_en": "The applicant did not cooperate.",
    "own-0-basis_ko": "출입국관리법 제80조",
    "own-0-basis_en": "",
}


def address(house: House, action: str = "") -> str:
    return f"/cases/{house.case.number}/decision{action}"


def version(page: str) -> str:
    return re.findall(r'name="version"[^>]*value="(\d+)"', page)[0]


def proposal(page: str, outcome: str = "refused", **more: Any) -> dict[str, Any]:
    """What the browser sends for a proposal that names the failed criterion, where the page offers it."""
    chosen = re.findall(rf'name="(criteria-\d+)-criterion"[^>]*value="{FAILED}"', page)
    names = re.findall(r'name="(criteria-\d+-criterion)"[^>]*value="([^"]+)"', page)
    return dict(names) | {
        "version": version(page),
        "outcome": outcome,
        "text": "After review of the file.",
        "stay_expires_on": "2099-03-31",
    } | {f"{name}-chosen": "y" for name in chosen} | more  # fmt: skip


def test_the_way_from_recommendation_to_decision_through_the_pages(house: House, sign_in) -> None:
    officer, supervisor = sign_in(house.officer), sign_in(house.supervisor)
    page = officer.get(address(house)).get_data(as_text=True)
    assert "Name as a reason" in page
    answer = officer.post(address(house), data=proposal(page) | OWN)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    made = standing(house.case)
    assert [reason.criterion for reason in made.reasons] == [FAILED, None]
    page = supervisor.get(address(house)).get_data(as_text=True)
    assert "Decide: Refuse" in page
    assert "출입국관리법 제80조" in page
    answer = supervisor.post(
        address(house, "/approve"), data={"version": version(page), "comment": "Agreed."}
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)
    page = supervisor.get(address(house)).get_data(as_text=True)
    assert "Decided by" in page
    assert "Decide: Refuse" not in page


def test_reasons_and_opinion_of_several_lines_are_taken(house: House, sign_in) -> None:
    officer = sign_in(house.officer)
    lines = OWN | {
        "own-0-wording_ko": "출석 요구에 응하지 않았습니다.\r\n서류도 내지 않았습니다.",
        "own-0-wording_en": "The applicant did not appear.\r\nNo papers came.",
    }
    sent = proposal(officer.get(address(house)).get_data(as_text=True), text="First.\r\n\r\nSecond.")
    answer = officer.post(address(house), data=sent | lines)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    made = standing(house.case)
    assert made.text == "First.\n\nSecond."
    assert made.reasons[1].wording_en == "The applicant did not appear.\nNo papers came."


def test_the_officer_sees_no_way_to_decide_and_the_supervisor_none_to_recommend(
    house: House, sign_in
) -> None:
    assert "Decide: " not in sign_in(house.officer).get(address(house)).get_data(as_text=True)
    page = sign_in(house.supervisor).get(address(house)).get_data(as_text=True)
    assert "Name as a reason" not in page
    house.recommend()
    page = sign_in(house.officer).get(address(house)).get_data(as_text=True)
    assert "Take the recommendation back" in page
    assert "Decide: " not in page


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.AUDITOR])
def test_who_only_reads_is_offered_nothing(house: House, sign_in, role: Role) -> None:
    house.recommend()
    page = sign_in(factories.account(role)).get(address(house)).get_data(as_text=True)
    assert "After review of the file." in page
    assert 'name="version"' not in page


def test_the_page_says_why_an_action_is_not_possible(house: House, sign_in) -> None:
    colleague = sign_in(factories.account(Role.OFFICER))
    assert "Only the officer in charge can do this." in colleague.get(address(house)).get_data(as_text=True)
    house.two_supervisors()
    house.recommend()
    page = sign_in(house.supervisor).get(address(house)).get_data(as_text=True)
    assert "The last step of the approval line decides" in page
    assert "Approve and pass on" in page


def test_a_refusal_without_a_reason_keeps_what_was_written(house: House, sign_in) -> None:
    officer = sign_in(house.officer)
    sent = proposal(officer.get(address(house)).get_data(as_text=True))
    answer = officer.post(address(house), data={k: v for k, v in sent.items() if not k.endswith("chosen")})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "at least one reason" in page
    assert "After review of the file." in page
    assert db.session.scalars(select(Recommendation)).all() == []


def test_an_impossible_day_is_refused_by_name(house: House, sign_in) -> None:
    officer = sign_in(house.officer)
    sent = proposal(officer.get(address(house)).get_data(as_text=True), stay_expires_on="2025-02-30")
    answer = officer.post(address(house), data=sent)
    assert answer.status_code == 422
    assert "There is no such day" in answer.get_data(as_text=True)


def test_a_row_for_an_own_reason_is_added_and_removed(house: House, sign_in) -> None:
    officer = sign_in(house.officer)
    sent = proposal(officer.get(address(house)).get_data(as_text=True))
    page = officer.post(address(house), data=sent | {"add-row": "own"}).get_data(as_text=True)
    assert 'name="own-0-basis_ko"' in page
    page = officer.post(address(house), data=sent | OWN | {"remove-row": "own-0"}).get_data(as_text=True)
    assert 'name="own-0-basis_ko"' not in page
    assert house.case.state == "in_review"


def test_beyond_the_last_row_for_an_own_reason_none_is_added(house: House, sign_in) -> None:
    officer = sign_in(house.officer)
    sent = proposal(officer.get(address(house)).get_data(as_text=True))
    rows = {f"own-{number}-wording_ko": "사유" for number in range(20)}
    answer = officer.post(address(house), data=sent | rows | {"add-row": "own"})
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert 'name="own-19-wording_ko"' in page and 'name="own-20-wording_ko"' not in page


def test_a_page_opened_before_a_change_decides_nothing(house: House, sign_in) -> None:
    house.recommend()
    supervisor = sign_in(house.supervisor)
    stale = version(supervisor.get(address(house)).get_data(as_text=True))
    officer = sign_in(house.officer)
    officer.post(address(house, "/take-back"), data={"version": stale})
    house.recommend("granted")
    answer = supervisor.post(address(house, "/approve"), data={"version": stale, "comment": ""})
    assert answer.status_code == 409
    assert "has changed since you opened this page" in answer.get_data(as_text=True)
    assert decision_of(house.case) is None


def test_a_page_opened_before_another_step_of_the_line_takes_no_step(house: House, sign_in) -> None:
    second = house.two_supervisors()
    house.recommend()
    browsers = [sign_in(house.supervisor), sign_in(second)]
    seen = version(browsers[0].get(address(house)).get_data(as_text=True))
    answers = [
        browser.post(address(house, "/approve"), data={"version": seen, "comment": ""})
        for browser in browsers
    ]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert decision_of(house.case) is None


def test_a_supervisor_decides_otherwise_through_the_page(house: House, sign_in) -> None:
    house.recommend("granted")
    supervisor = sign_in(house.supervisor)
    page = supervisor.get(address(house)).get_data(as_text=True)
    answer = supervisor.post(address(house), data=proposal(page) | OWN | {"text": ""})
    assert answer.status_code == 422
    assert "why you decide otherwise" in answer.get_data(as_text=True)
    answer = supervisor.post(address(house), data=proposal(page) | OWN)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    assert decision_of(house.case).differs


def test_returned_recommendations_stay_on_the_page(house: House, sign_in) -> None:
    house.recommend()
    supervisor = sign_in(house.supervisor)
    seen = version(supervisor.get(address(house)).get_data(as_text=True))
    assert (
        supervisor.post(address(house, "/return"), data={"version": seen, "comment": ""}).status_code == 422
    )
    supervisor.post(address(house, "/return"), data={"version": seen, "comment": "Ask for the receipt."})
    page = sign_in(house.officer).get(address(house)).get_data(as_text=True)
    assert "Returned to the officer" in page
    assert "Ask for the receipt." in page


@pytest.mark.parametrize(
    ("action", "role"),
    [
        ("", Role.OFFICER), ("", Role.SUPERVISOR), ("/take-back", Role.OFFICER), ("/approve", Role.SUPERVISOR),
        ("/return", Role.SUPERVISOR),
    ],
)  # fmt: skip
def test_another_offices_case_is_not_to_be_found(house: House, sign_in, action: str, role: Role) -> None:
    house.recommend()
    stranger = sign_in(factories.account(role, at="busan"))
    sent = {"version": house.case.version, "comment": "A comment.", "outcome": "granted", "text": "A reason."}
    assert stranger.get(address(house)).status_code == 404
    assert stranger.post(address(house, action), data=sent).status_code == 404
    assert house.case.state == "recommended"


def test_what_an_officer_writes_is_shown_as_written(app: Flask, house: House, sign_in) -> None:
    house.recommend()
    standing(house.case).text = "<script>alert(1)</script>"
    db.session.commit()
    page = sign_in(house.supervisor).get(address(house)).get_data(as_text=True)
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;" in page
