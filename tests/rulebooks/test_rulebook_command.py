"""`tomoni rulebook`: what it prints and with which code it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tomoni.cli.__main__ import main

TOWN = Path(__file__).parent / "akarisato" / "2024-04.yaml"
LISTS = (
    "principles", "party_kinds", "capabilities", "forms", "zones", "suitability", "checklists", "stages", "progress_scale",
)  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit code, output and errors of one command."""
    with pytest.raises(SystemExit) as ended:
        main(["rulebook", *map(str, words)])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def shown(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    code, out, err = run(capsys, *words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_good_file_passes_and_its_lists_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", TOWN)

    assert (code, err) == (0, "")
    assert out == (
        f"{TOWN}: 使えます。灯里市 2024-04 版（原則3、主体3、中間支援の機能2、形態4、領域3、"
        "適性の検証3、チェックリスト1、活動のステージ4、進捗の段階3）\n"
    )


def test_a_bad_file_fails_and_every_mistake_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    text = TOWN.read_text(encoding="utf-8").replace("zones: [ours]", "zones: [civic_led]", 1)
    bad.write_text(text.replace("ties: heart", "ties: luck"), encoding="utf-8")

    assert run(capsys, "check", bad) == (
        1,
        (
            f"{bad}: 2か所を直してください。\n"
            "  forms[0].zones[0]: 「civic_led」という領域はありません。\n"
            "  screening.ties: 「luck」という審査項目はありません。\n"
        ),
        "",
    )
    code, out, _ = run(capsys, "check", bad, "--json")
    assert code == 1
    assert json.loads(out) == {
        "file": str(bad),
        "ok": False,
        "problems": [
            {"path": "forms[0].zones[0]", "message": "「civic_led」という領域はありません。"},
            {"path": "screening.ties", "message": "「luck」という審査項目はありません。"},
        ],
    }


def test_a_file_that_is_not_there_fails(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "check", tmp_path / "none.yaml")

    assert code == 1
    assert out.endswith("1か所を直してください。\n  none.yaml を開けません。ファイルの場所を確かめてください。\n")


def test_checking_as_json_says_that_a_good_file_can_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "check", TOWN) == {"file": str(TOWN), "ok": True, "problems": []}


@pytest.mark.parametrize("city", ["ama", "fuchu", "higashikurume", "musashino"])
def test_a_rulebook_is_shown_with_all_its_lists(capsys: pytest.CaptureFixture[str], city: str) -> None:
    book = shown(capsys, "show", city)

    for name in LISTS:
        assert isinstance(book[name], list)
        for entry in book[name]:
            assert entry["key"]
            assert entry["label"]
            assert entry["cites"]
    for form in book["forms"]:
        assert set(form["zones"]) <= {zone["key"] for zone in book["zones"]}
        assert set(form["notes"]) == {"civic", "city", "both"}
    for checklist in book["checklists"]:
        assert all(item["key"] and item["label"] and item["cites"] for item in checklist["items"])
    assert {item["group"] for item in book["suitability"]} <= {"nature", "effect"}


def test_a_version_and_a_file_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "show", "ama@2022-02") == shown(capsys, "show", "ama")
    assert shown(capsys, "show", TOWN)["city"]["name"] == "灯里市"


def test_without_json_a_rulebook_is_shown_to_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", TOWN)

    assert code == 0
    assert out.startswith("灯里市 灯里市ともに歩む手引（2024-04 版）\n\n原則（3）\n  正直  〔二の1〕\n")


@pytest.mark.parametrize("words", [["show", "atlantis"], ["diff", "ama", "atlantis"], ["diff", "atlantis", "ama"]])
def test_a_city_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert run(capsys, *words) == (
        2,
        "",
        "「atlantis」という自治体のルールブックはありません。今あるもの: ama、fuchu、higashikurume、musashino。\n",
    )


def test_two_rulebooks_are_compared_line_by_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    new = tmp_path / "new.yaml"
    text = TOWN.read_text(encoding="utf-8")
    text = text.replace("  - {key: seed, label: 種, cites: 八の1}\n  - {key: sprout, label: 芽, cites: 八の2}\n", "", 1)
    text = text.replace("stages:\n", "stages:\n  - {key: seed, label: たね, cites: 八の1}\n", 1)
    text = text.replace("  - {key: joy, label: 楽しむ, cites: 二の3}\n", "", 1)
    text = text.replace("principles:\n", "principles:\n  - {key: joy, label: 楽しむ, cites: 二の3}\n", 1)
    text = text.replace("capabilities:\n", "capabilities:\n  - {key: tea, label: お茶, cites: 三の7}\n", 1)
    new.write_text(text, encoding="utf-8")

    assert run(capsys, "diff", TOWN, new) == (
        0,
        (
            "移動 principles.joy: 楽しむ（3番目から1番目へ）\n"
            "追加 capabilities.tea: お茶\n"
            "書き換え stages.seed: label\n"
            "削除 stages.sprout: 芽\n"
            "4件の違いがあります。\n"
        ),
        "",
    )
    assert [(one["kind"], one["section"], one["key"]) for one in shown(capsys, "diff", TOWN, new)] == [
        ("moved", "principles", "joy"),
        ("added", "capabilities", "tea"),
        ("reworded", "stages", "seed"),
        ("removed", "stages", "sprout"),
    ]


def test_equal_rulebooks_have_no_differences(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "diff", "ama", "ama") == (0, "違いはありません。\n", "")
