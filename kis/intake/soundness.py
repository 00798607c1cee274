"""What a dossier may be by the schema, and still cannot be kept: hidden characters, texts and numbers without measure."""

from collections.abc import Callable, Iterator
from typing import Any

from flask_babel import gettext as _

from kis.cases.sections import LIMITS, Shape, dossier_shape
from kis.core.forms import clean_text, forbidden_characters
from kis.precheck.dossiers import Problem


def tidied(value: Any) -> Any:
    """The same with every text trimmed and composed, as the forms do; an empty text is left out."""
    if isinstance(value, dict):
        inner = {name: tidied(given) for name, given in value.items()}
        return {name: given for name, given in inner.items() if given != ""}
    if isinstance(value, list):
        return [given for given in map(tidied, value) if given != ""]
    return clean_text(value)


def unsound(dossier: dict[str, Any]) -> list[Problem]:
    """Every place of a dossier of the schema that cannot be kept, with the reason."""
    return list(problems_in(dossier_shape(), dossier, ""))


def problems_in(shape: Shape, value: Any, place: str) -> Iterator[Problem]:
    """Walk shape and value together; what has no shape is a constant of the schema."""
    if isinstance(value, dict):
        for field in shape.fields:
            if field.name in value:
                yield from problems_in(
                    field, value[field.name], f"{place}.{field.name}" if place else field.name
                )
    elif isinstance(value, list) and shape.item:
        for number, row in enumerate(value):
            yield from problems_in(shape.item, row, f"{place}[{number}]")
    else:
        check = CHECKS.get(type(value))
        reason = check(shape, value) if check else None
        if reason:
            yield Problem(place, reason)


def against_text(shape: Shape, text: str) -> str | None:
    hidden = forbidden_characters(text)
    if hidden:
        return _(
            "It holds characters that cannot be seen or stored: %(codes)s.", codes=", ".join(hidden[:10])
        )
    limit = LIMITS.get(shape.kind, LIMITS["line"])
    if len(text) > limit:
        return _(
            "It has %(length)s characters; at most %(limit)s can be kept.",
            length=f"{len(text):,}",
            limit=f"{limit:,}",
        )
    return None


def against_number(shape: Shape, number: float) -> str | None:
    low, high = shape.minimum, shape.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        low_text = "" if low is None else f"{low:,}"
        high_text = "" if high is None else f"{high:,}"
        if shape.kind == "year":
            low_text, high_text = str(low), str(high)
        return _("The number lies outside of %(low)s to %(high)s.", low=low_text, high=high_text)
    return None


CHECKS: dict[type, Callable[[Shape, Any], str | None]] = {
    str: against_text, int: against_number, float: against_number,
}  # fmt: skip
