"""Words that sentences of every procedure use: the names of countries, and of the sections of a dossier."""

import csv
from importlib.resources import files
from typing import Final

from kis.rules.texts import Text, add_words

# ISO 3166-1 alpha-3 with the names of CLDR.
_ROWS: Final = csv.DictReader(
    (files("kis.rules") / "data" / "countries.csv").read_text(encoding="utf-8").splitlines()
)
COUNTRY_NAMES: Final = {row["code"]: Text(row["en"], row["ko"]) for row in _ROWS}

# Sections named by one word; the longer names are put in words where a page shows them, with their fields.
SECTIONS: Final = {
    "stays": Text("registered stays", "국내 체류 내역"),
    "abroad": Text("residence outside Korea", "해외 거주 내역"),
    "employment": Text("employment", "근무 내역"),
    "education": Text("education", "학력"),
    "qualifications": Text("technical qualifications", "기술자격"),
    "integration": Text("integration programme and tests", "사회통합프로그램·시험"),
    "family": Text("family members", "가족 사항"),
    "marriage": Text("marriage", "혼인 관계"),
    "income": Text("income", "소득"),
    "pension": Text("pension", "연금"),
    "assets": Text("assets", "자산"),
    "liabilities": Text("debts", "부채"),
    "arrears": Text("unpaid public dues", "공과금 미납 내역"),
    "removals": Text("deportation and departure orders", "강제퇴거·출국명령 내역"),
    "investments": Text("investments", "투자 내역"),
    "employees": Text("employees", "고용 내역"),
    "merit": Text("merit", "공로"),
    "documents": Text("documents", "제출 서류"),
}

add_words({**COUNTRY_NAMES, **SECTIONS})
