"""CSV files that spreadsheets open as they are: in UTF-8 with its mark, and with no cell that becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response

# With these a spreadsheet begins a formula (ASVS 1.2.10).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"


def cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is led by an apostrophe; NULL is an empty cell."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else None
    return f"'{text}" if text is not None and text.startswith(FORMULA) else value


def sheet(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The whole file, with the mark by which Excel knows UTF-8."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([cell(str(title)) for title in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return MARK + lines.getvalue()


def sheet_file(name: str, content: str) -> Response:
    """The answer that a browser saves under the name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="text/csv", headers=headers)
