"""A search in an address: sealed for the account that made it, so that no name or number stands in a log.

The address is the whole state (it can be reloaded, paged, gone back to), and opens for nobody else.
"""

import base64
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from flask_babel import gettext as _

from kis.cases.search import Criteria, Place
from kis.core.crypto import decrypt, encrypt
from kis.core.refusals import NotFound

DAYS = {"birth_date", "received_from", "received_to"}


@dataclass(frozen=True)
class Search:
    """What is looked for, why (where the account must say so), and the page of the results."""

    criteria: Criteria
    reason: str = ""
    after: Place | None = None
    before: Place | None = None


def sealed(search: Search, account_id: int) -> str:
    """The search as letters and digits of an address."""
    given = {name: written(value) for name, value in asdict(search.criteria).items() if value}
    whole = [given, search.reason, search.after, search.before]
    return (
        base64.urlsafe_b64encode(encrypt(json.dumps(whole, ensure_ascii=False), place(account_id)))
        .decode()
        .rstrip("=")
    )


def written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def opened(token: str, account_id: int) -> Search:
    """The search of an address. Raises NotFound for one that this account did not make."""
    try:
        content = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        given, reason, *places = json.loads(decrypt(content, place(account_id)))
    except (ValueError, KeyError, IndexError, InvalidTag) as error:
        raise NotFound(_("This search is not yours, or its address is not whole. Search again.")) from error
    known = {field.name for field in fields(Criteria)}
    values = {name: read(name, value) for name, value in given.items() if name in known}
    after, before = (Place(*each) if each else None for each in places)
    return Search(Criteria(**values), reason, after, before)


def read(name: str, value: str) -> Any:
    return date.fromisoformat(value) if name in DAYS else value


def place(account_id: int) -> str:
    return f"search.{account_id}"
