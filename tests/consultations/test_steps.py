"""Who moves an enquiry from where: against a table written by hand from docs/rooms.md, not from the code."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.consultations.conftest import AT, TOKEN
from tomoni.cases import services as cases
from tomoni.consultations import services
from tomoni.consultations.asker import holder_of_link
from tomoni.consultations.models import Consultation
from tomoni.consultations.workflow import State
from tomoni.kernel.decisions import NotAllowed

DESK = {"coordinator", "division"}
# `officer` sits in the party in charge, `other` in another department, `asker` holds the private link.
MAY = {
    ("received", "assign"): DESK,
    ("received", "answer"): DESK,
    ("received", "close"): DESK,
    ("with_desk", "answer"): {"officer"},
    ("with_desk", "hand_over"): {"officer"} | DESK,
    ("with_desk", "close"): {"officer"},
    ("answered", "close"): {"officer"} | DESK,
    ("answered", "reopen"): {"officer", "asker"} | DESK,
    ("closed", "reopen"): {"officer", "asker"} | DESK,
}
LEADS_TO = {
    "assign": "with_desk",
    "answer": "answered",
    "hand_over": "with_desk",
    "close": "closed",
    "reopen": "with_desk",
}
ROLES = ["coordinator", "division", "officer", "other", "member", "resident", "screener", "council", "asker"]


@pytest.mark.parametrize("step", sorted(LEADS_TO))
@pytest.mark.parametrize("state", State.values)
def test_an_enquiry_moves_only_as_the_table_says(state, step, enquiry_at, people, roads):
    case = enquiry_at(state)
    before = Consultation.objects.values().get()
    change = {"answer": "答え", "outcome": "informed", "assigned_to": case.assigned_to or roads}
    moved = set()

    for role in ROLES:
        actor = holder_of_link(case.pk) if role == "asker" else people[role]
        point = transaction.savepoint()
        try:
            cases.take(step, case, by=actor, note="理由", change=change)
        except NotAllowed:
            assert Consultation.objects.values().get() == before
        else:
            moved.add(role)
            assert Consultation.objects.get().state == LEADS_TO[step]
        transaction.savepoint_rollback(point)

    assert moved == MAY.get((state, step), set())


def test_the_link_of_one_enquiry_moves_no_other(enquiry_at):
    mine, theirs = enquiry_at("answered"), enquiry_at("answered", token="b" * 22)

    with pytest.raises(NotAllowed, match="窓口の担当者だけ"):
        cases.take("reopen", theirs, by=holder_of_link(mine.pk), note="続き")

    assert Consultation.objects.get(pk=theirs.pk).state == "answered"


def test_the_desk_does_not_answer_in_the_name_of_a_department(enquiry_at, people):
    case = enquiry_at("with_desk")

    with pytest.raises(NotAllowed, match="回答と完了は、担当の道路課 が行います。"):
        services.answer(case, text="だめです", at=AT, by=people["coordinator"])

    assert Consultation.objects.get().answer == ""


def test_the_second_of_two_windows_is_told_and_changes_nothing(enquiry_at, people):
    stale = enquiry_at("with_desk")
    services.answer(Consultation.objects.get(), text="1つめの答え", at=AT, by=people["officer"])

    with pytest.raises(NotAllowed, match="ほかの方が先に進めた"):
        services.answer(stale, text="2つめの答え", at=AT, by=people["officer"])

    assert Consultation.objects.get().answer == "1つめの答え"
    assert [each.text for each in Consultation.objects.get().exchanges.all()] == ["1つめの答え"]


def test_handing_over_needs_a_reason_and_somebody_else(enquiry_at, people, roads, centre):
    case = enquiry_at("with_desk")

    with pytest.raises(cases.RulesBroken, match="理由を書いてください。"):
        services.hand_over(case, to=centre, reason=" ", by=people["officer"])
    with pytest.raises(NotAllowed, match="すでに道路課が担当しています。"):
        services.hand_over(case, to=roads, reason="同じ", by=people["officer"])

    assert Consultation.objects.get().assigned_to == roads


def test_whose_turn_it_is_follows_the_state(enquiry_at, people, centre, roads):
    received = enquiry_at()

    assert list(received.tell()) == [centre]
    assert list(services.assign(received, to=roads, by=people["coordinator"]).tell()) == [roads]
    assert list(enquiry_at("answered", token="c" * 22).tell()) == []
    assert str(enquiry_at("closed", token="d" * 22).holder) == ""


def test_without_a_coordinator_new_enquiries_go_to_the_division(enquiry_at, people, centre):
    case = enquiry_at()
    centre.memberships.all().delete()

    assert [party.name for party in case.tell()] == ["市民協働課"]


def test_a_wrong_token_is_no_enquiry(enquiry_at, client):
    enquiry_at()

    assert client.get(f"/midorino/asked/{TOKEN}/").status_code == 200
    assert client.get(f"/midorino/asked/{TOKEN[:-1]}b/").status_code == 404
    assert client.get("/midorino/asked/1/").status_code == 404
