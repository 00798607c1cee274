"""Synthetic dossiers for tests and measurements: one seed, so that every run meets the same people."""

from collections.abc import Iterator
from typing import Any

from kis.desk import synthetic

SEED = 20_250_501


def synthetic_dossiers(count: int, *, start: int = 0, evenly: bool = True) -> Iterator[dict[str, Any]]:
    """So many synthetic dossiers from a number on; `evenly` draws each limb of each category alike."""
    return synthetic.dossiers(count, start=start, seed=SEED, evenly=evenly)
