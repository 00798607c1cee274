"""Build step: the font files of letters, out of the pinned font packages (`python -m kis.letters.fonts`).

Only static TrueType goes in. Measured on one letter: collections cost twice the time and
eight times the size, CFF outlines 1.3 times, variable fonts ten times. The text of nearly
every letter needs only the syllables of KS X 1001, so a small font with those comes first;
the whole fonts stand behind it and are opened only by letters that need them.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools import subset
from fontTools.ttLib import TTFont

from kis.letters.glyphs import CONFIGURATION_FILE, COVERAGE_FILE, PROJECT, font_directory

# Raise when the way the files are made changes, so that the next run makes them again.
RECIPE = 1

# The licence of Pretendard reserves its name: a changed font needs another.
SMALL_FAMILY = "KIS Letter"

PRETENDARD = "pretendard-gov/dist/public/static/alternative"
NOTO = "@expo-google-fonts/noto-sans-sc"


@dataclass(frozen=True)
class Source:
    """One file of a font package; `small` is the name of the KS X 1001 font made from it."""

    path: str
    small: str = ""


# In the order in which a letter falls back on them.
SOURCES = (
    Source(f"{PRETENDARD}/PretendardGOV-Regular.ttf", small="KISLetter-Regular.ttf"),
    Source(f"{PRETENDARD}/PretendardGOV-Bold.ttf", small="KISLetter-Bold.ttf"),
    Source(f"{NOTO}/400Regular/NotoSansSC_400Regular.ttf"),
    Source(f"{NOTO}/700Bold/NotoSansSC_700Bold.ttf"),
)
LICENCES = {
    "OFL-Pretendard.txt": "pretendard-gov/dist/LICENSE.txt",
    "OFL-NotoSansSC.txt": f"{NOTO}/LICENSE_FONT",
}

# Beside KS X 1001: Latin with the Vietnamese letters, Cyrillic, punctuation, arrows, circled numbers.
SMALL_BLOCKS = ((0x20, 0x24F), (0x400, 0x45F), (0x1EA0, 0x1EF9), (0x2010, 0x203B), (0x2190, 0x2193),
                (0x2460, 0x2473), (0x3000, 0x3015), (0xFF01, 0xFF5E))  # fmt: skip


def build(packages: Path, target: Path) -> bool:
    """Make the font files in `target` from the packages; False if they were there already.

    Raises FileNotFoundError when a package is not installed.
    """
    fingerprint = _fingerprint(packages, target)
    if _built(target) == fingerprint:
        return False
    target.mkdir(parents=True, exist_ok=True)
    for source in SOURCES:
        _place(packages / source.path, target, source.small)
    for name, path in LICENCES.items():
        shutil.copyfile(packages / path, target / name)
    (target / CONFIGURATION_FILE).write_text(_configuration(target))
    # Last, so that a build that was cut short is done again.
    ranges = _ranges(_covered(target))
    (target / COVERAGE_FILE).write_text(json.dumps({"fingerprint": fingerprint, "ranges": ranges}))
    return True


def main() -> int:
    """Command: build from node_modules of the project; 0 when the fonts are there."""
    made = build(PROJECT / "node_modules", font_directory())
    print("Letter fonts made." if made else "Letter fonts are up to date.")  # noqa: T201 - a command speaks
    return 0


def _place(source: Path, target: Path, small: str) -> None:
    shutil.copyfile(source, target / source.name)
    if small:
        _make_small(source, target / small)


def _make_small(source: Path, path: Path) -> None:
    options = subset.Options(
        hinting=False, name_IDs=["*"], notdef_outline=True, layout_features=["kern", "tnum"]
    )
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    blocks = {point for first, last in SMALL_BLOCKS for point in range(first, last + 1)}
    subsetter.populate(unicodes=ks_x_1001() | blocks)
    subsetter.subset(font)
    _rename(font)
    subset.save_font(font, path, options)


def ks_x_1001() -> set[int]:
    """Code points of the 2,350 Hangul syllables of KS X 1001 (its rows B0 to C8)."""
    rows = (bytes((lead, trail)) for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF))
    return {ord(pair.decode("euc_kr")) for pair in rows}


def _rename(font: TTFont) -> None:
    for record in list(font["name"].names):
        if "Pretendard" in str(record) and record.nameID in (1, 3, 4, 6, 16):
            name = str(record).replace("PretendardGOV", "KISLetter").replace("Pretendard GOV", SMALL_FAMILY)
            font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)


def _covered(target: Path) -> set[int]:
    points: set[int] = set()
    for source in SOURCES:
        with TTFont(target / Path(source.path).name, lazy=True) as font:
            points |= set(font.getBestCmap())
    return points


def _ranges(points: Iterable[int]) -> list[int]:
    """First and last of each run of consecutive points, one after the other."""
    edges: list[int] = []
    for point in sorted(points):
        if edges and point == edges[-1] + 1:
            edges[-1] = point
        else:
            edges += [point, point]
    return edges


def _configuration(target: Path) -> str:
    """Fontconfig file that knows the letter fonts and no other font of the machine."""
    directory = escape(str(target.resolve()))
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{directory}</dir>\n  <cachedir>{directory}/cache</cachedir>\n</fontconfig>\n"
    )


def _fingerprint(packages: Path, target: Path) -> str:
    digest = hashlib.sha256(f"{RECIPE} {target.resolve()}".encode())
    for source in SOURCES:
        digest.update((packages / source.path).read_bytes())
    return digest.hexdigest()


def _built(target: Path) -> str | None:
    try:
        found: str = json.loads((target / COVERAGE_FILE).read_text())["fingerprint"]
    except FileNotFoundError:
        return None
    return found


if __name__ == "__main__":
    sys.exit(main())
