"""How often an account may search: more often than anybody does by hand, less than a program would.

By default (the setting MOST_SEARCHES) once in three seconds, for a quarter of an hour. Counted in the access log,
where each search stands anyway: so the bound holds over all workers and restarts.
"""

from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from kis.audit.operations import log_access
from kis.audit.queries import accesses_since
from kis.core import clock
from kis.core.access import Viewer
from kis.core.refusals import Refusal

WINDOW = timedelta(minutes=15)
SEARCH, REFUSED = "search:", "search-refused"


class TooManySearches(Refusal):
    """The account searched more than a person does."""

    status = 429


def searches_of(viewer: Viewer) -> tuple[int, int]:
    """(searches, refusals on record) of the account within the last minutes."""
    searches, refusals = accesses_since(viewer.account_id, clock.now() - WINDOW, f"{SEARCH}%", REFUSED)
    return searches, refusals


def is_over_bound(viewer: Viewer) -> bool:
    """Whether the account has to wait before it searches again."""
    return searches_of(viewer)[0] >= most()


def most() -> int:
    bound: int = current_app.config["MOST_SEARCHES"]
    return bound


def require_patience(viewer: Viewer) -> None:
    """Raises TooManySearches; the first refusal of a quarter of an hour goes on record. For reading requests."""
    searches, refusals = searches_of(viewer)
    if searches < most():
        return
    if not refusals:
        log_access(REFUSED)
    raise TooManySearches(_("Too many searches from this account. Wait 15 minutes."))
