"""Where a dossier contradicts itself: it is kept as a draft, and nothing passes on such facts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from kis.rules.messages import Message, add_sentences
from kis.rules.texts import Text

# ISO dates compare as text in the order of the calendar.
_PERIODS: Final = ("stays", "abroad", "employment", "investments", "trips", "employees")
_PERSONS: Final = (
    ("income", "earner"),
    ("assets", "owner"),
    ("liabilities", "owner"),
    ("arrears", "person"),
    ("documents", "person"),
)
_FOREVER: Final = "9999-12-31"


class Contradiction(NamedTuple):
    """A contradiction: where it stands, what it says, and the entries it puts in doubt."""

    place: str
    message: Message
    doubtful: tuple[str, ...]
    is_overlap: bool = False


Doubt = Mapping[str, Sequence[Contradiction]]


def in_doubt(clashes: Iterable[Contradiction]) -> Doubt:
    """The contradictions by the entry or field that each puts in doubt."""
    found: dict[str, list[Contradiction]] = {}
    for clash in clashes:
        for path in clash.doubtful:
            found.setdefault(path, []).append(clash)
    return found


def touching(doubt: Doubt, inputs: Iterable[str]) -> Iterator[Contradiction]:
    """The contradictions that one of these inputs, or the entry it is of, stands in."""
    for path in inputs:
        while path:
            yield from doubt.get(path, ())
            path = path.rpartition(".")[0]


def contradictions(dossier: Mapping[str, Any]) -> list[Contradiction]:
    """All contradictions of a dossier that keeps to the schema."""
    return [
        *_reversed_periods(dossier),
        *_reversed_lapses(dossier.get("investments") or ()),
        *_overlapping_stays(dossier),
        *_persons(dossier),
        *_births(dossier),
        *_marriage(dossier.get("marriage") or {}),
        *_served_before_sentence(dossier.get("criminal_record") or ()),
        *_repeated_years(dossier.get("business_results") or ()),
    ]


def _found(key: str, place: str, *doubtful: str, **values: Any) -> Contradiction:
    return Contradiction(place, Message(f"contradiction.{key}", values), doubtful or (place,))


def _unknown_person(place: str, ref: str) -> Contradiction:
    # Whose income or debt it is stays open, and the criteria weigh that themselves.
    return Contradiction(place, Message("contradiction.person", {"ref": ref}), ())


def _reversed_periods(dossier: Mapping[str, Any]) -> Iterator[Contradiction]:
    for section in _PERIODS:
        rows = dossier.get(section) or ()
        for place in [place for place, row in enumerate(rows) if (row.get("to") or _FOREVER) < row["from"]]:
            path, row = f"{section}[{place}]", rows[place]
            yield _found("reversed", f"{path}.to", path, start=row["from"], end=row["to"])


def _reversed_lapses(investments: Sequence[Mapping[str, Any]]) -> Iterator[Contradiction]:
    for place, row in enumerate(investments):
        path = f"investments[{place}]"
        for number, lapse in enumerate(row.get("lapses") or ()):
            if lapse["to"] < lapse["from"]:
                where = f"{path}.lapses[{number}].to"
                yield _found("reversed", where, path, start=lapse["from"], end=lapse["to"])


def _overlapping_stays(dossier: Mapping[str, Any]) -> Iterator[Contradiction]:
    stays: Sequence[Mapping[str, Any]] = dossier.get("stays") or ()
    received = dossier["application"]["received_on"]
    # A stay that begins after the application is left out anyway.
    begun = [place for place, stay in enumerate(stays) if stay["from"] <= received]
    if not begun:
        return
    order = sorted(begun, key=lambda place: (stays[place]["from"], stays[place].get("to") or _FOREVER))
    longest = order[0]
    for place in order[1:]:
        end = stays[longest].get("to") or _FOREVER
        # A change of status on one day stands at the end of one stay and the start of the next.
        if stays[place]["from"] < end:
            paths = (f"stays[{place}]", f"stays[{longest}]")
            yield _found("overlap", paths[0], *paths, other=paths[1])._replace(is_overlap=True)
        if (stays[place].get("to") or _FOREVER) > end:
            longest = place


def _persons(dossier: Mapping[str, Any]) -> Iterator[Contradiction]:
    family = dossier.get("family")
    if family is None:
        return
    refs = [member["ref"] for member in family]
    yield from _repeated_refs(refs)
    yield from _second_spouses(family, dossier.get("marriage") or {})
    known = {"applicant", *refs}
    spouse = (dossier.get("marriage") or {}).get("spouse")
    if spouse is not None and spouse not in known:
        yield _found("person", "marriage.spouse", ref=spouse)
    for section, field in _PERSONS:
        rows = dossier.get(section) or ()
        for place in [place for place, row in enumerate(rows) if row.get(field, "applicant") not in known]:
            yield _unknown_person(f"{section}[{place}].{field}", rows[place][field])


def _repeated_refs(refs: Sequence[str]) -> Iterator[Contradiction]:
    if len(set(refs)) == len(refs) and "applicant" not in refs:
        return
    times = Counter(refs)
    for place, ref in enumerate(refs):
        if ref == "applicant" or times[ref] > 1:
            yield _found("ref", f"family[{place}].ref", f"family[{place}]", ref=ref)


def _second_spouses(
    family: Sequence[Mapping[str, Any]], marriage: Mapping[str, Any]
) -> Iterator[Contradiction]:
    # One who was married to the applicant may still be listed; only the marriage on record may have ended.
    former = marriage.get("spouse") if {"ended_on", "ended_by"} & marriage.keys() else None
    spouses = [
        f"family[{place}]"
        for place, member in enumerate(family)
        if member["relation"] == "spouse" and member.get("deceased") is not True and member["ref"] != former
    ]
    for path in spouses[1:]:
        yield _found("spouse", f"{path}.relation", *spouses, other=spouses[0])


def _births(dossier: Mapping[str, Any]) -> Iterator[Contradiction]:
    received = dossier["application"]["received_on"]
    applicant = dossier["applicant"]
    born = applicant["birth_date"]
    if born > received:
        yield _found("birth", "applicant.birth_date", born=born, received=received)
    entered = applicant.get("first_entry_on")
    if entered is not None and entered < born:
        yield _found("before_birth", "applicant.first_entry_on", born=born, day=entered)


def _marriage(marriage: Mapping[str, Any]) -> Iterator[Contradiction]:
    registered, ended = marriage.get("registered_on"), marriage.get("ended_on")
    if registered is not None and ended is not None and ended < registered:
        yield _found("reversed", "marriage.ended_on", "marriage", start=registered, end=ended)


def _served_before_sentence(record: Sequence[Mapping[str, Any]]) -> Iterator[Contradiction]:
    for place, row in enumerate(record):
        done, passed = row.get("completed_on"), row.get("sentenced_on")
        # A fine may be paid before the judgment; a term of imprisonment does not end before it.
        if row["sentence"] == "imprisonment" and done is not None and passed is not None and done < passed:
            path = f"criminal_record[{place}]"
            yield _found("served", f"{path}.completed_on", path, sentenced=passed, completed=done)


def _repeated_years(results: Sequence[Mapping[str, Any]]) -> Iterator[Contradiction]:
    order = sorted(range(len(results)), key=lambda place: results[place]["year"])
    for one, other in pairwise(order):
        if results[one]["year"] == results[other]["year"]:
            paths = (f"business_results[{other}]", f"business_results[{one}]")
            yield _found("year", paths[0], *paths, year=results[one]["year"], other=paths[1])


add_sentences(
    {
        "contradiction.reversed": Text(
            "The period ends on {end:date}, before it begins on {start:date}.",
            "종료일({end:date})이 시작일({start:date})보다 앞섭니다.",
        ),
        "contradiction.overlap": Text("This stay overlaps {other}.", "다음 체류와 기간이 겹칩니다: {other}."),
        "contradiction.person": Text(
            "No family member has the reference “{ref}”.", "참조번호 “{ref}”에 해당하는 가족이 없습니다."
        ),
        "contradiction.ref": Text(
            "The reference “{ref}” must be of one family member only.",
            "참조번호 “{ref}”의 가족은 한 사람이어야 합니다.",
        ),
        "contradiction.spouse": Text(
            "A second spouse is listed beside {other}.", "배우자가 {other} 외에 또 기재되어 있습니다."
        ),
        "contradiction.birth": Text(
            "The birth date {born:date} lies after the application of {received:date}.",
            "생년월일({born:date})이 신청일({received:date})보다 늦습니다.",
        ),
        "contradiction.before_birth": Text(
            "{day:date} lies before the birth date {born:date}.",
            "기재된 날({day:date})이 생년월일({born:date})보다 앞섭니다.",
        ),
        "contradiction.served": Text(
            "The sentence is completed on {completed:date}, before it was passed on {sentenced:date}.",
            "형의 집행 종료일({completed:date})이 선고일({sentenced:date})보다 앞섭니다.",
        ),
        "contradiction.year": Text(
            "The year {year} is given twice, also at {other}.", "{year}년이 {other}에도 있어 중복됩니다."
        ),
    }
)
