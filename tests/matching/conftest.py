"""A wish and an offer on the board, and the people around them."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tomoni.matching import services
from tomoni.matching.models import Listing
from tomoni.parties.permissions import Role


@pytest.fixture
def canteen(seat):
    """A member of the group that wishes."""
    return seat("hanako", Role.MEMBER, make.group("食堂の会"))[2]


@pytest.fixture
def farm(seat):
    """A member of the group that offers."""
    return seat("taro", Role.MEMBER, make.group("畑の会"))[2]


@pytest.fixture
def coordinator(seat):
    """The coordinator at the centre."""
    return seat("tsunagi", Role.COORDINATOR, make.group("市民活動センター"))[2]


def listing(name: str, kind: str, title: str, **more: object) -> Listing:
    """An unsaved listing of the group of that name."""
    return Listing(party=make.group(name), kind=kind, category="goods", title=title, **more)


@pytest.fixture
def wish(canteen):
    """野菜がほしい, until the end of the fiscal year."""
    made = listing("食堂の会", "wish", "子ども食堂で使う野菜がほしい", area="西部", ends=date(2027, 3, 31))
    return services.post(made, at=make.NOON, by=canteen)


@pytest.fixture
def offer(farm):
    """野菜を譲ります."""
    return services.post(listing("畑の会", "offer", "余った野菜を譲ります", area="西部"), at=make.NOON, by=farm)


@pytest.fixture
def introduction(wish, offer, coordinator):
    """The two, brought together by the coordinator; nobody has answered."""
    return services.introduce(wish, offer, reason="どちらも野菜の話です。", at=make.NOON, by=coordinator)
