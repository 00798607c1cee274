"""The page of the mutants: how they were made and tried, a row for each module, and each survivor's argument."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def arguments() -> tuple[Mapping[str, Any], ...]:
    """The arguments, each with the survivors it holds for."""
    return tuple(tomllib.loads((HERE / "argued.toml").read_text(encoding="utf-8"))["argument"])


@cache
def argued() -> frozenset[str]:
    """All survivors that an argument names."""
    return frozenset(survivor for one in arguments() for survivor in one["survivors"])


def page(results: Mapping[str, Mapping[str, Any]]) -> str:
    """docs/mutants.md of these results."""
    found = {survivor for result in results.values() for survivor in result["survivors"]}
    introduction = (HERE / "introduction.md").read_text(encoding="utf-8")
    parts = [introduction, *_table(results), "", *_reach(results), "## Survivors", "", *_argued(found)]
    if found - argued():
        parts += ["### Neither noticed nor argued yet", "", *_listed(found - argued())]
    return "\n".join(parts).rstrip() + "\n"


def _table(results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "| module | mutants | tried | killed | of these out of time | survived | score |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for path in sorted(results):
        yield _line(path.removeprefix("kis/rules/"), [results[path]])
    yield _line("all", list(results.values()))


def _reach(results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    if any(one["tried"] < one["mutants"] for one in results.values()):
        yield "This run did not reach every mutant: where fewer were tried than made, the score is that of a sample."
        yield ""


def _line(name: str, results: list[Mapping[str, Any]]) -> str:
    made, tried, late = (sum(one[field] for one in results) for field in ("mutants", "tried", "out_of_time"))
    survived = sum(len(one["survivors"]) for one in results)
    score = f"{100 * (tried - survived) / tried:.1f} %" if tried else "–"
    return f"| {name} | {made} | {tried} | {tried - survived} | {late} | {survived} | {score} |"


def _argued(found: set[str]) -> Iterator[str]:
    for one in arguments():
        listed = [survivor for survivor in one["survivors"] if survivor in found]
        if listed:
            yield from (f"### {one['title']}", "", one["why"].strip(), "", *_listed(listed))


def _listed(survivors: Iterable[str]) -> list[str]:
    return [*(f"- `{survivor}`" for survivor in sorted(survivors)), ""]
