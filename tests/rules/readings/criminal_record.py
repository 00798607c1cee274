"""The overseas criminal record (section 7)."""

from typing import Any

from tests.rules.cases import ABSENT
from tests.rules.readings.reading import Reading, certificate, stay

A = "application.received_on"
SECTION = "criminal_record_certificates"


def reads(why: str, outcome: str, changes: dict[str, Any], base: str = "f51") -> Reading:
    return Reading(why, base, changes, {"criminal_record.certificate": outcome, "criminal_record": outcome})


def one(why: str, outcome: str, **facts: Any) -> Reading:
    """A Vietnamese certificate, consular as Viet Nam joins only in 2026."""
    return reads(why, outcome, {SECTION: [certificate(**facts)]})


def of(country: str, why: str, outcome: str, day: str | None = None, **facts: Any) -> Reading:
    """A national's certificate with an apostille, unless said otherwise."""
    paper = certificate(country, **{"authentication": "apostille", **facts})
    changes = {"applicant.nationality": country, SECTION: [paper]} | ({A: day} if day else {})
    return reads(f"{country}: {why}", outcome, changes)


def released(why: str, outcome: str, changes: dict[str, Any]) -> Reading:
    """Who might need no certificate, and has none."""
    return reads(why, outcome, {SECTION: [], **changes})


def abroad(start: str, end: str | None = None, country: str = "JPN") -> dict[str, Any]:
    return {"country": country, "from": start, "to": end}


