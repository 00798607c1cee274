"""The kinds of letters: title, register, and the sections in their order, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """How a section is set on the page; each has one macro in templates/letters/print/blocks.html."""

    FACTS = "facts"
    PROSE = "prose"
    NOTICE = "notice"
    REASONS = "reasons"
    LIST = "list"
    REMEDIES = "remedies"


@dataclass(frozen=True)
class Section:
    """One section: `parts` are keys of facts or paragraphs; `when` names the value it depends on.

    A section whose `when` is "departure_deadline" is left out without one, and with
    "!departure_deadline" left out where there is one.
    """

    layout: Layout
    parts: tuple[str, ...] = ()
    heading: str = ""
    when: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of letter; `register` is the code of its ledger, part of the issue number."""

    code: str
    register: str
    number_label: str
    sections: tuple[Section, ...]
    required: tuple[str, ...]

    @property
    def title(self) -> str:
        """Key of the paragraph with the title."""
        return f"title.{self.code}"


# Rows of facts; two names share one row.
PERSON = ("name", "birth_date sex", "nationality current_status", "address")
EVERY_LETTER = (
    "sender.office", "sender.head", "sender.officer", "sender.telephone", "addressee.name",
    "addressee.nationality", "receipt_number", "applied_for",
)  # fmt: skip
REMEDIES = Section(
    Layout.REMEDIES, ("remedy.appeal", "remedy.litigation", "remedy.both"), heading="heading.remedies"
)

_KINDS = (
    # Form 48 is the ledger of permits; a permission has no notice form of its own.
    Kind(
        code="permission",
        register="P",
        number_label="label.permit_number",
        sections=(
            Section(Layout.FACTS, (*PERSON, "permitted", "permitted_on", "stay")),
            Section(Layout.PROSE, ("statement.permission",)),
            Section(Layout.LIST, ("duty.card", "duty.return", "duty.truth"), heading="heading.duties"),
            REMEDIES,
        ),
        required=EVERY_LETTER,
    ),
    # Annex Form 43-2, entered in the ledger of disapprovals (Form 50).
    Kind(
        code="disapproval",
        register="D",
        number_label="label.number",
        sections=(
            Section(Layout.FACTS, (*PERSON, "applied_for")),
            Section(Layout.PROSE, ("statement.disapproval",)),
            Section(Layout.REASONS, heading="heading.reasons"),
            Section(
                Layout.NOTICE, ("departure.deadline",), heading="heading.departure", when="departure_deadline"
            ),
            Section(Layout.NOTICE, ("departure.none",), heading="heading.stay", when="!departure_deadline"),
            REMEDIES,
        ),
        required=(*EVERY_LETTER, "reasons"),
    ),
)

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _KINDS}
