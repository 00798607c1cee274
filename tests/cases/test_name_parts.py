"""Names are found by any of their parts, and the parts are those of the present names."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from kis.cases.models import Applicant, Case
from kis.cases.name_parts import NamePart, never_built, rebuild, wrong_cases
from kis.cases.operations import change_applicant
from kis.cases.search_keys import asked_words, name_key, parts, search_key
from kis.core.extensions import db
from tests import factories


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("NGUYỄN Văn-Đạt", "nguyenvandat"),
        ("김 민수", "김민수"),
        ("김민수", "김민수"),
        ("Müller-Łukasz", "mullerlukasz"),
        ("ＫＩＭ", "kim"),
        ("O’Neil", "oneil"),
        ("İŞÇİ", "isci"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_key_has_no_case_marks_spaces_or_punctuation(text: str | None, key: str) -> None:
    assert search_key(text) == key


def test_each_letter_but_the_last_begins_a_part() -> None:
    assert parts(name_key("LI", "NA", "이수")) == {"lina": 1, "ina": 2, "na": 3, "이수": 6}


def test_the_words_of_a_search_come_longest_first_in_any_order_of_writing() -> None:
    assert asked_words("Kim, Minsu") == asked_words("minsu KIM") == ("minsu", "kim")


def kept(case: Case) -> dict[str, tuple[int, int]]:
    query = select(NamePart).where(NamePart.case_id == case.id)
    return {row.part: (row.office_id, row.place) for row in db.session.scalars(query)}


def named(**names: Any) -> Case:
    """A registered case of an applicant of that name."""
    facts = factories.dossier()
    facts["applicant"] |= {"family_name": None, "given_names": None, "local_name": None} | names
    return factories.case(facts=facts)


def test_registering_a_case_keeps_the_parts_of_its_names(app: Flask) -> None:
    case = named(family_name="XU", given_names="LI", local_name="민수")
    office = case.office_id
    assert kept(case) == {"xuli": (office, 1), "uli": (office, 2), "li": (office, 3), "민수": (office, 6)}
    assert list(wrong_cases()) == []


def test_correcting_a_name_replaces_its_parts(app: Flask) -> None:
    case = named(family_name="XU", given_names="LI")
    assert change_applicant(case, {"given_names": "HU"}, factories.viewer())
    assert set(kept(case)) == {"xuhu", "uhu", "hu"}
    assert change_applicant(case, {"family_name": None, "given_names": None}, factories.viewer())
    assert kept(case) == {}
    db.session.commit()
    assert list(wrong_cases()) == []


def test_the_parts_follow_a_case_to_another_office(app: Flask) -> None:
    case = named(family_name="MA", given_names="LI")
    case.office = factories.office("busan")
    db.session.commit()
    assert {office for office, _place in kept(case).values()} == {factories.office("busan").id}


def test_parts_that_are_out_of_step_are_found_and_made_anew(app: Flask) -> None:
    case, sound = named(family_name="XU", given_names="LI"), named(family_name="HU", given_names="MA")
    db.session.execute(update(Applicant).where(Applicant.id == case.applicant_id).values(given_names="NA"))
    db.session.commit()
    assert list(wrong_cases()) == [case.id]
    assert rebuild() == 2
    assert list(wrong_cases()) == []
    assert set(kept(case)) == {"xuna", "una", "na"}
    assert set(kept(sound)) == {"huma", "uma", "ma"}


def test_a_database_from_before_the_parts_is_known(app: Flask) -> None:
    assert not never_built()
    named(family_name="XU", given_names="LI")
    db.session.execute(delete(NamePart))
    assert never_built()
    rebuild()
    assert not never_built()


def test_a_name_of_one_letter_is_kept(app: Flask) -> None:
    assert set(kept(named(family_name="O"))) == {"o"}


def test_the_commands_find_what_is_out_of_step_and_mend_it(app: Flask) -> None:
    case = named(family_name="XU", given_names="LI")
    shell = app.test_cli_runner()
    assert shell.invoke(args=["search", "check"]).exit_code == 0
    db.session.execute(update(Applicant).where(Applicant.id == case.applicant_id).values(given_names="NA"))
    db.session.commit()
    assert f"case {case.id}" in shell.invoke(args=["search", "check"]).output
    assert shell.invoke(args=["search", "rebuild"]).exit_code == 0
    assert shell.invoke(args=["search", "check"]).exit_code == 0
