"""The criteria of livelihood as a category lists them, and their sentences."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Final

from kis.rules.f5.dues import public_dues
from kis.rules.f5.livelihood import (
    Alternative,
    assets,
    carrying,
    income,
)
from kis.rules.f5.livelihood_other import pension, real_assets
from kis.rules.f5.livelihood_release import exemption, graduate_exemption, is_exchange_graduate
from kis.rules.f5.standards import Standard
from kis.rules.facts import Facts
from kis.rules.findings import Basis, Criterion, Verdict, review
from kis.rules.messages import Message, add_sentences
from kis.rules.texts import Text, add_words

_ARTICLE = "Immigration Act Art. 10-3(2)2; Enforcement Rules Art. 18-4(1)2"
_GENERAL = "2. Livelihood Maintenance Requirement"
_AMOUNTS = "Annual Income Requirements by Type of Permanent Residency"


def _of(work: Alternative, facts: Facts, standard: Standard) -> Verdict:
    return facts.once(work, standard).verdict


def _own_share(facts: Facts, standard: Standard) -> Verdict | None:
    return facts.once(facts.aside(carrying, standard), standard).own


def _unless_graduate(check: Callable[[Facts], Verdict | None]) -> Callable[[Facts], Verdict | None]:
    return lambda facts: None if facts.aside(is_exchange_graduate) else check(facts)


def _multiple(multiple: Decimal) -> str:
    return str(multiple)


def livelihood_criteria(standard: Standard, *, degree_required: bool) -> tuple[Criterion, ...]:
    """Public dues, the alternatives and the own share; graduates released where a degree is required."""
    found = [_dues(), *_alternatives(standard)]
    if standard.household != "applicant":
        found.append(_share(standard))
    if not degree_required:
        return tuple(found)
    asked = (Criterion(one.id, one.label, one.rule, one.basis, _unless_graduate(one.check)) for one in found)
    return (*asked, _exemption(graduate_exemption))


def _dues() -> Criterion:
    return Criterion(
        "livelihood.public_dues",
        Text("Public dues and lawful work", "공과금 납부 및 적법한 소득활동"),
        Text(
            "The applicant owes no public dues and does not work in a barred industry or without permission.",
            "신청인에게 공과금 미납이 없고, 금지 업종이나 허가 없는 활동에 종사하지 않아야 합니다.",
        ),
        Basis(f"{_GENERAL} H", _ARTICLE),
        public_dues,
    )


def _alternatives(standard: Standard) -> list[Criterion]:
    if standard.pension:
        return [_pension(standard)]
    found = [_income(standard)]
    if standard.assets is not None:
        found.append(_assets(standard, standard.assets))
    return found


def _pension(standard: Standard) -> Criterion:
    rule = Text(
        "The yearly pension from abroad reaches {multiple} × the GNI per capita.",
        "국외로부터 받는 연간 연금액이 1인당 국민총소득의 {multiple}배 이상이어야 합니다.",
    )
    return Criterion(
        "livelihood.pension",
        Text("Pension from abroad", "국외 연금"),
        rule.filled(multiple=_multiple(standard.income)),
        Basis(f"10. Pension Recipient [F-5-13]; {_AMOUNTS}", _ARTICLE),
        partial(_of, pension, standard=standard),
    )


def _income(standard: Standard) -> Criterion:
    rule = Text(
        "Recognised income of those who count reaches {multiple} × the GNI per capita.",
        "인정되는 소득주체의 소득이 1인당 국민총소득의 {multiple}배 이상이어야 합니다.",
    )
    return Criterion(
        "livelihood.income",
        Text("Income", "소득"),
        rule.filled(multiple=_multiple(standard.income)),
        Basis(f"{_GENERAL} A, B, D, F; {_AMOUNTS}", _ARTICLE),
        partial(_of, income, standard=standard),
    )


def _assets(standard: Standard, multiple: Decimal) -> Criterion:
    rule = Text(
        "Net assets of those who count, held six months, reach {multiple} × the {survey}.",
        "인정되는 사람이 6개월 이상 보유한 순자산이 {survey}의 {multiple}배 이상이어야 합니다.",
    ).filled(multiple=_multiple(multiple), survey=standard.survey)
    if standard.real_assets_only:
        rule = Text(
            "Real estate or rental deposits of 60,000,000 won held one year, without deducting debts.",
            "1년 이상 보유한 부동산 또는 임차보증금이 6천만원 이상이어야 하며 부채는 공제하지 않습니다.",
        )
    return Criterion(
        "livelihood.assets",
        Text("Assets", "자산"),
        rule,
        Basis(f"{_GENERAL} A, C; {_AMOUNTS}", _ARTICLE),
        partial(_of, real_assets if standard.real_assets_only else assets, standard=standard),
    )


def _share(standard: Standard) -> Criterion:
    return Criterion(
        "livelihood.own_share",
        Text("The applicant's own share", "신청인 본인의 비중"),
        Text(
            "The applicant's own part reaches half the standard, unless minor children are raised.",
            "신청인 본인의 소득 또는 자산이 기준액의 50% 이상이어야 하며 미성년 자녀 양육자는 제외합니다.",
        ),
        Basis(_GENERAL, _ARTICLE),
        partial(_own_share, standard=standard),
    )


def _exemption(check: Callable[[Facts], Verdict | None]) -> Criterion:
    return Criterion(
        "livelihood.exemption",
        Text("Release from livelihood", "생계유지 요건 면제"),
        Text(
            "The category, or the exchange programme, releases from the livelihood requirement.",
            "해당 세부자격 또는 교류 프로그램 졸업자는 생계유지 요건이 면제됩니다.",
        ),
        Basis(f"{_GENERAL} I", _ARTICLE),
        check,
    )


LIVELIHOOD_EXEMPT: Final = (_exemption(exemption),)


def separate_guideline(area: str, guideline: Text) -> Criterion:
    """An area whose rule stands in a guideline that the guide does not carry: for review."""
    values = {"guideline_en": guideline.en, "guideline_ko": guideline.ko}

    def check(_facts: Facts) -> Verdict:
        return review("separate_guideline", Message("settle.separate_guideline", values), **values)

    return Criterion(
        f"{area}.separate_guideline",
        Text("Separate guideline", "별도 지침"),
        Text(
            "A separate guideline applies; the officer decides by it.",
            "별도 지침이 적용되며 담당자가 그에 따라 판단합니다.",
        ),
        Basis("Types of Permanent Residency and Detailed Codes", "Enforcement Decree Annex 1-3"),
        check,
    )


add_words(
    {
        "gni_per_capita": Text("GNI per capita", "1인당 국민총소득(GNI)"),
        "net_assets_mean": Text("mean household net assets", "가구당 평균 순자산"),
        "net_assets_median": Text("median household net assets", "가구당 순자산 중앙값"),
        "conditional_investment": Text("conditional investment amount", "조건부 투자 기준금액"),
    }
)
add_sentences(
    {
        "separate_guideline": Text(
            "The guide refers to {guideline_en}, which it does not carry.",
            "지침은 {guideline_ko}에 따르도록 하나 그 내용을 싣고 있지 않습니다.",
        ),
        "settle.separate_guideline": Text(
            "Decide by {guideline_en}.", "{guideline_ko}에 따라 판단해야 합니다."
        ),
        "livelihood.exempt_category": Text(
            "The category is released from livelihood.", "생계유지 요건이 면제되는 세부자격입니다."
        ),
        "livelihood.exempt_graduate": Text(
            "Released as a graduate of an exchange programme (D-2-7 or GKS).",
            "교류 프로그램(D-2-7 또는 GKS) 졸업자로 면제됩니다.",
        ),
        "livelihood.arrears": Text(
            "The applicant is in arrears: {entries:words}.",
            "신청인의 공과금이 미납되었습니다: {entries:words}.",
        ),
        "livelihood.barred_industry": Text(
            "The applicant works in a barred industry: {entries:words}.",
            "신청인이 금지 업종에 종사합니다: {entries:words}.",
        ),
        "livelihood.no_permission": Text(
            "The applicant works without permission: {entries:words}.",
            "신청인이 허가 없이 활동합니다: {entries:words}.",
        ),
        "livelihood.dues_clear": Text(
            "No arrears, and no barred or unpermitted work.",
            "미납이 없고 금지 업종이나 무허가 활동이 없습니다.",
        ),
        "livelihood.family_arrears": Text(
            "No arrears of the applicant; in arrears and not counted: {people:members}.",
            "신청인의 미납은 없으며, 미납으로 제외되는 가족: {people:members}.",
        ),
        "livelihood.no_figure": Text(
            "The reference figure is not on file: {figure:words} of {years:words}.",
            "등록된 기준 수치가 없습니다: {figure:words} {years:words}년.",
        ),
        "settle.figure": Text(
            "Headquarters must enter {figure:words} of {years:words}.",
            "본부에서 {figure:words} {years:words}년 수치를 등록해야 합니다.",
        ),
        "settle.arrears": Text("Pay what is due and show the receipt.", "미납금을 납부하고 증명해야 합니다."),
        "settle.amount": Text("Show at least {standard:won}.", "{standard:won} 이상을 증명해야 합니다."),
        "settle.non_taxable": Text(
            "Decide whether the non-taxable income is recognised.",
            "비과세소득의 인정 여부를 판단해야 합니다.",
        ),
        "livelihood.income.met": Text(
            "{amount:won} of {year} reach {multiple} × {figure:won} (GNI {figure_year}).",
            "{year}년 소득 {amount:won}이 {figure_year}년 GNI {figure:won}의 {multiple}배({standard:won}) 이상입니다.",
        ),
        "livelihood.income.not_met": Text(
            "{amount:won} of {year} do not reach {multiple} × {figure:won} (GNI {figure_year}): {standard:won} are needed.",
            "{year}년 소득 {amount:won}이 {figure_year}년 GNI {figure:won}의 {multiple}배({standard:won})에 미치지 못합니다.",
        ),
        "livelihood.income.review": Text(
            "{amount:won} of {year} reach {standard:won} only with income that is not taxable.",
            "{year}년 소득 {amount:won}은 비과세소득을 인정해야 {standard:won}에 이릅니다.",
        ),
        "livelihood.income.unknown": Text(
            "{amount:won} of {year} are established and up to {most:won} possible; {standard:won} are needed.",
            "{year}년 소득은 {amount:won}이 확인되고 최대 {most:won}일 수 있으며 {standard:won}이 필요합니다.",
        ),
        "livelihood.assets.met": Text(
            "{amount:won} held six months reach {multiple} × {figure:won} (survey {figure_year}).",
            "6개월 이상 보유한 순자산 {amount:won}이 {figure_year}년 조사 {figure:won}의 {multiple}배({standard:won}) 이상입니다.",
        ),
        "livelihood.assets.not_met": Text(
            "{amount:won} held six months do not reach {multiple} × {figure:won} (survey {figure_year}):"
            " {standard:won} are needed.",
            "6개월 이상 보유한 순자산 {amount:won}이 {figure_year}년 조사 {figure:won}의 {multiple}배({standard:won})에 미치지 못합니다.",
        ),
        "livelihood.assets.unknown": Text(
            "{amount:won} held six months are established and up to {most:won} possible; {standard:won} are needed.",
            "6개월 이상 보유한 순자산은 {amount:won}이 확인되고 최대 {most:won}일 수 있으며 {standard:won}이 필요합니다.",
        ),
        "livelihood.real_assets.met": Text(
            "{amount:won} of real estate and deposits held one year reach {standard:won}.",
            "1년 이상 보유한 부동산·보증금 {amount:won}이 {standard:won} 이상입니다.",
        ),
        "livelihood.real_assets.not_met": Text(
            "{amount:won} of real estate and deposits held one year do not reach {standard:won}.",
            "1년 이상 보유한 부동산·보증금 {amount:won}이 {standard:won}에 미치지 못합니다.",
        ),
        "livelihood.real_assets.unknown": Text(
            "{amount:won} of real estate and deposits are established and up to {most:won} possible;"
            " {standard:won} are needed.",
            "부동산·보증금은 {amount:won}이 확인되고 최대 {most:won}일 수 있으며 {standard:won}이 필요합니다.",
        ),
        "livelihood.pension.met": Text(
            "{amount:won} a year reach {multiple} × {figure:won} (GNI {figure_year}).",
            "연간 {amount:won}이 {figure_year}년 GNI {figure:won}의 {multiple}배({standard:won}) 이상입니다.",
        ),
        "livelihood.pension.not_met": Text(
            "{amount:won} a year do not reach {multiple} × {figure:won} (GNI {figure_year}): {standard:won} are needed.",
            "연간 {amount:won}이 {figure_year}년 GNI {figure:won}의 {multiple}배({standard:won})에 미치지 못합니다.",
        ),
        "livelihood.pension_domestic": Text(
            "The pension is not paid from abroad.", "국외로부터 받는 연금이 아닙니다."
        ),
        "livelihood.own_share.met": Text(
            "The applicant's own {amount:won} reach half the standard, {standard:won}.",
            "신청인 본인의 {amount:won}이 기준액의 절반인 {standard:won} 이상입니다.",
        ),
        "livelihood.own_share.not_met": Text(
            "The applicant's own {amount:won} do not reach half the standard, {standard:won}.",
            "신청인 본인의 {amount:won}이 기준액의 절반인 {standard:won}에 미치지 못합니다.",
        ),
        "livelihood.own_share.review": Text(
            "The applicant's own {amount:won} reach {standard:won} only with income that is not taxable.",
            "신청인 본인의 {amount:won}은 비과세소득을 인정해야 {standard:won}에 이릅니다.",
        ),
        "livelihood.own_share.unknown": Text(
            "The applicant's own part is established at {amount:won} and possible up to {most:won};"
            " {standard:won} are needed.",
            "신청인 본인의 금액은 {amount:won}이 확인되고 최대 {most:won}일 수 있으며 {standard:won}이 필요합니다.",
        ),
    }
)
