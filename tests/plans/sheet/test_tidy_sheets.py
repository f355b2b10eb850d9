"""Tidy sheets of fictional cities, each written another way, and what must be read from them."""

from tests.plans.sheet.paper import assert_every_cell_is_told, grid, headings, parents, ratings, sheet, texts
from tomoni.plans.sheet.recognise import recognise


def test_letters_are_read_by_the_legend_over_the_table_and_merged_columns_are_headings():
    paper = grid(
        sheet(
            [
                ["みどり市協働推進プラン（令和4年度～令和6年度）進捗管理表"],
                ["評価：A 計画以上、B 計画どおり、C やや遅れ、D 未着手"],
                ["基本目標", "基本施策", "No", "事業名", "担当課", "取組内容", "計画", "", "令和4年度", "", "", "令和5年度", ""],
                ["", "", "", "", "", "", "R4", "R5", "評価", "取組実績", "課題", "評価", "課題・今後の方向性"],
                ["1 ひとづくり", "1-1 学ぶ", "1", "講座", "市民課", "開く", "実施", "拡充", "A", "3回開いた", "人手", "B", "会場が狭い"],
                ["", "", "2", "出前授業", "市民課、学校課", "話す", "検討", "実施", "D", "", "", "C", ""],
                ["2 場づくり", "2-1 場", "3", "交流会", "公民館", "会う", "○", "→", "E", "2回", "", "", ""],
            ],
            "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:F4", "G3:H3", "I3:K3", "L3:M3", "A5:A6", "B5:B6",
        )
    )  # fmt: skip

    found = recognise(paper)

    assert found.title == "みどり市協働推進プラン（令和4年度～令和6年度）進捗管理表"
    assert found.years == [2022, 2023]
    assert headings(found) == [
        ("基本目標", "1", "ひとづくり", None),
        ("基本施策", "1-1", "学ぶ", "ひとづくり"),
        ("基本目標", "2", "場づくり", None),
        ("基本施策", "2-1", "場", "場づくり"),
    ]
    assert parents(found) == {"1": "学ぶ", "2": "学ぶ", "3": "場"}
    assert ratings(found) == {
        "1": [("市民課", {2022: "on_track", 2023: "on_track"})],
        "2": [("市民課・学校課", {2022: "not_started", 2023: "off_track"})],
        "3": [("公民館", {2022: None, 2023: None})],
    }
    assert found.measures[2].lines[0].years[2022].status_text == "E"
    assert found.measures[2].schedule == {2022: "○", 2023: "→"}
    assert found.cells["A2"] == "header"
    assert found.cells["M5"] == [
        "/measures/0/lines/0/years/2023/issues",
        "/measures/0/lines/0/years/2023/next_action",
    ]
    assert_every_cell_is_told(found, paper)


def test_a_letter_can_mean_the_opposite_in_the_next_city_and_schedule_marks_are_no_ratings():
    paper = grid(
        sheet(
            [
                ["つきみ市まちづくり計画　令和4年度　進行管理"],
                ["コード", "施策", "担当", "年次計画", "", "令和4年度の取組", "", ""],
                ["", "", "", "令和4", "令和5", "評価", "", "実績"],
                ["", "", "", "", "", "自己", "委員会", ""],
                ["１－１①", "広報紙", "広報課", "○", "◎", "Ａ", "Ｃ", "発行した。"],
                ["１－１②", "動画", "広報課", "△", "○", "Ｃ", "Ｃ", "試した。"],
                ["", "", "図書館", "", "", "Ｂ", "Ａ", "上映した。"],
                ["年次計画　△：検討　○：実施　◎：拡充"],
                ["評価　Ａ：遅れている　Ｂ：おおむね順調　Ｃ：順調"],
            ],
            "A2:A4", "B2:B4", "C2:C4", "D2:E2", "F2:H2", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "A6:A7", "B6:B7",
        )
    )  # fmt: skip

    found = recognise(paper)

    assert ratings(found) == {
        "1-1①": [("広報課", {2022: "off_track"})],
        "1-1②": [("広報課", {2022: "on_track"}), ("図書館", {2022: "on_track"})],
    }
    assert found.measures[1].schedule == {2022: "△", 2023: "○"}
    assert {u.at for u in found.unplaced} == {"G5", "G6", "G7"}
    assert_every_cell_is_told(found, paper)


