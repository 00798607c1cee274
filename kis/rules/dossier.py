"""Dossiers from outside: what the schema and the bounds refuse, and what merely contradicts itself."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from kis.rules.contradictions import Contradiction, contradictions
from kis.rules.identifiers import nationality_code, registration_number
from kis.rules.messages import Message, add_sentences
from kis.rules.texts import Text, add_words

__all__ = ["Contradiction", "Problem", "contradictions", "schema", "stored_codes", "validate", "warnings"]

LONGEST_TEXT: Final = 10_000
LONGEST_NAME: Final = 200
LARGEST_NUMBER: Final = 10**15
DEEPEST: Final = 12
_NAMES: Final = frozenset({"family_name", "given_names", "local_name", "name", "employer"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FORMATS = FormatChecker(formats=())


class Problem(NamedTuple):
    """What is wrong, and where: a path such as "income[0].amount"."""

    place: str
    message: Message


@_FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    # fromisoformat would also take week dates and dates without hyphens.
    return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))


@cache
def schema() -> Mapping[str, Any]:
    """The JSON schema of a dossier."""
    text = (files("kis.rules.f5") / "data" / "dossier.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=_FORMATS)


def validate(document: object) -> list[Problem]:
    """Everything that refuses a dossier, in the order of its places; [] where it may be stored."""
    bounds = list(_out_of_bounds(document))
    if any(problem.message.key == "dossier.deep" for problem in bounds):
        return bounds
    refused = [problem for error in _validator().iter_errors(document) for problem in _problems(error)]
    return sorted({(one.place, one.message.key): one for one in (*refused, *bounds)}.values(), key=_order)


def _order(problem: Problem) -> tuple[str, str]:
    return problem.place, problem.message.key


def _path(parts: Sequence[object]) -> str:
    place = ""
    for part in parts:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return place


def _problems(error: ValidationError) -> Iterator[Problem]:
    parts = list(error.absolute_path)
    schema_part: Mapping[str, Any] = error.schema  # type: ignore[assignment]
    given: Any = error.instance
    if error.validator == "required":
        absent = [name for name in schema_part["required"] if name not in given]
        yield from (Problem(_path([*parts, name]), Message("dossier.required")) for name in absent)
    elif error.validator == "additionalProperties":
        extra = [name for name in given if name not in schema_part["properties"]]
        yield from (
            Problem(_path([*parts, _shown(name)]), Message("dossier.unknown_field")) for name in extra
        )
    else:
        yield Problem(_path(parts), _refusal(error))


def _refusal(error: ValidationError) -> Message:
    kind, asked = str(error.validator), error.validator_value
    # The schema's only format is that of dates, its only alternatives a date or null.
    if kind in {"anyOf", "format"}:
        return Message("dossier.date", {"value": _shown(error.instance)})
    if kind in {"enum", "const"}:
        allowed = asked if isinstance(asked, list) else [asked]
        return Message(
            "dossier.choice", {"value": _shown(error.instance), "allowed": list(map(str, allowed))}
        )
    if kind in {"minimum", "maximum"}:
        return Message(f"dossier.{kind}", {"limit": asked})
    if kind == "type":
        return Message("dossier.type", {"type": f"json.{asked}"})
    return Message("dossier.pattern", {"value": _shown(error.instance)})


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text[:40].encode(errors="replace").decode().replace("\0", "?")


def _out_of_bounds(document: object) -> Iterator[Problem]:
    waiting: list[tuple[tuple[object, ...], object]] = [((), document)]
    while waiting:
        parts, value = waiting.pop()
        if len(parts) > DEEPEST:
            yield Problem(_path(parts), Message("dossier.deep"))
            return
        if isinstance(value, dict):
            waiting += [((*parts, _shown(name)), inner) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*parts, place), inner) for place, inner in enumerate(value)]
        else:
            message = _bound(parts[-1] if parts else None, value)
            if message:
                yield Problem(_path(parts), message)


def _bound(name: object, value: object) -> Message | None:
    if isinstance(value, str):
        longest = LONGEST_NAME if name in _NAMES else LONGEST_TEXT
        if len(value) > longest:
            return Message("dossier.long", {"longest": longest})
        if "\0" in value or any("\ud800" <= sign < "\ue000" for sign in value):
            return Message("dossier.signs")
    # Written so that NaN, which compares false, is refused as well.
    elif isinstance(value, int | float) and not abs(value) <= LARGEST_NUMBER:
        return Message("dossier.number", {"limit": LARGEST_NUMBER})
    return None


def stored_codes(document: Mapping[str, Any]) -> dict[str, Any]:
    """The dossier with the applicant's nationality as it is stored ("D" is "DEU")."""
    applicant = document.get("applicant")
    if not isinstance(applicant, dict) or not isinstance(applicant.get("nationality"), str):
        return dict(document)
    code = nationality_code(applicant["nationality"]) or applicant["nationality"]
    return {**document, "applicant": {**applicant, "nationality": code}}


def warnings(document: Mapping[str, Any]) -> list[Problem]:
    """What looks odd in a dossier that keeps to the schema, and never refuses it."""
    applicant = document["applicant"]
    found = []
    if nationality_code(applicant["nationality"]) is None:
        found.append(Problem("applicant.nationality", Message("dossier.nationality")))
    number = applicant.get("alien_registration_number")
    if number is not None:
        born = date.fromisoformat(applicant["birth_date"])
        read = registration_number(number, born, applicant.get("sex"))
        messages = (*read.problems, *read.warnings)
        found += [Problem("applicant.alien_registration_number", message) for message in messages]
    return found


add_sentences(
    {
        "dossier.required": Text("This is needed.", "필수 항목입니다."),
        "dossier.unknown_field": Text("This field does not exist.", "없는 항목입니다."),
        "dossier.date": Text("“{value}” is no date (YYYY-MM-DD).", "“{value}”: 날짜(YYYY-MM-DD)가 아닙니다."),
        "dossier.choice": Text(
            "“{value}” is not possible; possible: {allowed:words}.",
            "“{value}”: 쓸 수 없는 값입니다. 가능한 값: {allowed:words}.",
        ),
        "dossier.minimum": Text("It must be {limit} or more.", "{limit} 이상이어야 합니다."),
        "dossier.maximum": Text("It must be {limit} or less.", "{limit} 이하여야 합니다."),
        "dossier.type": Text("The value must be of another type: {type}.", "값의 형식이 다릅니다: {type}."),
        "dossier.pattern": Text(
            "“{value}” does not have the right form.", "“{value}”의 형식이 맞지 않습니다."
        ),
        "dossier.deep": Text("The document is nested too deeply.", "문서의 단계가 너무 깊습니다."),
        "dossier.long": Text(
            "At most {longest:number} characters.", "{longest:number}자까지 쓸 수 있습니다."
        ),
        "dossier.signs": Text(
            "It contains a NUL or a broken character.", "NUL 문자 또는 깨진 문자가 들어 있습니다."
        ),
        "dossier.number": Text(
            "The number is beyond {limit:number}.", "숫자가 한도({limit:number})를 넘습니다."
        ),
        "dossier.nationality": Text("This nationality code is not known.", "알 수 없는 국적 코드입니다."),
    }
)

add_words(
    {
        "json.array": Text("a list", "목록"),
        "json.boolean": Text("true or false", "true 또는 false"),
        "json.integer": Text("a whole number", "정수"),
        "json.number": Text("a number", "숫자"),
        "json.object": Text("a group of fields", "항목 묶음"),
        "json.string": Text("text", "문자열"),
    }
)
