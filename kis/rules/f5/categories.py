"""The categories of permanent residence: each lists its criteria and its standards."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final

from kis.rules.books import Category
from kis.rules.f5 import family_eligibility as family
from kis.rules.f5 import family_wording as _wording  # noqa: F401 - its sentences become known
from kis.rules.f5 import guide as _guide  # noqa: F401 - its headings become known
from kis.rules.f5 import work_eligibility as work
from kis.rules.f5.competency import BASIC_COMPETENCY
from kis.rules.f5.conduct_criteria import CONDUCT
from kis.rules.f5.criminal_record import CERTIFICATE
from kis.rules.f5.documents import Paper, document_criteria
from kis.rules.f5.livelihood import carried
from kis.rules.f5.livelihood_criteria import LIVELIHOOD_EXEMPT, livelihood_criteria, separate_guideline
from kis.rules.f5.residents import GENERAL_RESIDENT, SINGLE_NATIONALITY
from kis.rules.f5.standards import MEDIAN, Standard
from kis.rules.findings import Criterion
from kis.rules.texts import Text

Criteria = Sequence[Criterion]

ONCE: Final = Standard()
TWICE: Final = Standard(income=Decimal(2), assets=Decimal("1.5"))
GENERAL: Final = Standard(income=Decimal(2), assets=Decimal("1.5"), resident_training=True)
MARRIAGE: Final = Standard(survey=MEDIAN, household="one_year")
BORN_HERE: Final = Standard(income=Decimal("0.7"), household="born_in_korea", real_assets_only=True)
OWN_INCOME: Final = Standard(assets=None, household="applicant")
PENSION: Final = Standard(income=Decimal(2), assets=None, household="applicant", pension=True)


def _category(
    code: str, label: Text, eligibility: Criteria, livelihood: Criteria, competency: Criteria, paper: Paper
) -> Category:
    criteria = (
        *eligibility,
        SINGLE_NATIONALITY,
        *CONDUCT,
        *livelihood,
        *competency,
        CERTIFICATE,
        *document_criteria(paper),
    )
    return Category(code, label, criteria, _routes(criteria))


def _routes(criteria: Criteria) -> tuple[str, ...]:
    stated = next((one.check for one in criteria if one.id == "eligibility.route"), None)
    return stated.keywords["routes"] if isinstance(stated, partial) else ()


def by_standard(
    number: int, label: Text, eligibility: Criteria, standard: Standard, *, degree_required: bool = False
) -> Category:
    """A category that asks for livelihood by a standard."""
    livelihood = livelihood_criteria(standard, degree_required=degree_required)
    paper = Paper(standard, degree_required=degree_required)
    found = _category(f"F-5-{number}", label, eligibility, livelihood, (BASIC_COMPETENCY,), paper)
    return found.reduced("livelihood", partial(carried, standard=standard))


def released(number: int, label: Text, eligibility: Criteria) -> Category:
    """A category released from livelihood."""
    return _category(f"F-5-{number}", label, eligibility, LIVELIHOOD_EXEMPT, (BASIC_COMPETENCY,), Paper(None))


def without_livelihood(number: int, label: Text, eligibility: Criteria) -> Category:
    """A category of which livelihood is not asked at all."""
    return _category(f"F-5-{number}", label, eligibility, (), (BASIC_COMPETENCY,), Paper(None))


def under_guideline(number: int, label: Text, eligibility: Criteria, guideline: Text) -> Category:
    """A category under a guideline that the guide does not carry."""
    own, livelihood, competency = (
        separate_guideline(area, guideline) for area in ("eligibility", "livelihood", "competency")
    )
    paper = Paper(None, competency=False)
    return _category(f"F-5-{number}", label, (*eligibility, own), (livelihood,), (competency,), paper)


_OVERSEAS_KOREANS: Final = Text(
    "the guideline on permanent residence of ethnic Koreans of foreign nationality",
    "외국적동포 영주자격 부여 지침",
)
_REFUGEES: Final = Text("the guideline on permanent residence of refugees", "난민 영주자격 부여 지침")

CATEGORIES: Final = (
    by_standard(1, Text("General permanent resident", "일반 영주자"), GENERAL_RESIDENT, GENERAL),
    by_standard(2, Text("Spouse of a Korean national", "국민의 배우자"), family.marriage_migrant(), MARRIAGE),
    without_livelihood(
        3, Text("Minor child of a Korean national", "국민의 미성년 자녀"), family.child_of_korean()
    ),
    by_standard(
        4,
        Text(
            "Spouse or minor child of a general permanent resident", "일반 영주자의 배우자 또는 미성년 자녀"
        ),
        family.general_family(),
        ONCE,
    ),
    released(5, Text("High-investment investor", "고액 투자자"), work.founder_investor()),
    under_guideline(
        6,
        Text("Two years as overseas Korean", "재외동포 자격 2년 이상 체류자"),
        work.separate(2, ("F-4",), "4"),
        _OVERSEAS_KOREANS,
    ),
    under_guideline(
        7,
        Text("Ethnic Korean who meets the requirements of nationality", "국적취득 요건을 갖춘 외국적동포"),
        (),
        _OVERSEAS_KOREANS,
    ),
    by_standard(
        8,
        Text("Ethnic Chinese born in Korea", "대한민국 출생 재한화교"),
        family.born_in_korea_resident(),
        BORN_HERE,
    ),
    by_standard(
        9,
        Text("Doctor of an advanced field", "첨단분야 박사"),
        work.advanced_doctor(),
        ONCE,
        degree_required=True,
    ),
    by_standard(
        10,
        Text("Holder of a bachelor's or master's degree or a certificate", "학사·석사 및 자격증 소지자"),
        work.qualified_employee(),
        OWN_INCOME,
        degree_required=True,
    ),
    released(11, Text("Person with specific field abilities", "특정분야 능력 소유자"), work.able_person()),
    released(12, Text("Special contributor", "특별 공로자"), work.contributor()),
    by_standard(13, Text("Pension recipient", "연금 수혜자"), work.pensioner(), PENSION),
    under_guideline(
        14,
        Text("Four years of work as working visitor", "방문취업자격 4년 이상 제조업 등 근무자"),
        work.separate(4, ("H-2",), "12"),
        _OVERSEAS_KOREANS,
    ),
    by_standard(
        15,
        Text("Doctor of a general field", "일반분야 박사"),
        work.general_doctor(),
        ONCE,
        degree_required=True,
    ),
    by_standard(16, Text("Points-based permanent resident", "점수제 영주자"), work.points_resident(), TWICE),
    released(
        17, Text("Tourism or recreational facility investor", "관광·휴양시설 투자자"), work.tourism_investor()
    ),
    by_standard(
        18,
        Text(
            "Spouse or minor child of a points-based permanent resident",
            "점수제 영주자의 배우자 또는 미성년 자녀",
        ),
        family.points_family(),
        ONCE,
    ),
    released(
        19,
        Text(
            "Spouse or unmarried child of a tourism facility investor",
            "관광·휴양시설 투자자의 배우자 또는 미혼 자녀",
        ),
        family.tourism_family(),
    ),
    replace(
        released(
            20,
            Text("Child born in Korea of a permanent resident", "영주권자의 국내 출생 자녀"),
            family.child_born_here(),
        ),
        by_grant=True,
    ),
    released(21, Text("Public project general investor", "공익사업 일반투자자"), work.public_investor()),
    released(
        22,
        Text(
            "Spouse or unmarried child of a public project investor",
            "공익사업 투자자의 배우자 또는 미혼 자녀",
        ),
        family.public_family(),
    ),
    released(
        23,
        Text("Public project retired immigrant investor", "공익사업 은퇴이민 투자자"),
        work.retired_investor(),
    ),
    released(24, Text("Technology start-up investor", "기술창업 투자자"), work.start_up()),
    released(
        25, Text("Conditional high-investment investor", "조건부 고액투자자"), work.conditional_investor()
    ),
    by_standard(
        26,
        Text("Research personnel of a foreign-invested enterprise", "외국인투자기업의 연구개발 인력"),
        work.researcher(),
        TWICE,
    ),
    under_guideline(
        27,
        Text("Refugee of two years", "난민 거주자격 2년 이상 체류자"),
        work.separate(2, ("F-2-4", "F-2"), "18"),
        _REFUGEES,
    ),
)
