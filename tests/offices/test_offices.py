"""Offices in the database: loading, constraints, scope, competence, settings, holidays."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kis.audit.models import AuditRecord
from kis.core.access import Grant, Permission, Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import NotFound
from kis.offices import queries, words
from kis.offices.models import Division, HolidayOverride, Jurisdiction, Office, ServiceCenter, ServiceWindow
from kis.offices.operations import OfficeSettings, change_settings, load_reference_data, override_holiday
from kis.offices.places import Province, by_province

SETTINGS = OfficeSettings(
    processing_days=90,
    supplement_days=20,
    address="서울 가상로 1",
    phone="02-000-0000",
    remedies_contact=None,
)


def office(code: str) -> Office:
    return queries.office_by_code(code)


def codes(offices: list[Office]) -> list[str]:
    return [found.code for found in offices]


@pytest.mark.parametrize(
    ("model", "rows"),
    [(Division, 8), (Office, 34), (ServiceCenter, 12), (ServiceWindow, 81), (Jurisdiction, 152)],
)
def test_all_reference_data_are_loaded(app: Flask, model: type[db.Model], rows: int) -> None:
    assert len(db.session.scalars(select(model)).unique().all()) == rows


def test_loading_twice_changes_nothing(app: Flask) -> None:
    assert not load_reference_data().any()


def test_loading_mends_what_was_changed_and_removes_what_is_no_longer_published(app: Flask) -> None:
    window = db.session.scalars(select(ServiceWindow).where(ServiceWindow.number == 683)).one()
    window.service = "something else"
    db.session.add(
        Jurisdiction(office=office("jeju"), province_ko="경기도", province_en="Gyeonggi", district_ko="하남시",
                     extent="included", source="names-2018", confidence="press")
    )  # fmt: skip
    db.session.flush()
    changes = load_reference_data()
    assert (changes.added, changes.changed, changes.removed) == (0, 1, 1)
    assert "Naturalization" in window.service


def test_loading_keeps_what_an_office_set_for_itself(app: Flask) -> None:
    change_settings(office("seoul"), SETTINGS)
    change_settings(office("yangju"), SETTINGS)
    db.session.flush()
    load_reference_data()
    for code in ("seoul", "yangju"):
        assert (office(code).processing_days, office(code).address) == (90, SETTINGS.address)
        assert office(code).contact_source is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "palace"},
        {"code": "Seoul"},
        {"code": "se oul"},
        {"parent_source": "somebody"},
        {"processing_days": 0},
        {"parent_id": 1, "parent_source": "an office has no parent"},
    ],
)
def test_the_database_refuses_an_impossible_office(app: Flask, wrong: dict[str, object]) -> None:
    values = {"code": "new", "name_en": "New Immigration Office", "kind": "office"} | wrong
    if "parent_id" in wrong:
        values["parent_id"] = office("seoul").id
    db.session.add(Office(**values))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_database_refuses_a_window_that_ends_before_it_begins(app: Flask) -> None:
    window = db.session.scalars(select(ServiceWindow).where(ServiceWindow.number == 752)).one()
    window.to_day = date(2021, 4, 30)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_an_office_signs_with_its_whole_name(app: Flask) -> None:
    assert office("seoul").head_title("ko") == "서울출입국·외국인청장"
    assert office("seoul-southern").head_title("ko") == "서울남부출입국·외국인사무소장"
    assert office("cheonan").head_title("ko") == "대전출입국·외국인사무소 천안출장소장"
    assert office("cheonan").full_name("en") == "Daejeon Immigration Office Cheonan Branch Office"


def test_a_jurisdiction_is_told_province_by_province(app: Flask) -> None:
    assert by_province(office("chuncheon").jurisdictions, "en")[1] == Province("Gyeonggi", ["Gapyeong-gun"])
    changwon = by_province(office("changwon").jurisdictions, "ko")
    assert changwon == [Province("경상남도", [], ["김해시", "밀양시", "양산시"])]


@pytest.mark.parametrize(
    ("language", "name"), [("en", "List of visit reservation windows"), ("ko", "방문예약 창구 목록")]
)
def test_sources_have_names_in_both_languages(language: str, name: str) -> None:
    names = words.source_names("windows directory-daegu", language)
    assert names.startswith(f"{name}; ")
    assert names.endswith("immigration.go.kr/immigration/2060")
    assert words.source_names(None, language) == ""


def test_an_unknown_code_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.office_by_code("atlantis")


def test_a_viewer_sees_the_offices_of_the_grant_only(app: Flask) -> None:
    officer = Viewer(1, "officer", (Grant(Role.OFFICER, frozenset({office("mokpo").id})),))
    auditor = Viewer(2, "auditor", (Grant(Role.AUDITOR, None),))
    assert codes(queries.offices_of(officer, Permission.CASE_REVIEW)) == ["mokpo"]
    assert codes(queries.offices_of(officer, Permission.CASE_DECIDE)) == []
    assert len(queries.offices_of(auditor, Permission.CASE_READ)) == 34


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("서울특별시 강서구 마곡서1로 48", ["seoul-southern"]),
        ("서울 종로구 종로 38", ["sejongno"]),
        ("48 Magokseo 1-ro, Gangseo-gu, Seoul", ["seoul-southern"]),
        ("부산광역시 강서구 공항진입로 1", ["busan"]),
        ("경기도 광주시 경안로 1", ["suwon"]),
        ("경기도 수원시 영통구 반달로 39", ["suwon"]),
        ("경기도 안양시 동안구 시민대로 1", ["ansan"]),
        ("경상남도 거제시 연초면 1", ["geoje", "changwon"]),
        ("경상남도 진주시 동진로 1", ["changwon"]),
        ("전라남도 목포시 백년대로 1", ["mokpo"]),
        ("광주광역시 서구 상무대로 1", ["gwangju"]),
        ("충청북도 옥천군 옥천읍 1", ["daejeon"]),
        ("강원특별자치도 고성군 간성읍 1", ["sokcho"]),
        ("경상남도 고성군 고성읍 1", ["changwon"]),
        ("강원특별자치도 철원군 갈말읍 1", []),
        ("경기도 의정부시 시민로 1", []),
        ("nowhere at all", []),
    ],
)
def test_the_competent_office_of_an_address_is_found_or_unknown(
    app: Flask, address: str, expected: list[str]
) -> None:
    assert codes(queries.by_competence(address)[0]) == expected


def test_a_change_of_settings_is_recorded_and_no_change_is_not(app: Flask) -> None:
    as_shipped = OfficeSettings(60, 14, None, None, None)
    for settings in (SETTINGS, SETTINGS, as_shipped):
        change_settings(office("yangju"), settings)
        db.session.commit()
    recorded = db.session.scalars(
        select(AuditRecord.after)
        .where(AuditRecord.action == "office.settings-changed")
        .order_by(AuditRecord.id)
    )
    assert recorded.all() == [vars(SETTINGS), vars(as_shipped)]


def test_an_address_entered_here_has_no_published_source(app: Flask) -> None:
    assert not office("seoul").has_own_contact
    change_settings(office("seoul"), SETTINGS)
    assert office("seoul").has_own_contact


def test_a_day_can_be_overridden_again(app: Flask) -> None:
    day = date(2026, 12, 31)
    override_holiday(day, True, "first", "notice 1")
    override_holiday(day, False, "second", "notice 2")
    assert queries.holiday_overrides() == {day: False}
    assert [entry.reason for entry in queries.overridden_days()] == ["second"]


def test_the_chain_names_who_loaded_the_reference_data(app: Flask) -> None:
    db.session.delete(db.session.scalars(select(ServiceWindow).limit(1)).one())
    db.session.flush()
    load_reference_data()
    db.session.commit()
    entry = db.session.scalars(select(AuditRecord).order_by(AuditRecord.id.desc()).limit(1)).one()
    assert (entry.action, entry.after) == (
        "offices.reference-loaded",
        {"added": 1, "changed": 0, "removed": 0},
    )
    assert db.session.scalars(select(HolidayOverride)).all() == []
