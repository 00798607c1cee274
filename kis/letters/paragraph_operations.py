"""Wording the paragraphs of letters: headquarters proposes, somebody else at headquarters approves."""

from flask_babel import gettext as _

from kis.audit.operations import record
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.letters.paragraph_checks import check_paragraph, check_place
from kis.letters.paragraph_models import ParagraphText
from kis.letters.paragraph_queries import next_version, open_proposal, standing
from kis.letters.paragraph_words import MAX_REASON, MIN_REASON
from kis.letters.values import Bilingual

NOTHING = Bilingual("", "")


def propose(key: str, category: str, texts: Bilingual, reason: str, viewer: Viewer) -> ParagraphText:
    """Lay a new text before another account of headquarters. Raises Forbidden, NotFound, Invalid or Conflict."""
    check_place(key, category)
    check_paragraph(key, texts)
    return lay_open(key, category, texts, reason, viewer)


def propose_withdrawal(key: str, category: str, reason: str, viewer: Viewer) -> ParagraphText:
    """Propose that what is more general holds again, in the end the shipped text. Raises as `propose`."""
    check_place(key, category)
    return lay_open(key, category, NOTHING, reason, viewer)


def lay_open(key: str, category: str, texts: Bilingual, reason: str, viewer: Viewer) -> ParagraphText:
    viewer.require(Permission.PARAGRAPH_EDIT)
    if not MIN_REASON <= len(reason.strip()) <= MAX_REASON:
        most = f"{MAX_REASON:,}"
        raise Invalid(_("Write the reason in %(least)s to %(most)s characters.", least=MIN_REASON, most=most))
    refuse_no_change(key, category, texts)
    made = ParagraphText(
        key=key, category=category, ko=texts.ko, en=texts.en, reason=reason.strip(),
        proposed_by_id=viewer.account_id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    note("paragraph.proposed", made)
    return made


def refuse_no_change(key: str, category: str, texts: Bilingual) -> None:
    """Raises Conflict where a proposal is open, Invalid where the text holds already."""
    open_already = open_proposal(key, category)
    if open_already is not None:
        raise Conflict(
            _(
                "%(name)s has proposed a text for this paragraph already; it must be settled first.",
                name=open_already.proposed_by.full_name,
            )
        )
    now = standing(key, category)
    own = now.texts if now.is_own else None
    if texts in (now.texts, own or NOTHING):
        raise Invalid(_("Nothing would change."))


def note(action: str, text: ParagraphText) -> None:
    record(
        action,
        subject=("paragraph_text", text.id),
        after={
            "key": text.key,
            "category": text.category,
            "version": text.version,
            "ko": text.ko,
            "en": text.en,
            "reason": text.reason,
            "comment": text.comment,
        },
    )


def approve(proposal: ParagraphText, viewer: Viewer) -> None:
    """Put a text in force for letters from now on. Raises Forbidden, Conflict, or Invalid.

    Whoever proposed does not approve; what the kinds of letters fill may have changed, so it is checked anew.
    """
    if not proposal.is_withdrawal:
        check_paragraph(proposal.key, proposal.texts)
    settle(proposal, "approved", "", viewer)
    note("paragraph.approved", proposal)


def reject(proposal: ParagraphText, comment: str, viewer: Viewer) -> None:
    """Refuse a text of somebody else, saying why. Raises Forbidden, Invalid or Conflict."""
    if not comment.strip():
        raise Invalid(_("Say why the proposal is rejected."))
    settle(proposal, "rejected", comment.strip(), viewer)
    note("paragraph.rejected", proposal)


def retract(proposal: ParagraphText, viewer: Viewer) -> None:
    """Take one's own proposal back. Raises Forbidden or Conflict."""
    settle(proposal, "retracted", "", viewer)
    note("paragraph.retracted", proposal)


def settle(proposal: ParagraphText, state: str, comment: str, viewer: Viewer) -> None:
    viewer.require(Permission.PARAGRAPH_EDIT)
    lock(proposal)
    if proposal.state != "proposed":
        raise Conflict(_("This proposal has been settled already."))
    is_own = proposal.proposed_by_id == viewer.account_id
    if is_own != (state == "retracted"):
        raise Forbidden(
            _("Somebody else must approve or reject what you proposed; only you can take it back.")
        )
    if state == "approved":
        proposal.version = next_version(proposal.key, proposal.category)
    proposal.state, proposal.comment = state, comment
    proposal.decided_by_id, proposal.decided_at = viewer.account_id, clock.now()
    db.session.flush()
