"""Drifting sheets of a fictional city: columns that move, loops, lost ratings; and what may be told of them."""

import pytest

from tests.plans.sheet.paper import assert_every_cell_is_told, grid, headings, parents, ratings, sheet, texts
from tomoni.plans.sheet.recognise import recognise

TITLE = ["つばさ市市民協働推進プラン 進行管理表"]
HEAD = [
    ["番号", "柱・施策", "担当部署", "概要", "年次計画", "", "", "進行状況"],
    ["", "", "", "", "R3", "R4", "R5", "R3", "", "", "", "R4", "", "", "", "R5"],
    ["", "", "", "", "", "", "", *["進捗", "成果", "問題点", "改善策"] * 3],
]
COURSE = ["1", "市民講座の開催", "協働課", "誰もが学べる講座を開き、地域で動く人を増やします。", "実施", "実施", "拡充"]
FIRST = ["順調", "講座を3回開催し、45人が参加した。", "若い人の参加が少なかった。", "夜の講座を設ける。"]
SECOND = ["順調", "講座を4回開催し、60人が参加した。", "会場が狭いという課題がある。", "広い会場を予約する。"]
THIRD = ["遅れ", "講座を1回開催した。", "講師の確保が困難である。", "講師を早めに依頼する。"]
NEWS = ["2", "広報の充実", "広報課", "広報紙とサイトで活動を伝えます。", "検討", "実施", "実施"]
WINDOW = ["3", "相談窓口", "協働課", "活動の悩みに応える窓口を置きます。", "実施", "実施", "実施"]
FAIR = ["4", "交流会", "協働課 公民館", "団体どうしが出会う場を設けます。", "実施", "実施", "実施"]
# Enough rows out of their columns for the headers to lose their word.
STRAYED = [
    [
        "",
        *NEWS,
        "未着手",
        "",
        "",
        "準備を進める。",
        "順調",
        "特集を2回掲載した。",
        "",
        "",
        "順調",
        "特集を3回掲載した。",
    ],
    [
        "",
        *WINDOW,
        "順調",
        "20件に対応した。",
        "",
        "",
        "順調",
        "25件に対応した。",
        "",
        "",
        "やや遅れ",
        "8件に対応した。",
    ],
]


def read_as(*rows):
    return recognise(grid(sheet([TITLE, *HEAD, *STRAYED, *rows]), kind="tsv"))


def test_a_row_with_as_many_ratings_as_years_is_told_wherever_it_stands():
    found = read_as([*COURSE, *FIRST, *SECOND, *THIRD])

    assert found.years == [2021, 2022, 2023]
    assert ratings(found)["1"] == [("協働課", {2021: "on_track", 2022: "on_track", 2023: "off_track"})]
    assert ratings(found)["2"] == [("広報課", {2021: "not_started", 2022: "on_track", 2023: "on_track"})]
    assert ratings(found)["3"] == [("協働課", {2021: "on_track", 2022: "on_track", 2023: "off_track"})]
    assert texts(found, "1") == {
        (year, field): text
        for year, block in zip((2021, 2022, 2023), (FIRST, SECOND, THIRD), strict=True)
        for field, text in zip(("results", "issues", "next_action"), block[1:], strict=True)
    }
    assert texts(found, "2")[2021, "next_action"] == "準備を進める。"
    assert found.measures[2].schedule == {2021: "実施", 2022: "実施", 2023: "拡充"}


def test_headings_carry_over_the_page_and_stand_at_any_column():
    rows = [["柱1 知りあう"], [*COURSE, *FIRST, *SECOND, *THIRD], ["", "", "柱2 支えあう"], TITLE, *HEAD]

    found = read_as(*rows, [*FAIR, *FIRST, *SECOND, *THIRD], ["柱2 支えあう"], ["市民講座の開催"])

    assert headings(found) == [("柱", "1", "知りあう", None), ("柱", "2", "支えあう", None)]
    assert parents(found) == {"2": None, "3": None, "1": "知りあう", "4": "支えあう"}
    assert found.cells["A15"] == "furniture"
    assert next(u.why for u in found.unplaced if u.at == "A16").startswith("施策「市民講座の開催」")


