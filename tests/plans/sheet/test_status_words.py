"""Ratings in words by their meaning, marks only by a legend."""

import pytest

from tests.plans.sheet.paper import sheet
from tomoni.plans.sheet.legends import rating_legend
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.statuses import Scale, is_rating_by_itself, mark, meaning, repaired

MEANINGS = {
    "on_track": "順調 おおむね順調 概ね計画どおり 計画通りに進んでいる 予定どおり 期待どおり 計画以上 遅れはない 達成に向けて順調 計画通り実施",
    "off_track": "遅れ やや遅れ 大幅に遅れている 計画通りに進んでいない 順調ではない 未達成 多少下回る 不十分 計画どおりに実施できなかった 達成できなかった",
    "done": "完了 完了(目標を達成) 終了 達成 実施済 計画どおり完了 目標達成",
    "changed": "計画を変更して実施している 見直して実施 一部計画を変更して実施 計画変更",
    "not_started": "未着手 未実施 実施しなかった",
}
OPEN = "取組中 一部達成 概ね達成 継続 検討中 課題あり 廃止 次年度以降計画を見直す 完了予定 未完了 変更なし 達成率72.0% 拡充 見直しが必要"


@pytest.mark.parametrize(("status", "word"), [(s, w) for s, words in MEANINGS.items() for w in words.split()])
def test_a_word_with_one_meaning_is_told(status, word):
    assert meaning(word) == status


@pytest.mark.parametrize("word", OPEN.split())
def test_a_word_that_can_mean_several_things_stays_open_with_a_reason(word):
    verdict = Scale().read(word)

    assert verdict.status is None
    assert word in verdict.why


@pytest.mark.parametrize("text", ["A", "◎", "3", "－", "Ⅱ", "☆☆☆"])
def test_a_mark_without_a_legend_stays_open(text):
    verdict = Scale().read(text)

    assert mark(text)
    assert verdict.status is None
    assert "凡例が見つからない" in verdict.why


def test_a_legend_of_the_file_explains_its_marks_and_the_rulebook_comes_first():
    scale = Scale.of(
        Reading(statuses={"B": "changed", "取組中": "on_track"}), {"A": "計画どおり", "B": "遅れ", "C": "要検討"}
    )

    assert [scale.read(t).status for t in ("Ａ", "B", "C", "取組中")] == ["on_track", "changed", None, "on_track"]
    assert "要検討" in scale.read("C").why


def test_a_rulebook_cannot_name_a_status_that_does_not_exist():
    with pytest.raises(ValueError, match="fine"):
        Reading(statuses={"A": "fine"})


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("A（計画どおり）", "on_track"),
        ("3 順調", "on_track"),
        ("■順調 □遅れ □未着手", "on_track"),
        ("□順調 ■遅れ □未着手", "off_track"),
        ("■順調 ■遅れ", None),
        ("順調□ 遅れ■", None),
        (
            "計画どおり。講座を3回行い、多くの人が参加した。ほかの地区でも同じ講座を行い、さらに進める予定である。",
            "on_track",
        ),
        ("講座を3回行い、多くの人が参加した。会場が狭かったため、来年度は広い会場で行うことを検討している。", None),
    ],
)
def test_a_cell_that_says_more_than_the_rating(cell, status):
    assert Scale().read(cell).status == status


def test_a_legend_and_a_cell_that_contradict_each_other_stay_open():
    verdict = Scale(legend={"A": "遅れ"}).read("A（計画どおり）")

    assert verdict.status is None
    assert "食い違って" in verdict.why


@pytest.mark.parametrize(
    ("scanned", "printed"),
    [
        ("計画通りに入っている", "計画通りに進んでいる"),
        ("計画通りに入っていない", "計画通りに進んでいない"),
        ("末着手", "未着手"),
    ],
)
def test_slips_of_the_scan_are_read_through_and_told(scanned, printed):
    assert repaired(scanned) == printed
    assert Scale().read(scanned).mended == printed


@pytest.mark.parametrize("text", ["箱に入っている", "参加者が入っていない会場があった。"])
def test_nothing_is_repaired_where_no_rating_comes_of_it(text):
    assert repaired(text) == text


@pytest.mark.parametrize(
    "text", ["講座を3回開催した。", "会場が狭い。", "継続実施", "実施", "協働課", "取組の認知度の向上。", ""]
)
def test_a_text_is_not_taken_for_a_rating(text):
    assert not is_rating_by_itself(text)


LEGENDS = [
    ([["A：計画通り　B：やや遅れ　C：未着手"]], {"A": "計画通り", "B": "やや遅れ", "C": "未着手"}),
    ([["◎達成 〇順調 △遅れ ×未着手"]], {"◎": "達成", "○": "順調", "△": "遅れ", "×": "未着手"}),
    ([["A（順調）・B（やや遅れ）・C（遅れ）"]], {"A": "順調", "B": "やや遅れ", "C": "遅れ"}),
    ([["（3：順調、2：やや遅れ、1：未着手）"]], {"3": "順調", "2": "やや遅れ", "1": "未着手"}),
    ([["評価", "A 期待どおり", "B 期待を下回る"]], {"A": "期待どおり", "B": "期待を下回る"}),
    ([["A：順調"], ["B：おおむね順調"], ["C：順調ではない"]], {"A": "順調", "B": "おおむね順調", "C": "順調ではない"}),
    ([["A", "計画どおり"], ["B", "遅れている"]], {"A": "計画どおり", "B": "遅れている"}),
    ([["A", "B", "C"], ["計画どおり", "遅れている", "未着手"]], {"A": "計画どおり", "B": "遅れている", "C": "未着手"}),
    ([["☆☆：達成　☆：遅れ"]], {"☆☆": "達成", "☆": "遅れ"}),
    ([["凡例　△検討 ○着手・実施 ◎継続・充実"]], {}),
    ([["1 市民協働の推進"], ["2 計画どおりの実施"]], {}),
    ([["A：市民 B：団体"]], {}),
    ([["A：順調 B：遅れ"], [""], ["A：遅れ B：順調"]], {}),
]


@pytest.mark.parametrize(("rows", "marks"), LEGENDS, ids=[str(rows[0]) for rows, _ in LEGENDS])
def test_legends_in_their_many_forms(rows, marks):
    assert rating_legend(sheet(rows).rows).marks == marks
