"""ods and xls: the same promises as for xlsx."""

import datetime as dt
import struct

import pytest
import xlwt

from tomoni.imports.reading.apart import answer, unpack
from tomoni.imports.reading.read import Unreadable, read


def test_an_ods_is_read_as_it_is_shown(ods, texts):
    cells = [
        {"text": "1,234", "valuetype": "float", "value": 1234},
        {"text": "72.5%", "valuetype": "percentage", "value": 0.725},
        {"valuetype": "percentage", "value": 0.5},
        {"valuetype": "float", "value": 3.0},
        {"text": "R3.4.1", "valuetype": "date", "datevalue": "2021-04-01"},
        {"text": "平成30年度", "valuetype": "date", "datevalue": "2018-04-01"},
        {"valuetype": "boolean", "booleanvalue": "true", "text": "真"},
        {"text": "1行目\n2行目"},
        {"valuetype": "string", "stringvalue": "値"},
    ]

    grid = read(ods({"表": [cells]}), name="x")

    assert grid.kind == "ods"
    assert list(texts(grid).values()) == [
        "1234",
        "72.5%",
        "50%",
        "3",
        "2021-04-01",
        "平成30年度",
        "TRUE",
        "1行目\n2行目",
        "値",
    ]


def test_a_merged_cell_of_an_ods_is_spread(ods):
    rows = [[{"text": "題", "numbercolumnsspanned": 2, "numberrowsspanned": 2}, None, "x"], [None, None, "y"]]

    first, second = read(ods({"表": rows}), name="x").sheets[0].rows

    assert [(c.text, c.spread_from) for c in first] == [("題", ""), ("題", "A1"), ("x", "")]
    assert [(c.text, c.spread_from) for c in second] == [("題", "A1"), ("題", "A1"), ("y", "")]


def test_repeated_cells_and_rows_of_an_ods_are_laid_out(ods, texts):
    rows = [
        [{"numbercolumnsrepeated": 16384}],
        [{"numbercolumnsrepeated": 2}, {"text": "○", "numbercolumnsrepeated": 2}],
    ]

    assert texts(read(ods({"表": rows}), name="x")) == {"C2": "○", "D2": "○"}


def test_hidden_sheets_and_formulas_of_an_ods_are_said(ods, texts):
    rows = [[{"text": "2", "valuetype": "float", "value": 2, "formula": "of:=1+1"}, {"formula": "of:=2+2"}]]

    grid = read(ods({"表": rows, "裏": [["x", {"formula": "of:=1"}]]}, hidden={"裏"}), name="x")

    assert texts(grid) == {"A1": "2"}
    assert [note[:25] for note in grid.notes] == [
        "表示されていないシート「裏」は読みませんでした。",
        "式のセルが1個あります。計算はせず、保存されていた",
        "値が空か、値が保存されていない式が1個あり（表!B",
    ]


