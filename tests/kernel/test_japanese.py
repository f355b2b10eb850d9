"""Keys for comparing Japanese text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.kernel.japanese import folded, number_as_printed, one_line, plain, search_key, sentences


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＰＲ　活動", "pr活動"),
        ("ﾌﾟﾗｯﾂ", "プラッツ"),
        ("30年度～33年度", "30年度〜33年度"),
        ("葛\U000e0100城", "葛城"),
        ("No.", "ＮＯ．"),
    ],
)
def test_two_spellings_of_the_same_words_share_a_key(one, other):
    assert plain(one) == plain(other)


def test_circled_and_roman_numbers_are_never_taken_for_digits_or_letters():
    assert plain("1-1③") != plain("1-13")
    assert folded("Ⅰ") == "Ⅰ"


def test_searching_does_not_tell_the_two_kana_apart():
    assert search_key("ボランティア") == search_key("ぼらんてぃあ")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("市民協働推進\nシンポジウムの開催", "市民協働推進シンポジウムの開催"),
        ("Share\nFuchu", "Share Fuchu"),
        ("一行", "一行"),
    ],
)
def test_a_label_broken_in_its_cell_is_put_together(broken, whole):
    assert one_line(broken) == whole


def test_a_number_is_kept_as_printed_in_half_width():
    assert [number_as_printed(n) for n in ("１２", "１－１③", "(3)", "5．")] == ["12", "1-1③", "(3)", "5"]


def test_sentences_end_at_full_stops_and_line_ends():
    assert sentences("開いた。 45人が来た。\n続ける") == ["開いた。", "45人が来た。", "続ける"]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert plain(plain(text)) == plain(text)
