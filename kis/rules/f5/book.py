"""The rule book of May 2025 and the procedure it belongs to."""

from datetime import date
from typing import Final

from kis.rules.books import Procedure, RuleBook
from kis.rules.f5.categories import CATEGORIES
from kis.rules.f5.documents import CATALOGUE
from kis.rules.texts import Text

EDITION_2025_05: Final = RuleBook(
    "2025-05",
    date(2025, 5, 1),
    Text(
        "First edition: the guide of May 2025, which also serves every earlier application.",
        "최초 판: 2025년 5월 지침이며 그 이전 신청에도 적용합니다.",
    ),
    {category.code: category for category in CATEGORIES},
    later_manual_from=date(2026, 9, 18),
)
PERMANENT_RESIDENCE: Final = Procedure(
    "permanent-residence", Text("Permanent residence (F-5)", "영주(F-5)"), CATALOGUE, (EDITION_2025_05,)
)
