"""A copy of a case's facts that travels in the page, sealed, and is kept nowhere."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from flask_babel import gettext as _

from kis.cases.models import Case
from kis.cases.queries import latest_revision
from kis.core.access import Viewer
from kis.core.crypto import decrypt, encrypt
from kis.core.refusals import Conflict


@dataclass(frozen=True)
class Copy:
    """Facts as they might be; `revision` is the one that they were taken from."""

    facts: dict[str, Any]
    revision: int

    def with_facts(self, facts: dict[str, Any]) -> "Copy":
        """The same copy with other facts."""
        return replace(self, facts=facts)


def copy_of(case: Case) -> Copy:
    """The present facts of a case."""
    latest = latest_revision(case)
    return Copy(latest.facts, latest.number)


def seal(copy: Copy, case: Case, viewer: Viewer) -> str:
    """The copy encrypted, for this account and this case alone."""
    plain = json.dumps([copy.revision, copy.facts], ensure_ascii=False)
    return urlsafe_b64encode(encrypt(plain, place_of(case, viewer))).decode()


def open_sealed(sealed: str, case: Case, viewer: Viewer) -> Copy:
    """The copy that `seal` closed. Raises Conflict for one that is altered, or of another account or case."""
    try:
        revision, facts = json.loads(decrypt(urlsafe_b64decode(sealed), place_of(case, viewer)))
    except (InvalidTag, ValueError, LookupError) as error:
        raise Conflict(_("This copy of the facts can no longer be read. Start over.")) from error
    return Copy(facts, revision)


def place_of(case: Case, viewer: Viewer) -> str:
    return f"desk.what-if.{case.id}.{viewer.account_id}"
