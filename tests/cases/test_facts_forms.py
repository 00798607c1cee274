"""Every section of a dossier goes through its form and comes back as it was."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from kis.cases import labels
from kis.cases.choices import choice_labels, countries
from kis.cases.facts import facts_of
from kis.cases.forms import change_rows, merged, section_class, section_form
from kis.cases.sections import PAGES, SECTIONS, Shape, dossier_shape, editable_shape
from kis.core import language
from tests.factories import VECTORS, dossier
from tests.forms import posted


@pytest.fixture(scope="module")
def house() -> Any:
    """A request and a language are all that forms need."""
    app = Flask("kis")
    app.config |= {"SECRET_KEY": "forms", "WTF_CSRF_ENABLED": False, "BABEL_DEFAULT_LOCALE": "en"}
    language.init_app(app)
    with app.test_request_context(method="POST"):
        yield app


def every(shape: Shape) -> Any:
    yield shape
    for inner in shape.fields:
        yield from every(inner)
    if shape.item:
        yield from every(shape.item)


def clean(text: str) -> bool:
    return bool(text) and unicodedata.normalize("NFC", text).strip() == text


TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12).filter(clean)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat)
VALUES = {
    "yes_no": lambda shape: st.booleans(),
    "day": lambda shape: DAYS,
    "last_day": lambda shape: st.none() | DAYS,
    "choice": lambda shape: st.sampled_from(shape.options),
    "country": lambda shape: st.sampled_from([code for code, _ in countries("en")] + ["ZZZ"]),
    "status": lambda shape: st.sampled_from(["E-7-1", "D-10", "F-2-7S"]),
    "person": lambda shape: TEXTS,
    "category": lambda shape: st.sampled_from(["A-1-1"]),
    "whole": lambda shape: st.integers(shape.minimum, shape.maximum),
    "year": lambda shape: st.integers(shape.minimum, shape.maximum),
    "number": lambda shape: st.integers(0, 100) | st.floats(0, 100),
}


def values(shape: Shape) -> Any:
    """What the schema allows at this shape."""
    if shape.kind == "list":
        return st.lists(values(shape.item), max_size=3)
    if shape.kind == "object":
        needed = {field.name: values(field) for field in shape.fields if field.required}
        optional = {field.name: values(field) for field in shape.fields if not field.required}
        return st.fixed_dictionaries(needed, optional=optional)
    return VALUES.get(shape.kind, lambda _shape: TEXTS)(shape)


def through_form(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    shown = section_form(name, facts, based_on=1)
    sent = section_class(name)(formdata=MultiDict(posted(shown)))
    assert sent.validate(), sent.errors
    return merged(facts, sent)


@pytest.mark.parametrize("name", SECTIONS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_section_comes_back_from_its_form_unchanged(house: Flask, name: str, data: st.DataObject) -> None:
    facts = data.draw(values(editable_shape(name)))
    assert through_form(name, facts) == facts


@pytest.mark.parametrize("vector", sorted(path.stem for path in VECTORS.glob("*.json")))
def test_the_facts_of_every_vector_come_back_unchanged(house: Flask, vector: str) -> None:
    facts = facts_of(dossier(vector))
    for name in SECTIONS:
        assert through_form(name, facts) == facts


@pytest.mark.parametrize(
    "pension", [{}, {"from_abroad": False}, {"annual": 0}], ids=["empty", "one no", "nothing received"]
)
def test_an_empty_object_and_a_zero_are_not_lost(house: Flask, pension: dict[str, Any]) -> None:
    assert through_form("pension", {"pension": pension}) == {"pension": pension}


def test_the_office_of_a_dossier_survives_an_edit_of_the_application(house: Flask) -> None:
    facts = {"application": {"category": "A-1-1", "received_on": "2025-05-12", "office": "busan"}}
    assert through_form("application", facts) == facts


def test_every_part_of_a_dossier_stands_on_one_page() -> None:
    parts = [part for page in PAGES for section in page.sections for part in section.parts]
    assert sorted(parts) == sorted({field.name for field in dossier_shape().fields} - {"documents"})


def test_every_page_section_field_and_answer_has_its_wording() -> None:
    for page in PAGES:
        assert labels.page_label(page.name)
        assert all(labels.section_label(section.name) for section in page.sections)
    for shape in every(dossier_shape()):
        if shape.place:
            assert labels.field_label(shape.place), shape.place
        if shape.kind == "choice":
            assert set(choice_labels(shape.place)) == set(shape.options), shape.place


def test_every_hint_belongs_to_a_field() -> None:
    assert set(labels.HINTS) <= {shape.place for shape in every(dossier_shape())}


REFUSED = [
    ("trips", {"trips-rows-0-kept": "1", "trips-rows-0-from": "2025-02-30"}, "There is no such day"),
    ("trips", {"trips-rows-0-kept": "1", "trips-rows-0-from": ""}, "This is needed"),
    ("pension", {"pension-annual": "9" * 30}, "from 0 to"),
    ("pension", {"pension-annual": "9" * 6000}, "whole number"),
    ("pension", {"pension-annual": "-1"}, "from 0 to"),
    ("korean_schooling", {"korean_schooling-years_enrolled": "nan"}, "number"),
    ("statements", {"reason": "a\x00b"}, "U+0000"),
    ("statements", {"reason": "a\u202eb"}, "U+202E"),
    ("statements", {"reason": "a\ud800b"}, "U+D800"),
    ("statements", {"reason": "x" * 20_001}, "too long"),
    ("stays", {"stays-rows-0-status": "engineer", "stays-rows-0-from": "2025-01-01"}, "such as E-7-1"),
    (
        "stays",
        {"stays-none": "y", "stays-rows-0-status": "E-7", "stays-rows-0-from": "2025-01-01"},
        "There are rows",
    ),
    (
        "trips",
        {
            "trips-rows-0-from": "2025-01-01",
            "trips-rows-0-to-day": "2025-01-02",
            "trips-rows-0-to-goes_on": "y",
        },
        "not both",
    ),
]


@pytest.mark.parametrize(("name", "sent", "reason"), REFUSED)
def test_bad_input_is_refused_with_its_reason(
    house: Flask, name: str, sent: dict[str, str], reason: str
) -> None:
    form = section_class(name)(formdata=MultiDict(sent))
    assert not form.validate()
    assert reason in str(form.errors)


def test_rows_are_added_and_removed_without_a_script(house: Flask) -> None:
    sent = {"family-rows-0-ref": "person-1", "family-rows-0-relation": "child", "family-none": "y"}
    form = section_class("family")(formdata=MultiDict(sent))
    assert change_rows(form, {"add-row": "family-rows"})
    assert [entry.form["ref"].data for entry in form["family"].form["rows"].entries] == [
        "person-1",
        "person-2",
    ]
    assert not form["family"].form.none.data
    assert change_rows(form, {"remove-row": "family-rows-0"})
    assert [entry.form["ref"].data for entry in form["family"].form["rows"].entries] == ["person-2"]
    assert not change_rows(form, {"save": "1"})


def test_a_row_within_a_row_can_be_added(house: Flask) -> None:
    sent = {"investments-rows-0-scheme": "pledged", "investments-rows-0-from": "2020-01-01"}
    form = section_class("investments")(formdata=MultiDict(sent))
    assert change_rows(form, {"add-row": "investments-rows-0-lapses-rows"})
    assert len(form["investments"].form["rows"].entries[0].form["lapses"].form["rows"].entries) == 1
