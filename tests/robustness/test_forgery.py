"""Requests that another site would make in a signed-in browser, and addresses that lead away."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from kis.core.access import Role
from tests import factories
from tests.robustness.conftest import Office, address_of, is_open_to, rules_of
from tests.robustness.pages import forms_of


@pytest.fixture
def guarded(app: Flask) -> Iterator[None]:
    """Tokens are asked for, as they are in life."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("role", list(Role))
def test_nothing_is_sent_without_the_token_of_the_page(
    app: Flask, seoul: Office, sign_in: Any, guarded: Iterator[None], role: Role
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = sign_in(seoul.people[role])
    app.config["WTF_CSRF_ENABLED"] = True
    for rule in rules_of(app, "POST"):
        if is_open_to(app, rule, role):
            address = address_of(rule, seoul.samples())
            assert browser.post(address).status_code == 400, address
            assert browser.post(address, data={"csrf_token": "forged"}).status_code == 400, address


@pytest.mark.parametrize("role", list(Role))
def test_every_form_carries_its_token(
    app: Flask, seoul: Office, sign_in: Any, guarded: Iterator[None], role: Role
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = sign_in(seoul.people[role])
    app.config["WTF_CSRF_ENABLED"] = True
    for rule in rules_of(app, "GET"):
        if not is_open_to(app, rule, role):
            continue
        answer = browser.get(address_of(rule, seoul.samples()))
        if answer.mimetype == "text/html":
            sent = [
                form for form in forms_of(answer.get_data(as_text=True), rule.rule) if form.method == "POST"
            ]
            assert [form.action for form in sent if "csrf_token" not in form.values] == []


AWAY = (
    "https://example.org/", "//example.org", "/\\example.org", "\\\\example.org", "/\t/example.org", "///example.org",
    "javascript:probe()", " //example.org", "/%09/example.org", "http:example.org", "/\n//example.org", "@example.org",
)  # fmt: skip


@pytest.mark.parametrize("following", AWAY)
def test_nobody_is_led_away_after_signing_in_or_choosing_a_language(app: Flask, following: str) -> None:
    account, browser = factories.account(Role.OFFICER), app.test_client()
    sent = {"name": account.name, "password": factories.PASSWORD, "next": following}
    for answer in (
        browser.post("/language", data={"language": "en", "next": following}),
        browser.post("/sign-in", data=sent),
    ):
        assert answer.status_code == 302
        place = answer.headers["Location"]
        assert place == "/" or (place.startswith("/") and not place.startswith(("//", "/\\"))), place


def test_a_page_that_asks_for_signing_in_comes_back_to_itself_alone(app: Flask) -> None:
    answer = app.test_client().get("/queue/mine?next=//example.org")
    assert answer.headers["Location"].startswith("/sign-in?next=/queue/mine")
