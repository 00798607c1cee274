"""Writing to the chain and to the access log."""

import hashlib
from datetime import timedelta
from typing import Any

from flask import has_request_context, request
from flask_login import current_user
from sqlalchemy import func, insert, select

from kis.audit.models import AccessRecord, AuditRecord
from kis.core import clock, pending
from kis.core.access import Viewer
from kis.core.database import READING
from kis.core.extensions import db

MASK = "•••"
SECRET_FIELDS = frozenset(
    {"password", "password_hash", "token", "secret", "registration_number", "passport_number",
     "alien_registration_number"}
)  # fmt: skip
SEALED = "access-log.sealed"
SETTLING = timedelta(minutes=5)


def record(
    action: str,
    *,
    case_id: int | None = None,
    subject: tuple[str, int] | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Note something done, in this transaction; secrets are masked."""
    table, number = subject or (None, None)
    pending.add(
        "audit",
        acting()
        | {
            "at": clock.now(),
            "action": action,
            "case_id": case_id,
            "subject_table": table,
            "subject_id": number,
            "before": masked(before),
            "after": masked(after),
        },
    )


def act_as(viewer: Viewer) -> None:
    """Records of a command, which has no request, are written in this account's name from now on."""
    db.session.info["acting"] = viewer


def acting() -> dict[str, Any]:
    """Who acts, from where: the account of the request, the command's account, or the system."""
    if has_request_context() and current_user.is_authenticated:
        viewer = current_user.viewer
        return {"account_id": viewer.account_id, "account_name": viewer.name, "address": request.remote_addr}
    chosen = db.session.info.get("acting")
    name = chosen.name if chosen else None
    address = request.remote_addr if has_request_context() else None
    return {"account_id": chosen.account_id if chosen else None, "account_name": name, "address": address}


def masked(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {key: MASK if key in SECRET_FIELDS and value else shown(value) for key, value in values.items()}


def shown(value: Any) -> Any:
    if isinstance(value, dict):
        return masked(value)
    if isinstance(value, list):
        return [shown(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def log_access(
    task: str, *, case_id: int | None = None, person: str | None = None, reason: str | None = None
) -> None:
    """Note that the account of this request read personal data, before it is shown.

    A reading request writes it in a transaction of its own; a writing one in its own transaction.
    """
    viewer = current_user.viewer
    values = {
        "at": clock.now(),
        "account_id": viewer.account_id,
        "account_name": viewer.name,
        "address": request.remote_addr,
        "case_id": case_id,
        "person": person,
        "task": task,
        "reason": reason,
    }
    if request.method in READING:
        with db.engine.begin() as connection:
            connection.execute(insert(AccessRecord), [values])
    else:
        db.session.execute(insert(AccessRecord), [values])


def seal_access_log() -> int:
    """Put the hash of the access records since the last seal into the chain; returns how many."""
    last = db.session.scalar(
        select(AuditRecord.after).where(AuditRecord.action == SEALED).order_by(AuditRecord.id.desc()).limit(1)
    )
    first = (last["through"] if last else 0) + 1
    # A record with a lower number may still be on its way in a slower transaction: wait for it.
    settled = (AccessRecord.id >= first) & (AccessRecord.at < clock.now() - SETTLING)
    through, count = db.session.execute(select(func.max(AccessRecord.id), func.count()).where(settled)).one()
    if count:
        record(SEALED, after={"from": first, "through": through, "sha256": access_digest(first, through)})
    return int(count)


def access_digest(first: int, through: int) -> str:
    """SHA-256 over the access records from `first` through `through`."""
    columns = list(AccessRecord.__table__.columns)
    rows = db.session.execute(
        select(*columns).where(AccessRecord.id.between(first, through)).order_by(AccessRecord.id)
    )
    whole = hashlib.sha256()
    for row in rows:
        whole.update(repr([v.isoformat() if hasattr(v, "isoformat") else v for v in row]).encode())
    return whole.hexdigest()
