"""Opening a PDF to see that it is one, and that it holds pages and nothing that acts."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from flask_babel import gettext as _
from pikepdf import settings

from kis.core.refusals import Invalid

MAX_PAGES = 500
MAX_OBJECTS = 100_000
MAX_DEPTH = 60
# A compressed stream that unfolds to more than this is a bomb. The limit holds for the whole process.
settings.set_qpdf_limits(flate_max_memory=32 * 1024 * 1024, doc_max_warnings=1_000)

# Keys and kinds of action by which a PDF does something when it is opened or read
# (ISO 32000-2: 12.6.4 actions, 7.11.4 embedded files, 13 multimedia, 12.7.8 XFA forms).
ACTIVE_KEYS = {
    "/JS": "JavaScript", "/JavaScript": "JavaScript", "/EmbeddedFiles": "embedded files", "/EF": "embedded files",
    "/XFA": "XFA forms", "/RichMediaContent": "multimedia",
}  # fmt: skip
ACTIVE_ACTIONS = {
    "/JavaScript": "JavaScript", "/Launch": "a launch action", "/SubmitForm": "a submit action",
    "/ImportData": "an import action", "/GoToE": "embedded files", "/Rendition": "multimedia", "/Movie": "multimedia",
    "/Sound": "multimedia", "/RichMediaExecute": "multimedia",
}  # fmt: skip
ACTIVE_ANNOTATIONS = {
    "/FileAttachment": "embedded files", "/RichMedia": "multimedia", "/Movie": "multimedia", "/Screen": "multimedia",
    "/Sound": "multimedia", "/3D": "multimedia",
}  # fmt: skip


class Unreadable(Exception):
    """The content cannot be opened as a PDF, or is deeper or larger than a scan can be."""


def count_pages(content: bytes) -> int:
    """The number of pages. Raises Invalid for what a scan may not hold, Unreadable for what is no PDF."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            require_open(pdf)
            require_passive(pdf)
            return require_pages(len(pdf.pages))
    except pikepdf.PasswordError as error:
        raise Invalid(encrypted()) from error
    except Invalid:
        raise
    except Exception as error:  # a damaged file can fail in any way, in qpdf or on the way to Python
        raise Unreadable from error


def require_open(pdf: pikepdf.Pdf) -> None:
    """Refused even where the password is empty: no viewer downstream should need one."""
    if pdf.is_encrypted:
        raise Invalid(encrypted())


def encrypted() -> str:
    return _("The PDF is protected by a password. Save it without protection, or scan the paper.")


def require_pages(pages: int) -> int:
    if not pages:
        raise Unreadable
    if pages > MAX_PAGES:
        raise Invalid(
            _(
                "The PDF has %(pages)s pages; at most %(limit)s are taken. Split it.",
                pages=pages,
                limit=MAX_PAGES,
            )
        )
    return pages


def require_passive(pdf: pikepdf.Pdf) -> None:
    """Every object is looked at, reached from the pages or not."""
    if len(pdf.objects) > MAX_OBJECTS:
        raise Unreadable
    for found in (active_part(part) for whole in (*pdf.objects, pdf.trailer) for part in dictionaries(whole)):
        if found:
            raise Invalid(
                _(
                    "The PDF holds %(part)s, which a scan has no need of. Print it to a new PDF, or scan the paper.",
                    part=found,
                )
            )


def dictionaries(whole: Any, depth: int = 0) -> Iterator[Any]:
    """The dictionaries in an object, without following references: those are objects of their own."""
    if depth > MAX_DEPTH:
        raise Unreadable
    if isinstance(whole, pikepdf.Dictionary | pikepdf.Stream):
        yield whole
        parts = [value for _key, value in whole.items()]
    elif isinstance(whole, pikepdf.Array):
        parts = list(whole)
    else:
        return
    for part in parts:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from dictionaries(part, depth + 1)


def active_part(dictionary: Any) -> str | None:
    """What in it acts, in words; None for a dictionary of a plain scan."""
    keys = [key for key, _value in dictionary.items() if key in ACTIVE_KEYS]
    if keys:
        return ACTIVE_KEYS[keys[0]]
    return ACTIVE_ACTIONS.get(name_at(dictionary, "/S")) or ACTIVE_ANNOTATIONS.get(
        name_at(dictionary, "/Subtype")
    )


def name_at(dictionary: Any, key: str) -> str:
    value = dictionary.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""
