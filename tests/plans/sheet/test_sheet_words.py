"""Column heads, headings, departments, figures and wordings: the words sheets are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.plans.sheet.alignment import Block, Scores, align
from tomoni.plans.sheet.departments import are_departments, names_in
from tomoni.plans.sheet.document import Text
from tomoni.plans.sheet.evidence import fits_year, leaning
from tomoni.plans.sheet.figures import number_of, told
from tomoni.plans.sheet.hierarchy import Path, parse, split_number
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.relisting import reference
from tomoni.plans.sheet.titles import year_told
from tomoni.plans.sheet.vocabulary import Role, heading

HEADS = [
    ("№", ["number"], None), ("施策番号", ["number"], None), ("具体的な取組", ["title"], None), ("基本目標", ["level"], None),
    ("担当部署", ["lead"], None), ("担当課・関係課", ["lead", "related"], None), ("協力課", ["related"], None), ("取組内容", ["description"], None),
    ("令和4年度 進捗状況", ["status"], 2022), ("評価（A～D）", ["status"], None), ("R5年度\n取組実績", ["results"], 2023),
    ("成果・課題", ["results", "issues"], None), ("今後の課題", ["issues"], None), ("課題・改善策", ["issues", "next_action"], None),
    ("R2年度へ向けた取組", ["next_action"], 2019), ("今後の方向性", ["next_action"], None), ("特記事項", ["remarks"], None),
    ("2023（R5）年度", [], 2023), ("委員会評価", ["ignore"], None), ("目標値", ["ignore"], None), ("実績値", ["value"], None),
    ("年度", ["year"], None), ("R5計画", ["schedule"], 2023), ("にじいろ", [], None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "roles", "year"), HEADS, ids=[h[0] for h in HEADS])
def test_a_column_head_gives_its_role_and_year(text, roles, year):
    found = heading(text, {})

    assert [r.value for r in found.roles] == roles
    assert (found.year.year if found.year else None) == year


def test_a_rulebook_may_explain_a_column_head():
    assert heading("にじいろ", {"にじいろ": "status"}).role is Role.STATUS


@pytest.mark.parametrize(
    ("text", "level", "number", "title"),
    [
        ("推進方策1 市民の意識", "推進方策", "1", "市民の意識"),
        ("目標(1)市民協働の啓発", "目標", "(1)", "市民協働の啓発"),
        ("基本目標Ⅰ　人づくり", "基本目標", "Ⅰ", "人づくり"),
        ("第１章　参加の推進", "章", "1", "参加の推進"),
        ("1-1. きっかけづくり", "", "1-1", "きっかけづくり"),
        ("【基本目標1】意識を育てる", "基本目標", "1", "意識を育てる"),
        ("ひろがる作戦2 人が集う", "ひろがる作戦", "2", "人が集う"),
        ("■場づくり", "", None, "場づくり"),
        ("2 人材の育成", "", "2", "人材の育成"),
        ("3 人と人がつながる", "", "3", "人と人がつながる"),
        ("4 つながる", "", "4", "つながる"),
    ],
)
def test_a_heading_gives_its_level_number_and_title(text, level, number, title):
    found = parse(text)

    assert (found.level, found.number, found.title) == (level, number, title)


@pytest.mark.parametrize(
    "text",
    [
        "※注",
        "令和5年度 進捗状況",
        "資料1",
        "3",
        "10件",
        "市民講座の開催",
        "開いた。",
        "第2次プラン",
        "45 人",
        "5 人が参加",
        "3 年間の歩み",
    ],
)
def test_other_lone_cells_are_no_headings(text):
    assert parse(text) is None


def test_levels_stand_below_each_other_in_the_order_they_are_met():
    path = Path()
    for text in ("柱1 あ", "目標1 い", "(1) う", "目標2 え", "柱2 お", "(1) か"):
        path.enter(parse(text), "A1")

    titles = {n.id: n.title for n in path.nodes}
    assert [(n.title, titles.get(n.parent)) for n in path.nodes] == [
        ("あ", None),
        ("い", "あ"),
        ("う", "い"),
        ("え", "あ"),
        ("お", None),
        ("か", "お"),
    ]


def test_the_same_heading_under_the_same_parent_is_one():
    path = Path()
    first, _ = path.enter(parse("柱1 あ"), "A1")

    again, is_new = path.enter(parse("柱１　あ"), "A9")

    assert (again, is_new) == (first, False)


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("1-1 講座", "1-1", "講座"),
        ("①教育", "①", "教育"),
        ("3年生の講座", None, "3年生の講座"),
        ("10年計画の策定", None, "10年計画の策定"),
    ],
)
def test_a_title_that_begins_with_its_number_is_split(text, number, title):
    assert split_number(text) == (number, title)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("産業振興課 協働推進課", ["産業振興課", "協働推進課"]),
        ("市民活動\n推進課", ["市民活動推進課"]),
        ("協働推進課\n政策課", ["協働推進課", "政策課"]),
        ("市民部協働課・生涯学習課", ["市民部協働課", "生涯学習課"]),
        ("市民生活部 協働推進課", ["市民生活部協働推進課"]),
        ("企画部（協働推進課）", ["企画部（協働推進課）"]),
    ],
)
def test_a_cell_names_one_department_or_several(text, names):
    assert names_in(text) == names
    assert are_departments(text)


def test_departments_take_the_name_the_rulebook_prefers():
    assert names_in("市民課、旧協働課", Reading(departments={"旧協働課": "協働推進課"})) == ["市民課", "協働推進課"]


@pytest.mark.parametrize("text", ["市民講座の開催", "各課に推進員を設置した。", "順調"])
def test_other_texts_name_no_department(text):
    assert not are_departments(text)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("周知した。【講座要請数】1回", [("講座要請数", 2020, 1, "回")]),
        ("【令和元年度提案事業数】3事業", [("提案事業数", 2019, 3, "事業")]),
        (
            "【参加者数】 ①22人②24人 計46人",
            [("参加者数①", 2020, 22, "人"), ("参加者数②", 2020, 24, "人"), ("参加者数", 2020, 46, "人")],
        ),
        ("H30.4.1現在44.9%(前年比-1.4%)", [("H30.4.1現在", 2018, 44.9, "%")]),
        ("登録団体数：1,234団体", [("登録団体数", 2020, 1234, "団体")]),
        ("「資金調達力を磨く」215名", []),
        ("12/24時点で220回再生", []),
        ("13時30分から", []),
    ],
)
def test_figures_with_a_label_are_taken_and_glued_ones_refused(text, figures):
    assert [(n.label, n.year, n.value, n.unit) for n in told(Text(text, "A1"), "1", 2020)] == figures


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("82", (82, "")),
        ("75人", (75, "人")),
        ("13,450", (13450, "")),
        ("▲2.5％", (-2.5, "%")),
        ("60万件", None),
        ("約1万人ほど", None),
        ("2(1)", None),
    ],
)
def test_a_cell_that_is_one_figure(text, value):
    assert number_of(text) == value


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("講座を3回開催し、45人が参加した。", Role.RESULTS),
        ("若い人の参加が少なかった。", Role.ISSUES),
        ("より多くの意見をいただく必要がある。", Role.ISSUES),
        ("引き続き、関係課と協力し、事業を進めていく。", Role.NEXT),
        ("経験の不足を補うため、研修を実施する。", Role.NEXT),
        ("平成29年度より指定管理者業務に移管", Role.REMARKS),
    ],
)
def test_the_wording_of_a_text_speaks_for_its_field(text, role):
    weights = leaning(text)

    assert max(weights, key=weights.get) is role


def test_a_text_cannot_be_older_than_what_it_speaks_of():
    assert fits_year("コロナ禍のため中止した。", Role.RESULTS, 2018) < fits_year(
        "コロナ禍のため中止した。", Role.RESULTS, 2020
    )
    assert (
        fits_year("【令和元年度提案数】1件", Role.RESULTS, 2019)
        > 0
        > fits_year("【令和元年度提案数】1件", Role.RESULTS, 2018)
    )


@pytest.mark.parametrize(
    ("name", "lines", "year"),
    [
        ("R4", [], 2022),
        ("Sheet1", ["令和5年度 進捗管理シート（令和4年度実績）"], 2022),
        ("Sheet1", ["協働計画（令和3年度～令和7年度）", "令和6年度の進捗状況"], 2024),
        ("Sheet1", ["令和6年5月作成"], None),
        ("Sheet1", ["令和4年度・令和5年度の評価"], None),
    ],
)
def test_the_year_of_a_sheet_is_told_by_its_name_or_the_lines_above_the_table(name, lines, year):
    assert year_told(name, lines) == year


@pytest.mark.parametrize(
    ("text", "target"),
    [("体験（再掲）", ""), ("(再掲) 1-2. 情報の提供①", "1-2. 情報の提供①"), ("再掲：No.5", "No.5"), ("体験", None)],
)
def test_a_relisted_text_names_its_target(text, target):
    assert reference(text) == target


def aligned(scores, skip, *blocks):
    return align(Scores(scores, scores), skip, blocks)


def test_an_alignment_weighs_all_ordered_readings():
    even = aligned([[0.0, 0.0]], [-60.0], Block((0.0, 0.0), 0.0))
    clear = aligned([[3.0, -3.0], [-3.0, 3.0]], [-9.0, -9.0], Block((0.0, 0.0), 0.0))

    assert even.chances == [[pytest.approx(0.5), pytest.approx(0.5)]]
    assert clear.best == [0, 1]
    assert clear.chances[0][0] > 0.99


@given(st.lists(st.lists(st.floats(-5, 5), min_size=4, max_size=4), max_size=6))
def test_no_cell_and_no_slot_is_used_more_than_once_in_all_readings_together(scores):
    found = aligned(scores, [-1.0] * len(scores), Block((-0.5, -0.2), -0.4, -0.3), Block((-0.5, 0.0), -0.4))

    assert all(sum(row) <= 1 + 1e-9 for row in found.chances)
    assert all(sum(column) <= 1 + 1e-9 for column in zip(*found.chances, strict=True))
    used = [slot for slot in found.best if slot is not None]
    assert used == sorted(set(used))


def test_a_heading_of_a_row_closes_the_headings_of_columns_below_it():
    path = Path()
    path.enter(parse("目標1 い"), "A1")
    path.enter_column(0, parse("1-1 あ"), "A2")

    path.enter(parse("目標2 え"), "A3")
    inner, _ = path.enter_column(0, parse("1-1 あ"), "A4")

    assert path.nodes[2].parent is None
    assert inner.parent == path.nodes[2].id
