"""Anybody may ask whether a letter is genuine; nobody learns more, and guessing is slow."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from kis.accounts.models import SignInSession
from kis.core import clock
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.letters import verification
from kis.letters.codes import ALPHABET, check_character, grouped, new_code, read_code
from kis.letters.models import Letter, VerificationMiss
from kis.letters.operations import issue, void
from tests import factories
from tests.letters.conftest import pdf_text, printed
from tests.letters.examples import ADDRESSEE, DISAPPROVAL, REVIEW_RECORD


@pytest.fixture
def letter(app: Flask, supervisor: Viewer) -> Letter:
    return printed(DISAPPROVAL, supervisor)


def misses() -> int:
    return db.session.scalar(select(func.count(VerificationMiss.id))) or 0


def test_a_slip_of_the_eye_is_seen_by_the_check_character() -> None:
    code = new_code()
    for place in range(len(code)):
        for other in set(ALPHABET) - {code[place]}:
            assert read_code(code[:place] + other + code[place + 1 :]) is None
    assert read_code(grouped(code).lower()) == code


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    drawn = "10ABC0101"
    code = drawn + check_character(drawn)
    assert read_code(code.replace("1", "l").replace("0", "o")) == code


def test_a_letter_prints_the_code_by_which_its_page_finds_it(letter: Letter, client: FlaskClient) -> None:
    from kis.core.store import store

    text = pdf_text(store().get(letter.sha256 or ""))
    assert grouped(letter.code) in text and letter.values.verify_at in text
    assert letter.values.verify_at.endswith(f"/v/{letter.code}")
    assert client.get(f"/v/{letter.code}").status_code == 200


def test_the_page_tells_number_day_office_and_force_and_nothing_of_the_person(
    letter: Letter, client: FlaskClient
) -> None:
    page = client.get(f"/v/{grouped(letter.code)}").get_data(as_text=True)
    assert letter.number in page and "2026-11-21" in page and "is in force" in page
    assert letter.office.full_name("en") in page
    for told in (
        ADDRESSEE.name,
        letter.case.number,
        letter.title.ko,
        letter.title.en,
        "isapproval",
        "Vietnam",
    ):
        assert told not in page
    assert db.session.scalars(select(SignInSession)).all() == []


def test_a_void_letter_is_not_in_force(letter: Letter, supervisor: Viewer, client: FlaskClient) -> None:
    void(letter, "A misprint in the address.", supervisor)
    db.session.commit()
    page = client.get(f"/v?code={letter.code}").get_data(as_text=True)
    assert "NOT in force" in page and "misprint" not in page


def test_unknown_and_impossible_codes_are_answered_alike(client: FlaskClient, letter: Letter) -> None:
    answers = [client.get(f"/v/{code}") for code in (new_code(), "AAAAAAAAAA", "x" * 300, "%00", "가나다")]
    assert {answer.status_code for answer in answers} == {404}
    bodies = [client.get(f"/v?code={code}").get_data(as_text=True) for code in ("00000-00000", "not-a-code")]
    assert all("No letter has the code" in body for body in bodies)


def test_a_letter_that_waits_for_its_pdf_is_no_letter_yet(supervisor: Viewer, client: FlaskClient) -> None:
    waiting = issue(factories.case(), DISAPPROVAL.numbered(""), supervisor)
    db.session.commit()
    assert client.get(f"/v/{waiting.code}").status_code == 404


def test_what_is_for_the_file_alone_is_told_to_nobody(supervisor: Viewer, client: FlaskClient) -> None:
    record = printed(REVIEW_RECORD, supervisor)
    assert client.get(f"/v/{record.code}").status_code == 404


def test_who_guesses_codes_waits_and_learns_nothing_meanwhile(letter: Letter, client: FlaskClient) -> None:
    for _ in range(verification.MISSES):
        assert client.get(f"/v/{new_code()}").status_code == 404
    assert client.get(f"/v/{new_code()}").status_code == 429
    assert client.get(f"/v/{letter.code}").status_code == 429
    assert misses() == verification.MISSES, "over the bound nothing is written"
    other = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get(f"/v/{letter.code}", environ_overrides=other).status_code == 200
    db.session.execute(update(VerificationMiss).values(at=clock.now() - timedelta(hours=2)))
    db.session.commit()
    assert client.get(f"/v/{letter.code}").status_code == 200


def test_asking_about_genuine_letters_is_never_slowed_down(letter: Letter, client: FlaskClient) -> None:
    for _ in range(verification.MISSES + 5):
        assert client.get(f"/v/{letter.code}").status_code == 200
    assert misses() == 0


def test_of_ipv6_a_household_counts_as_one() -> None:
    near = {verification.neighbourhood(f"2001:db8:1:2:{tail}") for tail in ("0:0:0:1", "ffff:1:2:3")}
    assert near == {"2001:db8:1:2::"} and verification.neighbourhood("192.0.2.7") == "192.0.2.7"


def test_ipv4_addresses_written_as_ipv6_are_counted_apart() -> None:
    mapped = [verification.neighbourhood(f"::ffff:{address}") for address in ("192.0.2.7", "198.51.100.1")]
    assert mapped == ["192.0.2.7", "198.51.100.1"]


def test_misses_are_forgotten_after_a_day(app: Flask) -> None:
    for hours in (1, 30):
        db.session.add(VerificationMiss(address="192.0.2.7", at=clock.now() - timedelta(hours=hours)))
    db.session.flush()
    verification.forget_misses()
    assert misses() == 1


def test_the_page_speaks_korean(letter: Letter, client: FlaskClient) -> None:
    answer: Any = client.get(f"/v/{letter.code}", headers={"Accept-Language": "ko"})
    assert 'lang="ko"' in answer.get_data(as_text=True)
