"""Spouses, children and sponsors on both sides of each boundary."""

from typing import Any

import pytest

from tests.rules.cases import ABSENT, area, dossier, finding, outcome, put, run


def married(**changes: Any) -> dict[str, Any]:
    return dossier("f52-married-meets-all", **changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "met"),
        ({"marriage": ABSENT}, "unknown"),
        ({"marriage__maintained": False}, "not_met"),
        ({"marriage__maintained": ABSENT}, "unknown"),
        ({"marriage__registered_on": "2025-05-13"}, "not_met"),
        ({"marriage__ended_on": "2025-05-12"}, "not_met"),
        ({"marriage__ended_on": "2025-05-13"}, "met"),
        ({"marriage__spouse": ABSENT}, "met"),
        ({"marriage__spouse": "nobody"}, "unknown"),
        ({"applicant__marital_status": "common_law"}, "not_met"),
        ({"applicant__marital_status": "common_law", "marriage": ABSENT}, "not_met"),
        ({"applicant__marital_status": ABSENT}, "met"),
        ({"family__0__nationality": "VNM"}, "not_met"),
        ({"family__0__nationality": ABSENT}, "unknown"),
        ({"family__0__relation": "common_law_spouse"}, "not_met"),
        ({"family__0__deceased": True}, "not_met"),
        ({"family": ABSENT}, "unknown"),
    ],
)
def test_the_marriage_to_a_korean_is_lawful_and_kept(changes: dict[str, Any], expected: str) -> None:
    assert outcome(married(**changes), "eligibility.marriage") == expected


@pytest.mark.parametrize(("start", "expected"), [("2023-05-12", "met"), ("2023-05-13", "not_met")])
def test_two_years_as_marriage_migrant(start: str, expected: str) -> None:
    found = married(stays=[{"status": "F-6-1", "from": start}])
    assert outcome(found, "eligibility.residence") == expected


def test_each_limb_asks_its_own_question() -> None:
    limbs = {"married": "marriage", "child_raised": "child_raising", "marriage_ended": "marriage_end"}
    for route, name in limbs.items():
        found = married(application__route=route)
        asked = {one: outcome(found, f"eligibility.{one}") for one in limbs.values()}
        assert {one for one, answer in asked.items() if answer is not None} == {name}
        assert outcome(found, "eligibility.route") is None


def test_a_limb_of_another_category_is_no_limb() -> None:
    found = married(application__route="merit_family")
    assert outcome(found, "eligibility.route") == "unknown"
    assert outcome(found, "eligibility.residence") == "met"


ROUTED = {
    2: {"residence", "single_nationality"},
    4: {"status", "residence", "single_nationality"},
    8: {"born_in_korea", "former_f2", "single_nationality"},
    12: {"single_nationality"},
    18: {"status", "residence", "single_nationality"},
    19: {"single_nationality"},
    22: {"residence", "single_nationality"},
}


@pytest.mark.parametrize("number", ROUTED)
def test_without_a_limb_only_what_does_not_depend_on_it_is_reported(number: int) -> None:
    found = run(dossier(application__category=f"F-5-{number}"))
    names = {one.id.removeprefix("eligibility.") for one in found.criteria if one.area == "eligibility"}
    assert names == {"route", *ROUTED[number]}


@pytest.mark.parametrize(("fact", "expected"), [(True, "met"), (False, "not_met"), (ABSENT, "unknown")])
def test_a_child_must_be_raised(fact: Any, expected: str) -> None:
    found = put(married(application__route="child_raised"), "child_raising", fact)
    assert outcome(found, "eligibility.child_raising") == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"ended_by": "death"}, "met"),
        ({"ended_by": "disappearance"}, "met"),
        ({"ended_by": "divorce", "fault": "korean_spouse"}, "met"),
        ({"ended_by": "divorce", "fault": "applicant"}, "not_met"),
        ({"ended_by": "divorce", "fault": "neither"}, "review"),
        ({"ended_by": "divorce"}, "unknown"),
        ({"ended_by": "other", "fault": "neither"}, "review"),
        ({}, "unknown"),
        ({"ended_by": "divorce", "fault": "korean_spouse", "ended_on": "2025-05-13"}, "not_met"),
        (ABSENT, "unknown"),
    ],
)
def test_how_the_marriage_ended(facts: Any, expected: str) -> None:
    found = put(married(application__route="marriage_ended"), "marriage", facts)
    assert outcome(found, "eligibility.marriage_end") == expected


