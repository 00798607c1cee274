"""What the letter of a decision says, as the plain values that letters are made of."""

from collections.abc import Sequence
from datetime import date

from flask_babel import force_locale

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.core import clock
from kis.decisions.departure import departure_deadline
from kis.decisions.models import Decision, DecisionReason, Recommendation, RecommendationReason
from kis.letters.parties import LANGUAGES, category_of, is_at_work, values_of
from kis.letters.values import Bilingual, LetterValues, Reason
from kis.precheck.presentation import with_places
from kis.rules import Message

Given = RecommendationReason | DecisionReason
# By outcome, and whether the status was to be granted (Immigration Act Art. 23) or changed (Art. 24).
KINDS = {
    ("granted", False): "permission",
    ("granted", True): "permission",
    ("refused", False): "disapproval",
    ("refused", True): "disapproval-of-grant",
}


def values_for(decision: Decision) -> LetterValues:
    """The letter of a decision, not yet numbered."""
    return values_of_outcome(
        decision.recommendation.case,
        decision.outcome,
        officer_in_charge(decision),
        issued_on=clock.day_of(decision.at),
        stay_expires_on=None if decision.departure_deadline else decision.stay_expires_on,
        departure_deadline=decision.departure_deadline,
        reasons=decision.reasons,
    )


def officer_in_charge(decision: Decision) -> Account:
    """Whoever recommended answers for the letter; who has left the desk meanwhile does not, and who decided does."""
    officer = decision.recommendation.made_by
    return officer if is_at_work(officer, decision.recommendation.case.office) else decision.decided_by


def values_expected(recommendation: Recommendation) -> LetterValues:
    """The letter that there will be if it is decided today as recommended."""
    refused, until = recommendation.outcome == "refused", recommendation.stay_expires_on
    deadline = departure_deadline(clock.today(), until) if refused else None
    return values_of_outcome(
        recommendation.case,
        recommendation.outcome,
        recommendation.made_by,
        stay_expires_on=None if deadline else until,
        departure_deadline=deadline,
        reasons=recommendation.reasons,
    )


def values_of_outcome(
    case: Case, outcome: str, officer: Account, *, reasons: Sequence[Given], **more: date | None
) -> LetterValues:
    kind = KINDS[outcome, category_of(case).by_grant]
    told = reasons if outcome == "refused" else ()
    return values_of(case, kind, officer, reasons=tuple(reason_of(each) for each in told), **more)


def reason_of(reason: Given) -> Reason:
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
