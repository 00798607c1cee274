"""What stops a letter before anything moves: a missing field, an impossible deadline, a character without a glyph."""

from collections.abc import Iterator
from operator import attrgetter

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kis.core.refusals import Invalid
from kis.letters.composition import UnfilledPlaceholder, compose
from kis.letters.glyphs import missing_glyphs, named
from kis.letters.kinds import KINDS, Layout
from kis.letters.values import Bilingual, LetterValues, latest_departure

FIELD_LABELS = {
    "sender.office": _l("Office"),
    "sender.head": _l("Head of the office"),
    "sender.officer": _l("Officer in charge"),
    "sender.telephone": _l("Telephone of the officer in charge"),
    "addressee.name": _l("Name of the applicant"),
    "addressee.nationality": _l("Nationality"),
    "receipt_number": _l("Receipt number"),
    "applied_for": _l("Status applied for"),
    "reasons": _l("Reasons"),
    "items": _l("What is asked for"),
    "reply_by": _l("Day until which to answer"),
    "due_on": _l("End of the processing period"),
    "new_due_on": _l("New end of the processing period"),
    "grounds": _l("Grounds"),
    "receiving_office": _l("Receiving office"),
    "corrects": _l("Letter that is corrected"),
    "corrections": _l("What is corrected"),
    "tables": _l("Tables of the record"),
}


def check(values: LetterValues) -> None:
    """Raises Invalid, with what is wrong in one sentence; quiet where the letter can be printed."""
    absent = [str(FIELD_LABELS[path]) for path in KINDS[values.kind].required if _is_empty(values, path)]
    if absent:
        raise Invalid(_("The letter lacks: %(fields)s. Complete them first.", fields=", ".join(absent)))
    for problem in _problems(values):
        raise Invalid(problem)


def _is_empty(values: LetterValues, path: str) -> bool:
    value = attrgetter(path)(values)
    return not (value.ko.strip() and value.en.strip()) if isinstance(value, Bilingual) else not value


def _problems(values: LetterValues) -> Iterator[str]:
    """What is wrong with complete values, in the order in which it matters."""
    if any(not (text.ko.strip() and text.en.strip()) for r in values.reasons for text in (r.text, r.basis)):
        yield _("Every reason needs its text and its legal basis, in Korean and in English.")
    if values.departure_deadline and not _deadline_is_lawful(values):
        last = latest_departure(values.issued_on, values.stay_expires_on)
        yield _(
            "The departure deadline may be at the latest %(day)s (Enforcement Decree, Article 33).", day=last
        )
    try:
        letter = compose(values)
    except UnfilledPlaceholder as unfilled:
        yield _("A paragraph of the letter has nothing to fill in for “%(place)s”.", place=unfilled)
        return
    if tells_remedies(values.kind) and not any(part.layout is Layout.REMEDIES for part in letter.parts):
        yield _(
            "The letter does not say how to challenge the decision (Administrative Procedures Act, Art. 26)."
        )
    if absent := missing_glyphs(letter.text()):
        yield _(
            "No font of the letters has these characters: %(characters)s. Write the text without them.",
            characters=named(absent),
        )


def tells_remedies(kind: str) -> bool:
    """Whether a letter of that kind must say how to challenge what it tells, and until when."""
    return any(section.layout is Layout.REMEDIES for section in KINDS[kind].sections)


def _deadline_is_lawful(values: LetterValues) -> bool:
    last = latest_departure(values.issued_on, values.stay_expires_on)
    return values.departure_deadline is not None and values.issued_on <= values.departure_deadline <= last
