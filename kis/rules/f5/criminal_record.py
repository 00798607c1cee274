"""The overseas criminal record certificate: who needs none, which countries, which certificates count."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from kis.rules.f5.household import age_reached
from kis.rules.f5.stays import ANY_STATUS, continuous_since
from kis.rules.facts import Facts, Row
from kis.rules.findings import Basis, Criterion, Verdict, exempt, met, missing, not_met, review, unknown
from kis.rules.messages import Message, add_sentences
from kis.rules.outcomes import MET, NOT_MET, REVIEW, UNKNOWN, Outcome, all_of, any_of
from kis.rules.periods import Span, add_years, is_long, merged, subtract_months, subtract_years
from kis.rules.texts import Text, add_words

EXEMPT_CATEGORIES: Final = frozenset({"F-5-5", "F-5-9", "F-5-11", "F-5-12", "F-5-15"})
LOCAL_ACCEPTED: Final = frozenset({"CHN"})
CRIMINAL_MAJORITY: Final = 14


class Defect(NamedTuple):
    """What keeps a certificate from counting (or leaves it open), by its word."""

    outcome: Outcome
    word: str


class Certificate(NamedTuple):
    """One certificate with its defects."""

    path: str
    country: str
    issued_on: str
    outcome: Outcome
    defects: tuple[Defect, ...]


class Country(NamedTuple):
    """A required country: relieved, or covered by its best certificate."""

    country: str
    outcome: Outcome
    relieved: bool
    certificates: tuple[Certificate, ...]


class Assessment(NamedTuple):
    """The criterion worked out: the release, the countries, and whether more may be needed."""

    ground: str | None
    possible_ground: bool
    countries: tuple[Country, ...]
    third_countries_known: bool


def away(facts: Facts, since: date) -> bool | None:
    """Whether six months without a break were spent abroad since that day; None: not established."""
    rows = facts.rows("abroad")
    if rows is None:
        return None
    spans = [_part(facts, row, since) for row in rows]
    return any(is_long(span.start, span.end, 6) for span in merged(spans))


def _part(facts: Facts, row: Row, since: date) -> Span:
    start = row.past("from")
    if start is None:
        return Span(date.max, date.min)
    return Span(max(start, since), min(row.day("to") or facts.as_of, facts.as_of))


def _grew_up_here(facts: Facts) -> bool | None:
    fourteen = add_years(facts.birth, CRIMINAL_MAJORITY)
    born_here = facts.applicant.get("born_in_korea") is True
    entered = facts.applicant.past("first_entry_on")
    if not born_here and (entered is None or entered >= fourteen):
        return False
    abroad = away(facts, fourteen)
    return None if abroad is None else not abroad


def _visa_certificate(facts: Facts) -> bool:
    part = facts.part("earlier_certificate")
    issued = part.past("with_visa_issued_on") if part else None
    return issued is not None and issued >= subtract_months(facts.as_of, 3)


def _earlier_certificate(facts: Facts) -> bool | None:
    part = facts.part("earlier_certificate")
    handed_in = part.past("submitted_on") if part else None
    if handed_in is None:
        return False
    abroad = away(facts, handed_in)
    return None if abroad is None else not abroad


def _ten_years_here(facts: Facts) -> bool:
    since = facts.once(continuous_since, ANY_STATUS)
    return since is not None and add_years(since, 10) <= facts.as_of


GROUNDS: Final[tuple[tuple[str, Callable[[Facts], bool | None]], ...]] = (
    ("record_category", lambda facts: facts.category in EXEMPT_CATEGORIES),
    ("under_fourteen", lambda facts: not age_reached(facts, CRIMINAL_MAJORITY)),
    ("grew_up_here", _grew_up_here),
    ("with_visa", _visa_certificate),
    ("handed_in_earlier", _earlier_certificate),
    ("ten_years_here", _ten_years_here),
)


def third_countries(facts: Facts) -> list[str] | None:
    """Countries of a continuous year inside the five years before A; None: not established."""
    rows = facts.rows("abroad")
    if rows is None:
        return None
    window = subtract_years(facts.as_of, 5)
    own = {"KOR", facts.applicant.get("nationality")}
    by_country: dict[str, list[Span]] = {}
    for row in rows:
        by_country.setdefault(row.get("country"), []).append(_part(facts, row, window))
    return sorted(
        country
        for country, spans in by_country.items()
        if country not in own and any(is_long(span.start, span.end, 12) for span in merged(spans))
    )


def assessment(facts: Facts) -> Assessment:
    """The release, or every required country with its certificates."""
    possible = False
    for name, rule in GROUNDS:
        holds = rule(facts)
        if holds:
            return Assessment(name, True, (), True)
        possible = possible or holds is None
    thirds = third_countries(facts)
    needed = [facts.applicant.get("nationality"), *(thirds or ())]
    countries = tuple(_country(facts, country) for country in needed)
    return Assessment(None, possible, countries, thirds is not None)


def _country(facts: Facts, country: str) -> Country:
    relief = facts.rows("certificate_relief") or ()
    if any(row.get("country") == country and row.get("evidenced") is True for row in relief):
        return Country(country, MET, True, ())
    rows = facts.rows("criminal_record_certificates")
    if rows is None:
        return Country(country, UNKNOWN, False, ())
    certificates = tuple(_certificate(facts, row) for row in rows if row.get("country") == country)
    return Country(country, any_of([one.outcome for one in certificates]), False, certificates)


def _certificate(facts: Facts, row: Row) -> Certificate:
    defects = [
        defect
        for defect in (_age(facts, row), *_form(row), _coverage(facts, row), _authentication(facts, row))
        if defect is not None
    ]
    outcome = all_of([MET, *(defect.outcome for defect in defects)])
    return Certificate(row.path, row.data["country"], row.data["issued_on"], outcome, tuple(defects))


def _age(facts: Facts, row: Row) -> Defect | None:
    issued = date.fromisoformat(row.get("issued_on"))
    if row.is_later("issued_on"):
        return Defect(NOT_MET, "issued_after")
    return Defect(NOT_MET, "too_old") if issued < subtract_months(facts.as_of, 6) else None


def _form(row: Row) -> list[Defect]:
    found = []
    for field, word in (("original", "not_original"), ("notarised_translation", "no_translation")):
        fact = row.get(field)
        if fact is not True:
            found.append(Defect(NOT_MET, word) if fact is False else Defect(UNKNOWN, f"{field}_open"))
    return found


def _coverage(facts: Facts, row: Row) -> Defect | None:
    issuer, whole, country = row.get("issuer"), row.get("covers_whole_country"), row.get("country")
    if issuer is None and (whole is not False or country in LOCAL_ACCEPTED):
        return Defect(UNKNOWN, "issuer_open")
    if issuer == "local_authority":
        return None if country in LOCAL_ACCEPTED else Defect(NOT_MET, "local_issuer")
    if issuer == "embassy" and not _embassy_counts(facts, country):
        return Defect(NOT_MET, "embassy_issuer")
    if whole is False:
        return Defect(NOT_MET, "not_nationwide")
    return Defect(UNKNOWN, "coverage_open") if whole is None and issuer == "state_authority" else None


def _embassy_counts(facts: Facts, country: str) -> bool:
    exception = facts.tables.embassy(country, facts.as_of)
    if exception is not None and not exception.verified:
        facts.rests_on(f"embassy {country}")
    return exception is not None


def _authentication(facts: Facts, row: Row) -> Defect | None:
    how = row.get("authentication")
    if how is None:
        return Defect(UNKNOWN, "authentication_open")
    if how == "none":
        return Defect(NOT_MET, "not_authenticated")
    listed = facts.tables.member(row.get("country"))
    if listed is None:
        return Defect(REVIEW, "apostille_of_unlisted") if how == "apostille" else None
    if not listed.verified:
        facts.rests_on(f"apostille {listed.country}")
    member = listed.in_force_for_korea_from <= date.fromisoformat(row.data["issued_on"])
    if how == "apostille":
        return None if member else Defect(NOT_MET, "apostille_before_accession")
    return Defect(REVIEW, "consular_of_member") if member else None


def is_exempt(facts: Facts) -> bool:
    """Whether no certificate is asked at all."""
    return facts.once(assessment).ground is not None


def is_relieved(facts: Facts) -> bool:
    """Whether every required country is relieved."""
    found = facts.once(assessment)
    return found.third_countries_known and all(country.relieved for country in found.countries)


def certificate(facts: Facts) -> Verdict:
    """Exempt before met; else each required country must be covered."""
    found = facts.once(assessment)
    if found.ground:
        return exempt("record.exempt", ground=found.ground)
    outcome = all_of([country.outcome for country in found.countries])
    if not found.third_countries_known:
        outcome = all_of([outcome, UNKNOWN])
    if outcome is NOT_MET and found.possible_ground:
        outcome = UNKNOWN
    return _VERDICTS[outcome](facts, found)._replace(sheet=partial(certificate_sheet, found.countries))


def _failing(facts: Facts, found: Assessment) -> Verdict:
    lacking = [one.country for one in found.countries if one.outcome is NOT_MET and not one.certificates]
    values = {"countries": _names(found), "defects": _defects(found), "lacking": lacking}
    remedy = Message("settle.certificate", {"countries": _names(found, NOT_MET)})
    return not_met("record.lacking" if lacking else "record.defective", remedy, **values)


def _open(facts: Facts, found: Assessment) -> Verdict:
    absent = [] if found.third_countries_known else ["abroad"]
    if facts.dossier.get("criminal_record_certificates") is None:
        absent.append("criminal_record_certificates")
    if not _defects(found):
        return missing(*absent)
    values = {"countries": _names(found), "defects": [*_defects(found), *absent]}
    return unknown(
        "record.open", Message("settle.certificate", {"countries": _names(found, UNKNOWN)}), **values
    )


def _weighed(facts: Facts, found: Assessment) -> Verdict:
    remedy = Message("settle.certificate", {"countries": _names(found, REVIEW)})
    return review("record.review", remedy, countries=_names(found), defects=_defects(found))


def _covered(facts: Facts, found: Assessment) -> Verdict:
    defects = _defects(found)
    if defects:
        return met("record.covered_despite", countries=_names(found), defects=defects)
    return met("record.covered", countries=_names(found))


_VERDICTS: Final[Mapping[Outcome, Callable[[Facts, Assessment], Verdict]]] = {
    NOT_MET: _failing,
    UNKNOWN: _open,
    REVIEW: _weighed,
    MET: _covered,
}


def _names(found: Assessment, outcome: Outcome | None = None) -> list[str]:
    return [one.country for one in found.countries if outcome in {None, one.outcome}]


def _defects(found: Assessment) -> list[Any]:
    return [
        [one.country, one.issued_on, defect.word]
        for country in found.countries
        for one in sorted(country.certificates)
        for defect in one.defects
    ]


def certificate_sheet(countries: Sequence[Country]) -> Mapping[str, Any]:
    """Country by country, each certificate with each defect."""
    return {
        "kind": "certificates",
        "rows": [
            {
                "country": country.country,
                "outcome": country.outcome.value,
                "relieved": country.relieved,
                "certificates": [
                    {
                        "place": one.path,
                        "issued_on": one.issued_on,
                        "outcome": one.outcome.value,
                        "defects": [defect.word for defect in one.defects],
                    }
                    for one in country.certificates
                ],
            }
            for country in countries
        ],
    }


CERTIFICATE: Final = Criterion(
    "criminal_record.certificate",
    Text("Overseas criminal record certificate", "해외범죄경력증명서"),
    Text(
        "A certificate of the country of nationality and of each country of a continuous year in the last five:"
        " issued within six months, original, translated, nationwide and authenticated.",
        "국적국과 최근 5년 이내 1년 이상 연속 거주한 제3국의 증명서가 있어야 하며, 6개월 이내 발급된 원본으로"
        " 공증 번역과 인증을 갖추고 그 나라 전체의 범죄경력을 포함해야 합니다.",
    ),
    Basis(
        "Submission Criteria for Overseas Criminal Record Certificate;"
        " Requirements for Overseas Criminal Record Certificate",
        "Immigration Act Art. 10-3(2)1",
    ),
    certificate,
    # Only the ten years read the stays, in any status: of two that overlap either shows the presence.
    overlaps_count_once=True,
)

add_words(
    {
        "record_category": Text("category without this requirement", "제출 면제 대상 세부자격"),
        "under_fourteen": Text("under 14", "14세 미만"),
        "grew_up_here": Text(
            "born here or entered before 14, and no six months abroad since 14",
            "국내 출생 또는 14세 미만 입국 후 14세 이후 6개월 이상 해외 체류 없음",
        ),
        "with_visa": Text(
            "handed in with a visa issued within three months", "3개월 이내 발급된 사증 신청 시 제출"
        ),
        "handed_in_earlier": Text(
            "handed in earlier and no six months abroad since", "과거 제출 후 6개월 이상 해외 체류 없음"
        ),
        "ten_years_here": Text("ten years of continuous stay", "10년 이상 계속 체류"),
        "issued_after": Text("issued after the application", "신청일 이후 발급"),
        "too_old": Text("older than six months", "발급 후 6개월 경과"),
        "not_original": Text("not an original", "원본 아님"),
        "no_translation": Text("no notarised translation", "공증 번역본 없음"),
        "original_open": Text("original not established", "원본 여부 확인 필요"),
        "notarised_translation_open": Text("translation not established", "공증 번역 여부 확인 필요"),
        "issuer_open": Text("issuer not established", "발급기관 확인 필요"),
        "local_issuer": Text("local authority", "지역기관 발급"),
        "embassy_issuer": Text("issued by an embassy", "주한공관 발급"),
        "not_nationwide": Text("does not cover the whole country", "전국 범죄경력 미포함"),
        "coverage_open": Text("coverage not established", "전국 포함 여부 확인 필요"),
        "authentication_open": Text("authentication not established", "인증 여부 확인 필요"),
        "not_authenticated": Text("not authenticated", "인증 없음"),
        "apostille_of_unlisted": Text(
            "apostille of a country not on the list", "목록에 없는 국가의 아포스티유"
        ),
        "apostille_before_accession": Text("apostille before the accession", "협약 발효 전 아포스티유"),
        "apostille": Text("apostille", "아포스티유"),
        "embassy": Text("embassy", "대사관"),
        "consular_of_member": Text("consular confirmation from a member country", "협약 가입국의 영사확인"),
    }
)
add_sentences(
    {
        "record.exempt": Text("No certificate is asked: {ground}.", "제출이 면제됩니다: {ground}."),
        "record.covered": Text(
            "Covered: {countries:words}.", "요건에 맞는 증명서가 있습니다: {countries:words}."
        ),
        "record.covered_despite": Text(
            "Covered: {countries:words}; other certificates have defects: {defects:defects}.",
            "요건에 맞는 증명서가 있습니다: {countries:words}. 다른 증명서의 흠결: {defects:defects}.",
        ),
        "record.lacking": Text(
            "No certificate of {lacking:words}; defects: {defects:defects}.",
            "{lacking:words}의 증명서가 없습니다. 흠결: {defects:defects}.",
        ),
        "record.defective": Text("Defects: {defects:defects}.", "증명서의 흠결: {defects:defects}."),
        "record.open": Text("Not established: {defects:defects}.", "확인할 사항: {defects:defects}."),
        "record.review": Text("To be weighed: {defects:defects}.", "심사할 사항: {defects:defects}."),
        "settle.certificate": Text(
            "Hand in a certificate that counts for {countries:words}.",
            "{countries:words}의 요건에 맞는 증명서를 제출해야 합니다.",
        ),
    }
)