def child(**changes: Any) -> dict[str, Any]:
    return dossier("f53-ten-enrolled", **changes)


@pytest.mark.parametrize(("birth", "expected"), [("2006-05-13", "met"), ("2006-05-12", "not_met")])
def test_a_child_is_a_minor_to_the_day_before_nineteen(birth: str, expected: str) -> None:
    assert outcome(child(applicant__birth_date=birth), "eligibility.minor") == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([{"ref": "m", "relation": "mother", "nationality": "KOR"}], "met"),
        ([{"ref": "m", "relation": "mother", "nationality": "KOR", "deceased": True}], "not_met"),
        ([{"ref": "m", "relation": "mother"}], "unknown"),
        (
            [{"ref": "m", "relation": "mother"}, {"ref": "f", "relation": "father", "nationality": "KOR"}],
            "met",
        ),
        ([{"ref": "m", "relation": "mother", "nationality": "PHL"}], "not_met"),
        ([{"ref": "s", "relation": "spouse_father", "nationality": "KOR"}], "not_met"),
        ([], "not_met"),
        (ABSENT, "unknown"),
    ],
)
def test_a_parent_is_korean(people: Any, expected: str) -> None:
    assert outcome(put(child(), "family", people), "eligibility.parent") == expected


def spouse_of(status: Any = "F-5-1", granted: Any = "2023-05-12", **facts: Any) -> list[dict[str, Any]]:
    known = {"ref": "spouse", "relation": "spouse", "status": status, "status_granted_on": granted, **facts}
    return [{name: fact for name, fact in known.items() if fact is not ABSENT}]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (spouse_of(), "met"),
        (spouse_of(granted="2023-05-13"), "not_met"),
        (spouse_of(granted=ABSENT), "unknown"),
        (spouse_of(granted="2025-05-13"), "not_met"),
        (spouse_of(status="F-5-16"), "not_met"),
        (spouse_of(status="F-5-17"), "not_met"),
        (spouse_of(status="F-5-21"), "not_met"),
        (spouse_of(status="F-5-23"), "not_met"),
        (spouse_of(status="F-5-2"), "met"),
        (spouse_of(status="F-2-7"), "not_met"),
        (spouse_of(status="F-5"), "unknown"),
        (spouse_of(status=ABSENT), "unknown"),
        (spouse_of(status=ABSENT, granted="2024-01-01"), "not_met"),
        (spouse_of(deceased=True), "not_met"),
        ([], "unknown"),
        (ABSENT, "unknown"),
    ],
)
def test_the_sponsoring_spouse_holds_a_general_f5_since_two_years(people: Any, expected: str) -> None:
    found = put(dossier("f54-sponsor-two-years"), "family", people)
    assert outcome(found, "eligibility.sponsor") == expected


def test_the_points_residents_family_needs_a_points_resident() -> None:
    found = dossier("f54-sponsor-points", application__category="F-5-18")
    found["stays"] = [{"status": "F-2-71", "from": "2023-05-12"}]
    assert outcome(found, "eligibility.sponsor") == "met"
    assert outcome(found, "eligibility.status") == "met"
    assert outcome(found, "eligibility.residence") == "met"
    found["stays"] = [
        {"status": "F-2-71", "from": "2023-05-13"},
        {"status": "F-2-3", "from": "2020-01-01", "to": "2023-05-12"},
    ]
    assert outcome(found, "eligibility.residence") == "not_met"
    assert outcome(put(found, "family.0.status", "F-5-1"), "eligibility.sponsor") == "not_met"


