"""Good conduct: the twelve criteria with their citations and sentences."""

from collections.abc import Callable
from typing import Final

from kis.rules.f5 import conduct
from kis.rules.facts import Facts
from kis.rules.findings import Basis, Criterion, Verdict
from kis.rules.messages import add_sentences
from kis.rules.texts import Text

_CONDUCT = "1. Good Conduct Requirement, "
_RULES = "Immigration Act Art. 10-3(2)1; Enforcement Rules Art. 18-4(1)1"


def _criterion(
    name: str, label: Text, rule: Text, guide: str, check: Callable[[Facts], Verdict], article: str = _RULES
) -> Criterion:
    section = guide if guide.startswith("Basic") else _CONDUCT + guide
    return Criterion(f"conduct.{name}", label, rule, Basis(section, article), check)


CONDUCT: Final = (
    _criterion(
        "violent_crime",
        Text("Specific violent crime", "특정강력범죄"),
        Text(
            "No sentence was ever passed in Korea for a specific violent crime.",
            "국내에서 특정강력범죄로 형을 선고받은 사실이 없어야 합니다.",
        ),
        "1) A)",
        conduct.violent_crime,
        f"{_RULES}; Act on Special Cases concerning Specific Violent Crimes Art. 2",
    ),
    _criterion(
        "imprisonment",
        Text("Imprisonment", "금고 이상의 실형"),
        Text(
            "Five years must have passed since a Korean prison sentence was completed or remitted.",
            "국내에서 금고 이상의 실형이 집행 종료되거나 면제된 날부터 5년이 지나야 합니다.",
        ),
        "1) B)",
        conduct.imprisonment,
    ),
    _criterion(
        "suspended_sentence",
        Text("Suspended sentence", "집행유예"),
        Text(
            "Five years must have passed since the judgment on a suspended Korean sentence became final.",
            "국내에서 집행유예 판결이 확정된 날부터 5년이 지나야 합니다.",
        ),
        "1) C)",
        conduct.suspended_sentence,
    ),
    _criterion(
        "fine",
        Text("Criminal fine", "벌금"),
        Text(
            "A Korean criminal fine must be paid, and three years must have passed since.",
            "국내 벌금을 납부하고 납부한 날부터 3년이 지나야 합니다.",
        ),
        "1) D)",
        conduct.fine,
    ),
    _criterion(
        "entry_violation",
        Text("Violation of the rules of entry", "입국 관련 위반"),
        Text(
            "Five years must have passed since a violation of Article 7(1), 7(4), 12(1) or 12(2).",
            "출입국관리법 제7조제1항·제4항, 제12조제1항·제2항을 위반한 날부터 5년이 지나야 합니다.",
        ),
        "1) E)",
        conduct.entry_violation,
        f"{_RULES}; Immigration Act Art. 7(1), 7(4), 12(1), 12(2)",
    ),
    _criterion(
        "repeat_violation",
        Text("Repeated violations", "반복 위반"),
        Text(
            "Fewer than three immigration violations within five years; administrative fines are left out.",
            "최근 5년간 출입국관리법 위반이 3회 미만이어야 하며 과태료 처분은 제외합니다.",
        ),
        "1) F)",
        conduct.repeat_violation,
    ),
    _criterion(
        "removal",
        Text("Deportation or departure order", "강제퇴거·출국명령"),
        Text(
            "Seven years must have passed since leaving under a deportation order, five under a departure order.",
            "강제퇴거명령으로 출국한 날부터 7년, 출국명령으로 출국한 날부터 5년이 지나야 합니다.",
        ),
        "1) G)",
        conduct.removal,
        f"{_RULES}; Immigration Act Art. 59(2), 68",
    ),
    _criterion(
        "penalty_payment",
        Text("Penalty payments", "범칙금"),
        Text(
            "Within three years no penalty payment of 5,000,000 won, and less than 7,000,000 won in total.",
            "최근 3년간 500만원 이상의 범칙금이 없고 범칙금 합계가 700만원 미만이어야 합니다.",
        ),
        "1) H)",
        conduct.penalty_payment,
    ),
    _criterion(
        "humanitarian_stay",
        Text("Stay allowed despite grounds for deportation", "인도적 사유 등에 따른 체류허가"),
        Text(
            "Five years must have passed since the decision to let a deportable person stay.",
            "강제퇴거 대상이나 체류를 허가받은 경우 그 결정일부터 5년이 지나야 합니다.",
        ),
        "1) I)",
        conduct.humanitarian_stay,
        f"{_RULES}; Immigration Act Art. 46(1)",
    ),
    _criterion(
        "overseas_serious",
        Text("Serious offences abroad", "해외 중대범죄"),
        Text(
            "No foreign sentence for a violent crime, threats, extortion, fraud, voice phishing or drugs,"
            " and fewer than three for drunk driving.",
            "외국에서 특정강력범죄, 협박, 공갈, 사기, 보이스피싱, 마약범죄 또는 3회 이상 음주운전으로"
            " 형을 선고받은 사실이 없어야 합니다.",
        ),
        "2) A)",
        conduct.overseas_serious,
    ),
    _criterion(
        "overseas_imprisonment",
        Text("Imprisonment abroad", "해외 실형"),
        Text(
            "Ten years must have passed since a foreign prison sentence for any other offence;"
            " a suspended one is for review.",
            "그 밖의 범죄로 외국에서 금고 이상에 준하는 형을 선고받은 날부터 10년이 지나야 하며 집행유예는 심사합니다.",
        ),
        "2) B)",
        conduct.overseas_imprisonment,
    ),
    _criterion(
        "pending",
        Text("Pending proceedings", "진행 중인 수사·재판"),
        Text(
            "Investigations or trials under way are weighed by the officer.",
            "진행 중인 수사나 재판은 담당자가 심사합니다.",
        ),
        "Basic Information for Permanent Residency (F-5) Applicants G)",
        conduct.pending,
    ),
)

