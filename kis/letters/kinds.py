"""The kinds of letters: title, register, and the sections in their order, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kis.core.access import Permission

P = Permission


class Layout(StrEnum):
    """How a section is set on the page; each has one macro in templates/letters/print/blocks.html."""

    FACTS = "facts"
    PROSE = "prose"
    NOTICE = "notice"
    REASONS = "reasons"
    ITEMS = "items"
    GROUNDS = "grounds"
    CORRECTIONS = "corrections"
    LIST = "list"
    REMEDIES = "remedies"
    TABLES = "tables"


@dataclass(frozen=True)
class Section:
    """One section: `parts` are keys of facts or paragraphs; `when` names the value it depends on.

    A section whose `when` is "departure_deadline" is left out without one, and with
    "!departure_deadline" left out where there is one. `fills` are the placeholders that have
    a value wherever the section stands, beside those of every letter of the kind.
    """

    layout: Layout
    parts: tuple[str, ...] = ()
    heading: str = ""
    when: str = ""
    fills: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Keys of the paragraphs it prints."""
        return () if self.layout is Layout.FACTS else self.parts


@dataclass(frozen=True)
class Kind:
    """A kind of letter; `register` is the code of its ledger, part of the issue number.

    Any of the `permissions` issues it. `decides`: it tells a decision, and its PDF closes the case.
    `is_internal`: it is for the file and goes to nobody. `at_counter`: it is handed over when it is made.
    `is_single`: of its purpose a case has one in force at most, so that the next one takes the place of a void one.
    `is_of_sender`: whoever issued it answers for it, though another office has the case by then.
    """

    code: str
    register: str
    permissions: tuple[P, ...]
    sections: tuple[Section, ...]
    required: tuple[str, ...]
    number_label: str = "label.number"
    decides: bool = False
    is_internal: bool = False
    at_counter: bool = False
    is_single: bool = False
    is_of_sender: bool = False

    @property
    def is_delivered(self) -> bool:
        """Whether its way to the addressee is recorded."""
        return not (self.is_internal or self.at_counter)

    @property
    def title(self) -> str:
        """Key of the paragraph with the title."""
        return f"title.{self.code}"

    @property
    def note(self) -> str:
        """Key of a paragraph of headquarters' own, printed where there is one."""
        return f"note.{self.code}"

    def fills(self, section: Section) -> frozenset[str]:
        """Placeholders that have a value in every letter of the kind that has this section."""
        return ALWAYS_FILLED | set(self.required) | set(section.fills)

    def paragraphs(self) -> Iterator[tuple[str, Section]]:
        """Keys of the paragraphs it prints, in their order, each with its section."""
        yield from ((key, section) for section in self.sections for key in section.paragraphs)


ALWAYS_FILLED = frozenset({"name", "receipt_number", "applied_for", "received_on", "issued_on"})
# Rows of facts: two names share one row; a row that ends in "?" is left out when it is empty.
PERSON = ("name", "birth_date sex", "nationality current_status", "address", "agent?")
EVERY_LETTER = (
    "sender.office", "sender.head", "sender.officer", "sender.telephone", "addressee.name",
    "addressee.nationality", "receipt_number", "applied_for",
)  # fmt: skip
REMEDIES = Section(
    Layout.REMEDIES, ("remedy.appeal", "remedy.litigation", "remedy.both"), heading="heading.remedies"
)
DEPARTURE = (
    Section(Layout.NOTICE, ("departure.deadline",), "heading.departure", "departure_deadline",
            ("departure_deadline",)),
    Section(Layout.NOTICE, ("departure.none",), "heading.stay", "!departure_deadline", ("stay_expires_on",)),
)  # fmt: skip
AT_THE_COUNTER = (P.CASE_REGISTER, P.CASE_MARK, P.CASE_REVIEW, P.CASE_DECIDE)
OF_THE_OFFICER = (P.CASE_REVIEW, P.CASE_DECIDE)
OF_THE_SUPERVISOR = (P.CASE_DECIDE,)
REPLACING = Section(Layout.PROSE, ("statement.replaces",), when="replaces", fills=("replaces",))


def facts(*rows: str) -> Section:
    return Section(Layout.FACTS, (*PERSON, *rows))


def prose(*keys: str, when: str = "") -> Section:
    return Section(Layout.PROSE, keys, when=when)


def note(kind: str) -> Section:
    return Section(Layout.LIST, (f"note.{kind}",), "heading.note")


