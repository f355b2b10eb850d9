"""A tidy table is read by its headings, and every filled cell is accounted for."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.imports.reading.grid import Cell, Grid, Sheet, place
from tomoni.imports.reading.read import read
from tomoni.imports.recognise import Column, NoHeadings, SetAside, Target, Value, recognise

TARGET = Target(
    (
        Column("name", "団体名", ("団体の名称", "名称"), required=True),
        Column("field", "活動分野", ("分野",)),
        Column("person", "代表者氏名", ("代表者名",)),
        Column("address", "代表者住所"),
        Column("phone", "電話番号", ("TEL", "連絡先電話")),
    )
)


def grid_of(text, *more):
    """A grid of lines with cells parted by |; `<` copies the cell to the left, `^` the one above (merged cells)."""
    sheets = []
    for n, block in enumerate((text, *more)):
        prefix = f"s{n}" if more else ""
        lines = [line.strip().split("|") for line in block.strip().splitlines()]
        origins, rows = {}, []
        for r, line in enumerate(lines):
            row = []
            for c, raw in enumerate(line):
                raw = raw.strip()
                origin = {"<": origins.get((r, c - 1)), "^": origins.get((r - 1, c))}.get(raw)
                origins[r, c] = origin or (r, c, raw)
                if raw:
                    spread = place(*origin[:2], prefix) if origin else ""
                    row.append(Cell(r, c, origins[r, c][2], place(r, c, prefix), spread))
            rows.append(tuple(row))
        sheets.append(Sheet(prefix, tuple(rows)))
    return Grid("x", "", "csv", tuple(sheets))


def assert_all_accounted(grid, table):
    accounts = table.accounts()
    assert set(accounts) == {cell.at for cell in grid.cells()}
    kinds = [*table.headings, *(a.at for a in table.aside)]
    assert len(kinds) == len(set(kinds))


def test_columns_are_known_by_any_of_their_spellings_in_any_order():
    grid = grid_of("ＴＥＬ | 名 称 | 分野\n042 | みどりの会 | 環境")

    table = recognise(grid, TARGET)

    assert [(c.key, c.heading) for c in table.columns] == [("phone", "ＴＥＬ"), ("name", "名 称"), ("field", "分野")]
    assert table.rows[0].values == {
        "phone": Value("042", "A2"), "name": Value("みどりの会", "B2"), "field": Value("環境", "C2"),
    }  # fmt: skip
    assert_all_accounted(grid, table)


def test_remarks_in_brackets_and_marks_do_not_hide_a_heading():
    table = recognise(grid_of("※団体名（正式名称） | 【必須】活動分野：\na | b"), TARGET)

    assert table.keys == ("name", "field")


def test_the_heading_row_is_found_below_titles():
    grid = grid_of("市民活動団体一覧\n令和3年4月1日現在 | 協働推進課\n\n団体名 | 分野\nみどりの会 | 環境")

    table = recognise(grid, TARGET)

    assert table.headings == ["A4", "B4"]
    assert [(a.at, a.why) for a in table.aside] == [(at, "表の前にあります") for at in ("A1", "A2", "B2")]
    assert_all_accounted(grid, table)


@pytest.mark.parametrize("over", ["代表者 | <", "代表者 | "])
def test_headings_in_two_rows_are_joined_whether_merged_or_not(over):
    grid = grid_of(f"団体名 | {over} | 分野\n^ | 氏名 | 住所 | ^\nみどりの会 | 山川 | 1番 | 環境")

    table = recognise(grid, TARGET)

    assert table.keys == ("name", "person", "address", "field")
    assert [c.heading for c in table.columns] == ["団体名", "代表者 氏名", "代表者 住所", "分野"]
    assert table.rows[0].texts(table.keys) == {
        "name": "みどりの会",
        "person": "山川",
        "address": "1番",
        "field": "環境",
    }
    assert_all_accounted(grid, table)


def test_a_first_row_of_values_is_not_taken_for_a_second_row_of_headings():
    table = recognise(grid_of("団体名 | 分野\n\nみどりの会 | 環境"), TARGET)

    assert table.headings == ["A1", "B1"]
    assert len(table.rows) == 1


def test_unknown_columns_stay_with_their_values_and_a_near_one_is_offered_not_taken():
    table = recognise(grid_of("団体名 | 分野 | 代表者の氏名 | 会員\na | b | c | 3 | x"), TARGET)

    assert [(c.heading, c.key, c.maybe) for c in table.columns[2:]] == [
        ("代表者の氏名", "", "person"),
        ("会員", "", ""),
    ]
    assert table.rows[0].others == (
        ("代表者の氏名", Value("c", "C2")),
        ("会員", Value("3", "D2")),
        ("", Value("x", "E2")),
    )


def test_a_second_column_of_the_same_name_is_kept_as_unknown():
    table = recognise(grid_of("団体名 | 電話番号 | 電話番号\na | 1 | 2"), TARGET)

    assert table.rows[0].values["phone"] == Value("1", "B2")
    assert table.rows[0].others == (("電話番号", Value("2", "C2")),)


def test_spellings_learnt_last_year_are_known_this_year():
    table = recognise(grid_of("サークル | 分野\na | b"), TARGET.knowing({"name": ["サークル"]}))

    assert table.keys == ("name", "field")


def test_rows_that_are_none_are_set_aside_with_the_reason():
    grid = grid_of("""
        団体名 | 分野 | 会員 | 電話番号
        福祉の団体 | < | < | <
        あおの会 | 福祉 | 12 | 1
        団体名 | 分野 | 会員 | 電話番号
         | 環境 | 5 | 2
         |  | 7 |
        ※会員は4月1日の数
        合計 | | 24
        ひとりの会
    """)

    table = recognise(grid, TARGET)

    assert [row.values["name"].text for row in table.rows] == ["あおの会", "ひとりの会"]
    assert list(dict.fromkeys(a.why for a in table.aside)) == [
        "行全体にわたる見出しです",
        "見出しの繰り返しです",
        "必要な列が空です",
        "知っている列に何もありません",
        "注記です",
        "合計の行です",
    ]
    assert_all_accounted(grid, table)


def test_repeated_headings_are_known_by_their_own_words_though_only_the_first_were_merged():
    grid = grid_of("団体名 | 代表者 | <\n^ | 氏名 | 住所\na | b | c\n団体名 | 代表者 | \n | 氏名 | 住所\nd | e | f")

    table = recognise(grid, TARGET)

    assert [row.values["name"].text for row in table.rows] == ["a", "d"]
    assert [a.why for a in table.aside] == ["見出しの繰り返しです"] * 4


def test_a_merged_value_counts_for_every_row_it_covers_and_names_its_own_place():
    grid = grid_of("団体名 | 分野\na | 環境\nb | ^")

    table = recognise(grid, TARGET)

    assert [row.values["field"] for row in table.rows] == [Value("環境", "B2"), Value("環境", "B2")]
    assert_all_accounted(grid, table)


def test_sheets_follow_each_other_and_one_without_headings_is_set_aside():
    grid = grid_of("団体名 | 分野\na | b", "記入例\nこの表に書いてください", "分野 | 団体名\nc | d")

    table = recognise(grid, TARGET)

    assert [(row.at, row.values["name"].text) for row in table.rows] == [("s0!A2", "a"), ("s2!A2", "d")]
    assert table.aside[0] == SetAside("s1!A1", "記入例", "このシートには見出しの行がありません")
    assert_all_accounted(grid, table)


def test_required_columns_that_no_sheet_has_are_named():
    table = recognise(grid_of("分野 | 電話番号\na | 1"), TARGET)

    assert [column.label for column in table.missing] == ["団体名"]
    assert table.rows[0].texts(("name", "field")) == {"name": "", "field": "a"}


def test_one_column_is_enough_for_a_target_of_one():
    table = recognise(grid_of("団体名\na\nb"), Target((Column("name", "団体名", required=True),)))

    assert [row.values["name"].text for row in table.rows] == ["a", "b"]


def test_a_file_without_headings_gets_a_sentence():
    with pytest.raises(NoHeadings, match="見出しの行が見つかりません。「団体名」、「活動分野」"):
        recognise(grid_of("a | b\nc | d"), TARGET)


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=6) | st.sampled_from(
    ["団体名", "分野", "合計", "※注", ""]
)


@given(st.lists(st.lists(texts, min_size=4, max_size=4), max_size=12))
def test_whatever_a_table_holds_every_filled_cell_is_accounted_for(rows):
    target = io.StringIO()
    csv.writer(target).writerows([["団体名", "分野", "電話番号", "備考"], *rows])
    grid = read(target.getvalue().encode(), name="x")

    table = recognise(grid, TARGET)

    assert_all_accounted(grid, table)
