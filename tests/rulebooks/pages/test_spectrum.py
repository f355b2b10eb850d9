"""The shapes of the spectrum: each form in its zones, words inside their boxes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulebooks.pages.books import book_of_city
from tomoni.rulebooks.pictures import spectrum, wrapped


def text(box) -> str:
    return "".join(line for _, line in box.lines)


def test_a_form_in_two_zones_apart_is_two_boxes_and_a_tie():
    wide, _tall = spectrum(book_of_city("fuchu"))

    boxes = [chip for chip in wide.chips if text(chip) == "事業協力"]
    assert [(box.left, box.width) for box in boxes] == [(232.0, 208.0), (680.0, 208.0)]
    assert [(tie.x1, tie.x2) for tie in wide.ties] == [(440.0, 680.0)]


def test_a_form_in_two_zones_side_by_side_is_one_box():
    wide, tall = spectrum(book_of_city("akarisato"))

    assert [round(chip.width) for chip in wide.chips if text(chip) == "道具の貸し出し"] == [731]
    assert len([chip for chip in tall.chips if text(chip) == "道具の貸し出し"]) == 2
    assert wide.ties == ()


def test_the_zones_of_working_together_are_marked_where_there_are_others():
    fuchu, _ = spectrum(book_of_city("fuchu"))
    higashikurume, _ = spectrum(book_of_city("higashikurume"))

    assert [zone.is_shared for zone in fuchu.zones] == [False, True, True, True, False]
    assert fuchu.shared is not None
    assert (fuchu.shared.left, fuchu.shared.width) == (225.0, 670.0)
    assert higashikurume.shared is None


def test_the_wedge_ends_at_nothing_only_where_one_side_is_alone():
    fuchu, _ = spectrum(book_of_city("fuchu"))
    higashikurume, _ = spectrum(book_of_city("higashikurume"))

    assert fuchu.civic == "0,0 1120.0,0 1120.0,0.0 0,52.0"
    assert higashikurume.civic == "0,0 1120.0,0 1120.0,7.8 0,44.2"


def test_one_form_alone_is_drawn_in_all_zones():
    book = book_of_city("ama")

    wide, _tall = spectrum(book, [book.form("commission")])

    assert len(wide.zones) == 5
    assert [text(chip) for chip in wide.chips] == ["事業委託"]


def test_a_city_without_zones_has_no_picture():
    assert spectrum(book_of_city("musashino")) == ()


@pytest.mark.parametrize("slug", ["ama", "fuchu", "higashikurume", "akarisato"])
def test_every_box_lies_inside_the_picture_and_holds_its_words(slug):
    for picture in spectrum(book_of_city(slug)):
        for box in (*picture.zones, *picture.chips):
            assert box.left >= 0
            assert box.left + box.width <= picture.width
            assert box.top + box.height <= picture.height
            assert all(box.top < y < box.top + box.height for y, _ in box.lines)
            assert all(len(line) * 16 <= box.width for _, line in box.lines)


def test_words_break_where_a_phrase_ends():
    assert wrapped("市民の責任と主体性によって独自に行う領域", 13) == ("市民の責任と主体性によって", "独自に行う領域")
    assert wrapped("市が主体となり、市民の協力により行う領域", 13) == ("市が主体となり、市民の", "協力により行う領域")
    assert wrapped("共催", 13) == ("共催",)


@given(st.text(alphabet="市民、のaァー協働", min_size=0, max_size=60), st.integers(3, 20))
def test_breaking_loses_nothing_and_keeps_to_the_width(words, em):
    lines = wrapped(words, em)

    assert "".join(lines) == words
    assert all(sum(0.6 if letter == "a" else 1 for letter in line) <= em for line in lines)
