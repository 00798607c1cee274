"""What someone does and has: degrees, employment, companies, investments and merit."""

from collections.abc import Mapping
from typing import Any, Final

from kis.desk.synthetic.draws import ABSENT, EDGE, FAR, MISS, WELL, Dossier, Draw, iso, months_before

EMPLOYERS: Final = (
    "Hangang Precision",
    "Saebyeok Software",
    "Namsan Bio",
    "Dongbang Marine",
    "Mirae Materials",
)
TOLERATED: Final = {1: 30, 3: 90}
BARRED: Final = ("entertainment", "gambling", "against_morals")
MANDATORY: Final = ("research", "sports", "university_teaching", "company_employment", "talent")


def degree(draw: Draw, found: Dossier, **kind: Any) -> None:
    """The degree a category asks for, or one that falls short of it; `kind` are its fields."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    country = kind.pop("country", None) or found["applicant"]["nationality"]
    held = {"country": country, "regular_course": True, "field": "other", **kind}
    held["awarded_on"] = iso(months_before(draw.as_of, draw.whole(72, 240)))
    if grade == FAR:
        found["education"] = []
        return
    if grade == MISS:
        held |= _short_of(draw, held)
    found["education"] = [held]


def _short_of(draw: Draw, held: Mapping[str, Any]) -> dict[str, Any]:
    wrong: list[dict[str, Any]] = [{"awarded_on": iso(draw.as_of + 30)}]
    if held["level"] == "doctorate":
        wrong.append({"level": "master"})
    if held["country"] == "KOR":
        wrong.append({"regular_course": False})
    return draw.one_of(wrong)


def job(draw: Draw, found: Dossier, years: int = 1, **facts: Any) -> None:
    """Employment of so many years in one or two places, with a gap around what is tolerated."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    if grade == FAR and draw.chance() < 0.3:
        found["employment"] = []
        return
    since = draw.before(12 * years, grade)
    rows = [_employed(draw, since, None)]
    if draw.chance() < 0.3:
        rows = _in_two_places(draw, since, years)
    for row in rows:
        row.update(facts)
    _spoilt(draw, rows[-1])
    found["employment"] = rows


def without_work(draw: Draw, found: Dossier) -> None:
    """No employment at all, as of a child."""
    if not draw.flawed(0.2):
        found["employment"] = []


def _employed(draw: Draw, since: int, until: int | None) -> dict[str, Any]:
    return {
        "employer": draw.one_of(EMPLOYERS),
        "from": iso(since),
        "to": None if until is None else iso(until),
        "domestic_company": True,
        "full_time_permanent": True,
        "related_to_qualification": True,
        "permitted": True,
        "industry": "general",
    }


