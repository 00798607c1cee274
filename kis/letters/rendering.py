"""From the text of a letter to a PDF. Worker only: the web process never imports this module.

The settings are those that measured best, letter against letter in one process:
- one FontConfiguration and one parsed style sheet per process: new ones for each letter cost 28 %
  and let memory grow;
- fonts come from a Fontconfig file of our own, which names the letter fonts and nothing else: no
  font of the machine can slip in where a glyph is missing, the page looks the same everywhere, and
  a whole font is opened only by the letter that needs it;
- the garbage collector runs between letters and hardly within one: 3 to 10 %, and a lower 95th
  percentile. Raised thresholds alone would let the pages of past letters pile up, 0.3 MB each;
- PDF/A-3a with tags: 17 % dearer than a plain PDF, and worth it. Letters are produced as PDF/A-3a;
  no validator has confirmed it.
"""

import gc
import os
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kis.letters import qr
from kis.letters.codes import grouped
from kis.letters.composition import compose
from kis.letters.glyphs import CONFIGURATION_FILE, PROJECT, FontsNotBuilt, font_directory
from kis.letters.seal import outline
from kis.letters.values import LetterValues

TEMPLATES = PROJECT / "templates" / "letters" / "print"
VARIANT = "pdf/a-3a"

# Objects made by one letter outnumber the default threshold of 700 many times over.
GC_THRESHOLD = (100_000, 50, 100)
LETTERS_PER_COLLECTION = 20


class RenderingUnavailable(RuntimeError):
    """This machine lacks a library that letters need."""


class Press:
    """What one worker process keeps warm between letters: WeasyPrint, fonts, style sheet, templates."""

    def __init__(self, fonts: Path) -> None:
        """Load everything once; raises RenderingUnavailable or FontsNotBuilt."""
        _use_only(fonts)
        self._weasyprint = _weasyprint()
        gc.set_threshold(*GC_THRESHOLD)
        self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._style, self._sheet_style = self._read_style("letter.css"), self._read_style("sheet.css")
        # Pango's font map is not made for two threads at once.
        self._alone = Lock()
        self._made = 0
        self._environment = _environment()
        self._template = self._environment.get_template("letter.html")

    def _read_style(self, name: str) -> Any:
        return self._weasyprint.CSS(
            string=(TEMPLATES / name).read_text(), font_config=self._fonts, url_fetcher=refuse
        )

    def markup(self, values: LetterValues, draft: bool = False) -> str:
        """The letter as HTML, every value escaped; a draft says on each page that it is none, and has no seal."""
        letter = compose(values)
        return self._template.render(
            letter=letter,
            draft=draft,
            seal=outline(letter.values.sender.head.ko),
            qr=qr.outline(values.verify_at) if values.verify_at else None,
            code=grouped(values.code),
        )

    def pdf(self, values: LetterValues, draft: bool = False) -> bytes:
        """The letter as PDF; the same values give the same bytes."""
        page = self._weasyprint.HTML(string=self.markup(values, draft), url_fetcher=refuse)
        with self._alone:
            document = page.render(font_config=self._fonts, stylesheets=[self._style], pdf_variant=VARIANT)
            pdf: bytes = document.write_pdf(finisher=finish_tags, pdf_variant=VARIANT)
            self._tidy()
        return pdf

    def sheet(self, template: str, given: dict[str, Any]) -> bytes:
        """Another page in the fonts of letters, for the house alone: a register, a sheet between letters."""
        markup = self._environment.get_template(template).render(given)
        page = self._weasyprint.HTML(string=markup, url_fetcher=refuse)
        with self._alone:
            pdf: bytes = page.render(font_config=self._fonts, stylesheets=[self._sheet_style]).write_pdf()
            self._tidy()
        return pdf

    def _tidy(self) -> None:
        """Collect what letters left behind; what stays warm for good is set aside after the first one."""
        if self._made % LETTERS_PER_COLLECTION == 0:
            gc.collect()
        if self._made == 0:
            gc.freeze()
        self._made += 1


def render(values: LetterValues) -> bytes:
    """The PDF of a letter, by the press of this process."""
    return press().pdf(values)


@cache
def press() -> Press:
    """The one press of this process, made at the first call (about a second)."""
    return Press(font_directory())


def finish_tags(_document: Any, pdf: Any) -> None:
    """Complete the tags of a PDF where WeasyPrint 70 stops short."""
    elements = [element for element in pdf.objects if isinstance(element, dict) and "S" in element]
    _name_languages(elements)
    _pair_cells(elements)


def _name_languages(elements: list[Any]) -> None:
    """Passages in English carry no language otherwise.

    Letters have no links: what is tagged as one is English (the macro `english` of the templates).
    """
    for element in elements:
        if element["S"] == "/Link":
            element.update({"S": "/Span", "Lang": "(en)"})


def _pair_cells(elements: list[Any]) -> None:
    """A cell would name every head of its row otherwise; where two facts share a row, each has its own.

    In tables of data, a row has one head or only heads: there the heads of row and column are named already.
    """
    by_reference = {element.reference: element for element in elements}
    for row in (element for element in elements if element["S"] == "/TR"):
        cells = [by_reference[reference] for reference in row["K"]]
        kinds = [cell["S"] for cell in cells]
        if kinds.count("/TH") > 1 and "/TD" in kinds:
            _name_heads(cells)


def _name_heads(cells: list[Any]) -> None:
    head = None
    for cell in cells:
        if cell["S"] == "/TH":
            head = cell["ID"]
        else:
            cell["A"]["Headers"][:] = [head]


def refuse(url: str, *arguments: Any, **options: Any) -> None:
    """Fetcher that fetches nothing: fonts come from Fontconfig, the seal is drawn in the page."""
    raise PermissionError(f"Letters load nothing from elsewhere: {url[:80]}")


def _use_only(fonts: Path) -> None:
    configuration = fonts / CONFIGURATION_FILE
    if not configuration.exists():
        raise FontsNotBuilt(f"No letter fonts in {fonts}: run `make setup`.")
    os.environ["FONTCONFIG_FILE"] = str(configuration)


def _weasyprint() -> Any:
    try:
        import weasyprint
        from weasyprint.text.ffi import harfbuzz_subset
    except OSError as error:
        raise RenderingUnavailable(
            "Letters need Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from error
    if harfbuzz_subset is None:
        # WeasyPrint would go on, fifty times slower, with a mere warning.
        raise RenderingUnavailable("Letters need HarfBuzz's subsetter: apt-get install libharfbuzz-subset0")
    return weasyprint


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
