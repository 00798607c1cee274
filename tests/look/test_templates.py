"""Templates carry no script, style or handler of their own: the security policy would refuse them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Letters are typeset by the worker and never reach a browser.
PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "print" not in path.parts)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("pattern", [INLINE_SCRIPT, INLINE_STYLE, HANDLER, SCRIPT_ADDRESS])
def test_no_page_carries_inline_code(pattern: re.Pattern[str]) -> None:
    found = [named(path) for path in PAGES if pattern.search(COMMENT.sub("", path.read_text()))]
    assert found == []


def test_styles_use_the_tokens_and_no_colour_of_their_own() -> None:
    sheets = [path for path in (ROOT / "kis/static/css").glob("*.css") if path.name not in ("print.css",)]
    colour = re.compile(r"#[0-9a-f]{3,8}\b(?![^{}]*\{)", re.IGNORECASE)
    assert [named(path) for path in sheets if colour.search(path.read_text())] == []


def test_templates_are_well_formed() -> None:
    # H015 is about line breaks alone. H043 asks for a type on every button; in a form a button without one
    # submits, which is what is meant.
    command = [sys.executable, "-m", "djlint", "--lint", "--quiet", "--ignore=H015,H043", *map(str, PAGES)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout
