"""Synthetic dossiers judged without storage, by one process and by two: `python -m tests.bench million --count 1000000`.

Each process draws its part of the numbers and judges it, a block at a time; nothing is kept but how often each
outcome came, which must be the same however many processes share the work.
"""

import argparse
import cProfile
import multiprocessing
import pstats
import resource
import time
from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from kis.rules import ReferenceTables, procedure
from tests.dossiers import synthetic_dossiers

MILLION = 1_000_000
BLOCK = 500
PROFILED = 3_000
SHOWN = 12
PROCEDURE = procedure("permanent-residence")
TABLES = ReferenceTables.shipped()


class Part(NamedTuple):
    """What one process did: processor seconds of drawing and of judging, outcomes, and its memory in MB."""

    drawing: float
    judging: float
    outcomes: Counter[str]
    memory: float


def judge(dossier: dict[str, Any]) -> str:
    """The overall outcome by the book of the day."""
    day = date.fromisoformat(dossier["application"]["received_on"])
    return PROCEDURE.book_on(day).run(dossier, TABLES).overall.value


def part(start: int, count: int) -> Part:
    """Draw and judge so many dossiers from a number on."""
    outcomes: Counter[str] = Counter()
    drawing = judging = 0.0
    for first in range(start, start + count, BLOCK):
        began = time.process_time()
        block = list(synthetic_dossiers(min(BLOCK, start + count - first), start=first, evenly=False))
        drawn = time.process_time()
        outcomes.update(map(judge, block))
        drawing += drawn - began
        judging += time.process_time() - drawn
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Part(drawing, judging, outcomes, memory)


def measure(count: int, processes: int) -> tuple[float, list[Part]]:
    """Wall seconds and what each process did."""
    share = -(-count // processes)
    starts = range(0, count, share)
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.starmap(part, [(0, 50)] * processes, chunksize=1)  # every process is up and warm
        began = time.perf_counter()
        parts = pool.starmap(part, [(one, min(share, count - one)) for one in starts], chunksize=1)
        return time.perf_counter() - began, parts


def report(count: int, processes: int) -> tuple[float, Counter[str]]:
    """Print one line and return the dossiers a second and the outcomes."""
    wall, parts = measure(count, processes)
    judging, drawing = sum(one.judging for one in parts), sum(one.drawing for one in parts)
    print(
        f"{processes} process{'es' if processes > 1 else '  '}: {count:,} in {wall:.1f} s, {count / wall:,.0f} a second"
        f" ({MILLION / count * wall:,.0f} s the million); of the processor {judging / (judging + drawing):.0%} rules"
        f" ({judging / count * 1e6:.0f} us each), the rest drawing ({drawing / count * 1e6:.0f} us);"
        f" cores busy {(judging + drawing) / wall:.2f}; memory {max(one.memory for one in parts):.0f} MB each",
        flush=True,
    )
    return count / wall, sum((one.outcomes for one in parts), Counter())


def profiled() -> None:
    """Where the rules spend their time, by their own functions."""
    dossiers = list(synthetic_dossiers(PROFILED, evenly=False))
    profile = cProfile.Profile()
    profile.runcall(lambda: [judge(one) for one in dossiers])
    found = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    whole = sum(row[2] for row in found.values())
    rows = sorted(found.items(), key=lambda row: -row[1][2])[:SHOWN]
    named = (f"{place[2].strip('<>')} {row[2] / whole:.0%}" for place, row in rows)
    print("own time of the rules' functions, the longest: " + ", ".join(named))


def main() -> int:
    """1 where the processes disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    count = parser.parse_args().count
    one, outcomes = report(count, 1)
    two, shared = report(count, 2)
    print(f"two processes {two / one:.2f} times one; outcomes {dict(outcomes.most_common())}")
    profiled()
    return int(outcomes != shared)


if __name__ == "__main__":
    raise SystemExit(main())
