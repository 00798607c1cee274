"""Which files may be attached: PDF, JPEG or PNG of at most 20 MB that are what they say they are.

TIFF is left out because browsers do not show it, and SVG and HTML because they carry programs.
Nothing is converted: the file that was handed in is the one that is kept, hashed and reviewed.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from flask_babel import gettext as _
from PIL import Image, ImageFile

from kis.core.refusals import Invalid
from kis.documents import pdf_scans

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
# A sheet of A4 at 600 dpi has 35 million; more than this is a bomb or a mistake.
MAX_PIXELS = 60_000_000
MAX_NAME = 120
MAX_ENDING = 10
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
RESERVED = '<>:"|?*'


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it begins, what it may be called, and how its pages are counted by opening it."""

    name: str
    media_type: str
    signature: bytes
    endings: tuple[str, ...]
    count_pages: Callable[[bytes], int]


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept, under a clean name."""

    content: bytes
    name: str
    media_type: str
    pages: int


def count_image(content: bytes, image_format: str) -> int:
    """1, once the whole image could be decoded. Raises Invalid."""
    try:
        with Image.open(BytesIO(content), formats=(image_format,)) as image:
            require_few_pixels(image.width * image.height)
            # JPEG is decoded at an eighth of its size: every block is read, little memory is taken.
            # WeasyPrint, where it is loaded, tells Pillow to make do with halves.
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            image.draft("L", (image.width // 8, image.height // 8))
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        require_few_pixels(MAX_PIXELS + 1)
    except Invalid:
        raise
    except Exception as error:  # decoders of damaged files raise whatever they stumble over
        raise Invalid(unreadable(image_format)) from error
    return 1


def require_few_pixels(pixels: int) -> None:
    if pixels > MAX_PIXELS:
        raise Invalid(
            _(
                "The image has more than %(limit)s million pixels. Scan it anew at 300 dpi.",
                limit=MAX_PIXELS // 1_000_000,
            )
        )


def unreadable(kind: str) -> str:
    return _(
        "The file begins like a %(kind)s file but cannot be opened as one. Scan the document again.",
        kind=kind,
    )


def count_pdf(content: bytes) -> int:
    try:
        return pdf_scans.count_pages(content)
    except pdf_scans.Unreadable as error:
        raise Invalid(unreadable("PDF")) from error


KINDS = (
    Kind("PDF", "application/pdf", b"%PDF-", ("pdf",), count_pdf),
    Kind(
        "JPEG",
        "image/jpeg",
        b"\xff\xd8\xff",
        ("jpg", "jpeg", "jpe", "jfif"),
        lambda c: count_image(c, "JPEG"),
    ),
    Kind("PNG", "image/png", b"\x89PNG\r\n\x1a\n", ("png",), lambda c: count_image(c, "PNG")),
)
ACCEPTED = ",".join(f".{ending}" for kind in KINDS for ending in kind.endings)
# What browsers send for a file whose type they do not know.
UNSAID = {"", "application/octet-stream", "binary/octet-stream"}
SAME_TYPE = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "application/x-pdf": "application/pdf"}


def check(content: bytes, name: str, media_type: str = "") -> CheckedFile:
    """The file, if it may be kept. Raises Invalid with what is wrong and what to do."""
    require_size(len(content))
    kind = kind_of(content)
    clean = clean_name(name, kind)
    require_fitting_name(clean, kind)
    require_fitting_type(media_type, kind)
    return CheckedFile(content, clean, kind.media_type, kind.count_pages(content))


def require_size(size: int) -> None:
    if not size:
        raise Invalid(_("The file is empty. Choose the scan again."))
    if size > MAX_BYTES:
        raise Invalid(
            _(
                "The file has %(size)s MB; at most %(limit)s MB are taken. Scan it in grey at 300 dpi, or split it.",
                size=f"{size / MEGABYTE:.1f}",
                limit=MAX_BYTES // MEGABYTE,
            )
        )


def kind_of(content: bytes) -> Kind:
    """By how the content begins, whatever its name says."""
    for kind in KINDS:
        if content.startswith(kind.signature):
            return kind
    raise Invalid(_("This is neither a PDF nor a JPEG or PNG image. Scan the document to one of these."))


def require_fitting_name(name: str, kind: Kind) -> None:
    _stem, ending = parted(name)
    if ending not in kind.endings:
        raise Invalid(
            _(
                "The file is called “.%(ending)s” but holds a %(kind)s file. Check that it is the right one and give it its proper name.",
                ending=ending,
                kind=kind.name,
            )
        )


def require_fitting_type(media_type: str, kind: Kind) -> None:
    said = media_type.partition(";")[0].strip().lower()
    if said in UNSAID or SAME_TYPE.get(said, said) == kind.media_type:
        return
    raise Invalid(
        _(
            "The file was sent as “%(type)s” but holds a %(kind)s file. Check that it is the right one.",
            type=clean_text(said)[:60],
            kind=kind.name,
        )
    )


def clean_name(name: str, kind: Kind) -> str:
    """The last part of a path without hidden or reserved characters, at most 120 long; its ending stays."""
    last = PurePosixPath(clean_text(name).replace("\\", "/")).name
    stem, ending = parted(last.rstrip(" ."))
    suffix = ending or kind.endings[0]
    return f"{stem.strip(' .')[: MAX_NAME - len(suffix) - 1].rstrip() or 'scan'}.{suffix}"


def parted(name: str) -> tuple[str, str]:
    """What stands before the last dot, and the ending in lower case; "" where there is none ("서류 1. 여권")."""
    stem, dot, ending = name.rpartition(".")
    is_ending = dot and ending.isascii() and ending.isalnum() and len(ending) <= MAX_ENDING
    return (stem, ending.lower()) if is_ending else (name, "")


def clean_text(text: str) -> str:
    """Composed, in one line, without what cannot be seen (NUL, direction marks, lone surrogates)."""
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in HIDDEN)
    return " ".join("".join("_" if c in RESERVED else c for c in seen).split())
