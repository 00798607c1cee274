"""Conduct (section 4), and what its events after the application and absent facts decide."""

from typing import Any

from tests.rules.cases import ABSENT
from tests.rules.readings.reading import Reading


def sentence(kind: str, offence: str = "other", country: str = "KOR", **days: str) -> dict[str, Any]:
    return {"country": country, "sentence": kind, "offence": offence, **days}


def violation(
    day: str, penalty: str | None = "warning", articles: Any = ("18(1)",), **facts: Any
) -> dict[str, Any]:
    known = {"on": day, "penalty": penalty, "articles": articles and list(articles), **facts}
    return {name: fact for name, fact in known.items() if fact is not None}


def record(why: str, criterion: str, outcome: str, *entries: Any, **changes: Any) -> Reading:
    changed = {
        "criminal_record": list(entries),
        **{path.replace("__", "."): one for path, one in changes.items()},
    }
    return Reading(why, "f51", changed, {f"conduct.{criterion}": outcome})


def violations(why: str, criterion: str, outcome: str, *entries: Any) -> Reading:
    return Reading(why, "f51", {"immigration_violations": list(entries)}, {f"conduct.{criterion}": outcome})


VIOLENT = "specific_violent_crime"
PAID = "penalty_payment"
SECTIONS = {
    "criminal_record": (
        "violent_crime",
        "imprisonment",
        "suspended_sentence",
        "fine",
        "overseas_serious",
        "overseas_imprisonment",
    ),
    "immigration_violations": ("entry_violation", "repeat_violation", "penalty_payment"),
    "removals": ("removal",),
    "humanitarian_stay": ("humanitarian_stay",),
    "pending_proceedings": ("pending",),
}
ALL = {f"conduct.{name}": "met" for names in SECTIONS.values() for name in names}


def absent(section: str) -> Reading:
    unknown = {f"conduct.{name}": "unknown" for name in SECTIONS[section]}
    expected = ALL | unknown | {"conduct": "unknown", "overall": "unknown"}
    return Reading(f"no {section}", "f51", {section: ABSENT}, expected)


