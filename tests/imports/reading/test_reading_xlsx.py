"""Excel workbooks: what a person sees in Excel is what is read, and what they cannot see is said."""

import datetime as dt
import re
from functools import partial

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from tomoni.imports.reading.read import Unreadable, read


def test_every_cell_knows_its_place(xlsx, texts):
    grid = read(xlsx([["No", "施策"], [], [None, "出前講座"]]), name="計画.xlsx")

    assert texts(grid) == {"A1": "No", "B1": "施策", "B3": "出前講座"}
    assert (grid.name, grid.kind, len(grid.sha256), grid.notes) == ("計画.xlsx", "xlsx", 64, ())
    assert [len(row) for row in grid.sheets[0].rows] == [2, 0, 1]


def test_with_several_filled_sheets_a_place_names_its_sheet(xlsx, texts):
    grid = read(xlsx({"進行管理": [["a"]], "空": [], "一覧": [["b"]]}), name="x")

    assert texts(grid) == {"進行管理!A1": "a", "一覧!A1": "b"}


def test_one_filled_sheet_among_empty_ones_needs_no_name(xlsx, texts):
    assert texts(read(xlsx({"空": [], "一覧": [["b"]]}), name="x")) == {"A1": "b"}


def test_a_merged_cell_is_spread_and_its_copies_say_from_where(xlsx):
    data = xlsx([["R1", None, "x"], [None, None, "y"]], lambda book: book["表"].merge_cells("A1:B2"))

    grid = read(data, name="x")

    spread = [(cell.at, cell.text, cell.spread_from) for row in grid.sheets[0].rows for cell in row]
    assert spread == [
        ("A1", "R1", ""),
        ("B1", "R1", "A1"),
        ("C1", "x", ""),
        ("A2", "R1", "A1"),
        ("B2", "R1", "A1"),
        ("C2", "y", ""),
    ]
    assert [cell.at for cell in grid.cells()] == ["A1", "C1", "C2"]


def test_the_copies_of_a_merged_cell_name_the_sheet_of_their_origin(xlsx):
    data = xlsx(
        {"a": [["x", None]], "b": [["y"]]}, lambda book: (book["a"].merge_cells("A1:A2"), book["a"].cell(2, 2, "z"))
    )

    assert read(data, name="x").sheets[0].rows[1][0].spread_from == "a!A1"


def test_an_empty_merged_cell_has_nothing_to_spread(xlsx, texts):
    data = xlsx([[None, None, "x"]], lambda book: book["表"].merge_cells("A1:B1"))

    assert texts(read(data, name="x")) == {"C1": "x"}


def test_merging_whole_columns_costs_no_more_than_the_sheet_in_use(xlsx, repacked):
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:A1048576"/></mergeCells>'
    data = repacked(
        xlsx([["題", "x"], [None, "y"]]),
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", merge)},
    )

    assert [len(row) for row in read(data, name="x").sheets[0].rows] == [2, 2]


def test_a_merge_of_endless_columns_is_not_spread(xlsx, repacked):
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A:B"/></mergeCells>'
    change = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", merge)}

    assert len(read(repacked(xlsx([["a"], [None, "b"]]), change), name="x").sheets[0].rows[0]) == 1


