"""What a page has read of a case it need not read again."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import g, has_request_context, request

from kis.core.database import READING

Read = TypeVar("Read", bound=Callable[..., Any])


def once_a_page(read: Read) -> Read:
    """For a read of `(case, …)`: in a request that only reads, the second time gives what the first one found."""

    @wraps(read)
    def kept(case: Any, *more: Any) -> Any:
        if not has_request_context() or request.method not in READING:
            return read(case, *more)
        found: dict[Any, Any] = g.setdefault("read_once", {})
        key = (read, case.id, *more)
        if key not in found:
            found[key] = read(case, *more)
        return found[key]

    return kept  # type: ignore[return-value]