@pytest.mark.parametrize(("status", "expected"), [("F-2-3", "met"), ("F-4", "not_met"), ("H-2", "not_met")])
def test_the_family_of_a_resident_is_now_in_f2(status: str, expected: str) -> None:
    found = dossier("f54-sponsor-two-years", stays=[{"status": status, "from": "2020-01-01"}])
    assert outcome(found, "eligibility.status") == expected
    assert outcome(found, "eligibility.residence") == "met"


def parent_of(
    ref: str = "mother", custody: Any = True, status: str = "F-5-1", **facts: Any
) -> dict[str, Any]:
    known = {
        "ref": ref,
        "relation": ref,
        "status": status,
        "status_granted_on": "2020-01-01",
        "has_custody": custody,
    }
    return {name: fact for name, fact in {**known, **facts}.items() if fact is not ABSENT}


@pytest.mark.parametrize(
    ("people", "sponsor", "custody"),
    [
        ([parent_of()], "met", "met"),
        ([parent_of(custody=False)], "met", "not_met"),
        ([parent_of(custody=ABSENT)], "met", "unknown"),
        ([parent_of(custody=False), parent_of("father")], "met", "met"),
        ([parent_of(status="F-2"), parent_of("father", custody=False)], "met", "not_met"),
        ([], "not_met", "not_met"),
        (ABSENT, "unknown", "unknown"),
    ],
)
def test_the_sponsoring_parent_has_custody(people: Any, sponsor: str, custody: str) -> None:
    found = dossier("f54-sponsor-two-years", application__route="child", applicant__birth_date="2010-01-01")
    found = put(found, "family", people)
    assert outcome(found, "eligibility.sponsor") == sponsor
    assert outcome(found, "eligibility.custody") == custody
    assert outcome(found, "eligibility.marriage") is None


def test_of_two_parents_the_one_with_custody_is_named_as_sponsor() -> None:
    found = dossier("f54-sponsor-two-years", application__route="child", applicant__birth_date="2010-01-01")
    found["family"] = [parent_of(custody=False), parent_of("father")]
    for name in ("sponsor", "custody"):
        assert finding(found, f"eligibility.{name}").finding.values["person"] == ["father", "father"]


def test_a_sponsor_granted_after_the_application_is_told_so() -> None:
    later = {"family__0__status_granted_on": "2025-05-13"}
    general = finding(dossier("f54-sponsor-two-years", **later), "eligibility.sponsor")
    assert general.finding.key == "sponsor.too_recent"
    born = finding(dossier("f520-infant", **later), "eligibility.sponsor")
    assert born.finding.key == "sponsor.not_yet"
    for one in (general, born):
        assert "family[0].status_granted_on (2025-05-13)" in one.finding.in_language("en")


@pytest.mark.parametrize("number", [19, 22])
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"status": "OK", "investment_maintained": True}, "met"),
        ({"status": "OK", "investment_maintained": False}, "not_met"),
        ({"status": "OK"}, "unknown"),
        ({"status": "F-2-8", "f5_application": "pending", "investment_maintained": True}, "review"),
        ({"status": "F-2-8", "f5_application": "pending"}, "unknown"),
        ({"status": "F-2-8", "f5_application": "pending", "investment_maintained": False}, "not_met"),
        ({"status": "F-2-8", "f5_application": "refused", "investment_maintained": True}, "not_met"),
        ({"status": "F-2-8", "f5_application": "granted", "investment_maintained": True}, "met"),
        ({"status": "F-2-8", "investment_maintained": True}, "not_met"),
        ({"status": "F-5-1", "investment_maintained": True}, "not_met"),
        ({"investment_maintained": True}, "unknown"),
        ({"status": "OK", "status_granted_on": "2025-05-12", "investment_maintained": True}, "met"),
        ({"status": "OK", "status_granted_on": "2025-05-13", "investment_maintained": True}, "not_met"),
        (
            {
                "status": "OK",
                "status_granted_on": "2025-05-13",
                "f5_application": "pending",
                "investment_maintained": True,
            },
            "review",
        ),
    ],
)
def test_the_investors_family_follows_the_investor(number: int, facts: dict[str, Any], expected: str) -> None:
    facts = {
        **facts,
        **({"status": {19: "F-5-17", 22: "F-5-23"}[number]} if facts.get("status") == "OK" else {}),
    }
    for route, relation in (("spouse", "spouse"), ("child", "father")):
        found = dossier(
            "f522-filed-together", application__category=f"F-5-{number}", application__route=route
        )
        found["family"] = [{"ref": relation, "relation": relation, **facts}]
        found["marriage"]["spouse"] = ABSENT
        del found["marriage"]["spouse"]
        assert outcome(found, "eligibility.sponsor") == expected


