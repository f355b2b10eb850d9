"""What a series says: growing, level or shrinking, with the arithmetic; and how far its target is."""

import pytest

from tomoni.plans.charts import BOTTOM, TOP, Reading, chart
from tomoni.plans.models import Indicator
from tomoni.plans.pages.series import target_in_words, way_in_words
from tomoni.plans.selectors.records import FigureRow
from tomoni.plans.spellings import grouped, key
from tomoni.plans.trend import Trend, Way, missing, trend


def told(*values, unit="人", first=2017):
    return [Reading(first + n, value, unit) for n, value in enumerate(values)]


def test_from_the_first_year_to_the_last():
    assert trend(told(40, 30, 60)) == Trend(
        first=Reading(2017, 40, "人"), last=Reading(2019, 60, "人"), way=Way.UP, difference=20, ratio=1.5, missing=None
    )


@pytest.mark.parametrize(
    ("first", "last", "way"),
    [(100, 105, "level"), (100, 106, "up"), (100, 95, "level"), (100, 94, "down"), (0, 0, "level"), (0, 1, "up")],
)
def test_five_in_a_hundred_is_no_change(first, last, way):
    assert trend(told(first, last)).way == way


@pytest.mark.parametrize("readings", [[], told(5), [Reading(2017, 5, "人"), Reading(2018, 6, "回")]])
def test_one_year_or_two_units_say_nothing(readings):
    assert trend(readings) is None


@pytest.mark.parametrize(("first", "unit", "ratio"), [(20, "人", 1.5), (0, "人", None), (20, "%", None)])
def test_a_ratio_is_given_only_where_it_means_something(first, unit, ratio):
    assert trend(told(first, 30, unit=unit)).ratio == ratio


@pytest.mark.parametrize(
    ("value", "target", "less", "still"),
    [
        (46, 50, False, 4),
        (50, 50, False, 0),
        (53, 50, False, 0),
        (53, 50, True, 3),
        (50, 50, True, 0),
        (5, None, False, None),
    ],
)
def test_how_much_is_missing_to_the_target(value, target, less, still):
    assert missing(value, target, less_is_better=less) == still


def test_no_ratio_to_nothing():
    assert way_in_words(trend(told(2, 0))) == "減っている（平成29年度 2人 → 平成30年度 0人、-2人）"


def test_the_sentence_shows_the_arithmetic():
    assert way_in_words(trend(told(40, 60))) == "増えている（平成29年度 40人 → 平成30年度 60人、+20人、1.5倍）"
    assert way_in_words(trend(told(46.3, 50.9, unit="%"))) == (
        "増えている（平成29年度 46.3% → 平成30年度 50.9%、+4.6ポイント）"
    )
    assert way_in_words(trend(told(5, 5))) == "横ばい（平成29年度 5人 → 平成30年度 5人、±0人、1倍）"


def test_the_target_is_met_or_so_much_is_missing():
    aim = Indicator(label="公募の割合", unit="%", target=50, target_year=2021)
    fewer = Indicator(label="待つ日数", unit="日", target=3, less_is_better=True)

    assert target_in_words(aim, 0) == "目標の50%（令和3年度）に届いた"
    assert target_in_words(aim, 3.7) == "目標の50%（令和3年度）まで、あと3.7ポイント"
    assert target_in_words(fewer, 2) == "目標の3日まで、あと2日減らす"
    assert target_in_words(Indicator(label="参加者"), None) == ""


def test_the_target_is_a_line_on_the_picture_and_its_year_a_column():
    drawn = chart("公募の割合", told(10, 20), [2017, 2018], target=40, by=2020)

    assert (drawn.target_y, [year for year, _x in drawn.years], drawn.high) == (TOP, [2017, 2018, 2020], 40)
    assert BOTTOM > drawn.points[1].y > TOP
    assert chart("公募の割合", told(10, 20), [2017, 2018]).target_y is None


def rows(*named, unit="人"):
    return [FigureRow(2017 + n, label, n, unit, f"A{n}", None) for n, label in enumerate(named)]


def test_spellings_of_one_thing_are_offered_as_one_group():
    groups = grouped(rows("参加者", "【参加者数】", "参加者 数", "修了者数", "参加者数①"))

    assert [(group.label, group.labels) for group in groups] == [
        ("修了者数", ("修了者数",)),
        ("参加者 数", ("参加者 数", "【参加者数】", "参加者")),
    ]


def test_dates_make_no_difference_and_units_do():
    assert key("H29.4.1現在") == key("令和2年4月1日現在")
    assert len(grouped([*rows("講座", unit="回"), *rows("講座", unit="人")])) == 2
