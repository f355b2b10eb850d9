"""Who may move a registration from where: every state, step and role against a table written by hand."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.organisations.registering import ON, written
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.organisations.models import Registration
from tomoni.organisations.services import take_step
from tomoni.organisations.workflow import WORKFLOW, State
from tomoni.parties.permissions import Role

pytestmark = pytest.mark.django_db

# Written by hand from docs/rooms.md, not from the code. `take_over` holds for what the desk wrote down.
MAY = {
    ("draft", "submit"): {"member"},
    ("draft", "withdraw"): {"member"},
    ("draft", "take_over"): {"coordinator", "division"},
    ("submitted", "send_back"): {"coordinator", "division"},
    ("submitted", "accept"): {"coordinator", "division"},
    ("accepted", "withdraw"): {"member"},
}
TURN = {"draft": "団体", "submitted": "コーディネーター", "accepted": "", "withdrawn": ""}
STEPS = ["submit", "send_back", "accept", "take_over", "withdraw"]


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_registration_moves_only_as_the_table_says(step, state, role, *, group, member, seat):
    registration = written(group, member)
    Registration.objects.filter(pk=registration.pk).update(state=state, taken_at_desk=True)
    actor = seat("someone", role, group if role == "member" else None)[2]

    if role in MAY.get((state, step), set()):
        assert take_step(step, registration, on=ON, by=actor, note="理由").state != state
    else:
        with pytest.raises(NotAllowed):
            take_step(step, registration, on=ON, by=actor, note="理由")
        registration.refresh_from_db()
        assert registration.state == state


def test_whose_turn_each_state_is():
    assert {state: str(holder) for state, holder in WORKFLOW.holder.items()} == TURN


@pytest.mark.parametrize("step", ["submit", "withdraw"])
def test_a_member_of_another_group_moves_nothing(step, group, member, seat):
    registration = written(group, member)
    other = seat("jiro", Role.MEMBER, make.group("となりの会"))[2]

    with pytest.raises(NotAllowed):
        take_step(step, registration, on=ON, by=other, note="理由")

    registration.refresh_from_db()
    assert registration.state == "draft"


def test_nobody_checks_the_registration_of_their_own_group(group, member, seat):
    handed = take_step("submit", written(group, member), on=ON, by=member)
    insider = seat("hanako", Role.COORDINATOR, make.group("みどり野市民活動センター"))[2]

    with pytest.raises(NotAllowed, match="ほかの担当者が確認します"):
        take_step("accept", handed, on=ON, by=insider)

    handed.refresh_from_db()
    assert handed.state == "submitted"


def test_what_a_group_writes_for_itself_is_not_taken_over(group, member, coordinator):
    registration = written(group, member)

    with pytest.raises(NotAllowed, match="引き継げません"):
        take_step("take_over", registration, on=ON, by=coordinator, note="紙で届いた")

    registration.refresh_from_db()
    assert registration.state == "draft"


def test_a_second_later_the_other_window_is_told(group, member):
    registration = written(group, member)
    stale = Registration.objects.get(pk=registration.pk)
    take_step("submit", registration, on=ON, by=member)

    with pytest.raises(NotAllowed, match="ほかの方が先に進めた可能性があります"):
        take_step("submit", stale, on=ON, by=member)

    assert Event.objects.filter(verb="submit").count() == 1


def test_an_excluded_activity_is_named_and_neither_handed_in_nor_taken_over(group, member, coordinator):
    registration = written(group, member)
    Registration.objects.filter(pk=registration.pk).update(excluded_as="sales", taken_at_desk=True)

    for step, actor in (("submit", member), ("take_over", coordinator)):
        with pytest.raises(RulesBroken) as refusal:
            take_step(step, registration, on=ON, by=actor, note="理由")
        assert [finding.rule for finding in refusal.value.findings] == ["OR-02"]

    registration.refresh_from_db()
    assert registration.state == "draft"


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tries=st.lists(
        st.tuples(st.sampled_from(STEPS), st.sampled_from(["member", "coordinator", "resident"])), max_size=9
    )
)
def test_no_order_of_steps_leads_where_the_table_does_not(tries, group, member, *, coordinator, seat):
    people = {"member": member, "coordinator": coordinator, "resident": seat("machi", Role.RESIDENT)[2]}
    Registration.objects.filter(party=group).delete()
    registration = written(group, member)

    for step, role in tries:
        was = Registration.objects.get(pk=registration.pk).state
        may = role in MAY.get((was, step), set()) and step != "take_over"
        try:
            take_step(step, registration, on=ON, by=people[role], note="理由")
        except NotAllowed:
            assert not may
            assert Registration.objects.get(pk=registration.pk).state == was
        else:
            assert may
