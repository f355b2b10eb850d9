"""`tomoni match rank`: lines of JSON in, ranked ids with reasons out."""

import json

import pytest

from tomoni.cli.__main__ import main

WISH = {
    "id": "w1", "kind": "wish", "title": "絵本がほしい", "text": "", "category": "goods", "field": "子ども", "area": "",
    "days": [], "from": None, "to": "2027-03-31", "capacity": None, "party": "a", "party_kind": "purpose",
}  # fmt: skip
OFFER = {**WISH, "id": "o1", "kind": "offer", "title": "読み終えた絵本を譲ります", "party": "b"}


@pytest.fixture
def rank(tmp_path, capsys):
    def run(lines: list[object], *more: str) -> tuple[int, str, str]:
        file = tmp_path / "listings.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        file.write_text("\n".join(texts), encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            main(["match", "rank", "--listings", str(file), *(more or ("--on", "2026-11-20")), "--json"])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


def test_every_wish_gets_its_list_and_an_empty_one_where_nothing_fits(rank):
    lonely = {**WISH, "id": "w2", "title": "和太鼓がほしい", "field": "音楽"}

    code, out, err = rank([WISH, "", lonely, OFFER])

    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert list(answer) == ["w1", "w2"]
    assert [each["id"] for each in answer["w1"]] == ["o1"]
    assert answer["w1"][0]["reasons"][0] == "どちらも「絵本」について書いています。"
    assert answer["w2"] == []


def test_one_listing_can_be_asked_for(rank):
    _, out, _ = rank([WISH, OFFER], "--on", "2026-11-20", "--wish", "o1")

    assert [each["id"] for each in json.loads(out)["o1"]] == ["w1"]


@pytest.mark.parametrize(
    ("lines", "more", "sentence"),
    [
        ([WISH, "{"], (), "2行目: JSON として読めません"),
        ([{**WISH, "kind": "gift"}], (), "1行目: kind: 値が正しくありません。"),
        ([{**WISH, "from": "来月"}], (), "1行目: from: 日付を 2026-12-01 の形で書いてください。"),
        ([WISH, WISH], (), "2行目: id「w1」が2回あります。"),
        ([WISH], ("--on", "2026-11-20", "--wish", "x"), "--wish: 「x」という id はファイルにありません。"),
        ([WISH], ("--on", "あした"), "--on: 日付を 2026-12-01 の形で書いてください。"),
        ([WISH], ("--on", "2026-11-20", "--top", "0"), "--top: 1以上の数を書いてください。"),
    ],
    ids=["no json", "unknown kind", "no date", "twice", "no such id", "no day", "top"],
)
def test_what_cannot_be_used_is_refused_with_its_line(rank, lines, more, sentence):
    code, out, err = rank(lines, *more)

    assert (code, out) == (2, "")
    assert sentence in err
