"""What the clerk is told of a dossier although it can be registered."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from kis.cases.identifiers import birth_date_in, check_digit_fits, is_passport_number, sex_in
from kis.offices.models import Office

SENTENCES = {
    "office": _l("The file names the office “%(named)s”. The case is registered at “%(office)s”."),
    "reviewed": _l("%(count)s review marks of the file are not taken over: a civil servant reviews here."),
    "birth_date": _l("The alien registration number carries another birth date (%(carried)s). Compare both."),
    "sex": _l("The alien registration number carries the other sex. Compare it with the passport."),
    "check_digit": _l(
        "The check digit of the alien registration number does not fit. Compare it with the card."
    ),
    "no_receipt": _l("There is no receipt slip: %(why)s"),
    "passport": _l("A passport number has at most nine letters and digits. Compare it with the passport."),
}


@dataclass(frozen=True)
class Notice:
    """A sentence as its key and values, worded when it is shown."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        template = str(SENTENCES[self.key])
        return template % self.values if self.values else template

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def notices_of(dossier: dict[str, Any], office: Office) -> Iterator[Notice]:
    """Everything worth telling of a dossier as it came in."""
    named = dossier["application"].get("office")
    if named and named != office.code:
        yield Notice("office", {"named": named, "office": office.code})
    reviewed = sum(1 for mark in dossier.get("documents", ()) if mark.get("reviewed"))
    if reviewed:
        yield Notice("reviewed", {"count": reviewed})
    yield from notices_of_numbers(dossier["applicant"])


def notices_of_numbers(applicant: dict[str, Any]) -> Iterator[Notice]:
    number = applicant.get("alien_registration_number")
    carried = birth_date_in(number) if number else None
    if number and carried:
        if carried != date.fromisoformat(applicant["birth_date"]):
            yield Notice("birth_date", {"carried": carried.isoformat()})
        if applicant.get("sex", sex_in(number)) not in {sex_in(number), "X"}:
            yield Notice("sex")
        if not check_digit_fits(number):
            yield Notice("check_digit")
    if "passport_number" in applicant and not is_passport_number(applicant["passport_number"]):
        yield Notice("passport")
