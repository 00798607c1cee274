"""The placeholder for an office's seal, as outlines: text inside a drawing would be read back as text.

Worker only: opens a font with fontTools.
"""

from functools import cache
from math import ceil, sqrt

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from kis.letters.glyphs import font_directory

# Inner square of the 100 x 100 drawing, and the share of a cell that its letter fills.
EDGE, SIDE, FILL = 8.0, 84.0, 0.86


@cache
def outline(title: str) -> str:
    """SVG path of the title's Hangul in columns from right to left, closed by 의인 ("seal of").

    An office without a Korean name gets 직인 ("official seal") alone.
    """
    hangul = [character for character in title if "가" <= character <= "힣"]
    letters = [*hangul, *"의인"] if hangul else [*"직인"]
    with TTFont(font_directory() / "PretendardGOV-Bold.ttf", lazy=True) as font:
        return " ".join(_glyph(font, *place) for place in _places(letters))


def _places(letters: list[str]) -> list[tuple[str, float, float, float, float]]:
    """Each letter with x, y, width and height of its cell."""
    count = ceil(sqrt(len(letters)))
    shorter, longer_columns = divmod(len(letters), count)
    cells, start, width = [], 0, SIDE / count
    for number in range(count):
        column = letters[start : start + shorter + (number < longer_columns)]
        x, height = EDGE + SIDE - (number + 1) * width, SIDE / len(column)
        cells += [(letter, x, EDGE + row * height, width, height) for row, letter in enumerate(column)]
        start += len(column)
    return cells


def _glyph(font: TTFont, letter: str, x: float, y: float, width: float, height: float) -> str:
    """Outline of one letter, stretched to its cell."""
    name = font.getBestCmap()[ord(letter)]
    shape = font["glyf"][name]
    across = FILL * width / (shape.xMax - shape.xMin)
    down = FILL * height / (shape.yMax - shape.yMin)
    left = x + (1 - FILL) / 2 * width - across * shape.xMin
    top = y + (1 - FILL) / 2 * height + down * shape.yMax
    pen = SVGPathPen(font.getGlyphSet(), ntos=lambda number: f"{number:.1f}".removesuffix(".0"))
    font.getGlyphSet()[name].draw(TransformPen(pen, (across, 0, 0, -down, left, top)))
    return pen.getCommands()
