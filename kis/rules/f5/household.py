"""The household of livelihood: who counts as earner and owner, and why someone does not."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from kis.rules.facts import Facts, Row
from kis.rules.outcomes import both
from kis.rules.periods import add_years, reached
from kis.rules.texts import Text, add_words

APPLICANT: Final = "applicant"
ADULT: Final = 19


class Member(NamedTuple):
    """One person of the household sheet; `counts` is None where that is not established."""

    ref: str
    relation: str
    counts: bool | None
    reason: str


def is_minor(facts: Facts, birth: date | None) -> bool | None:
    """Whether someone born that day is under 19 at A."""
    return None if birth is None else not reached(birth, ADULT, facts.as_of)


def age_reached(facts: Facts, years: int) -> bool:
    """Whether the applicant has reached that age at A (Civil Code Art. 158)."""
    return reached(facts.birth, years, facts.as_of)


def income_year(facts: Facts) -> int:
    """Y-1, or Y-2 where the certificate of income amount for Y-1 is not issued yet."""
    return facts.year - (2 if facts.application.get("income_certificate_issued") is False else 1)


def living(facts: Facts) -> list[Row] | None:
    """The family members not marked deceased; None where no family is established."""
    rows = facts.rows("family")
    if rows is None:
        return None
    return [row for row in rows if row.get("deceased") is not True and not row.is_later("birth_date")]


def called(facts: Facts, ref: str) -> list[str]:
    """A person as sentences name one: [relation, reference]; without a relation where none is on record."""
    family = facts.dossier.get("family") or ()
    relations: dict[str, str] = {row["ref"]: row["relation"] for row in family}
    return [APPLICANT if ref == APPLICANT else relations.get(ref, ""), ref]


def debtors(facts: Facts) -> frozenset[str] | None:
    """The persons whose public dues are unpaid; None where that is not established."""
    rows = facts.rows("arrears")
    return None if rows is None else frozenset(row.get("person") for row in rows)


def marriage_over(facts: Facts, ref: str) -> bool:
    """Whether the marriage with that spouse had ended by A."""
    marriage = facts.part("marriage")
    if marriage is None:
        return False
    dated = marriage.data.get("ended_on") is not None
    over = marriage.past("ended_on") is not None if dated else marriage.get("ended_by") is not None
    return over and marriage.get("spouse") in {None, ref}


def lives_since(row: Row, day: date) -> bool | None:
    """Whether the member has lived with the applicant since that day or longer."""
    since = row.past("co_resident_from")
    if since is None:
        return False if row.data.get("co_resident_from") else None
    return since <= day


def _of_income_year(facts: Facts, row: Row) -> tuple[bool | None, str]:
    relation = row.get("relation")
    if relation not in {"spouse", "child", "father", "mother"}:
        return False, "household:relation"
    if relation == "child":
        minor = is_minor(facts, row.day("birth_date"))
        if minor is False:
            return False, "household:adult_child"
    else:
        minor = True
    lives = lives_since(row, date(income_year(facts), 1, 1)) if income_year(facts) > 0 else None
    return _together(row.get("shares_livelihood"), lives, minor)


def _of_one_year(facts: Facts, row: Row) -> tuple[bool | None, str]:
    relatives = {
        "spouse",
        "child",
        "father",
        "mother",
        "grandparent",
        "grandchild",
        "spouse_father",
        "spouse_mother",
    }
    if row.get("relation") not in relatives:
        return False, "household:relation"
    return _together(row.get("shares_livelihood"), _one_year(facts, row), True)


def _of_born_in_korea(facts: Facts, row: Row) -> tuple[bool | None, str]:
    if row.get("relation") not in {"spouse", "child", "father", "mother"}:
        return False, "household:relation"
    # The rule asks for living together; a livelihood established as separate still shuts out.
    return _together(row.get("shares_livelihood") is not False, _one_year(facts, row), True)


def _one_year(facts: Facts, row: Row) -> bool | None:
    since = row.past("co_resident_from")
    if since is None:
        return False if row.data.get("co_resident_from") else None
    return add_years(since, 1) <= facts.as_of


def _together(shares: bool | None, lives: bool | None, minor: bool | None) -> tuple[bool | None, str]:
    if shares is False:
        return False, "household:separate"
    if lives is False:
        return False, "household:too_short"
    counts = both(shares, lives, minor)
    return counts, "household:counts" if counts else "household:open"


Household = Callable[[Facts, Row], tuple[bool | None, str]]
# Named by who may count: the common rule, the F-5-2 household, and that of F-5-8.
HOUSEHOLDS: Final[Mapping[str, Household | None]] = {
    "applicant": None,
    "income_year": _of_income_year,
    "one_year": _of_one_year,
    "born_in_korea": _of_born_in_korea,
}


def members(facts: Facts, kind: str) -> tuple[Member, ...]:
    """The applicant and every family member with whether they count."""
    rule = HOUSEHOLDS[kind]
    found = [Member(APPLICANT, APPLICANT, True, "household:counts")]
    if rule is not None:
        family = facts.rows("family") or ()
        owing = facts.once(debtors) if family else frozenset()
        found += [_member(facts, rule, row, owing) for row in family]
    return tuple(found)


def _member(facts: Facts, rule: Household, row: Row, owing: frozenset[str] | None) -> Member:
    ref, relation = row.data["ref"], row.get("relation")
    if row.get("deceased") is True:
        return Member(ref, relation, False, "household:deceased")
    if row.is_later("birth_date"):
        return Member(ref, relation, False, "household:not_born")
    if owing is not None and ref in owing:
        return Member(ref, relation, False, "household:arrears")
    if relation == "spouse" and marriage_over(facts, ref):
        return Member(ref, relation, False, "household:marriage_over")
    stands, reason = rule(facts, row)
    if stands and owing is None:
        return Member(ref, relation, None, "household:open")
    return Member(ref, relation, stands, reason)


def standing(facts: Facts, kind: str) -> Mapping[str, bool | None]:
    """Whether each person counts, by reference; a reference given twice counts only if both do."""
    found: dict[str, bool | None] = {}
    for member in facts.once(members, kind):
        found[member.ref] = both(found.get(member.ref, True), member.counts)
    return found


def counts(facts: Facts, kind: str, ref: str) -> bool | None:
    """Whether a person counts; of one not on record that stays open, unless in arrears or nobody else does."""
    people = facts.once(standing, kind)
    if ref in people:
        return people[ref]
    return False if HOUSEHOLDS[kind] is None or ref in (facts.once(debtors) or ()) else None


def household_sheet(people: tuple[Member, ...]) -> Mapping[str, Any]:
    """Who counts and who does not, and why, as plain data."""
    rows = [member._asdict() for member in sorted(people, key=lambda one: (one.ref != APPLICANT, one.ref))]
    return {"kind": "household", "rows": rows}


def draw_household(people: tuple[Member, ...]) -> Callable[[], Mapping[str, Any]]:
    """The household sheet, made when it is shown."""
    return partial(household_sheet, people)


add_words(
    {
        "applicant": Text("the applicant", "신청인"),
        "relation:applicant": Text("the applicant", "신청인"),
        "relation:spouse": Text("the spouse", "배우자"),
        "relation:common_law_spouse": Text("the common-law spouse", "사실혼 배우자"),
        "relation:father": Text("the father", "부"),
        "relation:mother": Text("the mother", "모"),
        "relation:child": Text("the child", "자녀"),
        "relation:sibling": Text("the sibling", "형제자매"),
        "relation:spouse_father": Text("the spouse's father", "배우자의 부"),
        "relation:spouse_mother": Text("the spouse's mother", "배우자의 모"),
        "relation:grandparent": Text("the grandparent", "조부모"),
        "relation:grandchild": Text("the grandchild", "손자녀"),
        "relation:other": Text("another relative", "그 밖의 친족"),
        "household:counts": Text("counts", "인정"),
        "household:open": Text("not established", "미확인"),
        "household:relation": Text("this relation does not count", "인정되지 않는 관계"),
        "household:adult_child": Text("adult child", "성년 자녀"),
        "household:separate": Text("does not share the livelihood", "생계를 같이하지 않음"),
        "household:too_short": Text("has not lived with the applicant long enough", "동거기간 부족"),
        "household:deceased": Text("deceased", "사망"),
        "household:not_born": Text("not born yet on the day of application", "신청일 당시 출생 전"),
        "household:arrears": Text("in arrears", "공과금 미납"),
        "household:marriage_over": Text("the marriage has ended", "혼인 종료"),
    }
)
