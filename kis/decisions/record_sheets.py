"""The annex of the review record: the sheets behind findings, as tables."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from kis.cases.choices import choice_labels
from kis.decisions.record_words import alike, day, heads, in_both, joined, of_rules, word
from kis.letters.parties import country
from kis.letters.values import Bilingual, Table
from kis.rules import Outcome, PreCheck
from kis.rules import texts as rules

Rows = Iterator[tuple[Bilingual, ...]]
Sheet = Mapping[str, Any]


def annex(precheck: PreCheck) -> Iterator[Table]:
    """A table for each kind of sheet that the run drew: points, household, certificates."""
    drawn = [finding.sheet for finding in precheck.criteria if finding.sheet]
    for kind, (columns, rows, widths) in SHEETS.items():
        sheet = next((each for each in drawn if each["kind"] == kind), None)
        if sheet is not None:
            yield Table(word(kind), heads(*columns), tuple(rows(sheet)), widths=widths)


def household(sheet: Sheet) -> Rows:
    for row in sheet["rows"]:
        yield ruled(row["ref"]), relation(row["relation"]), counted(row["counts"]), ruled(row["reason"])


def certificates(sheet: Sheet) -> Rows:
    for row in sheet["rows"]:
        place = country(row["country"])
        for found in row["certificates"]:
            yield (
                place,
                outcome(found["outcome"]),
                day(found["issued_on"] and date.fromisoformat(found["issued_on"])),
                joined([ruled(defect) for defect in found["defects"]]) if found["defects"] else word("none"),
            )
        if not row["certificates"]:
            yield place, outcome(row["outcome"]), word("not_handed_in"), word("none")


def points(sheet: Sheet) -> Rows:
    for row in sheet["rows"]:
        yield ruled(row["item"]), word(row["part"]), alike(row["sure"]), alike(row["most"])
    for part in ("mandatory", "optional"):
        rows = [row for row in sheet["rows"] if row["part"] == part]
        yield word("total"), word(part), total(rows, "sure"), total(rows, "most")
    yield word("total"), alike("–"), total(sheet["rows"], "sure"), total(sheet["rows"], "most")


def total(rows: list[Mapping[str, Any]], column: str) -> Bilingual:
    return alike(sum(row[column] for row in rows))


def ruled(code: Any) -> Bilingual:
    """A code of the rules as words."""
    return in_both(lambda language: rules.word(code, language))


def relation(code: str) -> Bilingual:
    """A relation to the applicant as the forms call it; the applicant's own as the rules do."""
    label = choice_labels("family.relation").get(code)
    return in_both(lambda language: str(label) if label else rules.word(code, language))


def counted(value: bool | None) -> Bilingual:
    return word("unknown") if value is None else word("yes" if value else "no")


def outcome(value: str) -> Bilingual:
    return of_rules(Outcome(value).label)


SHEETS: Mapping[str, tuple[tuple[str, ...], Callable[[Sheet], Rows], tuple[int, ...]]] = {
    "points": (("item", "part", "established", "most"), points, (43, 15, 21, 21)),
    "household": (("person", "relation", "counts", "reason"), household, (22, 18, 15, 45)),
    "certificates": (("country", "outcome", "certificate", "defects"), certificates, (22, 18, 22, 38)),
}
