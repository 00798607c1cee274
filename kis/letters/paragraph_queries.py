"""Reads of the paragraph library."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import func, select

from kis.accounts.queries import named
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import Forbidden, NotFound
from kis.letters.kinds import KINDS
from kis.letters.paragraph_models import ParagraphText
from kis.letters.paragraphs import paragraphs, prose
from kis.letters.values import Bilingual, LetterValues, Wording

READERS = (
    Permission.PARAGRAPH_EDIT,
    Permission.CASE_REVIEW,
    Permission.CASE_DECIDE,
    Permission.AUDIT_READ,
)
PAGE = 50
EVERY_CATEGORY = ""


@dataclass(frozen=True)
class Standing:
    """The text of a paragraph that holds now, for a category or ("") for all.

    `is_own`: headquarters worded it. Version 1 is the shipped text; `texts` is None where nothing is printed.
    """

    key: str
    category: str
    version: int
    texts: Bilingual | None
    is_own: bool = False


def as_worded(values: LetterValues) -> LetterValues:
    """The values with the paragraphs as headquarters words them today."""
    keys = {key for key, _section in KINDS[values.kind].paragraphs()}
    return replace(values, wording=wording_of(keys, values.category))


def wording_of(keys: Iterable[str], category: str) -> tuple[Wording, ...]:
    """The own texts in force among these paragraphs; one for the category goes before one for all."""
    latest = in_force(keys, (EVERY_CATEGORY, category))
    chosen: dict[str, Wording] = {}
    for (key, _category), row in sorted(latest.items()):
        if not row.is_withdrawal:
            chosen[key] = row.wording
    return tuple(chosen.values())


def in_force(
    keys: Iterable[str], categories: Iterable[str] | None = None
) -> Mapping[tuple[str, str], ParagraphText]:
    """The last approved row of each paragraph and category, withdrawals among them."""
    query = select(ParagraphText).where(ParagraphText.state == "approved", ParagraphText.key.in_(keys))
    if categories is not None:
        query = query.where(ParagraphText.category.in_(categories))
    rows = db.session.scalars(query.order_by(ParagraphText.version))
    return {(row.key, row.category): row for row in rows}


def standing(key: str, category: str = EVERY_CATEGORY) -> Standing:
    """What holds now for exactly that category, or for all; without a text where there is none of its own."""
    own = in_force([key], [category]).get((key, category))
    if own and not own.is_withdrawal:
        return Standing(key, category, own.version or 0, own.texts, is_own=True)
    return Standing(key, category, 1, None if category else paragraphs().get(key))


def library(viewer: Viewer) -> Mapping[str, list[Standing]]:
    """Every paragraph with the texts that hold: for all categories first, then those of single ones."""
    require_reader(viewer)
    found = {key: [Standing(key, EVERY_CATEGORY, 1, paragraphs().get(key))] for key in prose()}
    for (key, category), row in sorted(in_force(prose()).items()):
        if row.is_withdrawal:
            continue
        own = Standing(key, category, row.version or 0, row.texts, is_own=True)
        found[key] = [*found[key], own] if category else [own]
    return found


def history(key: str, viewer: Viewer) -> Sequence[ParagraphText]:
    """Every text that was proposed for a paragraph, newest first. Raises NotFound for an unknown one."""
    require_reader(viewer)
    if key not in prose():
        raise NotFound(_("There is no such paragraph, or its wording is fixed."))
    query = select(ParagraphText).where(ParagraphText.key == key).order_by(ParagraphText.id.desc())
    return db.session.scalars(query.options(*PEOPLE)).all()


def waiting(viewer: Viewer) -> Sequence[ParagraphText]:
    """The proposals that await approval, oldest first."""
    require_reader(viewer)
    query = select(ParagraphText).where(ParagraphText.state == "proposed").order_by(ParagraphText.id)
    return db.session.scalars(query.options(*PEOPLE)).all()


def open_proposal(key: str, category: str) -> ParagraphText | None:
    """The text of that paragraph and category that awaits approval."""
    query = select(ParagraphText).where(
        ParagraphText.key == key, ParagraphText.category == category, ParagraphText.state == "proposed"
    )
    return db.session.scalar(query)


def get_proposal(proposal_id: int, viewer: Viewer) -> ParagraphText:
    """Raises NotFound."""
    require_reader(viewer)
    found = db.session.get(ParagraphText, proposal_id, options=PEOPLE)
    if found is None:
        raise NotFound(_("There is no such proposal."))
    return found


def next_version(key: str, category: str) -> int:
    """The number of the next version; the shipped text is the first of those for all categories."""
    query = select(func.max(ParagraphText.version)).where(
        ParagraphText.key == key, ParagraphText.category == category
    )
    shipped = 1 if category == EVERY_CATEGORY and key in paragraphs() else 0
    return (db.session.scalar(query) or shipped) + 1


def require_reader(viewer: Viewer) -> None:
    """Raises Forbidden."""
    if not any(viewer.can(permission) for permission in READERS):
        raise Forbidden(_("Your account does not have the permission for this."))


PEOPLE = named(ParagraphText.proposed_by, ParagraphText.decided_by)
