"""`tomoni sheet read`: what it prints, and how it refuses."""

import json
import subprocess
import sys

import pytest

from tomoni.cli.__main__ import main

SHEET = "番号,施策名,担当課,R4 進捗状況,R4 実績\n1,講座,協働課,順調,3回開いた。\n2,冊子,広報課,A,出した。\n"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "みほん.csv"
    file.write_bytes(SHEET.encode("cp932"))
    return file


def run(*words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    return ended.value.code


def test_json_names_the_format_and_keeps_japanese_readable(path, capsys):
    assert run("sheet", "read", str(path), "--json") == 0

    printed = capsys.readouterr().out
    told = json.loads(printed)
    assert "講座" in printed
    assert told["format"] == "tomoni-sheet/1"
    assert told["source"]["name"] == "みほん.csv"
    assert list(told) == [
        "format", "source", "plan", "nodes", "measures", "numbers", "unplaced", "corrections", "findings", "cells"
    ]  # fmt: skip
    assert told["measures"][0]["lines"][0]["years"]["2022"] == {
        "status": "on_track",
        "status_text": "順調",
        "status_at": "D2",
        "confidence": 0.98,
        "results": {"text": "3回開いた。", "at": "E2"},
        "issues": None,
        "next_action": None,
        "remarks": None,
    }


def test_without_json_a_summary_for_people_is_printed(path, capsys):
    assert run("sheet", "read", str(path)) == 0

    printed = capsys.readouterr().out
    assert "施策: 2（行 2）" in printed
    assert "計画どおり 1、判断できず 1" in printed


def test_a_rulebook_explains_the_words_of_its_city(path, capsys):
    assert run("sheet", "read", str(path), "--json", "--rulebook", "fuchu") == 0

    assert json.loads(capsys.readouterr().out)["measures"][0]["title"] == "講座"


@pytest.mark.parametrize(
    "words",
    [
        ["sheet", "read", "/ない/ファイル.csv"],
        ["sheet", "read", "."],
        ["sheet"],
        ["sheet", "read"],
        ["sheet", "read", "--nothing"],
        [],
    ],
    ids=["missing", "folder", "no command", "no file", "no such option", "nothing"],
)
def test_what_cannot_be_done_is_refused_in_one_japanese_sentence(words, capsys):
    assert run(*words) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1


def test_a_sheet_that_is_no_plan_is_refused(tmp_path, capsys):
    file = tmp_path / "家計簿.csv"
    file.write_text("日付,費目,収入,支出,残高\n4/1,給料,300000,,300000\n4/2,食費,,3000,297000\n", encoding="utf-8")

    assert run("sheet", "read", str(file)) == 2

    assert "進行管理シート" in capsys.readouterr().err


def test_the_command_starts_without_django(path):
    code = "import sys; from tomoni.cli.__main__ import parser; parser(['sheet']); sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_five_thousand_rows_are_read_whole(tmp_path, capsys):
    head = "番号,基本目標,事業名,担当課,事業内容,R3 評価,R3 実績,R3 課題,R4 評価,R4 実績,R4 今後の取組"
    rows = [
        f"{i},目標{i // 100},事業{i},協働課,内容{i},順調,講座を{i}回開いた,人が少ない,遅れ,講座を{i + 1}回開いた,続ける{i}"
        for i in range(5000)
    ]
    file = tmp_path / "多い.csv"
    file.write_text("\n".join([head, *rows]), encoding="utf-8")
    assert run("sheet", "read", str(file), "--json") == 0

    assert len(json.loads(capsys.readouterr().out)["measures"]) == 5000


REPEATED = """番号,施策名,担当課,R4 進捗状況,R4 実績,R4 次年度の取組,R5 進捗状況,R5 実績,R5 次年度の取組
1,講座の開催,協働課,順調,会場を借りて講座を開き、町内会に声をかけた。,土曜日に開く。,順調,会場を借りて講座を開き、町内会に声をかけた。,小学校で開く。
2,冊子の発行,広報課,順調,【発行数】0冊,配る先を増やす。,遅れ,配る先を探した。,店に置く。
"""


def test_check_prints_findings_in_the_form_that_read_has(tmp_path, capsys):
    file = tmp_path / "みほん.csv"
    file.write_text(REPEATED)

    assert run("sheet", "check", str(file), "--json") == 0
    checked = json.loads(capsys.readouterr().out)
    assert run("sheet", "read", str(file), "--json") == 0
    read = json.loads(capsys.readouterr().out)

    assert list(checked) == ["findings"]
    assert checked["findings"] == read["findings"]
    assert list(checked["findings"][0]) == ["rule", "kind", "measure", "department", "year", "field", "message"]
    assert [(f["rule"], f["kind"], f["measure"], f["year"], f["field"]) for f in checked["findings"]] == [
        ("SH-05", "repeat", "1", 2023, "results"),
        ("SH-08", "contradiction", "2", 2022, "status"),
    ]


def test_check_without_json_speaks_to_people(tmp_path, capsys):
    file = tmp_path / "みほん.csv"
    file.write_text(REPEATED)

    assert run("sheet", "check", str(file)) == 0

    printed = capsys.readouterr().out
    assert printed.startswith("点検: 2件（進捗状況と合わない 1、前の年と同じ 1）")
    assert "「発行数」が0冊ですが、進捗状況は計画どおりです。" in printed


def test_check_refuses_what_is_no_plan_in_a_sentence(tmp_path, capsys):
    file = tmp_path / "みほん.csv"
    file.write_text("a,b\n1,2\n")

    assert run("sheet", "check", str(file)) == 2
    assert "施策と進捗の表が見つかりません" in capsys.readouterr().err
