"""Random walks: whatever the sides do in whatever order, nothing opens before both are in, and nothing is taken back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.evaluations.conftest import CITY, CIVIC
from tomoni.cases.services import RulesBroken
from tomoni.evaluations import selectors, services
from tomoni.evaluations.models import Evaluation
from tomoni.kernel.decisions import NotAllowed
from tomoni.search.models import SearchEntry

ORDER = ["answering", "talking", "agreed", "opined", "published", "followed_up"]
ACTS = {
    "draft": lambda e, a: services.answer(e, CIVIC if e.project.side_of(a) == "civic" else CITY, by=a),
    "hand_in": lambda e, a: services.answer(
        e, CIVIC if e.project.side_of(a) == "civic" else CITY, by=a, handed_in_at=make.NOON
    ),
    "open": lambda e, a: services.open_both(e, by=a),
    "talk": lambda e, a: services.note_talk(e, talk="月に1回会う。", talked_on=make.APRIL, by=a),
    "agree": lambda e, a: services.agree(e, by=a),
    "opine": lambda e, a: services.opine(e, opinion="続けてください。", by=a),
    "publish": lambda e, a: services.publish(e, on=make.APRIL, by=a),
    "follow_up": lambda e, a: services.follow_up(e, told="続いています。", by=a),
}
INSIDE = st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(["member", "officer", "council", "division"]))
# Half of the walks begin with both sheets, so that the later states are reached, too.
LIKELY = st.just([("hand_in", "member"), ("hand_in", "officer"), ("open", "member"), ("talk", "officer")])
WALKS = st.tuples(st.one_of(st.just([]), LIKELY), st.lists(INSIDE, max_size=8)).map(lambda parts: parts[0] + parts[1])


@pytest.fixture
def people(member, officer, council, division):
    """Both sides, the council and the division."""
    return {"member": member, "officer": officer, "council": council, "division": division}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=WALKS)
def test_it_goes_one_way_and_opens_only_when_both_are_in(walk, reported, people):
    SearchEntry.objects.filter(kind="evaluation").delete()
    Evaluation.objects.all().delete()
    services.begin(reported, on=make.APRIL, by=people["member"])
    for name, who in walk:
        before = Evaluation.objects.values().get()
        try:
            ACTS[name](Evaluation.objects.get(), people[who])
        except (NotAllowed, RulesBroken):
            assert Evaluation.objects.values().get() == before
        else:
            assert name in {"opine", "publish"} or who in {"member", "officer"}

        now = Evaluation.objects.get()
        handed_in = now.answers.exclude(handed_in_at=None).count()
        assert ORDER.index(now.state) >= ORDER.index(before["state"])
        assert (selectors.comparison(now) is not None) == (now.state != "answering")
        assert now.state == "answering" or handed_in == 2
        assert SearchEntry.objects.filter(kind="evaluation").exists() == (now.state in {"published", "followed_up"})
