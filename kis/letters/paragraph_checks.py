"""What a paragraph must be before it can be proposed: printable, in both languages, with placeholders that are filled."""

import re
from collections.abc import Iterator

from flask_babel import gettext as _

from kis.core.refusals import Invalid, NotFound
from kis.letters.glyphs import missing_glyphs, named
from kis.letters.paragraph_words import MAX_TEXT
from kis.letters.paragraphs import PLACEHOLDER, allowed, paragraphs, placeholders, prose
from kis.letters.values import Bilingual
from kis.rules import procedures

HANGUL = re.compile("[가-힣]")
LATIN = re.compile("[A-Za-z]")
# Placeholders that a new text may do without; all others tell a day or an office.
FREE = {"name", "receipt_number", "applied_for", "corrects"}
# Administrative Appeals Act Art. 27, Administrative Litigation Act Art. 20: no wording changes them.
PERIODS = {
    "remedy.appeal": (Bilingual("90일", "90 days"), Bilingual("180일", "180")),
    "remedy.litigation": (Bilingual("90일", "90 days"), Bilingual("1년", "one year")),
}


def categories() -> tuple[str, ...]:
    """The codes of all categories of all procedures."""
    return tuple(code for each in procedures() for code in each.categories)


def check_place(key: str, category: str) -> None:
    """Raises NotFound for a paragraph that nobody words, Invalid for a category that there is not."""
    if key not in prose():
        raise NotFound(_("There is no such paragraph, or its wording is fixed."))
    if category and category not in categories():
        raise Invalid(_("There is no such category."))


def check_paragraph(key: str, texts: Bilingual) -> None:
    """Raises Invalid with all that is wrong."""
    problems = [
        *_languages(texts),
        *_placeholders(key, texts),
        *_kept(key, texts),
        *_periods(key, texts),
        *_characters(texts),
    ]
    if problems:
        raise Invalid(" ".join(problems))


def _languages(texts: Bilingual) -> Iterator[str]:
    if not HANGUL.search(texts.ko):
        yield _("The Korean text is missing.")
    if not LATIN.search(texts.en) or HANGUL.search(texts.en):
        yield _("The English text is missing or holds Korean.")
    if max(len(texts.ko), len(texts.en)) > MAX_TEXT:
        yield _("At most %(most)s characters in each language.", most=f"{MAX_TEXT:,}")


def _placeholders(key: str, texts: Bilingual) -> Iterator[str]:
    known, used = allowed(key), placeholders(texts.ko) | placeholders(texts.en)
    if unknown := sorted(used - set(known)):
        yield _(
            "This paragraph has nothing to fill in for %(unknown)s. It may name %(known)s.",
            unknown=", ".join(f"{{{name}}}" for name in unknown),
            known=", ".join(f"{{{name}}}" for name in known),
        )
    if any(set("{}") & set(PLACEHOLDER.sub("", text)) for text in (texts.ko, texts.en)):
        yield _("Braces stand only around the name of a placeholder, as in {received_on}.")
    if placeholders(texts.ko) != placeholders(texts.en):
        yield _("Both languages must name the same placeholders.")


def _kept(key: str, texts: Bilingual) -> Iterator[str]:
    """A day or an office that the shipped text tells is told by every other: else no letter would."""
    shipped = paragraphs().get(key)
    told = placeholders(shipped.ko) - FREE if shipped else set()
    if lacking := sorted(told - (placeholders(texts.ko) & placeholders(texts.en))):
        yield _(
            "This paragraph must go on naming %(lacking)s in both languages: nothing else tells the addressee.",
            lacking=", ".join(f"{{{name}}}" for name in lacking),
        )


def _periods(key: str, texts: Bilingual) -> Iterator[str]:
    periods = PERIODS.get(key, ())
    lacking = [
        word for period in periods for word, text in ((period.ko, texts.ko), (period.en, texts.en))
        if not re.search(rf"(?<![\w]){re.escape(word)}(?!\d)", text, re.IGNORECASE)
    ]  # fmt: skip
    if lacking:
        yield _(
            "The law sets the periods of this paragraph. Missing: %(periods)s.", periods=", ".join(lacking)
        )


def _characters(texts: Bilingual) -> Iterator[str]:
    if absent := missing_glyphs(texts.ko + texts.en):
        yield _(
            "No font of the letters has these characters: %(characters)s. Write the text without them.",
            characters=named(absent),
        )
