"""Documents: which ones an application needs, whether they are handed in, in date and reviewed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import Any, Final, NamedTuple

from kis.rules.catalogue import Catalogue, DocumentKind
from kis.rules.f5.competency import ground_of_exemption, topik_needed
from kis.rules.f5.criminal_record import is_exempt, is_relieved
from kis.rules.f5.household import APPLICANT, called
from kis.rules.f5.livelihood import relied_on, rests_on_assets
from kis.rules.f5.livelihood_release import is_exchange_graduate
from kis.rules.f5.standards import Standard
from kis.rules.f5.stays import is_any, present_status
from kis.rules.facts import Facts, Row
from kis.rules.findings import Basis, Criterion, Verdict, met, missing, not_met, unknown
from kis.rules.messages import Message, add_sentences
from kis.rules.periods import add_days, subtract_months
from kis.rules.texts import Text, add_words

CATALOGUE: Final = Catalogue.from_csv(files("kis.rules.f5") / "data" / "documents.csv")
COMPETENCY_DOCUMENTS: Final = ("common-11", "common-12", "common-13", "common-14")
NO_GUARANTEE: Final = frozenset({"F-5-17", "F-5-19", "F-5-21", "F-5-22", "F-5-23"})


class Paper(NamedTuple):
    """What the documents of a category hang on.

    `standard` is None where livelihood is exempt, not applicable or under a separate guideline.
    """

    standard: Standard | None
    competency: bool = True
    degree_required: bool = False


class Need(NamedTuple):
    """One requirement: any of the codes settles it, for one person where `person` is set."""

    codes: tuple[str, ...]
    person: str | None = None


Condition = Callable[[Facts, Paper], bool]
# A need, the entries that speak for it, and the applicant's marks on them.
Answer = tuple[Need, Sequence[Row], Sequence[bool | None]]


def _guarantee(facts: Facts, _paper: Paper) -> bool:
    return facts.category not in NO_GUARANTEE and not (
        facts.application.get("obliged_under_article_79") is True
        or facts.applicant.get("descends_from_pre_1948_entrant") is True
        or facts.applicant.get("descends_from_korean_spouse_of_japanese") is True
    )


def _on_route(route: str) -> Condition:
    return lambda facts, _paper: facts.application.get("route") == route


def _ended_by_fault(facts: Facts, paper: Paper) -> bool:
    part = facts.part("marriage")
    by_itself = part is not None and part.get("ended_by") in {"death", "disappearance"}
    return _on_route("marriage_ended")(facts, paper) and not by_itself


def _income_carries(facts: Facts, paper: Paper) -> bool:
    return paper.standard is None or not facts.once(rests_on_assets, paper.standard)


# Documents that are not always asked for; the conditions stand in words in the catalogue.
CONDITIONS: Final[Mapping[str, Condition]] = {
    "common-03": lambda facts, _paper: facts.category != "F-5-20",
    "common-05": lambda facts, _paper: not is_exempt(facts) and not is_relieved(facts),
    "common-06": _guarantee,
    "marriage-end": _ended_by_fault,
    "unmarried": _on_route("child"),
    "employment-contract": _income_carries,
}
# What F-5-1 asks by the present status.
BY_STATUS: Final[Mapping[str, tuple[str, ...]]] = {
    "employment-or-dispatch": ("D-7",),
    "sales-or-exports": ("D-8", "D-9"),
    "job-offer": ("D-10",),
    "degree": ("E-7",),
}
PER_EARNER: Final = ("common-07", "common-08")


@cache
def _listed_for(category: str) -> tuple[DocumentKind, ...]:
    return CATALOGUE.listed_for(category)


@cache
def _asked_of(category: str) -> tuple[str, ...]:
    left_out = {"topik", *COMPETENCY_DOCUMENTS[1:]}
    return tuple(
        kind.code for kind in _listed_for(category) if not kind.optional and kind.code not in left_out
    )


@cache
def _dated_for(category: str) -> tuple[DocumentKind, ...]:
    return tuple(kind for kind in _listed_for(category) if kind.dated)


def needs(facts: Facts, paper: Paper) -> tuple[Need, ...]:
    """What this application must hand in, in the order of the form."""
    found: list[Need] = []
    for code in _asked_of(facts.category):
        if code in PER_EARNER:
            found += _per_earner(facts, paper, code)
        elif code == COMPETENCY_DOCUMENTS[0]:
            found += _competency(facts, paper)
        elif _is_needed(facts, paper, code):
            found.append(_single(code))
    return tuple(found)


@cache
def _single(code: str) -> Need:
    return Need((code,))


def _is_needed(facts: Facts, paper: Paper, code: str) -> bool:
    statuses = BY_STATUS.get(code)
    if statuses and facts.category == "F-5-1":
        status = facts.once(present_status)
        return status is not None and is_any(status, statuses)
    condition = CONDITIONS.get(code)
    return condition is None or condition(facts, paper)


def _per_earner(facts: Facts, paper: Paper, code: str) -> list[Need]:
    standard = paper.standard
    if standard is None or (paper.degree_required and facts.once(is_exchange_graduate)):
        return []
    if code == "common-08" and facts.once(rests_on_assets, standard):
        return []
    return [Need((code,), person) for person in facts.once(relied_on, standard)]


def _competency(facts: Facts, paper: Paper) -> list[Need]:
    if not paper.competency or facts.once(ground_of_exemption):
        return []
    accepted = COMPETENCY_DOCUMENTS if topik_needed(facts) is None else (*COMPETENCY_DOCUMENTS, "topik")
    return [Need(accepted)]


def _entries(facts: Facts) -> dict[str, list[Row]] | None:
    rows = facts.rows("documents")
    if rows is None:
        return None
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.data["code"], []).append(row)
    return found


def _listed(entries: Mapping[str, Sequence[Row]], need: Need, only: bool) -> Sequence[Row]:
    """The entries that speak for a need; one without a person is the applicant's, or the only earner's."""
    rows = [row for code in need.codes for row in entries.get(code, ())]
    if need.person is None:
        return rows
    whose = {need.person, None} if only or need.person == APPLICANT else {need.person}
    return [row for row in rows if row.data.get("person") in whose]


def _answered(facts: Facts, paper: Paper) -> list[Answer] | None:
    entries = facts.once(_entries)
    if entries is None:
        return None
    asked = facts.aside(needs, paper)
    earners = {need.person for need in asked if need.person is not None}
    listed = [(need, _listed(entries, need, len(earners) == 1)) for need in asked]
    return [(need, rows, [row.get("submitted") for row in rows]) for need, rows in listed]


def _named(facts: Facts, need: Need) -> list[Any]:
    name = need.codes[0] if len(need.codes) == 1 else "one_of_competency"
    if need.person in {None, APPLICANT}:
        return [f"document:{name}"] + ([APPLICANT] if need.person else [])
    return [f"document:{name}", called(facts, need.person or "")]


def submitted(facts: Facts, paper: Paper) -> Verdict:
    """Every required document is marked submitted; the sheet lists what is asked for."""
    answered = facts.once(_answered, paper)
    if answered is None:
        return missing("documents")
    marked = [(need, _is_submitted(handed_in)) for need, _, handed_in in answered]
    relations = {need.person: called(facts, need.person)[0] for need, _ in marked if need.person}
    return _completeness(facts, marked).showing(partial(asked_sheet, marked, relations))


def _is_submitted(marks: Sequence[bool | None]) -> bool | None:
    return True if True in marks else None if None in marks else False


def _completeness(facts: Facts, marked: Sequence[tuple[Need, bool | None]]) -> Verdict:
    absent = [_named(facts, need) for need, handed_in in marked if handed_in is False]
    open_needs = [_named(facts, need) for need, handed_in in marked if handed_in is None]
    values = {"count": len(marked), "documents": absent or open_needs}
    if absent:
        return not_met("documents.lacking", Message("settle.documents", values), **values)
    if open_needs:
        return unknown("documents.unmarked", Message("settle.documents", values), **values)
    return met("documents.complete", count=len(marked))


def asked_sheet(
    marked: Sequence[tuple[Need, bool | None]], relations: Mapping[str, str]
) -> Mapping[str, Any]:
    """Each requirement with the documents that settle it and whose they are ("": nobody's in particular)."""
    rows = [
        {
            "asked": [f"document:{code}" for code in need.codes],
            "person": need.person or "",
            "relation": relations.get(need.person or "", ""),
            "submitted": handed_in,
        }
        for need, handed_in in marked
    ]
    return {"kind": "documents", "rows": rows}


def in_date(facts: Facts) -> Verdict:
    """Every submitted document with a date rule was issued in time or has not expired at A."""
    entries = facts.once(_entries)
    if entries is None:
        return missing("documents")
    late: list[list[str]] = []
    undated: list[list[str]] = []
    count = 0
    for kind in _dated_for(facts.category):
        for row in entries.get(kind.code, ()):
            if row.get("submitted") is False:
                continue
            count += 1
            good = _in_time(facts, row, kind.date_rule) if row.data.get("submitted") else None
            if not good:
                (undated if good is None else late).append([f"document:{kind.code}", row.path])
    values = {"documents": late or undated}
    if late:
        return not_met("documents.out_of_date", Message("settle.document_dates", values), **values)
    if undated:
        return unknown("documents.undated", Message("settle.document_dates", values), **values)
    return met("documents.in_date", count=count)


def _in_time(facts: Facts, row: Row, rule: str) -> bool | None:
    issued = row.day("issued_on")
    if issued is not None and issued > facts.as_of:
        return False
    first = _ISSUED_FROM.get(rule)
    if first is not None:
        return None if issued is None else issued >= first(facts.as_of)
    expires = row.day("expires_on")
    if expires is not None:
        return expires >= facts.as_of
    return True if issued is not None else None


_ISSUED_FROM: Final[Mapping[str, Callable[[date], date]]] = {
    "issued within 6 months before": lambda day: subtract_months(day, 6),
    "issued within 5 days before": lambda day: add_days(day, -5),
}


def reviewed(facts: Facts, paper: Paper) -> Verdict:
    """The Civil Servant Review mark stands on every required document that was submitted."""
    answered = facts.once(_answered, paper)
    if answered is None:
        return missing("documents")
    left, count = [], 0
    for need, rows, handed_in in answered:
        marks = [
            row.get("reviewed") is True
            for row, mark in zip(rows, handed_in, strict=True)
            if mark is not False
        ]
        count += bool(marks)
        # Of 11 to 14 one document is asked for, so one mark is enough.
        if marks and not (any(marks) if len(need.codes) > 1 else all(marks)):
            left.append(_named(facts, need))
    values = {"left": len(left), "count": count, "documents": left}
    if left:
        return unknown("documents.to_review", Message("settle.review", values), **values)
    return met("documents.reviewed", count=count)


_BASIS = Basis(
    "Common Documents; 3) Please indicate whether you have submitted the following documents",
    "Immigration Act Art. 24; Enforcement Rules Annex",
)


def document_criteria(paper: Paper) -> tuple[Criterion, ...]:
    """The three criteria of documents for a category."""
    return (
        Criterion(
            "documents.submitted",
            Text("Documents handed in", "제출 여부"),
            Text(
                "Every document the category asks for is handed in.",
                "세부자격별로 요구되는 서류를 모두 제출해야 합니다.",
            ),
            _BASIS,
            partial(submitted, paper=paper),
        ),
        Criterion(
            "documents.in_date",
            Text("Documents in date", "유효기간"),
            Text(
                "A document whose date counts was issued in time, or has not expired on the day of application.",
                "발급일이나 유효기간이 정해진 서류는 신청일 기준으로 유효해야 합니다.",
            ),
            _BASIS,
            in_date,
        ),
        Criterion(
            "documents.reviewed",
            Text("Civil Servant Review", "공무원 확인"),
            Text(
                "An officer has marked every required document that was handed in as reviewed.",
                "제출된 필수 서류를 담당 공무원이 모두 확인해야 합니다.",
            ),
            _BASIS,
            partial(reviewed, paper=paper),
        ),
    )


add_words({f"document:{kind.code}": kind.label for kind in CATALOGUE.documents.values()})
add_words(
    {
        "document:one_of_competency": Text("one of ⑪ to ⑭", "⑪부터 ⑭까지 중 하나"),
        "asked": Text("Document asked for", "요구 서류"),
        "person": Text("Person", "대상자"),
        "submitted": Text("Handed in", "제출"),
    }
)
add_sentences(
    {
        "documents.complete": Text(
            "All {count} required documents are handed in.", "필수 서류 {count}건이 모두 제출되었습니다."
        ),
        "documents.lacking": Text(
            "Not handed in: {documents:defects}.", "제출되지 않은 서류: {documents:defects}."
        ),
        "documents.unmarked": Text(
            "Whether these are handed in is not established: {documents:defects}.",
            "제출 여부가 확인되지 않은 서류: {documents:defects}.",
        ),
        "documents.in_date": Text(
            "All {count} documents whose date counts are in date.",
            "날짜를 확인하는 서류 {count}건이 모두 유효합니다.",
        ),
        "documents.out_of_date": Text(
            "Out of date: {documents:defects}.", "유효하지 않은 서류: {documents:defects}."
        ),
        "documents.undated": Text(
            "The date is missing: {documents:defects}.", "날짜가 확인되지 않은 서류: {documents:defects}."
        ),
        "documents.reviewed": Text("All {count} are reviewed.", "{count}건이 모두 확인되었습니다."),
        "documents.to_review": Text(
            "{left} of {count} are still to be reviewed: {documents:defects}.",
            "{count}건 중 {left}건의 확인이 남았습니다: {documents:defects}.",
        ),
        "settle.documents": Text("Hand in: {documents:defects}.", "제출할 서류: {documents:defects}."),
        "settle.document_dates": Text(
            "Hand in a document in date: {documents:defects}.",
            "유효한 서류를 제출해야 합니다: {documents:defects}.",
        ),
        "settle.review": Text("Review: {documents:defects}.", "확인할 서류: {documents:defects}."),
    }
)
