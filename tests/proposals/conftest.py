"""A town with a programme, an open round, two groups, a department, a committee of three, and people in all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import make
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat as give_seat
from tomoni.proposals.conditions import Conditions
from tomoni.proposals.models import Programme, Proposal, Round
from tomoni.proposals.services import marks, rounds, steps, writing
from tomoni.proposals.services.marks import Points
from tomoni.proposals.services.writing import Beginning, Writing
from tomoni.rulebooks.schema import Rulebook
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

DAY = make.APRIL
AT = make.NOON
SECRET = "ひみつの願い"
ANSWERS = {"wish": f"{SECRET}をかなえます。", "form_kind": "market", "tools": "のこぎり"}
BUDGET = [
    {"side": "income", "head": "city", "label": "負担金", "amount": 80_000},
    {"side": "income", "head": "own", "label": "会費", "amount": 20_000},
    {"side": "spending", "head": "goods", "label": "木材", "amount": 100_000},
]
SAID = {"people": 7, "based_here": True, "excluded": []}
CONDITIONS = Conditions(cap=100_000, minimum_people=5, must_be_based_here=True)
SCREENERS = ("screener", "second", "third")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def book(**screening: Any) -> Rulebook:
    """The fictional town's rulebook with three screeners and two criteria."""
    held = make.book().model_dump()
    criteria = [
        {"key": "need", "label": "必要さ", "cites": "十一", "max": 5, "weight": 2},
        {"key": "heart", "label": "心意気", "cites": "十一", "max": 10, "floor": 4},
    ]
    held["screening"] |= {"screeners": 3, "criteria": criteria, **screening}
    return Rulebook.model_validate(held)


@pytest.fixture
def city(db: None):
    made = make.city()
    with scope(made):
        make.rulebook(book())
        yield made


@pytest.fixture
def roads(city: Municipality) -> Party:
    return make.department("道路課")


@pytest.fixture
def committee(city: Municipality) -> Party:
    return make.department("提案審査会")


@pytest.fixture
def people(city: Municipality, roads: Party, committee: Party) -> dict[str, Actor]:
    """One person for each role; `partner` and `rival` are of other groups, `officer` of the department named."""
    seats = {
        "member": (Role.MEMBER, make.group()),
        "partner": (Role.MEMBER, make.group("となりの会")),
        "rival": (Role.MEMBER, make.group("よその会")),
        "officer": (Role.OFFICER, roads),
        "other": (Role.OFFICER, make.department("産業課")),
        "division": (Role.DIVISION, make.department()),
        "coordinator": (Role.COORDINATOR, make.group("市民活動センター")),
        "council": (Role.COUNCIL, make.department("推進会議")),
        "resident": (Role.RESIDENT, make.hall()),
        **dict.fromkeys(SCREENERS, (Role.SCREENER, committee)),
    }
    made = {}
    for name, (role, party) in seats.items():
        user = User.objects.create(email=f"{name}@midorino.example", display_name=f"{name}さん")
        give_seat(user, party, role=role, since=DAY)
        made[name] = actor_for(user, on=DAY)
    return made


@pytest.fixture
def call(people: dict[str, Actor], roads: Party, committee: Party) -> Round:
    """A round open in April 2026."""
    programme = rounds.write_programme(Programme(name="市民提案"), CONDITIONS, by=people["division"])
    new = Round(
        programme=programme,
        title="春の募集",
        theme="道を明るくする",
        opens=DAY,
        closes=date(2026, 4, 30),
        department=roads,
        committee=committee,
    )
    return rounds.open_round(new, by=people["division"])


At = Callable[..., Proposal]


@pytest.fixture
def proposal_at(people: dict[str, Actor], call: Round, roads: Party) -> At:
    """proposal_at(state, title=…) -> a whole proposal brought there by the people whose turn it was."""

    def bring(state: str = "draft", *, title: str = "夜道のあかり", by: str = "member", **changed: Any) -> Proposal:
        actor = people[by]
        told = Beginning(Party.objects.get(pk=actor.seats[0].party), title, SAID)
        made = writing.begin(call, told, on=DAY, by=actor)
        whole = Writing(**{"title": title, "department": roads, "answers": ANSWERS, "budget": BUDGET, **changed})
        made = writing.write(made, whole, revision=made.revision, by=actor)
        if state == "draft":
            return made
        made = steps.submit(made, at=AT, by=actor)
        if state == "withdrawn":
            return steps.withdraw(made, by=actor, note="やめます")
        if state == "talks":
            return steps.begin_talks(made, by=people["officer"])
        if state in {"screening", "adopted", "declined"}:
            made = steps.to_screening(made, by=people["division"])
        if state in {"adopted", "declined"}:
            everybody_marks(made, people)
            decided = {"adopts": state == "adopted", "reasons": "よく考えられています。"}
            made = steps.decide(made, **decided, on=DAY, by=people["division"])
        return made

    return bring


def everybody_marks(proposal: Proposal, people: dict[str, Actor], *names: str) -> None:
    """Let these screeners, or all, hand in good marks."""
    for name in names or SCREENERS:
        marks.hand_in(proposal, Points({"need": 4, "heart": 8}, f"{name}の所見"), at=AT, by=people[name])


@pytest.fixture
def browser_of(people: dict[str, Actor]) -> Callable[[str], Client]:
    """browser_of(name) -> a client signed in as that person; "visitor" is nobody."""

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "visitor":
            client.force_login(User.objects.get(email=f"{name}@midorino.example"), backend=BACKEND)
        return client

    return sign_in