@pytest.mark.parametrize(
    ("registered", "expected"), [("2023-05-12", "met"), ("2023-05-13", "not_met"), (ABSENT, "unknown")]
)
def test_the_tourism_investors_spouse_is_married_two_years(registered: Any, expected: str) -> None:
    found = dossier("f522-filed-together", application__category="F-5-19", marriage__registered_on=registered)
    assert outcome(found, "eligibility.marriage") == expected


@pytest.mark.parametrize(
    ("route", "status", "expected"),
    [
        ("spouse", "F-2-8", "met"),
        ("spouse", "F-2-81", "met"),
        ("child", "F-2-81", "met"),
        ("child", "F-2-8", "not_met"),
    ],
)
def test_the_tourism_investors_family_stays_in_its_own_status(route: str, status: str, expected: str) -> None:
    found = dossier("f522-filed-together", application__category="F-5-19", application__route=route)
    found["stays"] = [{"status": status, "from": "2020-05-12"}]
    assert outcome(found, "eligibility.residence") == expected


@pytest.mark.parametrize("number", [19, 22])
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("single", "met"),
        ("married", "not_met"),
        ("divorced", "not_met"),
        ("widowed", "not_met"),
        ("common_law", "not_met"),
        (ABSENT, "unknown"),
    ],
)
def test_an_investors_child_is_single(number: int, status: Any, expected: str) -> None:
    found = dossier("f522-filed-together", application__category=f"F-5-{number}", application__route="child")
    assert outcome(put(found, "applicant.marital_status", status), "eligibility.unmarried") == expected


def infant(**changes: Any) -> dict[str, Any]:
    return dossier("f520-infant", **changes)


@pytest.mark.parametrize(
    ("birth", "expected", "key"),
    [
        ("2025-02-11", "met", "filed.in_time"),
        ("2025-02-10", "met", "filed.with_penalty"),
        ("2024-05-13", "met", "filed.with_penalty"),
        ("2024-05-12", "not_met", "filed.too_late"),
    ],
)
def test_a_child_born_here_is_filed_within_the_year(birth: str, expected: str, key: str) -> None:
    found = finding(infant(applicant__birth_date=birth), "eligibility.filed_in_time")
    assert (found.outcome, found.finding.key) == (expected, key)


@pytest.mark.parametrize(
    ("registered", "expected"),
    [
        ("2024-03-10", "met"),
        ("2024-03-11", "review"),
        ("2025-03-09", "review"),
        ("2025-03-10", "not_met"),
        ("2025-06-01", "not_met"),
        (ABSENT, "unknown"),
    ],
)
def test_the_parents_married_before_the_day_of_birth(registered: Any, expected: str) -> None:
    found = put(infant(), "parents_marriage_registered_on", registered)
    assert outcome(found, "eligibility.parents_marriage") == expected


