"""Criteria as declared, what they find, and the whole pre-check as plain data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from kis.rules.facts import Facts
from kis.rules.messages import Message
from kis.rules.outcomes import EXEMPT, MET, NOT_MET, REVIEW, UNKNOWN, Outcome
from kis.rules.tables import Figure
from kis.rules.texts import LANGUAGES, Text, heading

AREAS: Final = ("eligibility", "conduct", "livelihood", "competency", "criminal_record", "documents")
_AREA_LABELS = {
    "eligibility": Text("Eligibility", "신청 자격"),
    "conduct": Text("Good conduct", "품행 단정"),
    "livelihood": Text("Livelihood", "생계유지"),
    "competency": Text("Basic competency", "기본소양"),
    "criminal_record": Text("Overseas criminal record", "해외범죄경력"),
    "documents": Text("Documents", "제출 서류"),
}


def area_label(area: str) -> Text:
    """The name of an area for people."""
    return _AREA_LABELS[area]


class Basis(NamedTuple):
    """Where a rule stands: the section of the guide, and the article ("" where none is named)."""

    guide: str
    article: str

    @property
    def section(self) -> Text:
        """The section of the guide for people."""
        return Text(*(heading(self.guide, language) for language in LANGUAGES))


Sheet = Mapping[str, Any]


class Verdict(NamedTuple):
    """What a check answers: the outcome, the sentence, what would settle it, and its sheet."""

    outcome: Outcome
    key: str
    values: Mapping[str, Any]
    remedy: Message | None = None
    sheet: Callable[[], Sheet] | None = None

    def showing(self, sheet: Callable[[], Sheet] | None) -> "Verdict":
        """The same verdict with its sheet."""
        return Verdict(self.outcome, self.key, self.values, self.remedy, sheet)


def met(key: str, **values: Any) -> Verdict:
    """The established facts satisfy the criterion."""
    return Verdict(MET, key, values)


def exempt(key: str, **values: Any) -> Verdict:
    """The rules release this applicant."""
    return Verdict(EXEMPT, key, values)


def not_met(key: str, remedy: Message | None = None, **values: Any) -> Verdict:
    """The established facts fail the criterion."""
    return Verdict(NOT_MET, key, values, remedy)


def review(key: str, remedy: Message | None = None, **values: Any) -> Verdict:
    """The rule leaves the answer to judgement."""
    return Verdict(REVIEW, key, values, remedy)


def unknown(key: str, remedy: Message | None = None, **values: Any) -> Verdict:
    """A fact or a figure is not established."""
    return Verdict(UNKNOWN, key, values, remedy)


def missing(*paths: str) -> Verdict:
    """Unknown, because these sections or fields of the dossier are not established."""
    values = {"facts": list(paths)}
    return Verdict(UNKNOWN, "missing", values, Message("settle.establish", values))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of one category: its citation and wording, and the check that decides it.

    A check answers None where the criterion cannot apply to this applicant.
    """

    id: str
    label: Text
    rule: Text
    basis: Basis
    check: Callable[[Facts], Verdict | None]
    routes: frozenset[str] = frozenset()
    overlaps_count_once: bool = False
    area: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "area", self.id.partition(".")[0])

    def on_route(self, *routes: str) -> "Criterion":
        """The same criterion, asked only of those who claim one of these limbs."""
        return replace(self, routes=frozenset(routes))


class Finding(NamedTuple):
    """What one criterion found."""

    criterion: Criterion
    outcome: Outcome
    key: str
    values: Mapping[str, Any]
    inputs: tuple[str, ...]
    remedy: Message | None = None
    drawn: Callable[[], Sheet] | Sheet | None = None
    notes: tuple[Message, ...] = ()

    @property
    def finding(self) -> Message:
        """The sentence: its key with the figures and dates it compared, and its notes."""
        return Message(self.key, self.values, self.notes)

    @property
    def id(self) -> str:
        """The criterion's identifier."""
        return self.criterion.id

    @property
    def area(self) -> str:
        """The area the criterion belongs to."""
        return self.criterion.area

    @property
    def label(self) -> Text:
        """The criterion's name."""
        return self.criterion.label

    @property
    def rule(self) -> Text:
        """The rule in the project's own words."""
        return self.criterion.rule

    @property
    def basis(self) -> Basis:
        """Section of the guide and article."""
        return self.criterion.basis

    @property
    def sheet(self) -> Sheet | None:
        """The table or timeline behind the finding, as plain data."""
        return self.drawn() if callable(self.drawn) else self.drawn

    def to_json(self) -> dict[str, Any]:
        """Plain data that PreCheck.from_json reads back."""
        return {
            "id": self.id,
            "area": self.area,
            "outcome": self.outcome.value,
            "finding": self.finding.to_json(),
            "inputs": list(self.inputs),
            "basis": {"guide": self.basis.guide, "article": self.basis.article},
            "label": {"en": self.label.en, "ko": self.label.ko},
            "rule": {"en": self.rule.en, "ko": self.rule.ko},
            "remedy": self.remedy.to_json() if self.remedy else None,
            "sheet": self.sheet,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Finding":
        """The finding that to_json wrote, worded as it was then."""
        criterion = Criterion(
            data["id"], Text(**data["label"]), Text(**data["rule"]), Basis(**data["basis"]), _not_run
        )
        remedy = data["remedy"] and Message.from_json(data["remedy"])
        key, values, notes = Message.from_json(data["finding"])
        inputs = tuple(data["inputs"])
        return cls(criterion, Outcome(data["outcome"]), key, values, inputs, remedy, data["sheet"], notes)


def _not_run(_facts: Facts) -> Verdict | None:
    raise LookupError("a stored finding is not run again; run its rule book instead")


FigureUsed = Figure


@dataclass(frozen=True, slots=True)
class PreCheck:
    """One run of a rule book over one dossier; it never decides the case."""

    reference: str
    category: str
    edition: str
    as_of: str
    overall: Outcome
    areas: dict[str, Outcome]
    criteria: tuple[Finding, ...]
    figures: tuple[FigureUsed, ...]
    warnings: tuple[Message, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data that from_json reads back."""
        return {
            "reference": self.reference,
            "category": self.category,
            "edition": self.edition,
            "as_of": self.as_of,
            "overall": self.overall.value,
            "areas": {area: outcome.value for area, outcome in self.areas.items()},
            "criteria": [finding.to_json() for finding in self.criteria],
            "figures": [figure.to_json() for figure in self.figures],
            "warnings": [warning.to_json() for warning in self.warnings],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PreCheck":
        """The pre-check that to_json wrote."""
        return cls(
            data["reference"],
            data["category"],
            data["edition"],
            data["as_of"],
            Outcome(data["overall"]),
            {area: Outcome(outcome) for area, outcome in data["areas"].items()},
            tuple(map(Finding.from_json, data["criteria"])),
            tuple(map(Figure.from_json, data["figures"])),
            tuple(map(Message.from_json, data["warnings"])),
        )
