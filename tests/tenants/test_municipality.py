"""A municipality's own colour must be readable."""

import pytest
from django.core.exceptions import ValidationError

from tomoni.tenants.models import Municipality


def city(accent: str) -> Municipality:
    return Municipality(slug="midorino", name="みどり野市", prefecture="東京都", code="139999", accent=accent)


def test_a_colour_that_can_be_read_on_white_is_taken():
    city("#767676").clean()


def test_a_colour_too_light_to_read_is_refused_with_what_to_do():
    with pytest.raises(ValidationError) as refused:
        city("#ffb000").clean()

    assert refused.value.message_dict == {"accent": ["白い背景で読みにくい色です。もっと濃い色にしてください。"]}
