"""`tomoni sheet write`: what it writes, what it says, and how it refuses."""

import json
import sys

import openpyxl
import pytest

from tomoni.cli.__main__ import main
from tomoni.imports.reading.read import read
from tomoni.plans.sheet.recognise import recognise

TEXT = {"text": "3回開いた。\n参加者は45名。", "at": "E2"}
YEAR = {"status": "on_track", "status_text": None, "results": TEXT, "issues": None, "next_action": {"text": "=続ける"}}
SHEET = {
    "format": "tomoni-sheet/1",
    "plan": {"title": "市民協働推進行動計画", "years": [2018, 2019]},
    "nodes": [
        {"id": "n1", "level": "推進方策", "number": "1", "title": "人を育てる", "parent": None, "at": "A5"},
        {"id": "n2", "level": "目標", "number": "(1)", "title": "学ぶ場", "parent": "n1", "at": "A6"},
    ],
    "measures": [
        {
            "number": "1",
            "title": "協働講座",
            "parent": "n2",
            "schedule": {"2018": "実施", "2019": "継続実施"},
            "lines": [
                {"leads": ["協働推進課"], "related": ["生涯学習課"], "years": {"2018": YEAR, "2019": {}}},
                {"leads": ["産業振興課"], "years": {"2018": {"status": "done", "status_text": "完了"}, "2019": {}}},
            ],
        },
        {"number": "2", "title": "冊子の配布", "parent": "n2", "relisted_of": "1", "lines": []},
    ],
}


@pytest.fixture
def run(tmp_path, capsys):
    def ran(sheet=SHEET, *words, out="計画.xlsx"):
        file = tmp_path / "計画.json"
        file.write_text(sheet if isinstance(sheet, str) else json.dumps(sheet, ensure_ascii=False), encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["sheet", "write", str(file), "-o", str(tmp_path / out), *words])
        said = capsys.readouterr()
        return ended.value.code, tmp_path / out, said.out, said.err

    return ran


def changed(**values):
    return {**SHEET, **values}


def test_the_file_comes_back_with_all_it_was_given(run):
    code, path, said, _ = run()

    back = recognise(read(path.read_bytes(), name=path.name)).as_json()
    assert code == 0
    assert said == f"{path} に書き出しました。見出し 2、施策 2（行 2）、数値 0。\n"
    assert back["plan"] == SHEET["plan"]
    assert [(m["number"], m["title"], m["relisted_of"], len(m["lines"])) for m in back["measures"]] == [
        ("1", "協働講座", None, 2),
        ("2", "冊子の配布", "1", 0),
    ]
    year = back["measures"][0]["lines"][0]["years"]["2018"]
    assert (year["status"], year["status_text"]) == ("on_track", None)
    assert year["results"]["text"] == TEXT["text"]


def test_json_says_what_was_written(run):
    code, path, said, _ = run(SHEET, "--json")

    told = json.loads(said)
    assert code == 0
    assert told | {"sha256": "", "size": 0} == {
        "format": "tomoni-written/1",
        "path": str(path),
        "sha256": "",
        "size": 0,
        "title": "市民協働推進行動計画",
        "years": [2018, 2019],
        "nodes": 2,
        "measures": 2,
        "lines": 2,
        "numbers": 0,
    }
    assert told["size"] == path.stat().st_size


def test_the_sheet_is_laid_out_for_a3_with_the_words_of_the_rulebook(run):
    _, path, _, _ = run(SHEET, "--rulebook", "fuchu")

    sheet = openpyxl.load_workbook(path).active
    assert sheet.title == "進行管理シート"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.print_area == "'進行管理シート'!$A$1:$Q$9"
    assert sheet.oddFooter.center.text == "&P / &N"
    merged = {str(each) for each in sheet.merged_cells.ranges}
    heads = {sheet[r.split(":")[0]].value: r for r in merged}
    assert heads["市民協働推進行動計画"] == "A1:Q1"
    assert heads["平成30年度"] == "H3:L3"
    assert heads["令和元年度"] == "M3:Q3"
    assert heads["計画"] == "F3:G3"
    assert heads["推進方策1 人を育てる"] == "A5:Q5"
    assert heads["協働講座"] == "B7:B8"
    assert [cell.value for cell in sheet[3]][:5] == ["No", "推進方策・目標・施策", "主管課", "関係課", "事業内容"]
    assert [cell.value for cell in sheet[4]][7:12] == ["進捗状況", "実績", "課題", "次年度へ向けた取組", "備考"]
    assert sheet["H7"].value == "計画通りに進んでいる"
    assert sheet["B9"].value == "冊子の配布（再掲 1）"
    assert all(sheet.row_dimensions[row].height for row in range(5, 10))
    assert sheet["I7"].alignment.wrap_text
    assert sheet["I7"].border.left.style == "thin"


def test_no_cell_is_a_formula(run):
    _, path, _, _ = run()

    sheet = openpyxl.load_workbook(path).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    assert [(c.value, c.quotePrefix) for c in cells if str(c.value).startswith("=")] == [("=続ける", True)]


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ("{", "計画.json: JSON として読めません（1行目）。"),
        ("[]", "計画.json: { } の組にしてください。"),
        (changed(format="other/1"), "計画.json: format: 値が正しくありません。"),
        (changed(measures=[{"number": "1"}]), "計画.json: measures.0.title: 必要な項目がありません。"),
        (
            changed(nodes=[]),
            "計画.json: measures.0.parent: 「n2」という見出しがありません。",
        ),
        (
            changed(plan={"title": None, "years": [2018]}),
            "計画.json: plan.years: 2019 がありませんが、進捗の記入があります。plan.years に加えてください。",
        ),
        (
            changed(plan={"title": "あ" * 40000, "years": [2018, 2019]}),
            "計画.json: plan.title: 文が長すぎます（40,000字）。1つのセルに入るのは32,767字までです。文を短くするか、分けてください。",
        ),
        (
            changed(measures=[{"title": "講座", "lines": [{"years": {"H30": {}}}]}]),
            '計画.json: measures.0.lines.0.years.H30.[key]: 年度は西暦の数字で書いてください（"2019"）。',
        ),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence_and_nothing_is_written(run, sheet, sentence):
    code, path, said, err = run(sheet)

    assert code == 2
    assert err == f"{sentence}\n"
    assert said == ""
    assert not path.exists()


def test_a_folder_that_is_not_there_is_said(run):
    code, path, _, err = run(SHEET, out="無い/計画.xlsx")

    assert code == 2
    assert err == f"{path}: 書き出せません。フォルダーがあるか、書き込めるかを確かめてください。\n"


def test_reading_a_sheet_loads_neither_the_schema_nor_the_workbook_library():
    import subprocess

    words = (
        "import sys, tomoni.cli.sheet; print([m for m in ('pydantic', 'tomoni.rulebooks.schema') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_where_to_write_may_stand_behind_the_file_and_must_be_said(tmp_path, capsys):
    file, to = tmp_path / "計画.json", tmp_path / "計画.xlsx"
    file.write_text(json.dumps(SHEET, ensure_ascii=False), encoding="utf-8")

    with pytest.raises(SystemExit) as refused:
        main(["sheet", "write", str(file)])
    said = capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["sheet", "write", str(file), str(to)])

    assert (refused.value.code, said) == (2, "書き出す先がありません。「-o 書き出す先.xlsx」を付けてください。\n")
    assert (ended.value.code, to.exists()) == (0, True)
