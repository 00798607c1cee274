"""A letter to a real person with a paragraph that is not in force yet, to be looked at before approval."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.core import clock
from kis.letters.composition import Letter, compose
from kis.letters.kinds import Kind, Section
from kis.letters.paragraph_models import ParagraphText
from kis.letters.paragraph_queries import as_worded
from kis.letters.parties import values_of
from kis.letters.values import Bilingual, Correction, LetterValues, Reason

# What stands for the words that an officer will write.
WRITTEN = Bilingual("(담당자가 적는 내용)", "(what the officer writes)")
REPLY_DAYS = 14


def preview(proposal: ParagraphText, kind: Kind, case: Case, officer: Account) -> Letter:
    """The text of that letter."""
    return compose(values_of_preview(proposal, kind, case, officer))


def values_of_preview(proposal: ParagraphText, kind: Kind, case: Case, officer: Account) -> LetterValues:
    """The letter of that kind, of the case as it stands, with the proposed text in its place."""
    section = next(each for key, each in kind.paragraphs() if key == proposal.key)
    values = as_worded(values_of(case, kind.code, officer, **invented(kind, section)))
    others = tuple(each for each in values.wording if each.key != proposal.key)
    return replace(values, wording=others if proposal.is_withdrawal else (*others, proposal.wording))


def invented(kind: Kind, section: Section) -> dict[str, Any]:
    """What this kind says beside the facts of the case, such that the section is printed."""
    examples = _examples()
    named = ("departure_deadline", *kind.required, *section.fills)
    given = {name: examples[name] for name in named if name in examples}
    if section.when:
        name = section.when.removeprefix("!")
        given[name] = _absent(name) if section.when.startswith("!") else examples[name]
    return given


def _examples() -> dict[str, Any]:
    today = clock.today()
    later = today + timedelta(days=REPLY_DAYS)
    return {
        "items": (WRITTEN,),
        "grounds": WRITTEN,
        "reasons": (Reason(WRITTEN, WRITTEN),),
        "corrections": (Correction(WRITTEN, WRITTEN, WRITTEN),),
        "corrects": "—",
        "replaces": "—",
        "receiving_office": WRITTEN,
        "reply_by": later,
        "new_due_on": later,
        "departure_deadline": later,
        "stay_expires_on": later,
        "is_second": True,
        "is_grant": True,
    }


def _absent(name: str) -> Any:
    return next(field.default for field in fields(LetterValues) if field.name == name)
