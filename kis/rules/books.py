"""Rule books: categories that list their criteria, editions that extend one another, and runs."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any, Final

from kis.rules.catalogue import Catalogue
from kis.rules.contradictions import Doubt, contradictions, in_doubt, touching
from kis.rules.facts import Facts, Marks
from kis.rules.findings import AREAS, Basis, Criterion, Finding, PreCheck, Verdict
from kis.rules.messages import Message, add_sentences
from kis.rules.outcomes import NOT_MET, REVIEW, UNKNOWN, Outcome, all_of
from kis.rules.tables import Figure, ReferenceTables
from kis.rules.texts import Text
from kis.rules.vocabulary import SECTIONS as _NAMED  # noqa: F401 - its words become known

log = logging.getLogger(__name__)

# A finding names so many of the places that contradict each other; the warnings name all.
CLASHES_SHOWN: Final = 10
# Of the facts that alone could settle a finding so many are named.
FACTS_SHOWN: Final = 5
OPEN: Final = frozenset({NOT_MET, UNKNOWN, REVIEW})

Reduction = Callable[[Facts, Sequence[Finding]], Outcome]


@dataclass(frozen=True, slots=True)
class Category:
    """A category of permanent residence: its name, its limbs and the criteria it lists.

    An area's outcome is the all-of of its criteria, unless the category names another reduction.
    `by_grant`: the status is granted to somebody born without one (Immigration Act, Article 23), not changed.
    """

    code: str
    label: Text
    criteria: tuple[Criterion, ...]
    routes: tuple[str, ...] = ()
    reductions: Mapping[str, Reduction] = field(default_factory=dict)
    by_grant: bool = False

    def reduced(self, area: str, reduction: Reduction) -> "Category":
        """The category with a reduction of its own for an area."""
        return replace(self, reductions={**self.reductions, area: reduction})

    def amended(self, criteria: Mapping[str, Criterion]) -> "Category":
        """The category with the criteria of these identifiers replaced; itself where none is."""
        if not any(criterion.id in criteria for criterion in self.criteria):
            return self
        listed = tuple(criteria.get(criterion.id, criterion) for criterion in self.criteria)
        return replace(self, criteria=listed)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """One edition of the rules, in force from its effective date."""

    edition: str
    effective_from: date
    change_note: Text
    categories: Mapping[str, Category]
    # A manual newer than this edition is known from this day, though no edition carries it yet.
    later_manual_from: date | None = None

    def amended(
        self,
        edition: str,
        effective_from: date,
        change_note: Text,
        *,
        criteria: Sequence[Criterion] = (),
        categories: Sequence[Category] = (),
    ) -> "RuleBook":
        """A later edition: these criteria replaced by identifier, these categories by code.

        What stays the same is shared with this edition, not copied.
        """
        changed = {criterion.id: criterion for criterion in criteria}
        listed = {code: category.amended(changed) for code, category in self.categories.items()}
        listed.update((category.code, category) for category in categories)
        return RuleBook(edition, effective_from, change_note, listed)

    def run(self, dossier: Mapping[str, Any], tables: ReferenceTables) -> PreCheck:
        """Judge a schema-valid dossier as of its day of application; never raises for its facts."""
        facts = Facts(dossier, tables)
        category = self.categories.get(facts.category)
        if category is None:
            return self._unlisted(facts)
        return self._judged(facts, category)

    def _judged(self, facts: Facts, category: Category) -> PreCheck:
        clashes = contradictions(facts.dossier)
        figures: dict[Figure, None] = {}
        criteria = _findings(facts, category, in_doubt(clashes), figures)
        areas = _areas(facts, category, criteria)
        warnings = (*self._warnings(facts), *(clash.message for clash in clashes))
        facts.close()
        return PreCheck(
            str(facts.dossier.get("reference", "")),
            facts.category,
            self.edition,
            facts.as_of.isoformat(),
            all_of(areas.values()),
            areas,
            tuple(criteria),
            tuple(figures),
            warnings,
        )

    def _unlisted(self, facts: Facts) -> PreCheck:
        finding = Finding(_LISTED, REVIEW, "category.unlisted", {"category": facts.category}, (_CATEGORY,))
        as_of, reference = facts.as_of.isoformat(), str(facts.dossier.get("reference", ""))
        areas = {"eligibility": REVIEW}
        warnings = self._warnings(facts)
        return PreCheck(
            reference, facts.category, self.edition, as_of, REVIEW, areas, (finding,), (), warnings
        )

    def _warnings(self, facts: Facts) -> tuple[Message, ...]:
        since = self.later_manual_from
        if since is None or facts.as_of < since:
            return ()
        return (Message("warning.later_manual", {"edition": self.edition, "since": since.isoformat()}),)


def _findings(facts: Facts, category: Category, doubt: Doubt, figures: dict[Figure, None]) -> list[Finding]:
    route = facts.dossier["application"].get("route")
    findings = []
    for criterion in category.criteria:
        if criterion.routes and route not in criterion.routes:
            continue
        facts.inputs, facts.marks = {}, None
        try:
            verdict = criterion.check(facts)
        except Exception as error:  # one faulty rule must neither pass nor stop the others
            verdict = _fault(criterion, error)
        if verdict is None:
            continue
        outcome, key, values, remedy, sheet = verdict
        if remedy is None and outcome in OPEN:
            remedy = Message("settle.otherwise", {"facts": list(facts.inputs)[:FACTS_SHOWN]})
        notes = () if facts.marks is None else _noted(facts.marks, figures)
        finding = Finding(criterion, outcome, key, values, tuple(facts.inputs), remedy, sheet, notes)
        findings.append(_doubted(finding, doubt) if doubt else finding)
    return findings


def _noted(marks: Marks, figures: dict[Figure, None]) -> tuple[Message, ...]:
    figures.update(marks.figures)
    return _notes(marks) if marks.later or marks.unverified else ()


def _notes(marks: Marks) -> tuple[Message, ...]:
    notes = []
    if marks.later:
        events = sorted(marks.later.items())
        values = {"facts": [path for path, _ in events], "days": [day for _, day in events]}
        notes.append(Message("note.later", values))
    if marks.unverified:
        figures = [figure.split(" ") for figure in sorted(marks.unverified)]
        notes.append(Message("note.unverified", {"figures": figures}))
    return tuple(notes)


def _fault(criterion: Criterion, error: Exception) -> Verdict:
    places = []
    frame = error.__traceback__
    while frame is not None:
        places.append(f"{frame.tb_frame.f_code.co_name}:{frame.tb_lineno}")
        frame = frame.tb_next
    # The same fault keeps its id from run to run, so that a re-run shows no difference.
    described = f"{criterion.id} {type(error).__name__} {places}"
    error_id = sha256(described.encode()).hexdigest()[:8]
    log.error("criterion %s failed, error %s", criterion.id, error_id, exc_info=error)
    return Verdict(REVIEW, "fault", {"error": error_id}, Message("settle.fault", {"error": error_id}))


def _doubted(finding: Finding, doubt: Doubt) -> Finding:
    if finding.outcome in {UNKNOWN, REVIEW}:
        return finding
    tolerant = finding.criterion.overlaps_count_once
    clashes = touching(doubt, finding.inputs)
    places = {clash.place for clash in clashes if not (tolerant and clash.is_overlap)}
    if not places:
        return finding
    values = {"facts": sorted(places)[:CLASHES_SHOWN]}
    remedy = Message("settle.contradiction", values)
    return finding._replace(
        outcome=UNKNOWN, key="contradicted", values=values, notes=(finding.finding,), remedy=remedy
    )


def _areas(facts: Facts, category: Category, findings: Sequence[Finding]) -> dict[str, Outcome]:
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.criterion.area, []).append(finding)
    areas: dict[str, Outcome] = {}
    for area in AREAS:
        if area in grouped:
            areas[area] = _reduced(facts, category.reductions.get(area), grouped[area])
    return areas


def _reduced(facts: Facts, reduction: Reduction | None, findings: Sequence[Finding]) -> Outcome:
    if reduction is not None:
        try:
            return reduction(facts, findings)
        except Exception as error:  # its criteria failed with it and say so
            log.error("the reduction of %s failed", findings[0].area, exc_info=error)
    return all_of([finding.outcome for finding in findings])


@dataclass(frozen=True)
class Procedure:
    """A kind of application: its categories, the documents they ask for, and its rule books."""

    id: str
    label: Text
    catalogue: Catalogue
    books: tuple[RuleBook, ...]

    def __post_init__(self) -> None:
        *earlier, latest = sorted(self.books, key=lambda book: book.effective_from)
        superseded = (replace(book, later_manual_from=None) for book in earlier)
        object.__setattr__(self, "books", (*superseded, latest))

    @property
    def categories(self) -> Mapping[str, Category]:
        """The categories of the latest edition."""
        return self.books[-1].categories

    def book_on(self, day: date) -> RuleBook:
        """The edition in force on that day; the first one serves every earlier day."""
        in_force = [book for book in self.books if book.effective_from <= day]
        return in_force[-1] if in_force else self.books[0]


_CATEGORY = "application.category"


def _always_listed(_facts: Facts) -> Verdict | None:
    return None


_LISTED = Criterion(
    "eligibility.category",
    Text("Category of the rule book", "규정에 있는 세부자격"),
    Text(
        "The category must be one that this edition of the rules carries.",
        "이 판에 규정된 세부자격이어야 합니다.",
    ),
    Basis("Types of Permanent Residency and Detailed Codes", "Enforcement Decree Annex 1-3"),
    _always_listed,
)

add_sentences(
    {
        "settle.otherwise": Text(
            "Only other or corrected facts would settle it: {facts:words}.",
            "다른 사실이나 정정된 사실이 있어야 합니다: {facts:words}.",
        ),
        "category.unlisted": Text(
            "This edition carries no rules for {category}.", "이 판에는 {category}에 관한 규정이 없습니다."
        ),
        "missing": Text("Not established: {facts:words}.", "확인되지 않은 사실: {facts:words}."),
        "settle.establish": Text("Establish: {facts:words}.", "확인할 사항: {facts:words}."),
        "fault": Text(
            "This criterion could not be worked out (error {error}); an officer must check it.",
            "이 요건을 판정하지 못했습니다(오류 {error}). 담당자가 직접 확인해야 합니다.",
        ),
        "settle.fault": Text(
            "Check by hand and report error {error}.", "직접 확인하고 오류 번호를 알려 주십시오: {error}."
        ),
        "contradicted": Text(
            "The facts contradict each other at {facts:words}; without that it would read:",
            "다음 사실이 서로 모순됩니다: {facts:words}. 모순이 없다면 판단은 다음과 같습니다.",
        ),
        "settle.contradiction": Text(
            "Correct or confirm: {facts:words}.", "바로잡거나 확인할 사항: {facts:words}."
        ),
        "note.later": Text(
            "Left out because it lies after the application: {facts:words} ({days:dates}).",
            "신청일 이후의 일이라 제외함: {facts:words} ({days:dates}).",
        ),
        "note.unverified": Text(
            "Unverified reference data was used: {figures:defects}.",
            "미확정 기준 자료를 사용함: {figures:defects}.",
        ),
        "warning.later_manual": Text(
            "A later manual exists since {since:date}; edition {edition} was used.",
            "{since:date}부터 새 지침이 있으나 {edition} 판을 적용했습니다.",
        ),
    }
)
