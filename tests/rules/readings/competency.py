"""Competency (section 6)."""

from typing import Any

from tests.rules.cases import ABSENT
from tests.rules.readings.reading import Reading, degree, job

A = "application.received_on"
NONE = {"kiip_level_completed": 0}


def reads(why: str, base: str, outcome: str, /, **changes: Any) -> Reading:
    changed = {"integration": NONE, **{path.replace("__", "."): fact for path, fact in changes.items()}}
    return Reading(why, base, changed, {"competency.basic": outcome, "competency": outcome})


def schooling(**facts: Any) -> dict[str, Any]:
    return facts


ADVANCED = [degree("doctorate", "USA", "advanced_technology"), degree("bachelor", "VNM")]
READINGS = [
    *(
        reads(f"{name} {level}", "f51", outcome, integration={name: level})
        for name, level, outcome in (
            ("kiip_level_completed", 5, "met"),
            ("kiip_level_completed", 4, "not_met"),
            ("permanent_residency_test_score", 60, "met"),
            ("permanent_residency_test_score", 59, "not_met"),
            ("naturalization_test_score", 60, "met"),
            ("naturalization_test_score", 59, "not_met"),
            ("topik_level", 6, "not_met"),
        )
    ),
    reads("nothing in it", "f51", "not_met", integration={}),
    reads(
        "TOPIK 4 to the end of March 2019",
        "f51",
        "met",
        integration={"topik_level": 4},
        application__received_on="2019-03-31",
    ),
    reads(
        "TOPIK 3 to the end of March 2019",
        "f51",
        "not_met",
        integration={"topik_level": 3},
        application__received_on="2019-03-31",
    ),
    reads(
        "TOPIK 6 in April 2019",
        "f51",
        "not_met",
        integration={"topik_level": 6},
        application__received_on="2019-04-01",
    ),
    reads("training, TOPIK 5", "e5", "met", integration={"topik_level": 5}),
    reads("training, TOPIK 4", "e5", "not_met", integration={"topik_level": 4}),
    reads("training, KIIP 5", "e5", "met", integration={"kiip_level_completed": 5}),
    reads(
        "training as E-7, TOPIK 5",
        "e5",
        "not_met",
        integration={"topik_level": 5},
        status="E-7",
        since="2015-06-01",
    ),
    reads(
        "training ended, TOPIK 5",
        "e5",
        "not_met",
        integration={"topik_level": 5},
        employment=[job(end="2025-05-11", medical_residency_training=True)],
    ),
    reads(
        "training, for another category",
        "e5",
        "not_met",
        integration={"topik_level": 5},
        application__category="F-5-10",
    ),
    *(
        reads("released", base, "exempt")
        for base in (
            "f55",
            "f58",
            "f59",
            "f511",
            "f512",
            "f513",
            "f515",
            "f517",
            "f519",
            "f519-child",
            "f520",
            "f521",
            "f522",
            "f523",
            "f524",
            "f525",
            "f526",
        )
    ),
    *(
        reads("released, nothing known", base, "exempt", integration=ABSENT)
        for base in ("f55", "f59", "f526")
    ),
    *(
        reads("met before exempt", base, "met", integration={"kiip_level_completed": 5})
        for base in ("f58", "f520", "f526")
    ),
    *(reads("not released", base, "not_met") for base in ("f51", "f52", "f54", "f510", "f516", "f518")),
    *(
        reads("not known", base, "unknown", integration=ABSENT)
        for base in ("f51", "f52", "f54", "f510", "f516", "f518")
    ),
    reads("18", "f51", "exempt", applicant__birth_date="2006-05-13"),
    reads("19", "f51", "not_met", applicant__birth_date="2006-05-12"),
    reads("60", "f51", "exempt", applicant__birth_date="1965-05-12"),
    reads("59", "f51", "not_met", applicant__birth_date="1965-05-13"),
    reads("60, nothing known", "f51", "exempt", applicant__birth_date="1965-05-12", integration=ABSENT),
    reads(
        "60 and KIIP 5",
        "f51",
        "met",
        applicant__birth_date="1965-05-12",
        integration={"kiip_level_completed": 5},
    ),
    reads("graduated", "f51", "exempt", korean_schooling=schooling(graduated=True)),
    reads("not graduated", "f51", "not_met", korean_schooling=schooling(graduated=False)),
    reads("equivalency", "f51", "exempt", korean_schooling=schooling(equivalency_passed=True)),
    reads("enrolled two years", "f51", "exempt", korean_schooling=schooling(enrolled=True, years_enrolled=2)),
    reads(
        "enrolled less than two years",
        "f51",
        "not_met",
        korean_schooling=schooling(enrolled=True, years_enrolled=1.9),
    ),
    reads(
        "schooling unknown is no release",
        "f51",
        "not_met",
        korean_schooling=ABSENT,
        education=ABSENT,
        employment=ABSENT,
    ),
    reads("nothing in schooling", "f51", "not_met", korean_schooling={}),
    reads("Korean doctor", "f51", "exempt", education=[degree("doctorate", "KOR")]),
    reads(
        "Korean doctor without the course",
        "f51",
        "not_met",
        education=[degree("doctorate", "KOR", regular_course=False)],
    ),
    reads(
        "Korean doctor, course unknown",
        "f51",
        "not_met",
        education=[degree("doctorate", "KOR", regular_course=ABSENT)],
    ),
    reads("Korean master", "f51", "not_met", education=[degree("master", "KOR")]),
    reads(
        "Korean doctor after A",
        "f51",
        "not_met",
        education=[degree("doctorate", "KOR", awarded_on="2025-05-13")],
    ),
    reads("as F-5-9", "f51", "exempt", education=ADVANCED),
    reads("as F-5-9, nothing known", "f51", "exempt", education=ADVANCED, integration=ABSENT),
    reads("as F-5-9 but for the work", "f51", "not_met", education=ADVANCED, employment=[job("2024-05-13")]),
    reads("as F-5-9, work unknown", "f51", "not_met", education=ADVANCED, employment=ABSENT),
    reads(
        "as F-5-9, position unknown",
        "f51",
        "not_met",
        education=ADVANCED,
        employment=[job(full_time_permanent=ABSENT)],
    ),
    reads("as F-5-9 in another category", "f516", "exempt", education=ADVANCED),
    # The ladder of F-5-3.
    *(
        reads(why, "f53", outcome, applicant__birth_date=born, korean_schooling=school, integration=NONE)
        for why, outcome, born, school in (
            ("under 6", "exempt", "2019-05-13", ABSENT),
            ("6, not enrolled", "not_met", "2019-05-12", ABSENT),
            ("6, enrolled", "exempt", "2019-05-12", schooling(enrolled=True)),
            ("6, enrolment denied", "not_met", "2019-05-12", schooling(enrolled=False, years_enrolled=3)),
            ("14, enrolled", "exempt", "2010-05-13", schooling(enrolled=True)),
            ("14, graduated only", "not_met", "2010-05-13", schooling(graduated=True, enrolled=False)),
            ("15, enrolled", "not_met", "2010-05-12", schooling(enrolled=True, years_enrolled=1.5)),
            ("15, enrolled two years", "exempt", "2010-05-12", schooling(enrolled=True, years_enrolled=2)),
            ("15, graduated", "exempt", "2010-05-12", schooling(graduated=True)),
            ("15, equivalency", "exempt", "2010-05-12", schooling(equivalency_passed=True)),
            ("18, nothing", "not_met", "2006-05-13", ABSENT),
        )
    ),
    reads(
        "10, KIIP 5 without a school",
        "f53",
        "met",
        integration={"kiip_level_completed": 5},
        korean_schooling=ABSENT,
    ),
    reads("10, nothing known", "f53", "unknown", integration=ABSENT, korean_schooling=ABSENT),
    reads("10, enrolled, nothing else known", "f53", "exempt", integration=ABSENT),
    reads(
        "under 6, nothing known",
        "f53",
        "exempt",
        integration=ABSENT,
        korean_schooling=ABSENT,
        applicant__birth_date="2020-05-13",
    ),
    reads("10, enrolled and KIIP 5", "f53", "met", integration={"kiip_level_completed": 5}),
    reads("a child of F-5-4 is released by age", "f54-child", "exempt", integration=ABSENT),
]
