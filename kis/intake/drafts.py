"""What was handed in, kept sealed between its preview and its registration."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from kis.core.access import Permission, Viewer
from kis.core.crypto import decrypt, encrypt
from kis.core.refusals import Conflict
from kis.core.store import store
from kis.intake.examination import Examination, examine
from kis.offices.models import Office
from kis.offices.queries import office_by_id

PLACE = "intake.draft"
SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Draft:
    """A dossier about to be registered at an office; `key` makes its registration the only one."""

    given: Any
    procedure: str
    office: Office
    source: str
    key: str

    def examined(self) -> Examination:
        return examine(self.given, self.procedure, self.office)


def keep(given: Any, procedure: str, office: Office, source: str, viewer: Viewer) -> str:
    """Store the dossier encrypted; returns a signed token for this account that opens it for a day."""
    sealed = encrypt(json.dumps(given), PLACE)
    named = {
        "content": store().put(sealed),
        "procedure": procedure,
        "office": office.id,
        "source": source,
        "account": viewer.account_id,
        "key": uuid4().hex,
    }
    return str(signer().dumps(named))


def open_draft(token: str, viewer: Viewer) -> Draft:
    """The draft of a token. Raises Conflict for one that is altered, too old, or of another account."""
    try:
        named = signer().loads(token, max_age=SECONDS)
        sealed = store().get(named["content"])
    except (BadData, FileNotFoundError) as error:
        raise expired() from error
    if named["account"] != viewer.account_id:
        raise expired()
    office = office_by_id(named["office"])
    viewer.require(Permission.CASE_REGISTER, office.id)
    return Draft(
        json.loads(decrypt(sealed, PLACE)), named["procedure"], office, named["source"], named["key"]
    )


def expired() -> Conflict:
    return Conflict(_("This preview is no longer valid. Hand the application in again."))


def signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=PLACE)
