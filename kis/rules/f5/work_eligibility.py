"""Eligibility by work, ability, age and investment: what each category lists."""

from collections.abc import Sequence

from kis.rules.f5 import degrees, investors, professionals, talent
from kis.rules.f5.eligibility import (
    F55,
    F59,
    F510,
    F511,
    F512,
    F513,
    F515,
    F516,
    F524,
    F525,
    F526,
    PUBLIC,
    SEPARATE,
    TOURISM,
    criterion,
    degree,
    employees,
    employment,
    investment,
    route,
)
from kis.rules.f5.residents import decree, residence_criterion
from kis.rules.f5.stays import Statuses
from kis.rules.findings import Basis, Criterion
from kis.rules.texts import Text


def qualified_employee() -> tuple[Criterion, ...]:
    """F-5-10."""
    return (
        criterion(
            "qualification",
            F510,
            Text("Qualification", "학위·자격"),
            Text(
                "A degree in advanced technology, a Korean degree in science and engineering, a Korean master's,"
                " or a technical engineer's certificate.",
                "첨단기술 분야 학사 이상, 국내 이공계 학사 이상, 국내 석사 이상 또는 기술사 등 자격이 있어야 합니다.",
            ),
            professionals.qualification,
        ),
        criterion(
            "long_employment",
            F510,
            Text("Three years of employment", "3년 이상 근무"),
            Text(
                "Three years in a domestic company since the award, in the work the qualification asks.",
                "학위·자격 취득 후 국내기업에서 요건에 맞게 3년 이상 계속 근무해야 합니다.",
            ),
            professionals.long_employment,
        ),
        employment(
            F510,
            Text(
                "One year full-time permanent in a domestic company, in the work the qualification asks.",
                "국내기업에서 요건에 맞게 1년 이상 전일제 상용으로 계속 근무해야 합니다.",
            ),
            professionals.present_employment,
        ),
    )


def advanced_doctor() -> tuple[Criterion, ...]:
    """F-5-9."""
    return (
        degree(
            F59,
            Text(
                "A foreign doctorate in advanced technology, awarded before the application.",
                "신청일 이전에 해외에서 첨단기술 분야 박사학위를 취득해야 합니다.",
            ),
            degrees.advanced_doctorate,
        ),
        employment(
            F59,
            Text(
                "One year full-time permanent in a domestic company, in the field of the degree.",
                "국내기업에서 학위 관련 분야에 1년 이상 전일제 상용으로 계속 근무해야 합니다.",
            ),
            degrees.advanced_doctor_employment,
        ),
    )


def general_doctor() -> tuple[Criterion, ...]:
    """F-5-15."""
    return (
        degree(
            F515,
            Text(
                "A Korean doctorate by regular course.",
                "국내 대학원 정규과정을 마치고 박사학위를 취득해야 합니다.",
            ),
            degrees.korean_doctorate,
        ),
        employment(
            F515,
            Text(
                "One year full-time permanent in a domestic company in any field but entertainment.",
                "국내기업에서 유흥 서비스업이 아닌 분야에 1년 이상 전일제 상용으로 계속 근무해야 합니다.",
            ),
            professionals.doctor_employment,
        ),
    )


def able_person() -> tuple[Criterion, ...]:
    """F-5-11."""
    rule = Text(
        "Mandatory 30 points and 50 in all; 20 and 100; or 10 and 100 with one year of continuous stay.",
        "필수 30점·합계 50점, 필수 20점·합계 100점, 또는 필수 10점·합계 100점과 1년 이상 계속 체류가 필요합니다.",
    )
    return (criterion("points", F511, Text("Points", "점수"), rule, talent.points),)


def contributor() -> tuple[Criterion, ...]:
    """F-5-12."""
    routes = ("merit_recipient", "merit_family", "special_naturalised_family", "merit_descendant")
    rule = Text(
        "The Minister of Justice acknowledges the contribution; descendants have conditions of their own.",
        "법무부장관이 공로를 인정해야 하며 직계비속은 별도의 요건을 갖추어야 합니다.",
    )
    found = criterion("merit", F512, Text("Special contribution", "특별한 공로"), rule, talent.merit)
    return (route(F512, *routes), found.on_route(*routes))


def pensioner() -> tuple[Criterion, ...]:
    """F-5-13."""
    rule = Text("The applicant is 60 or older.", "신청인은 60세 이상이어야 합니다.")
    return (criterion("age", F513, Text("Age", "연령"), rule, talent.pensioner),)


