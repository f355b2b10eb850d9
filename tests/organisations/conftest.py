"""A city whose rulebook has a sheet for registrations, two groups, the centre, and people seated in them."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.organisations.registering import book
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Role


@pytest.fixture
def city(city):
    """The same city with that rulebook in force since 2024."""
    make.rulebook(book(), number="2", on=date(2024, 4, 1))
    make.rulebook(book(), number="3", on=make.APRIL)
    return city


@pytest.fixture
def group(city) -> Party:
    return make.group("にじいろ食堂の会")


@pytest.fixture
def centre(city) -> Party:
    return make.group("みどり野市民活動センター")


@pytest.fixture
def member(seat, group) -> Actor:
    return seat("hanako", Role.MEMBER, group)[2]


@pytest.fixture
def coordinator(seat, centre) -> Actor:
    return seat("tsunagu", Role.COORDINATOR, centre)[2]


@pytest.fixture
def division(seat) -> Actor:
    return seat("division", Role.DIVISION)[2]
