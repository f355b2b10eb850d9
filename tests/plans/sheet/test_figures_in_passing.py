"""Figures said in passing, and what is refused because it may say something else."""

import pytest

from tomoni.plans.sheet.document import Text
from tomoni.plans.sheet.figures import told


def found(text, year=2020):
    return [(n.label, n.year, n.value, n.unit) for n in told(Text(text, "A1"), "1", year)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("講座を開いた。参加45名", [("参加", 2020, 45, "名")]),
        ("令和2年度の加入率52.3%だった。", [("加入率", 2020, 52.3, "%")]),
        ("12回開催", [("開催", 2020, 12, "回")]),
        ("交流会を1回開催。", [("交流会の開催", 2020, 1, "回")]),
        ("専門講座の開催 12回開催", [("専門講座の開催", 2020, 12, "回")]),
        ("見学会には、延べ240人。", [("延べ人数", 2020, 240, "人")]),
        ("申込3件、辞退はなかった。", [("申込", 2020, 3, "件")]),
        ("チラシの配布1,200部。", [("配布", 2020, 1200, "部")]),
    ],
)
def test_a_noun_with_its_number_and_unit_is_a_figure(text, figures):
    assert found(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "受講者2人がすぐに活動を始めた。",  # some of them
        "参加45名以上",
        "参加45名程度",
        "参加45名を目標にする。",
        "参加45名、30名",  # two occasions
        "参加45名。二度目は参加30名。",
        "参加45名、うち市民30名",
        "参加10名、見学5名、計20名",  # does not add up
        "平成30年度は参加45名。",  # another year's
        "前年より参加3名増",
        "加入率523%",
        "加入率52件",
        "参加20194545名",  # run together
        "①3回開催②4回開催",
        "第3回開催",
        "(1)3回開催",
        "4月12回開催",
        "令和2年12回開催",
        "年2～3回開催",
        "全12回246名が参加",
        "つなぎ講座」216名",
        "申込03件",
    ],
)
def test_a_number_that_may_mean_something_else_is_left_out(text):
    assert found(text) == []


def test_a_figure_in_passing_needs_the_year_of_its_column():
    assert found("参加45名", year=None) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("公募委員のいる会議は、H29.4.1現在46.3%(前年比-3.7%)", "公募委員のいる会議"),
        ("見直しを進めた。公募委員のいる会議はH29.4.1現在46.3%", "公募委員のいる会議"),
        ("H29.4.1現在46.3%(前年比-3.7%)", "H29.4.1現在"),
        ("会議には、H29.4.1現在46.3%", "H29.4.1現在"),
        ("講座は開いたが、H29.4.1現在46.3%", "H29.4.1現在"),
    ],
)
def test_a_date_says_when_and_the_noun_before_it_says_what(text, label):
    assert found(text) == [(label, 2017, 46.3, "%")]
