"""Fiscal years and the eras they are written in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.kernel.fiscal import FiscalYear, fiscal_range, fiscal_year, fiscal_year_on, mentions


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("R1", 2019),
        ("H31", 2019),
        ("令和元年度", 2019),
        ("Ｈ３０", 2018),
        ("平成33年度", 2021),
        ("平成 27 年度", 2015),
        ("2007年度", 2007),
        ("令和4(2022)年度", 2022),
        ("2022（R4）年度", 2022),
        ("R5年度実績", 2023),
        ("S63", 1988),
    ],
)
def test_a_label_names_its_fiscal_year(label, year):
    assert fiscal_year(label) == FiscalYear(year)


@pytest.mark.parametrize("label", ["20年度", "12/24時点", "PR活動", "2019人", "H29・R2の比較", "", "第6次計画"])
def test_a_label_without_one_era_year_names_none(label):
    assert fiscal_year(label) is None


def test_a_year_without_an_era_is_read_only_beside_one_that_is_near():
    assert fiscal_year("20年度", near=FiscalYear(2007)) == FiscalYear(2008)
    assert fiscal_year("5年度", near=FiscalYear(2022)) == FiscalYear(2023)


@pytest.mark.parametrize(
    ("text", "year"), [("平成27年3月末", 2014), ("H31.4.1現在", 2019), ("R3.4月～", 2021), ("令和5年3月31日", 2022)]
)
def test_january_to_march_belong_to_the_year_before(text, year):
    assert [m.year.year for m in mentions(text)] == [year]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("平成29（2017）～33（2021）年度", 2017, 2021),
        ("平成30年度～令和3年度", 2018, 2021),
        ("平成29年度から33年度まで", 2017, 2021),
        ("R4-R8", 2022, 2026),
    ],
)
def test_a_span_of_years_is_read_with_the_era_of_its_first(text, first, last):
    assert fiscal_range(text) == (FiscalYear(first), FiscalYear(last))


def test_one_year_is_no_span():
    assert fiscal_range("令和3年度") is None


def test_glued_labels_are_told_apart():
    assert [m.year.year for m in mentions("H28H29H30H31H32")] == [2016, 2017, 2018, 2019, 2020]


def test_a_fiscal_year_runs_from_april_to_march():
    year = FiscalYear(2019)

    assert (year.start, year.end) == (date(2019, 4, 1), date(2020, 3, 31))
    assert fiscal_year_on(date(2020, 3, 31)) == year
    assert fiscal_year_on(date(2020, 4, 1)) == FiscalYear(2020)


def test_a_year_is_written_in_its_era():
    assert [str(FiscalYear(y)) for y in (1988, 2018, 2019, 2021)] == [
        "昭和63年度",
        "平成30年度",
        "令和元年度",
        "令和3年度",
    ]
    assert [FiscalYear(y).short for y in (2018, 2019, 2020)] == ["H30", "R1", "R2"]


@given(st.integers(min_value=1927, max_value=2099))
def test_what_is_written_is_read_back(year):
    assert fiscal_year(str(FiscalYear(year))) == FiscalYear(year)
    assert fiscal_year(FiscalYear(year).short) == FiscalYear(year)