def test_marks_without_a_legend_stay_open_and_keep_the_mark():
    head = ["No.", "事業名", "担当部署", "進捗", "令和5年度の実績"]
    marks = ["◎", "△", "A", "3", "－", "☆☆", "○"]
    paper = grid(sheet([head, *([str(i), f"事業{i}", "広報課", m, "した"] for i, m in enumerate(marks))]))

    found = recognise(paper)

    entries = [m.lines[0].years[2023] for m in found.measures]
    assert [e.status for e in entries] == [None] * 7
    assert [e.status_text for e in entries] == marks
    assert [f.kind for f in found.findings if f.field == "status"] == ["reading"] * 7


def test_one_sheet_for_each_year_is_one_plan_and_the_legend_stands_on_the_cover():
    head = ["通番", "施策の方向性", "取組名", "所属", "達成度", "取組状況", "問題点", "改善策", "特記事項"]
    paper = grid(
        sheet([["第2次あおば市参画プラン"], ["達成度の区分"], ["S", "計画を上回って実施"], ["A", "計画どおり実施"], ["C", "未実施"]], name="表紙"),
        sheet([["進捗状況調査票（令和4年度）"], head, ["1", "ひらく", "広報紙", "広報室", "A", "出した。", "写真", "撮る", ""],
               ["2", "", "討論会", "企画課", "C", "なし。", "", "", ""]], name="R4"),
        sheet([["進捗状況調査票（令和5年度）"], head, ["1", "ひらく", "広報紙", "広報室", "S", "増やした。", "", "", "4月から"],
               ["2", "", "討論会", "企画課", "", "", "", "", ""]], name="R5"),
    )  # fmt: skip

    found = recognise(paper)

    assert found.title == "第2次あおば市参画プラン"
    assert ratings(found) == {
        "1": [("広報室", {2022: "on_track", 2023: "on_track"})],
        "2": [("企画課", {2022: "not_started", 2023: None})],
    }
    assert texts(found, "1") == {
        (2022, "results"): "出した。",
        (2022, "issues"): "写真",
        (2022, "next_action"): "撮る",
        (2023, "results"): "増やした。",
        (2023, "remarks"): "4月から",
    }
    assert found.measures[0].at == "R4!C3"
    assert found.cells["R5!C3"] == "/measures/0/title"
    assert_every_cell_is_told(found, paper)


def test_one_sheet_for_each_policy_takes_its_heading_from_the_line_above_the_table():
    def policy(name, heading, *rows):
        head = ["No.", "事業名", "担当部署", "事業概要", "進捗", "実績", "今後の課題", "次年度の取組予定"]
        return sheet([["みなと市協働プラン 令和5年度実績報告"], [heading], head, *rows], "A1:H1", name=name)

    paper = grid(
        policy(
            "柱1",
            "取組の柱1 ひらく",
            ["1", "だより", "広報課", "出す", "順調", "12回", "部数", "増やす"],
            ["合計", "1事業"],
        ),
        policy("柱2", "取組の柱2 つなぐ", ["2", "交流会", "市民課", "会う", "遅延", "", "", "続ける"]),
    )

    found = recognise(paper)

    assert headings(found) == [("取組の柱", "1", "ひらく", None), ("取組の柱", "2", "つなぐ", None)]
    assert parents(found) == {"1": "ひらく", "2": "つなぐ"}
    assert ratings(found) == {"1": [("広報課", {2023: "on_track"})], "2": [("市民課", {2023: "off_track"})]}
    assert found.cells["柱2!A1"] == "furniture"
    assert_every_cell_is_told(found, paper)


