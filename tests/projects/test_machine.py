"""Random walks: whatever people do in whatever order, a project is found only while it is public, and ends once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.projects.conftest import put_in_order
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Role
from tomoni.projects import services
from tomoni.projects.models import Project
from tomoni.projects.workflow import WORKFLOW

ACTS = {
    "start": lambda p, a: services.start(p, by=a),
    "write": lambda p, a: put_in_order(p, a),
    "report": lambda p, a: services.report(p, by=a),
    "send_back": lambda p, a: services.send_back(p, reason="直してください。", by=a),
    "finish": lambda p, a: services.finish(p, by=a),
    "stop": lambda p, a: services.stop(p, reason="続けられなくなりました。", by=a),
}
# Written by hand from docs/rooms.md: who may do what at all.
MAY = {
    "start": {"member", "officer"},
    "write": {"member", "officer"},
    "report": {"member", "officer"},
    "send_back": {"officer"},
    "finish": {"officer"},
    "stop": {"division"},
}
LIKELY = st.lists(st.sampled_from([("start", "member"), ("write", "officer"), ("report", "member")]), max_size=3)
ANY = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(["member", "officer", "division", "stranger"])), max_size=8
)


@pytest.fixture
def people(member, officer, division, seat):
    """Both sides, the division, and somebody else."""
    stranger = seat("yoso", Role.MEMBER, make.group("よその会"))[2]
    return {"member": member, "officer": officer, "division": division, "stranger": stranger}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=LIKELY, then=ANY)
def test_only_those_the_table_names_move_it_and_an_end_is_an_end(first, then, agreement, people):
    Project.objects.all().delete()
    services.open_project(agreement, on=make.APRIL, by=people["member"])
    for name, who in [*first, *then]:
        before, events = Project.objects.values("state", "report").get(), Event.objects.count()
        try:
            ACTS[name](Project.objects.get(), people[who])
        except (NotAllowed, RulesBroken):
            assert Project.objects.values("state", "report").get() == before
            assert Event.objects.count() == events
        else:
            assert who in MAY[name]
            assert before["state"] not in WORKFLOW.final
