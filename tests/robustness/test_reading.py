"""Reading changes nothing but the log of who read."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kis.core.access import Role
from kis.core.extensions import db
from tests.robustness.conftest import Office, address_of, is_open_to, rules_of

# Who read what, when the session was last used, and who asked in vain for a letter.
READING = {"access_record", "sign_in_session", "verification_miss"}


def contents() -> dict[str, tuple[object, ...]]:
    """All rows of each table, in order of their columns."""
    db.session.rollback()
    return {
        table.name: tuple(
            sorted((tuple(map(str, row)) for row in db.session.execute(select(table))), key=str)
        )
        for table in db.metadata.sorted_tables
        if table.name not in READING
    }


@pytest.mark.parametrize("role", list(Role))
def test_no_page_changes_anything_by_being_read(app: Flask, seoul: Office, sign_in: Any, role: Role) -> None:
    browser = sign_in(seoul.people[role])
    samples = [seoul.samples(), seoul.samples() | {"number": seoul.decided.number}]
    pages = [
        address_of(rule, values)
        for rule in rules_of(app, "GET")
        for values in samples
        if is_open_to(app, rule, role)
    ]
    before = contents()
    for address in dict.fromkeys([*pages, f"/letters/{seoul.letter}.pdf"]):
        browser.get(address)
        browser.head(address)
    after = contents()
    assert [name for name in before if before[name] != after[name]] == []
