"""What a record of the chain says was changed."""

import json
from dataclasses import dataclass
from typing import Any

from kis.audit.models import AuditRecord


@dataclass(frozen=True)
class Difference:
    """One value before and after; None where the record says nothing."""

    name: str
    before: str | None
    after: str | None


def differences(record: AuditRecord) -> tuple[Difference, ...]:
    """Name by name, in the order of the record."""
    before, after = record.before or {}, record.after or {}
    return tuple(Difference(name, shown(before, name), shown(after, name)) for name in {**before, **after})


def shown(values: dict[str, Any], name: str) -> str | None:
    if name not in values:
        return None
    value = values[name]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