@pytest.mark.parametrize(("registered", "left_out"), [("2025-05-12", []), ("2025-05-13", ["2025-05-13"])])
def test_a_marriage_of_the_parents_is_left_out_only_after_the_day_of_application(
    registered: str, left_out: list[str]
) -> None:
    found = finding(infant(parents_marriage_registered_on=registered), "eligibility.parents_marriage")
    assert [day for note in found.notes for day in note.values["days"]] == left_out
    assert found.finding.key == "parents_marriage.after_birth"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "met"),
        ({"family__0__status": "F-5"}, "met"),
        ({"family__0__status": "F-2-7"}, "not_met"),
        ({"family__0__status": ABSENT}, "unknown"),
        ({"family__0__deceased": True}, "not_met"),
        ({"family__0__status_granted_on": "2025-05-13"}, "not_met"),
    ],
)
def test_a_parent_of_the_child_born_here_holds_f5(changes: dict[str, Any], expected: str) -> None:
    assert outcome(infant(**changes), "eligibility.sponsor") == expected


@pytest.mark.parametrize("name", ["birth_registered", "born_in_korea"])
@pytest.mark.parametrize(("fact", "expected"), [(True, "met"), (False, "not_met"), (ABSENT, "unknown")])
def test_the_birth_is_in_korea_and_registered(name: str, fact: Any, expected: str) -> None:
    assert outcome(put(infant(), f"applicant.{name}", fact), f"eligibility.{name}") == expected


def born_here(route: str, *stays: tuple[str, str, str | None, bool | None]) -> dict[str, Any]:
    rows = [
        {"status": status, "from": start, "to": end, **({} if left is None else {"complete_departure": left})}
        for status, start, end, left in stays
    ]
    return dossier("f58-deposit", application__route=route, stays=rows)


@pytest.mark.parametrize(("start", "expected"), [("2002-04-17", "met"), ("2002-04-18", "not_met")])
def test_the_former_f2_began_before_the_decree(start: str, expected: str) -> None:
    assert (
        outcome(born_here("current_stay", ("F-2-5", start, None, None)), "eligibility.former_f2") == expected
    )


FORMER = ("F-2", "1995-01-01", "2005-12-31", True)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (born_here("current_stay", ("F-2", "1995-01-01", None, None)), "met"),
        (
            born_here(
                "current_stay", ("F-2", "1995-01-01", "2010-01-01", False), ("E-7", "2012-01-01", None, None)
            ),
            "met",
        ),
        (born_here("current_stay", FORMER, ("E-7", "2012-01-01", None, None)), "not_met"),
        (
            born_here(
                "current_stay", ("F-2", "1995-01-01", "2010-01-01", False), ("F-4", "2012-01-01", None, None)
            ),
            "not_met",
        ),
        (born_here("current_stay", ("F-2", "2003-01-01", None, None)), "not_met"),
        (born_here("returned_two_years", FORMER, ("E-7", "2023-05-12", None, None)), "met"),
        (born_here("returned_two_years", FORMER, ("E-7", "2023-05-13", None, None)), "not_met"),
        (
            born_here(
                "returned_two_years",
                FORMER,
                ("E-7", "2010-01-01", "2010-12-31", False),
                ("E-7", "2024-05-11", None, None),
            ),
            "met",
        ),
        (
            born_here(
                "returned_two_years",
                FORMER,
                ("E-7", "2024-05-13", None, None),
                ("F-2", "2023-05-12", "2024-12-31", None),
            ),
            "met",
        ),
        (born_here("returned_two_years", FORMER, ("F-1", "2010-01-01", None, None)), "not_met"),
        (born_here("returned_four_years", FORMER, ("F-1", "2021-05-12", None, None)), "met"),
        (born_here("returned_four_years", FORMER, ("F-1", "2021-05-13", None, None)), "not_met"),
        (
            born_here(
                "returned_four_years",
                FORMER,
                ("F-3", "2021-05-12", "2023-01-01", None),
                ("F-2", "2023-01-02", None, None),
            ),
            "met",
        ),
        (born_here("returned_two_years", ("F-2", "1995-01-01", None, False)), "not_met"),
        (
            born_here(
                "returned_two_years",
                ("F-2", "1995-01-01", "2000-01-01", None),
                ("E-7", "2010-01-01", None, None),
            ),
            "unknown",
        ),
    ],
)
def test_the_born_here_stay_on_or_return(found: dict[str, Any], expected: str) -> None:
    assert outcome(found, "eligibility.residence") == expected


