"""Accounts from the shell: how a new installation gets its first one."""

import pytest
from flask import Flask

from kis.accounts.models import Account
from kis.core.extensions import db
from tests import factories

PASSWORD = ("--password", factories.PASSWORD)


def create(app: Flask, *arguments: str) -> tuple[int, str]:
    db.session.rollback()
    answer = app.test_cli_runner().invoke(args=["account", "create", *arguments])
    return answer.exit_code, answer.output


def test_the_first_administrator_can_sign_in(app: Flask, sign_in) -> None:
    code, told = create(app, "first.admin", "--full-name", "Kim First", "--role", "administrator", *PASSWORD)
    assert (code, told) == (0, "Account first.admin was made.\n")
    made = db.session.scalars(db.select(Account)).one()
    assert sign_in(made).get("/accounts").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--role", "officer", *PASSWORD), "need --office"),
        (("--role", "auditor", "--office", "busan", *PASSWORD), "the other roles take none"),
        (("--role", "officer", "--office", "atlantis", *PASSWORD), "no office atlantis"),
        (("--role", "auditor", "--password", "short"), "at least 12 characters"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_made(
    app: Flask, arguments: tuple[str, ...], told: str
) -> None:
    code, output = create(app, "somebody", "--full-name", "Kim Somebody", *arguments)
    assert code == 1
    assert told in output
    assert db.session.query(Account).count() == 0
