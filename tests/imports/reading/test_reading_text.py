"""Text tables: any encoding used in Japan, any separator, and quotes only where they are meant."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.imports.reading.delimited import read_delimited
from tomoni.imports.reading.grid import column_index, column_name, place, where
from tomoni.imports.reading.read import Unreadable, read

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
SENTENCE = "協働推進課と市民活動団体が、計画どおりに進めている施策の一覧です。"
TABLE = f"No,施策,進捗状況\n1,出前講座,計画通りに進んでいる\n2,ポスター,{SENTENCE}\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp932", "euc_jp", "iso2022_jp", "shift_jis_2004", "euc_jis_2004"],
)
def test_a_table_is_read_in_every_encoding_used_in_japan(encoding, texts):
    grid = read(TABLE.encode(encoding), name="x.csv")

    assert texts(grid)["C3"] == SENTENCE
    assert grid.kind == "csv"


def test_utf16_in_the_other_byte_order_is_read(texts):
    assert texts(read(b"\xfe\xff" + TABLE.encode("utf-16-be"), name="x"))["A2"] == "1"


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_where_two_encodings_fit_the_likelier_is_taken_and_said(encoding, texts):
    table = "課,係\nみどり,あお\n"

    grid = read(table.encode(encoding), name="x")

    assert texts(grid) == {"A1": "課", "B1": "係", "A2": "みどり", "B2": "あお"}


def test_an_ambiguous_encoding_is_told_to_the_person(texts):
    grid = read("課,係\n協働,アイウ\n".encode("euc_jp"), name="x")

    assert texts(grid) == {"A1": "課", "B1": "係", "A2": "協働", "B2": "アイウ"}
    assert grid.notes == ("文字コードはEUC-JPとみなしました。文字が化けていないか確かめてください。",)


def test_circled_numbers_of_windows_are_read(texts):
    assert texts(read("①,㈱協働\n".encode("cp932"), name="x")) == {"A1": "①", "B1": "㈱協働"}


def test_circled_numbers_of_old_unix_are_read(texts):
    assert texts(read("①,協働\n".encode("euc_jis_2004"), name="x")) == {"A1": "①", "B1": "協働"}


def test_bytes_in_no_encoding_get_a_sentence():
    with pytest.raises(Unreadable, match="文字コードが分かりません"):
        read("施策,課\n".encode() + b"\xff\xfd\x80\n", name="x")


def test_a_broken_utf8_file_with_mark_gets_a_sentence():
    with pytest.raises(Unreadable, match="文字コードが分かりません"):
        read(b"\xef\xbb\xbf\xff\xff", name="x")


@pytest.mark.parametrize("separator", ["\t", ",", ";", "|"])
def test_the_separator_is_told_from_the_lines(separator, texts):
    rows = [["No", "施策", "備考"], ["1", "講座", "1,234人"], ["2", "会議; 懇談", ""]]
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows(rows)

    assert list(texts(read(target.getvalue().encode(), name="x")).values()) == [c for row in rows for c in row if c]


def test_a_ragged_tsv_with_commas_in_its_texts_stays_a_tsv(texts):
    text = "題\n\n1\t講座\tA, B\n目標\t\t\t\n2\t会議\tC, D, E\n"

    grid = read(text.encode(), name="x")

    assert grid.kind == "tsv"
    assert texts(grid) == {
        "A1": "題", "A3": "1", "B3": "講座", "C3": "A, B", "A4": "目標", "A5": "2", "B5": "会議", "C5": "C, D, E",
    }  # fmt: skip


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_blank_line_is_a_row_and_a_quoted_line_end_is_not(line_end, texts):
    text = line_end.join(["a,b", "", '"1行目', '2行目",c', ""])

    assert texts(read(text.encode(), name="x")) == {"A1": "a", "B1": "b", "A3": "1行目\n2行目", "B3": "c"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a\t"b\nc\td\n', {"A1": "a", "B1": '"b', "A2": "c", "B2": "d"}),
        ('a\t"b\nc\td"\n', {"A1": "a", "B1": '"b', "A2": "c", "B2": 'd"'}),
        ('a,"b" c\nd,e\n', {"A1": "a", "B1": '"b" c', "A2": "d", "B2": "e"}),
        ('a\t"b\nx\ty\nc\td"\n', {"A1": "a", "B1": '"b', "A2": "x", "B2": "y", "A3": "c", "B3": 'd"'}),
        ('a,"b\nx,y\nc,d"\ne,f,g\n', {"A1": "a", "B1": '"b', "A2": "x", "B2": "y", "A3": "c", "B3": 'd"', "A4": "e",
                                      "B4": "f", "C4": "g"}),
        ('a,5"\nb,"x ""y"""\n', {"A1": "a", "B1": '5"', "A2": "b", "B2": 'x "y"'}),
        ('a,b\n"c\nd",e,f\n', {"A1": "a", "B1": "b", "A2": "c\nd", "B2": "e", "C2": "f"}),
        ('a,"b', {"A1": "a", "B1": '"b'}),
        ('a,"x,y"', {"A1": "a", "B1": "x,y"}),
        ('題\na,"x,y"', {"A1": "題", "A2": "a", "B2": "x,y"}),
        ('="001",b\n', {"A1": "001", "B1": "b"}),
        ("「市民」,b\n", {"A1": "「市民」", "B1": "b"}),
        ("a\x0bb,c\u2028d,\x85\nx,y\n", {"A1": "ab", "B1": "c\u2028d", "A2": "x", "B2": "y"}),
    ],
)  # fmt: skip
def test_quotes_count_only_where_they_open_and_close_a_cell(text, expected, texts):
    assert texts(read(text.encode(), name="x")) == expected


