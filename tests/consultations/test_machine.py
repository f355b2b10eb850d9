"""Random walks: whatever people do in whatever order, an enquiry is in known hands and its talk is never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.consultations.conftest import AT
from tomoni.cases.services import RulesBroken
from tomoni.consultations import services
from tomoni.consultations.models import Consultation
from tomoni.consultations.workflow import WORKFLOW, State
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed

WHO = ["coordinator", "division", "officer", "other", "member"]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["assign", "hand_over", "answer", "close", "reopen", "write_back", "renew_link"]),
        st.sampled_from(WHO),
        st.sampled_from(["", "文"]),
    ),
    max_size=14,
)


def act(name: str, case: Consultation, actor, text: str, parties, at) -> None:
    to = parties[len(text) % 2]
    {
        "assign": lambda: services.assign(case, to=to, by=actor),
        "hand_over": lambda: services.hand_over(case, to=to, reason=text, by=actor),
        "answer": lambda: services.answer(case, text=text, at=at, by=actor),
        "close": lambda: services.close(case, outcome="informed" if text else "", by=actor),
        "reopen": lambda: services.reopen(case, reason=text, by=actor),
        "write_back": lambda: services.write_back(case, text=text, at=at),
        "renew_link": lambda: services.renew_link(case, by=actor),
    }[name]()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_an_enquiry_is_always_in_known_hands(acts, enquiry_at, people, roads, centre):
    Consultation.objects.all().delete()
    case = enquiry_at()
    said = []
    for number, (name, who, text) in enumerate(acts):
        before = Consultation.objects.values().get()
        events = Event.objects.count()
        try:
            act(name, case, people[who], text, (roads, centre), AT + timedelta(days=number))
        except (NotAllowed, RulesBroken):
            assert Consultation.objects.values().get() == before
            assert Event.objects.count() == events
            continue
        now = Consultation.objects.get()
        assert Event.objects.count() == events + 1
        assert name == "renew_link" or WORKFLOW.step("reopen" if name == "write_back" else name, before["state"])
        assert (now.state == State.RECEIVED) == (now.assigned_to is None)
        assert (now.outcome != "") == (now.state == State.CLOSED)
        said += [text] if name in {"answer", "write_back"} else []
        assert [turn.text for turn in now.exchanges.all()] == said
        assert list(now.tell()) == ([now.assigned_to] if now.state == State.WITH_DESK else now.tell())


@pytest.mark.parametrize("state", State.values)
def test_every_state_has_words_for_the_desk_and_for_the_asker(state):
    assert WORKFLOW.labels[state].desk
    assert WORKFLOW.labels[state].public
