"""What must hold for any file at all: nothing is lost, nothing crashes, order and furniture do not matter."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.plans.sheet.paper import assert_every_cell_is_told, grid, sheet
from tomoni.plans.sheet.document import NotAPlan
from tomoni.plans.sheet.recognise import recognise

HEAD = [
    "番号",
    "事業名",
    "担当課",
    "関係課",
    "事業内容",
    "R4 評価",
    "R4 実績",
    "R4 課題",
    "R5 評価",
    "R5 実績",
    "R5 今後の取組",
    "R4 計画",
]
ROWS = [
    [
        "1",
        "講座の開催",
        "協働課",
        "全課",
        "学ぶ講座を開く。",
        "順調",
        "3回開いた。",
        "会場が狭い。",
        "遅れ",
        "1回開いた。",
        "続ける。",
        "実施",
    ],
    [
        "2",
        "広報紙",
        "広報課",
        "",
        "紙で伝える。",
        "完了",
        "12回出した。",
        "",
        "順調",
        "12回出した。",
        "続ける。",
        "検討",
    ],
    ["3", "交流会", "公民館", "広報課", "団体が会う。", "未着手", "", "人がいない。", "取組中", "", "集める。", "実施"],
]
WORDS = st.sampled_from(
    ["No", "施策名", "担当課", "進捗状況", "実績", "課題", "備考", "R4", "令和5年度", "計画", "1", "2", "講座の開催", "協働課 広報課", "順調",
     "遅れ", "計画通りに進んでいない", "A", "◎", "実施", "検討", "目標1 学ぶ", "A：順調 B：遅れ", "(再掲) 1-1①", "合計", "※注", "資料1", "1/3",
     "12人が参加した。", "引き続き行う。", "【参加者数】12人", "", "", "", "　", "施策の推進"]
)  # fmt: skip
GRIDS = st.lists(st.lists(WORDS, max_size=9), max_size=14)
BOXES = st.lists(
    st.sampled_from(["A1:C1", "A2:A4", "B2:B5", "C3:E3", "F2:F3", "A5:H5", "D2:D6"]), max_size=2, unique=True
)


def read_as(rows, *merged):
    return recognise(grid(sheet(rows, *merged)))


def without_places(document):
    told = document.as_json()
    measures = [
        {**m, "at": "", "description": m["description"]["text"], "lines": [
            {**line, "years": {y: {k: v["text"] if isinstance(v, dict) else v for k, v in e.items() if k != "status_at"} for y, e in line["years"].items()}}
            for line in m["lines"]
        ]}
        for m in told["measures"]
    ]  # fmt: skip
    return told["plan"], measures


@given(st.permutations(range(len(HEAD))))
def test_the_order_of_columns_in_a_tidy_sheet_does_not_matter(order):
    shuffled = read_as([[row[i] for i in order] for row in [HEAD, *ROWS]])

    assert without_places(shuffled) == without_places(read_as([HEAD, *ROWS]))


@given(st.integers(0, 3), st.sampled_from(["2/4", "- 3 -", "資料2", "印刷用ページ"]))
def test_furniture_between_the_rows_changes_nothing(place, furniture):
    rows = [HEAD, *ROWS[:place], [furniture], *ROWS[place:]]

    found = read_as(rows)

    assert without_places(found) == without_places(read_as([HEAD, *ROWS]))
    assert found.cells[f"A{place + 2}"] == "furniture"


@given(st.integers(1, 2))
def test_a_head_repeated_on_the_next_page_changes_nothing(place):
    title = ["協働推進計画 進行管理シート"]
    once = read_as([title, HEAD, *ROWS])

    twice = read_as([title, HEAD, *ROWS[:place], title, HEAD, *ROWS[place:]])

    assert without_places(twice) == without_places(once)
    assert twice.cells[f"B{place + 4}"] == "furniture"


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(GRIDS, BOXES)
def test_whatever_stands_in_a_file_is_either_refused_or_accounted_for(rows, boxes):
    paper = grid(sheet(rows, *boxes))

    try:
        found = recognise(paper)
    except NotAPlan:
        return

    assert_every_cell_is_told(found, paper)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=8))
def test_whatever_stands_under_a_drifting_head_is_accounted_for(rows):
    head = [
        ["No", "施策", "主管課", "事業内容", "計画", "", "進捗状況"],
        ["", "", "", "", "R3", "R4", "R3", "", "", "R4"],
        ["", "", "", "", "", "", "進捗状況", "実績", "課題", "進捗状況", "実績", "課題"],
    ]
    drift = [["1", "講座", "協働課", "講座を開きます。", "実施", "実施", "順調", "開いた。", "遅れ", "狭い。"]] * 3
    paper = grid(sheet([*head, *drift, *rows], name=""), kind="tsv")

    assert_every_cell_is_told(recognise(paper), paper)


@pytest.mark.parametrize(
    "rows",
    [
        [["日付", "費目", "収入", "支出", "残高", "備考"], ["4/1", "給料", "300000", "", "300000", ""]],
        [["費目", "予算", "実績", "差額", "備考"], ["食費", "30000", "28000", "2000", ""]],
        [["No", "氏名", "住所", "電話番号", "備考"], ["1", "みほん", "緑町1-1", "000-0000", ""]],
        [["番号", "行事名", "担当課", "日程", "場所", "内容"], ["1", "まつり", "協働課", "4/1", "公園", "屋台"]],
        [["番号", "件名", "担当課", "契約額", "契約日"], ["1", "清掃委託", "管財課", "100", "4/1"]],
        [],
        [["あ"]],
    ],
    ids=["household", "budget", "addresses", "events", "contracts", "empty", "one cell"],
)
def test_a_sheet_that_is_no_plan_is_refused_with_a_sentence(rows):
    with pytest.raises(NotAPlan, match="進行管理シート"):
        read_as(rows)
