"""The reference tables as CSV, in the very form in which they are shipped."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from kis.core.sheets import cell


def as_csv(rows: Iterable[Any], columns: tuple[str, ...]) -> str:
    """One line per row; what is not known is an empty cell."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(getattr(row, name)) for name in columns] for row in rows)
    return lines.getvalue()
