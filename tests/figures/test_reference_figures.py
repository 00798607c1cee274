"""Reference figures: what is shipped, what headquarters keeps, and who may see it."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kis.audit.models import AuditRecord
from kis.core.access import Role
from kis.core.extensions import db
from kis.figures.models import ApostilleMembership, ReferenceFigure
from kis.figures.operations import load_reference_figures, renew_version
from kis.figures.queries import reference_tables
from kis.rules import ReferenceTables
from tests import factories

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def loaded(app: Flask) -> Flask:
    load_reference_figures()
    db.session.flush()
    return app


def a_figure(figure: str = "gni_per_capita", year: int = 2024) -> ReferenceFigure:
    query = select(ReferenceFigure).where(ReferenceFigure.figure == figure, ReferenceFigure.year == year)
    return db.session.scalars(query).one()


@pytest.mark.usefixtures("loaded")
def test_the_tables_hold_what_the_project_ships() -> None:
    assert set(reference_tables().figures) == set(ReferenceTables.shipped().figures)
    assert set(reference_tables().apostille) == set(ReferenceTables.shipped().apostille)


@pytest.mark.usefixtures("loaded")
def test_loading_again_adds_nothing_and_records_nothing() -> None:
    db.session.commit()
    records = db.session.scalar(select(func.count(AuditRecord.id)))
    assert load_reference_figures() == 0
    db.session.commit()
    assert db.session.scalar(select(func.count(AuditRecord.id))) == records


@pytest.mark.usefixtures("loaded")
def test_loading_again_leaves_what_headquarters_changed() -> None:
    a_figure().amount_krw = 50_012_000
    load_reference_figures()
    assert a_figure().amount_krw == 50_012_000


@pytest.mark.usefixtures("loaded")
def test_a_row_that_is_missing_comes_back() -> None:
    db.session.delete(a_figure())
    db.session.flush()
    assert load_reference_figures() == 1
    assert a_figure().amount_krw == 49_955_000


@pytest.mark.usefixtures("loaded")
def test_the_tables_are_read_once_until_they_change() -> None:
    renew_version()
    before = reference_tables()
    assert reference_tables() is before
    a_figure().amount_krw = 50_012_000
    renew_version()
    figure = reference_tables().in_force("gni_per_capita", date(2025, 5, 12))
    assert figure is not None
    assert figure.amount_krw == 50_012_000


@pytest.mark.usefixtures("loaded")
def test_a_change_that_was_rolled_back_is_never_served() -> None:
    renew_version()
    db.session.commit()
    a_figure().amount_krw = 1
    renew_version()
    reference_tables()
    db.session.rollback()
    figure = reference_tables().in_force("gni_per_capita", date(2025, 5, 12))
    assert figure is not None
    assert figure.amount_krw == 49_955_000


def test_everybody_who_works_on_cases_sees_the_figures_with_source_and_confidence(
    loaded: Flask, sign_in: Any
) -> None:
    page = sign_in(factories.account(Role.OFFICER)).get("/figures/").get_data(as_text=True)
    for shown in ("49,955,000", "2025-04-01", "Bank of Korea national accounts 2024", "Unverified"):
        assert shown in page
    members = sign_in(factories.account(Role.AUDITOR)).get("/figures/apostille").get_data(as_text=True)
    assert "VNM" in members
    assert "2026-09-11" in members


@pytest.mark.parametrize(
    "address", ["/figures/", "/figures/apostille", "/figures/figures.csv", "/figures/apostille.csv"]
)
def test_an_administrator_of_accounts_sees_none_of_it(loaded: Flask, sign_in: Any, address: str) -> None:
    assert sign_in(factories.account(Role.ADMINISTRATOR)).get(address).status_code == 403


def test_the_download_is_what_can_be_read_again(loaded: Flask, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.HEADQUARTERS))
    rows = list(csv.DictReader(io.StringIO(browser.get("/figures/figures.csv").get_data(as_text=True))))
    assert len(rows) == len(ReferenceTables.shipped().figures)
    assert rows[0]["announced_on"] == ""
    assert (
        next(r for r in rows if (r["figure"], r["year"]) == ("gni_per_capita", "2024"))["amount_krw"]
        == "49955000"
    )
    members = browser.get("/figures/apostille.csv").get_data(as_text=True)
    assert members.splitlines()[0] == "country,in_force_for_korea_from,confidence,note"


def test_a_cell_cannot_smuggle_a_formula_into_a_spreadsheet(loaded: Flask, sign_in: Any) -> None:
    db.session.scalars(
        select(ApostilleMembership).where(ApostilleMembership.country == "VNM")
    ).one().note = "=1+1"
    db.session.commit()
    lines = sign_in(factories.account(Role.OFFICER)).get("/figures/apostille.csv").get_data(as_text=True)
    assert "'=1+1" in lines
