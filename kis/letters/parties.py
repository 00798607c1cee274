"""Who writes to whom, about which application: what every letter of a case says alike."""

from datetime import date
from typing import Any

from babel import Locale
from babel.core import get_global

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Applicant, Case
from kis.cases.parties import receiver_of_letters
from kis.cases.queries import latest_revision
from kis.core import clock
from kis.core.access import Permission
from kis.letters.values import Addressee, Bilingual, LetterValues, Sender
from kis.offices.models import Office
from kis.rules import procedure
from kis.rules.books import Category

SEXES = {"M": "male", "F": "female"}
LANGUAGES = ("ko", "en")


def values_of(case: Case, kind: str, officer: Account, **more: Any) -> LetterValues:
    """The letter of that kind, not yet numbered; `officer` is who answers for it, `more` what only the kind says."""
    given = {
        "sender": sender(case.office, officer),
        "addressee": addressee(case.applicant),
        "receipt_number": case.number,
        "received_on": case.received_on,
        "applied_for": applied_for(case),
        "issued_on": clock.today(),
        "current_status": present_status(case),
        "due_on": case.due_on,
        "category": case.category,
        "is_grant": category_of(case).by_grant,
        "agent": receiver(case),
    }
    return LetterValues(kind=kind, **{**given, **more})


def receiver(case: Case) -> str:
    """Who takes the letter in for the applicant, an agent or a guardian, with the address; "" where nobody does."""
    party = receiver_of_letters(case)
    return ", ".join(filter(None, (party.name, party.address))) if party else ""


def sender(office: Office, officer: Account) -> Sender:
    """The office and the officer in charge, who answers for the letter (Administrative Procedures Act Art. 24)."""
    return Sender(
        office=office_name(office),
        head=Bilingual(*(office.head_title(language) for language in LANGUAGES)),
        unit=Bilingual(officer.unit or "", officer.unit or ""),
        officer=officer.in_both_scripts,
        telephone=officer.phone or office.phone or "",
        address=office.address or "",
    )


def officer_in_charge(case: Case, otherwise: Account) -> Account:
    """The officer of the case; another where there is none, or none who works there any more."""
    officer = case.assignee
    return officer if officer and is_at_work(officer, case.office) else otherwise


def is_at_work(officer: Account, office: Office) -> bool:
    """Whether the officer still works on cases of the office, and can be asked about one."""
    return officer.active and viewer_of(officer).can(Permission.CASE_REVIEW, office.id)


def office_name(office: Office) -> Bilingual:
    return Bilingual(*(office.full_name(language) for language in LANGUAGES))


def addressee(applicant: Applicant) -> Addressee:
    """The applicant as in the passport; the local name stands in where there is no Latin one."""
    return Addressee(
        name=applicant.latin_name or applicant.local_name or "",
        native_name=(applicant.local_name or "") if applicant.latin_name else "",
        birth_date=applicant.birth_date,
        nationality=country(applicant.nationality),
        sex=SEXES.get(applicant.sex or "", ""),
        address=applicant.address or "",
    )


def country(code: str) -> Bilingual:
    """The name of a country of ISO 3166-1 alpha-3; a code without a name (stateless, organisations) stays as it is."""
    short = (get_global("territory_aliases").get(code) or [code])[0]
    return Bilingual(*(Locale(language).territories.get(short, code) for language in LANGUAGES))


def category_of(case: Case) -> Category:
    return procedure(case.procedure).categories[case.category]


def applied_for(case: Case) -> Bilingual:
    label = category_of(case).label
    return Bilingual(f"{case.category} {label.ko}", f"{case.category} {label.en}")


def present_status(case: Case) -> str:
    """The status of the stay on the day of application, else the one stated; "" when neither is known."""
    facts = latest_revision(case).facts
    stay = stay_on(facts, case.received_on)
    return str(stay["status"] if stay else facts["applicant"].get("current_status", ""))


def stay_on(facts: dict[str, Any], day: date) -> dict[str, Any] | None:
    """The registered stay that covers a day, the one begun last where several do."""
    at = day.isoformat()
    covering = [stay for stay in facts.get("stays", []) if stay["from"] <= at <= (stay.get("to") or at)]
    return max(covering, key=lambda stay: str(stay["from"]), default=None)
