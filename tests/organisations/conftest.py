"""A city whose rulebook has a sheet for registrations, two groups, the centre, and people seated in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import make
from tomoni.organisations.models import Registration
from tomoni.organisations.services import Writing, begin_registration, take_step, write_registration
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.rulebooks.loading import OUR_OWN, STANDARD_FILE
from tomoni.rulebooks.schema import Rulebook, Sheet
from tomoni.rulebooks.yamlfile import read_mapping

ON = make.APRIL
ANSWERS = {
    "purpose": "子どもが安心して過ごせる場所をつくる",
    "activities": "毎週土曜に学習と食事の会を開いています",
    "area": "みどり野一丁目",
    "field": ["children", "learning"],
    "members": 12,
    "gives": "調理の道具を貸せます",
    "seeks": "配達を手伝う人",
    "representative": "架空 代表子",
    "contact_person": "架空 連絡太",
    "contact_phone": "000-0000-1234",
    "contact_email": "renraku@himitsu.example",
    "contact_address": "架空市ひみつ町9番地",
}
SECRETS = ("架空 代表子", "架空 連絡太", "000-0000-1234", "renraku@himitsu.example", "ひみつ町")


def book() -> Rulebook:
    """The fictional town's rulebook, with the standard's sheet for registrations."""
    standard = read_mapping(OUR_OWN / STANDARD_FILE)["sheets"]
    sheet = Sheet.model_validate(next(each for each in standard if each["key"] == "registration"))
    town = make.book()
    return town.model_copy(update={"sheets": (*town.sheets, sheet)})


@pytest.fixture
def city(city):
    """The same city with that rulebook in force since 2024."""
    make.rulebook(book(), number="2", on=date(2024, 4, 1))
    make.rulebook(book(), number="3", on=ON)
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


def written(party: Party, by: Actor, *, year: int = 2026, on: date = ON, **answers: Any) -> Registration:
    """A registration with every answer, still a draft."""
    begun = begin_registration(party, year=year, on=on, by=by)
    return write_registration(begun, Writing({**ANSWERS, **answers}), by=by)


def accepted(party: Party, by: Actor, desk: Actor, *, year: int = 2026, on: date = ON, **answers: Any) -> Registration:
    """A registration that went all the way."""
    handed = take_step("submit", written(party, by, year=year, on=on, **answers), on=on, by=by)
    return take_step("accept", handed, on=on, by=desk)


def browser(actor: Actor) -> Client:
    """A client signed in as that person."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user))
    return client
