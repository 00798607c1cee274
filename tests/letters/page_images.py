"""Reviewed images of the pages of every kind of letter (`python -m tests.letters.page_images` makes them anew).

Look at each one before it is committed: the test compares with it, and knows no better than whoever looked.
"""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops

from kis.letters.rendering import Press, press
from kis.letters.values import LetterValues
from tests.letters.examples import EXAMPLES

FOLDER = Path(__file__).parent / "pages"
RESOLUTION = 64
COLOURS = 24
# How far a point may be from its colour, and the share of points that may be farther: another version of
# a library moves the edges of letters a little, a line that moved or went missing is more.
TOLERANCE = 80
SHARE = 0.004
CODE = "7K2M9QXR4T"

SHOWN: Mapping[str, LetterValues] = {
    name.replace(", ", "-").replace(" ", "-"): replace(
        values, code=CODE, verify_at=f"https://letters.example.go.kr/v/{CODE}"
    )
    for name, values in EXAMPLES.items()
}


def pages(name: str, the_press: Press) -> Iterator[tuple[Path, Image.Image]]:
    """Every page of an example with the file of its image."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "letter.pdf"
        pdf.write_bytes(the_press.pdf(SHOWN[name]))
        command = ["pdftoppm", "-r", str(RESOLUTION), "-png", str(pdf), str(Path(folder) / "page")]
        subprocess.run(command, check=True)
        for number, path in enumerate(sorted(Path(folder).glob("page-*.png")), start=1):
            with Image.open(path) as image:
                yield FOLDER / f"{name}-{number}.png", image.convert("RGB")


def share_that_differs(image: Image.Image, reviewed: Image.Image) -> float:
    """The share of points that are farther from their reviewed colour than tolerated; 1 for another size."""
    if image.size != reviewed.size:
        return 1.0
    difference = ImageChops.difference(image.convert("L"), reviewed.convert("L"))
    far = sum(difference.histogram()[TOLERANCE:])
    return far / (image.width * image.height)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name in SHOWN:
        for path, image in pages(name, press()):
            few = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            few.save(path, optimize=True)
            print(path.name)  # noqa: T201 - a command speaks


if __name__ == "__main__":
    main()
