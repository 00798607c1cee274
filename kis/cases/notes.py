"""Notes on a case: written, corrected with the earlier wordings kept, and the people they name."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from kis.accounts.models import Account, RoleGrant
from kis.accounts.sessions import viewer_of
from kis.audit.operations import record
from kis.cases.models import Case, Note
from kis.cases.operations import add_note, digest_of, may_note
from kis.cases.scope import may_read, within
from kis.cases.teamwork_models import Mention, NoteRevision
from kis.core import clock
from kis.core.access import Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid, NotFound
from kis.offices.models import Office

MAX_NOTE = 10_000
SENT_AGAIN = timedelta(minutes=5)
# What tells of many accounts at once which cases they may read.
WITH_GRANTS = selectinload(Account.grants).joinedload(RoleGrant.office).selectinload(Office.branches)
# "@han.sora", also behind Hangul without a space; "a@b.kr" is an address and names nobody.
NAMED = re.compile(r"(?<![a-z0-9_.@-])@([a-z0-9][a-z0-9._-]*[a-z0-9])", re.IGNORECASE | re.ASCII)


def write_note(case: Case, text: str, viewer: Viewer) -> list[str]:
    """Add a note; those it names are told. Returns the names in it that are nobody's who may read the case.

    What was sent a second time, by a click or after going back, is one note. Raises Invalid or Forbidden.
    """
    if not may_note(case, viewer):
        raise Forbidden(_("Your account does not have the permission for this."))
    lock(case)
    last = db.session.scalar(select(Note).where(Note.case_id == case.id).order_by(Note.id.desc()).limit(1))
    note = last if last and is_the_same(last, text, viewer) else add_note(case, checked(text), viewer)
    return tell(note, case, viewer)


def is_the_same(last: Note, text: str, viewer: Viewer) -> bool:
    """Whether the latest note of a case is this one, written a moment ago."""
    is_recent = last.written_at > clock.now() - SENT_AGAIN
    return is_recent and (last.author_id, last.text) == (viewer.account_id, text)


def checked(text: str) -> str:
    if not 0 < len(text) <= MAX_NOTE:
        raise Invalid(_("A note has between 1 and 10,000 characters."))
    return text


def correct_note(note: Note, case: Case, text: str, viewer: Viewer) -> list[str]:
    """Word the viewer's own note anew; what it said before is kept. Returns as `write_note`.

    Raises Invalid, Forbidden for another's note or who works on the case no more, Conflict when nothing is changed.
    """
    if not may_note(case, viewer):
        raise Forbidden(_("Your account does not have the permission for this."))
    if note.author_id != viewer.account_id:
        raise Forbidden(_("Only its author can correct a note. Write a note of your own beneath it."))
    if checked(text) == note.text:
        raise Conflict(_("Nothing was changed."))
    lock(note)
    earlier = NoteRevision(
        note_id=note.id,
        number=note.corrections + 1,
        text=note.text,
        written_at=note.corrected_at or note.written_at,
    )
    db.session.add(earlier)
    # Kept before it is worded anew: the database asks for it in this order.
    db.session.flush()
    note.text, note.corrections, note.corrected_at = text, earlier.number, clock.now()
    db.session.flush()
    after = {"revision": earlier.number, "sha256": digest_of(text)}
    record("case.note-corrected", case_id=case.id, subject=("note", note.id), after=after)
    return tell(note, case, viewer)


def tell(note: Note, case: Case, viewer: Viewer) -> list[str]:
    """Mention each person named who may read the case and was not mentioned yet; returns the other names."""
    named = names_in(note.text)
    readers = {account.name: account for account in readers_of(case, named)}
    told = set(db.session.scalars(select(Mention.account_id).where(Mention.note_id == note.id)))
    db.session.add_all(
        Mention(note_id=note.id, account_id=account.id)
        for account in readers.values()
        if account.id not in told and account.id != viewer.account_id
    )
    db.session.flush()
    return [name for name in named if name not in readers]


def names_in(text: str) -> list[str]:
    """The sign-in names that a text mentions, each once, in their order."""
    return list(dict.fromkeys(name.lower() for name in NAMED.findall(text)))


def readers_of(case: Case, names: Iterable[str]) -> list[Account]:
    """The active accounts of these sign-in names that may read the case."""
    query = select(Account).where(Account.name.in_(list(names)), Account.active)
    found = db.session.scalars(query.options(WITH_GRANTS))
    return [account for account in found if may_read(case, viewer_of(account))]


def people_of(case: Case, viewer: Viewer) -> list[Account]:
    """Who may be mentioned on a case: the active accounts of its office and the one above it that may read it."""
    offices = [office for office in (case.office_id, case.office.parent_id) if office]
    query = select(Account).join(Account.grants).where(Account.active, RoleGrant.office_id.in_(offices))
    found = db.session.scalars(query.options(WITH_GRANTS).order_by(Account.name)).unique()
    return [
        account for account in found if account.id != viewer.account_id and may_read(case, viewer_of(account))
    ]


def get_note(case: Case, note_id: int) -> Note:
    """A note of this very case. Raises NotFound."""
    note = db.session.scalar(select(Note).where(Note.id == note_id, Note.case_id == case.id))
    if note is None:
        raise NotFound(_("The case has no such note."))
    return note


def earlier_wordings(case: Case) -> dict[int, list[NoteRevision]]:
    """Note id to what the note said before, latest first; of all notes of the case, in one statement."""
    query = select(NoteRevision).join(NoteRevision.note).where(Note.case_id == case.id)
    found: dict[int, list[NoteRevision]] = {}
    for revision in db.session.scalars(query.order_by(NoteRevision.id.desc())):
        found.setdefault(revision.note_id, []).append(revision)
    return found


def mentions_of(viewer: Viewer, limit: int = 100) -> Sequence[Mention]:
    """Where the viewer was mentioned, in cases it may read; the unread first, then the latest."""
    query = (
        select(Mention)
        .join(Mention.note)
        .join(Note.author)
        .join(Case, Note.case_id == Case.id)
        .where(Mention.account_id == viewer.account_id)
        .options(contains_eager(Mention.note).contains_eager(Note.author))
    )
    ordered = within(query, viewer).order_by(Mention.read_at.is_not(None), Mention.id.desc())
    return db.session.scalars(ordered.limit(limit)).all()


def cases_of(mentions: Sequence[Mention]) -> dict[int, Case]:
    """The cases of the notes by id, in one statement."""
    wanted = {mention.note.case_id for mention in mentions}
    return {case.id: case for case in db.session.scalars(select(Case).where(Case.id.in_(wanted)))}


def read_mention(mention_id: int, viewer: Viewer) -> Mention:
    """Mark the viewer's own mention as read. Raises NotFound."""
    own = select(Mention).where(Mention.id == mention_id, Mention.account_id == viewer.account_id)
    mention = db.session.scalar(own)
    if mention is None:
        raise NotFound(_("You have no such mention."))
    mention.read_at = mention.read_at or clock.now()
    db.session.flush()
    return mention
