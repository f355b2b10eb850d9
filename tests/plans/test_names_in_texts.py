"""Probable names, phone numbers, mail and postal addresses: what is marked, and what is rightly left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.plans.names import find
from tomoni.plans.redacting import BLACK, Blackened, places_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("講師の灯里花子氏が話した。", [("名前", "灯里花子")]),
        ("野原さん、海辺 次郎様が来た。", [("名前", "野原"), ("名前", "海辺 次郎")]),
        ("講師：空野 三郎", [("名前", "空野 三郎")]),
        ("電話は042-000-0000、０９０００００００００", [("電話", "042-000-0000"), ("電話", "０９０００００００００")]),
        ("03(0000)0000へ", [("電話", "03(0000)0000")]),
        ("mail: a.b+c@example.jp まで", [("電子メール", "a.b+c@example.jp")]),
        ("灯里町1丁目30番地で開いた。", [("住所", "灯里町1丁目30番地")]),
        ("灯里町2-24-1", [("住所", "灯里町2-24-1")]),
    ],
)
def test_it_is_marked(text, found):
    assert [(one.kind, one.text) for one in find(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "皆さんと市民の皆様、お客様へ",
        "多様な主体と同様に、仕様の模様替え",
        "氏名を書く。氏神様の祭り",
        "ボランティアさんと職員さん、学生さん、NPO法人さん",
        "平成29-30-31年度、第1回12-3、2019-04-01",
        "参加者は240-12-30の順",
        "1,234人、電話相談3件、4丁目の公園",
    ],
)
def test_it_is_left_alone(text):
    assert find(text) == []


def test_the_same_words_twice_are_two_candidates():
    assert [(c.text, c.occurrence) for c in find("野原さんと野原さん")] == [("野原", 0), ("野原", 1)]


def test_words_somebody_looks_for_are_marked_too():
    assert [(c.kind, c.text) for c in find("花ちゃんの店", also="花ちゃん")] == [("さがした言葉", "花ちゃん")]


def test_only_the_decided_one_of_two_is_blackened():
    held = places_of([("line/1/2019/results", "野原", 1)])

    assert held.shown("line/1/2019/results", "野原さんと野原さん") == f"野原さんと{BLACK}さん"
    assert held.shown("line/2/2019/results", "野原さんと野原さん") == "野原さんと野原さん"


def test_a_longer_word_is_blackened_whole():
    held = Blackened({"p": (("野原", 0), ("野原花子", 0))})

    assert held.shown("p", "野原花子氏") == f"{BLACK}氏"
    assert held.anywhere("野原花子と野原") == f"{BLACK}と{BLACK}"


def test_a_text_that_was_changed_meanwhile_is_left_as_it_is():
    assert places_of([("p", "野原", 1)]).shown("p", "野原さん") == "野原さん"


@given(st.text("野原花子さん氏様。 04-2@a.jp丁目番地1", max_size=40))
def test_what_is_marked_stands_there_and_never_overlaps(text):
    found = find(text)

    assert all(text[c.start : c.end] == c.text for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    held = places_of([("p", c.text, c.occurrence) for c in found])
    assert held.shown("p", text).count(BLACK) == len(found)
