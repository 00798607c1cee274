"""Special ability by points (F-5-11), merit (F-5-12) and the pensioner's age (F-5-13)."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from kis.rules.f5.degrees import at_least, awarded
from kis.rules.f5.household import APPLICANT, age_reached, income_year
from kis.rules.f5.residents import when_old_enough
from kis.rules.f5.standards import gni
from kis.rules.f5.stays import ANY_STATUS, continuous_since
from kis.rules.facts import Facts, Row
from kis.rules.findings import Verdict, met, missing, not_met, review, unknown
from kis.rules.messages import Message, add_sentences
from kis.rules.outcomes import both, either
from kis.rules.periods import add_years
from kis.rules.texts import Text, add_words

MANDATORY: Final[Mapping[str, int]] = {
    "renowned_figure": 50,
    "research": 30,
    "sports": 30,
    "university_teaching": 30,
    "company_employment": 30,
    "major_corporation": 25,
    "intellectual_property": 25,
    "talent": 25,
}
BONUS: Final[Mapping[str, int]] = {
    "korean_employment": 30,
    "business_management": 30,
    "recommendation": 20,
    "tax_payment": 10,
    "social_service": 10,
    "study_in_korea": 5,
    "work_study_programme": 5,
}
# Least mandatory points, points in all, and whether one year of stay is asked with them.
PASSES: Final = ((30, 50, False), (20, 100, False), (10, 100, True))
INCOME_SCALE: Final = ((4, 30), (3, 20), (2, 10), (1, 5))
ASSET_SCALE: Final = ((1_000_000_000, 30), (700_000_000, 20), (500_000_000, 10), (300_000_000, 5))
DEGREE_POINTS: Final = {"doctorate": 20, "master": 15, "bachelor": 10}
PASS_MARK: Final = 60


class Points(NamedTuple):
    """One line of the sheet: what is established, and what is possible where facts are missing."""

    item: str
    sure: int
    most: int


def _on_scale(amount: int, scale: Sequence[tuple[int, int]], unit: int = 1) -> int:
    return next((points for limit, points in scale if amount >= limit * unit), 0)


def mandatory(facts: Facts) -> list[Points] | None:
    """The best entry of each mandatory item, within its limit; None where none are established."""
    part = facts.part("special_ability")
    listed = part.get("mandatory") if part else None
    if listed is None:
        return None
    return [
        Points(item, best, best)
        for item, limit in MANDATORY.items()
        if (best := min(limit, max((int(one["points"]) for one in listed if one["item"] == item), default=0)))
    ]


def _income(facts: Facts) -> Points:
    rows = facts.rows("income")
    if rows is None:
        return Points("income", 0, 30)
    year, sure, most = income_year(facts), 0, 0
    for row in rows:
        if row.get("earner") == APPLICANT and row.data["year"] == year:
            counted = both(row.get("taxed"), row.get("domestic"))
            most += 0 if counted is False else row.amount("amount") or 0
            sure += (row.amount("amount") or 0) if counted else 0
    figure = gni(facts)
    if figure is None:
        return Points("income", 0, 30 if most else 0)
    return Points("income", *(_on_scale(amount, INCOME_SCALE, figure.amount_krw) for amount in (sure, most)))


def _assets(facts: Facts) -> Points:
    rows, debts = facts.rows("assets"), facts.rows("liabilities")
    if rows is None:
        return Points("assets", 0, 30)
    sure = most = 0
    for row in rows:
        domestic = row.get("domestic")
        if row.get("owner") == APPLICANT and domestic is not False and not row.is_later("acquired_on"):
            most += row.amount("value") or 0
            sure += (row.amount("value") or 0) if domestic else 0
    owed = sum(row.amount("amount") or 0 for row in debts or () if row.get("owner") == APPLICANT)
    known = 0 if debts is None else _on_scale(sure - owed, ASSET_SCALE)
    return Points("assets", known, _on_scale(most - owed, ASSET_SCALE))


def _education(facts: Facts) -> Points:
    rows = awarded(facts)
    if rows is None:
        return Points("education", 0, 20)
    best = max((DEGREE_POINTS[row.get("level")] for row in rows), default=0)
    return Points("education", best, best)


def _competency(facts: Facts) -> Points:
    part = facts.part("integration")
    if part is None:
        return Points("competency", 0, 15)
    level = int(part.get("kiip_level_completed") or 0)
    scores = (part.get("permanent_residency_test_score"), part.get("naturalization_test_score"))
    passed = any(score is not None and score >= PASS_MARK for score in scores)
    points = {5: 15, 4: 8, 3: 5}.get(level, 10 if level == 0 and passed else 0)
    return Points("competency", points, points)


def _bonus(facts: Facts) -> list[Points]:
    part = facts.part("special_ability")
    listed = part.get("bonus") if part else None
    if listed is None:
        return [Points(item, 0, limit) for item, limit in BONUS.items()]
    return [
        Points(item, total, total)
        for item, limit in BONUS.items()
        if (total := min(limit, sum(int(one["points"]) for one in listed if one["item"] == item)))
    ]


def points(facts: Facts) -> Verdict:
    """Mandatory and optional points against the pass table; the sheet shows each line."""
    required = mandatory(facts)
    if required is None:
        return missing("special_ability.mandatory")
    optional = [_income(facts), _assets(facts), _education(facts), _competency(facts), *_bonus(facts)]
    base = sum(line.sure for line in required)
    total = base + sum(line.sure for line in optional)
    most = base + sum(line.most for line in optional)
    values = {"mandatory": base, "total": total, "most": most}
    verdict = _verdict(facts, base, total, most, values)
    return verdict.showing(partial(points_sheet, tuple(required), tuple(optional)))


def _verdict(facts: Facts, base: int, total: int, most: int, values: dict[str, Any]) -> Verdict:
    if not base:
        return not_met("points.no_mandatory", None, **values)
    if _passes(facts, base, total):
        return met("points.reached", **values)
    if _passes(facts, base, most) is False:
        return not_met("points.not_reached", None, **values)
    return unknown("points.open", Message("settle.points"), **values)


def _passes(facts: Facts, base: int, total: int) -> bool | None:
    row = next((one for one in PASSES if base >= one[0]), None)
    if row is None or total < row[1]:
        return False
    return _one_year_here(facts) if row[2] else True


def _one_year_here(facts: Facts) -> bool | None:
    if facts.rows("stays") is None:
        return None
    since = facts.once(continuous_since, ANY_STATUS)
    return since is not None and add_years(since, 1) <= facts.as_of


def points_sheet(required: Sequence[Points], optional: Sequence[Points]) -> Mapping[str, Any]:
    """Every line with its points, mandatory and optional, as plain data."""
    rows = [{"part": "mandatory", **line._asdict()} for line in required]
    rows += [{"part": "optional", **line._asdict()} for line in optional]
    return {"kind": "points", "rows": rows}


def merit(facts: Facts) -> Verdict:
    """Met when the Minister acknowledges it; the descendant's limb has conditions of its own."""
    part = facts.part("merit")
    if facts.application.get("route") == "merit_descendant":
        known = _descendant(facts, part)
        close, active, educated = known.values()
        conditions = both(close, either(active, educated))
        if conditions is False:
            return not_met("merit.descendant_fails", Message("settle.descendant"))
        if conditions is None:
            return missing(*(path for path, fact in known.items() if fact is None))
    if part is not None and part.get("acknowledged_by_minister") is True:
        return met("merit.acknowledged")
    return review("merit.not_acknowledged", Message("settle.acknowledgement"))


