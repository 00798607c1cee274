"""Deny by default: every address declares who may come, and nobody else gets in."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from kis.core.access import ROLE_PERMISSIONS, Permission, Role
from kis.factory import create_app
from tests import factories

OPEN_TO_ANYBODY = {
    "static",
    "accounts.sign_in",
    "accounts.change_language",
    "letters.verify",
    "letters.verify_form",
}
SAMPLES = {
    "number": "seoul-southern-2026-000001",
    "name": "open",
    "section": "stays",
    "filename": "css/base.css",
}


def rules() -> list[Rule]:
    return sorted(create_app().url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))


RULES = rules()


def sample_address(rule: Rule) -> str:
    """An address that the rule matches."""
    address = rule.rule
    for argument in rule.arguments:
        converter = rule._converters[argument]  # noqa: SLF001
        sample = "1" if isinstance(converter, IntegerConverter) else SAMPLES.get(argument, "a")
        address = re.sub(rf"<(?:[^<>]+:)?{argument}>", sample, address)
    return address


def method_of(rule: Rule) -> str:
    return "POST" if "POST" in (rule.methods or ()) else "GET"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.endpoint} {rule.rule}")
def test_every_view_declares_who_may_come(rule: Rule, app: Flask) -> None:
    declared = getattr(app.view_functions[rule.endpoint], "permissions", None)
    assert declared is not None, f"{rule.endpoint} has neither @requires nor @public"
    assert all(isinstance(permission, Permission) for permission in declared)
    assert (declared == ()) == (rule.endpoint in OPEN_TO_ANYBODY)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.endpoint} {rule.rule}")
def test_nobody_gets_in_without_signing_in(rule: Rule, client: FlaskClient) -> None:
    if rule.endpoint in OPEN_TO_ANYBODY:
        return
    answer = client.open(sample_address(rule), method=method_of(rule))
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_refused_every_view_that_it_has_no_permission_for(role: Role, app: Flask, sign_in) -> None:
    browser = sign_in(factories.account(role))
    held = ROLE_PERMISSIONS[role]
    for rule in RULES:
        declared = app.view_functions[rule.endpoint].permissions
        if not declared or set(declared) & held:
            continue
        answer = browser.open(sample_address(rule), method=method_of(rule))
        assert answer.status_code == 403, f"{role} reached {rule.rule}: {answer.status_code}"


def test_an_administrator_sees_no_case(app: Flask, sign_in) -> None:
    case = factories.case()
    browser = sign_in(factories.account(Role.ADMINISTRATOR))
    assert browser.get(f"/cases/{case.number}").status_code == 403
