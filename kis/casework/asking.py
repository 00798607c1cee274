"""What the applicant can be asked for: documents with a defect or missing, and what settles an open criterion."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import force_locale

from kis.cases.models import Case
from kis.casework.words import LANGUAGES
from kis.documents.queries import Entry, Need, Person, checklist
from kis.letters.values import Bilingual
from kis.precheck.effective import effective
from kis.precheck.models import Run
from kis.precheck.presentation import with_places
from kis.precheck.queries import latest_run, standing_departures
from kis.rules import Message, Outcome

# The criterion whose sheet lists what is to be submitted.
SUBMITTED = "documents.submitted"


@dataclass(frozen=True)
class Suggestion:
    """Something that can be asked for, worded for the letter; `likely` where it stands against the case now.

    `key` is "document:<id of the row>" or "criterion:<its id>".
    """

    key: str
    wording: Bilingual
    likely: bool


def suggestions(case: Case) -> list[Suggestion]:
    """Documents in the order of the form, then the criteria that are not established."""
    run = latest_run(case)
    entries = checklist(case).with_asked(needs_of(run)).entries
    return [*asked_documents(entries), *open_questions(case, run)]


def needs_of(run: Run | None) -> list[Need]:
    """What the run asks for; nothing before the first, or where documents are not established."""
    found = run.precheck.criteria if run else ()
    sheets = [finding.sheet for finding in found if finding.id == SUBMITTED]
    rows = [row for sheet in sheets if sheet for row in sheet["rows"]]
    return [
        Need(tuple(code.removeprefix("document:") for code in row["asked"]), row["person"]) for row in rows
    ]


def asked_documents(entries: tuple[Entry, ...]) -> Iterator[Suggestion]:
    for entry in entries:
        document = entry.document
        if document.defect or (entry.asked and not document.submitted):
            likely = bool(document.defect) or entry.asked == "required"
            yield Suggestion(f"document:{document.id}", worded_document(entry), likely)


def worded_document(entry: Entry) -> Bilingual:
    """The document, whom it is for, and what is wrong with it in the officer's words."""
    return Bilingual(*(document_in(entry, language) for language in LANGUAGES))


def document_in(entry: Entry, language: str) -> str:
    label = entry.label.in_language(language)
    person = f" ({relation_in(entry.person, language)})" if entry.person else ""
    return f"{label}{person}: {entry.document.defect}" if entry.document.defect else f"{label}{person}"


def relation_in(person: Person, language: str) -> str:
    with force_locale(language):
        return " ".join(filter(None, (str(person.relation), person.name)))


def open_questions(case: Case, run: Run | None) -> Iterator[Suggestion]:
    """What would settle each criterion that nothing establishes yet; documents are asked for by their rows."""
    if run is None:
        return
    outcomes = effective(run.precheck, standing_departures(case)).criteria
    for finding in run.precheck.criteria:
        if outcomes[finding.id] is Outcome.UNKNOWN and finding.area != "documents":
            answer = finding.remedy or finding.finding
            wording = (
                f"{finding.label.in_language(each)}: {for_applicant(answer, each)}" for each in LANGUAGES
            )
            yield Suggestion(f"criterion:{finding.id}", Bilingual(*wording), likely=True)


def for_applicant(message: Message, language: str) -> str:
    """A sentence of the rules as the applicant reads it: places in words, notes for officers left out."""
    with force_locale(language):
        return with_places(message._replace(notes=()).in_language(language))
