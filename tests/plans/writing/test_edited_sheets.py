"""A written sheet that people have worked in: what they typed is read, what they moved is found, nothing is guessed."""

from io import BytesIO

import openpyxl
import pytest

from tomoni.imports.reading.read import read
from tomoni.plans.sheet.document import Document, Line, Measure, Node, Number, Text, Year
from tomoni.plans.sheet.recognise import recognise
from tomoni.plans.writing.checking import CannotWrite
from tomoni.plans.writing.workbook import write

YEARS = {2018: Year("on_track", "A", texts={"results": Text("参加者は45名。", "")}), 2019: Year()}

FIGURES = [Number("1", 2018, "参加者", 45, "名", "")]


@pytest.fixture
def book():
    measures = [
        Measure("1", "講座", "n1", "", lines=[Line(["協働課"], [], dict(YEARS))]),
        Measure("2", "冊子", "n2", "", lines=[Line(["広報課", "市民課"], [], {2018: Year(), 2019: Year()})]),
    ]
    nodes = [Node("n1", "推進方策", "1", "学ぶ", None, ""), Node("n2", "推進方策", "2", "知らせる", None, "")]
    return openpyxl.load_workbook(
        BytesIO(write(Document("", "", "", "行動計画", [2018, 2019], nodes, measures, FIGURES)))
    )


def read_again(book):
    made = BytesIO()
    book.save(made)
    return recognise(read(made.getvalue(), name="戻り.xlsx"))


def at(sheet, text):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def test_a_rating_typed_anew_is_read_by_its_words(book):
    at(book.active, "A").value = "遅れている"

    entry = read_again(book).measures[0].lines[0].years[2018]

    assert (entry.status, entry.status_text) == ("off_track", "遅れている")


def test_a_rating_left_alone_keeps_its_meaning_although_its_legend_stood_elsewhere(book):
    entry = read_again(book).measures[0].lines[0].years[2018]

    assert (entry.status, entry.status_text) == ("on_track", "A")


def test_a_figure_in_a_text_that_was_mended_is_the_new_one(book):
    assert [n.value for n in read_again(book).numbers] == [45]

    at(book.active, "参加者は45名。").value = "参加者は54名。"

    assert [n.value for n in read_again(book).numbers] == [54]


def test_departments_typed_by_hand_are_told_apart_as_in_any_sheet(book):
    at(book.active, "協働課").value = "協働課、産業課"

    assert read_again(book).measures[0].lines[0].leads == ["協働課", "産業課"]


def test_a_column_that_was_inserted_shifts_nothing_and_is_set_aside(book):
    sheet = book.active
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_cols(3)
    sheet["C6"].value = "委員のメモ"

    found = read_again(book)

    assert found.measures[0].lines[0].leads == ["協働課"]
    assert [(u.at, u.text) for u in found.unplaced] == [("C6", "委員のメモ")]


def test_a_row_that_was_added_is_a_measure_of_its_own(book):
    sheet = book.active
    row = sheet.max_row + 1
    sheet.cell(row, 1, "3")
    sheet.cell(row, 2, "相談")
    sheet.cell(row, 3, "福祉課")

    found = read_again(book).measures

    assert [(m.number, m.title, m.parent, m.lines[0].leads) for m in found][2:] == [("3", "相談", "n2", ["福祉課"])]


def test_a_row_that_was_copied_with_its_note_is_read_as_a_row_of_its_own(book):
    sheet = book.active
    last = sheet.max_row
    for cell in sheet[6]:
        sheet.cell(last + 1, cell.column, cell.value)

    found = read_again(book).measures

    assert [(m.title, m.parent) for m in found] == [("講座", "n1"), ("冊子", "n2"), ("講座", "n2")]


def test_a_heading_that_was_rewritten_keeps_its_place(book):
    at(book.active, "推進方策2 知らせる").value = "推進方策2 広く知らせる"

    found = read_again(book)

    assert [(n.id, n.number, n.title) for n in found.nodes] == [("n1", "1", "学ぶ"), ("n2", "2", "広く知らせる")]
    assert found.measures[1].parent == "n2"


def test_a_text_one_cell_cannot_hold_is_refused_and_named():
    year = Year(texts={"results": Text("😀" * 16384, "")})
    sheet = Document("", "", "", None, [2018], [], [Measure("7", "講座", None, "", lines=[Line([], [], {2018: year})])])

    with pytest.raises(CannotWrite) as refused:
        write(sheet)

    assert str(refused.value) == (
        "施策7 2018年度 実績: 文が長すぎます（32,768字）。1つのセルに入るのは32,767字までです。文を短くするか、分けてください。"
    )


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (Document("", "", "", None, [2018, 2018]), "plan.years: 同じ年度が2回あります。"),
        (Document("", "", "", None, [1800]), "年度 1800 は書けません。1926から2999までの西暦で書いてください。"),
        (
            Document(
                "", "", "", None, [], [Node("n1", "", None, "あ", "n2", ""), Node("n2", "", None, "い", None, "")]
            ),
            "nodes.0.parent: 「n2」が、この見出しより前にありません。",
        ),
        (
            Document(
                "", "", "", None, [], [Node("n1", "", None, "あ", None, ""), Node("n1", "", None, "い", None, "")]
            ),
            "nodes.1.id: 「n1」が2回あります。",
        ),
        (
            Document("", "", "", None, [], [], [Measure("1", "あ", None, "", lines=[Line(["協働\n課"])])]),
            "measures.0.lines.0: 担当課の名前に改行があります。1行にしてください。",
        ),
        (Document("", "", "", None, list(range(1930, 2000))), "年度が多すぎます（60年度まで）。"),
    ],
)
def test_what_cannot_be_held_is_refused_in_a_sentence(document, sentence):
    with pytest.raises(CannotWrite) as refused:
        write(document)

    assert str(refused.value) == sentence
