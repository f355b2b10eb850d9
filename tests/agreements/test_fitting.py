"""Which forms fit and why: told from the rulebooks of four real cities and one fictional town."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tomoni.agreements.fitting import SERVES, Level, Need, Situation, fitting
from tomoni.rulebooks.loading import load_city

FUCHU, AMA, HIGASHI, MUSASHINO = (load_city(slug) for slug in ("fuchu", "ama", "higashikurume", "musashino"))
BOOKS = [FUCHU, AMA, HIGASHI, MUSASHINO, make.book()]


def fits(book, *needs, zone=""):
    told = fitting(book, Situation(zone, frozenset(needs)))
    return [fit.form.label for fit in told if fit.level == Level.FITS]


@pytest.mark.parametrize(
    ("book", "needs", "zone", "expected"),
    [
        (FUCHU, [Need.HOST], "joint", ["共催", "実行委員会・協議会"]),
        (FUCHU, [Need.ENTRUST], "city_led", ["委託"]),
        (FUCHU, [Need.MONEY], "civic_led", ["補助"]),
        (FUCHU, [Need.PEOPLE], "civic_led", ["事業協力"]),
        (FUCHU, [Need.HEAR], "city_led", ["政策形成過程への参画"]),
        (AMA, [Need.NAME], "civic_led", ["後援"]),
        (AMA, [Need.HOST, Need.MANY], "joint", ["事業共催"]),
        (HIGASHI, [Need.MANAGE], "", ["公の施設の管理運営"]),
        (HIGASHI, [Need.PLACE], "", ["公共施設等の提供", "公の施設の管理運営"]),
    ],
)
def test_the_form_people_would_expect_comes_first(book, needs, zone, expected):
    assert fits(book, *needs, zone=zone) == expected


def test_reasons_name_the_source_or_the_citys_own_remark():
    told = {fit.form.key: fit for fit in fitting(FUCHU, Situation("civic_led", frozenset({Need.PEOPLE})))}

    assert told["cooperation"].pro == (
        "市民が主催する事業に、市が協力します。",
        "「人、物、情報を出し合う」ことに使えます。",
    )
    assert (
        "「市民が主体となり、市が支援する領域」に置かれた形態ではありません（第4章1(4)）。" in told["commission"].contra
    )


def test_where_the_document_is_silent_that_is_said():
    told = fitting(HIGASHI, Situation("joint", frozenset({Need.MONEY})))[0]

    assert told.form.label == "助成・補助"
    assert "どの領域の形態かは、市の文書では決めていません（「協働の形態」(2)）。" in told.pro


def test_money_for_a_mere_name_is_spoken_against():
    told = {fit.form.key: fit for fit in fitting(AMA, Situation("", frozenset({Need.MONEY})))}

    assert told["endorsement"].contra == ("名前を使う形です。お金を出すなら、ほかの形態も考えてください。",)


def test_without_answers_nothing_is_judged():
    assert {fit.level for fit in fitting(FUCHU, Situation())} == {Level.OPEN}
    assert [fit.form for fit in fitting(FUCHU, Situation())] == list(FUCHU.forms)


def test_every_kind_of_arrangement_is_known():
    natures = {nature for book in BOOKS for form in book.forms for nature in form.natures}

    assert natures <= set(SERVES)


@given(
    book=st.sampled_from(BOOKS),
    zone=st.sampled_from(["", "joint", "civic_led", "city_led", "nowhere"]),
    needs=st.frozensets(st.sampled_from(list(Need))),
)
def test_every_form_is_explained_once_and_none_is_chosen(book, zone, needs):
    told = fitting(book, Situation(zone, needs))

    assert sorted(fit.form.key for fit in told) == sorted(form.key for form in book.forms)
    assert all(fit.pro or fit.contra for fit in told if needs)
    assert all(not fit.contra for fit in told if fit.level == Level.FITS)
    assert all(not any("ことに使えます" in reason for reason in fit.pro) for fit in told if fit.level == Level.NOT)
