"""Who writes to whom: sender, addressee, and whoever takes letters in for the applicant."""

from datetime import date

import pytest
from flask import Flask

from kis.cases.models import Case
from kis.cases.parties import Particulars, add_party
from kis.core.access import Role
from kis.core.extensions import db
from kis.letters.composition import compose
from kis.letters.parties import country, values_of
from tests import factories

AGENT = Particulars(
    "agent", "김변호", date(2020, 1, 1), relation="행정사", address="서울특별시 영등포구 가상로 5",
    authorised_on=date(2020, 1, 1),
)  # fmt: skip


@pytest.fixture
def case(app: Flask) -> Case:
    return factories.case(assignee=factories.account(Role.OFFICER))


def test_a_letter_names_the_office_and_the_officer_in_charge(case: Case) -> None:
    values = values_of(case, "withdrawal", case.assignee)
    assert values.sender.office.en == "Seoul Southern Immigration Office"
    assert values.sender.officer.startswith(case.assignee.full_name)
    assert (values.receipt_number, values.category, values.due_on) == (
        case.number,
        case.category,
        case.due_on,
    )


def test_a_letter_goes_to_the_agent_where_there_is_one(case: Case) -> None:
    assert values_of(case, "withdrawal", case.assignee).agent == ""
    add_party(case, AGENT, factories.viewer(Role.OFFICER))
    db.session.commit()
    values = values_of(case, "withdrawal", case.assignee)
    assert values.agent == f"{AGENT.name}, {AGENT.address}"
    text = compose(values).text()
    assert values.agent in text and "Agent" in text


def test_a_child_born_here_is_granted_a_status_and_others_change_theirs(app: Flask) -> None:
    child = factories.case(facts=factories.dossier("f520-infant"))
    assert values_of(child, "permission", factories.account(Role.OFFICER)).is_grant
    assert "제23조" in compose(values_of(child, "permission", factories.account(Role.OFFICER))).text()
    grown = factories.case()
    assert "제24조" in compose(values_of(grown, "permission", factories.account(Role.OFFICER))).text()


@pytest.mark.parametrize(("code", "ko", "en"), [("VNM", "베트남", "Vietnam"), ("XXA", "XXA", "XXA")])
def test_countries_are_named_in_both_languages(code: str, ko: str, en: str) -> None:
    assert (country(code).ko, country(code).en) == (ko, en)
