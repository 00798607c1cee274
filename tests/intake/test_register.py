"""Registering a dossier: whole or not at all."""

import json
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kis.audit.models import AuditRecord
from kis.cases.models import Applicant, Case
from kis.cases.queries import latest_revision
from kis.core import clock
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.refusals import Forbidden
from kis.documents.queries import marks_of
from kis.intake.examination import examine, examine_file
from kis.intake.operations import RefusedDossier, register
from kis.intake.queries import duplicates_of, notices_in, registration_of, warnings_in
from kis.precheck.models import Run
from tests import factories
from tests.factories import PROCEDURE


def registered(dossier: dict[str, Any] | None = None, **options: Any) -> Case:
    clerk = factories.viewer(Role.RECEPTION)
    return register(dossier or factories.dossier(), PROCEDURE, factories.office(), clerk, **options)


def changed(place: str, value: Any) -> dict[str, Any]:
    """The dossier of a vector with one place changed: "stays.0.from"."""
    dossier = deepcopy(factories.dossier())
    *way, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    inner: Any = dossier
    for step in way:
        inner = inner[step]
    inner[last] = value
    return dossier


def problems(dossier: Any) -> list[tuple[str, str]]:
    found = examine(dossier, PROCEDURE, factories.office())
    return [(problem.place, problem.reason) for problem in found.problems]


def test_a_registered_dossier_has_its_case_checklist_and_first_precheck(app: Flask) -> None:
    case = registered()
    assert case.number == f"seoul-southern-{clock.today().year}-000001"
    assert case.state == "received"
    assert latest_revision(case).facts["income"] == factories.dossier()["income"]
    assert {mark["code"] for mark in marks_of(case)} >= {"common-01", "degree"}
    run = db.session.scalars(select(Run).where(Run.case_id == case.id)).one()
    assert run.trigger == "intake"
    assert case.precheck_outcome == run.overall


def test_review_marks_of_a_dossier_are_never_taken_over(app: Flask) -> None:
    case = registered()
    assert not any(mark.get("reviewed") for mark in marks_of(case))
    assert "reviewed" in [notice.key for notice in notices_in(registration_of(case))]


def test_the_office_given_wins_over_the_files_with_a_notice(app: Flask) -> None:
    case = registered(factories.dossier(office="busan"))
    assert case.office.code == "seoul-southern"
    assert latest_revision(case).facts["application"]["office"] == "seoul-southern"
    sentences = [notice.sentence for notice in notices_in(registration_of(case))]
    assert any("“busan”" in sentence and "seoul-southern" in sentence for sentence in sentences)


def test_contradictions_are_kept_as_warnings_of_a_draft(app: Flask) -> None:
    case = registered(changed("stays.1.to", "2019-01-01"))
    assert [place for place, _ in warnings_in(registration_of(case))] == ["stays[1].to"]


def test_names_are_composed_and_trimmed_and_an_empty_text_is_not_established(app: Flask) -> None:
    dossier = changed("applicant.given_names", "  Thi\u0302 Lan ")
    dossier["applicant"]["email"] = " "
    case = registered(dossier)
    assert case.applicant.given_names == "Th\u00ee Lan"
    assert case.applicant.email is None


REFUSED = [
    (("application.received_on", "2025-02-30"), "application.received_on", "2025-02-30"),
    (("application.received_on", "2999-01-01"), "application.received_on", "future"),
    (("application.category", "A-9-9"), "application.category", "no such category"),
    (("income.0.amount", 10**30), "income[0].amount", "outside"),
    (("income.0.amount", "1"), "income[0].amount", "whole number"),
    (("income.0.year", 99_999), "income[0].year", "1900"),
    (("applicant.family_name", "NGU\x00YEN"), "applicant.family_name", "U+0000"),
    (("applicant.family_name", "NGU\ud800YEN"), "applicant.family_name", "U+D800"),
    (("applicant.family_name", "NGU\u202eYEN"), "applicant.family_name", "U+202E"),
    (("applicant.family_name", "N" * 10_240), "applicant.family_name", "10,240"),
    (("applicant.alien_registration_number", "9" * 30), "applicant.alien_registration_number", "13 digits"),
    (
        ("applicant.alien_registration_number", "990230-5000001"),
        "applicant.alien_registration_number",
        "birth date",
    ),
    (
        ("applicant.alien_registration_number", "990101-1000001"),
        "applicant.alien_registration_number",
        "birth date",
    ),
    (("stays.0.status", ""), "stays[0].status", "missing"),
    (("documents.0.code", "x" * 61), "documents[0].code", "61"),
]


