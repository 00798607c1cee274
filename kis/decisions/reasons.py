"""The reasons of a refusal: taken from failed criteria, or an officer's own words with a basis."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from flask_babel import gettext as _

from kis.cases.models import Case
from kis.core.language import in_language
from kis.core.refusals import Invalid
from kis.letters.composition import as_printed
from kis.letters.glyphs import missing_glyphs, named
from kis.letters.values import HANGUL
from kis.precheck.effective import is_made_up_for
from kis.precheck.queries import FailedCriterion, effective_outcomes, failed_criteria
from kis.rules.citations import citation
from kis.rules.outcomes import NOT_MET

LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True)
class GivenReason:
    """A reason as an officer gives it: a criterion's id, or None with own words and their basis."""

    criterion: str | None = None
    wording_ko: str = ""
    wording_en: str = ""
    basis_ko: str = ""
    basis_en: str = ""


def grounds_of(case: Case) -> list[FailedCriterion]:
    """The failed criteria a refusal may rest on: those of a requirement that fails as a whole.

    A criterion that is made up for by an alternative (assets by income) is no ground, even where another
    requirement of its area has failed; an area that has failed always leaves a ground.
    """
    outcomes = effective_outcomes(case)
    if outcomes is None:
        return []
    failed = [each for each in failed_criteria(case) if outcomes.areas[each.finding.area] is NOT_MET]
    asked = [each for each in failed if not is_made_up_for(each.finding.id, outcomes)]
    with_grounds = {each.finding.area for each in asked}
    return [each for each in failed if each in asked or each.finding.area not in with_grounds]


def columns_of(given: Sequence[GivenReason], failed: Sequence[FailedCriterion]) -> list[dict[str, Any]]:
    """The rows of the reasons, in their order. Raises Invalid."""
    if not given:
        raise Invalid(_("A refusal names at least one reason with its legal basis."))
    refuse_unprintable("".join(text for reason in given for text in astuple(reason) if text))
    by_id = {each.finding.id: each for each in failed}
    rows = [of_criterion(each, by_id) if each.criterion else of_officer(each) for each in given]
    return [row | {"position": position} for position, row in enumerate(rows, start=1)]


def refuse_unprintable(text: str) -> None:
    """The officer is told, and not only whoever decides."""
    absent = missing_glyphs(as_printed(text))
    if absent:
        raise Invalid(
            _("No font of the letters has these characters: %(characters)s. Write the text without them.",
              characters=named(absent))
        )  # fmt: skip


def of_criterion(given: GivenReason, failed: Mapping[str, FailedCriterion]) -> dict[str, Any]:
    chosen = failed.get(given.criterion or "")
    if chosen is None:
        raise Invalid(
            _("The criterion %(criterion)s has not failed in the present pre-check; choose among those that have.",
              criterion=given.criterion)
        )  # fmt: skip
    finding, departed = chosen.finding, chosen.departure is not None
    basis = citation(finding.basis.article)
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
        "basis_ko": basis.ko,
        "basis_en": basis.en,
    }


def is_in_both_languages(given: GivenReason) -> bool:
    return bool(HANGUL.search(given.wording_ko) and LATIN.search(given.wording_en))


def of_officer(given: GivenReason) -> dict[str, Any]:
    if not is_in_both_languages(given):
        raise Invalid(
            _("Write a reason of your own in Korean and in English: the letter is in both languages.")
        )
    if not given.basis_ko.strip():
        raise Invalid(_("Name the legal basis of the reason: “%(reason)s”.", reason=given.wording_ko[:80]))
    return {
        "wording_ko": given.wording_ko.strip(),
        "wording_en": given.wording_en.strip(),
        "basis_ko": given.basis_ko.strip(),
        "basis_en": given.basis_en.strip() or given.basis_ko.strip(),
    }
