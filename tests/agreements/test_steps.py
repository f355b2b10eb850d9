"""Who moves an agreement from where: against a table written by hand from docs/rooms.md, not from the code."""

from __future__ import annotations

import pytest
from django.db import transaction

from tomoni.agreements.models import Agreement
from tomoni.agreements.workflow import State
from tomoni.cases import services as cases
from tomoni.kernel.decisions import NotAllowed

SIDES = {"member", "officer"}  # of the two parties named in it; nobody else, not even the division
MAY = {
    ("draft", "offer"): SIDES,
    ("draft", "drop"): SIDES,
    ("offered", "reopen"): SIDES,
    ("concluded", "amend"): SIDES,
    ("concluded", "end"): SIDES,
}
# Refused by a rule, whoever tries: nothing to keep before the first conclusion, nothing to conclude unsigned.
NOT_READY = {("draft", "keep"), ("offered", "conclude")}
LEADS_TO = {
    "offer": "offered",
    "drop": "ended",
    "reopen": "draft",
    "amend": "draft",
    "end": "ended",
    "keep": "",
    "conclude": "",
}


@pytest.mark.parametrize("step", sorted(LEADS_TO))
@pytest.mark.parametrize("state", State.values)
def test_an_agreement_moves_only_as_the_table_says(state, step, agreement_at, people):
    case = agreement_at(state)
    moved, unready = set(), set()

    for role, actor in people.items():
        point = transaction.savepoint()
        try:
            cases.take(step, case, by=actor, note="理由")
        except NotAllowed:
            assert Agreement.objects.get().state == state
        except cases.RulesBroken:
            assert Agreement.objects.get().state == state
            unready.add(role)
        else:
            moved.add(role)
            assert Agreement.objects.get().state == LEADS_TO[step]
        transaction.savepoint_rollback(point)

    assert moved == MAY.get((state, step), set())
    assert unready == (SIDES if (state, step) in NOT_READY else set())


def test_whose_turn_it_is_follows_the_state(agreement_at, people, civic, office):
    from tests import make
    from tomoni.agreements import services

    assert list(agreement_at("draft").tell()) == [civic, office]
    offered = agreement_at("offered")
    assert list(offered.tell()) == [civic, office]
    assert list(services.sign(offered, number=1, side="civic", at=make.NOON, by=people["member"]).tell()) == [office]
    assert list(services.sign(offered, number=1, side="city", at=make.NOON, by=people["officer"]).tell()) == []
