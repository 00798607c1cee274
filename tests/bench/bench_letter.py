"""One letter by a warm worker, against bare WeasyPrint on the same HTML: `python -m tests.bench.bench_letter`.

The worker's way is: values to text to HTML, pages, PDF, file on disk under its hash. The bare way
has the best settings known (one FontConfiguration and one parsed style sheet for all letters, the
small static fonts, raised thresholds of the garbage collector, PDF/A-3a) and is handed the HTML.
Rounds are paired in one process, because the machine's speed wanders more than the ways differ.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from resource import getpagesize
from statistics import median, quantiles
from time import perf_counter, process_time

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from kis.core.store import DirectoryStore
from kis.letters.codes import new_code
from kis.letters.glyphs import font_directory
from kis.letters.rendering import TEMPLATES, VARIANT, Press, press
from kis.letters.values import LetterValues
from tests.letters.examples import DISAPPROVAL, PERMISSION

BOUND = 1.15
PAGE = "https://desk.example.go.kr"
COLD = """
import json, sys, time
start = time.perf_counter()
from kis.letters.rendering import render
from kis.letters.values import LetterValues
render(LetterValues.from_json(json.load(sys.stdin)))
print(time.perf_counter() - start)
"""
FACE = '@font-face {{ font-family: "KIS Letter"; font-weight: {weight}; src: url({url}) }}\n'
FACES = ((400, "KISLetter-Regular.ttf"), (700, "KISLetter-Bold.ttf"))


def bare_weasyprint() -> Callable[[str], bytes]:
    """Bare WeasyPrint, warm, with the best settings known."""
    directory = font_directory().resolve()
    faces = "".join(FACE.format(weight=weight, url=(directory / name).as_uri()) for weight, name in FACES)
    fonts = FontConfiguration()
    style = CSS(
        string=faces + (TEMPLATES / "letter.css").read_text(), font_config=fonts, url_fetcher=URLFetcher()
    )

    def pdf(markup: str) -> bytes:
        page = HTML(string=markup)
        return page.render(font_config=fonts, stylesheets=[style], pdf_variant=VARIANT).write_pdf(
            pdf_variant=VARIANT
        )

    return pdf


def worker(the_press: Press, folder: Path) -> Callable[[LetterValues], int]:
    """The way of a worker, to the file on disk; answers the size."""
    store = DirectoryStore(folder)

    def letter(values: LetterValues) -> int:
        pdf = the_press.pdf(values)
        store.put(pdf)
        return len(pdf)

    return letter


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall time in milliseconds."""
    cpu, wall = process_time(), perf_counter()
    work()
    return (process_time() - cpu) * 1000, (perf_counter() - wall) * 1000


def rounds(
    values: LetterValues, count: int
) -> tuple[list[tuple[float, float]], list[tuple[float, float]], int]:
    """Times of our way and of the bare way, round by round, in turns of who goes first; and the size."""
    the_press, bare = press(), bare_weasyprint()
    ours, theirs, size = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        letter = worker(the_press, Path(folder))
        for number in range(-2, count):
            code = new_code()
            given = {"number": f"seoul-2026-{number + 10:06d}", "code": code, "verify_at": f"{PAGE}/v/{code}"}
            one = replace(values, **given)
            markup = the_press.markup(one)
            ways = [(ours, lambda one=one: letter(one)), (theirs, lambda markup=markup: bare(markup))]
            for times, work in ways if number % 2 else reversed(ways):
                times.append(timed(work))
        size = letter(values)
    return ours[2:], theirs[2:], size


def cold_start(values: LetterValues) -> float:
    """Seconds from a started interpreter to the first letter."""
    given = json.dumps(values.to_json())
    found = subprocess.run(
        [sys.executable, "-c", COLD], input=given, capture_output=True, check=True, text=True
    )
    return float(found.stdout)


def report(name: str, values: LetterValues, count: int) -> float:
    """Print one kind's figures; returns the median ratio of CPU times."""
    ours, theirs, size = rounds(values, count)
    cpu, wall = [list(column) for column in zip(*ours, strict=True)]
    ratio = median(mine[0] / bare[0] for mine, bare in zip(ours, theirs, strict=True))
    print(f"{name}, {size / 1024:.0f} kB, {count} paired rounds")
    print(f"  warm worker    median {median(cpu):6.1f} ms   p95 {quantiles(cpu, n=20)[18]:6.1f} ms   (CPU)")
    print(
        f"                 median {median(wall):6.1f} ms   p95 {quantiles(wall, n=20)[18]:6.1f} ms   (wall, with fsync)"
    )
    print(f"  bare WeasyPrint median {median(time for time, _ in theirs):5.1f} ms   (CPU)")
    print(f"  ratio          {ratio:.3f}   (bound {BOUND})")
    return ratio


def resident() -> float:
    """Resident memory of this process, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize() / 1e6


def report_memory(values: LetterValues, letters: int) -> None:
    """Print the memory of a process before and after many letters."""
    before = resident()
    for number in range(letters):
        press().pdf(replace(values, number=f"seoul-2026-{number:06d}"))
    print(f"memory {before:.0f} MB, after {letters} more letters {resident():.0f} MB")


def main() -> int:
    """Exit code 1 when the bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--letters", type=int, default=100, help="letters between two looks at the memory")
    given = parser.parse_args()
    print(f"cold start: {cold_start(DISAPPROVAL):.2f} s to the first letter of a new process")
    ratios = [report(values.kind, values, given.rounds) for values in (DISAPPROVAL, PERMISSION)]
    report_memory(DISAPPROVAL, given.letters)
    return int(max(ratios) > BOUND)


if __name__ == "__main__":
    sys.exit(main())
