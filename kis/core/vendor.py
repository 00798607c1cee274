"""Copies what the pages need from node_modules to kis/static/vendor, and checks it against a manifest.

`python -m kis.core.vendor` copies and checks; with `--accept` it writes the manifest anew, after a version
has been changed on purpose.
"""

import hashlib
import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "kis" / "static" / "vendor"
MANIFEST = Path(__file__).with_name("vendor.json")
# Only values of the KRDS are taken (colours, steps of size, radii): its licence for the rest is not clear.
TOKEN = re.compile(r"^\s*--krds-(?:color-light|number|radius)-[\w-]+:.*;$", re.MULTILINE)


class VendorError(RuntimeError):
    """What was copied is not what the manifest names, or a package is missing."""


@dataclass(frozen=True)
class Piece:
    """Files of a package (a glob below node_modules) and the folder below vendor that they go to."""

    files: str
    folder: str


PIECES = (
    Piece("@expo-google-fonts/noto-sans-sc/LICENSE_FONT", "noto-sans-sc"),
    Piece("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", "noto-sans-sc"),
    Piece("htmx.org/dist/htmx.min.js", "htmx"),
    Piece("pdfjs-dist/LICENSE", "pdfjs"),
    Piece("pdfjs-dist/build/pdf.min.mjs", "pdfjs"),
    Piece("pdfjs-dist/build/pdf.worker.min.mjs", "pdfjs"),
    Piece("pdfjs-dist/cmaps/*", "pdfjs/cmaps"),
    Piece("pdfjs-dist/iccs/*", "pdfjs/iccs"),
    Piece("pdfjs-dist/standard_fonts/*", "pdfjs/standard_fonts"),
    Piece("pdfjs-dist/wasm/*", "pdfjs/wasm"),
    Piece("pretendard-gov/dist/LICENSE.txt", "pretendard-gov"),
    Piece("pretendard-gov/dist/web/variable/pretendardvariable-gov-dynamic-subset.css", "pretendard-gov"),
    Piece("pretendard-gov/dist/web/variable/woff2-dynamic-subset/*", "pretendard-gov/woff2-dynamic-subset"),
)
TOKENS_SOURCE = "krds-uiux/resources/css/token/krds_tokens.css"
TOKENS_TARGET = "krds/tokens.css"


def copy(packages: Path = PACKAGES, vendor: Path = VENDOR) -> None:
    """Fill the vendor folder anew. Raises VendorError when a package is not installed."""
    shutil.rmtree(vendor, ignore_errors=True)
    for piece in PIECES:
        copy_piece(piece, packages, vendor)
    target = vendor / TOKENS_TARGET
    target.parent.mkdir(parents=True)
    target.write_text(token_sheet((packages / TOKENS_SOURCE).read_text(encoding="utf-8")), encoding="utf-8")


def copy_piece(piece: Piece, packages: Path, vendor: Path) -> None:
    sources = sorted(packages.glob(piece.files))
    if not sources:
        raise VendorError(f"{piece.files} is not installed: run npm ci --omit=optional --ignore-scripts")
    folder = vendor / piece.folder
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        shutil.copyfile(source, folder / source.name)


def token_sheet(css: str) -> str:
    """The custom properties the look is built on, as a style sheet of their own."""
    lines = "\n".join(line.strip() for line in TOKEN.findall(css))
    return f"@layer tokens {{\n:root {{\n{lines}\n}}\n}}\n"


def digests(vendor: Path = VENDOR) -> dict[str, str]:
    """Folder below vendor to one SHA-256 over the names and contents of its files."""
    folders = sorted(path for path in vendor.iterdir() if path.is_dir())
    return {folder.name: folder_digest(folder) for folder in folders}


def folder_digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def check(vendor: Path = VENDOR, manifest: Path = MANIFEST) -> None:
    """Raises VendorError naming the folders that differ from the manifest."""
    expected, found = json.loads(manifest.read_text()), digests(vendor)
    wrong = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if wrong:
        raise VendorError(f"kis/static/vendor differs from its manifest in: {', '.join(wrong)}")


def is_current() -> bool:
    """Whether the vendor folder already holds what the manifest names."""
    return VENDOR.is_dir() and digests() == json.loads(MANIFEST.read_text())


def main(arguments: list[str]) -> None:
    if "--accept" in arguments:
        copy()
        MANIFEST.write_text(json.dumps(digests(), indent=2) + "\n")
    elif not is_current():
        copy()
        check()


if __name__ == "__main__":
    main(sys.argv[1:])
