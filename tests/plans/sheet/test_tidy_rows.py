"""Single rows of tidy sheets: headings, notes, totals, sub-rows, and columns that are more than one thing."""

import pytest

from tests.plans.sheet.paper import assert_every_cell_is_told, grid, headings, parents, ratings, sheet, texts
from tomoni.plans.sheet.document import NotAPlan
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.recognise import recognise

HEAD = ["No", "事業名", "担当課", "事業内容", "令和4年度 評価", "令和4年度 実績", "令和4年度 備考"]


def read_as(*rows, merged=(), reading=None):
    paper = grid(sheet(rows, *merged))
    found = recognise(paper, reading)
    assert_every_cell_is_told(found, paper)
    return found


def test_unnamed_headings_nest_by_the_look_of_their_numbers_and_lone_titles_are_measures():
    found = read_as(
        ["協働推進計画 進捗管理（令和6年度）"],
        ["取組項目", "主管課", "関係課", "評価", "取組内容・実績", "今後の方向性"],
        ["Ⅰ 意識を育てる"],
        ["1 知る機会"],
        ["(1) 講演会", "協働課", "全課", "順調", "2回開いた", "継続する"],
        ["(2) 授業", "指導課", "", "遅れあり", "未定", "調整する"],
        ["2 学ぶ機会"],
        ["(3) 講演会（再掲）"],
        ["Ⅱ つながる"],
        ["1 出会う"],
        ["(4) カフェ", "協働課", "", "継続", "4回", ""],
        merged=["A3:F3", "A4:F4", "A7:F7", "A9:F9", "A10:F10"],
    )

    assert headings(found) == [
        ("見出し", "Ⅰ", "意識を育てる", None),
        ("見出し", "1", "知る機会", "意識を育てる"),
        ("見出し", "2", "学ぶ機会", "意識を育てる"),
        ("見出し", "Ⅱ", "つながる", None),
        ("見出し", "1", "出会う", "つながる"),
    ]
    assert parents(found) == {"(1)": "知る機会", "(2)": "知る機会", "(3)": "学ぶ機会", "(4)": "出会う"}
    assert found.measures[2].relisted_of == "(1)"
    assert texts(found, "(1)") == {(2024, "results"): "2回開いた", (2024, "next_action"): "継続する"}


def test_levels_take_the_names_the_rulebook_gives():
    rows = [HEAD, ["Ⅰ 意識"], ["1 知る"], ["1", "講座", "協働課", "開く", "順調", "", ""]]

    found = read_as(*rows, reading=Reading(levels=("柱", "方針")))

    assert [n.level for n in found.nodes] == ["柱", "方針"]


def test_a_heading_may_have_its_number_in_a_cell_of_its_own():
    found = read_as(
        HEAD,
        ["Ⅰ", "意識を育てる"],
        ["1", "講座", "協働課", "開く", "順調", "3回", ""],
        merged=["B2:G2"],
    )

    assert headings(found) == [("見出し", "Ⅰ", "意識を育てる", None)]
    assert found.cells["A2"] == "/nodes/0/number"


def test_notes_totals_and_texts_beside_the_table_are_set_aside_with_a_reason():
    found = read_as(
        HEAD,
        ["1", "講座", "協働課", "開く", "順調", "3回", ""],
        ["合計", "1事業"],
        ["※ 評価は担当課による"],
        ["1/2"],
    )

    assert len(found.measures) == 1
    assert {u.at: u.why for u in found.unplaced} == {
        "A3": "集計の行です。",
        "B3": "集計の行です。",
        "A4": "表の外の注記です。",
    }
    assert found.cells["A5"] == "furniture"