def points_resident() -> tuple[Criterion, ...]:
    """F-5-16."""
    rule = Text(
        "No entertainment work within the last three years.",
        "최근 3년간 유흥 서비스업 종사 사실이 없어야 합니다.",
    )
    label = Text("No barred industry", "금지 업종 미종사")
    return (
        residence_criterion(3, Statuses(("F-2-7",)), F516),
        criterion("no_barred_industry", F516, label, rule, professionals.no_barred_industry),
    )


def separate(years: int, statuses: Sequence[str], item: str) -> tuple[Criterion, ...]:
    """The stay that the Decree names for a category under a separate guideline."""
    return (residence_criterion(years, Statuses(tuple(statuses)), Basis(SEPARATE, decree(item))),)


def founder_investor() -> tuple[Criterion, ...]:
    """F-5-5."""
    rule = Text(
        "The applicant's own foreign investments held now come to USD 500,000 or more.",
        "신청인 본인이 미화 50만 달러 이상의 투자를 유지하고 있어야 합니다.",
    )
    return (investment(F55, rule, investors.foreign_investment), employees(F55, 5, direct=True))


def tourism_investor() -> tuple[Criterion, ...]:
    """F-5-17."""
    rule = Text(
        "Five years in all in a tourism facility, public projects counted too, held now and nothing pledged.",
        "관광·휴양시설 투자를 공익사업 투자와 합산하여 5년 이상 유지하고 현재 담보 제공 없이 보유해야 합니다.",
    )
    return (investment(TOURISM, rule, investors.tourism_investment),)


def public_investor() -> tuple[Criterion, ...]:
    """F-5-21."""
    rule = Text(
        "Five years in all in public projects and converted investments, two of them in public projects,"
        " the principal not taken back, held now.",
        "공익사업 투자를 전환 투자와 합산하여 5년 이상(공익사업 2년 이상) 원금 회수 없이 유지하고 있어야 합니다.",
    )
    return (investment(PUBLIC, rule, investors.public_investment),)


def retired_investor() -> tuple[Criterion, ...]:
    """F-5-23."""
    rule = Text(
        "Five years in all as a retired investor in public projects, held now.",
        "은퇴이민 공익사업 투자를 합산하여 5년 이상 유지하고 있어야 합니다.",
    )
    assets = Text(
        "The applicant and the spouse hold assets in Korea of 300,000,000 won.",
        "신청인과 배우자의 국내 보유 자산이 3억원 이상이어야 합니다.",
    )
    return (
        investment(PUBLIC, rule, investors.retired_investment),
        criterion(
            "domestic_assets",
            PUBLIC,
            Text("Assets in Korea", "국내 보유 자산"),
            assets,
            investors.domestic_assets,
        ),
    )


def start_up() -> tuple[Criterion, ...]:
    """F-5-24."""
    rule = Text(
        "Funding, or funding and the company's capital, of 300,000,000 won or more.",
        "유치한 투자금 또는 투자금과 자본금의 합계가 3억원 이상이어야 합니다.",
    )
    return (
        residence_criterion(3, Statuses(("D-8-4",)), F524),
        criterion("funding", F524, Text("Funding", "투자금 유치"), rule, investors.funding),
        employees(F524, 2, direct=False),
    )


def conditional_investor() -> tuple[Criterion, ...]:
    """F-5-25."""
    rule = Text(
        "An investment of the amount in force on the day it was made, pledged for five years and held now.",
        "투자한 날 시행 중인 기준금액 이상을 5년 유지 서약과 함께 투자하여 유지하고 있어야 합니다.",
    )
    return (investment(F525, rule, investors.pledged_investment),)


def researcher() -> tuple[Criterion, ...]:
    """F-5-26."""
    return (
        residence_criterion(3, Statuses(("D-8",), ("D-8-4",)), F526),
        degree(
            F526,
            Text("A bachelor's degree or higher.", "학사 이상의 학위가 있어야 합니다."),
            degrees.bachelor,
        ),
        employment(
            F526,
            Text(
                "Three years as essential specialised personnel of the research facility.",
                "연구개발시설의 필수전문인력으로 3년 이상 계속 근무해야 합니다.",
            ),
            professionals.research_employment,
        ),
    )
