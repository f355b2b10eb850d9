"""Two-letter words are found, whatever the width or kind of letters, and only in one's own municipality."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.parties.services import found_party
from tomoni.search.grams import asked, grams
from tomoni.search.selectors import found
from tomoni.search.services import forget, index
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope


@pytest.fixture
def town(db):
    town = Municipality.objects.create(slug="midorino", name="みどり野市", prefecture="東京都", code="139998")
    with scope(town):
        yield town


def put(name: str, text: str = ""):
    party = found_party(kind="purpose", name=name)
    index(party, kind="organisation", title=name, text=text, url=f"/midorino/organisations/{party.pk}/")
    return party


def titles(query: str) -> list[str]:
    return [entry.title for entry in found(query)]


@pytest.mark.parametrize(
    "query", ["防災", "防災倉庫", "ＮＰＯ", "npo", "ふちゅう", "フチュウ", "点検 防災", "倉", "2026"], ids=lambda q: q
)
def test_words_are_found_in_any_width_and_kana(town, query):
    put("NPO法人フチュウ", "2026年に防災倉庫の点検をします。")
    put("花の会", "花壇の手入れ")

    assert titles(query) == ["NPO法人フチュウ"]


@pytest.mark.parametrize("query", ["", "  ", "・", '"', "防災 花", "災防", "')--", "* OR *"])
def test_what_is_not_there_is_not_found(town, query):
    put("あかりの会", "防災倉庫の点検をします。")

    assert titles(query) == []


def test_indexing_again_replaces_the_words(town):
    party = put("あかりの会", "防災")

    index(party, kind="organisation", title="あかりの会", text="見守り", url="/")

    assert titles("防災") == []
    assert titles("見守り") == ["あかりの会"]


def test_what_is_forgotten_is_not_found_any_more(town):
    party = put("あかりの会", "防災")

    forget(party)
    forget(party)

    assert titles("防災") == []


def test_another_municipality_finds_nothing_of_ours(town):
    put("あかりの会", "防災")
    other = Municipality.objects.create(slug="other", name="別の市", prefecture="東京都", code="139999")

    with scope(other):
        assert titles("防災") == []


def test_one_kind_can_be_asked_for(town):
    put("あかりの会", "防災")

    assert [e.title for e in found("防災", kind="organisation")] == ["あかりの会"]
    assert [e.title for e in found("防災", kind="plan")] == []


def test_pairs_are_made_of_each_run_of_letters():
    assert grams("市民協働、NPO") == "市民 民協 協働 np po"
    assert grams("火・木") == "火 木"
    assert asked("協働 見守り") == [["協働"], ["見守", "守り"]]


@given(st.text("市民協働ＮＰＯあいアイ12 、", max_size=30), st.integers(0, 30), st.integers(2, 6))
def test_every_piece_of_a_run_is_among_its_pairs(text, start, length):
    piece = text[start : start + length].strip("、 ")
    if len(piece) > 1 and not set(piece) & set("、 "):
        assert f" {' '.join(asked(piece)[0])} " in f" {grams(text)} "
