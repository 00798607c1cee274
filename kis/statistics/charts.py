"""Charts as plain geometry: lines, columns and bars. Pure; lengths are units of the drawing."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 12.0, 12.0, 30.0
BAR_ROW, BAR, BAR_LEFT = 24.0, 14.0, 260.0
NARROW, WIDE = 6.7, 12.2  # of a letter, and of a Korean one
MOST_TICKS = 5
MOST_LABELS = 13
MOST_BARS = 20
Numbers = Sequence[float | int | None]


@dataclass(frozen=True)
class Tick:
    """A line of the grid and the number beside it."""

    value: float
    at: float


@dataclass(frozen=True)
class Line:
    """A series: its places, with the value of each; runs are the stretches without a gap, as points of SVG."""

    label: str
    points: tuple[tuple[float, float, float], ...]
    runs: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """An upright bar, or a lying one; the label as it fits, and whole."""

    label: str
    name: str
    value: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """Lines or columns over labels from left to right."""

    ticks: tuple[Tick, ...]
    labels: tuple[tuple[str, float], ...]
    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...] = ()

    width = WIDTH
    height = HEIGHT
    left = LEFT
    right = WIDTH - RIGHT
    ground = HEIGHT - BOTTOM


@dataclass(frozen=True)
class Bars:
    """Lying bars, one below the other."""

    rows: tuple[Column, ...]
    height: float

    width = WIDTH
    left = BAR_LEFT


def ticks(largest: float) -> list[float]:
    """Round numbers from 0 to one that is not below the largest: steps of 1, 2 or 5 times a power of ten."""
    step = 1.0
    while largest / step > MOST_TICKS:
        step *= 2.5 if str(step)[0] == "2" else 2
    count = max(1, -(-int(largest * 1000) // int(step * 1000)))
    return [step * number for number in range(count + 1)]


def scale(largest: float) -> tuple[tuple[Tick, ...], float]:
    """The grid, and how high one unit is."""
    values = ticks(largest)
    unit = (HEIGHT - TOP - BOTTOM) / values[-1]
    return tuple(Tick(value, round(HEIGHT - BOTTOM - value * unit, 1)) for value in values), unit


def places(count: int) -> list[float]:
    """The middles of `count` equal parts of the axis."""
    part = (WIDTH - LEFT - RIGHT) / max(count, 1)
    return [round(LEFT + part * (number + 0.5), 1) for number in range(count)]


def thinned(labels: Sequence[str], at: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """As many labels as can be read."""
    every = -(-len(labels) // MOST_LABELS) or 1
    return tuple((label, x) for n, (label, x) in enumerate(zip(labels, at, strict=True)) if n % every == 0)


def line_chart(labels: Sequence[str], series: Sequence[tuple[str, Numbers]]) -> Chart:
    """Lines over labels; a value of None is a gap."""
    grid, unit = scale(max((value or 0 for _label, values in series for value in values), default=0) or 1)
    at = places(len(labels))
    lines = tuple(line(label, values, at, unit) for label, values in series)
    return Chart(grid, thinned(labels, at), lines=lines)


def line(label: str, values: Numbers, at: Sequence[float], unit: float) -> Line:
    runs: list[list[tuple[float, float, float]]] = [[]]
    for x, value in zip(at, values, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, round(HEIGHT - BOTTOM - value * unit, 1), value))
    drawn = tuple(" ".join(f"{x},{y}" for x, y, _value in run) for run in runs if len(run) > 1)
    return Line(label, tuple(point for run in runs for point in run), drawn)


def column_chart(labels: Sequence[str], values: Sequence[int]) -> Chart:
    """Upright bars, side by side."""
    grid, unit = scale(max(values, default=0) or 1)
    at = places(len(labels))
    wide = round((WIDTH - LEFT - RIGHT) / max(len(labels), 1) * 0.8, 1)
    columns = tuple(
        Column(
            label,
            label,
            value,
            round(x - wide / 2, 1),
            round(HEIGHT - BOTTOM - value * unit, 1),
            wide,
            round(value * unit, 1),
        )
        for label, value, x in zip(labels, values, at, strict=True)
    )
    return Chart(grid, thinned(labels, at), columns=columns)


def histogram(counts: Sequence[tuple[int, int]], most: int = 20) -> Chart:
    """Cases by class of days; the classes are equally wide, of 1, 2 or 5 times a power of ten."""
    largest = max((value for value, _times in counts), default=0)
    step = 1.0
    while (largest + 1) / step > most:
        step *= 2.5 if str(step)[0] == "2" else 2
    width = int(step)
    classes = [0] * (largest // width + 1)
    for value, times in counts:
        classes[value // width] += times
    labels = [
        str(n * width) if width == 1 else f"{n * width}–{(n + 1) * width - 1}" for n in range(len(classes))
    ]
    return column_chart(labels, classes)


def fitted(label: str) -> str:
    """The label, cut where the place left of the bars ends."""
    room = BAR_LEFT - 16 - NARROW
    for place, letter in enumerate(label):
        room -= WIDE if unicodedata.east_asian_width(letter) in "WF" else NARROW
        if room < 0:
            return f"{label[:place].rstrip()}…"
    return label


def bars(rows: Sequence[tuple[str, int]]) -> Bars:
    """The first rows as lying bars."""
    shown = rows[:MOST_BARS]
    largest = max((value for _label, value in shown), default=0) or 1
    unit = (WIDTH - BAR_LEFT - 70) / largest
    drawn = tuple(
        Column(
            fitted(label),
            label,
            value,
            BAR_LEFT,
            round(n * BAR_ROW + 5, 1),
            max(round(value * unit, 1), 0.5),
            BAR,
        )
        for n, (label, value) in enumerate(shown)
    )
    return Bars(drawn, len(shown) * BAR_ROW + 6)