CONTENT = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
<table:tracked-changes><table:table-cell><text:p>旧</text:p></table:table-cell></table:tracked-changes>
<table:table table:name="表">%s</table:table></office:spreadsheet></office:body></office:document-content>"""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<text:p>a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d</text:p>", "a  b\tc\nd"),
        (
            "<text:p><text:ruby><text:ruby-base>協働</text:ruby-base><text:ruby-text>よみ</text:ruby-text></text:ruby></text:p>",
            "協働",
        ),
        ("<office:annotation><text:p>注</text:p></office:annotation><text:p>本文</text:p>", "本文"),
    ],
    ids=["blanks", "furigana", "comment"],
)
def test_only_the_own_text_of_an_ods_cell_is_read(ods, repacked, cell, text):
    content = CONTENT % f"<table:table-row><table:table-cell>{cell}</table:table-cell></table:table-row>"

    grid = read(repacked(ods({"表": []}), {"content.xml": content.encode()}), name="x")

    assert [(cell.at, cell.text) for cell in grid.cells()] == [("A1", text)]


def test_a_damaged_ods_gets_a_sentence(ods, repacked):
    content = CONTENT % "<table:table-row table:number-rows-repeated='many'/>"

    with pytest.raises(Unreadable, match="OpenDocument表計算ファイルとして開けません"):
        read(repacked(ods({"表": []}), {"content.xml": content.encode()}), name="x")


def test_an_ods_that_repeats_itself_without_end_is_refused(ods):
    rows = [[{"text": "x", "numbercolumnsrepeated": 16384}] for _ in range(100)]

    with pytest.raises(Unreadable, match="セルが多すぎます"):
        read(ods({"表": rows}), name="x")


def test_an_ods_with_a_password_says_so(ods, repacked):
    manifest = b"<manifest><encryption-data/></manifest>"

    with pytest.raises(Unreadable, match="パスワードで保護されています"):
        read(repacked(ods({"表": [["x"]]}), {"META-INF/manifest.xml": manifest}), name="x")


def test_macros_of_an_ods_are_said(ods, repacked):
    data = repacked(ods({"表": [["x"]]}), {"Basic/Standard/Module1.xml": b"<x/>"})

    assert read(data, name="x").notes == ("マクロが入っている場合でも、実行していません。",)


def percent(code):
    return xlwt.easyxf(num_format_str=code)


def read_here(data):
    """An xls read in this process, so that what is done can be measured."""
    return unpack(answer("xls", data)).grid(name="x", sha256="")


def test_an_xls_is_read_as_it_is_shown(xls, texts):
    cells = [
        1.0,
        (0.725, percent("0.0%")),
        (dt.date(2021, 4, 1), percent("yyyy/m/d")),
        True,
        (29, percent('0"年度"')),
        (30, percent("0%")),
        (31, percent("0%")),
        "計画通り",
    ]

    grid = read_here(xls({"表": [[], cells]}))

    assert grid.kind == "xls"
    assert texts(grid) == {
        "A2": "1",
        "B2": "72.5%",
        "C2": "2021-04-01",
        "D2": "TRUE",
        "E2": "29年度",
        "F2": "3000%",
        "G2": "3100%",
        "H2": "計画通り",
    }


def test_an_xls_tells_of_merges_formulas_and_hidden_sheets(xls):
    def edit(book):
        book.get_sheet(0).write_merge(0, 1, 0, 1, "題")
        book.get_sheet(0).write(1, 2, "y")
        book.get_sheet(0).write(2, 2, xlwt.Formula("1+1"))
        book.add_sheet("裏").write(0, 0, "x")
        book.get_sheet(1).visibility = 1

    grid = read_here(xls({"表": []}, edit))

    assert [(c.at, c.text, c.spread_from) for row in grid.sheets[0].rows for c in row] == [
        ("A1", "題", ""),
        ("B1", "題", "A1"),
        ("A2", "題", "A1"),
        ("B2", "題", "A1"),
        ("C2", "y", ""),
    ]
    assert [note[:25] for note in grid.notes] == [
        "表示されていないシート「裏」は読みませんでした。",
        "値が空か、値が保存されていない式が1個あり（表!C",
    ]


def test_the_same_table_is_the_same_in_every_kind_of_workbook(xlsx, xls, ods, texts):
    rows = [["No", "施策", "人数"], [1, "出前講座", 23], [2, "シンポジウム", 150.5]]
    as_ods = [[{"valuetype": "float", "value": v} if isinstance(v, (int, float)) else v for v in row] for row in rows]

    read_back = [texts(read(data, name="x")) for data in (xlsx(rows), xls({"表": rows}), ods({"表": as_ods}))]

    assert read_back[0] == read_back[1] == read_back[2]
    assert read_back[0]["C3"] == "150.5"


def test_a_damaged_xls_gets_a_sentence(xls):
    data = xls({"表": [["x"]]})

    for size in (100, 1_000, 3_000):
        with pytest.raises(Unreadable, match=r"開けません|Officeのファイル"):
            read(data[:size], name="x")


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def sheet_of(*records):
    return record(0x0809, struct.pack("<HHII", 0x0600, 0x0010, 0, 0) + bytes(4)) + b"".join(records) + record(0x000A)


def workbook_of(*sheets):
    """A BIFF8 stream. A sheet is (name, kind of sheet, stream)."""
    head = record(0x0809, struct.pack("<HHII", 0x0600, 0x0005, 0, 0) + bytes(4))
    head += record(0x041E, struct.pack("<HHB", 200, 3, 0) + b'0"x"'[:3])
    size = len(head) + sum(12 + len(name) for name, _, _ in sheets) + 4
    bounds, streams = b"", b""
    for name, kind, stream in sheets:
        bounds += record(0x85, struct.pack("<IBBBB", size + len(streams), 0, kind, len(name), 0) + name.encode())
        streams += stream
    return head + bounds + record(0x000A) + streams


def formula(row, column, value):
    return record(0x06, struct.pack("<HHH", row, column, 0) + value + bytes(6) + b"\x03\x00\x1e\x01\x00")


def test_formulas_and_errors_of_an_xls_are_read_as_they_were_kept(compound_file, texts):
    sheet = sheet_of(
        formula(0, 0, struct.pack("<d", 7.0)),
        formula(0, 1, b"\x02\x00\x2a\x00\x00\x00\xff\xff"),
        formula(0, 2, b"\x03\x00\x00\x00\x00\x00\xff\xff"),
        record(0x0205, struct.pack("<HHHBB", 1, 0, 0, 0x17, 1)),
        record(0x0205, struct.pack("<HHHBB", 1, 1, 0, 1, 0)),
        sheet_of(record(0x0205, struct.pack("<HHHBB", 9, 9, 0, 0x17, 1))),
    )
    data = compound_file({"Workbook": workbook_of(("a", 0, sheet)), "_VBA_PROJECT_CUR": b""})

    grid = read_here(data)

    assert texts(grid) == {"A1": "7", "B1": "#N/A", "A2": "#REF!", "B2": "TRUE"}
    assert [note[:12] for note in grid.notes] == [
        "式のセルが2個あります。",
        "値が空か、値が保存されて",
        "マクロが入っていますが、",
    ]


def test_charts_of_an_xls_are_no_sheets_of_cells(compound_file, texts):
    number = record(0x0203, struct.pack("<HHHd", 0, 0, 0, 5))
    data = compound_file({"Workbook": workbook_of(("a", 0, sheet_of(number)), ("b", 2, sheet_of()))})

    assert texts(read_here(data)) == {"A1": "5"}


def test_times_of_an_xls_are_times(xls, texts):
    cells = [
        (dt.datetime.combine(dt.date(2021, 4, 1), dt.time(13, 30)), percent("yyyy/m/d h:mm")),
        (dt.time(9, 5, 7), percent("h:mm:ss")),
    ]
    cells.append((dt.date(2018, 4, 1), percent('yyyy"年度"')))

    assert texts(read_here(xls({"表": [cells]}))) == {"A1": "2021-04-01 13:30", "B1": "09:05:07", "C1": "2018年度"}


def test_an_old_file_without_a_readable_book_gets_a_sentence(compound_file):
    for streams in ({"Other": b""}, {"Workbook": b"\x09\x08"}, {"Workbook": struct.pack("<HH", 0x85, 0)}):
        assert answer("xls", compound_file(streams))["refusal"].startswith("古い形式のExcelブックとして開けません。")
