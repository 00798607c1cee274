"""Basic competency: what shows it, and the grounds that release from it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from kis.rules.f5.degrees import has_korean_doctorate, meets_advanced_doctor
from kis.rules.f5.household import age_reached
from kis.rules.f5.training import in_resident_training
from kis.rules.facts import Facts
from kis.rules.findings import Basis, Criterion, Verdict, exempt, met, missing, not_met
from kis.rules.messages import Message, add_sentences
from kis.rules.texts import Text, add_words

PASS_MARK: Final = 60
# TOPIK 4 counts for applications up to this day.
TOPIK_UNTIL: Final = date(2019, 3, 31)
EXEMPT_CATEGORIES: Final = frozenset(
    f"F-5-{number}" for number in (5, 8, 9, 11, 12, 13, 15, 17, 19, 20, 21, 22, 23, 24, 25, 26)
)


def topik_needed(facts: Facts) -> int | None:
    """The TOPIK level that counts for this application; None where TOPIK does not count."""
    if facts.as_of <= TOPIK_UNTIL:
        return 4
    return 5 if facts.category == "F-5-1" and facts.once(in_resident_training) else None


def shown_by(facts: Facts) -> str | None:
    """What shows basic competency, None where nothing established does."""
    part = facts.part("integration")
    if part is None:
        return None
    if part.get("kiip_level_completed") == 5:
        return "kiip_level_completed"
    if (part.get("permanent_residency_test_score") or 0) >= PASS_MARK:
        return "permanent_residency_test_score"
    if (part.get("naturalization_test_score") or 0) >= PASS_MARK:
        return "naturalization_test_score"
    level = part.get("topik_level") or 0
    needed = topik_needed(facts) if level else None
    return "topik_level" if needed and level >= needed else None


def two_years_enrolled(facts: Facts) -> bool:
    """Whether two years or more of enrolment in a Korean school are established."""
    part = facts.part("korean_schooling")
    return part is not None and (part.get("years_enrolled") or 0) >= 2


def _schooled(facts: Facts, field: str) -> bool:
    part = facts.part("korean_schooling")
    return part is not None and part.get(field) is True


Ground = Callable[[Facts], bool]
GROUNDS: Final[tuple[tuple[str, Ground], ...]] = (
    ("exempt_category", lambda facts: facts.category in EXEMPT_CATEGORIES),
    ("minor", lambda facts: not age_reached(facts, 19)),
    ("sixty", lambda facts: age_reached(facts, 60)),
    ("graduated", lambda facts: _schooled(facts, "graduated")),
    ("equivalency_passed", lambda facts: _schooled(facts, "equivalency_passed")),
    ("two_years_enrolled", lambda facts: age_reached(facts, 15) and two_years_enrolled(facts)),
    ("korean_doctorate", has_korean_doctorate),
    ("advanced_doctor", lambda facts: facts.category != "F-5-9" and meets_advanced_doctor(facts)),
)
# F-5-3 has its own ladder by age, in place of the grounds above.
CHILD_GROUNDS: Final[tuple[tuple[str, Ground], ...]] = (
    ("below_school_age", lambda facts: not age_reached(facts, 6)),
    (
        "enrolled",
        lambda facts: age_reached(facts, 6) and not age_reached(facts, 15) and _schooled(facts, "enrolled"),
    ),
    ("graduated", lambda facts: age_reached(facts, 15) and _schooled(facts, "graduated")),
    ("equivalency_passed", lambda facts: age_reached(facts, 15) and _schooled(facts, "equivalency_passed")),
    ("two_years_enrolled", lambda facts: age_reached(facts, 15) and two_years_enrolled(facts)),
)


def ground_of_exemption(facts: Facts) -> str | None:
    """The first ground that releases this applicant, also where competency is shown."""
    grounds = CHILD_GROUNDS if facts.category == "F-5-3" else GROUNDS
    return next((name for name, holds in grounds if holds(facts)), None)


def basic(facts: Facts) -> Verdict:
    """Met before exempt; the finding names the ground of exemption too where both hold."""
    shown = shown_by(facts)
    ground = facts.once(ground_of_exemption)
    if shown and ground:
        return met("competency.shown_and_exempt", by=shown, ground=ground)
    if shown:
        return met("competency.shown", by=shown)
    if ground:
        return exempt("competency.exempt", ground=ground)
    part = facts.part("integration")
    if part is None:
        return missing("integration")
    return not_met("competency.not_shown", Message("settle.competency"), **_levels(facts))


def _levels(facts: Facts) -> dict[str, int]:
    part = facts.dossier["integration"]
    return {
        "kiip": part.get("kiip_level_completed") or 0,
        "kiprat": part.get("permanent_residency_test_score") or 0,
        "kinat": part.get("naturalization_test_score") or 0,
        "topik": part.get("topik_level") or 0,
    }


BASIC_COMPETENCY: Final = Criterion(
    "competency.basic",
    Text("Basic competency", "기본소양"),
    Text(
        "Level 5 of the Social Integration Programme, or 60 points or more in KIPRAT or KINAT;"
        " certain categories, ages, schooling and doctorates are released.",
        "사회통합프로그램 5단계 이수 또는 종합평가 60점 이상이어야 하며, 일정한 세부자격·연령·학력·학위는 면제됩니다.",
    ),
    Basis("3. Basic Competency Requirement", "Immigration Act Art. 10-3(2)3; Enforcement Decree Art. 48(2)3"),
    partial(basic),
)

add_words(
    {
        "kiip_level_completed": Text("Social Integration Programme level 5", "사회통합프로그램 5단계 이수"),
        "permanent_residency_test_score": Text("KIPRAT", "영주용 종합평가"),
        "naturalization_test_score": Text("KINAT", "귀화용 종합평가"),
        "topik_level": Text("TOPIK", "한국어능력시험"),
        "exempt_category": Text("category without this requirement", "면제 대상 세부자격"),
        "minor": Text("under 19", "미성년자"),
        "sixty": Text("60 or older", "60세 이상"),
        "graduated": Text("graduated from a Korean school", "국내 학교 졸업"),
        "equivalency_passed": Text("equivalency examination passed", "검정고시 합격"),
        "two_years_enrolled": Text("two years or more enrolled", "2년 이상 재학"),
        "korean_doctorate": Text("Korean doctorate by regular course", "국내 정규과정 박사학위"),
        "advanced_doctor": Text("meets the requirements of F-5-9", "첨단분야 박사(F-5-9) 요건 충족"),
        "below_school_age": Text("below school age", "취학 의무 연령 미만"),
        "enrolled": Text("enrolled in school", "재학 중"),
    }
)
add_sentences(
    {
        "competency.shown": Text("Shown by {by}.", "확인 근거: {by}."),
        "competency.shown_and_exempt": Text(
            "Shown by {by}; released anyway: {ground}.", "확인 근거: {by}. 면제 사유도 있습니다: {ground}."
        ),
        "competency.exempt": Text("Released: {ground}.", "면제 사유: {ground}."),
        "competency.not_shown": Text(
            "Programme level {kiip} of 5, KIPRAT {kiprat} and KINAT {kinat} of the 60 needed, TOPIK {topik}.",
            "사회통합프로그램 {kiip}단계(5단계 필요), 영주용 {kiprat}점·귀화용 {kinat}점(60점 필요), TOPIK {topik}급입니다.",
        ),
        "settle.competency": Text(
            "Complete level 5 of the programme, or pass KIPRAT or KINAT with 60 points.",
            "사회통합프로그램 5단계를 이수하거나 종합평가에서 60점 이상을 받아야 합니다.",
        ),
    }
)
