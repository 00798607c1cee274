"""The build step of the fonts."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from kis.letters.fonts import SMALL_FAMILY, SOURCES, build
from kis.letters.glyphs import COVERAGE_FILE, PROJECT
from kis.letters.seal import outline

PACKAGES = PROJECT / "node_modules"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    assert build(PACKAGES, folder)
    return folder


def test_fonts_are_made_once_and_again_only_when_a_build_was_cut_short(built: Path) -> None:
    assert not build(PACKAGES, built)
    (built / COVERAGE_FILE).unlink()
    assert build(PACKAGES, built)


def test_a_package_that_is_not_installed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="pretendard-gov"):
        build(tmp_path, tmp_path / "fonts")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: Path(source.path).stem)
def test_every_font_is_a_static_truetype_font(source: object) -> None:
    with TTFont(PACKAGES / source.path, lazy=True) as font:  # type: ignore[attr-defined]
        assert "glyf" in font and "fvar" not in font and "CFF " not in font


def test_the_small_font_does_not_use_the_reserved_name(built: Path) -> None:
    with TTFont(built / "KISLetter-Bold.ttf") as font:
        names = {str(record) for record in font["name"].names if record.nameID in (1, 4, 6, 16)}
    assert names and all("Pretendard" not in name for name in names)
    assert SMALL_FAMILY in names


def test_the_seal_shows_the_title_of_the_head_or_only_that_it_is_a_seal() -> None:
    assert outline("서울출입국·외국인청장") == outline("서울출입국 외국인청장")
    assert outline("Head of Office") == outline("") != outline("서울출입국·외국인청장")
