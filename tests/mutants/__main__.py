"""Mutation test of the rules, of all modules or of those whose path has one of the words given."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from tests.mutants.making import ROOT, difference, mutants
from tests.mutants.report import argued, page
from tests.mutants.trying import Answer, tried, works

RULES = ROOT / "kis" / "rules"
RESULTS = ROOT / "var" / "mutants.json"
PAGE = ROOT / "docs" / "mutants.md"

Results = dict[str, dict[str, Any]]


def main(words: Sequence[str]) -> int:
    """1 when a mutant survives that nobody argued; 2 when the tests fail without any mutant."""
    asked = _parser().parse_args(words)
    if not works():
        print("The tests fail without a mutant.", file=sys.stderr)
        return 2
    results: Results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for path in modules(asked.modules):
        found = _tested(path, asked.processes, asked.every)
        if found["mutants"]:
            results[path] = found
            _keep(results)
            print(f"{path}: {found['tried']} tried, {len(found['survivors'])} survive", flush=True)
    left = [one for path in results for one in results[path]["survivors"] if one not in argued()]
    print(*left, sep="\n")
    return int(bool(left))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", help="words of the paths of modules; all without")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="try only each so-manieth mutant")
    return parser


def _keep(results: Results) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    PAGE.write_text(page(results), encoding="utf-8")


def modules(parts: Sequence[str]) -> Iterator[str]:
    """The paths of the modules whose path has one of these parts, from the root of the repository."""
    for path in sorted(RULES.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not parts or any(part in name for part in parts):
            yield name


def _tested(path: str, processes: int, every: int) -> dict[str, Any]:
    made = sum(1 for _ in mutants([path]))
    answers = list(tried(islice(mutants([path]), 0, None, every), processes))
    survivors = sorted(mutant for mutant, answer in answers if answer is Answer.SURVIVED)
    return {
        "mutants": made,
        "tried": len(answers),
        "out_of_time": sum(answer is Answer.OUT_OF_TIME for _, answer in answers),
        "survivors": [f"{one.name}: {difference(one)}" for one in survivors],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
