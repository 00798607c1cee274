"""The timeline as geometry: every period in its lane, where its days are, beside what is required."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kis.precheck.timeline_picture import BAR, LEFT, RIGHT, Lane, Period, Picture, timeline_picture
from tests.rules.cases import Dossier, dossier, put, run
from tests.rules.strategies import dossiers

FAR_DAYS = st.dates()


def picture(found: Dossier) -> Picture:
    return timeline_picture(found, run(found))


def lane(found: Dossier, name: str) -> Lane:
    return next(one for one in picture(found).lanes if one.name == name)


def days(period: Period) -> tuple[str, str | None]:
    return period.first.isoformat(), period.last.isoformat() if period.last else None


def test_the_required_period_ends_on_the_day_of_application() -> None:
    required = lane(dossier(), "required").periods
    assert [(one.years, *days(one), one.counts) for one in required] == [
        (5, "2020-05-12", "2025-05-12", True)
    ]
    shown = picture(dossier())
    assert shown.as_of == date(2025, 5, 12)
    assert len(shown.required_from) == 1
    assert shown.required_from[0] < shown.as_of_x


def test_each_criterion_of_residence_and_employment_asks_for_its_own_period() -> None:
    required = lane(dossier("f526-research"), "required").periods
    assert sorted((one.place, one.years) for one in required) == [
        ("eligibility.employment", 3),
        ("eligibility.residence", 3),
    ]


def test_a_residence_too_short_is_a_period_not_reached() -> None:
    assert [one.counts for one in lane(dossier("stay-gap"), "required").periods] == [False]


def test_a_residence_that_no_stay_begins_is_still_shown_as_asked_for() -> None:
    found = put(dossier(), "stays", [{"status": "D-4-1", "from": "2020-01-01", "to": None}])
    assert [(one.years, one.counts) for one in lane(found, "required").periods] == [(5, False)]
    assert [one.counts for one in lane(found, "stays").periods] == [False]


def test_no_bar_found_is_told_from_sections_that_nobody_established() -> None:
    found = dossier()
    found.pop("removals")
    assert lane(dossier(), "bars").unknown == ()
    assert lane(found, "bars").unknown == ("removals",)


def test_where_no_residence_is_asked_no_stay_counts_or_fails() -> None:
    assert {one.counts for one in lane(dossier("f511-thirty-and-fifty"), "stays").periods} == {None}


def test_stays_say_whether_they_count_for_the_residence() -> None:
    stays = [
        {"status": "D-4-1", "from": "2013-03-02", "to": "2014-08-31"},
        {"status": "E-7-1", "from": "2018-09-01", "to": None},
    ]
    shown = lane(put(dossier(), "stays", stays), "stays")
    assert [(one.name, *days(one), one.counts) for one in shown.periods] == [
        ("D-4-1", "2013-03-02", "2014-08-31", False),
        ("E-7-1", "2018-09-01", None, True),
    ]
    assert [one.goes_on for one in shown.drawn] == [False, True]


def test_trips_and_residence_abroad_share_the_lane_of_absences() -> None:
    found = put(dossier(), "trips", [{"from": "2024-02-01", "to": "2024-02-20"}])
    found = put(found, "abroad", [{"country": "VNM", "from": "2014-09-01", "to": "2018-08-31"}])
    shown = lane(found, "absences")
    assert [(one.kind, one.name) for one in shown.periods] == [("abroad", "VNM"), ("trip", "")]
    assert shown.unknown == ()


@pytest.mark.parametrize(("value", "unknown"), [(None, ("trips",)), ([], ())])
def test_what_is_not_established_is_told_from_what_is_none(value: Any, unknown: tuple[str, ...]) -> None:
    found = put(put(dossier(), "abroad", []), "trips", [])
    if value is None:
        found.pop("trips")
    assert lane(found, "absences").unknown == unknown


@pytest.mark.parametrize(("completed", "runs"), [("2022-05-13", True), ("2022-05-12", False)])
def test_a_bar_is_drawn_through_its_last_day_and_says_whether_it_runs(completed: str, runs: bool) -> None:
    fine = {"country": "KOR", "sentence": "fine", "offence": "other", "completed_on": completed}
    shown = lane(put(dossier(), "criminal_record", [fine]), "bars").periods
    last = date.fromisoformat(completed).replace(year=2025, day=int(completed[-2:]) - 1).isoformat()
    assert [(one.years, *days(one), one.counts) for one in shown] == [(3, completed, last, runs)]


def test_jobs_held_at_once_stand_on_rows_of_their_own() -> None:
    jobs = [
        {"employer": "One", "from": "2020-01-01", "to": None},
        {"employer": "Two", "from": "2021-01-01", "to": "2022-01-01"},
        {"employer": "Three", "from": "2022-02-01", "to": "2023-01-01"},
    ]
    first, second, third = lane(put(dossier(), "employment", jobs), "employment").drawn
    assert second.y - first.y > BAR
    assert third.y == second.y


def test_a_period_that_ends_before_it_begins_is_told_and_not_drawn() -> None:
    found = put(dossier(), "trips", [{"from": "2024-02-01", "to": "2024-01-01"}])
    shown = lane(found, "absences")
    assert (len(shown.periods), len(shown.drawn)) == (1, 0)


def test_a_period_from_long_ago_is_cut_and_says_so() -> None:
    found = put(dossier(), "stays", [{"status": "E-7-1", "from": "1970-01-01", "to": None}])
    shown = lane(found, "stays").drawn[0]
    assert (shown.x, shown.from_before) == (LEFT, True)


def test_a_name_is_written_only_where_it_fits() -> None:
    trips = [{"from": "2024-02-01", "to": "2024-02-03"}]
    assert not lane(put(dossier(), "trips", trips), "absences").drawn[0].holds("Trip")
    assert lane(dossier(), "stays").drawn[0].holds("E-7-1")


LIMITS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@LIMITS
@given(dossiers())
def test_every_possible_dossier_is_drawn_within_the_picture_and_nothing_covers_another(
    found: Dossier,
) -> None:
    check_drawn(picture(found))


@LIMITS
@given(FAR_DAYS, FAR_DAYS, FAR_DAYS)
def test_days_of_any_age_keep_within_the_picture(received: date, first: date, last: date) -> None:
    found = put(dossier(), "application.received_on", received.isoformat())
    found = put(found, "trips", [{"from": first.isoformat(), "to": last.isoformat()}])
    check_drawn(picture(found))


def check_drawn(shown: Picture) -> None:
    assert LEFT <= shown.as_of_x <= RIGHT
    assert all(LEFT <= x <= RIGHT for _year, x in shown.years)
    for one in shown.lanes:
        assert len(one.drawn) <= len(one.periods)
        for shape in one.drawn:
            assert shape.x >= LEFT
            assert shape.x + shape.width <= RIGHT + 0.2
            assert one.y <= shape.y
            assert shape.y + BAR <= one.y + one.height
        rows: dict[float, list[Any]] = {}
        for shape in one.drawn:
            rows.setdefault(shape.y, []).append(shape)
        for row in rows.values():
            assert all(
                left.x + left.width <= right.x + 3 for left, right in pairwise(sorted(row, key=lambda s: s.x))
            )
