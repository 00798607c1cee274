"""A mutant is tried in a process of its own: the readings first, then the other tests of the rules."""

import gc
import importlib.util
import os
import resource
import sys
from collections.abc import Iterable, Iterator
from enum import IntEnum
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType
from typing import Any

import pytest

from tests.mutants.making import ROOT, Mutant, changed, tree

SECONDS = 60
TESTS = ROOT / "tests" / "rules"
# Left out: examples drawn by chance and the readings, tried already. Untouched by mutants: a subprocess, and wording.
NEAR = {"test_boundaries", "test_household", "test_plain_precheck", "test_stays_and_work"}
# Last, because they judge all dossiers again or take the sentences one by one.
LONG = {"test_books", "test_explanations", "test_settling", "test_wording"}
LEFT_OUT = {"test_properties", "test_second_reading", "test_synthetic"}
UNTOUCHED = (
    "test_books.py::test_the_rules_know_nothing_of_web_and_database",
    "test_wording.py::test_every_criterion_is_cited_and_worded_in_both_languages",
)
QUICK = ("-x", "--noconftest", *(f"-pno:{plugin}" for plugin in ("cacheprovider", "xdist", "terminal")))


class Answer(IntEnum):
    """What became of a mutant, as the exit status of its process; killed by a signal: out of time."""

    SURVIVED = 0
    KILLED_BY_READINGS = 3
    KILLED_BY_TESTS = 4
    OUT_OF_TIME = 5


Reading = tuple[dict[str, Any], dict[str, str | None]]


class Loader(SourceFileLoader):
    """Loads the changed text in place of the file."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec")


class Finder(MetaPathFinder):
    """Finds the mutant where its module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.name, self.path, self.text = mutant.module, ROOT / mutant.path, changed(mutant)

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        folder = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        loader = Loader(fullname, str(self.path), self.text)
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=loader, submodule_search_locations=folder
        )


def readings() -> list[Reading]:
    """The dossiers of the second reading and the outcomes they must get; the rules are forgotten again."""
    from tests.rules.test_second_reading import CHAPTERS

    known = [(one.dossier(), one.expected) for chapter in CHAPTERS.values() for one in chapter]
    for name in [name for name in sys.modules if name.startswith(("kis.rules", "tests.rules"))]:
        del sys.modules[name]
    return known


def works() -> bool:
    """Whether all tests pass without a mutant: else each would count as killed."""
    child = os.fork()
    if not child:
        _try(None, readings())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == Answer.SURVIVED


def tried(mutants: Iterable[Mutant], processes: int) -> Iterator[tuple[Mutant, Answer]]:
    """The answer for each mutant, in the order in which they end."""
    known = readings()
    running: dict[int, Mutant] = {}
    for mutant in mutants:
        if len(running) == processes:
            yield _ended(running)
        tree(mutant.path)
        gc.freeze()
        child = os.fork()
        if not child:
            _try(mutant, known)
        running[child] = mutant
    while running:
        yield _ended(running)


def _ended(running: dict[int, Mutant]) -> tuple[Mutant, Answer]:
    child, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    return running.pop(child), Answer(code) if code >= 0 else Answer.OUT_OF_TIME


def _try(mutant: Mutant | None, known: Iterable[Reading]) -> None:
    """Ends the process with the answer."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    gc.disable()
    answer = Answer.KILLED_BY_READINGS
    try:
        if mutant:
            sys.meta_path.insert(0, Finder(mutant))
        if _reads_the_same(known):
            passed = all(map(_pass, _tests(mutant.path if mutant else "")))
            answer = Answer.SURVIVED if passed else Answer.KILLED_BY_TESTS
    finally:
        os._exit(answer)


def _pass(paths: list[str]) -> bool:
    left_out = [f"--deselect=tests/rules/{test}" for test in UNTOUCHED]
    return not paths or pytest.main([*QUICK, *left_out, *paths]) == pytest.ExitCode.OK


def _tests(changed_path: str) -> tuple[list[str], ...]:
    """The files most likely to notice, the others, and the long ones; collecting takes longer than most tests."""
    name = changed_path.rpartition("/")[2][:5]
    parts: tuple[list[str], ...] = ([], [], [])
    for path in sorted(path for path in TESTS.glob("test_*.py") if path.stem not in LEFT_OUT):
        near = name in path.stem or path.stem in NEAR
        parts[0 if near else 2 if path.stem in LONG else 1].append(str(path))
    return parts


def _reads_the_same(known: Iterable[Reading]) -> bool:
    from tests.rules.cases import run

    for dossier, expected in known:
        found = run(dossier)
        outcomes = {one.id: one.outcome.value for one in found.criteria} | found.areas
        outcomes["overall"] = found.overall
        if any(outcomes.get(name) != outcome for name, outcome in expected.items()):
            return False
        if any(one.key == "fault" for one in found.criteria):
            return False
    return True
