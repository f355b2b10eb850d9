"""What is written is read back as it was: every text, rating, department, number and year of any document."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tomoni.imports.reading.read import read
from tomoni.plans.sheet.document import Document, Line, Measure, Node, Number, Text, Year
from tomoni.plans.sheet.reading import STATUSES, Reading
from tomoni.plans.sheet.recognise import recognise
from tomoni.plans.writing.layout import Layout, layout_of
from tomoni.plans.writing.workbook import write
from tomoni.portal.demo.sheets import SHEETS
from tomoni.rulebooks.loading import load_city

DEMO = [sheet.path for sheet in SHEETS]
OF_THE_FILE = ("source", "unplaced", "corrections", "findings", "cells")
OF_THE_CELL = ("at", "status_at", "confidence")

# Everything that has gone wrong in a spreadsheet before: formulas, escapes, rare characters, numbers that are none.
HARD = st.sampled_from(
    [
        "=1+1",
        "+81 3",
        "-3.7%",
        "@SUM(A1)",
        "'引用",
        "\t字下げ",
        "一行目\n二行目\n",
        "　全角の字下げ",
        " 前後の空白 ",
        "👨‍👩‍👧 家族",
        "𠮷野家",
        "葛\U000e0100城市",
        "１２３",
        "012",
        "12",
        "-0",
        "1e5",
        "true",
        "計画どおり",
        "令和元年度",
        "_x0041_x0042_",
        "_x000D_",
        "<b>&amp;",
        "推進方策1 題",
        "（再掲 3）",
        "tomoni-sheet/1 のこと",
        "【参加者数】 116人",
        "A、B",
    ]
)
LETTERS = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff\r\x7f")
texts = (HARD | st.text(LETTERS | st.just("\n"), min_size=1, max_size=12)).filter(lambda t: t.strip())
words = texts.map(lambda t: t.replace("\n", " ")).filter(lambda t: t.strip())
cells = texts.map(lambda t: Text(t, ""))


@st.composite
def years_of(draw, years):
    made = {}
    for year in years:
        status = draw(st.none() | st.sampled_from(STATUSES))
        held = draw(
            st.dictionaries(st.sampled_from(["results", "issues", "next_action", "remarks"]), cells, max_size=4)
        )
        made[year] = Year(status, draw(st.none() | words), texts=held)
    return made


@st.composite
def documents(draw):
    years = draw(st.lists(st.integers(1926, 2100), max_size=2, unique=True))
    nodes = []
    for place in range(draw(st.integers(0, 4))):
        parent = draw(st.none() | st.sampled_from(nodes)) if nodes else None
        level = draw(st.sampled_from(["推進方策", "目標", "見出し"]) | words)
        nodes.append(Node(f"n{place + 1}", level, draw(st.none() | words), draw(words), parent and parent.id, ""))
    departments = st.lists(words, max_size=2, unique=True)
    measures = []
    for _ in range(draw(st.integers(0, 3))):
        lines = [
            Line(draw(departments), draw(departments), draw(years_of(years))) for _ in range(draw(st.integers(0, 2)))
        ]
        number = draw(st.none() | words | st.sampled_from(["1", "1-2①"]))
        measures.append(
            Measure(
                number,
                draw(words),
                draw(st.sampled_from([None, *(node.id for node in nodes)])),
                "",
                number_inferred=number is not None and draw(st.booleans()),
                relisted_of=draw(st.none() | words),
                description=draw(st.none() | cells),
                schedule=draw(st.dictionaries(st.integers(1990, 2030), texts, max_size=2)),
                lines=lines,
            )
        )
    values = st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
    numbers = draw(
        st.lists(
            st.builds(Number, st.none() | words, st.integers(1926, 2100), words, values, words, st.just("")), max_size=2
        )
    )
    return Document("", "", "", draw(st.none() | words), years, nodes, measures, numbers)


def bare(document):
    """A document as JSON without what only speaks of the file it stood in."""
    told = json.loads(json.dumps(document.as_json()))
    return _without({key: value for key, value in told.items() if key not in OF_THE_FILE})


def _without(value):
    if isinstance(value, dict):
        return {key: _without(each) for key, each in value.items() if key not in OF_THE_CELL}
    return [_without(each) for each in value] if isinstance(value, list) else value


def again(document, layout=None, reading=None):
    return recognise(read(write(document, layout), name="書き出し.xlsx"), reading)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
@example(
    Document("", "", "", "題", [2019], [], [Measure("1", "𠮷", None, "", lines=[Line(["課"], [], {2019: Year()})])])
)
def test_whatever_is_written_is_read_back_as_it_was(document):
    back = again(document)

    assert bare(back) == bare(document)
    assert back.unplaced == []


@pytest.mark.parametrize("path", DEMO, ids=lambda p: p.parent.name)
def test_the_sheets_of_the_demonstration_come_back_whole(path):
    document = recognise(read(path.read_bytes(), name=path.name))

    back = again(document, layout_of(load_city("fuchu")))

    assert len(document.measures) > 5
    assert bare(back) == bare(document)
    assert back.unplaced == []


def test_a_sheet_written_twice_is_the_same_file():
    document = recognise(read(DEMO[0].read_bytes(), name="x"))

    assert write(document) == write(document)


def test_a_rulebook_given_only_when_reading_does_not_turn_what_was_written():
    line = Line(["協働課"], [], {2019: Year(None, "A")})
    document = Document("", "", "", "題", [2019], [], [Measure("1", "講座", None, "", lines=[line])])

    back = again(document, reading=Reading(statuses={"A": "done"}, departments={"協働課": "市民課"}))

    assert bare(back) == bare(document)


def test_every_cell_of_the_written_file_is_accounted_for():
    number = Number("1", 2019, "冊子", 0.1 + 0.2, "冊", "")
    line = Line(["協働課"], ["市民課"], {2019: Year("done", "完了", texts={"results": Text("3回", "")})})
    document = Document("", "", "", "題", [2019], [], [Measure("1", "講座", None, "", lines=[line])], [number])

    grid = read(write(document, Layout()), name="x")
    back = recognise(grid)

    assert {cell.at for cell in grid.cells()} == set(back.cells)
    assert back.cells["数値!D5"] == "/numbers/0/value"
    assert replace(back.numbers[0], at="") == number
