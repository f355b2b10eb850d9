"""Who might meet whom: what cannot be is left out, the rest is ranked with reasons, and "nothing fits" is an answer."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.matching.fit import common_period, impossible, reasons
from tomoni.matching.listing import Category, Days, Kind, Listing, day_words, days_of
from tomoni.matching.nearness import Board
from tomoni.matching.words import shared_words

NOVEMBER = date(2026, 11, 20)
WISH = Listing(
    "w", Kind.WISH, "子ども食堂で使う野菜がほしい", "毎月の食堂に旬の野菜を分けてください。", Category.GOODS,
    field="子ども", area="西部", days=("土",), ends=date(2027, 3, 31), capacity=20, party="食堂の会",
)  # fmt: skip
OFFER = Listing(
    "o", Kind.OFFER, "余った野菜を譲ります", "畑の大根です。", Category.GOODS,
    field="食", area="西部", days=("土", "日"), starts=date(2026, 11, 1), ends=date(2026, 12, 31), capacity=50, party="畑の会",
)  # fmt: skip


def ranked(*listings: Listing, asked: str = "w", top: int = 5) -> list[str]:
    return [found.id for found in Board(listings).rank(asked, on=NOVEMBER, top=top)]


def test_an_offer_that_speaks_of_the_same_thing_is_found_with_its_reasons():
    [found] = Board([WISH, OFFER]).rank("w", on=NOVEMBER, top=5)

    assert found.id == "o"
    assert found.reasons == (
        "どちらも「野菜」について書いています。",
        "地区が同じです（西部）。",
        "日が合います（土曜日）。",
        "数が足ります（必要 20、提供 50）。",
        "期間が重なります（2026年11月20日から2026年12月31日まで）。",
    )


def test_ranking_goes_both_ways():
    assert ranked(WISH, OFFER, asked="o") == ["w"]


def test_nothing_fits_is_an_answer():
    assert ranked(WISH, replace(OFFER, title="古い机を譲ります", text="事務机です。")) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": Kind.WISH}, "提供と希望の組み合わせではありません。"),
        ({"category": Category.PLACE}, "提供するものと求めるものの種類が違います。"),
        ({"party": "食堂の会"}, "同じ主体どうしです。"),
        ({"ends": date(2026, 11, 19)}, "期間が合いません。"),
        ({"starts": date(2027, 4, 1), "ends": None}, "期間が合いません。"),
        ({"days": ("月", "火")}, "日が合いません。"),
        ({"days": ("2026-11-23",)}, "日が合いません。"),
        ({"starts": date(2026, 11, 23), "ends": date(2026, 11, 27)}, "日が合いません。"),
    ],
    ids=[
        "both seek",
        "category",
        "same party",
        "over",
        "too late",
        "other weekdays",
        "a Monday",
        "a week without Saturday",
    ],
)
def test_what_cannot_be_is_left_out_and_says_why(change, sentence):
    other = replace(OFFER, **change)

    assert impossible(WISH, other, on=NOVEMBER) == sentence
    assert ranked(WISH, other) == []


def test_a_room_too_small_is_left_out_but_half_of_the_goods_are_welcome():
    room_wish = replace(WISH, category=Category.PLACE, title="発表会の会場", text="", capacity=30)
    room = replace(OFFER, category=Category.PLACE, title="集会室", text="", capacity=20)

    assert impossible(room_wish, room, on=NOVEMBER) == "場所の定員が足りません。"
    assert ranked(room_wish, replace(room, capacity=30)) == ["o"]
    assert ranked(WISH, replace(OFFER, capacity=5)) == ["o"]
    assert "数が一部をまかなえます（必要 20、提供 5）。" in reasons(WISH, replace(OFFER, capacity=5), on=NOVEMBER)


def test_people_of_the_same_field_may_meet_without_a_common_word():
    wish = replace(WISH, category=Category.PEOPLE, title="受付係", text="", field="防災")
    offer = replace(OFFER, category=Category.PEOPLE, title="週末に動ける会社員です", text="", field="防災")

    assert ranked(wish, offer) == ["o"]
    assert ranked(wish, replace(offer, field="音楽")) == []


def test_goods_of_the_same_field_alone_do_not_meet():
    assert ranked(replace(WISH, title="車いす", text=""), replace(OFFER, title="三輪車", text="", field="子ども")) == []


def test_the_nearer_offer_stands_first_and_top_limits_the_list():
    far = replace(OFFER, id="far", area="東部")
    vague = replace(OFFER, id="vague", title="お米もあります", text="野菜はありません", area="東部")

    assert ranked(WISH, vague, far, OFFER) == ["o", "far", "vague"]
    assert ranked(WISH, vague, far, OFFER, top=1) == ["o"]


def test_equal_offers_stand_in_the_order_of_their_ids():
    assert ranked(WISH, replace(OFFER, id="b"), replace(OFFER, id="a")) == ["a", "b"]


def test_words_of_one_meaning_find_each_other():
    wish = replace(WISH, category=Category.SKILL, title="ＰＣの使い方を教えてほしい", text="お年寄り向けです")
    offer = replace(OFFER, category=Category.SKILL, title="シニア向けタブレット講師", text="")

    assert ranked(wish, offer) == ["o"]
    assert shared_words(wish.title + wish.text, offer.title) == ["学習", "情報機器", "高齢者"]


def test_a_listing_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        Board([WISH]).rank("x", on=NOVEMBER, top=1)


@pytest.mark.parametrize(
    ("words", "weekdays"),
    [
        (("土",), {5}),
        (("土曜日", "Sunday"), {5, 6}),
        (("平日",), {0, 1, 2, 3, 4}),
        (("月・水・金",), {0, 2, 4}),
        (("毎週火曜",), {1}),
        (("土日祝",), {5, 6, 7}),
        (("いつでも", "土"), set()),
        (("よくわからない",), set()),
    ],
)
def test_days_are_read_as_people_write_them(words, weekdays):
    assert days_of(words) == Days(frozenset(weekdays))


def test_a_date_meets_its_weekday():
    saturday = days_of(("2026-12-05",))

    assert saturday.common(days_of(("土",))) == Days(frozenset(), frozenset({date(2026, 12, 5)}))
    assert saturday.common(days_of(("日",))) is None
    assert day_words(days_of(("土", "祝", "2026-12-05"))) == "土曜日・祝日・12月5日"


def test_the_common_period_begins_today_at_the_earliest():
    assert common_period(WISH, OFFER, on=NOVEMBER) == (NOVEMBER, date(2026, 12, 31))
    assert common_period(WISH, replace(OFFER, ends=date(2026, 11, 1)), on=NOVEMBER) is None


listings = st.builds(
    replace,
    st.sampled_from([WISH, OFFER]),
    id=st.uuids().map(str),
    title=st.text("野菜米本机子ども食堂防災Pc1 ", max_size=12),
    area=st.sampled_from(["", "西部", "東部"]),
    days=st.lists(st.sampled_from(["土", "日", "平日", "いつでも"]), max_size=2).map(tuple),
    capacity=st.none() | st.integers(1, 60),
)


@given(st.lists(listings, min_size=1, max_size=12, unique_by=lambda each: each.id))
def test_nothing_impossible_is_ever_suggested_and_the_best_stands_first(held):
    board = Board(held)
    by_id = {each.id: each for each in held}

    for each in held:
        found = board.rank(each.id, on=NOVEMBER, top=20)
        assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
        assert all(impossible(each, by_id[s.id], on=NOVEMBER) == "" and s.reasons for s in found)
