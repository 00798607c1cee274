"""Reading dossiers: every error with its place and reason."""

import json
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from kis.precheck.dossiers import MAX_PROBLEMS, InvalidDossier, is_sound, problems_of, read_dossier, validator
from tests import factories

VECTORS = sorted(path.stem for path in factories.VECTORS.glob("*.json"))


@pytest.fixture(autouse=True)
def english(application: Flask) -> Any:
    with application.app_context():
        yield


def changed(place: list[str | int], value: Any) -> dict[str, Any]:
    """A good dossier with another value at a place."""
    dossier = factories.dossier()
    holder: Any = dossier
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    return dossier


@pytest.mark.parametrize(
    ("place", "value", "named", "reason"),
    [
        (["schema"], "kis.dossier/2", "schema", "It must be kis.dossier/1."),
        (["application", "category"], "F5", "application.category", "expected form"),
        (["applicant", "sex"], "Q", "applicant.sex", "none of: F, M, X"),
        (["applicant", "birth_date"], "1988-7-14", "applicant.birth_date", "no day"),
        (["applicant", "birth_date"], "2025-02-30", "applicant.birth_date", "no day"),
        (["applicant", "birth_date"], "20250212", "applicant.birth_date", "no day"),
        (["stays", 1, "to"], "2025-W01-1", "stays[1].to", "null while it goes on"),
        (["income", 0, "amount"], "12", "income[0].amount", "a whole number"),
        (["income", 0, "amount"], -1, "income[0].amount", "less than 0"),
        (["integration", "kiip_level_completed"], 9, "integration.kiip_level_completed", "more than 5"),
        (["income", 0, "bonus"], 1, "income[0].bonus", "no such field"),
        (["stays"], {}, "stays", "a list"),
        (["applicant"], [], "applicant", "an object"),
        (["applicant", "born_in_korea"], "no", "applicant.born_in_korea", "true or false"),
    ],
)
def test_each_error_is_named_with_place_and_reason(
    place: list[str | int], value: Any, named: str, reason: str
) -> None:
    with pytest.raises(InvalidDossier) as refused:
        read_dossier(json.dumps(changed(place, value)).encode())
    assert [problem.place for problem in refused.value.problems] == [named]
    assert reason in refused.value.problems[0].reason


def test_a_flood_of_errors_is_cut_off() -> None:
    assert len(problems_of(changed(["stays"], [{}] * 1_000))) == MAX_PROBLEMS


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_dossier(b"\xef\xbb\xbf" + json.dumps(factories.dossier()).encode()) == factories.dossier()


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for name, part in inner for found in places(part, (*path, name)))]


ODD = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        1,
        1.0,
        1.5,
        -1,
        10**30,
        1e300,
        "",
        "F",
        "2025-05-12",
        "2025-02-30",
        "KOR",
        "F-5-1",
        [],
        {},
        [{}],
        ["x"],
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(VECTORS), st.data())
def test_the_quick_yes_agrees_with_the_general_validator(name: str, data: st.DataObject) -> None:
    dossier = deepcopy(factories.dossier(name))
    assert is_sound()(dossier)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from([found for found in places(dossier) if found]))
        holder: Any = dossier
        for step in place[:-1]:
            holder = holder[step]
        if isinstance(holder, dict) and data.draw(st.booleans()):
            holder[data.draw(st.sampled_from(["extra", place[-1]]))] = deepcopy(data.draw(ODD))
        else:
            del holder[place[-1]]
    assert is_sound()(dossier) is validator().is_valid(dossier)
