"""Reading a dossier in the interchange form: every error with its place and reason, or the dossier."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from flask_babel import gettext as _
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from kis.precheck.acceptance import Check, acceptance

# The largest real dossier is far below a tenth of this.
MAX_BYTES = 5 * 1024 * 1024
MAX_PROBLEMS = 50
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: "stays[0].from", or "" for the whole.

    A lone surrogate of the dossier is written out, for no page and no terminal could show it.
    """

    place: str
    reason: str

    def __post_init__(self) -> None:
        for name in ("place", "reason"):
            shown = getattr(self, name).encode("utf-8", "backslashreplace").decode()
            object.__setattr__(self, name, shown)


class InvalidDossier(Exception):
    """What was given is not a dossier; says why, in the reader's language."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.reason}" for problem in problems))
        self.problems = problems


def read_dossier(content: bytes) -> dict[str, Any]:
    """The dossier of one JSON text. Raises InvalidDossier."""
    dossier = parse(content)
    problems = problems_of(dossier)
    if problems:
        raise InvalidDossier(problems)
    return dossier  # type: ignore[no-any-return]


def parse(content: bytes) -> Any:
    """Strict JSON: UTF-8, each name once, finite numbers, of reasonable size. Raises InvalidDossier."""
    if len(content) > MAX_BYTES:
        refuse(_("It is larger than %(limit)s MB, which no dossier is.", limit=MAX_BYTES // 1024 // 1024))
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_constant=refuse_constant,
            parse_float=finite,
            object_pairs_hook=without_repetition,
        )
    except UnicodeDecodeError as error:
        refuse(_("It is not UTF-8 text (byte %(position)s).", position=error.start))
    except RecursionError:
        refuse(_("It is nested too deeply."))
    except json.JSONDecodeError as error:
        refuse(_("It is not JSON: line %(line)s, column %(column)s.", line=error.lineno, column=error.colno))
    except ValueError:
        # The only other cause: Python refuses whole numbers of more than 4,300 digits.
        refuse(_("It holds a number that is too long."))


def refuse(reason: str) -> NoReturn:
    raise InvalidDossier([Problem("", reason)])


def refuse_constant(name: str) -> NoReturn:
    refuse(_("%(name)s is not a number that JSON knows.", name=name))


def finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        refuse(_("The number %(number)s is too large.", number=shortened(digits)))
    return number


def without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name that comes twice would silently lose one of its values."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _value in pairs]
        repeated = sorted({name for name in names if names.count(name) > 1})
        refuse(_("A name comes twice in one object: %(names)s.", names=shortened(", ".join(repeated))))
    return made


def problems_of(dossier: Any) -> list[Problem]:
    """Where a JSON value breaks the schema of dossiers; empty for a good one."""
    if is_sound()(dossier):
        return []
    found: list[Problem] = []
    for error in validator().iter_errors(dossier):
        found += problems_of_error(error)
        if len(found) >= MAX_PROBLEMS:
            break
    return found[:MAX_PROBLEMS]


@cache
def schema() -> dict[str, Any]:
    path = files("kis.rules.f5") / "data" / "dossier.schema.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


@cache
def is_sound() -> Check:
    """The schema for a quick yes, made ready once."""
    return acceptance(schema(), {"date": is_day})


@cache
def validator() -> Draft202012Validator:
    """The schema for naming each error, made ready once."""
    checker = FormatChecker(formats=())
    checker.checks("date")(is_day)
    return Draft202012Validator(schema(), format_checker=checker)


def is_day(value: object) -> bool:
    """Whether a text is a day of the calendar, written as 2025-05-12 and in no other way."""
    if not isinstance(value, str):
        return True
    try:
        return bool(ISO_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def problems_of_error(error: ValidationError) -> Iterator[Problem]:
    place = place_of(error)
    if error.validator == "required":
        absent = next(
            name
            for name in error.validator_value
            if name not in error.instance and f"'{name}'" in error.message
        )
        yield Problem(joined(place, absent), _("This is missing."))
    elif error.validator == "additionalProperties":
        known = error.schema["properties"]
        for name in [name for name in error.instance if name not in known][:MAX_PROBLEMS]:
            yield Problem(joined(place, shortened(name)), _("There is no such field."))
    else:
        yield Problem(place, reason_of(error))


def reason_of(error: ValidationError) -> str:
    """The sentence for a value that does not fit."""
    value, wanted = shortened(error.instance), error.validator_value
    sentences = {
        "const": lambda: _("It must be %(wanted)s.", wanted=wanted),
        "enum": lambda: _(
            "“%(value)s” is none of: %(wanted)s.", value=value, wanted=", ".join(map(str, wanted))
        ),
        "type": lambda: _("It must be %(kind)s.", kind=kinds(wanted)),
        "format": lambda: _("“%(value)s” is no day; write it as 2025-05-12.", value=value),
        "anyOf": lambda: _(
            "“%(value)s” is no day; write it as 2025-05-12, or null while it goes on.", value=value
        ),
        "minimum": lambda: _("%(value)s is less than %(limit)s.", value=value, limit=wanted),
        "maximum": lambda: _("%(value)s is more than %(limit)s.", value=value, limit=wanted),
    }
    make = sentences.get(str(error.validator))
    return make() if make else _("“%(value)s” does not have the expected form.", value=value)


def kinds(wanted: str | list[str]) -> str:
    words = {
        "object": _("an object"),
        "array": _("a list"),
        "string": _("text"),
        "integer": _("a whole number"),
        "number": _("a number"),
        "boolean": _("true or false"),
        "null": _("null"),
    }
    return ", ".join(words[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted))


def place_of(error: ValidationError) -> str:
    """Where the error stands: "income[0].amount"."""
    place = ""
    for step in error.absolute_path:
        place = f"{place}[{step}]" if isinstance(step, int) else joined(place, str(step))
    return place


def joined(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def shortened(value: Any) -> str:
    """A value as an error repeats it: enough to know it by. Large ones are named by their kind alone."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, int) and abs(value) > 10**60:
        return _("a number of more than 60 digits")
    text = json.dumps(value, ensure_ascii=False).strip('"')
    return text if len(text) <= 60 else f"{text[:60]}…"
