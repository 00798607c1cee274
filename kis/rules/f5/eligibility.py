"""The eligibility criteria that categories list, with their labels, rules and citations."""

from collections.abc import Callable
from functools import partial
from typing import Final

from kis.rules.f5 import family, investors
from kis.rules.f5.residents import decree
from kis.rules.facts import Facts
from kis.rules.findings import Basis, Criterion, Verdict
from kis.rules.texts import Text

Check = Callable[[Facts], Verdict | None]


def criterion(name: str, basis: Basis, label: Text, rule: Text, check: Check) -> Criterion:
    """One criterion of eligibility."""
    return Criterion(f"eligibility.{name}", label, rule, basis, check)


def route(basis: Basis, *routes: str) -> Criterion:
    """The limb of the category that is claimed."""
    return criterion(
        "route",
        basis,
        Text("Limb claimed", "신청 요건 구분"),
        Text(
            "The application states which limb of the category it claims.",
            "세부자격의 어느 요건으로 신청하는지 밝혀야 합니다.",
        ),
        partial(family.route_claimed, routes=routes),
    )


def marriage(basis: Basis, *, korean: bool = False, years: int = 0) -> Criterion:
    """A marriage that is kept."""
    rule = Text("The marriage is registered and really kept.", "법률상 혼인관계를 실제로 유지해야 합니다.")
    if korean:
        rule = Text(
            "The marriage to a Korean national is registered and really kept.",
            "대한민국 국민인 배우자와 정상적인 혼인(법률혼)을 유지해야 합니다.",
        )
    if years:
        rule = Text(
            "The marriage is registered for {years} years or more and really kept.",
            "혼인신고 후 {years}년 이상 혼인관계를 실제로 유지해야 합니다.",
        ).filled(years=years)
    check = partial(family.marriage, korean=korean, years=years)
    return criterion("marriage", basis, Text("Marriage", "혼인관계"), rule, check)


def minor(basis: Basis) -> Criterion:
    """Under 19 at A."""
    return criterion(
        "minor",
        Basis(basis.guide, f"{basis.article}; Civil Code Art. 4, 158"),
        Text("Minor", "미성년"),
        Text("The applicant is under 19.", "신청인은 19세 미만이어야 합니다."),
        family.minor,
    )


def sponsor(
    basis: Basis, rule: Text, people: family.People, who: family.Sponsor, *, custody: bool = False
) -> Criterion:
    """The person the application rests on."""
    check = partial(family.sponsored, people=people, sponsor=who, custody=custody)
    return criterion(
        "sponsor", basis, Text("Sponsoring family member", "자격의 근거가 되는 가족"), rule, check
    )


def custody(basis: Basis, who: family.Sponsor) -> Criterion:
    """Custody of the sponsoring parent."""
    return criterion(
        "custody",
        basis,
        Text("Custody", "친권·양육권"),
        Text(
            "The sponsoring parent holds parental rights and custody.",
            "영주자격을 가진 부 또는 모가 친권과 양육권을 가져야 합니다.",
        ),
        partial(family.in_custody, people=family.parents, sponsor=who),
    )


def status(basis: Basis, code: str) -> Criterion:
    """The present status."""
    rule = Text("The present status is {code}.", "현재 {code} 자격이어야 합니다.").filled(code=code)
    return criterion(
        "status", basis, Text("Present status", "현재 체류자격"), rule, partial(family.now_in, code=code)
    )


def unmarried(basis: Basis) -> Criterion:
    """An unmarried child."""
    return criterion(
        "unmarried",
        basis,
        Text("Unmarried", "미혼"),
        Text("The child is single.", "자녀는 미혼이어야 합니다."),
        family.unmarried,
    )


def degree(basis: Basis, rule: Text, check: Check) -> Criterion:
    """A degree of the kind asked."""
    return criterion("degree", basis, Text("Degree", "학위"), rule, check)


def employment(basis: Basis, rule: Text, check: Check) -> Criterion:
    """Employment up to the day of application."""
    return criterion("employment", basis, Text("Employment", "근무"), rule, check)


def investment(basis: Basis, rule: Text, check: Check) -> Criterion:
    """An investment kept."""
    return criterion("investment", basis, Text("Investment", "투자"), rule, check)


def employees(basis: Basis, needed: int, *, direct: bool) -> Criterion:
    """Koreans employed."""
    rule = Text(
        "{needed} or more distinct Korean nationals are employed full-time for six months or more.",
        "서로 다른 국민 {needed}명 이상을 6개월 이상 정규직으로 고용하고 있어야 합니다.",
    ).filled(needed=needed)
    check = partial(investors.korean_employees, needed=needed, direct=direct)
    return criterion("korean_employees", basis, Text("Korean employees", "국민 고용"), rule, check)


def born_here(basis: Basis) -> Criterion:
    """Born in Korea."""
    return criterion(
        "born_in_korea",
        basis,
        Text("Born in Korea", "대한민국 출생"),
        Text("The applicant was born in the Republic of Korea.", "신청인은 대한민국에서 출생해야 합니다."),
        family.born_in_korea,
    )


F52: Final = Basis("2. Marriage Migrant (F-5-2), Minor Child of Korean National (F-5-3)", decree("2"))
F53: Final = Basis("2. Marriage Migrant (F-5-2), Minor Child of Korean National (F-5-3) D", decree("2"))
F54: Final = Basis("3. Spouse or Minor Child of General Permanent Resident [F-5-4]", decree("2"))
F55: Final = Basis("4. High-Investment Investor [F-5-5]", decree("3"))
F58: Final = Basis("5. Ethnic Korean Born in the Republic of Korea [F-5-8]", decree("6"))
DOCTORS: Final = "6. Advanced Industry Doctoral Holder [F-5-9] and General Doctoral Holder [F-5-15]"
F59: Final = Basis(DOCTORS, decree("7(a)"))
F515: Final = Basis(DOCTORS, decree("7(b)"))
F510: Final = Basis(
    "7. Bachelor's/Master's Degree Holder and Technical Certificate Holder [F-5-10]", decree("8")
)
F511: Final = Basis("8. Person with Specific Field Abilities [F-5-11]", decree("9"))
F512: Final = Basis("9. Special Contributor [F-5-12]", decree("10"))
F513: Final = Basis("10. Pension Recipient [F-5-13]", decree("11"))
POINTS_RESIDENTS: Final = (
    "11. Points-Based Permanent Resident [F-5-16] and Their Spouse and Minor Child [F-5-18]"
)
F516: Final = Basis(POINTS_RESIDENTS, decree("13"))
F518: Final = Basis(POINTS_RESIDENTS, decree("2"))
TOURISM: Final = Basis(
    "12. Tourism/Recreational Facility Investor [F-5-17] and Their Spouse and Unmarried Child [F-5-19]",
    decree("14"),
)
F520: Final = Basis(
    "13. Child Born in Korea of Permanent Resident [F-5-20]", f"{decree('2')}; Immigration Act Art. 23"
)
PUBLIC: Final = Basis(
    "14. Public Project Investor [F-5-21/23] and Their Spouse and Unmarried Child [F-5-22]", decree("14")
)
F524: Final = Basis("15. Technology Startup Investor [F-5-24]", decree("15"))
_TYPES = "Types of Permanent Residency and Detailed Codes"
F525: Final = Basis(_TYPES, decree("16"))
F526: Final = Basis(
    _TYPES, f"{decree('17')}; Foreign Investment Promotion Act Enforcement Decree Art. 25(1)4"
)
SEPARATE: Final = _TYPES
