"""The reasons of a refusal: taken from failed criteria, or an officer's own words with a basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from kis.core.language import in_language
from kis.core.refusals import Invalid
from kis.precheck.queries import FailedCriterion
from kis.rules.texts import Text

# What each area of requirements stands on: Immigration Act, its Enforcement Decree and Enforcement Rules.
LEGAL_BASIS: Mapping[str, Text] = {
    "eligibility": Text(
        "Enforcement Decree of the Immigration Act, Art. 12-2 and Annex 1-3", "출입국관리법 시행령 제12조의2 및 별표 1의3"
    ),
    "conduct": Text(
        "Immigration Act, Art. 10-3(2)1; Enforcement Rules, Art. 18-4",
        "출입국관리법 제10조의3제2항제1호, 같은 법 시행규칙 제18조의4",
    ),
    "livelihood": Text(
        "Immigration Act, Art. 10-3(2)2; Enforcement Rules, Art. 18-4",
        "출입국관리법 제10조의3제2항제2호, 같은 법 시행규칙 제18조의4",
    ),
    "competency": Text(
        "Immigration Act, Art. 10-3(2)3; Enforcement Rules, Art. 18-4",
        "출입국관리법 제10조의3제2항제3호, 같은 법 시행규칙 제18조의4",
    ),
    "criminal_record": Text(
        "Immigration Act, Art. 10-3(2)1; Enforcement Rules, Art. 18-4",
        "출입국관리법 제10조의3제2항제1호, 같은 법 시행규칙 제18조의4",
    ),
    "documents": Text("Enforcement Rules of the Immigration Act, Art. 76", "출입국관리법 시행규칙 제76조"),
}


@dataclass(frozen=True)
class GivenReason:
    """A reason as an officer gives it: a criterion's id, or None with own words and their basis."""

    criterion: str | None = None
    wording_ko: str = ""
    wording_en: str = ""
    basis_ko: str = ""
    basis_en: str = ""


def columns_of(given: Sequence[GivenReason], failed: Sequence[FailedCriterion]) -> list[dict[str, Any]]:
    """The rows of the reasons, in their order. Raises Invalid."""
    if not given:
        raise Invalid(_("A refusal names at least one reason with its legal basis."))
    by_id = {each.finding.id: each for each in failed}
    rows = [of_criterion(each, by_id) if each.criterion else of_officer(each) for each in given]
    return [row | {"position": position} for position, row in enumerate(rows, start=1)]


def of_criterion(given: GivenReason, failed: Mapping[str, FailedCriterion]) -> dict[str, Any]:
    chosen = failed.get(given.criterion or "")
    if chosen is None:
        raise Invalid(
            _("The criterion %(criterion)s has not failed in the present pre-check; choose among those that have.",
              criterion=given.criterion)
        )  # fmt: skip
    finding, departed = chosen.finding, chosen.departure is not None
    if departed and not is_in_both_languages(given):
        raise Invalid(
            _("“%(label)s” fails because an officer departed from the finding: word the reason in Korean and in English.",
              label=in_language(finding.label))
        )  # fmt: skip
    return {
        "criterion": finding.id,
        "finding": {
            "area": finding.area,
            "label": {"en": finding.label.en, "ko": finding.label.ko},
            "message": finding.finding.to_json(),
            "departed": departed,
            "basis": {"guide": finding.basis.guide, "article": finding.basis.article},
        },
        "wording_ko": given.wording_ko.strip(),
        "wording_en": given.wording_en.strip(),
        "basis_ko": LEGAL_BASIS[finding.area].ko,
        "basis_en": LEGAL_BASIS[finding.area].en,
    }


def is_in_both_languages(given: GivenReason) -> bool:
    return bool(given.wording_ko.strip() and given.wording_en.strip())


def of_officer(given: GivenReason) -> dict[str, Any]:
    if not is_in_both_languages(given):
        raise Invalid(_("Write a reason of your own in Korean and in English: the letter is in both languages."))
    if not given.basis_ko.strip():
        raise Invalid(_("Name the legal basis of the reason: “%(reason)s”.", reason=given.wording_ko[:80]))
    return {
        "wording_ko": given.wording_ko.strip(),
        "wording_en": given.wording_en.strip(),
        "basis_ko": given.basis_ko.strip(),
        "basis_en": given.basis_en.strip() or given.basis_ko.strip(),
    }
