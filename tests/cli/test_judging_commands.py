"""`tomoni screening tally` and `tomoni evaluation compare`: what goes in, what comes out, what is refused."""

import json

import pytest

from tomoni.cli.__main__ import main

TALLY = {
    "rule": {
        "criteria": [
            {"key": "a", "label": "目的", "max": 5, "weight": 2, "floor": 2},
            {"key": "b", "label": "実現性", "max": 10, "weight": 1, "floor": None},
        ],
        "pass": {"percent": 50},
        "conflict": "exclude",
        "groups": None,
        "ties": "open",
    },
    "proposals": [{"id": "p1", "title": "灯り"}],
    "marks": [
        {"screener": "s1", "group": None, "proposal": "p1", "points": {"a": 4, "b": 7}, "conflict": False},
        {"screener": "s2", "group": None, "proposal": "p1", "points": {"a": 3.5, "b": 8}, "conflict": False},
    ],
}
COMPARE = {
    "scale": {"min": 1, "max": 5},
    "items": [{"key": "goal", "label": "目的"}, {"key": "way", "label": "対等"}],
    "answers": {
        "civic": {"goal": {"mark": 5, "reason": ""}, "way": {"mark": 2, "reason": ""}},
        "city": {"goal": {"mark": 3, "reason": "途中"}},
    },
    "talk_from": 2,
    "reason_below": 3,
}


@pytest.fixture
def tomoni(tmp_path, capsys):
    def run(words: list[str], question: object) -> tuple[int, str, str]:
        file = tmp_path / "question.json"
        file.write_text(question if isinstance(question, str) else json.dumps(question), encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            main([*words, str(file), "--json"])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


def test_the_tally_comes_out_as_json(tomoni):
    code, out, err = tomoni(["screening", "tally"], TALLY)

    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "results": [
            {
                "proposal": "p1",
                "points": 15,
                "percent": 75,
                "passed": True,
                "rank": 1,
                "steps": [
                    "目的: (4 + 3.5) ÷ 2 = 3.75、重み 2 で 7.5",
                    "実現性: (7 + 8) ÷ 2 = 7.5、重み 1 で 7.5",
                    "合計 15 ÷ 満点 20 × 100 = 75%",
                ],
                "why": ["得点率 75% は、基準の 50% 以上です。"],
            }
        ],
        "findings": [],
    }


def test_the_comparison_comes_out_as_json(tomoni):
    code, out, err = tomoni(["evaluation", "compare"], COMPARE)

    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "items": [
            {"key": "goal", "civic": 5, "city": 3, "gap": 2, "talk": True},
            {"key": "way", "civic": 2, "city": None, "gap": None, "talk": False},
        ],
        "agenda": ["goal"],
        "missing_reasons": [{"side": "civic", "key": "way"}],
        "unanswered": [{"side": "city", "key": "way"}],
    }


@pytest.mark.parametrize(
    ("words", "question", "sentence"),
    [
        (["screening", "tally"], "{", "question.json: JSON として読めません（1行目）。"),
        (["screening", "tally"], "[" * 100_000, "question.json: JSON として読めません"),
        (["screening", "tally"], {**TALLY, "rule": 1}, "question.json: rule: { } の組にしてください。"),
        (["screening", "tally"], {**TALLY, "rule": {**TALLY["rule"], "criteria": []}}, "審査項目を1つ以上"),
        (
            ["screening", "tally"],
            {**TALLY, "rule": {**TALLY["rule"], "ties": "x"}},
            "「x」という審査項目はありません。",
        ),
        (["evaluation", "compare"], {**COMPARE, "items": []}, "この項目は評価シートにありません。"),
        (["evaluation", "compare"], {**COMPARE, "talk_from": "2"}, "question.json: talk_from: 数を書いてください。"),
        (["evaluation", "compare"], {**COMPARE, "scale": {"min": 5, "max": 1}}, "min は max 以下にしてください。"),
    ],
    ids=[
        "no json",
        "too deep",
        "wrong kind",
        "no criteria",
        "no such tie",
        "no items",
        "no number",
        "scale upside down",
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(tomoni, words, question, sentence):
    code, out, err = tomoni(words, question)

    assert (code, out) == (2, "")
    assert sentence in err


def test_a_file_that_is_not_there_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        main(["screening", "tally", "nowhere.json"])

    assert left.value.code == 2
    assert capsys.readouterr().err == "nowhere.json: ファイルを開けません。場所と名前を確かめてください。\n"
