"""Mutual evaluation: gaps with their sign, an agenda by size, and what each side still owes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.evaluations.compare import Answer, BadAnswers, Compared, Item, Sheet, Side, compare

SHEET = Sheet((Item("goal", "目的"), Item("cost", "費用"), Item("way", "対等")), 1, 5, talk_from=2, reason_below=3)


def both(civic: dict[str, Answer], city: dict[str, Answer]):
    return {Side.CIVIC: civic, Side.CITY: city}


def test_the_gap_is_the_civic_mark_minus_the_citys():
    compared = compare(SHEET, both({"goal": Answer(5)}, {"goal": Answer(3)}))

    assert compared.items[0] == Compared("goal", 5, 3, 2, talk=True)


def test_the_agenda_goes_by_size_of_gap_and_then_by_the_sheets_order():
    civic = {"goal": Answer(5), "cost": Answer(1, "高い"), "way": Answer(1, "遠い")}
    city = {"goal": Answer(3), "cost": Answer(3), "way": Answer(5)}

    compared = compare(SHEET, both(civic, city))

    assert [c.gap for c in compared.items] == [2, -2, -4]
    assert compared.agenda == ("way", "goal", "cost")


def test_a_gap_smaller_than_the_limit_is_not_talked_about():
    compared = compare(SHEET, both({"goal": Answer(4)}, {"goal": Answer(3)}))

    assert (compared.items[0].talk, compared.agenda) == (False, ())


def test_a_low_mark_without_a_reason_is_owed():
    civic = {"goal": Answer(2, " "), "cost": Answer(2, "人手が足りない"), "way": Answer(3)}

    compared = compare(SHEET, both(civic, {}))

    assert compared.missing_reasons == ((Side.CIVIC, "goal"),)


def test_what_is_not_answered_is_owed_by_its_side_and_makes_no_gap():
    compared = compare(SHEET, both({"goal": Answer(4), "cost": Answer(None)}, {"goal": Answer(4), "way": Answer(4)}))

    assert compared.unanswered == ((Side.CIVIC, "cost"), (Side.CIVIC, "way"), (Side.CITY, "cost"))
    assert compared.items[1] == Compared("cost", None, None, None, talk=False)


@pytest.mark.parametrize("mark", [0, 6, 5.5])
def test_a_mark_off_the_scale_is_refused(mark):
    with pytest.raises(BadAnswers, match=r"answers\.city\.goal: 評点"):
        compare(SHEET, both({}, {"goal": Answer(mark)}))


def test_an_item_that_is_not_on_the_sheet_is_refused():
    with pytest.raises(BadAnswers, match=r"answers\.civic\.joy: この項目は評価シートにありません。"):
        compare(SHEET, both({"joy": Answer(3)}, {}))


marks = st.fixed_dictionaries({key: st.builds(Answer, st.integers(1, 5)) for key in ("goal", "cost", "way")})


@given(marks, marks)
def test_exchanging_the_sides_only_turns_the_sign(civic, city):
    one, other = compare(SHEET, both(civic, city)), compare(SHEET, both(city, civic))

    assert [c.gap for c in one.items] == [-(c.gap or 0) for c in other.items]
    assert one.agenda == other.agenda
