"""flask precheck: dossiers in, one answer a line, without a database."""

import json
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kis.precheck.dossiers import MAX_BYTES
from tests import factories

ROOT = Path(__file__).parents[2]
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine right after set-up: nothing made yet, and no database answers."""
    return os.environ | {
        "KIS_VAR": str(tmp_path_factory.mktemp("empty")),
        "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/missing",
    }


def flask_precheck(
    environment: dict[str, str], *arguments: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "flask", "precheck", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, input=given, capture_output=True, timeout=120)


def answers(done: subprocess.CompletedProcess[bytes]) -> list[Answer]:
    return [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]


def one_line(dossier: Any) -> bytes:
    return json.dumps(dossier).encode() + b"\n"


def written(folder: Path, **contents: Any) -> list[str]:
    """The contents as files of these names, dossiers as JSON, bytes as they are."""
    for name, content in contents.items():
        (folder / f"{name}.json").write_bytes(content if isinstance(content, bytes) else one_line(content))
    return [str(folder / f"{name}.json") for name in contents]


def without(*path: str) -> Answer:
    """A good dossier that lacks the field at the path."""
    dossier = factories.dossier()
    holder = dossier
    for name in path[:-1]:
        holder = holder[name]
    del holder[path[-1]]
    return dossier


@pytest.fixture(scope="module")
def vectors() -> dict[str, Answer]:
    found = {path.stem: json.loads(path.read_text()) for path in sorted(factories.VECTORS.glob("*.json"))}
    assert found, "no vectors"
    return found


@pytest.fixture(scope="module")
def answered(
    vectors: dict[str, Answer], bare: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> list[Answer]:
    """What the command says to all vectors, given as files in one go."""
    folder = tmp_path_factory.mktemp("dossiers")
    paths = [folder / f"{name}.json" for name in vectors]
    for path in paths:
        path.write_text(json.dumps(vectors[path.stem]["dossier"]))
    done = flask_precheck(bare, *map(str, paths))
    assert (done.returncode, done.stderr) == (0, b"")
    return answers(done)


def test_every_vector_gets_its_expected_outcomes_in_order(
    vectors: dict[str, Answer], answered: list[Answer]
) -> None:
    assert [answer["reference"] for answer in answered] == [
        v["dossier"]["reference"] for v in vectors.values()
    ]
    wrong = [
        (name, found["overall"], found["areas"])
        for (name, vector), found in zip(vectors.items(), answered, strict=True)
        if not agrees(vector["expect"], found)
    ]
    assert not wrong


def agrees(expected: Answer, found: Answer) -> bool:
    """Whether the answer has every outcome that the vector names."""
    outcomes = {criterion["id"]: criterion["outcome"] for criterion in found["criteria"]}
    return (
        expected.get("areas", {}).items() <= found["areas"].items()
        and expected.get("criteria", {}).items() <= outcomes.items()
        and expected.get("overall", found["overall"]) == found["overall"]
    )


def test_an_answer_carries_findings_with_basis_inputs_and_figures(answered: list[Answer]) -> None:
    found = next(answer for answer in answered if answer["reference"] == "income-exactly-twice-gni")
    assert (found["category"], found["edition"], found["as_of"]) == ("F-5-1", "2025-05", "2025-05-12")
    income = next(criterion for criterion in found["criteria"] if criterion["id"] == "livelihood.income")
    assert income["area"] == "livelihood"
    assert "99,910,000 won" in income["finding"]
    assert income["basis"]["guide"]
    assert "income[0].amount" in income["inputs"]
    assert {"gni_per_capita"} <= {figure["figure"] for figure in found["figures"]}


def test_standard_input_holds_one_dossier_a_line(bare: dict[str, str], vectors: dict[str, Answer]) -> None:
    given = b"".join(one_line(vector["dossier"]) for vector in vectors.values())
    done = flask_precheck(bare, "-", given=given)
    assert done.returncode == 0
    assert [a["reference"] for a in answers(done)] == [v["dossier"]["reference"] for v in vectors.values()]


def test_reviewed_marks_count_as_the_dossier_has_them(answered: list[Answer]) -> None:
    by_name = {answer["reference"]: answer for answer in answered}
    assert by_name["f51-meets-all"]["areas"]["documents"] == "met"
    assert by_name["documents-not-reviewed"]["areas"]["documents"] == "unknown"


def test_it_goes_on_after_a_bad_file_and_says_so_at_the_end(bare: dict[str, str], tmp_path: Path) -> None:
    bad_day = deepcopy(factories.dossier())
    bad_day["stays"][0]["from"] = "2025-02-30"
    paths = written(
        tmp_path,
        good=factories.dossier(),
        cut=b'{"schema": ',
        bad_day=bad_day,
        no_birth=without("applicant", "birth_date"),
        last=factories.dossier("f510-meets-all"),
    )
    done = flask_precheck(bare, *paths, str(tmp_path / "missing.json"), str(tmp_path))
    good, cut, day, birth, last, missing, folder = answers(done)
    assert done.returncode == 1
    assert (good["overall"], last["overall"]) == ("met", "met")
    assert cut == {
        "reference": paths[1],
        "error": [{"place": "", "reason": "It is not JSON: line 1, column 12."}],
    }
    assert [problem["place"] for problem in day["error"]] == ["stays[0].from"]
    assert [problem["place"] for problem in birth["error"]] == ["applicant.birth_date"]
    assert (missing["reference"], len(missing["error"])) == (str(tmp_path / "missing.json"), 1)
    assert folder["error"]


BAD = {
    "not_a_number": (b'{"schema": NaN}', "NaN"),
    "infinite": (b'{"schema": -Infinity}', "-Infinity"),
    "overflow": (b'{"schema": 1e999}', "too large"),
    "digits": (b'{"schema": ' + b"9" * 5_000 + b"}", "too long"),
    "twice": (b'{"schema": "a", "schema": "b"}', "twice"),
    "deep_list": (b"[" * 200_000, "deeply"),
    "deep_object": (b'{"a":' * 200_000, "deeply"),
    "not_text": (b"\xff\xfe\x00", "UTF-8"),
    "empty": (b"", "not JSON"),
    "list": (b"[]", "object"),
    "large": (b'{"reason": "' + b"x" * 20_000_000 + b'"}', "5 MB"),
}


def test_whatever_is_given_as_a_file_gets_a_clear_error(bare: dict[str, str], tmp_path: Path) -> None:
    paths = written(tmp_path, **{name: content for name, (content, _word) in BAD.items()})
    done = flask_precheck(bare, *paths)
    assert (done.returncode, done.stderr) == (1, b"")
    for answer, (_content, expected) in zip(answers(done), BAD.values(), strict=True):
        assert expected in answer["error"][0]["reason"]


def test_a_line_that_is_too_long_does_not_hide_the_next(bare: dict[str, str]) -> None:
    good = one_line(factories.dossier())
    done = flask_precheck(bare, "-", given=b"x" * (MAX_BYTES * 2) + b"\n\n" + good + b"{}\n" + good.strip())
    long, first, empty, last = answers(done)
    assert done.returncode == 1
    assert (long["reference"], "5 MB" in long["error"][0]["reason"]) == ("-:1", True)
    assert empty["reference"] == "-:4"
    assert first["overall"] == last["overall"] == "met"


def test_a_number_of_thirty_digits_and_a_lone_surrogate_are_survived(bare: dict[str, str]) -> None:
    dossier = factories.dossier()
    dossier["income"][0]["amount"] = 10**30
    dossier["reference"] = "\ud800\x00\u202e" + "x" * 10_000
    done = flask_precheck(bare, "-", given=one_line(dossier))
    assert done.returncode == 0
    assert answers(done)[0]["reference"] == dossier["reference"]


def test_the_sentences_come_in_korean(bare: dict[str, str]) -> None:
    done = flask_precheck(bare, "--lang", "ko", "-", given=one_line(factories.dossier()))
    income = next(c for c in answers(done)[0]["criteria"] if c["id"] == "livelihood.income")
    assert "112,000,000원" in income["finding"]
    assert "112,000,000원" in done.stdout.decode()


def test_text_for_people_names_outcomes_findings_and_figures(bare: dict[str, str]) -> None:
    done = flask_precheck(bare, "--text", "-", given=one_line(factories.dossier()) + b"{\n")
    text = done.stdout.decode()
    assert done.returncode == 1
    for shown in ("f51-meets-all", "Overall: Met", "112,000,000 won", "Figures used:", "-:2"):
        assert shown in text


def test_the_text_cites_the_law_in_the_language_asked_for(bare: dict[str, str]) -> None:
    done = flask_precheck(bare, "--text", "--lang", "ko", "-", given=one_line(factories.dossier()))
    korean = done.stdout.decode()
    assert "출입국관리법 제10조의3제2항제1호" in korean
    assert " Art. " not in korean
    done = flask_precheck(bare, "--text", "-", given=one_line(factories.dossier()))
    assert "Immigration Act Art. 10-3(2)1" in done.stdout.decode()


def test_it_leaves_no_database_behind(bare: dict[str, str], tmp_path: Path) -> None:
    environment = {name: value for name, value in bare.items() if name != "DATABASE_URL"} | {
        "KIS_VAR": str(tmp_path)
    }
    assert flask_precheck(environment, "-", given=one_line(factories.dossier())).returncode == 0
    assert not (tmp_path / "kis.sqlite3").exists()
