"""Eligibility of spouses, children and those born in Korea: what each category lists."""

from dataclasses import replace
from functools import partial

from kis.rules.f5 import born_in_korea, family
from kis.rules.f5.eligibility import (
    F52,
    F53,
    F54,
    F58,
    F518,
    F520,
    PUBLIC,
    TOURISM,
    born_here,
    criterion,
    custody,
    marriage,
    minor,
    route,
    sponsor,
    status,
    unmarried,
)
from kis.rules.f5.residents import residence_criterion
from kis.rules.f5.stays import IN_W, WORK_AND_RESIDENCE, Statuses
from kis.rules.findings import Basis, Criterion
from kis.rules.texts import Text


def marriage_migrant() -> tuple[Criterion, ...]:
    """F-5-2: the three limbs share the two years as F-6."""
    return (
        route(F52, "married", "child_raised", "marriage_ended"),
        marriage(F52, korean=True).on_route("married"),
        criterion(
            "child_raising",
            F52,
            Text("Child raised in Korea", "자녀 양육"),
            Text(
                "A child born of the relationship with the Korean (former) spouse is raised in Korea.",
                "한국인 (전)배우자와의 관계에서 출생한 자녀를 국내에서 양육해야 합니다.",
            ),
            family.child_raising,
        ).on_route("child_raised"),
        criterion(
            "marriage_end",
            F52,
            Text("End of the marriage", "혼인 단절"),
            Text(
                "The marriage ended by death or disappearance, or through the Korean spouse's fault.",
                "배우자의 사망·실종 또는 한국인 배우자의 귀책으로 혼인이 단절되어야 합니다.",
            ),
            family.marriage_end,
        ).on_route("marriage_ended"),
        residence_criterion(2, Statuses(("F-6",)), F52),
    )


def child_of_korean() -> tuple[Criterion, ...]:
    """F-5-3."""
    return (
        minor(F53),
        criterion(
            "parent",
            F53,
            Text("Korean parent", "국민인 부모"),
            Text("Father or mother is a Korean national.", "부 또는 모가 대한민국 국민이어야 합니다."),
            family.korean_parent,
        ),
        residence_criterion(2, Statuses(("F-2",)), F53),
    )


def family_of_resident(
    basis: Basis, who: family.Sponsor, rule: Text, code: str, statuses: Statuses
) -> tuple[Criterion, ...]:
    """F-5-4 and F-5-18: spouse or minor child of a permanent resident."""
    return (
        route(basis, "spouse", "child"),
        minor(basis).on_route("child"),
        sponsor(basis, rule, family.spouses, who).on_route("spouse"),
        sponsor(basis, rule, family.parents, who, custody=True).on_route("child"),
        marriage(basis).on_route("spouse"),
        custody(basis, who).on_route("child"),
        status(basis, code),
        residence_criterion(2, statuses, basis),
    )


def general_family() -> tuple[Criterion, ...]:
    """F-5-4."""
    rule = Text(
        "The spouse or a parent holds F-5 (not F-5-16, 17, 21 or 23), granted two years before or earlier.",
        "배우자 또는 부·모가 신청일 기준 2년 이상 전에 받은 영주자격(F-5-16, 17, 21, 23 제외)을 가지고 있어야 합니다.",
    )
    statuses = Statuses((*WORK_AND_RESIDENCE, "F-4", "H-2"))
    return family_of_resident(F54, family.general_sponsor, rule, "F-2", statuses)


def points_family() -> tuple[Criterion, ...]:
    """F-5-18."""
    rule = Text(
        "The spouse or a parent holds F-5-16, granted two years before or earlier.",
        "배우자 또는 부·모가 신청일 기준 2년 이상 전에 받은 점수제 영주자격(F-5-16)을 가지고 있어야 합니다.",
    )
    return family_of_resident(F518, family.points_sponsor, rule, "F-2-71", Statuses(("F-2-71",)))


def tourism_family() -> tuple[Criterion, ...]:
    """F-5-19."""
    who = family.investor_sponsor("F-5-17")
    rule = Text(
        "The spouse or a parent holds F-5-17 and keeps the investment; an application filed together may be pending.",
        "배우자 또는 부·모가 F-5-17 자격으로 투자를 유지하고 있어야 하며, 함께 한 신청은 심사 중일 수 있습니다.",
    )
    return (
        route(TOURISM, "spouse", "child"),
        sponsor(TOURISM, rule, family.spouses, who).on_route("spouse"),
        sponsor(TOURISM, rule, family.parents, who).on_route("child"),
        residence_criterion(5, Statuses(("F-2-8", "F-2-81")), TOURISM).on_route("spouse"),
        residence_criterion(5, Statuses(("F-2-81",)), TOURISM).on_route("child"),
        marriage(TOURISM, years=2).on_route("spouse"),
        unmarried(TOURISM).on_route("child"),
    )


