"""Letters to invented people."""

from dataclasses import replace
from datetime import date

from kis.letters.values import Addressee, Bilingual, LetterValues, Reason, Sender

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
EXAMPLES = {"disapproval": DISAPPROVAL, "disapproval, stay continues": STAYING, "permission": PERMISSION}


def to(name: str, native_name: str = "") -> LetterValues:
    """A permission to somebody of that name."""
    return replace(PERMISSION, addressee=replace(ADDRESSEE, name=name, native_name=native_name))
