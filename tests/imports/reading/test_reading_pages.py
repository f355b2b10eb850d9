"""Web pages and PDF: tables with what stands between them, in reading order."""

import pytest

from tomoni.imports.reading.apart import answer, unpack
from tomoni.imports.reading.read import Unreadable, read

TABLE = "<table><tr><th>No</th><th>施策</th></tr><tr><td>1</td><td>講座</td></tr></table>"


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}<title>題</title></head><body>{body}</body></html>".encode()


def test_a_table_of_a_page_is_read_between_its_headings(texts):
    grid = read(page(f"<h1>行動<b>計画</b></h1><p>推進方策1</p>{TABLE}<h2>推進方策2</h2>{TABLE}"), name="x.xls")

    assert grid.kind == "html"
    assert texts(grid) == {
        "A1": "行動計画", "A2": "推進方策1", "A3": "No", "B3": "施策", "A4": "1", "B4": "講座",
        "A5": "推進方策2", "A6": "No", "B6": "施策", "A7": "1", "B7": "講座",
    }  # fmt: skip


def test_spanning_cells_are_spread_and_the_rest_moves_aside():
    table = (
        '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr>'
        '<tr><td rowspan="0">e</td><td>f</td><td>g</td></tr><tr><td>h</td></tr></table>'
    )

    rows = read(table.encode(), name="x").sheets[0].rows

    assert [[(c.at, c.text, c.spread_from) for c in row] for row in rows] == [
        [("A1", "a", ""), ("B1", "b", ""), ("C1", "b", "B1")],
        [("A2", "a", "A1"), ("B2", "c", ""), ("C2", "d", "")],
        [("A3", "e", ""), ("B3", "f", ""), ("C3", "g", "")],
        [("A4", "e", "A3"), ("B4", "h", "")],
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1行目<br>2行目", "1行目\n2行目"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<ul><li>①</li><li>②</li></ul>", "①\n②"),
        ('<img src="m.gif" alt="◎">', "◎"),
        ("<ruby>協働<rt>きょうどう</rt></ruby>する", "協働する"),
        ("a\n   b<!-- 注 --> <b>c</b>", "a b c"),
        ('見<span style="display: none">隠</span>える', "見える"),
        ("&amp;&nbsp;", "&"),
        ("<script>x()</script>実績", "実績"),
    ],
)
def test_a_cell_is_read_as_a_browser_shows_it(cell, text, texts):
    assert texts(read(f"<table><tr><td>{cell}</td></tr></table>".encode(), name="x")) == {"A1": text}


def test_the_caption_stands_over_its_table(texts):
    table = (
        "<table><caption>計画</caption><tr><td>a</td></tr></table><table><caption></caption><tr><td>b</td></tr></table>"
    )

    assert texts(read(table.encode(), name="x")) == {"A1": "計画", "A2": "a", "A3": "b"}


