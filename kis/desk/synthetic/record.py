"""What speaks against someone: sentences, violations, removals, and the certificates from abroad."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Final

from kis.desk.synthetic.draws import ABSENT, EDGE, FAR, MISS, WELL, Dossier, Draw, iso
from kis.rules import ReferenceTables

SECTIONS: Final = (
    "criminal_record",
    "immigration_violations",
    "removals",
    "humanitarian_stay",
    "pending_proceedings",
)
OLD_BUT_OVER: Final = 0.05
COURT: Final = "Seoul Southern District Court"


def conduct(draw: Draw, found: Dossier) -> None:
    """The sections of conduct: mostly nothing; else an event whose bar is over, or runs, or ends that day."""
    for section in SECTIONS:
        found[section] = []
    if draw.flawed(0.35):
        draw.one_of(EVENTS)(draw, found, draw.one_of((MISS, FAR)))
    elif draw.chance() < OLD_BUT_OVER:
        draw.one_of(WITH_BARS)(draw, found, draw.one_of((WELL, EDGE)))
    if draw.flawed(0.15):
        del found[draw.one_of(SECTIONS)]


def _sentence(draw: Draw, found: Dossier, days: tuple[int, int], **facts: Any) -> None:
    passed, completed = days
    row = {"country": "KOR", "offence": "other", "sentenced_on": iso(passed), **facts}
    found["criminal_record"].append(row | {"completed_on": iso(completed)})


def _fine(draw: Draw, found: Dossier, grade: int) -> None:
    paid = draw.before(36, grade)
    _sentence(
        draw, found, (paid - 40, paid), sentence="fine", offence=draw.one_of(("drunk_driving", "other"))
    )
    if grade == FAR and draw.chance() < 0.3:
        del found["criminal_record"][0]["completed_on"]


def _imprisonment(draw: Draw, found: Dossier, grade: int) -> None:
    done = draw.before(60, grade)
    _sentence(
        draw, found, (done - 400, done), sentence="imprisonment", offence=draw.one_of(("fraud", "other"))
    )


def _suspended(draw: Draw, found: Dossier, grade: int) -> None:
    final = draw.before(60, grade)
    _sentence(draw, found, (final, final), sentence="suspended_imprisonment")


def _abroad(draw: Draw, found: Dossier, grade: int) -> None:
    sentenced = draw.before(120, grade)
    sentence = draw.one_of(("imprisonment", "suspended_imprisonment"))
    country = found["applicant"]["nationality"]
    _sentence(draw, found, (sentenced, sentenced + 300), sentence=sentence, country=country)


def _serious(draw: Draw, found: Dossier, grade: int) -> None:
    done = draw.before(200, WELL)
    offence = draw.one_of(("specific_violent_crime", "voice_phishing", "drugs", "threats"))
    country = draw.one_of(("KOR", found["applicant"]["nationality"]))
    _sentence(draw, found, (done - 500, done), sentence="imprisonment", offence=offence, country=country)


def _violation(day: int, penalty: str, articles: tuple[str, ...], amount: int) -> dict[str, Any]:
    return {"on": iso(day), "articles": list(articles), "penalty": penalty, "amount": amount}


def _entry(draw: Draw, found: Dossier, grade: int) -> None:
    article = draw.one_of(("7(1)", "7(4)", "12(1)", "12(2)"))
    found["immigration_violations"].append(_violation(draw.before(60, grade), "none", (article,), 0))


def _repeated(draw: Draw, found: Dossier, grade: int) -> None:
    # Three within five years: the oldest of them falls on either side of the first day that counts.
    first = draw.before(60, EDGE) - (grade in {WELL, EDGE})
    days = (first, draw.before(40, EDGE), draw.before(20, EDGE))
    found["immigration_violations"] += [
        _violation(day, "penalty_payment", ("18(1)",), 300_000) for day in days
    ]


def _penalty(draw: Draw, found: Dossier, grade: int) -> None:
    limit = draw.one_of((5_000_000, 7_000_000))
    amount = {WELL: limit // 2, EDGE: limit - 1, MISS: limit, FAR: limit + 2_000_000}[grade]
    # The higher limit is of the total, so that sum comes in two parts.
    parts = [amount] if limit == 5_000_000 else [amount // 2, amount - amount // 2]
    days = [draw.as_of - draw.whole(20, 900) for _ in parts]
    rows = zip(days, parts, strict=True)
    found["immigration_violations"] += [
        _violation(day, "penalty_payment", ("18(1)",), part) for day, part in rows
    ]


def _removal(draw: Draw, found: Dossier, grade: int) -> None:
    kind, months = draw.one_of((("deportation", 84), ("departure", 60)))
    found["removals"].append({"kind": kind, "departed_on": iso(draw.before(months, grade))})


def _humanitarian(draw: Draw, found: Dossier, grade: int) -> None:
    found["humanitarian_stay"].append({"decided_on": iso(draw.before(60, grade))})


def _pending(draw: Draw, found: Dossier, grade: int) -> None:
    found["pending_proceedings"].append({"authority": COURT, "law": "Road Traffic Act"})


Event = Callable[[Draw, Dossier, int], None]
WITH_BARS: Final[tuple[Event, ...]] = (
    _fine,
    _imprisonment,
    _suspended,
    _abroad,
    _entry,
    _repeated,
    _penalty,
    _removal,
    _humanitarian,
)
EVENTS: Final[tuple[Event, ...]] = (*WITH_BARS, _serious, _pending)


def certificates(draw: Draw, found: Dossier) -> None:
    """A certificate of the nationality around six months old, in the form its country asks."""
    grade = draw.grade()
    if grade == ABSENT:
        if draw.chance() < 0.5:
            found["criminal_record_certificates"] = []
        return
    country = found["applicant"]["nationality"]
    issued = _issued(draw, grade)
    row = {
        "country": country,
        "issued_on": iso(issued),
        "issuer": "local_authority" if country == "CHN" else "national_authority",
        "covers_whole_country": True,
        "authentication": _authentication(country, issued),
        "original": True,
        "notarised_translation": True,
    }
    if draw.flawed(0.5):
        row |= draw.one_of(DEFECTS)
    if draw.flawed(0.2):
        del row[draw.one_of(("original", "issuer", "authentication"))]
    found["criminal_record_certificates"] = [row]
    found["certificate_relief"] = []


def _issued(draw: Draw, grade: int) -> int:
    edge = draw.before(6, EDGE)
    if grade == WELL:
        return draw.whole(edge + 1, draw.as_of)
    return {EDGE: edge, MISS: edge - 1, FAR: edge - 200}[grade]


@cache
def _authentication(country: str, issued: int) -> str:
    row = ReferenceTables.shipped().member(country)
    member = row is not None and row.in_force_for_korea_from <= date.fromordinal(issued)
    return "apostille" if member else "consular"


DEFECTS: Final[tuple[dict[str, Any], ...]] = (
    {"original": False},
    {"notarised_translation": False},
    {"issuer": "embassy"},
    {"issuer": "state_authority", "covers_whole_country": False},
    {"authentication": "none"},
    {"authentication": "consular"},
    {"country": "JPN"},
)
