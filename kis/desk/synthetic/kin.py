"""The families: spouses, children, parents and sponsors, and how long they have lived together."""

from typing import Any, Final

from kis.desk.synthetic.draws import ABSENT, EDGE, FAR, MISS, WELL, Dossier, Draw, iso, months_before

NAMES: Final = (
    "KIM MINSU",
    "LEE JIEUN",
    "NGUYEN VAN AN",
    "WANG LEI",
    "PARK SEOJUN",
    "CHOI YUNA",
    "KARIM AZIZ",
)


def member(draw: Draw, relation: str, ages: tuple[int, int], **facts: Any) -> dict[str, Any]:
    """A family member who shares the livelihood, and since when they live with the applicant."""
    row = {
        "ref": relation,
        "relation": relation,
        "name": draw.one_of(NAMES),
        "birth_date": iso(months_before(draw.as_of, draw.whole(ages[0] * 12, ages[1] * 12))),
        "shares_livelihood": True,
        "residing_in_korea": True,
        "deceased": False,
        **facts,
    }
    grade = draw.grade()
    if grade != ABSENT:
        row["co_resident_from"] = iso(_together_since(draw, grade))
    if draw.flawed(0.15):
        row["shares_livelihood"] = False
    return row


def _together_since(draw: Draw, grade: int) -> int:
    if grade in {EDGE, MISS} and draw.chance() < 0.5:
        # The first day of the year before, from which the year's income counts, or the day after.
        return months_before(draw.as_of, 12) - _day_of_year(draw) + (grade == MISS)
    return draw.before(12, grade, 40) - (366 if grade == WELL else 0)


def _day_of_year(draw: Draw) -> int:
    year_before = months_before(draw.as_of, 12)
    day = iso(year_before)
    return sum(_MONTHS[: int(day[5:7]) - 1]) + int(day[8:]) - 1


_MONTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def household(draw: Draw, found: Dossier) -> None:
    """The family of someone who applies for themselves: none, a spouse, children, a parent."""
    found["family"] = []
    if draw.chance() < 0.45:
        return
    person = found["applicant"]
    person["marital_status"] = "married"
    wed = iso(draw.before(24, WELL, 120))
    found["marriage"] = {"spouse": "spouse", "registered_on": wed, "maintained": True}
    found["family"].append(
        member(draw, "spouse", (24, 55), nationality=person["nationality"], status="F-3-1")
    )
    for place in range(draw.whole(0, 2)):
        child = member(draw, "child", (0, 21), nationality=person["nationality"], status="F-3-1")
        child["ref"] = f"child-{place + 1}"
        found["family"].append(child)
    if draw.chance() < 0.15:
        found["family"].append(member(draw, "mother", (50, 80), nationality=person["nationality"]))
    if len(found["family"]) > 1 and draw.chance() < 0.5:
        person["raises_minor_children"] = True


def korean_spouse(draw: Draw, found: Dossier) -> None:
    """Married to a Korean national."""
    found["applicant"]["marital_status"] = "common_law" if draw.flawed(0.1) else "married"
    nationality = found["applicant"]["nationality"] if draw.flawed(0.2) else "KOR"
    found["family"] = [member(draw, "spouse", (25, 60), nationality=nationality)]
    wed = iso(draw.before(24, WELL, 120))
    found["marriage"] = {"spouse": "spouse", "registered_on": wed, "maintained": not draw.flawed(0.3)}
    if draw.flawed(0.2):
        del found["marriage"]["maintained"]
    if draw.chance() < 0.3:
        found["applicant"]["raises_minor_children"] = True
        found["family"].append(member(draw, "child", (0, 17), nationality="KOR"))


def ended_marriage(draw: Draw, found: Dossier) -> None:
    """A marriage to a Korean national that has ended, with or without somebody's fault."""
    how = draw.one_of(("death", "divorce", "divorce", "disappearance"))
    found["family"] = [member(draw, "child", (1, 17), nationality="KOR")] if draw.chance() < 0.5 else []
    found["applicant"]["marital_status"] = "widowed" if how == "death" else "divorced"
    found["marriage"] = {"registered_on": iso(draw.before(60, WELL)), "ended_by": how}
    found["marriage"]["ended_on"] = iso(draw.as_of - draw.whole(60, 900))
    if not draw.flawed(0.2):
        found["marriage"]["fault"] = (
            draw.one_of(("applicant", "neither")) if draw.flawed(0.7) else "korean_spouse"
        )