def test_a_row_for_each_year_under_a_merged_measure():
    paper = grid(
        sheet(
            [
                ["あさひ市協働計画進捗表"],
                ["No", "施策名", "担当課", "年度", "評価", "実績", "課題"],
                ["1", "講座", "協働課", "令和3年度", "◎", "3回", ""],
                ["", "", "", "令和4年度", "○", "2回", "講師"],
                ["2", "冊子", "広報課", "令和3年度", "△", "1号", ""],
                ["", "", "", "令和4年度", "▲", "", ""],
                ["◎＝目標以上　○＝予定どおり　△＝予定より遅れ　▲＝未実施"],
            ],
            "A3:A4", "B3:B4", "C3:C4", "A5:A6", "B5:B6", "C5:C6",
        )
    )  # fmt: skip

    found = recognise(paper)

    assert ratings(found) == {
        "1": [("協働課", {2021: "on_track", 2022: "on_track"})],
        "2": [("広報課", {2021: "off_track", 2022: "not_started"})],
    }
    assert_every_cell_is_told(found, paper)


def test_the_same_columns_without_merges_as_a_text_table_with_bare_years():
    rows = [
        ["みらい市協働推進指針実施計画"],
        ["", "", "", "", "平成19年度", "", "", "20年度", "", ""],
        ["大項目", "中項目", "取組名", "担当課", "進捗度", "実施状況", "課題", "進捗度", "実施状況", "課題"],
        ["1 意識", "(1) 啓発", "講演会", "市民課", "完了", "2回開催", "", "完了", "1回開催", ""],
        ["", "", "広報", "広報課", "遅延", "未発行", "人手", "順調", "発行", ""],
        ["", "(2) 研修", "職員研修", "職員課", "順調", "40人受講", "", "順調", "38人受講", "会場"],
    ]

    found = recognise(grid(sheet(rows), kind="csv"))

    assert found.years == [2007, 2008]
    assert parents(found) == {"講演会": "啓発", "広報": "啓発", "職員研修": "研修"}
    assert ratings(found)["広報"] == [("広報課", {2007: "off_track", 2008: "on_track"})]
    assert texts(found, "職員研修")[2008, "issues"] == "会場"


def test_the_year_evaluated_is_not_the_year_of_the_sheet():
    rows = [
        ["令和5年度 第3次市民参画プラン進行管理シート（令和4年度実績）"],
        ["No", "事業", "所管課", "達成状況", "取組結果", "課題及び今後の対応"],
        ["1", "講座", "市民課", "達成", "開いた", "続ける"],
        ["2", "調査", "市民課", "見直して実施", "した", ""],
        ["3", "連携", "市民課", "一部達成", "", ""],
        ["4", "集計", "市民課", "達成率72.0%", "", ""],
    ]

    found = recognise(grid(sheet(rows)))

    assert [line[0][1] for line in ratings(found).values()] == [
        {2022: "done"},
        {2022: "changed"},
        {2022: None},
        {2022: None},
    ]


