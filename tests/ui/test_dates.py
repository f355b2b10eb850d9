"""Days and fiscal years as people here write them."""

from datetime import UTC, date, datetime

import pytest

from tomoni.ui.dates import day, fiscal, fiscal_short, moment


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2020, 6, 3), "令和2年6月3日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 24), "1926年12月24日"),
        (None, ""),
    ],
)
def test_a_day_is_written_in_its_era(on, written):
    assert day(on) == written


def test_a_moment_is_told_by_the_clock_of_japan():
    late = datetime(2020, 6, 2, 16, 5, tzinfo=UTC)

    assert day(late) == "令和2年6月3日"
    assert moment(late) == "令和2年6月3日 01:05"
    assert moment(None) == ""


def test_a_fiscal_year_is_named_by_its_era_and_on_demand_by_the_western_year():
    assert fiscal(2019) == "令和元年度"
    assert fiscal(2018, "western") == "平成30年度（2018年度）"
    assert fiscal_short(2017) == "H29"
    assert (fiscal(None), fiscal_short(None)) == ("", "")
