"""The QR code of a letter, as the path of a drawing. Worker only.

Level M lets an eighth of the code be unreadable: a fold or a stamp across it does no harm.
"""

from itertools import groupby

import segno


def outline(text: str) -> tuple[str, int]:
    """SVG path of the dark modules, one unit each, with the four light ones around; and the side in units."""
    code = segno.make(text, error="m", micro=False)
    side = code.symbol_size(border=4)[0]
    runs = []
    for row, modules in enumerate(code.matrix_iter(border=4)):
        column = 0
        for dark, run in groupby(modules):
            length = len(list(run))
            if dark:
                runs.append(f"M{column} {row}h{length}v1h-{length}z")
            column += length
    return "".join(runs), side