def _in_two_places(draw: Draw, since: int, years: int) -> list[dict[str, Any]]:
    tolerated = TOLERATED[years]
    gap = tolerated + draw.whole(0, 1) if draw.flawed(0.6) else draw.whole(0, tolerated // 2)
    change = since + int((draw.as_of - since) * (0.5 + 0.3 * draw.chance()))
    return [_employed(draw, since, change), _employed(draw, min(change + gap + 1, draw.as_of), None)]


def _spoilt(draw: Draw, row: dict[str, Any]) -> None:
    if draw.flawed(0.2):
        row["industry"] = draw.one_of(BARRED)
    if draw.flawed(0.2):
        row[draw.one_of(("permitted", "full_time_permanent", "related_to_qualification"))] = False
    if draw.flawed(0.2):
        del row[draw.one_of(("industry", "permitted", "domestic_company"))]


def activity(draw: Draw, found: Dossier) -> None:
    """Whether the permitted economic activity is kept up."""
    if not draw.flawed(0.2):
        found["economic_activity_maintained"] = not draw.flawed(0.3)


def turnover(draw: Draw, found: Dossier, **standards: int) -> None:
    """Results of the two years before, around the mean that is asked of each measure."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    rows: list[dict[str, Any]] = [{"year": draw.year - 2}, {"year": draw.year - 1}]
    for measure, mean in standards.items():
        whole = draw.amount(2 * mean, grade)
        first = int(whole * (0.3 + 0.4 * draw.chance()))
        rows[0][measure], rows[1][measure] = first, whole - first
    found["business_results"] = rows[1:] if draw.flawed(0.2) else rows
    found["business_exempt_activity"] = draw.flawed(0.2)


def job_offer(draw: Draw, found: Dossier) -> None:
    """A contract for one of the statuses of employment."""
    if draw.flawed(0.2):
        return
    target = draw.one_of(("E-7-1", "E-3", "E-2-1", "E-6-2", "E-7-4"))
    entertains = target == "E-6-2" and draw.chance() < 0.5
    found["job_offer"] = {
        "target_status": "E-9-1" if draw.flawed(0.3) else target,
        "meets_guideline": not draw.flawed(0.4),
        "entertainment_worker": entertains,
    }


def certificate(draw: Draw, found: Dossier) -> None:
    """A technical engineer's certificate."""
    if not draw.flawed(0.3):
        found["qualifications"] = []
    if draw.chance() < 0.5:
        return
    awarded = iso(months_before(draw.as_of, draw.whole(30, 120)))
    found["qualifications"] = [
        {"kind": "other" if draw.flawed(0.5) else "technical_engineer", "awarded_on": awarded}
    ]


def investments(draw: Draw, found: Dossier, scheme: str, years: int = 5, **facts: Any) -> None:
    """An investment kept for years around what is asked, with or without a lapse."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    since = draw.before(12 * years, grade)
    row: dict[str, Any] = {"scheme": scheme, "from": iso(since), "to": None, "lapses": [], **facts}
    if draw.flawed(0.4):
        start = since + draw.whole(30, 200)
        row["lapses"].append({"from": iso(start), "to": iso(start + draw.whole(1, 90))})
    if draw.flawed(0.2):
        row["to"] = iso(draw.as_of - draw.whole(0, 2))
    if "pledged_as_collateral" in facts:
        row["pledged_as_collateral"] = draw.flawed(0.3)
    if "principal_recovered" in facts:
        row["principal_recovered"] = draw.flawed(0.3)
    found["investments"] = [row]


def foreign_investment(draw: Draw, found: Dossier, usd: int) -> None:
    """The applicant's own foreign investments around an amount in US dollars, in one or two parts."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    whole, made = draw.amount(usd, grade), iso(draw.before(24, WELL))
    first = whole if draw.chance() < 0.6 else whole // 2
    parts = [first, whole - first] if whole > first else [whole]
    found["investments"] = [
        {"scheme": "foreign_investment", "amount_usd": part, "from": made, "to": None} for part in parts
    ]


def pledged_investment(draw: Draw, found: Dossier) -> None:
    """A pledged investment made on either side of the day the amount was raised."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    raised = 738_700  # 2023-06-29
    made = min(raised + draw.one_of((-400, -1, 0, 200)), draw.as_of - 1)
    amount = draw.amount(3_000_000_000 if made >= raised else 1_500_000_000, grade)
    found["investments"] = [
        {
            "scheme": "pledged",
            "amount": amount,
            "from": iso(made),
            "to": None,
            "five_year_pledge": not draw.flawed(0.3),
        }
    ]


def employees(draw: Draw, found: Dossier, count: int) -> None:
    """Korean employees around the number asked, the last of them around six months."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    people = count + {WELL: draw.whole(0, 3), EDGE: 0, MISS: 0, FAR: -1}[grade]
    since = iso(draw.before(6, WELL))
    rows: list[dict[str, Any]] = [
        {
            "ref": f"employee-{place + 1}",
            "nationality": "KOR",
            "from": since,
            "to": None,
            "full_time_permanent": True,
            "direct_contract": True,
        }
        for place in range(people)
    ]
    if grade in {EDGE, MISS}:
        rows[-1]["from"] = iso(draw.before(6, grade))
    if draw.flawed(0.3):
        rows[0]["counted_for_other_application_on"] = iso(draw.before(6, draw.one_of((EDGE, MISS))) - 1)
    found["employees"] = rows


def funding(draw: Draw, found: Dossier, amount: int) -> None:
    """Investment attracted, alone or with the company's capital, around an amount."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    whole = draw.amount(amount, grade)
    found["funding_attracted"] = whole // 2
    found["company_capital"] = whole - whole // 2


def ability(draw: Draw, found: Dossier) -> None:
    """Points of special ability, mandatory and optional, around the rows of the pass table."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    points = {WELL: 30, EDGE: draw.one_of((20, 30)), MISS: draw.one_of((10, 19, 29)), FAR: 0}[grade]
    mandatory = [{"item": draw.one_of(MANDATORY), "points": points}] if points else []
    bonus = [
        {"item": "tax_payment", "points": draw.whole(0, 12)},
        {"item": "recommendation", "points": draw.one_of((5, 20))},
    ]
    found["special_ability"] = {"mandatory": mandatory, "bonus": bonus}


def merit(draw: Draw, found: Dossier, relation: str) -> None:
    """A contribution, acknowledged or not, and what is asked of descendants."""
    if draw.flawed(0.3):
        return
    found["merit"] = {
        "award": "Order of Civil Merit",
        "relation": "further_descendant" if draw.flawed(0.3) else relation,
        "domestic_activity_years": draw.one_of((0.5, 1, 3)) if draw.flawed(0.9) else draw.whole(1, 8),
    }
    if not draw.flawed(0.6):
        found["merit"]["acknowledged_by_minister"] = True


def pension(draw: Draw, found: Dossier, multiple: float) -> None:
    """A pension from abroad around the standard."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    annual = draw.amount(int(draw.figure("gni_per_capita") * multiple), grade)
    found["pension"] = {"annual": annual, "from_abroad": not draw.flawed(0.3)}
