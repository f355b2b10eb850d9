"""A series is drawn only where years can be compared, and no line crosses a year without a number."""

from hypothesis import given
from hypothesis import strategies as st

from tomoni.plans.charts import BOTTOM, TOP, Reading, chart, number, series, span, undated


def readings(**values):
    return [Reading(int(year[1:]), value) for year, value in values.items()]


def test_one_number_is_no_series_and_two_years_are():
    said = [("参加者", Reading(2018, 12)), ("参加者", Reading(2019, 15)), ("回数", Reading(2019, 3))]

    assert series(said) == {("参加者", ""): [Reading(2018, 12), Reading(2019, 15)]}


def test_two_different_numbers_for_one_year_are_never_added_or_chosen_from():
    said = [("参加者", Reading(2018, 12)), ("参加者", Reading(2018, 30)), ("参加者", Reading(2019, 15))]

    assert series(said) == {}


def test_labels_that_differ_only_in_their_year_are_one_series():
    said = [("Ｈ２９.4.1現在", Reading(2017, 46.3, "%")), ("令和2年4月1日 現在", Reading(2020, 50.9, "%"))]

    assert list(series(said)) == [("4月1日現在", "%")]
    assert undated("参加者数") == "参加者数"


def test_parts_of_a_year_are_no_series():
    assert series([("参加者数①", Reading(2018, 12)), ("参加者数①", Reading(2019, 15))]) == {}


def test_the_same_words_in_another_unit_are_another_series():
    said = [("講座", Reading(2018, 3, "回")), ("講座", Reading(2019, 40, "人"))]

    assert series(said) == {}


def test_values_close_together_do_not_begin_at_zero_and_others_do():
    assert span([46.3, 44.9, 45.1, 50.9]) == (44, 50.9)
    assert span([1, 3, 2]) == (0, 3)
    assert span([5, 5]) == (0, 5)
    assert span([0, 0]) == (0, 1)


def test_no_line_crosses_a_year_without_a_number():
    drawn = chart("参加者", readings(y2017=1, y2018=2, y2020=3), [2017, 2018, 2019, 2020])

    assert [year for year, _x in drawn.years] == [2017, 2018, 2019, 2020]
    assert len(drawn.points) == 3
    assert len(drawn.paths) == 1


def test_numbers_are_written_without_useless_zeros():
    assert [number(n) for n in (50.9, 1200, 0.25, 3.0)] == ["50.9", "1,200", "0.25", "3"]


@given(st.lists(st.floats(0, 10_000_000, allow_nan=False).map(lambda v: round(v, 2)), min_size=2, max_size=9))
def test_every_point_stays_within_the_picture(values):
    drawn = chart("値", [Reading(2010 + n, value) for n, value in enumerate(values)], [])

    assert all(TOP - 0.1 <= point.y <= BOTTOM + 0.1 for point in drawn.points)
    assert drawn.low <= min(values)
    assert max(values) <= max(drawn.high, 0)
