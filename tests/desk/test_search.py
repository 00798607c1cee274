"""The search: what finds a case, what never shows, and what an address gives away."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from kis.audit.models import AccessRecord
from kis.cases.lists import PAGE
from kis.cases.models import Case
from kis.cases.search import Criteria, search
from kis.core import clock
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Invalid
from kis.desk.search_forms import indexed, read_box
from tests import factories


def named(
    family_name: str | None, given_names: str | None, local_name: str | None = None, **more: Any
) -> Case:
    """A registered case of an applicant of that name."""
    facts = factories.dossier()
    names = {"family_name": family_name, "given_names": given_names, "local_name": local_name}
    facts["applicant"] |= names | more
    return factories.case(facts=facts)


def numbers(criteria: Criteria, viewer: Viewer) -> list[str]:
    return [row.number for row in search(criteria, viewer).rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("LI", ["LI", "ALIYEV"]),
        ("xu", ["XU"]),
        ("Hu", ["HUYNH", "XU", "LI"]),
        ("MA", ["MA", "HUYNH"]),
        ("민수", ["MA"]),
        ("이수", ["LI"]),
        ("이 수", ["LI"]),
        ("Trâm", ["HUYNH"]),
        ("tram huynh", ["HUYNH"]),
        ("HUYNHNGOCTRAMANH", ["HUYNH"]),
        ("nobody", []),
    ],
)
def test_a_name_is_found_by_any_part_of_two_letters_or_more(app: Flask, asked: str, found: list[str]) -> None:
    for family, given, local in (
        ("LI", "HUA", "이수"),
        ("XU", "CHUN", None),
        ("MA", "JUN", "김민수"),
        ("HUYNH", "NGỌC TRÂM ANH", None),
        ("ALIYEV", "RUSTAM B", None),
    ):
        named(family, given, local)
    rows = search(Criteria(name=asked), factories.viewer()).rows
    assert sorted(row.family_name for row in rows) == sorted(found)


def test_a_name_that_holds_the_part_twice_is_found_once(app: Flask) -> None:
    case = named("LI", "LILI")
    assert numbers(Criteria(name="li"), factories.viewer()) == [case.number]


def test_a_long_word_is_found_where_the_name_begins_so_twice(app: Flask) -> None:
    case = named("BARTHOLOMEUSZ", "ANN", local_name="Bartholomeusson")
    for word in ("bartholomeusz", "bartholomeuss"):
        assert numbers(Criteria(name=word), factories.viewer()) == [case.number], word


def test_identity_numbers_are_found_whole_and_never_in_part(app: Flask) -> None:
    case = named("XU", "LI", alien_registration_number="850101-5123456", passport_number="M12345678")
    viewer = factories.viewer()
    assert numbers(read_box("8501015123456"), viewer) == [case.number]
    assert numbers(read_box("m1234 5678"), viewer) == [case.number]
    assert numbers(read_box("M1234567"), viewer) == []


def test_a_receipt_number_is_found_whole_or_by_its_end(app: Flask) -> None:
    case = named("XU", "LI")
    viewer, sequence = factories.viewer(), case.number[-6:]
    short = case.number[:-6] + sequence.lstrip("0")
    for written in (
        case.number,
        case.number.upper(),
        short,
        sequence,
        sequence.lstrip("0"),
        case.number[-11:],
    ):
        assert numbers(read_box(written), viewer) == [case.number], written
        assert numbers(Criteria(receipt=written), viewer) == [case.number], written
    assert numbers(read_box(f"1999-{sequence}"), viewer) == []


@pytest.mark.parametrize(
    ("text", "criteria"),
    [
        ("1990. 1. 2.", Criteria(birth_date=date(1990, 1, 2))),
        ("1990-01-02", Criteria(birth_date=date(1990, 1, 2))),
        ("19900102", Criteria(birth_date=date(1990, 1, 2))),
        ("Kim  Minsu", Criteria(name="Kim Minsu")),
        ("김민수", Criteria(name="김민수")),
        ("123", Criteria(receipt="123")),
        ("Seoul-Southern-2026-000007", Criteria(receipt="seoul-southern-2026-000007")),
    ],
)
def test_the_box_knows_what_it_is_given(app: Flask, text: str, criteria: Criteria) -> None:
    assert read_box(text) == criteria


@pytest.mark.parametrize("text", ["19901302", "20990102", "15900102"])
def test_eight_digits_that_nobody_was_born_on_are_a_passport_number(app: Flask, text: str) -> None:
    assert read_box(text) == Criteria(passport_index=indexed("passport_number", text))


def test_six_digits_are_a_birth_date_where_no_receipt_number_ends_in_them(app: Flask, sign_in: Any) -> None:
    facts = factories.dossier()
    facts["applicant"]["birth_date"] = "1990-01-02"
    case = factories.case(facts=facts)
    browser = sign_in(factories.account())
    page = browser.post("/search", data={"q": "900102"}, follow_redirects=True).text
    assert case.number in page
    assert "read as a date of birth" in page
    found = browser.post("/search", data={"q": case.number[-6:]})
    assert found.headers["Location"].endswith(f"/cases/{case.number}")


@pytest.mark.parametrize("text", ["", "K", "이", "1990-02-31", "12345678901234567890", "A" * 300])
def test_the_box_says_what_it_cannot_look_up(app: Flask, text: str) -> None:
    with pytest.raises(Invalid):
        read_box(text)


@pytest.mark.parametrize(
    ("criteria", "fits"),
    [
        ({"birth_date": date(1985, 1, 1)}, True),
        ({"birth_date": date(1985, 1, 2)}, False),
        ({"nationality": "VNM"}, True),
        ({"nationality": "CHN"}, False),
        ({"category": "F-5-2"}, False),
        ({"state": "received"}, True),
        ({"state": "closed"}, False),
        ({"received_to": date(2000, 1, 1)}, False),
        ({"received_from": date(2000, 1, 1)}, True),
    ],
)
def test_each_field_narrows_a_search_by_name_and_one_without(
    app: Flask, criteria: dict[str, Any], fits: bool
) -> None:
    case = named("MA", "LI", "이수", birth_date="1985-01-01", nationality="VNM")
    viewer = factories.viewer()
    for name in ("", "MA", "이수", "li ma"):
        assert numbers(Criteria(name=name, **criteria), viewer) == ([case.number] if fits else [])


def test_a_search_never_shows_another_office(app: Flask) -> None:
    mine = named("MA", "LI", alien_registration_number="850101-5123456")
    facts = factories.dossier()
    facts["applicant"] |= {
        "family_name": "MA",
        "given_names": "LI",
        "alien_registration_number": "850101-5123456",
    }
    theirs = factories.case(at="busan", facts=facts)
    viewer, auditor = factories.viewer(at="seoul-southern"), factories.viewer(Role.AUDITOR)
    nobody = factories.viewer(Role.ADMINISTRATOR)
    for asked in (
        Criteria(name="MA"),
        Criteria(registration_index=indexed("registration_number", "850101-5123456")),
        Criteria(birth_date=mine.applicant.birth_date),
        Criteria(receipt=str(int(mine.number[-6:]))),
        Criteria(category=mine.category),
    ):
        assert numbers(asked, viewer) == [mine.number]
        assert sorted(numbers(asked, auditor)) == sorted([mine.number, theirs.number])
        assert numbers(asked, nobody) == []
    assert numbers(Criteria(receipt=theirs.number), viewer) == []


@pytest.mark.parametrize("criteria", [Criteria(name="an"), Criteria(category="F-5-1")])
def test_pages_of_results_follow_each_other_without_gap_or_repetition(app: Flask, criteria: Criteria) -> None:
    cases = [many(number) for number in range(PAGE + 7)]
    viewer = factories.viewer()
    first = search(criteria, viewer)
    second = search(criteria, viewer, after=first.older)
    seen = [row.number for row in (*first.rows, *second.rows)]
    assert sorted(seen) == sorted(case.number for case in cases)
    assert (len(first.rows), len(second.rows), second.older) == (PAGE, 7, None)
    back = search(criteria, viewer, before=second.newer)
    assert (back.rows, back.newer) == (first.rows, None)


def many(number: int) -> Case:
    facts = factories.dossier()
    facts["applicant"] |= {"family_name": "ANAN", "given_names": "AB" * (number % 3)}
    facts["application"]["received_on"] = (date(2025, 5, 12) - timedelta(days=number % 5)).isoformat()
    return factories.case(facts=facts)


def test_an_address_shows_neither_name_nor_number_and_opens_for_nobody_else(app: Flask, sign_in: Any) -> None:
    named("MA", "LI", "이수")
    named("MA", "JUN")
    browser = sign_in(factories.account())
    answer = browser.post("/search", data={"q": "MA"})
    address = answer.headers["Location"]
    assert answer.status_code == 303
    assert address.startswith("/search/")
    page = browser.get(address).get_data(as_text=True)
    assert "MA LI" in page
    assert "이수" in page
    for strange in (address[:-4], f"{address}AAAA", "/search/x", "/search/" + "A" * 60):
        assert browser.get(strange).status_code == 404
    assert sign_in(factories.account()).get(address).status_code == 404


def test_a_number_of_its_own_leads_straight_to_the_case(app: Flask, sign_in: Any) -> None:
    case = named("MA", "LI", alien_registration_number="850101-5123456")
    browser = sign_in(factories.account())
    for written in (case.number, case.number[-6:], "850101-5123456"):
        assert browser.post("/search", data={"q": written}).headers["Location"] == f"/cases/{case.number}"


def test_the_form_keeps_what_was_asked_but_no_identity_number(app: Flask, sign_in: Any) -> None:
    named("MA", "LI", passport_number="M12345678")
    browser = sign_in(factories.account())
    answer = browser.post("/search", data={"name": "MA", "passport_number": "M12345678"})
    page = browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert "MA LI" in page
    assert 'value="MA"' in page
    assert "M12345678" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "K"},
        {"name": "K" * 201},
        {"birth_date": "2025-02-30"},
        {"name": "KIM", "received_from": "2026-12-01", "received_to": "2026-01-01"},
        {"registration_number": "12"},
        {"state": "lost"},
    ],
)
def test_the_form_says_what_it_cannot_look_up(app: Flask, sign_in: Any, fields: dict[str, str]) -> None:
    assert sign_in(factories.account()).post("/search", data=fields).status_code == 422


def test_a_search_that_cannot_be_looked_up_stays_in_the_form(app: Flask, sign_in: Any) -> None:
    fields = {"name": "K", "nationality": "VNM", "received_from": "2025-01-02"}
    page = sign_in(factories.account()).post("/search", data=fields).text
    assert 'value="2025-01-02"' in page and '<option selected value="VNM">' in page


def test_a_two_syllable_name_is_found_with_the_space_in_it(app: Flask, sign_in: Any) -> None:
    named("KIM", "HYUN", "김 현")
    answer = sign_in(factories.account()).post("/search", data={"q": "김 현"}, follow_redirects=True)
    assert answer.status_code == 200 and "KIM HYUN" in answer.text


def test_a_search_is_in_the_access_log_without_what_was_looked_for(app: Flask, sign_in: Any) -> None:
    browser = sign_in(factories.account())
    answer = browser.post("/search", data={"name": "MARIGOLD", "birth_date": "1985-01-01"})
    browser.get(answer.headers["Location"])
    last = db.session.scalars(db.select(AccessRecord).order_by(AccessRecord.id.desc())).first()
    assert last is not None
    assert last.task == "search:name+birth"


def test_of_a_search_by_everything_the_access_log_names_what_was_known_of_the_person(
    app: Flask, sign_in: Any
) -> None:
    browser = sign_in(factories.account())
    person = {"name": "MA", "birth_date": "1985-01-01", "nationality": "CHN"}
    numbers_of_it = {"registration_number": "850101-5123456", "passport_number": "M1234567"}
    of_the_case = {"receipt": "1", "category": "F-5-1", "state": "received", "received_from": "2026-01-02"}
    answer = browser.post("/search", data=person | numbers_of_it | of_the_case)
    assert browser.get(answer.headers["Location"]).status_code == 200
    last = db.session.scalars(db.select(AccessRecord).order_by(AccessRecord.id.desc())).first()
    assert last is not None
    assert last.task == "search:registration+passport+receipt+name+birth+nationality"


def test_an_address_holds_the_longest_search_and_its_reason(app: Flask, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.HEADQUARTERS))
    answer = browser.post("/search", data={"name": "가" * 200, "reason": "나" * 500})
    # What gunicorn takes of a request's first line, with room for the place of a later page.
    assert len(answer.headers["Location"]) < 3_500


def test_headquarters_says_why_it_looks_for_a_person(app: Flask, sign_in: Any) -> None:
    case = named("MA", "LI")
    browser = sign_in(factories.account(Role.HEADQUARTERS))
    assert browser.post("/search", data={"q": "MA"}).status_code == 422
    assert browser.post("/search", data={"name": "MA", "reason": "no"}).status_code == 422
    answer = browser.post("/search", data={"name": "MA", "reason": "Petition 2026-17"})
    page = browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert case.number in page
    last = db.session.scalars(db.select(AccessRecord).order_by(AccessRecord.id.desc())).first()
    assert last is not None
    assert last.reason == "Petition 2026-17"
    assert browser.post("/search", data={"q": case.number}).status_code == 303


def test_an_account_that_searches_like_a_program_has_to_wait_and_that_is_on_record(
    app: Flask, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MOST_SEARCHES", 3)
    case, officer = named("MARIGOLD", "LI"), factories.account()
    browser = sign_in(officer)
    address = browser.post("/search", data={"q": "MARIGOLD"}).headers["Location"]
    assert [browser.get(address).status_code for _each in range(5)] == [200, 200, 200, 429, 429]
    direct = browser.post("/search", data={"q": case.number})
    assert browser.get(direct.headers["Location"]).status_code == 429
    refused = db.select(AccessRecord).where(AccessRecord.task == "search-refused")
    assert [row.account_id for row in db.session.scalars(refused)] == [officer.id]
    assert (
        sign_in(factories.account()).post("/search", data={"q": case.number}).location.endswith(case.number)
    )
    clock.PRESENT.set(clock.now() + timedelta(minutes=16))
    try:
        assert browser.get(address).status_code == 200
    finally:
        clock.PRESENT.set(None)


def test_a_number_that_leads_straight_to_a_case_is_a_search_on_record_too(app: Flask, sign_in: Any) -> None:
    case = named("MARIGOLD", "LI")
    sign_in(factories.account()).post("/search", data={"q": case.number})
    tasks = db.session.scalars(db.select(AccessRecord.task)).all()
    assert tasks == ["search:receipt"]
