"""The same criteria by the rules and by openfisca-core with its trace: `make bench`.

Twenty criteria of F-5-1 over synthetic dossiers of that category. Both must answer alike for every dossier and
criterion before anything is timed. The rules are timed whole, from the dossier to the findings, contradictions
included; so OpenFisca is held to the whole as well, from its situation to the trace read out, and the calculation
alone is printed beside it. Reading the dossier into the situation is not timed. Runs in an environment of its own.
"""

import argparse
import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median, quantiles
from time import process_time
from typing import Any

from openfisca_core import __name__ as _installed  # noqa: F401 - says early that the bench's own packages lack
from openfisca_core.simulations import Simulation, SimulationBuilder

from kis.rules import ReferenceTables, RuleBook, procedure
from tests.bench.openfisca_model import CRITERIA, OUTCOMES, system
from tests.bench.openfisca_situations import situation
from tests.dossiers import synthetic_dossiers

BOUND = 50.0
# The rules take so little that several runs make one round.
REPEATS = 10
CATEGORY = "F-5-1"
TABLES = ReferenceTables.shipped()
SYSTEM = system(TABLES)
LISTED = tuple(name.replace("_", ".", 1) for name in CRITERIA)

Dossier = dict[str, Any]


def applicants(count: int) -> list[Dossier]:
    """Synthetic dossiers of the category; doctors in training have standards of their own, so they are left out."""
    found = (one for one in synthetic_dossiers(60 * count) if one["application"]["category"] == CATEGORY)
    chosen = [one for one in found if one["applicant"].get("current_status") != "E-5"]
    return chosen[:count]


def same_criteria() -> RuleBook:
    """The rule book with the category cut to the criteria that the model has."""
    book = procedure("permanent-residence").book_on(date(2025, 5, 12))
    category = book.categories[CATEGORY]
    kept = tuple(one for one in category.criteria if one.id in LISTED)
    return replace(book, categories={CATEGORY: replace(category, criteria=kept)})


def simulated(given: dict[str, Any]) -> Simulation:
    """A simulation of one application, its trace on."""
    made = SimulationBuilder().build_from_entities(SYSTEM, given)
    made.trace = True
    return made


def calculated(simulation: Simulation, day: str) -> tuple[list[int], dict[str, Any]]:
    """The outcome of each criterion, and the trace read out."""
    outcomes = [int(simulation.calculate(name, day)[0]) for name in CRITERIA]
    return outcomes, simulation.tracer.get_serialized_flat_trace()


def differences(dossiers: Sequence[Dossier], book: RuleBook) -> list[str]:
    """Where the two answer otherwise."""
    found = []
    for dossier in dossiers:
        theirs, _ = calculated(simulated(situation(dossier)), dossier["application"]["received_on"])
        ours = {one.id: one.outcome.value for one in book.run(dossier, TABLES).criteria}
        for name, outcome in zip(LISTED, theirs, strict=True):
            if ours.get(name) != OUTCOMES[outcome]:
                found.append(
                    f"{dossier['reference']} {name}: {ours.get(name)}, OpenFisca {OUTCOMES[outcome]}"
                )
    return found


def measure(dossiers: Sequence[Dossier], book: RuleBook, rounds: int) -> list[tuple[float, float, float]]:
    """Processor seconds of each round: the rules, OpenFisca making its simulations, and calculating them."""
    given = [(situation(one), one["application"]["received_on"]) for one in dossiers]
    return [_round(dossiers, book, given) for _ in range(rounds)]


def _round(
    dossiers: Sequence[Dossier], book: RuleBook, given: Sequence[tuple[dict[str, Any], str]]
) -> tuple[float, float, float]:
    gc.collect()
    start = process_time()
    for _ in range(REPEATS):
        for dossier in dossiers:
            book.run(dossier, TABLES)
    judged = process_time()
    made = [(simulated(one), day) for one, day in given]
    ready = process_time()
    for simulation, day in made:
        calculated(simulation, day)
    return (judged - start) / REPEATS, ready - judged, process_time() - ready


def main() -> int:
    """1 where the two disagree or the bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    dossiers, book = applicants(asked.dossiers), same_criteria()
    wrong = differences(dossiers, book)
    print(
        "\n".join(wrong[:20])
        or f"{len(dossiers)} dossiers, {len(CRITERIA)} criteria each: all outcomes the same"
    )
    measure(dossiers[:5], book, 1)
    times = measure(dossiers, book, asked.rounds)
    return int(report(times, len(dossiers)) or bool(wrong))


def report(times: Sequence[tuple[float, float, float]], count: int) -> bool:
    """Print both side by side, whole and by criterion; whether the bound is broken."""
    per_dossier = [median(one[part] for one in times) / count for part in range(3)]
    ours, theirs = per_dossier[0], per_dossier[2]
    low, ratio, high = quantiles([calculating / rules for rules, _, calculating in times], n=4)
    whole = median((making + calculating) / rules for rules, making, calculating in times)
    for name, value in (
        ("rules", ours),
        ("openfisca-core with trace", theirs),
        ("  its simulation, before", per_dossier[1]),
    ):
        print(
            f"{name:28} {value * 1e6:9,.0f} us a dossier {value / len(CRITERIA) * 1e6:8,.1f} us a criterion"
        )
    print(
        f"ratio {whole:.0f}, bound {BOUND:.0f}; of its calculation alone {ratio:.0f} ({low:.0f} to {high:.0f})"
    )
    return whole < BOUND


if __name__ == "__main__":
    raise SystemExit(main())