add_sentences(
    {
        "bar.running": Text(
            "Barred from {start:date} through {through:date}: {years} years have not passed ({entry}).",
            "{start:date}부터 {through:date}까지 제한됩니다. {years}년이 지나지 않았습니다({entry}).",
        ),
        "bar.over": Text(
            "The bar of {years} years from {start:date} is over since {over:date} ({entry}).",
            "{start:date}부터 {years}년의 제한기간이 지나 {over:date}부터 제한이 없습니다({entry}).",
        ),
        "conduct.none": Text("Nothing of the kind is on record.", "해당 사실이 없습니다."),
        "conduct.sentenced": Text(
            "A sentence is on record: {entries:words}.", "형을 선고받은 사실이 있습니다: {entries:words}."
        ),
        "conduct.imprisonment_open": Text(
            "The sentence is not completed: {entries:words}.",
            "형의 집행이 끝나지 않았습니다: {entries:words}.",
        ),
        "conduct.fine_open": Text(
            "The fine is not paid: {entries:words}.", "벌금을 납부하지 않았습니다: {entries:words}."
        ),
        "conduct.repeated": Text(
            "{count} violations since {start:date}: {entries:words}.",
            "{start:date} 이후 위반이 {count}회입니다: {entries:words}.",
        ),
        "conduct.not_repeated": Text(
            "{count} violations count since {start:date}, fewer than three.",
            "{start:date} 이후 산정되는 위반은 {count}회로 3회 미만입니다.",
        ),
        "conduct.penalties": Text(
            "Since {start:date} the largest penalty payment is {largest:won}, the total {total:won}.",
            "{start:date} 이후 최고 범칙금은 {largest:won}, 합계는 {total:won}입니다.",
        ),
        "conduct.penalties_low": Text(
            "Since {start:date} the largest penalty payment is {largest:won} and the total {total:won},"
            " below 5,000,000 won and 7,000,000 won.",
            "{start:date} 이후 최고 범칙금은 {largest:won}, 합계는 {total:won}으로 각각 500만원과 700만원 미만입니다.",
        ),
        "conduct.suspended_abroad": Text(
            "A suspended foreign sentence of {start:date} is weighed through {through:date} ({entry}).",
            "{start:date}의 해외 집행유예는 {through:date}까지 심사 대상입니다({entry}).",
        ),
        "conduct.pending": Text(
            "Proceedings are pending: {authorities:words}.", "진행 중인 절차가 있습니다: {authorities:words}."
        ),
        "settle.bar_over": Text("The bar is over on {over:date}.", "{over:date}부터 제한이 없습니다."),
        "settle.complete": Text(
            "Show the day it was completed or paid; {years} years count from then.",
            "집행이 끝나거나 납부한 날을 확인해야 하며 그날부터 {years}년을 계산합니다.",
        ),
        "settle.never": Text(
            "No period ends this; only a correction of the record or the discretion of Art. 18-4(2) remains.",
            "기간이 지나도 해소되지 않으며, 기록의 정정이나 시행규칙 제18조의4제2항에 따른 판단만 가능합니다.",
        ),
        "settle.proceedings": Text(
            "Await or obtain the result of the proceedings.", "절차의 결과를 확인해야 합니다."
        ),
    }
)
