"""A city with a routing table, a centre that receives, two departments that answer, and people seated in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import make
from tomoni.consultations import services
from tomoni.consultations.models import Channel, Consultation
from tomoni.consultations.services import Enquiry
from tomoni.consultations.workflow import State
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.parties.services import found_party
from tomoni.parties.services import seat as give_seat
from tomoni.rulebooks.schema import Rulebook
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

AT = make.NOON
TOKEN = "a" * 22
BODY = "公園の花だんを直したいです。道具を借りられますか。"
ENQUIRY = Enquiry(
    body=BODY,
    channel=Channel.PHONE,
    theme="start",
    asker_name="架空 花江",
    asker_mail="hanae@himitsu.example",
    asker_contact="000-0123-4567",
)
SECRETS = ("架空 花江", "hanae@himitsu.example", "000-0123-4567", "ひみつのメモ")
ROUTING = [
    {
        "key": "start",
        "label": "始めたい",
        "cites": "十の1",
        "department": "市民活動センター",
        "text": "一緒に考えます。",
    },
    {"key": "road", "label": "道のこと", "cites": "十の2", "department": "道路課", "also": ["市民協働課"]},
    {"key": "lost", "label": "まだない課のこと", "cites": "十の3", "department": "空の課"},
]


def book() -> Rulebook:
    """The fictional town's rulebook with three themes."""
    return Rulebook.model_validate({**make.book().model_dump(), "routing": ROUTING})


@pytest.fixture
def city(db: None):
    made = make.city()
    with scope(made):
        make.rulebook(book())
        yield made


@pytest.fixture
def centre(city: Municipality) -> Party:
    return found_party(kind="crafts", name="市民活動センター（指定管理者）")


@pytest.fixture
def roads(city: Municipality) -> Party:
    return make.department("道路課")


@pytest.fixture
def people(centre: Party, roads: Party) -> dict[str, Actor]:
    """One person for each role; `officer` is of the roads, `other` of another department."""
    seats = {
        "coordinator": (Role.COORDINATOR, centre),
        "division": (Role.DIVISION, make.department()),
        "officer": (Role.OFFICER, roads),
        "other": (Role.OFFICER, make.department("産業課")),
        "member": (Role.MEMBER, make.group()),
        "resident": (Role.RESIDENT, make.hall()),
        "screener": (Role.SCREENER, make.department("審査会")),
        "council": (Role.COUNCIL, make.department("推進会議")),
    }
    made = {}
    for name, (role, party) in seats.items():
        user = User.objects.create(email=f"{name}@midorino.example", display_name=f"{name}さん")
        give_seat(user, party, role=role, since=make.APRIL)
        made[name] = actor_for(user, on=make.APRIL)
    return made


At = Callable[..., Consultation]


@pytest.fixture
def enquiry_at(people: dict[str, Actor], roads: Party) -> At:
    """enquiry_at(state, token=…, **what was asked) -> an enquiry brought there by the people whose turn it was."""

    def bring(state: str = State.RECEIVED, *, token: str = TOKEN, at: datetime = AT, **asked: Any) -> Consultation:
        made = services.receive(replace(ENQUIRY, **asked), token=token, at=at, by=people["coordinator"])
        if state == State.RECEIVED:
            return made
        made = services.assign(made, to=roads, by=people["coordinator"])
        if state in {State.ANSWERED, State.CLOSED}:
            made = services.answer(
                made, text="道具は道路課で貸します。", at=at + timedelta(days=3), by=people["officer"]
            )
        if state == State.CLOSED:
            made = services.close(made, outcome="informed", by=people["officer"])
        return made

    return bring


@pytest.fixture
def browser_of(people: dict[str, Actor]) -> Callable[[str], Client]:
    """browser_of(name) -> a client signed in as that person; "visitor" is nobody."""

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "visitor":
            client.force_login(User.objects.get(email=f"{name}@midorino.example"), backend=BACKEND)
        return client

    return sign_in


BACKEND = "django.contrib.auth.backends.ModelBackend"