def test_a_merge_too_large_to_spread_is_said_and_read_once(xlsx, repacked):
    data = xlsx([["題"]], lambda book: book["表"].cell(300_000, 3, "x"))
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:C299999"/></mergeCells>'
    data = repacked(data, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", merge)})

    grid = read(data, name="x")

    assert len(grid.sheets[0].rows[0]) == 1
    assert grid.notes == ("結合セルが大きすぎるので、左上のセルの値だけを読みました。",)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1.0, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (7000012050002, "General", "7000012050002"),
        (1e20, "General", "1e+20"),
        (True, "General", "TRUE"),
        (dt.date(2021, 4, 1), "yyyy/m/d", "2021-04-01"),
        (dt.date(2021, 4, 1), '[$-411]ggge"年"m"月"d"日"', "2021-04-01"),
        (dt.datetime.combine(dt.date(2021, 4, 1), dt.time(13, 30)), "yyyy/m/d h:mm", "2021-04-01 13:30"),
        (dt.time(9, 5), "h:mm", "09:05"),
        (dt.timedelta(hours=30), "[h]:mm", "30:00"),
        (dt.date(2018, 4, 1), 'ggge"年度"', "平成30年度"),
        (dt.date(2018, 4, 1), "ge", "H30"),
        (dt.date(2019, 4, 1), 'yyyy"年度"', "2019年度"),
        (dt.date(2021, 4, 1), 'yyyy"年"m"月"', "2021年4月"),
        (0.725, "0.0%", "72.5%"),
        (0.72, "0%", "72%"),
        (29, '0"年度"', "29年度"),
        (5, "0000", "0005"),
        (1234567, "#,##0", "1234567"),
        (1234567, "#,##0,", "1235"),
        (2.5, "0", "3"),
        (2.5, "0.0#", "2.5"),
        (-22, '#,##0;"△"#,##0', "△22"),
        (-22, "0", "-22"),
        (0, '0;-0;"―"', "―"),
        (3, ";;;", "3"),
        (3, "[>=100]0.0", "3"),
        (1.5, "# ?/?", "1.5"),
        (5, "0-0", "5"),
        (5, r"\R0", "R5"),
        (3000, "[$¥-411]#,##0", "¥3000"),
        (1, '"○"', "○"),
        (-1, "yyyy/m/d", "-1"),
        (1e9, "yyyy/m/d", "1000000000"),
    ],
)
def test_a_value_is_read_as_excel_shows_it(xlsx, value, code, text):
    def write(book):
        book["表"]["A1"] = value
        book["表"]["A1"].number_format = code

    assert [cell.text for cell in read(xlsx([["x"]], write), name="x").cells()] == [text]


def test_a_date_counted_from_1904_is_the_same_day(xlsx, texts):
    data = xlsx([[dt.date(2021, 4, 1)]], lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))

    assert texts(read(data, name="x")) == {"A1": "2021-04-01"}


def test_a_formula_is_never_computed_but_its_kept_value_is_read(xlsx, repacked, texts):
    data = xlsx([["=1+1", "=2+2", "x"]])
    keep = partial(re.sub, rb"<f>1\+1</f><v ?/?>(</v>)?", b"<f>1+1</f><v>7</v>")
    data = repacked(data, {"xl/worksheets/sheet1.xml": keep})

    grid = read(data, name="x")

    assert texts(grid) == {"A1": "7", "C1": "x"}
    assert grid.notes == (
        "式のセルが1個あります。計算はせず、保存されていた値を読みました。",
        "値が空か、値が保存されていない式が1個あり（表!B1など）、空として読みました。空のはずでなければ、"  # noqa: ISC004 (one note)
        "表計算ソフトで開いて保存し直してください。",
    )


def test_an_array_formula_without_value_is_empty_too(xlsx, texts):
    data = xlsx([["x"]], lambda book: book["表"].__setitem__("B1", ArrayFormula("B1:B1", "=SUM(A1:A1)")))

    assert texts(read(data, name="x")) == {"A1": "x"}


def test_links_to_other_files_are_said_and_not_opened(xlsx, repacked):
    data = repacked(xlsx([["x"]]), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})

    assert read(data, name="x").notes == (
        "ほかのファイルを参照する式があります。参照先は開かず、保存されていた値を読みました。",
    )


def test_macros_are_said_and_not_run(xlsx, repacked):
    data = repacked(xlsx([["x"]]), {"xl/vbaProject.bin": b"\x00"})

    assert read(data, name="x.xlsm").notes == ("マクロが入っていますが、実行していません。",)


def test_an_error_value_stays_as_it_is_shown(xlsx, repacked, texts):
    data = repacked(
        xlsx([[1]]),
        {
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace(
                b'<c r="A1" t="n"><v>1</v>', b'<c r="A1" t="e"><v>#REF!</v>'
            )
        },
    )

    assert texts(read(data, name="x")) == {"A1": "#REF!"}


def test_a_hidden_sheet_is_left_out_and_named(xlsx, texts):
    data = xlsx({"表": [["x"]], "選択肢": [["○"]]}, lambda book: setattr(book["選択肢"], "sheet_state", "veryHidden"))

    grid = read(data, name="x")

    assert texts(grid) == {"A1": "x"}
    assert grid.notes == ("表示されていないシート「選択肢」は読みませんでした。",)


