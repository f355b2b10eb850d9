"""Rows beside what we hold: the machine settles what is certain, and a person the rest."""

import pytest

from tomoni.imports.align import Aligned, Known, Match, align

HELD = [
    Known(1, "みどりの会", {"field": "環境", "phone": "042-1"}),
    Known(2, "ふちゅう子ども食堂ネットワーク", {"field": "福祉"}),
    Known(3, "あおぞら"),
    Known(4, "あおぞら"),
    Known(5, "花と緑の会", {"field": "環境"}, also=("花の会",)),
]


def only(row):
    (aligned,) = align([row], HELD, key="name")
    return aligned


def test_a_name_we_do_not_hold_is_new():
    row = {"name": "読書サークル"}

    assert only(row) == Aligned(row, Match.NEW)


def test_the_same_in_another_width_and_spacing_is_the_same():
    row = {"name": "みどりの 会", "field": "環境", "phone": "０４２－１"}

    assert only(row) == Aligned(row, Match.SAME, known=1)


def test_what_differs_is_named():
    row = {"name": "みどりの会", "field": "福祉", "phone": "", "note": "新規"}

    assert only(row) == Aligned(row, Match.CHANGED, known=1, changed=("field", "phone", "note"))


def test_columns_that_the_file_does_not_have_are_no_change():
    assert only({"name": "みどりの会"}).match is Match.SAME


def test_a_near_twin_is_never_merged_but_offered():
    aligned = only({"name": "ふちゅうこども食堂ネットワーク"})

    assert (aligned.match, aligned.known, aligned.candidates) == (Match.UNSURE, None, (2,))
    assert aligned.reason == "名前がよく似ています"


def test_how_near_is_near_can_be_chosen():
    row = {"name": "ふちゅうこども食堂ネットワーク"}

    assert align([row], HELD, key="name", close=0.99)[0].match is Match.NEW


def test_another_name_learnt_before_is_the_same_thing_and_no_change():
    row = {"name": "花の会", "field": "環境"}

    assert only(row) == Aligned(row, Match.SAME, known=5)


def test_a_name_held_twice_is_for_a_person_to_decide():
    assert only({"name": "あおぞら"}).candidates == (3, 4)


@pytest.mark.parametrize("row", [{}, {"name": ""}, {"name": "　"}])
def test_a_row_without_a_name_is_unsure(row):
    assert only(row) == Aligned(row, Match.UNSURE, reason="名前がありません")


def test_a_name_twice_in_the_file_is_unsure_both_times():
    rows = [{"name": "みどりの会", "field": "a"}, {"name": "みどりの 会", "field": "b"}, {"name": "あお"}]

    aligned = align(rows, HELD, key="name")

    assert [(a.match, a.candidates) for a in aligned] == [(Match.UNSURE, (1,)), (Match.UNSURE, (1,)), (Match.NEW, ())]


def test_aligning_twice_says_the_same():
    rows = [{"name": "みどりの会"}, {"name": "みどりのかい"}, {"name": "花の会"}]

    assert align(rows, HELD, key="name") == align(rows, HELD, key="name")