def test_a_segment_repeated_word_for_word_is_a_loop_and_what_all_readings_agree_on_is_told():
    looped = ["順調", "窓口を毎週開き、寄せられた相談に対応した。", "周知が不足している。", "周知を強化する。"]

    found = read_as([*COURSE, *looped * 4, "順調"])

    line = found.measures[2].lines[0]
    assert {year: e.status for year, e in line.years.items()} == dict.fromkeys((2021, 2022, 2023), "on_track")
    assert line.is_looped
    assert all(e.confidence < 0.9 for e in line.years.values())
    assert sum("繰り返し" in u.why for u in found.unplaced) == 2
    assert any("読み取りの際の繰り返しかは判断できません" in f.message for f in found.findings if f.measure == "1")


def test_a_loop_whose_ratings_differ_tells_only_the_year_that_is_sure():
    found = read_as([*COURSE, *THIRD, *FIRST, *FIRST, *THIRD, *FIRST])

    read = ratings(found)["1"][0][1]
    assert read[2021] == "off_track"
    assert read[2022] is None
    assert read[2023] is None


def test_a_rating_lost_in_the_middle_leaves_its_year_open_and_says_why():
    found = read_as([*COURSE, *FIRST, "", "", "", "", *THIRD])

    assert ratings(found)["1"] == [("協働課", {2021: "on_track", 2022: None, 2023: "off_track"})]
    why = next(f for f in found.findings if (f.measure, f.year, f.kind) == ("1", 2022, "reading"))
    assert "年度の数（3）と合いません" in why.message


def test_a_year_named_in_the_text_beats_the_column():
    told = ["順調", "【令和5年度参加者数】80人", "", ""]

    found = read_as([*COURSE, *FIRST, *told])

    assert ratings(found)["1"][0][1] == {2021: "on_track", 2022: None, 2023: "on_track"}
    assert ("1", 2023, "参加者数", 80) in [(n.measure, n.year, n.label, n.value) for n in found.numbers]


@pytest.mark.parametrize("gap", [0, 1, 5])
def test_two_departments_in_one_cell_and_a_second_row_are_two_lines(gap):
    second = [""] * (7 + gap) + [
        "取組中",
        "展示した。",
        "",
        "",
        "順調",
        "展示を2回行った。",
        "",
        "",
        "順調",
        "展示を3回行った。",
    ]

    found = read_as([*FAIR, *FIRST, *SECOND, *THIRD], second)

    assert ratings(found)["4"] == [
        ("協働課", {2021: "on_track", 2022: "on_track", 2023: "off_track"}),
        ("公民館", {2021: None, 2022: "on_track", 2023: "on_track"}),
    ]
    assert found.cells["C7"] == ["/measures/2/lines/0/leads", "/measures/2/lines/1/leads"]


def test_a_second_row_after_a_single_department_is_not_taken_for_one():
    paper = grid(
        sheet([TITLE, *HEAD, *STRAYED, [*COURSE, *FIRST, *SECOND, *THIRD], ["", *[""] * 11, *THIRD[:2]]]), kind="tsv"
    )

    found = recognise(paper)

    assert len(found.measures[2].lines) == 1
    assert {u.at for u in found.unplaced} >= {"M8", "N8"}
    assert_every_cell_is_told(found, paper)


def test_a_missing_number_is_inferred_only_from_both_neighbours():
    unnumbered = ["", *FAIR[1:], *FIRST, *SECOND, *THIRD]
    after = ["6", *COURSE[1:], *FIRST, *SECOND, *THIRD]

    found = read_as(unnumbered, ["5", *WINDOW[1:], *FIRST, *SECOND, *THIRD], unnumbered, ["9", *after[1:]])

    assert [(m.number, m.number_inferred) for m in found.measures] == [
        ("2", False),
        ("3", False),
        ("4", True),
        ("5", False),
        (None, False),
        ("9", False),
    ]