def test_a_department_in_each_row_under_a_repeated_title_is_a_line_of_the_same_measure():
    found = read_as(
        ["施策", "取組", "担当課", "令和5年度 進捗"],
        ["1 知る", "講座", "協働課", "順調"],
        ["1 知る", "講座", "公民館", "遅れ"],
        ["2 会う", "講座", "協働課", "完了"],
    )

    assert [(m.title, [line.leads for line in m.lines]) for m in found.measures] == [
        ("講座", [["協働課"], ["公民館"]]),
        ("講座", [["協働課"]]),
    ]
    assert [line.years[2023].status for m in found.measures for line in m.lines] == ["on_track", "off_track", "done"]


def test_fields_below_each_other_and_years_side_by_side():
    found = read_as(
        ["No", "事業名", "担当課", "項目", "令和3年度", "令和4年度"],
        ["1", "講座", "協働課", "進捗状況", "順調", "遅れ"],
        ["", "", "", "実績", "3回", "1回"],
        ["", "", "", "課題", "", "会場"],
        ["2", "冊子", "広報課", "進捗状況", "完了", "順調"],
        ["", "", "", "実績", "1号", "2号"],
        merged=["A2:A4", "B2:B4", "C2:C4", "A5:A6", "B5:B6", "C5:C6"],
    )

    assert ratings(found) == {
        "1": [("協働課", {2021: "on_track", 2022: "off_track"})],
        "2": [("広報課", {2021: "done", 2022: "on_track"})],
    }
    assert texts(found, "1") == {(2021, "results"): "3回", (2022, "results"): "1回", (2022, "issues"): "会場"}


def test_words_of_direction_and_of_result_do_not_make_a_tidy_sheet_drift():
    rows = [
        [str(i), f"事業{i}", "協働課", letter, "完了", direction]
        for i, (letter, direction) in enumerate([("A", "拡充"), ("B", "見直し"), ("A", "廃止"), ("C", "継続")], 1)
    ]

    found = read_as(
        ["No", "事業名", "担当課", "R4評価", "R4実績", "R4今後の方向性"], *rows, ["A：順調 B：遅れ C：未着手"]
    )

    assert [line[0][1][2022] for line in ratings(found).values()] == [
        "on_track",
        "off_track",
        "on_track",
        "not_started",
    ]
    assert texts(found, "2") == {(2022, "results"): "完了", (2022, "next_action"): "見直し"}


def test_two_columns_of_one_year_for_rating_and_account_are_told_apart_by_what_stands_in_them():
    account = "講座を3回開催し、多くの市民が参加した。来年度も続ける。"

    found = read_as(
        ["番号", "施策", "所管", "R5進捗状況", "R5評価"],
        ["1", "講座", "協働課", account, "順調"],
        ["2", "冊子", "広報課", account, "遅れ"],
    )

    assert ratings(found)["1"] == [("協働課", {2023: "on_track"})]
    assert texts(found, "1") == {(2023, "results"): account}


def test_bureau_and_section_in_two_columns_leave_the_section_as_lead():
    found = read_as(
        ["番号", "取組", "部", "課", "R4評価", "R4実績"],
        ["1", "講座", "市民部", "協働課", "順調", "3回"],
        ["2", "冊子", "企画部", "広報課", "順調", "1号"],
    )

    assert [m.lines[0].leads for m in found.measures] == [["協働課"], ["広報課"]]
    assert {u.at for u in found.unplaced} == {"C2", "C3"}


def test_a_column_for_lead_and_related_departments_names_the_lead_first():
    found = read_as(
        ["番号", "取組", "担当課・関係課", "R4評価", "R4実績"],
        ["1", "講座", "協働課、広報課、全課", "順調", "3回"],
    )

    line = found.measures[0].lines[0]
    assert (line.leads, line.related) == (["協働課"], ["広報課", "全課"])


def test_columns_the_format_has_no_place_for_are_set_aside_by_name():
    found = read_as(
        ["番号", "取組", "担当課", "目標値", "予算額", "にじいろ", "R4評価", "R4実績"],
        ["1", "講座", "協働課", "100人", "20千円", "あか", "順調", "3回"],
        ["2", "冊子", "広報課", "1号", "30千円", "あお", "順調", "1号"],
    )

    why = {u.at: u.why for u in found.unplaced}
    assert set(why) == {"D2", "D3", "E2", "E3", "F2", "F3"}
    assert "目標値" in why["D2"]


