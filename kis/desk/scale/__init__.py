"""Very many invented cases at once, to see how the system bears them: `flask demo load`.

A pool of cases is played through by the real operations, each on the days of its history, and taken down
as rows; the rows are then stamped out under other people, offices and numbers, and written in bulk with
all constraints and triggers on, the audit chain reckoned as they stream by.
"""

from kis.desk.scale.loading import Scale, load

__all__ = ["Scale", "load"]
