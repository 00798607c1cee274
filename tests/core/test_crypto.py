"""Identity numbers are unreadable in the database and still found exactly."""

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import text

from kis.core import crypto
from kis.core.extensions import db
from tests import factories


def test_the_database_holds_no_readable_passport_number(app: Flask) -> None:
    case = factories.case()
    assert case.applicant.passport_number == "C1234567"
    stored = db.session.execute(text("SELECT passport_number FROM applicant")).scalar_one()
    assert b"C1234567" not in bytes(stored)


def test_a_number_moved_to_another_column_does_not_open(app: Flask) -> None:
    sealed = crypto.encrypt("900101-5123456", "applicant.registration_number")
    assert crypto.decrypt(sealed, "applicant.registration_number") == "900101-5123456"
    with pytest.raises(InvalidTag):
        crypto.decrypt(sealed, "applicant.passport_number")


def test_an_older_key_still_opens_what_it_sealed(app: Flask) -> None:
    sealed = crypto.encrypt("C1234567", "applicant.passport_number")
    keys = app.config["ENCRYPTION_KEYS"]
    try:
        app.config["ENCRYPTION_KEYS"] = keys | {9: bytes(32)}
        assert crypto.decrypt(sealed, "applicant.passport_number") == "C1234567"
        assert crypto.encrypt("C1234567", "applicant.passport_number")[0] == 9
    finally:
        app.config["ENCRYPTION_KEYS"] = keys


def test_the_same_number_has_the_same_blind_index_and_another_kind_has_not(app: Flask) -> None:
    first = crypto.blind_index("passport_number", "C1234567")
    assert first == crypto.blind_index("passport_number", "C1234567")
    assert first != crypto.blind_index("registration_number", "C1234567")
