"""The order of the house: each package imports only from those before it."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ORDER = (
    "core", "rules", "audit", "offices", "accounts", "figures", "cases", "letters", "documents", "precheck",
    "casework", "decisions", "quality", "intake", "desk", "statistics", "oversight", "cli", "factory",
)  # fmt: skip
MODULES = sorted((ROOT / "kis").rglob("*.py"))


def package_of(path: Path) -> str:
    return path.relative_to(ROOT / "kis").parts[0].removesuffix(".py")


def imported_packages(path: Path) -> Iterator[str]:
    """The packages of kis that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
            if node.module == "kis":
                names = [f"kis.{alias.name}" for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("kis."))


def test_every_package_has_its_place_in_the_order() -> None:
    assert {package_of(path) for path in MODULES} - {"__init__"} <= set(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_packages_before_its_own(path: Path) -> None:
    own = package_of(path)
    if own == "__init__":
        return
    allowed = set(ORDER[: ORDER.index(own) + 1])
    if own == "core":
        allowed = {"core"}
    elif own == "rules":
        allowed = {"rules"}
    assert set(imported_packages(path)) <= allowed


def test_the_rules_load_without_the_web_or_the_database() -> None:
    code = (
        "import sys, kis.rules; print([m for m in sys.modules if m.split('.')[0] in"
        " {'flask', 'sqlalchemy', 'werkzeug', 'wtforms', 'weasyprint'}])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


def test_the_web_process_does_not_load_what_only_workers_need() -> None:
    code = (
        "import sys; from kis.factory import create_app; create_app();"
        " print([m for m in ('weasyprint', 'pydyf', 'fontTools', 'pyhanko') if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip().splitlines()[-1] == "[]"


CATEGORY = re.compile(r"\bF-5-\d")
PAGES = sorted((ROOT / "templates").rglob("*.html"))
OUTSIDE = [path for path in MODULES if "rules/f5" not in path.as_posix()] + PAGES


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_outside_the_f5_rules_names_an_f5_category(path: Path) -> None:
    assert not CATEGORY.search(path.read_text())