def test_a_plan_merged_over_its_years_holds_for_each_of_them():
    found = read_as(
        ["番号", "取組", "担当課", "計画", "", "", "R4 進捗"],
        ["", "", "", "R4", "R5", "R6", ""],
        ["1", "講座", "協働課", "継続実施", "", "", "順調"],
        merged=["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2", "D3:F3"],
    )

    assert found.measures[0].schedule == {2022: "継続実施", 2023: "継続実施", 2024: "継続実施"}
    assert found.cells["D3"] == [f"/measures/0/schedule/{year}" for year in (2022, 2023, 2024)]


def test_a_table_of_something_else_beside_the_plan_is_set_aside():
    paper = grid(
        sheet([["担当課", "件数", "備考"], ["協働課", "3", "実績"]], name="集計"),
        sheet([HEAD, ["1", "講座", "協働課", "開く", "順調", "3回", ""]], name="一覧"),
    )

    found = recognise(paper)

    assert len(found.measures) == 1
    assert_every_cell_is_told(found, paper)


def test_a_head_without_rows_is_no_plan():
    with pytest.raises(NotAPlan):
        read_as(HEAD)


def test_years_without_an_era_are_heisei_where_no_other_era_can_be_meant():
    found = read_as(
        ["協働推進計画 進行管理"],
        ["施策の方向", "No", "具体的取組", "担当課", "24年度", "", "25年度", ""],
        ["", "", "", "", "進捗状況", "取組内容", "進捗状況", "取組内容"],
        ["1 情報の共有", "1", "情報サイトの運営", "市民活動課", "順調", "登録団体 120団体", "遅れ", "登録団体 125団体"],
        ["2 人材の育成", "2", "地域デビュー講座", "生涯学習課", "未着手", "中止", "順調", "2回開催"],
    )

    assert ratings(found) == {
        "1": [("市民活動課", {2012: "on_track", 2013: "off_track"})],
        "2": [("生涯学習課", {2012: "not_started", 2013: "on_track"})],
    }
    assert texts(found, "2") == {(2012, "results"): "中止", (2013, "results"): "2回開催"}
    assert headings(found) == [("施策の方向", "1", "情報の共有", None), ("施策の方向", "2", "人材の育成", None)]


def test_years_without_an_era_are_close_to_the_year_told_above_the_table():
    found = read_as(
        ["令和5年度 協働推進計画 進行管理表"],
        ["番号", "取組", "所管課", "4年度 実績", "4年度 評価", "5年度 実績", "5年度 評価"],
        ["1", "人材バンク", "協働課", "登録 12人", "順調", "登録 15人", "遅れ"],
        ["2", "回収運動", "環境課", "3回", "順調", "5回", "完了"],
    )

    assert ratings(found)["1"] == [("協働課", {2022: "on_track", 2023: "off_track"})]
    assert texts(found, "2") == {(2022, "results"): "3回", (2023, "results"): "5回"}


def test_a_total_in_the_column_of_a_level_is_no_heading():
    found = read_as(
        ["柱", *HEAD],
        ["1 知る", "1", "出前講座", "協働課", "職員が話す", "順調", "3回", ""],
        ["2 つながる", "2", "交流会", "協働課", "集いを開く", "順調", "2回", ""],
        ["合計", "", "", "", "", "", "5回", ""],
    )

    assert headings(found) == [("柱", "1", "知る", None), ("柱", "2", "つながる", None)]
    assert [(left["at"], left["why"]) for left in found.as_json()["unplaced"]] == [
        ("A4", "集計の行です。"),
        ("G4", "集計の行です。"),
    ]
