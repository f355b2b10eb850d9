"""Random walks: whatever people do in whatever order, a report is in known hands, and the plan says only what was published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.reporting.conftest import AT, ON, PARKS, ROADS, YEAR
from tomoni.cases import services as cases
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.plans.models import Progress
from tomoni.reporting.models import Entry
from tomoni.reporting.services import assessing, passing, publishing
from tomoni.reporting.services.assessing import View, WrittenMeanwhile
from tomoni.reporting.services.drafting import Draft, EditedMeanwhile, save_draft
from tomoni.reporting.workflow import WORKFLOW, State

ACTS = ["save", "hand_in", "take_back", "hand_over", "confirm", "send_back", "view", "publish", "correct", "release"]
WALKS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.sampled_from(["roads", "parks", "division", "council"]), st.integers(0, 2)),
    max_size=16,
)


def act(name: str, entry: Entry, actor, number: int, committee) -> None:
    text = ["", "実績その1。", "実績その2。"][number]
    to = make.department([ROADS, PARKS, "安全課"][number])
    {
        "save": lambda: save_draft(
            entry,
            Draft({"status": "on_track" if number else "", "results": text}),
            version=entry.version - (number == 1),
            at=AT + timedelta(minutes=number),
            by=actor,
        ),
        "hand_in": lambda: passing.hand_in(entry, on=ON, by=actor),
        "hand_over": lambda: passing.hand_over(entry, to=to, reason=text, by=actor),
        "view": lambda: assessing.write_view(
            entry.year_request, entry.line.measure, View(text, ""), committee=committee, at=AT, by=actor
        ),
        "publish": lambda: publishing.publish(entry, on=ON, by=actor),
    }.get(name, lambda: cases.take(name, entry, by=actor, note=text))()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=WALKS)
def test_a_report_is_always_in_known_hands(walk, lamps, roads, parks, division, council, committee):
    actors = {"roads": roads, "parks": parks, "division": division, "council": council}
    Entry.objects.filter(pk=lamps.pk).update(
        state="asked", status="", results="", version=0, saved_at=None, department=make.department(ROADS)
    )
    lamps.year_request.drafts.all().delete()
    Progress.objects.filter(year=YEAR, line=lamps.line).delete()
    published = None
    for name, who, number in walk:
        before, events = Entry.objects.values().get(pk=lamps.pk), Event.objects.count()
        try:
            act(name, Entry.objects.get(pk=lamps.pk), actors[who], number, committee)
        except (NotAllowed, RulesBroken, EditedMeanwhile, WrittenMeanwhile, ValidationError):
            assert Entry.objects.values().get(pk=lamps.pk) == before
            assert Event.objects.count() == events
            continue
        now = Entry.objects.get(pk=lamps.pk)
        if name not in {"save", "view"}:
            assert WORKFLOW.step(name, before["state"])
        if name == "publish":
            published = now.results
        assert now.state in State.values
        assert now.state in {State.ASKED, State.RELEASED} or (now.status and now.results)
        assert now.version >= before["version"]
        assert list(now.tell()) == ([now.department] if now.state == State.ASKED else [])
        told = Progress.objects.filter(year=YEAR, line=lamps.line).values_list("results", flat=True).first()
        assert told == published


@pytest.mark.parametrize("state", State.values)
def test_every_state_has_words_for_the_desk_and_for_everybody(state):
    assert WORKFLOW.labels[state].desk
    assert WORKFLOW.labels[state].public
