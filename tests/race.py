"""Several at once, each in a session of its own: what came of it, for each."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from flask import Flask


def race(app: Flask, act: Callable[[int], Any], runners: int) -> list[Any]:
    """What act(turn) returned or raised, in the order of the turns; all begin together."""
    ready, results = Barrier(runners), [None] * runners

    def run(turn: int) -> None:
        with app.app_context():
            ready.wait()
            try:
                results[turn] = act(turn)
            except Exception as refused:
                results[turn] = refused

    threads = [Thread(target=run, args=(turn,)) for turn in range(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