def test_a_stray_quote_is_said():
    assert read(b'a\t"b\nc\t"d\n', name="x").notes == ("対になっていない引用符は、ふつうの文字として読みました。",)


def test_a_list_of_one_column_is_read_line_by_line(texts):
    grid = read("施策\n出前講座\nシンポジウム\n".encode(), name="x")

    assert texts(grid) == {"A1": "施策", "A2": "出前講座", "A3": "シンポジウム"}
    assert grid.notes == ("区切り文字がないので、1行を1つのセルとして読みました。",)


def test_cells_that_arrive_one_per_line_are_a_list_though_many_are_sentences(texts):
    lines = [
        line
        for n in range(20)
        for line in (str(n), "協働推進課", "計画通りに進んでいる", f"{n}回開催した。", f"{n}は続ける。")
    ]

    assert len(texts(read("\n".join(lines).encode(), name="x"))) == 100


@pytest.mark.parametrize(
    "text",
    [
        "はじめに\n\n本市では、協働を進めてきました。\n\n今後も、続けていきます。\n",
        "本市は,市民と,協働してきた。\n今後も,それを進める。\n目標は,次の,とおり,である。\n",
    ],
)
def test_prose_is_no_table(text):
    with pytest.raises(Unreadable, match="文章だけで、表ではありません"):
        read(text.encode(), name="x.txt")


@pytest.mark.parametrize(
    ("text", "what"), [('<?xml version="1.0"?><Workbook/>', "XML"), ('[{"a": 1}, {"a": 2}]', "JSON")]
)
def test_other_notations_are_named(text, what):
    with pytest.raises(Unreadable, match=what):
        read(text.encode(), name="x")


def test_a_table_in_brackets_is_not_taken_for_json(texts):
    assert texts(read(b"[a,b]", name="x")) == {"A1": "[a", "B1": "b]"}


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8) | st.sampled_from(
    ['"', 'a"b', "1行目\n2行目", ",", "「", "", '""']
)


@given(st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=3)))
def test_whatever_a_csv_writer_wrote_is_read_back(rows):
    rows = [["番号", *row] for row in rows]
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows(rows)

    draft = read_delimited(target.getvalue())

    expected = {(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row) if text.strip()}
    assert draft.sheets[0].cells == expected


@given(st.binary(max_size=300))
def test_whatever_bytes_come_there_is_a_grid_or_a_sentence(data):
    try:
        outcome = [cell.text for cell in read(data, name="x").cells()]
    except Unreadable as refusal:
        outcome = re.findall("。$", str(refusal))

    assert outcome


@given(st.integers(0, 1_048_575), st.integers(0, 16_383), st.sampled_from(["", "進行管理", "a!b"]))
def test_a_place_is_written_and_found_again(row, column, sheet):
    assert where(place(row, column, sheet)) == (sheet, row, column)
    assert column_index(column_name(column)) == column


@pytest.mark.parametrize("wrong", ["", "A", "1", "A0", "A1B", "進行管理!"])
def test_what_is_no_place_is_refused(wrong):
    with pytest.raises(ValueError, match="not a place"):
        where(wrong)


def test_the_places_people_know():
    assert (place(9, 8), place(0, 25), place(0, 26), place(9, 8, "進行管理")) == ("I10", "Z1", "AA1", "進行管理!I10")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the original sheets do not lie beside the repository")
def test_every_line_of_the_real_sheet_is_a_row_and_every_filled_cell_is_read():
    data = next(SEEDS.glob("001_*.txt")).read_bytes()

    grid = read(data, name="001.txt")

    lines = data.decode().split("\n")
    expected = {(r, c): text for r, line in enumerate(lines) for c, text in enumerate(line.split("\t")) if text.strip()}
    assert {(cell.row, cell.column): cell.text for cell in grid.cells()} == expected
    assert (grid.kind, len(expected)) == ("tsv", 1100)
    assert next(cell.at for cell in grid.cells() if (cell.row, cell.column) == (9, 8)) == "I10"
