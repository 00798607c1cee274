"""Who applies: an invented person with the stays behind them."""

from datetime import date
from typing import Any, Final

from kis.desk.synthetic.draws import (
    ABSENT,
    EDGE,
    FAR,
    MISS,
    ON_THE_EDGE,
    WELL,
    Dossier,
    Draw,
    iso,
    months_before,
)

# Nationality, how many of a hundred, and invented names in the Latin script.
NATIONS: Final = (
    ("CHN", 30, ("WANG", "LI", "ZHANG", "LIU", "CHEN"), ("WEI", "FANG", "NA", "MIN", "JING", "LEI")),
    ("VNM", 26, ("NGUYEN", "TRAN", "LE", "PHAM", "HOANG"), ("THI LAN", "VAN NAM", "THI HOA", "MINH", "ANH")),
    ("UZB", 8, ("KARIMOV", "TURAEV", "SAIDOV"), ("AZIZ", "DILNOZA", "RUSTAM", "NARGIZA")),
    ("USA", 7, ("MILLER", "BAKER", "LEE"), ("ANNA", "PETER", "DAVID", "SARAH")),
    ("PHL", 6, ("SANTOS", "REYES", "CRUZ"), ("MARIA", "JOSE", "GRACE")),
    ("NPL", 5, ("GURUNG", "RAI", "THAPA"), ("SITA", "BIKASH", "MAYA")),
    ("RUS", 5, ("IVANOVA", "KIM", "PETROV"), ("OLGA", "SERGEY", "ELENA")),
    ("IND", 5, ("SHARMA", "PATEL", "RAO"), ("PRIYA", "ARUN", "KAVITA")),
    ("JPN", 4, ("TANAKA", "SATO"), ("YUKI", "KENJI")),
    ("TWN", 4, ("LIN", "HUANG"), ("MEI", "CHIA HAO")),
)
BY_LOT: Final = tuple(nation for nation in NATIONS for _ in range(nation[1]))
EARLIER: Final = ("D-2-3", "D-10-1", "E-9-1", "H-2", "D-4-1", "C-3")
WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def applicant(draw: Draw, age: tuple[int, int], least: int = 0, under: int = 0) -> dict[str, Any]:
    """The person, of an age in years; around the age that is the least, or that must not be reached."""
    nation, _, families, given = draw.one_of(BY_LOT)
    birth = _birth(draw, age, least, under)
    female = draw.chance() < 0.5
    found = {
        "family_name": draw.one_of(families),
        "given_names": draw.one_of(given),
        "birth_date": iso(birth),
        "sex": "F" if female else "M",
        "nationality": nation,
        "passport_number": f"S{draw.whole(1_000_000, 9_999_999)}",
        "alien_registration_number": registration_number(draw, iso(birth), female),
        "born_in_korea": False,
        "marital_status": "single",
        "raises_minor_children": False,
    }
    if not draw.flawed(0.3):
        found["holds_korean_nationality"] = draw.flawed(0.15)
    return found


def _birth(draw: Draw, age: tuple[int, int], least: int, under: int) -> int:
    bound = least or under
    if bound and (draw.flawed() or draw.chance() < ON_THE_EDGE):
        # On the birthday the age is reached, on the day before it is not.
        return months_before(draw.as_of, bound * 12) + (bool(under) != draw.flawed(2.5))
    return months_before(draw.as_of, draw.whole(age[0] * 12, age[1] * 12 + 11)) - draw.whole(0, 27)


def registration_number(draw: Draw, birth: str, female: bool) -> str:
    """A number of the right shape whose check digit fits; it belongs to nobody."""
    century = (6 if female else 5) + (2 if birth >= "2000" else 0)
    digits = f"{birth[2:4]}{birth[5:7]}{birth[8:]}{century}{draw.whole(0, 99_999):05d}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return f"{digits[:6]}-{digits[6:]}{(13 - total % 11) % 10}"


