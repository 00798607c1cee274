"""Charts as geometry: everything drawn stays in the picture and in proportion."""

from hypothesis import given
from hypothesis import strategies as st

from kis.statistics import charts

VALUES = st.lists(st.integers(0, 10**7), min_size=1, max_size=40)


@given(st.integers(1, 10**9))
def test_the_grid_reaches_the_largest_in_few_round_steps(largest: int) -> None:
    values = charts.ticks(largest)
    assert values[0] == 0 and values[-1] >= largest
    assert 2 <= len(values) <= charts.MOST_TICKS + 2
    assert values == sorted(set(values))


@given(VALUES)
def test_columns_stand_on_the_ground_and_end_below_the_top(values: list[int]) -> None:
    chart = charts.column_chart([str(n) for n in range(len(values))], values)
    for column in chart.columns:
        assert column.y >= charts.TOP - 0.2
        assert abs(column.y + column.height - chart.ground) < 0.2
        assert chart.left - 0.2 <= column.x and column.x + column.width <= chart.right + 0.2


@given(st.lists(st.none() | st.integers(0, 500), min_size=1, max_size=30))
def test_a_line_breaks_where_a_value_is_missing(values: list[int | None]) -> None:
    [line] = charts.line_chart([str(n) for n in range(len(values))], [("one", values)]).lines
    assert [value for _x, _y, value in line.points] == [value for value in values if value is not None]


@given(st.dictionaries(st.integers(0, 900), st.integers(1, 50), max_size=30))
def test_a_histogram_counts_every_case_once(counts: dict[int, int]) -> None:
    chart = charts.histogram(sorted(counts.items()))
    assert sum(column.value for column in chart.columns) == sum(counts.values())
    assert len(chart.columns) <= 21


def test_bars_show_the_first_rows_and_no_more() -> None:
    rows = [(f"Row {n}", 100 - n) for n in range(40)]
    drawn = charts.bars(rows)
    assert [bar.value for bar in drawn.rows] == [100 - n for n in range(charts.MOST_BARS)]
    assert charts.bars([]).rows == ()


def test_a_long_label_is_cut_where_its_place_ends() -> None:
    assert charts.fitted("Busan") == "Busan"
    for label in (
        "관광·휴양시설 투자자의 배우자 또는 미혼 자녀",
        "Spouse or unmarried child of an investor in tourism",
    ):
        cut = charts.fitted(label)
        assert cut.endswith("…") and label.startswith(cut[:-1])
        assert charts.bars([(label, 1)]).rows[0].name == label
