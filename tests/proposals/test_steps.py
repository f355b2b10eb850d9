"""Who moves a proposal from where: against a table written by hand from docs/rooms.md, not from the code."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from tests import make
from tests.proposals.conftest import AT, BUDGET, DAY, SAID, SCREENERS, everybody_marks
from tomoni.cases import services as cases
from tomoni.history.models import Notice
from tomoni.kernel.clock import JAPAN
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import Party
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat as give_seat
from tomoni.proposals.models import Partner, Proposal, Round
from tomoni.proposals.services import steps, writing
from tomoni.proposals.workflow import State
from tomoni.search.selectors import found

# `officer` is of the department named, `other` of another; `partner` has agreed to propose together.
MAY = {
    ("draft", "submit"): {"member"},
    ("draft", "withdraw"): {"member"},
    ("submitted", "withdraw"): {"member"},
    ("submitted", "talk"): {"officer", "division"},
    ("submitted", "send_back"): {"division"},
    ("submitted", "to_screening"): {"division"},
    ("talks", "withdraw"): {"member"},
    ("talks", "to_screening"): {"division"},
    ("screening", "adopt"): {"division"},
    ("screening", "decline"): {"division"},
}
LEADS_TO = {
    "submit": "submitted",
    "withdraw": "withdrawn",
    "talk": "talks",
    "send_back": "draft",
    "to_screening": "screening",
    "adopt": "adopted",
    "decline": "declined",
}
ROLES = [
    "member", "partner", "rival", "officer", "other", "division", "coordinator", "council", "resident", "screener",
]  # fmt: skip


@pytest.mark.parametrize("step", sorted(LEADS_TO))
@pytest.mark.parametrize("state", State.values)
def test_a_proposal_moves_only_as_the_table_says(state, step, proposal_at, people):
    held = proposal_at(state)
    Partner.objects.create(proposal=held, party_id=people["partner"].seats[0].party, agreed_at=AT)
    if state == "screening":
        everybody_marks(held, people)
    before = Proposal.objects.values().get()
    change = {"submitted_on": DAY, "reasons": "よい", "decided_on": DAY}
    moved = set()

    for role in ROLES:
        point = transaction.savepoint()
        try:
            cases.take(step, held, by=people[role], note="理由", change=change)
        except NotAllowed:
            assert Proposal.objects.values().get() == before
        else:
            moved.add(role)
            assert Proposal.objects.get().state == LEADS_TO[step]
        transaction.savepoint_rollback(point)

    assert moved == MAY.get((state, step), set())


def test_whose_turn_it_is_follows_the_state(proposal_at, people):
    def told(state):
        return [party.name for party in proposal_at(state, title=state).tell()]

    assert told("draft") == ["あかりの会"]
    assert told("submitted") == ["道路課", "市民協働課"]
    assert told("talks") == ["あかりの会", "道路課"]
    assert told("screening") == ["提案審査会"]
    assert told("withdrawn") == []


def test_nobody_decides_on_the_proposal_of_their_own_group(proposal_at, people):
    held = proposal_at("submitted")
    user = make_division_of(people, held.lead)

    with pytest.raises(NotAllowed, match="自分の団体が出した提案"):
        steps.send_back(held, by=user, note="だめ")

    assert Proposal.objects.get().state == "submitted"


def make_division_of(people, party):
    from tomoni.parties.actor import actor_for
    from tomoni.parties.models import User

    user = User.objects.get(email="division@midorino.example")
    give_seat(user, party, role=Role.MEMBER, since=DAY)
    return actor_for(user, on=DAY)


def test_it_is_taken_until_midnight_of_the_last_day_and_not_a_second_later(proposal_at, people):
    held = proposal_at("draft")
    midnight = datetime(2026, 5, 1, 0, 0, 0, tzinfo=JAPAN)

    with pytest.raises(cases.RulesBroken, match="募集の期間ではありません。"):
        steps.submit(held, at=midnight, by=people["member"])
    assert Proposal.objects.get().state == "draft"
    assert Proposal.objects.get().submitted_on is None

    steps.submit(held, at=midnight - timedelta(seconds=1), by=people["member"])
    assert Proposal.objects.get().submitted_on == date(2026, 4, 30)


def test_without_a_day_it_is_not_handed_in(proposal_at, people):
    held = proposal_at("draft")

    with pytest.raises(cases.RulesBroken):
        cases.take("submit", held, by=people["member"])

    assert Proposal.objects.get().state == "draft"


def test_handing_in_twice_is_handing_in_once(proposal_at, people):
    held = proposal_at("draft")
    steps.submit(held, at=AT, by=people["member"])

    with pytest.raises(NotAllowed):
        steps.submit(held, at=AT, by=people["member"])

    assert Proposal.objects.get().versions.count() == 1


def test_a_budget_that_does_not_balance_is_not_handed_in(proposal_at, people):
    held = proposal_at("draft", budget=BUDGET[:2])

    with pytest.raises(cases.RulesBroken, match="収入の合計と支出の合計が一致していません。"):
        steps.submit(held, at=AT, by=people["member"])

    assert Proposal.objects.get().state == "draft"


def test_a_decision_waits_for_every_screener_and_names_reasons(proposal_at, people):
    held = proposal_at("screening")
    everybody_marks(held, people, *SCREENERS[:2])

    with pytest.raises(cases.RulesBroken, match="採点を終えていない審査委員がいます。"):
        steps.decide(held, adopts=True, reasons="よい", on=DAY, by=people["division"])
    everybody_marks(held, people, SCREENERS[2])
    with pytest.raises(cases.RulesBroken, match="理由を書いてください"):
        steps.decide(held, adopts=True, reasons=" ", on=DAY, by=people["division"])
    assert Proposal.objects.get().state == "screening"

    decided = steps.decide(held, adopts=True, reasons="よい", on=DAY, by=people["division"])

    assert (decided.state, decided.reasons, decided.decided_on) == ("adopted", "よい", DAY)
    assert "「夜道のあかり」は「採択」になりました。" in Notice.objects.filter(user=people["member"].user).values_list(
        "text", flat=True
    )


def test_too_few_screeners_decide_nothing(proposal_at, people, committee):
    held = proposal_at("screening")
    committee.memberships.filter(user=people["third"].user).delete()
    everybody_marks(held, people, *SCREENERS[:2])

    with pytest.raises(cases.RulesBroken, match="採点を終えていない審査委員がいます。"):
        steps.decide(held, adopts=True, reasons="よい", on=DAY, by=people["division"])

    assert Proposal.objects.get().state == "screening"


def test_sent_back_it_is_found_by_nobody(proposal_at, people):
    held = proposal_at("submitted")
    assert [each.title for each in found("夜道")] == ["夜道のあかり"]

    steps.send_back(held, by=people["division"], note="予算を直してください")

    assert list(found("夜道")) == []


def test_a_round_that_has_not_begun_or_is_over_takes_nobody(call, people):
    told = writing.Beginning(Party.objects.get(name="あかりの会"), "遅い提案", SAID)

    for day, words in ((date(2026, 3, 31), "まだ始まっていません"), (date(2026, 5, 1), "募集は終わりました")):
        with pytest.raises(NotAllowed, match=words):
            writing.begin(call, told, on=day, by=people["member"])

    assert Proposal.objects.count() == 0
    assert Round.objects.get().is_open(date(2026, 4, 30))


def test_nobody_begins_for_anothers_group(call, people):
    told = writing.Beginning(make.group("よその会"), "なりすまし", SAID)

    with pytest.raises(NotAllowed, match="その団体の担当者だけ"):
        writing.begin(call, told, on=DAY, by=people["member"])

    assert Proposal.objects.count() == 0
