"""A dossier of which one value is not what it should be: refused at its place, or registered and shown; never a failure."""

import json
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from itertools import cycle
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from kis.cases.models import Case
from kis.core.access import Role
from kis.core.extensions import db
from tests import factories
from tests.robustness.corpus import NEVER_SHOWN, VALUES

VECTORS = (
    "f51-meets-all",
    "f510-meets-all",
    "f516-exactly-three-years",
    "conduct-repeat-fines-left-out",
    "record-china-apostille",
)
ODD: tuple[Any, ...] = (
    *VALUES.values(), None, True, [], {}, [[]], {"a": {}}, 0, -1, 0.5, -0.0, 1e300, 2**31, 2**63, 10**30, [None], "2025-02-30",
)  # fmt: skip
Place = tuple[str | int, ...]


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Every place of the dossier, of objects and lists as well as of what they hold."""
    if at:
        yield at
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inside:
        yield from places(item, (*at, name))


def with_value(dossier: dict[str, Any], place: Place, value: Any) -> bytes:
    changed: Any = deepcopy(dossier)
    holder = changed
    for name in place[:-1]:
        holder = holder[name]
    holder[place[-1]] = value
    return json.dumps(changed).encode()


def one_of_each_list(dossier: dict[str, Any]) -> dict[str, Any]:
    return {name: value[:1] if isinstance(value, list) else value for name, value in dossier.items()}


@pytest.mark.parametrize("vector", VECTORS)
def test_a_dossier_with_an_odd_value_is_refused_or_shown(app: Flask, sign_in: Any, vector: str) -> None:
    clerk, odd = sign_in(factories.account(Role.RECEPTION)), cycle(ODD)
    dossier = one_of_each_list(factories.dossier(vector))
    wrong = []
    for place in places(dossier):
        for value in (next(odd), next(odd)):
            complaint = put_through(clerk, with_value(dossier, place, value))
            if complaint:
                wrong.append(f"{place} = {value!r:.60}: {complaint}")
    assert wrong == []


def put_through(clerk: FlaskClient, content: bytes) -> str | None:
    """Upload; where it is taken, read its preview. What was wrong with the answers."""
    office = str(factories.office().id)
    try:
        answer = clerk.post(
            "/intake/upload", data={"office": office, "file": (BytesIO(content), "dossier.json")}
        )
        if answer.status_code == 303:
            answer = clerk.get(answer.headers["Location"])
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"
    page = answer.get_data(as_text=True)
    if answer.status_code not in {200, 422} or any(value in page for value in NEVER_SHOWN):
        return f"{answer.status_code} {page[:200]}"
    return None


def test_a_dossier_of_markup_is_registered_and_read_as_it_was_written(app: Flask, sign_in: Any) -> None:
    clerk, officer = (sign_in(factories.account(role)) for role in (Role.RECEPTION, Role.OFFICER))
    dossier = factories.dossier("conduct-fine-unpaid")
    dossier["applicant"] |= {
        "family_name": NEVER_SHOWN[0],
        "given_names": "{{7*191919}}",
        "address": NEVER_SHOWN[1],
    }
    content = BytesIO(json.dumps(dossier).encode())
    answer = clerk.post(
        "/intake/upload", data={"office": str(factories.office().id), "file": (content, "d.json")}
    )
    token = answer.headers["Location"].split("draft=")[1]
    assert clerk.post("/intake/preview", data={"draft": token}).status_code == 303
    number = db.session.scalar(select(Case.number))
    for tab in ("", "/facts", "/applicant", "/documents", "/precheck", "/decision", "/history", "/revisions"):
        page = officer.get(f"/cases/{number}{tab}").get_data(as_text=True)
        assert not [value for value in NEVER_SHOWN if value in page], tab
        assert "&lt;script&gt;" in page
    assert db.session.scalar(select(func.count(Case.id))) == 1