_KINDS = (
    # Civil Petitions Treatment Act, article 9.
    Kind(
        code="receipt",
        register="R",
        permissions=AT_THE_COUNTER,
        at_counter=True,
        is_single=True,
        sections=(
            facts("applied_for", "received_on", "due_on"),
            REPLACING,
            prose("statement.receipt"),
            Section(Layout.ITEMS, heading="heading.handed_in", when="items"),
            Section(
                Layout.LIST,
                ("receipt.period", "receipt.supplement", "receipt.address", "receipt.departure"),
                "heading.course",
            ),
            note("receipt"),
        ),
        required=(*EVERY_LETTER, "due_on"),
    ),
    # The same Act, article 22; its Decree, articles 24 and 25.
    Kind(
        code="supplement",
        register="S",
        permissions=OF_THE_OFFICER,
        sections=(
            facts("applied_for", "received_on"),
            REPLACING,
            prose("statement.supplement", when="!is_second"),
            prose("statement.second_supplement", when="is_second"),
            Section(Layout.ITEMS, heading="heading.asked"),
            Section(Layout.GROUNDS, heading="heading.why_asked", when="grounds"),
            Section(Layout.NOTICE, ("supplement.until",), "heading.reply_by"),
            Section(
                Layout.LIST,
                ("supplement.how", "supplement.longer", "supplement.unmet", "supplement.clock"),
                "heading.about_supplement",
                "!is_second",
            ),
            Section(
                Layout.LIST,
                ("supplement.how", "supplement.unmet_again", "supplement.clock"),
                "heading.about_supplement",
                "is_second",
            ),
            note("supplement"),
        ),
        required=(*EVERY_LETTER, "items", "reply_by"),
    ),
    # The same Decree, article 21.
    Kind(
        code="extension",
        register="E",
        permissions=OF_THE_SUPERVISOR,
        sections=(
            facts("applied_for", "received_on", "due_on", "new_due_on"),
            REPLACING,
            prose("statement.extension", when="!is_second"),
            prose("statement.second_extension", when="is_second"),
            Section(Layout.GROUNDS, heading="heading.why_extended"),
            Section(Layout.LIST, ("extension.progress",), "heading.course"),
            note("extension"),
        ),
        required=(*EVERY_LETTER, "due_on", "new_due_on", "grounds"),
    ),
    # Administrative Procedures Act, article 6; Civil Petitions Treatment Act, article 16.
    Kind(
        code="transfer",
        register="T",
        permissions=(P.CASE_ASSIGN, P.CASE_DECIDE),
        is_of_sender=True,
        sections=(
            facts("applied_for", "received_on", "receiving_office"),
            REPLACING,
            prose("statement.transfer"),
            Section(Layout.GROUNDS, heading="heading.why_transferred"),
            Section(Layout.LIST, ("transfer.inquiries", "transfer.clock"), "heading.course"),
            note("transfer"),
        ),
        required=(*EVERY_LETTER, "receiving_office", "grounds"),
    ),
    # Form 48 is the ledger of permits; a permission has no notice form of its own.
    Kind(
        code="permission",
        register="P",
        permissions=OF_THE_SUPERVISOR,
        decides=True,
        number_label="label.permit_number",
        is_single=True,
        sections=(
            facts("permitted", "permitted_on", "stay"),
            REPLACING,
            prose("statement.permission", when="!is_grant"),
            prose("statement.permission_of_grant", when="is_grant"),
            Section(Layout.LIST, ("duty.card", "duty.return", "duty.truth"), heading="heading.duties"),
            note("permission"),
            REMEDIES,
        ),
        required=EVERY_LETTER,
    ),
    # Annex Form 43-2, entered in the ledger of disapprovals (Form 50).
    Kind(
        code="disapproval",
        register="D",
        permissions=OF_THE_SUPERVISOR,
        decides=True,
        is_single=True,
        sections=(
            facts("applied_for"),
            REPLACING,
            prose("statement.disapproval"),
            Section(Layout.REASONS, heading="heading.reasons"),
            *DEPARTURE,
            note("disapproval"),
            REMEDIES,
        ),
        required=(*EVERY_LETTER, "reasons"),
    ),
    # Annex Form 43, of a status applied for under article 23; the same ledger.
    Kind(
        code="disapproval-of-grant",
        register="D",
        permissions=OF_THE_SUPERVISOR,
        decides=True,
        is_single=True,
        sections=(
            facts("applied_for"),
            REPLACING,
            prose("statement.disapproval-of-grant"),
            Section(Layout.REASONS, heading="heading.reasons"),
            *DEPARTURE,
            note("disapproval-of-grant"),
            REMEDIES,
        ),
        required=(*EVERY_LETTER, "reasons"),
    ),
    # Decree of the Civil Petitions Treatment Act, article 25.
    Kind(
        code="return",
        register="B",
        permissions=OF_THE_SUPERVISOR,
        is_single=True,
        sections=(
            facts("applied_for", "received_on"),
            REPLACING,
            prose("statement.return"),
            Section(Layout.GROUNDS, heading="heading.why_returned"),
            Section(Layout.ITEMS, heading="heading.missing", when="items"),
            Section(Layout.LIST, ("return.again", "return.stay"), "heading.duties"),
            note("return"),
            REMEDIES,
        ),
        required=(*EVERY_LETTER, "grounds"),
    ),
    Kind(
        code="withdrawal",
        register="W",
        permissions=(P.CASE_MARK, *OF_THE_OFFICER),
        is_single=True,
        sections=(
            facts("applied_for", "received_on", "withdrawn_on"),
            REPLACING,
            prose("statement.withdrawal"),
            Section(Layout.GROUNDS, heading="heading.why_withdrawn", when="grounds"),
            Section(Layout.LIST, ("withdrawal.stay", "withdrawal.fee", "return.again"), "heading.duties"),
            note("withdrawal"),
        ),
        required=EVERY_LETTER,
    ),
    # Administrative Procedures Act, article 25.
    Kind(
        code="correction",
        register="C",
        permissions=OF_THE_SUPERVISOR,
        sections=(
            facts("applied_for", "corrects"),
            REPLACING,
            prose("statement.correction"),
            Section(Layout.CORRECTIONS, heading="heading.corrections"),
            Section(Layout.GROUNDS, heading="heading.why_corrected", when="grounds"),
            Section(Layout.LIST, ("correction.rest", "correction.keep"), "heading.duties"),
            note("correction"),
        ),
        required=(*EVERY_LETTER, "corrects", "corrections"),
    ),
    # For the file, not for the applicant: what the decision rests on.
    Kind(
        code="review-record",
        register="V",
        permissions=OF_THE_OFFICER,
        is_internal=True,
        sections=(
            facts("applied_for", "received_on", "due_on"),
            prose("statement.review-record"),
            Section(Layout.TABLES),
        ),
        required=(*EVERY_LETTER, "tables"),
    ),
)

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _KINDS}
