"""The approval line of an office is set from the shell, by an administrator."""

import pytest
from click.testing import Result
from flask import Flask

from kis.audit.models import AuditRecord
from kis.core.access import Role
from kis.core.extensions import db
from tests import factories


def run(app: Flask, *arguments: str) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["approval-line", *arguments])


def test_an_office_without_a_line_of_its_own_has_the_default_one(app: Flask) -> None:
    assert run(app, "show", "seoul-southern").output.strip() == "officer → supervisor"


def test_an_administrator_sets_the_line_and_the_audit_chain_tells(app: Flask) -> None:
    name = factories.account(Role.ADMINISTRATOR).name
    line = ("officer", "supervisor", "supervisor")
    assert run(app, "set", "seoul-southern", *line, "--as", name).exit_code == 0
    assert run(app, "show", "seoul-southern").output.strip() == "officer → supervisor → supervisor"
    assert run(app, "show", "busan").output.strip() == "officer → supervisor"
    record = db.session.query(AuditRecord).filter_by(action="office.approval-line").one()
    assert (record.account_name, record.after) == (name, {"line": list(line)})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("set", "seoul-southern", "supervisor", "supervisor", "--as", "{administrator}"),
            "it is an officer's",
        ),
        (("set", "seoul-southern", "officer", "supervisor", "--as", "{supervisor}"), "permission"),
        (("set", "seoul-southern", "officer", "supervisor", "--as", "nobody"), "no active account"),
        (("set", "atlantis", "officer", "supervisor", "--as", "{administrator}"), "no office atlantis"),
    ],
)
def test_a_line_that_cannot_be_set_is_refused_with_the_reason(
    app: Flask, arguments: tuple[str, ...], said: str
) -> None:
    names = {role: factories.account(Role(role)).name for role in ("administrator", "supervisor")}
    answer = run(app, *(argument.format(**names) for argument in arguments))
    assert answer.exit_code != 0
    assert said in answer.output
    assert run(app, "show", "seoul-southern").output.strip() == "officer → supervisor"
