"""The press is warm once for all tests of letters."""

import io
import subprocess
import tempfile
from collections.abc import Callable

import pypdf
import pytest
from flask import Flask

from kis.cases.models import Case
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.letters.models import Letter
from kis.letters.operations import issue, render_letter
from kis.letters.rendering import Press, press
from kis.letters.values import LetterValues
from tests import factories

ReadBack = Callable[[LetterValues], str]


@pytest.fixture
def case(app: Flask) -> Case:
    return factories.case()


@pytest.fixture
def supervisor(app: Flask) -> Viewer:
    return factories.viewer(Role.SUPERVISOR)


def printed(values: LetterValues, viewer: Viewer, case: Case | None = None) -> Letter:
    """A letter that was issued and made. Committed."""
    made = issue(case or factories.case(), values.numbered(""), viewer)
    db.session.commit()
    render_letter(made.id)
    db.session.commit()
    return made


@pytest.fixture(scope="session")
def the_press() -> Press:
    return press()


@pytest.fixture
def read_back(the_press: Press) -> ReadBack:
    """Text of the letter's PDF, its white space evened out."""

    def read(values: LetterValues) -> str:
        return pdf_text(the_press.pdf(values))

    return read


def pdf_text(pdf: bytes) -> str:
    """What pdftotext reads, in one line."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        found = subprocess.run(["pdftotext", file.name, "-"], capture_output=True, check=True, text=True)
    return " ".join(found.stdout.split())


def page_count(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def qpdf_check(pdf: bytes) -> tuple[int, str]:
    """What `qpdf --check` says of the file: its exit code (0 whole, 2 broken, 3 with warnings) and its words."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        found = subprocess.run(["qpdf", "--check", file.name], capture_output=True, check=False, text=True)
    return found.returncode, found.stdout + found.stderr