ENTERED = {"applicant.first_entry_on": "2002-07-13"}  # the day before the applicant turned 14
JAPAN = certificate("JPN", authentication="apostille")
RELIEF = {"country": "VNM", "ground": "disaster_or_war", "evidenced": True}
READINGS = [
    one("issued six months before", "met", issued_on="2024-11-12"),
    one("issued a day earlier", "not_met", issued_on="2024-11-11"),
    one("issued on A", "met", issued_on="2025-05-12"),
    one("issued after A", "not_met", issued_on="2025-05-13"),
    reads("month end, in time", "met", {A: "2025-08-31", SECTION: [certificate(issued_on="2025-02-28")]}),
    reads("month end, late", "not_met", {A: "2025-08-31", SECTION: [certificate(issued_on="2025-02-27")]}),
    one("a copy", "not_met", original=False),
    one("original unknown", "unknown", original=ABSENT),
    one("no translation", "not_met", notarised_translation=False),
    one("translation unknown", "unknown", notarised_translation=ABSENT),
    one("issuer unknown", "unknown", issuer=ABSENT),
    one("embassy", "not_met", issuer="embassy"),
    one("local authority", "not_met", issuer="local_authority"),
    one("state authority of the whole country", "met", issuer="state_authority"),
    one("state authority", "not_met", issuer="state_authority", covers_whole_country=False),
    one(
        "state authority, coverage unknown", "unknown", issuer="state_authority", covers_whole_country=ABSENT
    ),
    one("not the whole country", "not_met", covers_whole_country=False),
    one("not the whole country, whoever issued it", "not_met", covers_whole_country=False, issuer=ABSENT),
    one("no authentication", "not_met", authentication="none"),
    one("authentication unknown", "unknown", authentication=ABSENT),
    one("apostille before accession", "not_met", authentication="apostille"),
    one("two defects, one not known", "not_met", authentication=ABSENT, original=False),
    reads("one good of two", "met", {SECTION: [certificate(original=False), certificate()]}),
    reads(
        "one unknown of two",
        "unknown",
        {SECTION: [certificate(original=False), certificate(original=ABSENT)]},
    ),
    reads(
        "one for review, one unknown",
        "review",
        {"applicant.nationality": "CHN", SECTION: [certificate("CHN"), certificate("CHN", original=ABSENT)]},
    ),
    reads("none", "not_met", {SECTION: []}),
    reads("no section", "unknown", {SECTION: ABSENT}),
    reads("of another country", "not_met", {SECTION: [certificate("JPN")]}),
    of("CHN", "consular of a member", "review", authentication="consular"),
    of(
        "CHN",
        "consular on the day before accession",
        "met",
        "2023-12-01",
        issued_on="2023-11-06",
        authentication="consular",
    ),
    of("CHN", "apostille on the day before accession", "not_met", "2023-12-01", issued_on="2023-11-06"),
    of("CHN", "apostille on the day of accession", "met", "2023-12-01", issued_on="2023-11-07"),
    of(
        "CHN",
        "consular on the day of accession",
        "review",
        "2023-12-01",
        issued_on="2023-11-07",
        authentication="consular",
    ),
    of("CHN", "local authority", "met", issuer="local_authority", covers_whole_country=False),
    of("CHN", "not the whole country, issuer unknown", "unknown", issuer=ABSENT, covers_whole_country=False),
    of("CHN", "embassy", "not_met", issuer="embassy"),
    of("RUS", "embassy", "met", issuer="embassy"),
    of("TKM", "embassy, consular", "met", issuer="embassy", authentication="consular"),
    of("USA", "state authority of the whole country", "met", issuer="state_authority"),
    of("USA", "local authority", "not_met", issuer="local_authority"),
    of("MMR", "apostille of a country not on the list", "review"),
    of("MMR", "consular of a country not on the list", "met", authentication="consular"),
    of("VNM", "apostille after accession", "met", "2026-10-01", issued_on="2026-09-11"),
    of(
        "VNM",
        "consular after accession",
        "review",
        "2026-10-01",
        issued_on="2026-09-11",
        authentication="consular",
    ),
    of(
        "VNM",
        "consular before accession",
        "met",
        "2026-10-01",
        issued_on="2026-09-10",
        authentication="consular",
    ),
    of("AUS", "apostille on an unverified row", "met"),
    of("CHN", "review and a defect", "not_met", authentication="consular", original=False),
    # Third countries.
    *(
        reads(f"Japan {start} to {end}", outcome, {"abroad": [abroad(start, end)]})
        for start, end, outcome in (
            ("2021-01-01", "2021-12-31", "not_met"),
            ("2021-01-01", "2021-12-30", "met"),
            ("2019-01-01", "2021-05-11", "not_met"),
            ("2019-01-01", "2021-05-10", "met"),
            ("2015-01-01", "2020-05-11", "met"),
            ("2024-05-14", None, "met"),
            ("2024-05-12", "2025-05-11", "not_met"),
            ("2024-12-01", "2026-12-31", "met"),
        )
    ),
    reads(
        "Japan with a certificate",
        "met",
        {"abroad": [abroad("2021-01-01", "2022-12-31")], SECTION: [certificate(), JAPAN]},
    ),
    reads(
        "two stays in Japan, apart",
        "met",
        {"abroad": [abroad("2021-01-01", "2021-09-30"), abroad("2022-01-01", "2022-09-30")]},
    ),
    reads("home is no third country", "met", {"abroad": [abroad("2021-01-01", "2022-12-31", "VNM")]}),
    reads("third countries unknown", "unknown", {"abroad": ABSENT}),
    reads("third countries unknown, none at all", "not_met", {"abroad": ABSENT, SECTION: []}),
    reads(
        "third country unknown in its papers",
        "unknown",
        {
            "abroad": [abroad("2021-01-01", "2022-12-31")],
            SECTION: [certificate(), certificate("JPN", authentication="apostille", original=ABSENT)],
        },
    ),
    reads(
        "relief for one country of two",
        "not_met",
        {"abroad": [abroad("2021-01-01", "2022-12-31")], SECTION: [], "certificate_relief": [RELIEF]},
    ),
    reads(
        "relief for one, a certificate for the other",
        "met",
        {"abroad": [abroad("2021-01-01", "2022-12-31")], SECTION: [JAPAN], "certificate_relief": [RELIEF]},
    ),
    reads("relief", "met", {SECTION: [], "certificate_relief": [RELIEF]}),
    reads(
        "relief not evidenced",
        "not_met",
        {SECTION: [], "certificate_relief": [{**RELIEF, "evidenced": False}]},
    ),
    reads(
        "relief, evidence unknown",
        "not_met",
        {SECTION: [], "certificate_relief": [{"country": "VNM", "ground": "issuer_restriction"}]},
    ),
    reads("relief unknown", "not_met", {SECTION: [], "certificate_relief": ABSENT}),
    # Releases.
    released("13", "exempt", {"applicant.birth_date": "2011-05-13"}),
    released(
        "14", "not_met", {"applicant.birth_date": "2011-05-12", "applicant.first_entry_on": "2025-05-12"}
    ),
    released(
        "13, nothing known",
        "exempt",
        {"applicant.birth_date": "2011-05-13", SECTION: ABSENT, "abroad": ABSENT},
    ),
    released("entered before 14", "exempt", ENTERED),
    released("entered at 14", "not_met", {"applicant.first_entry_on": "2002-07-14"}),
    released(
        "born in Korea", "exempt", {"applicant.born_in_korea": True, "applicant.first_entry_on": ABSENT}
    ),
    released(
        "six months abroad since 14",
        "not_met",
        {**ENTERED, "abroad": [abroad("2010-01-01", "2010-06-30", "VNM")]},
    ),
    released(
        "six months less a day abroad",
        "exempt",
        {**ENTERED, "abroad": [abroad("2010-01-01", "2010-06-29", "VNM")]},
    ),
    released(
        "six months abroad before 14",
        "exempt",
        {**ENTERED, "abroad": [abroad("1999-01-01", "2002-07-13", "VNM")]},
    ),
    released(
        "six months abroad, less since 14",
        "exempt",
        {**ENTERED, "abroad": [abroad("1999-01-01", "2003-01-12", "VNM")]},
    ),
    released(
        "six months abroad since turning 14",
        "not_met",
        {**ENTERED, "abroad": [abroad("1999-01-01", "2003-01-13", "VNM")]},
    ),
    released(
        "visa three months ago", "exempt", {"earlier_certificate": {"with_visa_issued_on": "2025-02-12"}}
    ),
    released("visa a day earlier", "not_met", {"earlier_certificate": {"with_visa_issued_on": "2025-02-11"}}),
    released("handed in earlier", "exempt", {"earlier_certificate": {"submitted_on": "2018-08-01"}}),
    released(
        "handed in earlier, then abroad",
        "not_met",
        {
            "earlier_certificate": {"submitted_on": "2018-08-01"},
            "abroad": [abroad("2019-01-01", "2019-06-30", "VNM")],
        },
    ),
    released(
        "abroad before it was handed in",
        "exempt",
        {
            "earlier_certificate": {"submitted_on": "2018-08-01"},
            "abroad": [abroad("2017-01-01", "2018-07-31", "VNM")],
        },
    ),
    released("handed in, day unknown", "not_met", {"earlier_certificate": {}}),
    released("handed in after A", "not_met", {"earlier_certificate": {"submitted_on": "2025-05-13"}}),
    released(
        "handed in earlier, abroad unknown",
        "unknown",
        {"earlier_certificate": {"submitted_on": "2018-08-01"}, "abroad": ABSENT},
    ),
    released(
        "ten years",
        "exempt",
        {"stays": [stay("D-2", "2015-05-12", "2019-02-28"), stay("E-7-1", "2019-03-01")]},
    ),
    released(
        "ten years less a day",
        "not_met",
        {"stays": [stay("D-2", "2015-05-13", "2019-02-28"), stay("E-7-1", "2019-03-01")]},
    ),
    released(
        "ten years with a gap",
        "not_met",
        {"stays": [stay("D-2", "2010-05-13", "2019-02-27"), stay("E-7-1", "2019-03-01")]},
    ),
    released(
        "ten years, complete departure",
        "not_met",
        {
            "stays": [
                stay("D-2", "2010-05-13", "2019-02-28", complete_departure=True),
                stay("E-7-1", "2019-03-01"),
            ]
        },
    ),
    released(
        "ten years, nothing else known",
        "exempt",
        {"stays": [stay("D-2", "2015-05-12")], SECTION: ABSENT, "abroad": ABSENT},
    ),
    *(
        reads("released by category", "exempt", {SECTION: ABSENT, "abroad": ABSENT}, base)
        for base in ("f55", "f59", "f511", "f512", "f515")
    ),
    *(
        reads(
            "not released by category", "not_met", {SECTION: [], "stays": [stay("F-2-8", "2019-01-01")]}, base
        )
        for base in ("f513", "f517", "f521", "f525", "f526", "f514")
    ),
    reads("exempt before met", "exempt", {"stays": [stay("E-7-1", "2015-05-12")]}),
]
