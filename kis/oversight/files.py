"""Sweeping files that nothing names: drafts never registered, uploads whose transaction was rolled back."""

from collections.abc import Iterable
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from kis.core import clock
from kis.core.extensions import db
from kis.core.store import store
from kis.documents.models import Scan
from kis.letters.models import Letter, Printout

# Longer than a draft of an application lives, and than any transaction takes.
SPARED = timedelta(days=2)
NAMED_BY = (Letter.sha256, Printout.sha256, Scan.sha256)
SHELVES = tuple(f"{number:02x}" for number in range(256))
SHELVES_PER_HOUR = -(-len(SHELVES) // 24)


def sweep_files() -> int:
    """Sweep the shelves whose turn it is, each once a day; returns how many files were deleted."""
    turn = clock.now().hour * SHELVES_PER_HOUR
    return sum(sweep(shelf) for shelf in SHELVES[turn : turn + SHELVES_PER_HOUR])


def sweep(shelf: str) -> int:
    """Delete the files of one shelf (two hex digits) that are older than SPARED and that no row names."""
    limit = clock.now() - SPARED
    old = {sha256 for sha256, put_at in store().stored(shelf) if put_at < limit}
    orphans = sorted(old - named(old))
    for sha256 in orphans:
        store().delete(sha256)
    if orphans:
        current_app.logger.info("swept %s files that nothing names from shelf %s", len(orphans), shelf)
    return len(orphans)


def named(files: Iterable[str]) -> set[str]:
    """Those of the files that a row names."""
    candidates = sorted(files)
    found: set[str] = set()
    for column in NAMED_BY:
        for start in range(0, len(candidates), 500):
            chunk = candidates[start : start + 500]
            found.update(db.session.scalars(select(column).where(column.in_(chunk))))
    return found
