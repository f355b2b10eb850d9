"""Contrast is what WCAG says it is, and a city's shades can be read."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tomoni.kernel.colour import Shades, contrast, is_colour, is_readable_on_white, mix, shades

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_known_pairs_have_their_published_ratio(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio


def test_the_lightest_grey_that_may_carry_text_is_767676():
    assert is_readable_on_white("#767676")
    assert not is_readable_on_white("#777777")


def test_shades_go_towards_black_and_white():
    assert mix("#0017c1", "#ffffff", share=0.5) == "#808be0"
    assert shades("#0017c1") == Shades(accent="#0017c1", dark="#001087", soft="#e8eaf9")


@pytest.mark.parametrize("text", ["", "blue", "#fff", "#00GG00", "#0017C1", "#0017c1 ", "0017c1"])
def test_only_six_small_digits_are_a_colour(text):
    assert not is_colour(text)


@given(colours, colours)
def test_contrast_does_not_depend_on_the_order(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@given(colours)
def test_of_a_readable_accent_the_dark_shade_can_be_read_on_the_soft_ground(accent):
    assume(is_readable_on_white(accent))

    of = shades(accent)

    assert contrast(of.dark, of.soft) >= 4.5
    assert contrast(of.accent, "#ffffff") >= 4.5