READINGS = [
    *map(absent, SECTIONS),
    Reading("all sections empty", "f51", {}, {**ALL, "conduct": "met", "overall": "met"}),
    record(
        "violent, long ago",
        "violent_crime",
        "not_met",
        sentence("imprisonment", VIOLENT, sentenced_on="1999-01-01", completed_on="2003-01-01"),
    ),
    record(
        "violent, long ago, served",
        "imprisonment",
        "met",
        sentence("imprisonment", VIOLENT, sentenced_on="1999-01-01", completed_on="2003-01-01"),
    ),
    record(
        "violent, still served",
        "imprisonment",
        "not_met",
        sentence("imprisonment", VIOLENT, sentenced_on="2019-01-01"),
    ),
    record(
        "violent, a fine", "violent_crime", "not_met", sentence("fine", VIOLENT, completed_on="2010-01-01")
    ),
    record(
        "violent without any date", "violent_crime", "not_met", sentence("suspended_imprisonment", VIOLENT)
    ),
    record("violent abroad is not Korean", "violent_crime", "met", sentence("imprisonment", VIOLENT, "VNM")),
    record(
        "violent, sentenced after A",
        "violent_crime",
        "met",
        sentence("imprisonment", VIOLENT, sentenced_on="2025-05-13"),
    ),
    record("served 5 y ago", "imprisonment", "met", sentence("imprisonment", completed_on="2020-05-12")),
    record(
        "served 5 y less a day",
        "imprisonment",
        "not_met",
        sentence("imprisonment", completed_on="2020-05-13"),
    ),
    record("not served", "imprisonment", "not_met", sentence("imprisonment", sentenced_on="2001-05-12")),
    record("served on A", "imprisonment", "not_met", sentence("imprisonment", completed_on="2025-05-12")),
    record(
        "served only after A",
        "imprisonment",
        "not_met",
        sentence("imprisonment", sentenced_on="2018-01-01", completed_on="2025-05-13"),
    ),
    record("sentenced after A", "imprisonment", "met", sentence("imprisonment", sentenced_on="2025-05-13")),
    record(
        "served on a leap day, barred",
        "imprisonment",
        "not_met",
        sentence("imprisonment", completed_on="2020-02-29"),
        application__received_on="2025-02-28",
    ),
    record(
        "served on a leap day, free",
        "imprisonment",
        "met",
        sentence("imprisonment", completed_on="2020-02-29"),
        application__received_on="2025-03-01",
    ),
    record(
        "suspended 5 y ago",
        "suspended_sentence",
        "met",
        sentence("suspended_imprisonment", sentenced_on="2020-05-12"),
    ),
    record(
        "suspended 5 y less a day",
        "suspended_sentence",
        "not_met",
        sentence("suspended_imprisonment", sentenced_on="2020-05-13"),
    ),
    record("suspended, day unknown", "suspended_sentence", "unknown", sentence("suspended_imprisonment")),
    record(
        "suspended, one unknown and one barred",
        "suspended_sentence",
        "not_met",
        sentence("suspended_imprisonment"),
        sentence("suspended_imprisonment", sentenced_on="2023-05-13"),
    ),
    record(
        "suspended does not bar as imprisonment",
        "imprisonment",
        "met",
        sentence("suspended_imprisonment", sentenced_on="2023-05-13"),
    ),
    record(
        "fine paid on a leap day, barred",
        "fine",
        "not_met",
        sentence("fine", completed_on="2020-02-29"),
        application__received_on="2023-02-28",
    ),
    record(
        "fine paid on a leap day, free",
        "fine",
        "met",
        sentence("fine", completed_on="2020-02-29"),
        application__received_on="2023-03-01",
    ),
    record("foreign fine", "fine", "met", sentence("fine", country="VNM")),
    record(
        "fine paid after A",
        "fine",
        "not_met",
        sentence("fine", sentenced_on="2024-01-01", completed_on="2025-06-01"),
    ),
    record("fine imposed after A", "fine", "met", sentence("fine", sentenced_on="2025-06-01")),
    *(
        record(
            f"foreign {offence}",
            "overseas_serious",
            "not_met",
            sentence("fine", offence, "VNM", sentenced_on="1999-01-01"),
        )
        for offence in (VIOLENT, "threats", "extortion", "fraud", "voice_phishing", "drugs")
    ),
    record("Korean fraud", "overseas_serious", "met", sentence("fine", "fraud", completed_on="1999-01-01")),
    record(
        "foreign fraud without a day", "overseas_serious", "not_met", sentence("imprisonment", "fraud", "VNM")
    ),
    record(
        "foreign fraud after A",
        "overseas_serious",
        "met",
        sentence("imprisonment", "fraud", "VNM", sentenced_on="2025-05-13"),
    ),
    record(
        "foreign drunk driving, two",
        "overseas_serious",
        "met",
        *[sentence("fine", "drunk_driving", "VNM", sentenced_on="2001-01-01")] * 2,
    ),
    record(
        "foreign drunk driving, three",
        "overseas_serious",
        "not_met",
        *[sentence("fine", "drunk_driving", "VNM", sentenced_on="2001-01-01")] * 2,
        sentence("fine", "drunk_driving", "JPN", sentenced_on="2003-01-01"),
    ),
    record(
        "drunk driving, two foreign and a Korean",
        "overseas_serious",
        "met",
        *[sentence("fine", "drunk_driving", "VNM", sentenced_on="2001-01-01")] * 2,
        sentence("fine", "drunk_driving", completed_on="2003-01-01"),
    ),
    record(
        "foreign immigration offence, a fine",
        "overseas_serious",
        "met",
        sentence("fine", "immigration", "VNM"),
    ),
    record(
        "foreign imprisonment 10 y ago",
        "overseas_imprisonment",
        "met",
        sentence("imprisonment", "other", "VNM", sentenced_on="2015-05-12"),
    ),
    record(
        "foreign imprisonment 10 y less a day",
        "overseas_imprisonment",
        "not_met",
        sentence("imprisonment", "other", "VNM", sentenced_on="2015-05-13"),
    ),
    record(
        "foreign imprisonment, day unknown",
        "overseas_imprisonment",
        "unknown",
        sentence("imprisonment", "other", "VNM"),
    ),
    record(
        "foreign drunk driving, one imprisonment",
        "overseas_imprisonment",
        "not_met",
        sentence("imprisonment", "drunk_driving", "VNM", sentenced_on="2020-01-01"),
    ),
    record(
        "foreign suspended 10 y less a day",
        "overseas_imprisonment",
        "review",
        sentence("suspended_imprisonment", "other", "VNM", sentenced_on="2015-05-13"),
    ),
    record(
        "foreign suspended 10 y ago",
        "overseas_imprisonment",
        "met",
        sentence("suspended_imprisonment", "other", "VNM", sentenced_on="2015-05-12"),
    ),
    record(
        "foreign suspended and barred",
        "overseas_imprisonment",
        "not_met",
        sentence("suspended_imprisonment", "other", "VNM", sentenced_on="2020-05-13"),
        sentence("imprisonment", "other", "VNM", sentenced_on="2020-05-13"),
    ),
    record(
        "foreign fine",
        "overseas_imprisonment",
        "met",
        sentence("fine", "other", "VNM", sentenced_on="2024-01-01"),
    ),
    *(
        violations(
            f"entry violation {article}",
            "entry_violation",
            "not_met",
            violation("2020-05-13", articles=[article]),
        )
        for article in ("7(1)", "7(4)", "12(1)", "12(2)")
    ),
    violations(
        "entry violation 5 y ago", "entry_violation", "met", violation("2020-05-12", articles=["7(1)"])
    ),
    violations(
        "other articles",
        "entry_violation",
        "met",
        violation("2024-05-12", articles=["7(2)", "12(3)", "17(1)"]),
    ),
    violations(
        "entry violation with a fine",
        "entry_violation",
        "not_met",
        violation("2024-05-12", "administrative_fine", articles=["18(1)", "12(1)"]),
    ),
    violations("articles unknown", "entry_violation", "unknown", violation("2024-05-12", articles=None)),
    violations(
        "articles unknown, long ago", "entry_violation", "met", violation("2020-05-12", articles=None)
    ),
    violations(
        "entry violation after A", "entry_violation", "met", violation("2025-05-13", articles=["7(1)"])
    ),
    violations(
        "three within 5 y",
        "repeat_violation",
        "not_met",
        violation("2020-05-12"),
        violation("2021-05-12"),
        violation("2025-05-12"),
    ),
    violations(
        "one a day too old",
        "repeat_violation",
        "met",
        violation("2020-05-11"),
        violation("2021-05-12"),
        violation("2025-05-12"),
    ),
    violations(
        "one after A",
        "repeat_violation",
        "met",
        violation("2025-05-13"),
        violation("2021-05-12"),
        violation("2025-05-12"),
    ),
    violations(
        "three, how one ended unknown",
        "repeat_violation",
        "unknown",
        violation("2021-05-12", None),
        violation("2021-06-12"),
        violation("2025-05-12"),
    ),
    violations(
        "four, how one ended unknown",
        "repeat_violation",
        "not_met",
        violation("2021-05-12", None),
        *[violation("2021-06-12")] * 3,
    ),
    violations("three, none punished", "repeat_violation", "not_met", *[violation("2021-06-12", "none")] * 3),
    violations(
        "one of 5,000,000", "penalty_payment", "not_met", violation("2022-05-12", PAID, amount=5_000_000)
    ),
    violations(
        "one of 5,000,000, a day too old",
        "penalty_payment",
        "met",
        violation("2022-05-11", PAID, amount=5_000_000),
    ),
    violations("one of 4,999,999", "penalty_payment", "met", violation("2022-05-12", PAID, amount=4_999_999)),
    violations(
        "7,000,000 in all",
        "penalty_payment",
        "not_met",
        violation("2022-05-12", PAID, amount=3_500_000),
        violation("2025-05-12", PAID, amount=3_500_000),
    ),
    violations(
        "6,999,999 in all",
        "penalty_payment",
        "met",
        violation("2022-05-12", PAID, amount=3_500_000),
        violation("2025-05-12", PAID, amount=3_499_999),
    ),
    violations(
        "an administrative fine is none",
        "penalty_payment",
        "met",
        violation("2024-05-12", "administrative_fine", amount=9_000_000),
    ),
    violations("amount unknown", "penalty_payment", "unknown", violation("2024-05-12", PAID)),
    violations("amount unknown, too old", "penalty_payment", "met", violation("2022-05-11", PAID)),
    violations(
        "kind unknown, amount decides",
        "penalty_payment",
        "unknown",
        violation("2024-05-12", None, amount=5_000_000),
    ),
    violations(
        "kind unknown, amount cannot decide",
        "penalty_payment",
        "met",
        violation("2024-05-12", None, amount=100_000),
    ),
    violations(
        "amount unknown beside one of 5,000,000",
        "penalty_payment",
        "not_met",
        violation("2024-05-12", PAID),
        violation("2024-05-12", PAID, amount=5_000_000),
    ),
    *(
        Reading(why, "f51", {"removals": [{"kind": kind, "departed_on": day}]}, {"conduct.removal": outcome})
        for why, kind, day, outcome in (
            ("deported 7 y ago", "deportation", "2018-05-12", "met"),
            ("deported 7 y less a day", "deportation", "2018-05-13", "not_met"),
            ("deported only after A", "deportation", "2025-05-13", "met"),
            ("ordered to leave 5 y ago", "departure", "2020-05-12", "met"),
            ("ordered to leave 5 y less a day", "departure", "2020-05-13", "not_met"),
            ("ordered to leave 6 y ago", "departure", "2019-05-12", "met"),
        )
    ),
    Reading(
        "departure unknown", "f51", {"removals": [{"kind": "deportation"}]}, {"conduct.removal": "unknown"}
    ),
    *(
        Reading(
            why, "f51", {"humanitarian_stay": [{"decided_on": day}]}, {"conduct.humanitarian_stay": outcome}
        )
        for why, day, outcome in (
            ("let stay 5 y ago", "2020-05-12", "met"),
            ("let stay 5 y less a day", "2020-05-13", "not_met"),
            ("let stay after A", "2025-05-13", "met"),
        )
    ),
    Reading(
        "proceedings without details",
        "f51",
        {"pending_proceedings": [{}]},
        {"conduct.pending": "review", "conduct": "review", "overall": "review"},
    ),
]