def test_a_table_that_only_lays_out_the_page_is_running_text(texts):
    data = page(f"<table><tr><td>案内<br>地図</td><td>{TABLE}</td></tr></table>終わり")

    assert texts(read(data, name="x")) == {
        "A1": "案内", "A2": "地図", "A3": "No", "B3": "施策", "A4": "1", "B4": "講座", "A5": "終わり",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-8"])
def test_a_page_is_read_in_the_encoding_it_names(encoding, texts):
    data = page(TABLE, '<meta charset="x">').decode().replace('"x"', f'"{encoding.replace("cp932", "Shift_JIS")}"')

    assert texts(read(data.encode(encoding), name="x"))["B2"] == "講座"


@pytest.mark.parametrize("named", ["utf-8", "no-such"])
def test_a_page_that_names_the_wrong_encoding_is_read_all_the_same(named, texts):
    data = page(TABLE, f'<meta charset="{named}">').decode().encode("cp932")

    assert texts(read(data, name="x"))["B2"] == "講座"


def test_senseless_spans_count_as_one(texts):
    data = b'<table><tr><td colspan="x">a</td><td colspan="-3">b</td><td rowspan="9999999999">c</td></tr></table>'

    assert texts(read(data, name="x")) == {"A1": "a", "B1": "b", "C1": "c"}


@pytest.mark.parametrize("prologue", ['<?xml version="1.0" encoding="utf-8"?>\n', "<!-- a --><!-- b -->\n", "\ufeff\n"])
def test_a_page_is_known_whatever_stands_before_its_first_tag(prologue):
    assert read(prologue.encode() + TABLE.encode(), name="x").kind == "html"


def test_a_page_without_a_table_gets_a_sentence():
    with pytest.raises(Unreadable, match="このHTMLには表がありません"):
        read(page("<p>お知らせ</p>"), name="x")


def test_a_page_that_is_empty_gets_a_sentence():
    with pytest.raises(Unreadable, match="HTMLとして開けません"):
        read(b"<!doctype html>", name="x")


def test_a_page_nested_too_deeply_to_be_parsed_is_refused():
    with pytest.raises(Unreadable, match="HTMLとして開けません"):
        read(f"{TABLE}{'<div>' * 300}{TABLE}".encode(), name="x")


def test_a_table_wider_than_any_sheet_is_refused():
    with pytest.raises(Unreadable, match="表が大きすぎます"):
        read(b"<table><tr>" + b'<td colspan="16000">x</td>' * 2 + b"</tr></table>", name="x")


def read_here(data):
    """A PDF read in this process, so that what is done can be measured."""
    return unpack(answer("pdf", data)).grid(name="x", sha256="")


def test_a_pdf_table_over_pages_gives_one_sheet_per_page(pdf, texts):
    data = pdf(
        "進行管理シート\n#table(columns: 3, [No], [施策], [状況], ..range(70).map(i => ([#i], [施策#i], [実施中])).flatten())"
    )

    grid = read(data, name="x.pdf")

    found = texts(grid)
    assert grid.kind == "pdf"
    assert [sheet.name for sheet in grid.sheets] == ["p1", "p2"]
    assert (found["p1!A1"], found["p1!A2"], found["p1!C3"]) == ("進行管理シート", "No", "実施中")
    numbers = [cell.text for cell in grid.cells() if cell.column == 0 and cell.text.isdigit()]
    assert numbers == [str(n) for n in range(70)]


def test_merged_cells_of_a_pdf_are_spread(pdf):
    data = pdf("#table(columns: 3, [a], table.cell(colspan: 2)[R1], table.cell(rowspan: 2)[b], [c], [d], [e], [f])")

    rows = read_here(data).sheets[0].rows

    assert [[(c.at, c.text, c.spread_from) for c in row] for row in rows] == [
        [("A1", "a", ""), ("B1", "R1", ""), ("C1", "R1", "B1")],
        [("A2", "b", ""), ("B2", "c", ""), ("C2", "d", "")],
        [("A3", "b", "A2"), ("B3", "e", ""), ("C3", "f", "")],
    ]


def test_lines_between_tables_keep_their_place_and_wide_gaps_part_them(pdf, texts):
    data = pdf("推進方策1 #h(4cm) 目標\n\n#table(columns: 1, [a])\n推進方策2 意識 の醸成")

    assert texts(read_here(data)) == {"A1": "推進方策1", "B1": "目標", "A2": "a", "A3": "推進方策2 意識 の醸成"}


def test_letters_set_one_below_the_other_are_a_word(pdf, texts):
    assert texts(read_here(pdf("#table(columns: 2, [推 \\ 進 \\ 課], [1行 \\ 2行])"))) == {
        "A1": "推進課",
        "B1": "1行\n2行",
    }


def test_a_page_without_letters_is_said(pdf):
    grid = read_here(pdf("a\n#pagebreak()\n#rect()\n"))

    assert grid.notes == ("p2には文字がありません（画像か白紙のページ）。",)


def test_a_pdf_of_pictures_gets_a_sentence(pdf):
    with pytest.raises(Unreadable, match="文字のないPDF"):
        read_here(pdf("#rect(width: 5cm)"))


def test_a_pdf_of_too_many_pages_is_refused(pdf):
    with pytest.raises(Unreadable, match="ページが200を超えています"):
        read_here(pdf("#for i in range(201) [a #pagebreak()]"))


def test_a_damaged_pdf_gets_a_sentence(pdf):
    with pytest.raises(Unreadable, match="PDFとして開けません"):
        read_here(pdf("a")[:300])