@pytest.mark.parametrize(("change", "place", "reason"), REFUSED)
def test_what_cannot_be_kept_is_refused_with_its_place_and_nothing_is_stored(
    app: Flask, change: tuple[str, Any], place: str, reason: str
) -> None:
    dossier = changed(*change)
    with pytest.raises(RefusedDossier) as refusal:
        registered(dossier)
    db.session.rollback()
    assert [problem.place for problem in refusal.value.problems] == [place]
    assert reason in refusal.value.problems[0].reason
    assert db.session.scalar(select(func.count(Applicant.id))) == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"schema": ', "line 1, column 12"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[" * 200_000, "nested"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too long"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b" " * (20 * 1024 * 1024), "larger than 2 MB"),
        (b"[]", "an object"),
        (b"null", "an object"),
    ],
)
def test_what_is_no_dossier_is_refused_with_the_reason(app: Flask, content: bytes, reason: str) -> None:
    found = examine_file(content, PROCEDURE, factories.office())
    assert reason in found.problems[0].reason


def test_a_file_keeps_the_names_that_json_escapes(app: Flask) -> None:
    content = json.dumps(changed("applicant.local_name", "응우옌")).encode("ascii")
    assert examine_file(content, PROCEDURE, factories.office()).dossier["applicant"]["local_name"] == "응우옌"


def test_a_check_digit_that_does_not_fit_only_warns(app: Flask) -> None:
    dossier = changed("applicant.alien_registration_number", "880714-6000001")
    found = examine(dossier, PROCEDURE, factories.office())
    assert not found.problems
    assert "check_digit" in [notice.key for notice in found.notices]


def test_the_same_key_registers_once(app: Flask) -> None:
    clerk = factories.viewer(Role.RECEPTION)
    cases = [register(factories.dossier(), PROCEDURE, factories.office(), clerk, key="k") for _ in range(2)]
    assert cases[0].number == cases[1].number
    assert db.session.scalar(select(func.count(Case.id))) == 1


def test_reception_of_another_office_is_refused(app: Flask) -> None:
    clerk = factories.viewer(Role.RECEPTION, at="busan")
    with pytest.raises(Forbidden):
        register(factories.dossier(), PROCEDURE, factories.office(), clerk)
    db.session.rollback()
    assert db.session.scalar(select(func.count(Case.id))) == 0


def test_a_likely_duplicate_is_found_in_every_office_and_readable_only_in_ones_own(app: Flask) -> None:
    factories.case(at="busan")
    factories.case()
    clerk = factories.viewer(Role.RECEPTION)
    found = duplicates_of(factories.dossier(), clerk)
    assert {(twin.case.office.code, twin.readable) for twin in found} == {
        ("busan", False),
        ("seoul-southern", True),
    }


def test_a_person_without_a_latin_name_is_found_again_by_the_name_in_the_own_script(app: Flask) -> None:
    given = factories.dossier()
    kept = {"birth_date", "nationality"}
    given["applicant"] = {name: given["applicant"][name] for name in kept} | {"local_name": "응우옌"}
    factories.case(facts=given)
    clerk = factories.viewer(Role.RECEPTION)
    assert len(duplicates_of(given, clerk)) == 1
    given["applicant"]["local_name"] = "쩐"
    assert duplicates_of(given, clerk) == []


def test_numbers_do_not_stand_in_the_audit_record(app: Flask) -> None:
    registered(changed("applicant.alien_registration_number", "880714-6000001"))
    db.session.commit()
    records = db.session.scalars(select(AuditRecord)).all()
    assert not any("6000001" in json.dumps([record.before, record.after]) for record in records)
