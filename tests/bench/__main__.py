"""Every bench in one run, each in a process of its own: `make bench`, or some by name.

`python -m tests.bench million --count 1000000` judges a million synthetic dossiers, `python -m tests.bench recheck
--cases 100000` so many stored cases; without arguments all run at a smaller size and say what the whole would take.
"""

import subprocess
import sys
from pathlib import Path

# openfisca-core lives in an environment of its own, made by `make bench`.
OTHER_PYTHON = Path(__file__).parents[2] / "var/bench/bin/python"
BENCHES = {
    "precheck": sys.executable,
    "openfisca": str(OTHER_PYTHON),
    "million": sys.executable,
    "letter": sys.executable,
    "letters": sys.executable,
    "recheck": sys.executable,
}


def run(name: str, *options: str) -> int:
    """The exit status of one bench."""
    print(f"\n== {name}", flush=True)
    return subprocess.run([BENCHES[name], "-m", f"tests.bench.bench_{name}", *options]).returncode


def main() -> int:
    """1 when any bench broke its bound."""
    if sys.argv[1:]:
        return run(*sys.argv[1:])
    return int(any([run(name) for name in BENCHES]))


if __name__ == "__main__":
    sys.exit(main())