@pytest.mark.parametrize(
    ("status", "expected"), [("F-2-99", "met"), ("E-7", "met"), ("F-4", "not_met"), (ABSENT, "not_met")]
)
def test_the_stated_status_stands_in_for_the_born_here_where_no_stay_covers_the_application(
    status: Any, expected: str
) -> None:
    found = born_here("current_stay", ("F-2", "1995-01-01", "2025-05-11", False))
    put(found, "applicant.current_status", status)
    assert outcome(found, "eligibility.residence") == expected


@pytest.mark.parametrize(("left", "expected"), [(True, "met"), (False, "not_met")])
def test_a_return_to_a_second_f2_before_the_decree_is_a_return(left: bool, expected: str) -> None:
    stays = (("F-2", "1985-01-01", "1990-01-01", left), ("F-2", "1995-01-01", None, None))
    for route in ("returned_two_years", "returned_four_years"):
        assert outcome(born_here(route, *stays), "eligibility.residence") == expected
    # No departure lies after the second of the two.
    assert outcome(born_here("current_stay", *stays), "eligibility.residence") == "met"


@pytest.mark.parametrize(("left", "expected"), [("2023-05-11", "met"), ("2023-05-12", "not_met")])
def test_a_return_on_the_day_of_departure_counts_from_the_day_after(left: str, expected: str) -> None:
    found = born_here("returned_two_years", ("F-2", "1995-01-01", left, True), ("E-7", left, None, None))
    assert outcome(found, "eligibility.residence") == expected


def test_absent_stays_leave_the_born_here_open() -> None:
    for route in ("current_stay", "returned_two_years", "returned_four_years"):
        found = put(born_here(route), "stays", ABSENT)
        assert outcome(found, "eligibility.former_f2") == "unknown"
        assert outcome(found, "eligibility.residence") == "unknown"


def test_a_married_applicant_with_everything_is_met() -> None:
    assert area(married(), "eligibility") == "met"


def test_of_several_former_f2_stays_the_last_before_the_decree_is_named() -> None:
    rows = [
        {"status": "F-2", "from": "1995-01-01", "to": "1996-12-31"},
        {"status": "F-2", "from": "2001-03-04", "to": "2002-12-31"},
        {"status": "F-2", "from": "2003-01-01"},
    ]
    found = finding(dossier("f58-deposit", stays=rows), "eligibility.former_f2")
    assert found.finding.in_language("en") == "F-2 since 2001-03-04, before 2002-04-18."
    found = finding(dossier("f58-deposit", stays=rows[2:]), "eligibility.former_f2")
    assert found.finding.in_language("en") == "No F-2 stay began before 2002-04-18."
    found = finding(dossier("f58-deposit", stays=ABSENT), "eligibility.former_f2")
    assert (found.outcome, found.finding.values["facts"]) == ("unknown", ["stays"])


def test_of_an_investor_only_what_is_open_is_named() -> None:
    investor = {"ref": "father", "relation": "father", "investment_maintained": True}
    found = dossier("f522-filed-together", application__route="child", family=[investor])
    assert finding(found, "eligibility.sponsor").finding.values == {"facts": ["family[0].status"]}


def test_an_investor_who_was_refused_is_named_so() -> None:
    found = dossier("f522-filed-together", application__category="F-5-22", application__route="child")
    found["family"] = [
        {
            "ref": "father",
            "relation": "father",
            "status": "F-2-8",
            "f5_application": "refused",
            "investment_maintained": True,
        }
    ]
    assert finding(found, "eligibility.sponsor").finding.key == "sponsor.refused"


def test_without_a_family_it_is_the_family_that_is_to_be_established() -> None:
    child = dossier("f53-ten-enrolled", application__category="F-5-4", application__route="child")
    found = finding(put(child, "family", ABSENT), "eligibility.custody").finding
    assert (found.key, found.values["facts"]) == ("missing", ["family"])