def public_family() -> tuple[Criterion, ...]:
    """F-5-22."""
    who = family.investor_sponsor(*family.INVESTORS)
    rule = Text(
        "The spouse or a parent holds F-5-21 or F-5-23 and keeps the investment;"
        " an application filed together may be pending.",
        "배우자 또는 부·모가 F-5-21 또는 F-5-23 자격으로 투자를 유지하고 있어야 하며, 함께 한 신청은 심사 중일 수 있습니다.",
    )
    return (
        route(PUBLIC, "spouse", "child"),
        sponsor(PUBLIC, rule, family.spouses, who).on_route("spouse"),
        sponsor(PUBLIC, rule, family.parents, who).on_route("child"),
        residence_criterion(5, Statuses(("F-2",)), PUBLIC),
        unmarried(PUBLIC).on_route("child"),
    )


def child_born_here() -> tuple[Criterion, ...]:
    """F-5-20."""
    return (
        born_here(F520),
        criterion(
            "filed_in_time",
            F520,
            Text("Filed in time", "신청 기한"),
            Text(
                "The application is filed before the first birthday.",
                "출생 후 1년이 되기 전에 신청해야 합니다.",
            ),
            family.filed_in_time,
        ),
        sponsor(
            F520,
            Text("Father or mother holds F-5.", "부 또는 모가 영주자격(F-5)을 가지고 있어야 합니다."),
            family.parents,
            family.resident_parent,
        ),
        criterion(
            "birth_registered",
            F520,
            Text("Birth registered", "출생신고"),
            Text(
                "The duties of birth registration are complied with.",
                "출생신고 등 국내법상 의무를 이행해야 합니다.",
            ),
            family.birth_registered,
        ),
        parents_marriage(),
    )


def parents_marriage() -> Criterion:
    """The parents married before the birth; within a year of it parentage is looked at."""
    return criterion(
        "parents_marriage",
        F520,
        Text("Parents' marriage", "부모의 혼인"),
        Text(
            "The parents' marriage was registered before the day of birth; parentage is confirmed if under a year.",
            "출생일 전에 부모가 혼인신고를 했어야 하며 1년 미만이면 친생자 여부를 확인합니다.",
        ),
        family.parents_marriage,
    )


def _returned(name: str, years: int, statuses: Statuses) -> Criterion:
    rule = Text(
        "Since the return {years} years in all in {en}; overlapping days count once.",
        "재입국 후 {ko} 자격으로 합산하여 {years}년 이상 체류해야 합니다.",
    ).filled(years=years, en=statuses.label.en, ko=statuses.label.ko)
    check = partial(born_in_korea.returned, years=years, statuses=statuses)
    found = criterion("residence", F58, Text("Length of residence", "체류기간"), rule, check)
    return replace(found, routes=frozenset({name}), overlaps_count_once=True)


def born_in_korea_resident() -> tuple[Criterion, ...]:
    """F-5-8."""
    return (
        route(F58, "current_stay", "returned_two_years", "returned_four_years"),
        born_here(F58),
        replace(
            criterion(
                "former_f2",
                F58,
                Text("Former F-2", "종전 거주(F-2) 자격"),
                Text(
                    "An F-2 stay began before 18 April 2002.",
                    "2002년 4월 18일 전에 거주(F-2) 자격으로 체류한 사실이 있어야 합니다.",
                ),
                born_in_korea.former_f2,
            ),
            overlaps_count_once=True,
        ),
        criterion(
            "residence",
            F58,
            Text("Length of residence", "체류기간"),
            Text(
                "Now in D-7 to E-7 or F-2, and no complete departure since the former F-2 stay.",
                "종전 F-2 체류 이후 완전출국 없이 현재 D-7부터 E-7까지 또는 F-2 자격으로 체류해야 합니다.",
            ),
            born_in_korea.current_stay,
        ).on_route("current_stay"),
        _returned("returned_two_years", 2, IN_W),
        _returned("returned_four_years", 4, born_in_korea.FOUR_YEAR_STATUSES),
    )
