"""What the letter of a decision says, as the plain values that letters are made of."""

from babel import Locale
from babel.core import get_global
from flask_babel import force_locale

from kis.accounts.models import Account
from kis.cases.models import Applicant, Case
from kis.cases.queries import latest_revision
from kis.core import clock
from kis.decisions.departure import stay_on
from kis.decisions.models import Decision, DecisionReason, RecommendationReason
from kis.letters.values import Addressee, Bilingual, LetterValues, Reason, Sender
from kis.offices.models import Office
from kis.precheck.presentation import with_places
from kis.rules import Message, procedure

KINDS = {"granted": "permission", "refused": "disapproval"}
SEXES = {"M": "male", "F": "female"}
LANGUAGES = ("ko", "en")


def values_for(decision: Decision) -> LetterValues:
    """The letter of a decision, not yet numbered."""
    recommendation = decision.recommendation
    case = recommendation.case
    return LetterValues(
        kind=KINDS[decision.outcome],
        sender=sender(case.office, recommendation.made_by),
        addressee=addressee(case.applicant),
        receipt_number=case.number,
        received_on=case.received_on,
        applied_for=applied_for(case),
        issued_on=clock.day_of(decision.at),
        current_status=present_status(case),
        stay_expires_on=None if decision.departure_deadline else decision.stay_expires_on,
        departure_deadline=decision.departure_deadline,
        reasons=tuple(reason_of(reason) for reason in decision.reasons)
        if decision.outcome == "refused"
        else (),
    )


def sender(office: Office, officer: Account) -> Sender:
    """The office and the officer in charge, who answers for the letter (Administrative Procedures Act Art. 24)."""
    return Sender(
        office=Bilingual(*(office.full_name(language) for language in LANGUAGES)),
        head=Bilingual(*(office.head_title(language) for language in LANGUAGES)),
        unit=Bilingual(officer.unit or "", officer.unit or ""),
        officer=" ".join(filter(None, (officer.full_name, officer.full_name_latin))),
        telephone=officer.phone or office.phone or "",
        address=office.address or "",
    )


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


def applied_for(case: Case) -> Bilingual:
    label = procedure(case.procedure).categories[case.category].label
    return Bilingual(f"{case.category} {label.ko}", f"{case.category} {label.en}")


def present_status(case: Case) -> str:
    """The status of the stay on the day of application, else the one stated; "" when neither is known."""
    facts = latest_revision(case).facts
    stay = stay_on(facts, case.received_on)
    return str(stay["status"] if stay else facts["applicant"].get("current_status", ""))


def reason_of(reason: RecommendationReason | DecisionReason) -> Reason:
    """A reason with its basis; what an officer added to a criterion's finding follows as remark."""
    basis = Bilingual(reason.basis_ko, reason.basis_en)
    message = reason.message
    if message is None:
        return Reason(Bilingual(reason.wording_ko, reason.wording_en), basis)
    text = Bilingual(*(sentence(message, language) for language in LANGUAGES))
    return Reason(text, basis, remark="\n".join(filter(None, (reason.wording_ko, reason.wording_en))))


def sentence(message: Message, language: str) -> str:
    """A finding as the applicant reads it: places of the dossier in words, notes for officers left out."""
    with force_locale(language):
        return with_places(message._replace(notes=()).in_language(language))
