"""Wording the paragraphs of letters: headquarters proposes, somebody else at headquarters approves."""

from flask_babel import gettext as _

from kis.accounts.four_eyes import lay_open, note, settle
from kis.core.access import Viewer
from kis.core.refusals import Conflict, Invalid
from kis.letters.paragraph_checks import check_paragraph, check_place
from kis.letters.paragraph_models import ParagraphText
from kis.letters.paragraph_queries import next_version, open_proposal, standing
from kis.letters.values import Bilingual

NOTHING = Bilingual("", "")


def propose(key: str, category: str, texts: Bilingual, reason: str, viewer: Viewer) -> ParagraphText:
    """Lay a new text before another account of headquarters. Raises Forbidden, NotFound, Invalid or Conflict."""
    check_place(key, category)
    check_paragraph(key, texts)
    return propose_texts(key, category, texts, reason, viewer)


def propose_withdrawal(key: str, category: str, reason: str, viewer: Viewer) -> ParagraphText:
    """Propose that what is more general holds again, in the end the shipped text. Raises as `propose`."""
    check_place(key, category)
    return propose_texts(key, category, NOTHING, reason, viewer)


def propose_texts(key: str, category: str, texts: Bilingual, reason: str, viewer: Viewer) -> ParagraphText:
    refuse_no_change(key, category, texts)
    made = ParagraphText(key=key, category=category, ko=texts.ko, en=texts.en, reason=reason)
    lay_open(made, viewer)
    return made


def refuse_no_change(key: str, category: str, texts: Bilingual) -> None:
    """Raises Conflict where a proposal is open, Invalid where the text holds already."""
    open_already = open_proposal(key, category)
    if open_already is not None:
        raise Conflict(
            _(
                "%(name)s has proposed a text for this paragraph already; it must be settled first.",
                name=open_already.proposed_by.named,
            )
        )
    now = standing(key, category)
    own = now.texts if now.is_own else None
    if texts in (now.texts, own or NOTHING):
        raise Invalid(_("Nothing would change."))


def approve(proposal: ParagraphText, viewer: Viewer) -> None:
    """Put a text in force for letters from now on. Raises Forbidden, Conflict, or Invalid.

    Whoever proposed does not approve; what the kinds of letters fill may have changed, so it is checked anew.
    """
    if not proposal.is_withdrawal:
        check_paragraph(proposal.key, proposal.texts)
    version = next_version(proposal.key, proposal.category)
    settle(proposal, "approved", viewer)
    proposal.version = version
    note(proposal, "approved")
