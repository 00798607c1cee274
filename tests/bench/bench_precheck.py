"""One pre-check with all its findings, against the plain function: `python -m tests.bench.bench_precheck`.

Both judge the same worked dossiers and make the same findings (a test holds that). Rounds are
interleaved in one process and each ratio is taken within its round, because the machine's speed
wanders more than the two differ.
"""

import argparse
import gc
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import Any

from kis.rules import ReferenceTables, procedure
from tests.bench.plain_precheck import CATEGORIES, precheck
from tests.bench.plain_tables import plain_tables

VECTORS = Path(__file__).parents[1] / "vectors"
BOUND = 3.0


def worked_dossiers() -> list[dict[str, Any]]:
    """The worked dossiers of the categories that the plain function judges."""
    read = (
        json.loads(path.read_text(encoding="utf-8"))["dossier"] for path in sorted(VECTORS.glob("*.json"))
    )
    return [dossier for dossier in read if dossier["application"]["category"] in CATEGORIES]


def by_rules(dossiers: Sequence[dict[str, Any]]) -> Callable[[], None]:
    """Judge all by the rule book of their day."""
    found, tables = procedure("permanent-residence"), ReferenceTables.shipped()

    def judge() -> None:
        for dossier in dossiers:
            found.book_on(date.fromisoformat(dossier["application"]["received_on"])).run(dossier, tables)

    return judge


def by_hand(dossiers: Sequence[dict[str, Any]]) -> Callable[[], None]:
    """Judge all by the plain function."""
    tables = plain_tables(ReferenceTables.shipped())

    def judge() -> None:
        for dossier in dossiers:
            precheck(dossier, tables)

    return judge


def seconds(judge: Callable[[], None], repeats: int) -> float:
    """Processor seconds of so many repeats."""
    start = process_time()
    for _ in range(repeats):
        judge()
    return process_time() - start


def measure(rounds: int, repeats: int) -> dict[str, float]:
    """Microseconds per dossier of both ways and the paired ratio (median, and its quartiles)."""
    dossiers = worked_dossiers()
    rules, plain = by_rules(dossiers), by_hand(dossiers)
    seconds(rules, 2)
    seconds(plain, 2)
    gc.collect()
    times = [(seconds(rules, repeats), seconds(plain, repeats)) for _ in range(rounds)]
    ratios = [ours / theirs for ours, theirs in times]
    low, _, high = quantiles(ratios, n=4)
    unit = 1e6 / (repeats * len(dossiers))
    return {
        "dossiers": len(dossiers),
        "rules_us": median(ours for ours, _ in times) * unit,
        "plain_us": median(theirs for _, theirs in times) * unit,
        "ratio": median(ratios),
        "ratio_low": low,
        "ratio_high": high,
    }


def main() -> None:
    """Print the measure; exit status 1 where the bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    found = measure(options.rounds, options.repeats)
    print(
        f"pre-check, {found['dossiers']:.0f} worked dossiers: rules {found['rules_us']:.0f} us,"
        f" plain function {found['plain_us']:.0f} us,"
        f" ratio {found['ratio']:.2f} ({found['ratio_low']:.2f} to {found['ratio_high']:.2f}), bound {BOUND:g}"
    )
    if found["ratio"] > BOUND:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
