"""Documents (section 10 and the catalogue's conditions)."""

from typing import Any

from tests.rules.cases import ABSENT
from tests.rules.readings.reading import Reading, asset, degree, income, person

SUBMITTED, IN_DATE, REVIEWED = "documents.submitted", "documents.in_date", "documents.reviewed"


def reads(why: str, base: str, changes: dict[str, Any], /, **expected: str) -> Reading:
    names = {"submitted": SUBMITTED, "in_date": IN_DATE, "reviewed": REVIEWED, "area": "documents"}
    return Reading(why, base, changes, {names[name]: outcome for name, outcome in expected.items()})


def asked(code: str, *bases: str, **changes: Any) -> list[Reading]:
    """Without this document the application is not complete; with the rest it is."""
    changed = {path.replace("__", "."): fact for path, fact in changes.items()}
    return [
        reads(f"{code} is asked for", base, {**changed, "without": [code]}, submitted="not_met")
        for base in bases
    ] + [reads(f"{code} is the last", base, changed, submitted="met") for base in bases]


def spared(code: str, *bases: str, **changes: Any) -> list[Reading]:
    """The application is complete without this document."""
    changed = {path.replace("__", "."): fact for path, fact in changes.items()}
    return [
        reads(
            f"{code} is not asked for", base, {**changed, "without": [code]}, submitted="met", reviewed="met"
        )
        for base in bases
    ]


def paper(code: str, **facts: Any) -> dict[str, Any]:
    known = {"code": code, "submitted": True, "reviewed": True, **facts}
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


ALL = (
    "f51",
    "f52",
    "f53",
    "f54",
    "f55",
    "f59",
    "f510",
    "f511",
    "f513",
    "f516",
    "f517",
    "f519",
    "f522",
    "f525",
    "f526",
)
TWO_EARN = {
    "family": [person("spouse")],
    "income": [income(60_000_000), income(45_000_000, "spouse")],
    "applicant.marital_status": "married",
}
OWN_OF_SPOUSE = [paper("common-07", person="spouse"), paper("common-08", person="spouse")]


def earners(why: str, outcome: str, *papers: Any, **changes: Any) -> Reading:
    """Two earners; the base has 07 and 08 without a person."""
    rest = [
        paper(code)
        for code in (
            "common-01",
            "common-02",
            "common-03",
            "common-05",
            "common-06",
            "common-13",
            "common-15",
            "degree",
        )
    ]
    rows = [*rest, paper("common-04", expires_on="2026-01-01"), *papers]
    return reads(why, "f51", {**TWO_EARN, "documents": rows, **changes}, submitted=outcome)


