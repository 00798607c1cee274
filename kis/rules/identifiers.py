"""Registration numbers and nationality codes: what shape they have, and what merely looks odd."""

import re
from datetime import date
from typing import Final, NamedTuple

from kis.rules.messages import Message, add_sentences
from kis.rules.texts import Text
from kis.rules.vocabulary import COUNTRY_NAMES

_NUMBER = re.compile(r"[0-9]{6}-?[0-9]{7}", re.ASCII)
# Seventh digit: sex and century of a foreigner's number.
_CENTURIES: Final = {"5": 1900, "6": 1900, "7": 2000, "8": 2000}
_SEXES: Final = {"5": "M", "6": "F", "7": "M", "8": "F"}
_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
# Two rules for the check digit are in use; neither is published, so a misfit only warns.
_CHECKS: Final = (11, 13)

# ISO 3166-1 alpha-3, and the codes that only passports carry.
COUNTRIES: Final = frozenset(COUNTRY_NAMES)
PASSPORT_CODES: Final = frozenset(
    {"GBD", "GBN", "GBO", "GBP", "GBS", "UNO", "UNA", "UNK", "XXA", "XXB", "XXC", "XXX", "XOM", "RKS", "EUE"}
)
_STORED_AS: Final = {"D": "DEU"}


class RegistrationNumber(NamedTuple):
    """A number read: its thirteen digits (None when refused), what is wrong, and what looks odd."""

    digits: str | None
    problems: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()


def registration_number(
    text: str, birth_date: date | None = None, sex: str | None = None
) -> RegistrationNumber:
    """Read a registration number; shape, date and century digit refuse, all else only warns."""
    if not _NUMBER.fullmatch(text.strip()):
        return RegistrationNumber(None, (Message("registration.shape"),))
    digits = text.strip().replace("-", "")
    century = _CENTURIES.get(digits[6])
    if century is None:
        return RegistrationNumber(None, (Message("registration.century", {"digit": digits[6]}),))
    try:
        born = date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return RegistrationNumber(None, (Message("registration.date", {"digits": digits[:6]}),))
    return RegistrationNumber(digits, (), tuple(_oddities(digits, born, birth_date, sex)))


def _oddities(digits: str, born: date, birth_date: date | None, sex: str | None) -> list[Message]:
    found = []
    if not _fits(digits):
        found.append(Message("registration.checksum"))
    if birth_date is not None and born != birth_date:
        found.append(
            Message("registration.birth", {"born": birth_date.isoformat(), "number": born.isoformat()})
        )
    if sex in {"F", "M"} and sex != _SEXES[digits[6]]:
        found.append(Message("registration.sex"))
    return found


def _fits(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:12], strict=True))
    return any((check - total % 11) % 10 == int(digits[12]) for check in _CHECKS)


def nationality_code(text: str) -> str | None:
    """The code as it is stored ("D" is "DEU"); None for a code that is not known."""
    code = text.strip().upper()
    code = _STORED_AS.get(code, code)
    return code if code in COUNTRIES or code in PASSPORT_CODES else None


add_sentences(
    {
        "registration.shape": Text(
            "Thirteen digits are needed, with or without a hyphen after the sixth.",
            "숫자 13자리여야 하며 여섯째 자리 뒤에 붙임표를 넣을 수 있습니다.",
        ),
        "registration.century": Text(
            "The seventh digit must be 5 to 8, not {digit}.", "일곱째 자리는 5부터 8까지여야 합니다({digit})."
        ),
        "registration.date": Text(
            "{digits} is no date of birth.", "생년월일이 될 수 없는 숫자입니다: {digits}."
        ),
        "registration.checksum": Text(
            "The check digit does not fit; check the number.", "검증 숫자가 맞지 않으니 번호를 확인하십시오."
        ),
        "registration.birth": Text(
            "The number says {number:date}, the birth date is {born:date}.",
            "번호의 생년월일은 {number:date}인데 기재된 생년월일은 {born:date}입니다.",
        ),
        "registration.sex": Text("The number says another sex.", "번호의 성별이 기재된 성별과 다릅니다."),
    }
)
