"""A text of promises is taken apart where it clearly is a list, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.promises.parts import parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("早めに会場を押さえる。", ("早めに会場を押さえる。",)),
        (
            "早めに会場を押さえる。また、知らせる方法を増やす。",
            ("早めに会場を押さえる。", "また、知らせる方法を増やす。"),
        ),
        ("・講座を夜に開く\n・教材を作り直す", ("講座を夜に開く", "教材を作り直す")),
        ("①講座を夜に開く。②教材を作り直す。", ("講座を夜に開く。", "教材を作り直す。")),
        ("○講座を夜に開く ○教材を作り直す", ("講座を夜に開く", "教材を作り直す")),
        ("相談・調整しやすい窓口にする。", ("相談・調整しやすい窓口にする。",)),
        ("③の区分を残して講座を開く。", ("③の区分を残して講座を開く。",)),
        (
            "声を聞く箱を置く。その声を運営に生かす。",
            ("声を聞く箱を置く。その声を運営に生かす。",),
        ),
        (
            "「まず聞く。次に話す。」の会を開く（予約はいらない。）。",
            ("「まず聞く。次に話す。」の会を開く（予約はいらない。）。",),
        ),
        ("調査を続ける。以上", ("調査を続ける。以上",)),
    ],
)
def test_a_text_falls_into_its_promises(text, parts):
    assert parts_of(text) == parts


@given(st.text(alphabet="市民協働を開く。・①②\n（）「」 、", max_size=60))
def test_no_word_is_lost_and_none_is_made_up(text):
    def letters(words):
        return [letter for letter in words if letter not in "・①② \n"]

    assert letters("".join(parts_of(text))) == letters(text)
