"""What the tests of the register share: answers with secrets in them, the rulebook, and registrations at each stage."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.test import Client

from tests import make
from tomoni.kernel.clock import JAPAN, today
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.organisations.models import Registration
from tomoni.organisations.services import Writing, begin_registration, take_step, write_registration
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party, User
from tomoni.rulebooks.schema import Rulebook

THIS = fiscal_year_on(today()).year  # the pages read the clock
ON = FiscalYear(THIS).start
NOON = datetime(THIS, 4, 1, 12, tzinfo=JAPAN)
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
    return make.book()


def written(party: Party, by: Actor, *, year: int = THIS, on: date = ON, **answers: Any) -> Registration:
    """A registration with every answer, still a draft."""
    begun = begin_registration(party, year=year, on=on, by=by)
    return write_registration(begun, Writing({**ANSWERS, **answers}), by=by)


def accepted(party: Party, by: Actor, desk: Actor, *, year: int = THIS, on: date = ON, **answers: Any) -> Registration:
    """A registration that went all the way."""
    handed = take_step("submit", written(party, by, year=year, on=on, **answers), on=on, by=by)
    return take_step("accept", handed, on=on, by=desk)


def browser(actor: Actor) -> Client:
    """A client signed in as that person."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user))
    return client
