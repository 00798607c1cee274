"""flask intake import: one transaction per file, every error with its place."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Role
from kis.core.extensions import db
from tests import factories


@pytest.fixture
def run(app: Flask) -> Any:
    """run(*arguments) -> the command's result, as a clerk of Seoul Southern."""
    clerk = factories.account(Role.RECEPTION, "clerk")

    def invoked(*arguments: str | Path, office: str = "seoul-southern", name: str = clerk.name) -> Result:
        words = ["intake", "import", *map(str, arguments), "--office", office, "--as", name]
        return app.test_cli_runner().invoke(args=words)

    return invoked


def written(folder: Path, name: str, dossier: Any) -> Path:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(dossier))
    return path


def cases() -> int:
    return db.session.scalar(select(func.count(Case.id))) or 0


def test_each_file_gets_its_receipt_number(run: Any, tmp_path: Path) -> None:
    files = [
        written(tmp_path, name, factories.dossier(name)) for name in ("f51-meets-all", "f51-d8-turnover")
    ]
    answer = run(*files, "--accept-duplicates")
    assert answer.exit_code == 0, answer.output
    year = clock.today().year
    assert [f"seoul-southern-{year}-{number:06d}" in answer.output for number in (1, 2)] == [True, True]
    assert cases() == 2
    actors = db.session.scalars(
        select(AuditRecord.account_name).where(AuditRecord.action == "intake.registered")
    )
    assert set(actors) == {"clerk"}


def test_a_bad_file_is_named_with_its_errors_and_stops_no_other(run: Any, tmp_path: Path) -> None:
    bad = factories.dossier()
    bad["stays"][0]["from"] = "2025-02-30"
    torn = tmp_path / "torn.json"
    torn.write_text('{"schema":')
    huge = tmp_path / "huge.json"
    huge.write_bytes(b" " * (20 * 1024 * 1024))
    good = written(tmp_path, "good", factories.dossier())
    answer = run(written(tmp_path, "bad", bad), torn, huge, good)
    assert answer.exit_code == 1
    assert "bad.json: stays[0].from: " in answer.output
    assert "torn.json: It is not JSON: line 1, column 11" in answer.output
    assert "huge.json: The file is larger than 2 MB" in answer.output
    assert "good.json: seoul-southern-" in answer.output
    assert cases() == 1


def test_a_likely_duplicate_needs_to_be_accepted(run: Any, tmp_path: Path) -> None:
    file = written(tmp_path, "one", factories.dossier())
    assert run(file).exit_code == 0
    again = run(file)
    assert again.exit_code == 1
    assert "Likely duplicate: seoul-southern-" in again.output
    assert cases() == 1
    accepted = run(file, "--accept-duplicates")
    assert accepted.exit_code == 0
    assert "Likely duplicate" in accepted.output
    assert cases() == 2


def test_a_duplicate_at_another_office_is_told_without_its_number(run: Any, tmp_path: Path) -> None:
    there = factories.case(at="busan")
    answer = run(written(tmp_path, "one", factories.dossier()))
    assert answer.exit_code == 1
    assert there.number not in answer.output
    assert "a case of another office" in answer.output


def test_the_office_of_the_command_wins_over_the_files(run: Any, tmp_path: Path) -> None:
    answer = run(written(tmp_path, "one", factories.dossier(office="busan")))
    assert answer.exit_code == 0
    assert "The file names the office “busan”" in answer.output


@pytest.mark.parametrize(
    ("office", "name", "reason"),
    [
        ("busan", "clerk", "may not register"),
        ("nowhere", "clerk", "no office"),
        ("seoul-southern", "nobody", "no active account"),
    ],
)
def test_only_an_account_of_the_office_registers(
    run: Any, tmp_path: Path, office: str, name: str, reason: str
) -> None:
    answer = run(written(tmp_path, "one", factories.dossier()), office=office, name=name)
    assert answer.exit_code == 2
    assert reason in answer.output
    assert cases() == 0
