"""Letters to invented people."""

from dataclasses import replace
from datetime import date
from typing import Any

from kis.letters.values import Addressee, Bilingual, Correction, LetterValues, Reason, Sender, Table

SENDER = Sender(
    office=Bilingual("서울출입국·외국인청", "Seoul Immigration Office"),
    head=Bilingual("서울출입국·외국인청장", "Head of Seoul Immigration Office"),
    unit=Bilingual("체류관리과", "Residence Division"),
    officer="박서연",
    telephone="02-000-1234",
    address="서울특별시 양천구 가상로 1",
    email="letters@example.go.kr",
)
ADDRESSEE = Addressee(
    name="NGUYỄN THỊ THANH HƯƠNG",
    native_name="응우옌 티 타인 흐엉",
    birth_date=date(1990, 3, 7),
    nationality=Bilingual("베트남", "Vietnam"),
    sex="female",
    address="서울특별시 관악구 가상로 227, 402호",
)
REASONS = (
    Reason(
        Bilingual(
            "생계유지 요건: 전년도 소득 42,310,000원이 기준액 104,832,000원에 미치지 못합니다.",
            "Livelihood: last year's income of KRW 42,310,000 is below the required KRW 104,832,000.",
        ),
        Bilingual("「출입국관리법」 제10조의3 제1항 제2호", "Immigration Act, Article 10-3(1)2"),
    ),
    Reason(
        Bilingual(
            "기본소양 요건: 종합평가 점수 58점이 합격 기준 60점에 미치지 못합니다.",
            "Competency: the test score of 58 is below the pass mark of 60.",
        ),
        Bilingual("「출입국관리법」 제10조의3 제1항 제3호", "Immigration Act, Article 10-3(1)3"),
    ),
    Reason(
        Bilingual(
            "품행단정 요건: 신청 전 3년 안에 500만 원의 범칙금을 납부하였습니다.",
            "Conduct: a penalty of KRW 5 million was paid within three years before the application.",
        ),
        Bilingual("같은 법 시행규칙 제18조의4", "Enforcement Rules of the same Act, Article 18-4"),
        remark="통고처분 납부일: 2024. 8. 14.\n소명 서류를 검토하였으나 결론은 같습니다.",
    ),
)
DISAPPROVAL = LetterValues(
    kind="disapproval",
    sender=SENDER,
    addressee=ADDRESSEE,
    receipt_number="seoul-2026-004417",
    received_on=date(2026, 8, 3),
    applied_for=Bilingual("영주 (F-5-1)", "Permanent residence (F-5-1)"),
    issued_on=date(2026, 11, 21),
    number="seoul-2026-D-000012",
    current_status="E-7-1",
    stay_expires_on=date(2026, 11, 30),
    departure_deadline=date(2026, 12, 5),
    reasons=REASONS,
)
STAYING = replace(DISAPPROVAL, departure_deadline=None, stay_expires_on=date(2027, 6, 30))
PERMISSION = replace(
    DISAPPROVAL, kind="permission", number="seoul-2026-P-000031", departure_deadline=None, reasons=()
)
PLAIN = replace(
    PERMISSION,
    category="F-5-1",
    current_status="E-7-1",
    due_on=date(2026, 12, 21),
    stay_expires_on=None,
)


def of_kind(kind: str, register: str, **more: Any) -> LetterValues:
    """A letter of another kind to the same person."""
    return replace(PLAIN, kind=kind, number=f"seoul-2026-{register}-000007", **more)


