"""A letter declared void keeps its number and file, and another takes its place."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from kis.cases.models import Case
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.letters import queries
from kis.letters.models import Letter, LetterDelivery, UndeliveredLetter
from kis.letters.operations import issue, reissue, void
from kis.letters.values import LetterValues
from tests import factories
from tests.letters.conftest import ReadBack, printed
from tests.letters.examples import DISAPPROVAL, PERMISSION, SUPPLEMENT

DRAFT = replace(DISAPPROVAL, number="")
GRANT = replace(PERMISSION, number="")


def issued(case: Case, viewer: Viewer, values: LetterValues = DRAFT) -> Letter:
    return printed(values, viewer, case)


def test_a_void_letter_keeps_number_file_and_hash(case: Case, supervisor: Viewer) -> None:
    letter = issued(case, supervisor)
    kept = (letter.number, letter.sha256, letter.size, letter.content)
    void(letter, "The address was wrong.", supervisor)
    db.session.commit()
    db.session.expire_all()
    assert (letter.number, letter.sha256, letter.size, letter.content) == kept
    assert not letter.in_force and letter.void and letter.void.reason == "The address was wrong."
    assert not queries.letter_is_ready(case), "a void letter closes no case"
    assert db.session.get(UndeliveredLetter, letter.id) is None, "nobody need deliver it"


def test_nobody_waits_for_the_file_of_a_void_letter(case: Case, supervisor: Viewer) -> None:
    letter = issue(case, DRAFT, supervisor)
    db.session.commit()
    assert [row[0].id for row in queries.pending_letters(supervisor)] == [letter.id]
    void(letter, "A misprint.", supervisor)
    assert queries.pending_letters(supervisor) == []


def test_the_next_letter_of_the_purpose_stands_in_its_place(case: Case, supervisor: Viewer) -> None:
    first = issued(case, supervisor)
    void(first, "Decided anew.", supervisor)
    second = issued(case, supervisor, GRANT)
    assert second.replaces is first and first.replaced_by is second
    third = reissue(second, GRANT, "A misprint.", supervisor)
    db.session.commit()
    assert [third.replaces_id, second.replaces_id, first.replaces_id] == [second.id, first.id, None]
    assert third.number == "seoul-southern-2026-P-000002", "a number is never given twice"


def test_a_letter_of_which_several_stand_side_by_side_replaces_nothing_by_itself(
    case: Case, supervisor: Viewer
) -> None:
    first = issued(case, supervisor, replace(SUPPLEMENT, number=""))
    void(first, "The address was wrong.", supervisor)
    assert issued(case, supervisor, replace(SUPPLEMENT, number="")).replaces_id is None
    anew = reissue(first, replace(SUPPLEMENT, number=""), "", supervisor)
    assert anew.replaces is first
    with pytest.raises(Conflict, match="in its place already"):
        reissue(first, replace(SUPPLEMENT, number=""), "", supervisor)


def test_a_letter_names_in_both_languages_which_one_it_replaces(
    case: Case, supervisor: Viewer, read_back: ReadBack
) -> None:
    first = issued(case, supervisor)
    printed = read_back(reissue(first, DRAFT, "A misprint.", supervisor).values)
    assert f"종전의 {first.number} 문서를 대신하여" in printed
    assert f"in the place of letter {first.number}, which is void" in printed
    assert "대신하여" not in read_back(first.values)


def test_a_letter_beside_one_in_force_replaces_nothing(case: Case, supervisor: Viewer) -> None:
    issued(case, supervisor)
    assert issued(case, supervisor).replaces_id is None


def test_a_letter_is_void_once_and_with_a_reason(case: Case, supervisor: Viewer) -> None:
    letter = issued(case, supervisor)
    with pytest.raises(Invalid):
        void(letter, "  ", supervisor)
    void(letter, "Twice.", supervisor)
    with pytest.raises(Conflict, match="void already"):
        void(letter, "Twice.", supervisor)
    db.session.commit()
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text("UPDATE letter_void SET reason = 'other'"))
    db.session.rollback()


def test_only_those_who_may_issue_it_declare_a_letter_void(case: Case, supervisor: Viewer) -> None:
    letter = issued(case, supervisor)
    for role in (Role.OFFICER, Role.RECEPTION):
        with pytest.raises(Forbidden):
            void(letter, "No.", factories.viewer(role))
    with pytest.raises(Forbidden):
        void(letter, "No.", factories.viewer(Role.SUPERVISOR, at="busan"))


def test_a_decision_has_left_when_a_delivery_of_its_letter_in_force_is_recorded(
    case: Case, supervisor: Viewer
) -> None:
    letter = issued(case, supervisor)
    assert not queries.has_left(case)
    db.session.add(LetterDelivery(
        letter_id=letter.id, step="posted", means="post", day=date(2026, 11, 21), reference="11012-3456-7890",
        noted_by_id=supervisor.account_id,
    ))  # fmt: skip
    db.session.commit()
    assert queries.has_left(case)
    void(letter, "Set aside.", supervisor)
    assert not queries.has_left(case)
    assert db.session.scalars(select(Letter.id)).all() == [letter.id]
