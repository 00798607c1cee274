"""Very many invented cases at once keep every promise that single ones keep."""

from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kis.accounts.models import Account, RoleGrant
from kis.accounts.sessions import viewer_of
from kis.audit import chain
from kis.audit.operations import record
from kis.cases.models import Case
from kis.cases.name_parts import wrong_cases
from kis.cases.operations import take
from kis.cases.queries import latest_revision
from kis.cases.queues import QUEUES
from kis.casework import staffing
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.desk.queues import Filters, queue_page
from kis.desk.scale import Scale, load
from kis.desk.scale.courses import SHARES
from kis.desk.scale.loading import Copies, code_of
from kis.desk.scale.names import STOCKS, name_of
from kis.documents.models import CaseDocument
from kis.letters.codes import read_code
from kis.letters.models import Letter
from kis.letters.pressroom import FinishedLetter, Pressroom
from kis.precheck.models import Run
from tests import factories

SMALL = Scale(cases=120, offices=3, officers=15, seed=1, pool=9)


@pytest.fixture
def loaded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A small load; its letter is no real one, for the press is slow to start."""
    monkeypatch.setattr(Pressroom, "make", lambda *_given: FinishedLetter(b"%PDF-1.7 invented", None))
    monkeypatch.setitem(app.config, "DEMO", True)
    load(SMALL)
    db.session.rollback()
    return app


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_load_is_whole(loaded: Flask) -> None:
    assert count(Case) == SMALL.cases
    assert count(CaseDocument) > SMALL.cases
    assert count(Run) >= SMALL.cases
    assert chain.verify().broken_at is None
    assert chain.verify().records > 3 * SMALL.cases
    assert list(wrong_cases()) == []
    states = set(db.session.scalars(select(Case.state).distinct()))
    assert states <= set(SHARES)
    assert {"received", "in_review", "closed"} <= states


def test_numbers_of_cases_and_letters_are_consecutive_in_each_office(loaded: Flask) -> None:
    for model in (Case, Letter):
        numbers = sorted(db.session.scalars(select(model.number)))
        registers: dict[str, list[int]] = {}
        for number in numbers:
            registers.setdefault(number[:-6], []).append(int(number[-6:]))
        assert all(found == list(range(1, len(found) + 1)) for found in registers.values())


def test_a_loaded_case_can_be_worked_on(loaded: Flask) -> None:
    case = db.session.scalars(select(Case).where(Case.state == "received")).first()
    assert case is not None
    officer = db.session.scalars(select(Account).where(Account.name == f"{case.office.code}.03")).one()
    viewer = viewer_of(officer)
    with transaction():
        take(db.session.get_one(Case, case.id), viewer)
    assert case.state == "in_review"
    assert queue_page("mine", viewer, Filters(), None, None).rows
    for name in QUEUES:
        queue_page(name, viewer, Filters(), None, None)
    assert chain.verify().broken_at is None


def test_a_second_load_goes_on_behind_the_first(loaded: Flask) -> None:
    load(Scale(cases=30, offices=3, officers=15, seed=2, pool=9))
    assert count(Case) == SMALL.cases + 30
    assert chain.verify().broken_at is None


def test_a_copy_has_one_birth_date_in_all_its_papers(loaded: Flask) -> None:
    cases = db.session.scalars(select(Case)).all()
    for case in cases:
        born, number = case.applicant.birth_date, case.applicant.registration_number
        facts = latest_revision(case).facts
        assert facts["applicant"]["birth_date"] == born.isoformat()
        centuries = "56" if born.year < 2000 else "78"
        assert number is None or (number.startswith(f"{born:%y%m%d}") and number[6] in centuries)
    assert len({case.applicant.birth_date for case in cases}) > SMALL.pool


def test_a_load_gives_cases_to_officers_of_their_office_where_one_allocates_at_intake(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pressroom, "make", lambda *_given: FinishedLetter(b"%PDF-1.7 invented", None))
    monkeypatch.setitem(app.config, "DEMO", True)
    boss, outside = factories.account(Role.SUPERVISOR), factories.account(Role.OFFICER)
    with transaction():
        staffing.set_way(factories.office(), "least_work", True, viewer_of(boss))
    load(SMALL)
    held = select(Case).where(Case.assignee_id.is_not(None))
    there = select(RoleGrant.id).where(
        RoleGrant.account_id == Case.assignee_id, RoleGrant.office_id == Case.office_id
    )
    assert db.session.scalars(held).first() is not None
    assert db.session.scalars(held.where(~there.exists())).all() == []
    assert db.session.scalars(held.where(Case.assignee_id == outside.id)).all() == []


def test_who_writes_during_a_load_ends_it_with_a_sentence(
    loaded: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written before is whole."""
    drawn = Copies.draw

    def disturbed(copies: Copies, count: int) -> Any:
        chunk = drawn(copies, count)
        with transaction():
            record("case.noted")
        return chunk

    monkeypatch.setattr(Copies, "draw", disturbed)
    with pytest.raises(Conflict, match="Somebody else writes"):
        load(Scale(cases=30, offices=3, officers=15, seed=2, pool=9))
    db.session.rollback()
    assert count(Case) == SMALL.cases
    assert chain.verify().broken_at is None


def test_production_takes_no_invented_cases(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", False)
    with pytest.raises(Conflict):
        load(SMALL)


@pytest.mark.parametrize("nationality", [*STOCKS, "ITA"])
def test_names_are_drawn_by_the_seed_alone(nationality: str) -> None:
    drawn = [[name_of(nationality, chance) for _ in range(50)] for chance in (Random(3), Random(3))]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) > 10
    assert all(name.key for name in drawn[0])


def test_no_two_of_very_many_letters_share_a_code() -> None:
    codes = {code_of(letter) for letter in range(1, 3_000_000, 30)}
    assert len(codes) == 100_000
    assert all(read_code(code) == code for code in sorted(codes)[:1000])
