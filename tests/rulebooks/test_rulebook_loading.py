"""A rulebook is read safely, and every mistake is named with the place where it stands."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tomoni.rulebooks.loading import (
    RulebookError,
    build,
    folder,
    known_cities,
    load,
    load_city,
    over_standard,
    versions_of,
)
from tomoni.rulebooks.schema import Rulebook

HERE = Path(__file__).parent
TOWN = HERE / "akarisato" / "2024-04.yaml"
GOOD = TOWN.read_text(encoding="utf-8")


def refused(place: Path, text: str | bytes) -> list[tuple[str, str]]:
    """What the reader says of a file with this content."""
    file = place / "some.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(RulebookError) as error:
        load(file)
    return [(problem.path, problem.message) for problem in error.value.problems]


def spoiled(place: Path, old: str, new: str) -> list[tuple[str, str]]:
    """What the reader says when this piece of the good file is replaced."""
    assert old in GOOD
    return refused(place, GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("zones: [ours]", "zones: [civic_led]"), ("forms[0].zones[0]", "「civic_led」という領域はありません。")),
        (("number:", "numbr:"), ("number", "この項目がありません。書き加えてください。")),
        (("binds: [planning]", "binds: [dreaming]"), ("principles[1].binds[0]", "「dreaming」は使えません。使えるもの: planning、agreement、evaluation。")),
        (("label: 隣組", "label: 1"), ("party_kinds[0].label", "文字で書いてください。数字や true/false は引用符で囲みます。")),
        (("label: 隣組", 'label: " "'), ("party_kinds[0].label", "空にはできません。")),
        (("key: neighbours", "key: 隣組"), ("party_kinds[0].key", "「隣組」は決まりの形（^[a-z][a-z0-9_]{0,39}$）に合いません。")),
        (("key: crafts", "key: neighbours"), ("party_kinds[1].key", "「neighbours」は party_kinds[0] と同じ名前です。")),
        (("key: weather", "key: keys"), ("checklists[0].items[1].key", "「keys」は checklists[0].items[0] と同じ名前です。")),
        (('code: "991236"', 'code: "991237"'), ("city.code", "「991237」は団体コードとして正しくありません。最後の桁が合いません。")),
        (("2024-04-01", "来年"), ("in_force_from", "日付を 2021-08-01 の形で書いてください。")),
        (("side: city", "side: civic"), ("party_kinds", "市（side: city）の主体がありません。市も主体の一つです。")),
        (("zone_remarks: {yours:", "zone_remarks: {theirs:"), ("forms[1].zone_remarks.theirs", "「theirs」はこの形態の領域ではありません。")),
        (("marks: [A]", "marks: [B]"), ("progress_scale[2]", "「B」は good と slow の両方を指します。")),
        (("statuses: {good:", "statuses: {fine:"), ("reading.statuses.fine", "「fine」という進捗の段階はありません。")),
        (("last_year: 2026", "last_year: 2020"), ("plan.last_year", "最後の年度が最初の年度より前です。")),
        (("equals: [lending]", "equals: [borrowing]"), ("sheets[0].fields[2].shown_when.equals[0]", "「borrowing」という答えはありません。")),
        (("field: form_kind,", "field: tools,"), ("sheets[0].fields[2].shown_when.field", "「tools」という質問は前にありません。")),
        (("kind: choice, choices: forms", "kind: choice"), ("sheets[0].fields[1]", "選ぶ質問には choices か options のどちらか一つを書いてください。")),
        (("kind: text, required", "choices: forms, required"), ("sheets[0].fields[0]", "choices と options は kind: choice と choices だけに書けます。")),
        (("kind: text, required", "kind: date, required"), ("sheets[0].fields[0].max_length", "字数は kind: line と text だけに書けます。")),
        (("ties: heart", "ties: luck"), ("screening.ties", "「luck」という審査項目はありません。")),
        (("floor: 4", "floor: 11"), ("screening.criteria[0].floor", "最低点が満点を超えています。")),
        (("reason_below: 1", "reason_below: 3"), ("evaluation.reason_below", "評価の段階にない点です。")),
        (("principle: honesty", "principle: bravery"), ("evaluation.items[1].principle", "「bravery」という原則はありません。")),
        (("value: 2,", "value: 3,"), ("evaluation.scale", "評価の段階は、小さい値から1ずつ並べてください。")),
        (("pass_percent: 50", "pass_percent: 150"), ("screening.pass_percent", "100 以下にしてください。")),
        (("pass_percent: 50", "pass_percent: -1"), ("screening.pass_percent", "0 以上にしてください。")),
        (("pass_percent: 50", "pass_percent: half"), ("screening.pass_percent", "整数で書いてください。")),
        (("must_end: true", "must_end: perhaps"), ("options.agreements.must_end", "true か false で書いてください。")),
        (("stages:\n", "stages: seed\nx:\n"), ("stages", "一覧（先頭が「-」の行）で書いてください。")),
        (("zones: [ours]", "zones: {}"), ("forms[0].zones", "一覧（先頭が「-」の行）で書いてください。")),
        (("  - {key: seed, label: 種, cites: 八の1}", "  - 種"), ("stages[0]", "「鍵: 値」の形で書いてください。")),
        (("natures: [grant]", "natures: []"), ("forms[3].natures", "1つ以上書いてください。")),
        (("plan:\n", "nothing: 1\nplan:\n"), ("nothing", "知らない項目です。つづりを確かめてください。")),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_path(tmp_path: Path, change: tuple[str, str], told: tuple[str, str]) -> None:
    assert told in spoiled(tmp_path, *change)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("side: city", "side: town").replace("zones: [ours]", "zones: [hers]", 1)
    text = text.replace("key: crafts", "key: neighbours").replace("pass_percent: 50", "pass_percent: 101")

    assert [path for path, _ in refused(tmp_path, text)] == [
        "party_kinds[2].side",
        "screening.pass_percent",
        "party_kinds[1].key",
        "forms[0].zones[0]",
    ]


def test_a_party_of_citizens_is_needed_too(tmp_path: Path) -> None:
    found = refused(tmp_path, GOOD.replace("side: civic", "side: city"))

    assert found == [("party_kinds", "市民の側（side: civic）の主体がありません。")]


def test_an_unknown_kind_of_mistake_still_gets_a_sentence() -> None:
    standard = yaml.safe_load((folder() / "_standard.yaml").read_text(encoding="utf-8"))
    content = over_standard(yaml.safe_load(GOOD), standard)

    with pytest.raises(RulebookError) as error:
        build({**content, "reading": {"slips": [{"read": b"\xff", "means": "x"}]}})

    assert str(error.value) == "reading.slips[0].read: この書き方は使えません。docs/rulebook.md を見てください。"


def test_every_stage_needs_a_checklist_in_the_standard() -> None:
    standard = yaml.safe_load((folder() / "_standard.yaml").read_text(encoding="utf-8"))
    standard["standard"]["checklists"] = standard["standard"]["checklists"][:2]

    with pytest.raises(RulebookError) as error:
        build(over_standard(yaml.safe_load(GOOD), standard))

    assert [problem.message for problem in error.value.problems] == [
        "「doing」の段階のチェックリストがありません。",
        "「reflecting」の段階のチェックリストがありません。",
    ]


def test_conditions_can_hang_on_a_tick_and_on_answers_of_ones_own(tmp_path: Path) -> None:
    fields = """
      - {key: rain, label: 雨でも行う, kind: tick}
      - {key: where, label: 場所, kind: choice, options: [{key: in, label: 中}, {key: out, label: 外}]}
      - {key: roof, label: 屋根, shown_when: {field: rain, equals: ["yes"]}}
      - {key: tent, label: テント, shown_when: {field: where, equals: [out]}}
      - {key: oven, label: 窯, shown_when: {field: where, equals: [kiln]}}
      - {key: lamp, label: 灯, shown_when: {field: rain, equals: [maybe]}}