def test_two_departments_in_one_merged_cell_with_two_rows_are_two_lines():
    paper = grid(
        sheet(
            [
                ["№", "推進方策・目標・施策", "主管課", "関係課", "事業内容", "計画", "進捗状況（H30）", "", "進捗状況（R1）", ""],
                ["", "", "", "", "", "R1", "進捗状況", "実績", "進捗状況", "R2年度へ向けた取組"],
                ["推進方策1 学びの場"],
                ["目標(1) 学びの場づくり"],
                ["1", "学びの場づくり", "協働課\n生涯学習課", "全課", "つくる", "実施", "計画通りに進んでいる", "開いた", "計画通りに進んでいない", "開く"],
                ["", "", "", "", "", "", "計画を変更して実施している", "別に開いた", "完了(目標を達成)", ""],
            ],
            "A5:A6", "B5:B6", "C5:C6", "D5:D6", "E5:E6", "F5:F6", "G1:H1", "I1:J1", "A3:J3", "A4:J4",
        )
    )  # fmt: skip

    found = recognise(paper)

    assert headings(found) == [("推進方策", "1", "学びの場", None), ("目標", "(1)", "学びの場づくり", "学びの場")]
    assert ratings(found) == {
        "1": [
            ("協働課", {2018: "on_track", 2019: "off_track"}),
            ("生涯学習課", {2018: "changed", 2019: "done"}),
        ]
    }
    assert found.cells["C5"] == ["/measures/0/lines/0/leads", "/measures/0/lines/1/leads"]
    assert_every_cell_is_told(found, paper)


def test_headings_stand_in_any_column_and_their_levels_are_learnt_from_the_sheet():
    rows = [
        ["No.", "取組", "担当", "年次", "", "進み具合", ""],
        ["", "", "", "R4", "R5", "R4", "R5"],
        ["", "", "はぐくみ作戦1 ひとを育む"],
        ["1", "講座", "協働課", "実施", "実施", "順調", "完了"],
        ["", "はぐくみ作戦2 場を育む"],
        ["2", "拠点", "協働課", "実施", "実施", "遅れ", "順調"],
    ]

    found = recognise(grid(sheet(rows), kind="tsv"))

    assert headings(found) == [("はぐくみ作戦", "1", "ひとを育む", None), ("はぐくみ作戦", "2", "場を育む", None)]
    assert ratings(found)["2"] == [("協働課", {2022: "off_track", 2023: "on_track"})]


def test_a_relisted_measure_points_to_the_one_it_repeats():
    rows = [
        ["基本施策", "番号", "展開", "担当課", "内容", "令和4年度 評価"],
        ["1-1. きっかけ", "1-1①", "体験", "市民課", "体験する", "順調"],
        ["2-1. 情報", "2-1①", "発信", "広報課", "発信する", "順調"],
        ["", "2-1②", "体験（再掲）", "市民課", "", ""],
        ["", "2-1③", "発信の充実", "広報課", "(再掲) 1-1. きっかけ①", ""],
    ]

    found = recognise(grid(sheet(rows)))

    assert [(m.number, m.title, m.relisted_of) for m in found.measures] == [
        ("1-1①", "体験", None),
        ("2-1①", "発信", None),
        ("2-1②", "体験", "1-1①"),
        ("2-1③", "発信の充実", "1-1①"),
    ]


def test_figures_in_columns_of_their_own_get_their_label_and_unit():
    rows = [
        ["令和5年度　協働推進計画　進行管理表"],
        ["No", "事業名", "担当課", "指標名", "単位", "目標値", "実績値", "評価"],
        ["1", "養成", "市民課", "養成人数", "人", "100", "82", "順調"],
        ["2", "運営", "市民課", "利用者数", "人", "12,000", "1万人ほど", "順調"],
    ]

    found = recognise(grid(sheet(rows)))

    assert [(n.measure, n.year, n.label, n.value, n.unit, n.at) for n in found.numbers] == [
        ("1", 2023, "養成人数", 82, "人", "G3")
    ]
    assert found.cells["G3"] == "/numbers/0/value"
    assert {u.at for u in found.unplaced} == {"F3", "F4", "G4", "D4", "E4"}


def test_texts_without_any_year_are_set_aside_with_that_reason():
    rows = [["No", "事業名", "担当課", "評価", "実績"], ["1", "講座", "市民課", "順調", "開いた"]]

    found = recognise(grid(sheet(rows)))

    assert found.measures[0].lines[0].years == {}
    assert {u.at: u.why for u in found.unplaced} == dict.fromkeys(
        ("D2", "E2"), "何年度の記入か、シートのどこにも書かれていません。"
    )
