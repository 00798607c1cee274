"""Dossiers put together from recipes: the data of a category say what its applicants are drawn from."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from kis.desk.synthetic import kin, papers, people, record, wealth, work
from kis.desk.synthetic.draws import Dossier, Draw, iso

RECIPES: Final = Path(__file__).parents[1] / "data" / "synthetic.json"
FIRST_DAY: Final = date(2019, 1, 2)
LAST_DAY: Final = date(2026, 9, 17)
# A seed's dossiers stay apart from those of another seed up to this many.
APART: Final = 100_000_000

Part = Callable[..., None]
PARTS: Final[Mapping[str, Part]] = {
    part.__name__: part
    for part in (
        people.stay,
        people.abroad,
        people.schooling,
        work.without_work,
        people.integration,
        people.born_here,
        people.former_resident,
        work.degree,
        work.job,
        work.activity,
        work.turnover,
        work.job_offer,
        work.certificate,
        work.investments,
        work.foreign_investment,
        work.pledged_investment,
        work.employees,
        work.funding,
        work.ability,
        work.merit,
        work.pension,
        kin.household,
        kin.korean_spouse,
        kin.ended_marriage,
        kin.raising_child,
        kin.korean_parent,
        kin.sponsor,
        kin.investor,
        kin.birth,
        wealth.livelihood,
        wealth.real_assets,
        wealth.domestic_assets,
        wealth.some_income,
    )
}
# What is drawn for everybody, after the parts of the category.
ALWAYS: Final[tuple[Part, ...]] = (
    wealth.dues,
    people.abroad,
    record.conduct,
    record.certificates,
    papers.documents,
)


@cache
def recipes() -> tuple[Mapping[str, Any], ...]:
    """One recipe for each limb of each category: how often it comes, the ages, and its parts with their terms."""
    found: list[dict[str, Any]] = json.loads(RECIPES.read_text(encoding="utf-8"))
    for recipe in found:
        recipe["parts"] = [(PARTS[name], _fixed(terms)) for name, terms in recipe["parts"].items()]
    return tuple(found)


def _fixed(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in terms.items()}


@cache
def _by_lot(evenly: bool) -> Sequence[Mapping[str, Any]]:
    return [recipe for recipe in recipes() for _ in range(1 if evenly else recipe["weight"])]


def dossier(
    number: int,
    *,
    seed: int = 0,
    first: date = FIRST_DAY,
    last: date = LAST_DAY,
    evenly: bool = False,
    chance: Random | None = None,
) -> Dossier:
    """The dossier of that number: the same for the same arguments, whatever was drawn before.

    It was received between the two days. Categories come as often as they do in an office, or `evenly`.
    """
    chance = chance or Random()  # noqa: S311 - invented people need no secret
    chance.seed(seed * APART + number)
    lots = _by_lot(evenly)
    recipe = lots[int(chance.random() * len(lots))]
    as_of = first.toordinal() + int(chance.random() * (last.toordinal() - first.toordinal() + 1))
    draw = Draw(chance, as_of)
    return _composed(draw, recipe, f"synthetic-{seed}-{number}")


def _composed(draw: Draw, recipe: Mapping[str, Any], reference: str) -> Dossier:
    application = {"category": recipe["category"], "received_on": iso(draw.as_of)}
    route = recipe.get("route")
    if route and not draw.flawed(0.15):
        application["route"] = route
    if not draw.flawed(0.2):
        application["income_certificate_issued"] = draw.chance() < 0.9
    found: Dossier = {"schema": "kis.dossier/1", "reference": reference, "application": application}
    found["applicant"] = people.applicant(draw, recipe["age"], recipe.get("least", 0), recipe.get("under", 0))
    for part, terms in recipe["parts"]:
        part(draw, found, **terms)
    for part in ALWAYS:
        part(draw, found)
    return found


def dossiers(count: int, **options: Any) -> Iterator[Dossier]:
    """So many dossiers, numbered from `start` (0); the other options are those of `dossier`."""
    start = options.pop("start", 0)
    chance = Random()  # noqa: S311
    for number in range(start, start + count):
        yield dossier(number, chance=chance, **options)
