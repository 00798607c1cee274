"""Every bench in one run, each in a process of its own: `make bench`."""

import subprocess
import sys

BENCHES = ("tests.bench.bench_precheck", "tests.bench.bench_letter", "tests.bench.bench_recheck")


def main() -> int:
    """1 when any bench broke its bound."""
    codes = []
    for bench in BENCHES:
        print(f"\n== {bench}", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", bench]).returncode)
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
