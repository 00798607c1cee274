"""Pages of the offices."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from kis.accounts.models import Account
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.refusals import Invalid
from kis.offices.models import HolidayOverride
from kis.offices.operations import OfficeSettings, change_settings, set_period
from kis.offices.queries import holiday_overrides, office_by_code, processing_period
from tests import factories

SignIn = Callable[[Account], FlaskClient]
HOLIDAY = {"day": "2026-12-31", "holds": "holiday", "reason": "Decreed", "source": "Notice 2026-1"}
SETTINGS = {
    "processing_days": "75",
    "supplement_days": "21",
    "address": "",
    "phone": "031-000-0000",
    "remedies_contact": "",
}


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> FlaskClient:
    return sign_in(factories.account(Role.OFFICER))


@pytest.fixture
def administrator(app: Flask, sign_in: SignIn) -> FlaskClient:
    return sign_in(factories.account(Role.ADMINISTRATOR))


@pytest.fixture
def settings_restored(app: Flask) -> Iterator[None]:
    """Reference data stay between tests; what these tests enter does not."""
    before = office_by_code("yangju")
    kept = OfficeSettings(
        before.processing_days,
        before.supplement_days,
        before.address,
        before.phone,
        before.remedies_contact,
    )
    yield
    change_settings(office_by_code("yangju"), kept)
    db.session.execute(delete(HolidayOverride))
    db.session.commit()


@pytest.mark.parametrize("path", ["/offices/", "/offices/windows", "/offices/divisions", "/offices/holidays"])
def test_every_account_may_read_the_reference_data(officer: FlaskClient, path: str) -> None:
    assert officer.get(path).status_code == 200


def test_nobody_reads_them_without_signing_in(client: FlaskClient) -> None:
    assert client.get("/offices/").status_code == 302


def test_the_list_shows_parents_with_their_source_and_what_is_not_known(officer: FlaskClient) -> None:
    page = officer.get("/offices/").get_data(as_text=True)
    assert "Cheonan Branch Office" in page
    assert "List of visit reservation windows" in page
    assert "Not established" in page


def test_all_windows_are_on_their_page(officer: FlaskClient) -> None:
    page = officer.get("/offices/windows").get_data(as_text=True)
    assert page.count('<th scope="row" class="number">') == 81


def test_the_page_of_an_office_shows_the_published_lines(officer: FlaskClient) -> None:
    page = officer.get("/offices/cheongju").get_data(as_text=True)
    assert "Cheongju Immigration Office - Eumseong Immigration Center] Residence Affairs" in page
    assert "Belongs to it" in page


def test_an_office_that_does_not_exist_is_not_found(officer: FlaskClient) -> None:
    assert officer.get("/offices/atlantis").status_code == 404


def test_an_officer_cannot_change_settings_or_holidays(officer: FlaskClient) -> None:
    assert officer.post("/offices/yangju", data=SETTINGS).status_code == 403
    assert officer.post("/offices/holidays", data=HOLIDAY).status_code == 403


@pytest.mark.usefixtures("settings_restored")
def test_an_administrator_sets_the_processing_period_of_an_office(administrator: FlaskClient) -> None:
    assert administrator.post("/offices/yangju", data=SETTINGS).status_code == 302
    page = administrator.get("/offices/yangju").get_data(as_text=True)
    assert "75 working days" in page
    assert "entered here" in page


@pytest.mark.parametrize("days", ["0", "501", "1" * 30, "soon", ""])
def test_an_impossible_processing_period_is_refused(administrator: FlaskClient, days: str) -> None:
    answer = administrator.post("/offices/yangju", data=SETTINGS | {"processing_days": days})
    assert answer.status_code == 422


@pytest.mark.usefixtures("settings_restored")
def test_an_administrator_adds_a_decreed_holiday(administrator: FlaskClient) -> None:
    assert administrator.post("/offices/holidays", data=HOLIDAY).status_code == 302
    assert holiday_overrides() == {date(2026, 12, 31): True}
    assert "Notice 2026-1" in administrator.get("/offices/holidays?year=2026").get_data(as_text=True)


def test_a_day_that_does_not_exist_is_refused(administrator: FlaskClient) -> None:
    assert administrator.post("/offices/holidays", data=HOLIDAY | {"day": "2026-02-30"}).status_code == 422


@pytest.mark.parametrize("year", ["0", "99999", "soon"])
def test_any_year_can_be_asked_for(officer: FlaskClient, year: str) -> None:
    assert officer.get(f"/offices/holidays?year={year}").status_code == 200


def test_an_administrator_sets_the_period_of_a_category_and_takes_it_away(administrator: FlaskClient) -> None:
    entered = {"category": "permanent-residence:F-5-1", "working_days": "30"}
    assert administrator.post("/offices/yangju/periods", data=entered).status_code == 302
    assert processing_period(office_by_code("yangju"), "permanent-residence", "F-5-1") == 30
    assert "30" in administrator.get("/offices/yangju").text
    administrator.post("/offices/yangju/periods", data=entered | {"working_days": ""})
    assert processing_period(office_by_code("yangju"), "permanent-residence", "F-5-1") == 60


def test_the_period_of_every_category_holds_where_one_has_none_of_its_own(app: Flask) -> None:
    yangju = office_by_code("yangju")
    set_period(yangju, "permanent-residence", "", 40)
    set_period(yangju, "permanent-residence", "F-5-1", 30)
    periods = [processing_period(yangju, "permanent-residence", each) for each in ("F-5-1", "F-5-2")]
    assert periods == [30, 40]


def test_a_period_is_for_a_category_that_there_is(app: Flask, administrator: FlaskClient) -> None:
    entered = {"category": "permanent-residence:F-9", "working_days": "30"}
    assert administrator.post("/offices/yangju/periods", data=entered).status_code == 422
    with pytest.raises(Invalid):
        set_period(office_by_code("yangju"), "permanent-residence", "F-9", 30)


def test_an_officer_sets_no_period(officer: FlaskClient) -> None:
    entered = {"category": "permanent-residence:F-5-1", "working_days": "30"}
    assert officer.post("/offices/yangju/periods", data=entered).status_code == 403
