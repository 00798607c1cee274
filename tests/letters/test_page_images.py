"""The pages look as they did when somebody looked at them."""

import os
from pathlib import Path

import pytest
from PIL import Image

from kis.letters.rendering import Press
from tests.letters.page_images import FOLDER, SHARE, SHOWN, pages, share_that_differs


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_looks_as_it_was_reviewed(name: str, the_press: Press, tmp_path: Path) -> None:
    made = list(pages(name, the_press))
    assert [path.name for path, _ in made] == sorted(path.name for path in FOLDER.glob(f"{name}-?.png"))
    for path, image in made:
        with Image.open(path) as reviewed:
            share = share_that_differs(image, reviewed)
        if share > SHARE:
            image.save(tmp_path / path.name)
        assert share <= SHARE, f"{share:.2%} of {path.name} differ; as it is now: {tmp_path / path.name}"


def test_every_reviewed_page_belongs_to_a_letter() -> None:
    assert {path.name.rpartition("-")[0] for path in FOLDER.glob("*.png")} == set(SHOWN)


def test_a_line_that_moved_is_noticed(the_press: Press) -> None:
    ((_path, image),) = pages("permission", the_press)
    moved = Image.new("RGB", image.size, "white")
    moved.paste(image, (0, 3))
    assert share_that_differs(moved, image) > SHARE


def test_the_images_stay_small() -> None:
    assert sum(os.stat(path).st_size for path in FOLDER.glob("*.png")) < 700_000
