"""What waits for a person: gathered in one query over all rooms, counted in the frame, at a constant cost."""

import pytest
from django.urls import reverse

from tests import make
from tests.portal.test_telling import saved
from tomoni.agreements.models import Agreement, SuitabilityCheck
from tomoni.consultations.asker import new_token
from tomoni.consultations.services import Enquiry, receive
from tomoni.evaluations.models import Evaluation
from tomoni.matching.models import Introduction
from tomoni.organisations.models import Registration
from tomoni.parties.actor import program
from tomoni.parties.permissions import Role
from tomoni.portal.rooms import ROOMS, count_waiting, waiting_for
from tomoni.projects.models import Project
from tomoni.proposals.models import Programme, Proposal, Round
from tomoni.rulebooks.selectors import in_force

RIVER = ["団体の登録", "相談", "紹介", "提案", "適性の検証", "協定", "協働事業", "相互評価"]


@pytest.fixture
def division(seat):
    """The division in charge, which is also a side of everything here."""
    return seat("kyodo", Role.DIVISION)


@pytest.fixture
def call(city):
    programme = Programme.objects.create(key="citizen", name="提案制度")
    return Round.objects.create(programme=programme, title="春の募集", opens=make.APRIL, closes=make.APRIL)


def fill(n, office, call):
    """One more case of every kind that waits for the division."""
    group = make.group(f"会{n}")
    sides = {"civic": group, "city": office}
    saved(Registration(party=group, year=2026))
    Registration.objects.update(state="submitted")
    receive(
        Enquiry(body=f"たずねたいこと{n}です。", channel="web"), token=new_token(), at=make.NOON, by=program("test")
    )
    saved(Introduction(one=group, other=make.group("となり")))
    saved(Proposal(round=call, title=f"提案{n}", lead=group))
    Proposal.objects.update(state="submitted")
    SuitabilityCheck.objects.create(title=f"検証{n}", rulebook=in_force(make.APRIL), begun_on=make.APRIL, **sides)
    saved(Agreement(title=f"協定{n}", **sides))
    project = saved(Project(title=f"事業{n}", **sides))
    saved(Evaluation(project=project))
    Introduction.objects.update(state="accepted")


def test_every_room_is_gathered_and_named(division, call):
    _user, office, actor = division
    fill(1, office, call)

    rooms = {room.label: [case.title for case in room.cases] for room in waiting_for(actor)}

    assert list(rooms) == RIVER
    assert rooms == {
        "団体の登録": ["会1 令和8年度"],
        "相談": [f"R8-{case_of('相談', actor)} たずねたいこと1です"],
        "紹介": ["会1 と となり"],
        "提案": ["提案1"],
        "適性の検証": ["検証1"],
        "協定": ["協定1"],
        "協働事業": ["事業1"],
        "相互評価": ["事業1"],
    }
    assert count_waiting(actor) == len(RIVER)


def case_of(label, actor):
    """The number of the one case that waits in that room."""
    room = next(room for room in ROOMS if room.label == label)
    return room.awaiting(actor).get().pk


def test_each_leads_to_the_page_of_its_case(division, call, client):
    _user, office, actor = division
    fill(1, office, call)

    for room, waiting in zip([r for r in ROOMS if r.label in RIVER], waiting_for(actor), strict=True):
        assert [case.url for case in waiting.cases] == [room.awaiting(actor).get().get_absolute_url()]


def test_the_page_and_the_frame_cost_as_much_for_many_as_for_few(division, call, client, django_assert_max_num_queries):
    user, office, actor = division
    fill(1, office, call)
    client.force_login(user)
    for most in (1, 5):
        for n in range(2, most + 1):
            fill(n, office, call)
        with django_assert_max_num_queries(2):
            assert count_waiting(actor) == most * len(RIVER)
        with django_assert_max_num_queries(12):
            page = client.get(reverse("turn", args=["midorino"]))
        assert [room.count for room in page.context["rooms"]] == [most] * len(RIVER)
        assert f"{most * len(RIVER)}件" in page.text


def test_the_frame_says_nothing_where_nothing_waits_and_to_visitors(city, seat, client):
    home = reverse("home", args=["midorino"])
    assert "waiting_count" not in client.get(home).context

    client.force_login(seat("hanako", Role.MEMBER, make.group())[0])

    assert client.get(home).context["waiting_count"] == 0