"""
    found = refused(tmp_path, GOOD.replace("    fields:\n", f"    fields:{fields}"))

    assert found == [
        ("sheets[0].fields[4].shown_when.equals[0]", "「kiln」という答えはありません。"),
        ("sheets[0].fields[5].shown_when.equals[0]", "「maybe」という答えはありません。"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a: &x 1\nb: *x\n", "some.yaml を読めません。1行目: 参照（& と *）は使えません。"),
        ("a: 1\nb: 2\na: 3\n", "some.yaml を読めません。3行目: 「a」が同じ所に2回書かれています。"),
        ("a: [\n", "some.yaml を読めません。2行目: 書き方（字下げ、引用符、コロン）を確かめてください。"),
        ("a: !!python/object/apply:os.system [ls]\n", "some.yaml を読めません。1行目: 書き方（字下げ、引用符、コロン）を確かめてください。"),
        ("a: " + "[" * 40 + "]" * 40, "some.yaml を読めません。1行目: 入れ子が深すぎます。"),
        ("a: 2024-13-45\n", "some.yaml を読めません。ありえない日付か数字があります。"),
        ("a: \x07\n", "some.yaml を読めません。使えない文字があります。"),
        ("? [a, b]\n: 1\n", "some.yaml を読めません。1行目: 書き方（字下げ、引用符、コロン）を確かめてください。"),
        ("- 1\n", "some.yaml は「鍵: 値」の形になっていません。"),
        ("", "some.yaml は「鍵: 値」の形になっていません。"),
        ("名前: 市".encode("cp932"), "some.yaml を UTF-8 で保存し直してください。"),
        ("a: 1 #" + "x" * 1_000_000, "some.yaml が大きすぎます。1 MB までのファイルを使ってください。"),
    ],
    ids=["alias", "twice", "open", "object", "deep", "date", "control", "odd key", "list", "empty", "cp932", "large"],
)  # fmt: skip
def test_a_file_that_is_no_rulebook_gets_one_sentence(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    assert refused(tmp_path, content) == [("", sentence)]


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"none\.yaml を開けません。ファイルの場所を確かめてください。"):
        load(tmp_path / "none.yaml")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=50)
def test_whatever_the_file_holds_it_is_refused_and_nothing_else_happens(content: bytes) -> None:
    with TemporaryDirectory() as place:
        refused(Path(place), content)


def test_a_key_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    assert spoiled(tmp_path, "stages:\n", "1: 2\nstages:\n") == [("[1]", "鍵は文字で書いてください。")]


def test_a_list_replaces_the_standard_and_a_mapping_is_joined_to_it() -> None:
    assert over_standard({"a": {"x": 1}, "b": [1]}, {"a": {"x": 0, "y": 2}, "b": [8, 9], "c": 3}) == {
        "a": {"x": 1, "y": 2},
        "b": [1],
        "c": 3,
    }


def test_a_standard_above_the_citys_folder_goes_first(tmp_path: Path) -> None:
    standard = (folder() / "_standard.yaml").read_text(encoding="utf-8")
    (tmp_path / "_standard.yaml").write_text(standard.replace("proposal: 提案\n", "proposal: 願い\n"), encoding="utf-8")
    (tmp_path / "town").mkdir()
    file = tmp_path / "town" / "2024-04.yaml"
    file.write_text(GOOD, encoding="utf-8")

    assert load(file).terms.proposal == "願い"


def test_the_rulebooks_can_lie_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOMONI_RULEBOOKS", str(HERE))

    assert known_cities() == ("akarisato",)
    assert versions_of("akarisato") == ("2024-04",)
    assert load_city("akarisato").city.name == "灯里市"


def test_a_folder_that_is_not_there_holds_no_city(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOMONI_RULEBOOKS", str(tmp_path / "none"))

    assert known_cities() == ()
    with pytest.raises(RulebookError, match="「akarisato」という自治体のルールブックはありません。今あるもの: なし。"):
        load_city("akarisato")


def test_the_newest_version_is_taken_unless_another_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOMONI_RULEBOOKS", str(tmp_path))
    (tmp_path / "akarisato").mkdir()
    for number in ("2024-04", "2025-04"):
        text = GOOD.replace('number: "2024-04"', f'number: "{number}"')
        (tmp_path / "akarisato" / f"{number}.yaml").write_text(text, encoding="utf-8")

    assert load_city("akarisato").number == "2025-04"
    assert load_city("akarisato", "2024-04").number == "2024-04"
    with pytest.raises(RulebookError, match="「akarisato」に 2030-01 版はありません。今あるもの: 2024-04、2025-04。"):
        load_city("akarisato", "2030-01")


def test_a_city_is_never_a_way_out_of_the_folder() -> None:
    for name in ("../tests/rulebooks/akarisato", "/etc", "", "."):
        with pytest.raises(RulebookError, match="という自治体のルールブックはありません"):
            load_city(name)


def test_a_file_in_the_wrong_place_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOMONI_RULEBOOKS", str(tmp_path))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "2024-04.yaml").write_text(GOOD, encoding="utf-8")

    with pytest.raises(RulebookError, match=r"elsewhere/2024-04\.yaml の中身は akarisato の 2024-04 版です。"):
        load_city("elsewhere")


def test_nothing_in_a_rulebook_can_be_changed() -> None:
    book = load(TOWN)

    with pytest.raises(ValidationError):
        book.city = book.city  # type: ignore[misc]  # the point of the test
    assert book == load(TOWN)


def test_what_is_not_in_the_rulebook_is_not_found() -> None:
    book = load(TOWN)

    assert book.form("market").label == "共同の市"
    assert book.party_kind("town_hall").label == "役場"
    assert book.sheet("proposal").label == "お願い書"
    with pytest.raises(LookupError, match="「commission」はルールブックにありません。"):
        book.form("commission")


def test_an_agreement_has_the_clauses_its_form_needs() -> None:
    book = load(TOWN)

    own = {form.key: {clause.key for clause in book.clauses_for(form)} for form in book.forms}
    common = set.intersection(*own.values())
    assert {key: found - common for key, found in own.items()} == {
        "market": {"host"},
        "lending": {"provision", "care"},
        "errand": {"delivery", "discretion"},
        "purse": {"settlement"},
    }


def test_a_city_can_do_without_a_question_per_principle(tmp_path: Path) -> None:
    file = tmp_path / "some.yaml"
    file.write_text(GOOD.replace("  talk_from: 1", "  talk_from: 1\n  asks_each_principle: false"), encoding="utf-8")

    assert [item.key for item in load(file).evaluation_items] == ["smiles", "spoke_openly"]


def test_a_rulebook_may_have_no_plan_and_no_scale_of_its_own(tmp_path: Path) -> None:
    book = build({**load(TOWN).model_dump(mode="json"), "plan": None, "progress_scale": [], "reading": {}})

    assert isinstance(book, Rulebook)
    assert book.plan_layout == book.standard.plan
    assert book.scale == book.standard.progress_scale
