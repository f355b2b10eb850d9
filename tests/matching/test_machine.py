"""Random walks: whatever people do with an introduction in whatever order, it moves one way and never by one side alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.matching import services
from tomoni.matching.models import Introduction
from tomoni.parties.permissions import Role

ORDER = {"proposed": 0, "accepted": 1, "declined": 2, "concluded": 2}
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["accept", "accept", "decline", "record_outcome"]),
        st.sampled_from(["canteen", "farm", "coordinator", "stranger"]),
        st.sampled_from(["", " ", "届けることになった。"]),
    ),
    max_size=8,
)


@pytest.fixture
def people(canteen, farm, coordinator, seat):
    """The two, the coordinator, and somebody else."""
    stranger = seat("yoso", Role.MEMBER, make.group("よその会"))[2]
    return {"canteen": canteen, "farm": farm, "coordinator": coordinator, "stranger": stranger}


def act(name: str, held: Introduction, actor, text: str) -> None:
    {
        "accept": lambda: services.accept(held, at=make.NOON, by=actor),
        "decline": lambda: services.decline(held, reason=text, by=actor),
        "record_outcome": lambda: services.record_outcome(held, outcome=text, by=actor),
    }[name]()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_an_introduction_goes_one_way_and_only_two_yes_bring_two_together(moves, wish, offer, people):
    Introduction.objects.all().delete()
    services.introduce(wish, offer, reason="どちらも野菜の話です。", at=make.NOON, by=people["coordinator"])
    for name, who, text in moves:
        before, events = Introduction.objects.values().get(), Event.objects.count()
        try:
            act(name, Introduction.objects.get(), people[who], text)
        except (NotAllowed, RulesBroken):
            assert Introduction.objects.values().get() == before
            assert Event.objects.count() == events
        else:
            assert who != "stranger"
            assert name == "record_outcome" or who != "coordinator"
            assert name == "accept" or text.strip()
            assert Event.objects.count() > events

        now = Introduction.objects.get()
        both = bool(now.accepted_by_one_at and now.accepted_by_other_at)
        assert ORDER[now.state] >= ORDER[before["state"]]
        assert now.state not in {"accepted", "concluded"} or both
        assert (now.state == "concluded") == bool(now.outcome.strip())
