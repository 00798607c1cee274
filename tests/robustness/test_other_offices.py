"""A case of another office is not to be found, whatever is asked of it and by whom."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kis.audit.models import AccessRecord, AuditRecord
from kis.core.access import Role
from kis.core.extensions import db
from tests.robustness.conftest import Office, address_of, is_open_to, rules_of

LOCAL = (Role.RECEPTION, Role.OFFICER, Role.SUPERVISOR)


def addresses(app: Flask, office: Office, role: Role) -> set[tuple[str, str]]:
    """(method, address) of all that is asked of the office's cases and letters."""
    found = set()
    for method in ("GET", "POST"):
        for rule in rules_of(app, method):
            if "number" in rule.arguments and is_open_to(app, rule, role):
                number = office.letter if rule.rule.startswith("/letters/") else office.case.number
                found.add((method, address_of(rule, office.samples() | {"number": number})))
    return found


def traces() -> tuple[int, ...]:
    db.session.expire_all()
    return tuple(
        db.session.scalar(select(func.count(model.id))) or 0 for model in (AccessRecord, AuditRecord)
    )


@pytest.mark.parametrize("role", LOCAL)
def test_nothing_of_another_offices_cases_can_be_found(
    app: Flask, seoul: Office, busan: Office, sign_in: Any, role: Role
) -> None:
    browser = sign_in(seoul.people[role])
    asked, before = addresses(app, busan, role), traces()
    answers = {place: browser.open(place[1], method=place[0]).status_code for place in asked}
    assert {place: status for place, status in answers.items() if status != 404} == {}
    assert len(asked) > 10
    assert traces() == before


@pytest.mark.parametrize("role", LOCAL)
def test_the_rows_of_another_office_are_not_reached_through_a_case_of_ones_own(
    app: Flask, seoul: Office, busan: Office, sign_in: Any, role: Role
) -> None:
    browser = sign_in(seoul.people[role])
    theirs = busan.samples() | {"number": seoul.case.number}
    for method in ("GET", "POST"):
        for rule in rules_of(app, method):
            if rule.arguments & {"document_id", "scan_number"} and is_open_to(app, rule, role):
                answer = browser.open(address_of(rule, theirs), method=method)
                assert answer.status_code == 404, rule.rule


@pytest.mark.parametrize("role", LOCAL)
def test_no_list_names_a_case_of_another_office(
    app: Flask, seoul: Office, busan: Office, sign_in: Any, role: Role
) -> None:
    browser = sign_in(seoul.people[role])
    for rule in rules_of(app, "GET"):
        if not is_open_to(app, rule, role) or "number" in rule.arguments:
            continue
        page = browser.get(address_of(rule, seoul.samples())).get_data(as_text=True)
        for number in (busan.case.number, busan.decided.number, busan.letter):
            assert number not in page, rule.rule


def test_a_supervisor_assigns_neither_a_case_nor_to_an_officer_of_another_office(
    app: Flask, seoul: Office, busan: Office, sign_in: Any
) -> None:
    browser = sign_in(seoul.people[Role.SUPERVISOR])
    ours, theirs = (str(office.people[Role.OFFICER].id) for office in (seoul, busan))
    taken = browser.post(f"/cases/{busan.case.number}/assign", data={"officer": ours, "version": "1"})
    version = str(seoul.case.version)
    lent = browser.post(f"/cases/{seoul.case.number}/assign", data={"officer": theirs, "version": version})
    assert (taken.status_code, lent.status_code) == (404, 422)