def raising_child(draw: Draw, found: Dossier) -> None:
    """A child of the relationship with the Korean (former) spouse is raised in Korea."""
    found["family"] = [member(draw, "child", (1, 17), nationality="KOR")]
    found["applicant"]["raises_minor_children"] = True
    if not draw.flawed(0.3):
        found["child_raising"] = not draw.flawed(0.4)


def korean_parent(draw: Draw, found: Dossier) -> None:
    """Father or mother is a Korean national."""
    nation = found["applicant"]["nationality"]
    korean = nation if draw.flawed(0.4) else "KOR"
    found["family"] = [
        member(draw, "father", (30, 55), nationality=korean),
        member(draw, "mother", (28, 50), nationality=nation),
    ]
    if draw.flawed(0.2):
        del found["family"][0]["nationality"]


def sponsor(draw: Draw, found: Dossier, relation: str, statuses: tuple[str, ...]) -> None:
    """A spouse or parent who holds a permanent residence, granted around two years before."""
    nation = found["applicant"]["nationality"]
    status = "F-2-7" if draw.flawed(0.2) else draw.one_of(statuses)
    row = member(draw, relation, (28, 58), nationality=nation, status=status)
    grade = draw.grade()
    if grade != ABSENT:
        row["status_granted_on"] = iso(draw.before(24, grade))
    if relation != "spouse" and not draw.flawed(0.2):
        row["has_custody"] = not draw.flawed(0.3)
    found["family"] = [row]
    _married(draw, found, relation)


def investor(draw: Draw, found: Dossier, relation: str, statuses: tuple[str, ...]) -> None:
    """An investor who keeps the investment, or whose application was filed together."""
    nation = found["applicant"]["nationality"]
    row = member(draw, relation, (35, 65), nationality=nation, status=draw.one_of(statuses))
    if draw.chance() < 0.15:
        row |= {"status": "F-2-8", "f5_application": "refused" if draw.flawed(0.5) else "pending"}
    if not draw.flawed(0.2):
        row["investment_maintained"] = not draw.flawed(0.3)
    found["family"] = [row]
    _married(draw, found, relation)


def _married(draw: Draw, found: Dossier, relation: str) -> None:
    single = relation != "spouse" and not draw.flawed(0.3)
    found["applicant"]["marital_status"] = "single" if single else "married"
    if relation != "spouse":
        return
    grade = draw.grade()
    found["marriage"] = {"spouse": "spouse", "maintained": not draw.flawed(0.2)}
    if grade != ABSENT:
        found["marriage"]["registered_on"] = iso(draw.before(24, grade))


def birth(draw: Draw, found: Dossier, statuses: tuple[str, ...]) -> None:
    """A child born in Korea of a permanent resident: when, how registered, and the parents' marriage."""
    days = {WELL: draw.whole(5, 85), EDGE: 90, MISS: draw.whole(91, 300), FAR: draw.whole(366, 700)}
    born = draw.as_of - days.get(draw.grade(), 40)
    person = found["applicant"]
    person |= {"birth_date": iso(born), "born_in_korea": not draw.flawed(0.2), "marital_status": "single"}
    person["birth_registered"] = not draw.flawed(0.2)
    del person["alien_registration_number"]
    nation = person["nationality"]
    status = draw.one_of(("F-2-7", "E-7-1")) if draw.flawed(0.3) else draw.one_of(statuses)
    found["family"] = [
        member(draw, "father", (25, 50), nationality=nation, status=status),
        member(
            draw, "mother", (22, 45), nationality=nation, status="F-6-1" if draw.chance() < 0.3 else "F-3-1"
        ),
    ]
    months = {WELL: draw.whole(14, 120), EDGE: 12, MISS: 11, FAR: -1}.get(draw.grade())
    if months is not None:
        found["parents_marriage_registered_on"] = iso(months_before(born, months))