READINGS = [
    *(
        reads("all there", base, {}, submitted="met", in_date="met", reviewed="met", area="met")
        for base in ALL
    ),
    *(
        one
        for code in ("common-01", "common-02", "common-04", "common-15")
        for one in asked(code, "f51", "f55", "f520")
    ),
    *asked("common-03", "f51", "f53"),
    *spared("common-03", "f520"),
    *asked("common-05", "f51", "f513", "f525"),
    *spared("common-05", "f55", "f511", "f520", "f53"),
    *spared("common-05", "f51", stays=[{"status": "E-7-1", "from": "2015-05-12"}]),
    *spared(
        "common-05",
        "f51",
        certificate_relief=[{"country": "VNM", "ground": "disaster_or_war", "evidenced": True}],
    ),
    *asked("common-05", "f51", certificate_relief=[{"country": "VNM", "ground": "disaster_or_war"}]),
    *asked("common-06", "f51", "f55", "f525", "f526"),
    *spared("common-06", "f517", "f519", "f521", "f522", "f523"),
    *spared("common-06", "f51", application__obliged_under_article_79=True),
    *asked("common-06", "f51", application__obliged_under_article_79=False),
    *spared("common-06", "f54", applicant__descends_from_pre_1948_entrant=True),
    *spared("common-06", "f54", applicant__descends_from_korean_spouse_of_japanese=True),
    *asked("common-07", "f51", "f59", "f513", "assets"),
    *spared("common-07", "f55", "f53", "f511", "f517"),
    *asked("common-08", "f51", "f59", "f513"),
    *spared("common-08", "assets", "f55", "f53"),
    *spared("common-07", "f510", education=[degree("master", "KOR", programme="GKS")]),
    *spared("common-08", "f515", education=[degree("doctorate", "KOR", programme="D-2-7")]),
    *spared("common-09", "f51"),
    *spared("common-10", "f51"),
    *spared("other", "f51"),
    # One of 11 to 14.
    *asked("common-13", "f51", "f52", "f516"),
    *spared("common-13", "f55", "f59", "f53", "f54-child"),
    *spared("common-13", "f51", applicant__birth_date="1965-05-12"),
    *spared("common-13", "f51", korean_schooling={"graduated": True}),
    *(
        reads(
            f"{code} instead",
            "f51",
            {"without": ["common-13"], "with": [code]},
            submitted="met",
            reviewed="met",
        )
        for code in ("common-11", "common-12", "common-14")
    ),
    reads("TOPIK does not count", "f51", {"without": ["common-13"], "with": ["topik"]}, submitted="not_met"),
    reads(
        "TOPIK counts in training",
        "e5",
        {"without": ["common-13"], "with": ["topik"], "integration": {"topik_level": 5}},
        submitted="met",
    ),
    reads(
        "TOPIK counts until March 2019",
        "f51",
        {
            "without": ["common-13"],
            "with": ["topik"],
            "integration": {"topik_level": 4},
            "application.received_on": "2019-03-31",
        },
        submitted="met",
    ),
    # Own documents of the category.
    *asked("degree", "f51", "f59", "f510", "f515", "f526"),
    *spared("degree", "d8", "e5", "d10"),
    *asked("sales-or-exports", "d8", "d9"),
    *spared("sales-or-exports", "f51"),
    *asked("job-offer", "d10"),
    reads(
        "D-7 asks for the dispatch order",
        "f51",
        {"status": "D-7-1", "since": "2019-01-01"},
        submitted="not_met",
    ),
    reads(
        "D-7 with the dispatch order",
        "f51",
        {"status": "D-7-1", "since": "2019-01-01", "without": ["degree"], "with": ["employment-or-dispatch"]},
        submitted="met",
    ),
    *asked("family-relations", "f52", "f53", "f54", "f54-child", "f518", "f519", "f520", "f522"),
    *asked("marriage-end", "f52-ended", marriage__fault="korean_spouse"),
    *spared("marriage-end", "f52-ended", marriage__ended_by="death"),
    *spared("marriage-end", "f52-ended", marriage__ended_by="disappearance"),
    *spared("marriage-end", "f52"),
    *asked("birth-certificate", "f53", "f520"),
    *asked("parent-permanent-residence", "f520"),
    *asked("nationality-statement", "f520"),
    *asked("unmarried", "f519-child", "f522-child"),
    *spared("unmarried", "f519", "f522"),
    *asked("fie-registration", "f55"),
    *asked("funding", "f524"),
    *spared("fie-registration", "f524"),
    *(
        one
        for code in ("company-register", "employees-income", "employees-contract", "employees-insurance")
        for one in asked(code, "f55", "f524")
    ),
    *asked("business-registration", "f59", "f510", "f515", "f516"),
    *asked("employment-and-insurance", "f59", "f510", "f515"),
    *asked("achievements", "f511", "f512"),
    *asked("pension", "f513"),
    *asked("employment-contract", "f516"),
    *spared("employment-contract", "f516", income=[], assets=[asset(673_410_000)]),
    *asked("investment-maintained", "f517", "f521", "f522", "f522-child", "f523"),
    *spared("investment-maintained", "f519"),
    *asked("domestic-assets", "f523"),
    *(one for code in ("investment-deposit", "remittance", "pledge") for one in asked(code, "f525")),
    *(one for code in ("research-facility", "appointment") for one in asked(code, "f526")),
    reads(
        "F-5-8 asks for its register",
        "f58",
        {"with": ["family-register-residents-association"]},
        submitted="not_met",
    ),
    reads(
        "F-5-8 with both",
        "f58",
        {"with": ["family-register-residents-association", "birth-certificate"]},
        submitted="met",
    ),
    *(
        reads(
            "no livelihood and competency papers under a separate guideline",
            base,
            {"without": ["common-07", "common-08", "common-13"]},
            submitted="met",
        )
        for base in ("f56", "f57", "f514", "f527")
    ),
    # One per earner.
    earners("without a person they are the applicant's", "not_met", paper("common-07"), paper("common-08")),
    earners("one each", "met", paper("common-07"), paper("common-08"), *OWN_OF_SPOUSE),
    earners(
        "both named",
        "met",
        paper("common-07", person="applicant"),
        paper("common-08", person="applicant"),
        *OWN_OF_SPOUSE,
    ),
    earners("two without a person", "not_met", *[paper("common-07")] * 2, *[paper("common-08")] * 2),
    earners("only the spouse's", "not_met", *OWN_OF_SPOUSE),
    earners(
        "the spouse earns alone",
        "met",
        *OWN_OF_SPOUSE,
        **{"income": [income(100_000_000, "spouse")], "applicant.raises_minor_children": True},
    ),
    earners(
        "the spouse earns alone, no person named",
        "met",
        paper("common-07"),
        paper("common-08"),
        **{"income": [income(100_000_000, "spouse")], "applicant.raises_minor_children": True},
    ),
    earners(
        "the spouse is in arrears and does not count",
        "met",
        paper("common-07"),
        paper("common-08"),
        income=[income(100_000_000), income(9, "spouse")],
        arrears=[{"person": "spouse", "kind": "fine"}],
    ),
    earners(
        "assets of two carry",
        "not_met",
        paper("common-07"),
        income=[],
        assets=[asset(400_000_000), asset(400_000_000, "spouse")],
    ),
    earners(
        "assets of two carry, one each",
        "met",
        paper("common-07"),
        paper("common-07", person="spouse"),
        income=[],
        assets=[asset(400_000_000), asset(400_000_000, "spouse")],
    ),
    earners(
        "assets of the applicant carry",
        "met",
        paper("common-07"),
        income=[income(9, "spouse")],
        assets=[asset(800_000_000)],
    ),
    # Marks.
    reads(
        "no documents section",
        "f51",
        {"documents": ABSENT},
        submitted="unknown",
        in_date="unknown",
        reviewed="unknown",
        area="unknown",
    ),
    reads(
        "no documents",
        "f51",
        {"documents": []},
        submitted="not_met",
        in_date="met",
        reviewed="met",
        area="not_met",
    ),
    reads(
        "marked not submitted", "f51", {"documents.0.submitted": False}, submitted="not_met", reviewed="met"
    ),
    reads("not marked", "f51", {"documents.0.submitted": ABSENT}, submitted="unknown"),
    reads(
        "one missing, another not marked",
        "f51",
        {"documents.0.submitted": ABSENT, "without": ["degree"]},
        submitted="not_met",
    ),
    reads(
        "not reviewed",
        "f51",
        {"documents.0.reviewed": False},
        submitted="met",
        reviewed="unknown",
        area="unknown",
    ),
    reads("review absent", "f51", {"documents.0.reviewed": ABSENT}, reviewed="unknown"),
    reads(
        "not submitted needs no review",
        "f51",
        {"documents.0.submitted": False, "documents.0.reviewed": False},
        submitted="not_met",
        reviewed="met",
    ),
    reads(
        "optional needs no review",
        "f51",
        {"documents.0.reviewed": True, "with": ["common-09"]},
        submitted="met",
        reviewed="met",
    ),
    # Dates.
    *(
        reads(
            f"place of stay until {day}",
            "f51",
            {"replaced": [paper("common-04", expires_on=day)]},
            in_date=outcome,
        )
        for day, outcome in (("2025-05-12", "met"), ("2025-05-11", "not_met"))
    ),
    reads(
        "place of stay, issued only",
        "f51",
        {"replaced": [paper("common-04", issued_on="2020-01-01")]},
        in_date="met",
    ),
    reads(
        "place of stay, no date", "f51", {"replaced": [paper("common-04")]}, in_date="unknown", area="unknown"
    ),
    reads(
        "place of stay, not submitted",
        "f51",
        {"replaced": [paper("common-04", submitted=False)]},
        submitted="not_met",
        in_date="met",
    ),
    *(
        reads(
            f"record issued {day}", "f51", {"replaced": [paper("common-05", issued_on=day)]}, in_date=outcome
        )
        for day, outcome in (
            ("2024-11-12", "met"),
            ("2024-11-11", "not_met"),
            ("2025-05-12", "met"),
            ("2025-05-13", "not_met"),
        )
    ),
    reads("record without a date", "f51", {"replaced": [paper("common-05")]}, in_date="unknown"),
    *(
        reads(
            f"investment kept, issued {day}",
            "f517",
            {"replaced": [paper("investment-maintained", issued_on=day)]},
            submitted="met",
            in_date=outcome,
        )
        for day, outcome in (("2025-05-07", "met"), ("2025-05-06", "not_met"), ("2025-05-12", "met"))
    ),
    reads(
        "late and without a date",
        "f51",
        {"replaced": [paper("common-04"), paper("common-05", issued_on="2024-01-01")]},
        in_date="not_met",
    ),
    reads(
        "old but without a rule",
        "f51",
        {"replaced": [paper("common-01", issued_on="2001-01-01")]},
        in_date="met",
    ),
]
