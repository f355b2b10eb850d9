"""What people at work do on the page of a measure: mark it, list it again, write down a committee's view."""

import pytest
from django.urls import reverse

from tests import make
from tomoni.committees.models import Committee
from tomoni.parties.permissions import Role
from tomoni.plans.models import Assessment, Measure
from tomoni.tenants.scope import scope


@pytest.fixture
def council(city):
    body = make.group("推進会議")
    Committee.objects.create(party=body, purpose="計画の進みぐあいを確かめる")
    return body


@pytest.fixture
def people(seat, council):
    return {
        "member": seat("hanako", Role.MEMBER, make.group())[0],
        "officer": seat("taro", Role.OFFICER, make.department("道路課"))[0],
        "division": seat("kyodo", Role.DIVISION)[0],
        "council": seat("iin", Role.COUNCIL, council)[0],
    }


@pytest.fixture
def measure(city):
    plan = make.plan()
    return make.measure(plan, "夜道を明るくする", heading=make.heading(plan))


@pytest.fixture
def goal(measure):
    return make.heading(measure.plan, "つなぐ", number="2")


def url(name, measure):
    return reverse(name, args=["midorino", measure.plan_id, measure.pk])


def sent(act, goal, council):
    return {
        "measure-priority": {"is_priority": "yes"},
        "measure-relist": {"relist-heading": goal.pk},
        "measure-assess": {"assess-committee": council.pk, "assess-year": 2020, "assess-rating": "A"},
    }[act]


def state(measure):
    measure.refresh_from_db()
    return measure.is_priority, Measure.objects.count(), Assessment.objects.count()


# Written by hand: act x who -> code. 302 leads back to the measure, or a visitor to signing in.
CODES = {
    "measure-priority": {"visitor": 302, "member": 403, "officer": 403, "council": 403, "division": 302},
    "measure-relist": {"visitor": 302, "member": 403, "officer": 403, "council": 403, "division": 302},
    "measure-assess": {"visitor": 302, "member": 403, "officer": 403, "council": 302, "division": 302},
}
DONE = {"measure-priority": (True, 1, 0), "measure-relist": (False, 2, 0), "measure-assess": (False, 1, 1)}


@pytest.mark.parametrize(("act", "who", "code"), [(a, w, c) for a, row in CODES.items() for w, c in row.items()])
def test_an_act_is_done_for_whom_the_table_says(act, who, code, measure, goal, council, people, client):
    if who != "visitor":
        client.force_login(people[who])

    answer = client.post(url(act, measure), sent(act, goal, council))

    is_done = code == 302 and who != "visitor"
    assert answer.status_code == code
    assert state(measure) == (DONE[act] if is_done else (False, 1, 0))


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("visitor", (False, False, False)),
        ("member", (False, False, False)),
        ("officer", (False, False, False)),
        ("council", (False, False, True)),
        ("division", (True, True, True)),
    ],
)
def test_the_page_offers_what_a_person_may_do(who, shown, measure, people, client):
    if who != "visitor":
        client.force_login(people[who])

    html = client.get(url("measure", measure)).text

    assert tuple(words in html for words in ("重点施策にする", "（再掲）", "委員会の評価を書く")) == shown


@pytest.mark.parametrize(
    ("act", "change", "why"),
    [
        ("measure-relist", {"relist-heading": ""}, "見出しを選んでください。"),
        ("measure-relist", {"relist-heading": "own"}, "この見出しの下には、もう載っています。"),
        ("measure-relist", {"relist-heading": "99999"}, "一覧にある見出しを選んでください。"),
        ("measure-assess", {"assess-rating": " "}, "評価か意見のどちらかを書いてください。"),
        ("measure-assess", {"assess-year": "1999"}, "計画の年度から選んでください。"),
        ("measure-assess", {"assess-committee": "99999"}, "一覧にある委員会を選んでください。"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_changes(act, change, why, measure, goal, council, people, client):
    client.force_login(people["division"])
    typed = {name: measure.heading_id if value == "own" else value for name, value in change.items()}

    answer = client.post(url(act, measure), {**sent(act, goal, council), **typed})

    assert answer.status_code == 422
    assert why in answer.text
    assert state(measure) == (False, 1, 0)


def test_a_member_of_a_committee_writes_for_no_other(measure, goal, people, client):
    other = make.group("べつの会議")
    Committee.objects.create(party=other, purpose="ほかのこと")
    client.force_login(people["council"])

    answer = client.post(url("measure-assess", measure), sent("measure-assess", goal, other))

    assert answer.status_code == 422
    assert state(measure) == (False, 1, 0)


def test_a_priority_is_taken_back(measure, people, client):
    client.force_login(people["division"])
    client.post(url("measure-priority", measure), {"is_priority": "yes"})

    answer = client.post(url("measure-priority", measure), {"is_priority": "no"}, follow=True)

    assert "重点施策から外しました。" in answer.text
    assert state(measure) == (False, 1, 0)


def test_another_citys_measure_is_not_there(people, client, city):
    with scope(make.city("aono", name="青野市", code="139999")):
        make.rulebook()
        theirs = make.measure(make.plan())
    client.force_login(people["division"])

    for act in CODES:
        assert client.post(url(act, theirs), {"is_priority": "yes"}).status_code == 404
