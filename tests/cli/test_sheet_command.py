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