def _descendant(facts: Facts, part: Row | None) -> dict[str, bool | None]:
    """What the limb asks, by the fact that settles it: the relation, and activity or a Korean degree."""
    relation = part.get("relation") if part else None
    years = part.get("domestic_activity_years") if part else None
    active = None if years is None else years >= 1
    educated = _korean_degree(facts)
    if either(active, educated):
        active = educated = True
    return {
        "merit.relation": None if relation is None else relation != "further_descendant",
        "merit.domestic_activity_years": active,
        "education": educated,
    }


def _korean_degree(facts: Facts) -> bool | None:
    rows = awarded(facts)
    if rows is None:
        return None
    fits = (
        both(row.get("country") == "KOR", at_least(row, "bachelor"), row.get("regular_course"))
        for row in rows
    )
    return either(*fits, False)


def pensioner(facts: Facts) -> Verdict:
    """60 or older at A."""
    values = {"birth": facts.applicant.data["birth_date"], "age": 60}
    return (
        met("age.reached", **values)
        if age_reached(facts, 60)
        else not_met("age.not_reached", when_old_enough(facts, 60), **values)
    )


add_words(
    {
        "renowned_figure": Text("globally renowned figure", "세계적 저명인사"),
        "research": Text("research achievements", "세계적 연구실적"),
        "sports": Text("sports star", "세계적 스포츠 스타"),
        "university_teaching": Text("university teaching", "세계적 대학 강의 경력"),
        "company_employment": Text("world-class company", "세계적 기업 근무 경력"),
        "major_corporation": Text("major corporation", "대기업 근무 경력"),
        "intellectual_property": Text("intellectual property", "지식재산권 보유"),
        "talent": Text("excellent talent", "우수 재능 보유"),
        "korean_employment": Text("employment of Koreans", "국민 고용"),
        "business_management": Text("business management", "사업 경영 경험"),
        "recommendation": Text("recommendation", "추천서"),
        "tax_payment": Text("tax payment", "납세 실적"),
        "social_service": Text("social service", "사회봉사"),
        "study_in_korea": Text("study in Korea", "국내 유학"),
        "work_study_programme": Text("work-study programme", "일·학습연계 유학"),
        "income": Text("income", "소득"),
        "assets": Text("assets", "자산"),
        "education": Text("education", "학력"),
        "competency": Text("basic competency", "기본소양"),
    }
)
add_sentences(
    {
        "points.reached": Text(
            "{mandatory} mandatory points and {total} in all reach the pass table.",
            "필수 {mandatory}점, 합계 {total}점으로 기준을 충족합니다.",
        ),
        "points.not_reached": Text(
            "{mandatory} mandatory points and {total} in all do not reach the pass table.",
            "필수 {mandatory}점, 합계 {total}점으로 기준에 미치지 못합니다.",
        ),
        "points.no_mandatory": Text("No mandatory item is evidenced.", "인정되는 필수 항목이 없습니다."),
        "points.open": Text(
            "{mandatory} mandatory points and {total} in all are established, up to {most} are possible.",
            "필수 {mandatory}점, 합계 {total}점이 확인되고 최대 {most}점일 수 있습니다.",
        ),
        "settle.points": Text(
            "Establish the missing optional items.", "확인되지 않은 선택 항목을 확인해야 합니다."
        ),
        "merit.acknowledged": Text(
            "Acknowledged by the Minister of Justice.", "법무부장관이 인정하였습니다."
        ),
        "merit.not_acknowledged": Text(
            "An acknowledgement by the Minister of Justice is not established.",
            "법무부장관의 인정이 확인되지 않았습니다.",
        ),
        "merit.descendant_fails": Text(
            "Beyond great-grandchildren, or neither a Korean degree by regular course nor a year of activity in Korea.",
            "증손자녀를 넘는 비속이거나, 국내 정규과정 학사 학위와 1년 이상의 국내 활동이 모두 없습니다.",
        ),
        "settle.descendant": Text(
            "Show a Korean degree by regular course or one year of activity in Korea.",
            "국내 정규과정 학사 학위 또는 1년 이상의 국내 활동을 증명해야 합니다.",
        ),
        "settle.acknowledgement": Text(
            "Obtain the Minister's acknowledgement.", "법무부장관의 인정을 받아야 합니다."
        ),
    }
)