def stay(
    draw: Draw, found: Dossier, statuses: tuple[str, ...], years: int, within: tuple[str, ...] = ()
) -> None:
    """Registered stays: years without a break in these statuses, after one that does not count.

    `within` are further statuses of the set in which an earlier part of those years may lie.
    """
    status = draw.one_of(EARLIER if draw.flawed(0.15) else statuses)
    found["applicant"]["current_status"] = status
    grade = draw.grade()
    if grade == ABSENT:
        return
    born = date.fromisoformat(found["applicant"]["birth_date"]).toordinal()
    since = max(draw.before(12 * years, grade), born)
    stays = [{"status": status, "from": iso(since), "to": None}]
    if within and grade != FAR and draw.chance() < 0.4:
        stays = _in_two(draw, since, draw.one_of(within), status)
    entry = max(since - draw.whole(180, 1500), born)
    if grade == WELL and draw.flawed(0.3):
        stays[0]["from"] = iso(since + 2 * (len(stays) == 1))
    if entry < since:
        stays.insert(0, {"status": draw.one_of(EARLIER), "from": iso(entry), "to": iso(since - 1)})
    found["stays"] = stays
    found["applicant"]["first_entry_on"] = iso(entry)


def _in_two(draw: Draw, since: int, earlier: str, status: str) -> list[dict[str, Any]]:
    change = since + int((draw.as_of - since) * (0.2 + 0.6 * draw.chance()))
    # Two days between two stays break the chain; the next day, or the same, does not.
    gap = 2 if draw.flawed(0.5) else draw.whole(0, 1)
    return [
        {"status": earlier, "from": iso(since), "to": iso(change - gap)},
        {"status": status, "from": iso(change), "to": None},
    ]


def abroad(draw: Draw, found: Dossier) -> None:
    """Long stays outside Korea: mostly none; a third country around one year inside the last five."""
    if draw.flawed(0.2):
        return
    found["abroad"] = []
    if not draw.flawed(0.6):
        return
    start = months_before(draw.as_of, draw.whole(14, 70))
    months = draw.one_of((-6, -8, -12, -14))
    end = months_before(start, months) - draw.whole(1, 2)
    country = draw.one_of(("JPN", "USA", "ARE", found["applicant"]["nationality"]))
    found["abroad"].append({"country": country, "from": iso(start), "to": iso(end)})


def schooling(draw: Draw, found: Dossier) -> None:
    """A Korean school, as far as it releases from basic competency."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    years = {WELL: draw.whole(3, 11), EDGE: 2, MISS: 1.9, FAR: 0.5}[grade]
    found["korean_schooling"] = {
        "graduated": grade == WELL and draw.chance() < 0.3,
        "enrolled": grade != FAR,
        "years_enrolled": years,
    }


def integration(draw: Draw, found: Dossier) -> None:
    """Basic competency: the programme, or one of its tests around 60 points."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    if draw.chance() < 0.6:
        level = 5 if grade in {WELL, EDGE} else 4 if grade == MISS else draw.whole(0, 3)
        found["integration"] = {"kiip_level_completed": level}
        return
    score = {WELL: draw.whole(61, 98), EDGE: 60, MISS: 59, FAR: draw.whole(10, 55)}[grade]
    test = draw.one_of(("permanent_residency_test_score", "naturalization_test_score"))
    found["integration"] = {"kiip_level_completed": 0, test: score, "topik_level": draw.whole(2, 5)}


def born_here(draw: Draw, found: Dossier) -> None:
    """Born in Korea."""
    found["applicant"]["born_in_korea"] = not draw.flawed(0.4)


def former_resident(draw: Draw, found: Dossier, route: str) -> None:
    """An F-2 stay from before 18 April 2002, and how the person has stayed since, by the limb claimed."""
    grade = draw.grade()
    if grade == ABSENT:
        return
    begun = {WELL: 730_000 - draw.whole(0, 5000), EDGE: 730_957, MISS: 730_958, FAR: 731_500}[grade]
    if route == "current_stay":
        kept = {"status": "F-2-99", "from": iso(begun), "to": None}
        found["stays"] = [kept]
        if draw.flawed(0.5):
            kept |= {"to": iso(draw.as_of - 2001), "complete_departure": True}
            found["stays"].append({"status": "F-2-99", "from": iso(draw.as_of - 2000), "to": None})
    else:
        years = 2 if route == "returned_two_years" else 4
        back = draw.before(12 * years, draw.grade() % ABSENT)
        left = {"status": "F-2-99", "from": iso(begun), "to": iso(back - 900), "complete_departure": True}
        status = "F-2-99" if years == 2 else draw.one_of(("F-1", "F-3", "F-2-99"))
        found["stays"] = [left, {"status": status, "from": iso(back), "to": None}]
    found["applicant"]["current_status"] = found["stays"][-1]["status"]
