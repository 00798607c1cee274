"""Somebody else saved first: what it was, what they saved, what you wrote, and a choice for each place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flask import request

from kis.accounts.models import Account
from kis.audit.models import AuditRecord
from kis.cases import labels
from kis.cases.merging import MINE, THEIRS, Meeting, meetings, put_together
from kis.cases.wording import side_in_words
from kis.core.addresses import whole_number
from kis.core.extensions import db

# Names of the fields by which the page of the choice answers: the state that was shown, and a choice per place.
AGAINST, KEEP = "against", "keep:"


@dataclass(frozen=True)
class Choice:
    """A place in words with the three values and whose is taken so far ("theirs", "mine", or "")."""

    name: str
    label: str
    was: str
    theirs: str
    mine: str
    chosen: str
    is_clash: bool


@dataclass(frozen=True)
class Saved:
    """Who saved meanwhile, and when."""

    by: str
    at: datetime | None


@dataclass(frozen=True)
class Both:
    """What two made of the same thing: `was` is what both began with, `state` the revision or version of `theirs`."""

    was: Any
    theirs: Any
    mine: Any
    state: int

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        return meetings(self.was, self.theirs, self.mine)

    def put_together(self) -> Any:
        """Both in one by what this request chose. Raises KeyError where a choice is lacking."""
        return put_together(self.was, self.theirs, self.mine, asked(self.state))

    @property
    def must_choose(self) -> bool:
        """Whether somebody else saved meanwhile, and this request does not say what is taken, seeing that state."""
        is_stale = self.theirs not in (self.was, self.mine)
        return is_stale and not (answers(self.state) and is_decided(self))


def asked(state: int) -> dict[str, str]:
    """Place to "theirs" or "mine", as the page of the choice sent them; nothing where it showed another state.

    What was chosen, or only offered, between other values says nothing of these.
    """
    if not answers(state):
        return {}
    return {
        name.removeprefix(KEEP): value
        for name, value in request.form.items()
        if name.startswith(KEEP) and value in (THEIRS, MINE)
    }


def answers(state: int) -> bool:
    """Whether this request answers a page of the choice that showed this very state (a revision or version)."""
    return whole_number(request.form.get(AGAINST)) == state


def is_decided(both: Both) -> bool:
    """Whether each place has a choice, made or offered."""
    choices = asked(both.state)
    return all(meeting.chosen(choices) for meeting in both.meetings)


def saved_by(change: AuditRecord | None) -> Saved:
    """Who made the change on record."""
    by = db.session.get(Account, change.account_id) if change and change.account_id else None
    return Saved(by.named if by else "", change.at if change else None)


def choice(
    both: Both,
    saved: Saved,
    words: Callable[[str, Any], str] = side_in_words,
    names: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """What the template of the choice needs; `words` puts a value at a place into words, `names` the place itself."""
    return {
        "saved": saved,
        "choices": choices(both, words, names),
        "against": both.state,
        "undecided": answers(both.state),
    }


def choices(both: Both, words: Callable[[str, Any], str], names: Mapping[str, Any]) -> list[Choice]:
    made = asked(both.state)
    return [
        Choice(
            f"{KEEP}{meeting.place}",
            str(names.get(meeting.place) or labels.place_label(meeting.place)),
            *(words(meeting.place, value) for value in (meeting.was, meeting.theirs, meeting.mine)),
            meeting.chosen(made) or "",
            meeting.offered is None,
        )
        for meeting in both.meetings
    ]
