"""Somebody else saved first: what it was, what they saved, what you wrote, and a choice for each place."""

from collections.abc import Callable, Mapping, Sequence
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
    """What two made of the same thing: `was` is what both began with."""

    was: Any
    theirs: Any
    mine: Any

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        return meetings(self.was, self.theirs, self.mine)

    def put_together(self) -> Any:
        """Both in one by what this request chose. Raises KeyError where a choice is lacking."""
        return put_together(self.was, self.theirs, self.mine, asked())


def asked() -> dict[str, str]:
    """Place to "theirs" or "mine", as the page of the choice sent them."""
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
    choices = asked()
    return all(meeting.chosen(choices) for meeting in both.meetings)


def must_choose(both: Both, state: int) -> bool:
    """Whether somebody else saved meanwhile, and this request does not say what is taken, seeing that very state."""
    return both.was != both.theirs and not (answers(state) and is_decided(both))


def saved_by(change: AuditRecord | None) -> Saved:
    """Who made the change on record."""
    by = db.session.get(Account, change.account_id) if change and change.account_id else None
    return Saved(by.named if by else "", change.at if change else None)


def choices(
    found: Sequence[Meeting],
    words: Callable[[str, Any], str] = side_in_words,
    names: Mapping[str, Any] = MappingProxyType({}),
) -> list[Choice]:
    """The places for the page; `words` puts a value at a place into words, `names` the place itself."""
    made = asked()
    return [
        Choice(
            f"{KEEP}{meeting.place}",
            str(names.get(meeting.place) or labels.place_label(meeting.place)),
            *(words(meeting.place, value) for value in (meeting.was, meeting.theirs, meeting.mine)),
            meeting.chosen(made) or "",
            meeting.offered is None,
        )
        for meeting in found
    ]
