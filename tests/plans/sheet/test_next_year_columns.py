"""What is planned for the year after: the next action of the year told, unless the plan itself has several years."""

import pytest

from tests.plans.sheet.paper import texts
from tomoni.imports.reading.read import read
from tomoni.plans.sheet.recognise import recognise

TITLE = "みほん市協働計画 令和6年度 進捗状況"
HEAD = ["施策", "具体的取組", "所管", "進捗状況", "令和6年度の実績"]


def page(*ahead, head=HEAD, title=TITLE):
    rows = [
        [*head, *ahead],
        ["知らせる", "広報紙に載せる", "広報課", "順調", "広報紙に3回のせた。", *("続けて載せる。" for _ in ahead)],
        ["つなげる", "交流会を開く", "市民課", "遅れ", "会場が取れなかった。", *("早めに借りる。" for _ in ahead)],
    ]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    html = f"<html><body><h1>{title}</h1><table>{table}</table></body></html>"
    return recognise(read(html.encode(), name="a.html"))


@pytest.mark.parametrize("ahead", ["令和7年度の取組予定", "次年度の予定", "今後の予定", "令和7年度予定", "R7実施予定"])
def test_what_is_planned_for_the_year_after_is_the_next_action_of_the_year_told(ahead):
    found = page(ahead)

    assert texts(found, "広報紙に載せる") == {
        (2024, "results"): "広報紙に3回のせた。",
        (2024, "next_action"): "続けて載せる。",
    }
    assert texts(found, "交流会を開く")[2024, "next_action"] == "早めに借りる。"
    assert [measure.schedule for measure in found.measures] == [{}, {}]
    assert {y: e.status for y, e in found.measures[0].lines[0].years.items()} == {2024: "on_track"}


def test_a_year_said_over_the_table_alone_is_enough():
    found = page("令和7年度の取組予定", head=[*HEAD[:4], "実績"])

    assert texts(found, "広報紙に載せる")[2024, "next_action"] == "続けて載せる。"


@pytest.mark.parametrize(
    ("ahead", "schedule"),
    [
        (["令和7年度の取組予定", "令和8年度の取組予定"], {2025: "続けて載せる。", 2026: "続けて載せる。"}),
        (["令和8年度の取組予定"], {2026: "続けて載せる。"}),
        (["次年度に向けた取組", "令和7年度の取組予定"], {2025: "続けて載せる。"}),
    ],
)
def test_a_plan_of_several_years_or_of_a_later_one_stays_a_plan(ahead, schedule):
    assert page(*ahead).measures[0].schedule == schedule