def test_hidden_rows_are_read_and_counted(xlsx, texts):
    data = xlsx([["x"], ["y"]], lambda book: setattr(book["表"].row_dimensions[2], "hidden", True))

    grid = read(data, name="x")

    assert texts(grid) == {"A1": "x", "A2": "y"}
    assert grid.notes == ("表示されていない行が1行あります。その行も読みました。",)


def test_a_chart_sheet_is_no_sheet_of_cells(xlsx, texts):
    assert texts(read(xlsx([["x"]], lambda book: book.create_chartsheet("グラフ")), name="x")) == {"A1": "x"}


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (SHEET % b"<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", {"A1": "1", "B1": "2", "A2": "3"}),
        (SHEET % b'<row r="2"><c r="B2" t="inlineStr"><is><r><t>a</t></r><rPh><t>yomi</t></rPh><r><t>b</t></r></is></c></row>', {"B2": "ab"}),
        (SHEET % b'<row r="1"><c r="A1" t="str"><f>A2</f><v>a_x000D_b</v></c><c r="B1" t="str"><f>A3</f><v></v></c></row>', {"A1": "a\nb"}),
        (SHEET % b'<row r="1"><c r="A1" t="d"><v>2021-04-01</v></c><c r="B1" t="b"><v>0</v></c></row>', {"A1": "2021-04-01", "B1": "FALSE"}),
        (b'<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="1"><x:c r="C1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>', {"C1": "5"}),
        (SHEET % b'<row r="1"><c r="A1" t="str"><v>a&#9;_x0007_b</v></c></row>', {"A1": "a\tb"}),
    ],
    ids=["no places", "inline text without furigana", "text of a formula", "ISO date and boolean", "prefix", "controls"],
)  # fmt: skip
def test_what_other_programs_write_is_read_too(with_sheet, texts, xml, expected):
    assert texts(read(with_sheet(xml), name="x")) == expected


def test_furigana_of_shared_texts_is_no_part_of_them(xlsx, repacked, texts):
    strings = (
        "<sst><si><t>協働</t><rPh><t>キョウドウ</t></rPh></si><si><r><t>a_x000D_</t></r><r><t>\nb</t></r></si></sst>"
    )
    relation = b'<Relationship Id="s" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
    data = repacked(
        xlsx([["x"]]),
        {
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation),
            "xl/sharedStrings.xml": strings.encode(),
            "xl/worksheets/sheet1.xml": SHEET % b'<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>',
        },
    )

    assert texts(read(data, name="x")) == {"A1": "協働", "B1": "a\nb"}


@pytest.mark.parametrize(
    "xml",
    [
        SHEET % b'<row><c t="s"><v>99</v></c></row>',
        SHEET % b"<row><c><v>ten</v></c></row>",
        SHEET % b'<row><c s="999"><v>1</v></c></row>',
        (SHEET % b"<row><c><v>1</v></c></row>").replace(b"</sheetData>", b'</sheetData><mergeCell ref="?"/>'),
        b"<worksheet><sheetData>",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
    ],
    ids=["text out of range", "no number", "style out of range", "no merge", "cut off", "encoding"],
)
def test_a_damaged_sheet_gets_a_sentence(xlsx, repacked, xml):
    data = repacked(xlsx([["x"]]), {"xl/worksheets/sheet1.xml": xml})

    with pytest.raises(Unreadable, match="Excelブックとして開けません"):
        read(data, name="x")


def test_damaged_styles_get_a_sentence(xlsx, repacked):
    data = repacked(xlsx([["x"]]), {"xl/styles.xml": b"<styleSheet><numFmt numFmtId='x'/></styleSheet>"})

    with pytest.raises(Unreadable, match="Excelブックとして開けません"):
        read(data, name="x")


def test_a_workbook_without_texts_and_styles_is_read(xlsx, repacked, texts):
    relations = lambda xml: xml.replace(b"sharedStrings", b"nothing").replace(b"/styles", b"/nothing")  # noqa: E731
    data = repacked(xlsx([[5]]), {"xl/_rels/workbook.xml.rels": relations})

    assert texts(read(data, name="x")) == {"A1": "5"}