ITEMS = (
    Bilingual(
        "재직증명서: 발급일부터 3개월 이내의 것",
        "Certificate of employment, issued within the last three months",
    ),
    Bilingual("2025년 소득금액증명", "Certificate of income for 2025"),
    Bilingual(
        "2024년 5월부터 8월까지 어디에 체류하였는지 밝혀 주십시오.",
        "Please state where you stayed from May to August 2024.",
    ),
)
GROUNDS = Bilingual(
    "관계 기관에 사실조회를 하고 회신을 기다리고 있습니다.",
    "An inquiry to another authority has not been answered yet.",
)
RECEIPT = of_kind("receipt", "R", items=ITEMS[:2], agent="김변호")
SUPPLEMENT = of_kind("supplement", "S", items=ITEMS, reply_by=date(2026, 12, 10), grounds=GROUNDS)
SECOND_SUPPLEMENT = replace(SUPPLEMENT, is_second=True, grounds=None)
EXTENSION = of_kind("extension", "E", grounds=GROUNDS, new_due_on=date(2027, 1, 20))
SECOND_EXTENSION = replace(EXTENSION, is_second=True)
TRANSFER = of_kind(
    "transfer",
    "T",
    grounds=Bilingual("주소를 관할하는 기관이 바뀌었습니다.", "Your new address belongs to another office."),
    receiving_office=Bilingual("부산출입국·외국인청", "Busan Immigration Office"),
)
ISSUED_ANEW = replace(
    DISAPPROVAL,
    number="seoul-2026-D-000014",
    replaces=DISAPPROVAL.number,
    decided_on=DISAPPROVAL.issued_on,
    issued_on=date(2026, 11, 24),
)
GRANT = replace(PERMISSION, is_grant=True, category="F-5-20")
REFUSED_GRANT = replace(DISAPPROVAL, kind="disapproval-of-grant", is_grant=True, category="F-5-20")
RETURN = of_kind(
    "return",
    "B",
    grounds=Bilingual(
        "2026. 11. 2. 보완을 요구하고 2026. 11. 14. 다시 요구하였으나 아래 사항이 보완되지 아니하였습니다.",
        "The points below were asked for on 2 November 2026 and again on 14 November 2026, and not supplied.",
    ),
    items=ITEMS[:2],
)
WITHDRAWAL = of_kind("withdrawal", "W")
CORRECTION = of_kind(
    "correction",
    "C",
    corrects="seoul-2026-D-000012",
    corrections=(
        Correction(
            Bilingual("생년월일", "Date of birth"),
            Bilingual("1990. 3. 7.", "7 March 1990"),
            Bilingual("1990. 7. 3.", "3 July 1990"),
        ),
    ),
    grounds=Bilingual(
        "여권의 생년월일을 잘못 옮겨 적었습니다.", "The date of birth was copied wrongly from the passport."
    ),
)
FINDINGS = Table(
    Bilingual("사전검토 결과: 생계유지", "Pre-check: livelihood"),
    (Bilingual("요건", "Requirement"), Bilingual("판정", "Outcome"), Bilingual("내용", "Finding")),
    (
        (
            Bilingual("소득", "Income"),
            Bilingual("충족", "met"),
            Bilingual("전년도 소득 110,000,000원", "Last year's income: KRW 110,000,000"),
        ),
        (
            Bilingual("자산", "Assets"),
            Bilingual("미충족", "not met"),
            Bilingual("순자산 200,000,000원", "Net assets: KRW 200,000,000"),
        ),
    ),
    Bilingual("소득과 자산 가운데 하나를 갖추면 됩니다.", "Either income or assets suffices."),
    (20, 15, 65),
)
POINTS = Table(
    Bilingual("별지: 점수표", "Annex: points"),
    (
        Bilingual("항목", "Item"),
        Bilingual("확인된 점수", "Established"),
        Bilingual("가능한 최고점", "At most"),
    ),
    tuple(
        (Bilingual(f"항목 {row}", f"Item {row}"), Bilingual("5", "5"), Bilingual("10", "10"))
        for row in range(40)
    ),
)
REVIEW_RECORD = of_kind("review-record", "V", tables=(FINDINGS, POINTS))
EXAMPLES = {
    "receipt": RECEIPT,
    "supplement": SUPPLEMENT,
    "supplement, second": SECOND_SUPPLEMENT,
    "extension": EXTENSION,
    "extension, second": SECOND_EXTENSION,
    "transfer": TRANSFER,
    "permission": PERMISSION,
    "permission of grant": GRANT,
    "disapproval": DISAPPROVAL,
    "disapproval, stay continues": STAYING,
    "disapproval, issued anew": ISSUED_ANEW,
    "disapproval of grant": REFUSED_GRANT,
    "return": RETURN,
    "withdrawal": WITHDRAWAL,
    "correction": CORRECTION,
    "review record": REVIEW_RECORD,
}


def to(name: str, native_name: str = "") -> LetterValues:
    """A permission to somebody of that name."""
    return replace(PERMISSION, addressee=replace(ADDRESSEE, name=name, native_name=native_name))
