"""The front door for people at work and for everybody: turns, one search, the feed, and the thread."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import make
from tomoni.consultations.asker import new_token
from tomoni.consultations.services import Enquiry, receive
from tomoni.kernel.clock import today
from tomoni.matching import services as board
from tomoni.matching.models import Listing
from tomoni.parties.permissions import Role
from tomoni.portal.thread import thread_of
from tomoni.proposals.models import Programme, Round
from tomoni.search.services import index
from tomoni.tenants.scope import scope


@pytest.fixture
def people(seat):
    """A coordinator and the members of two groups."""
    return {
        "centre": seat("tsunagi", Role.COORDINATOR, make.group("市民活動センター")),
        "canteen": seat("hanako", Role.MEMBER, make.group("食堂の会")),
        "farm": seat("taro", Role.MEMBER, make.group("畑の会")),
    }


@pytest.fixture
def enquiry(people):
    """What somebody asked at the desk."""
    return receive(
        Enquiry(body="野菜を分けてくれる人を探しています。", channel="phone"),
        token=new_token(),
        at=make.NOON,
        by=people["centre"][2],
    )


@pytest.fixture
def introduction(people, enquiry):
    """A wish and an offer, brought together because of that enquiry."""
    wish, offer = (
        board.post(
            Listing(party=people[who][1], kind=kind, category="goods", title=title), at=make.NOON, by=people[who][2]
        )
        for who, kind, title in [("canteen", "wish", "野菜がほしい"), ("farm", "offer", "野菜を譲ります")]
    )
    return board.introduce(wish, offer, reason="合います", at=make.NOON, by=people["centre"][2], consultation=enquiry)


def test_what_waits_for_a_person_is_gathered_on_one_page(introduction, people, client):
    client.force_login(people["canteen"][0])

    page = client.get(reverse("turn", args=["midorino"]))

    assert [(room.label, room.count, [c.title for c in room.cases]) for room in page.context["rooms"]] == [
        ("紹介", 1, ["食堂の会 と 畑の会"])
    ]
    assert "があなたの番になりました" in page.text


def test_nothing_waits_for_a_stranger(introduction, seat, client):
    user, _, _ = seat("yoso", Role.MEMBER, make.group("よその会"))
    client.force_login(user)

    assert "いま、あなたを待っていることはありません" in client.get(reverse("turn", args=["midorino"])).text


def test_a_visitor_is_asked_to_sign_in_before_seeing_turns(city, client):
    assert client.get(reverse("turn", args=["midorino"])).status_code == 302


def test_one_search_finds_what_is_public_and_nothing_of_the_desk(introduction, client):
    page = client.get(reverse("search", args=["midorino"]), {"q": "野菜"})

    assert [(entry.title, str(label)) for entry, label in page.context["found"]] == [
        ("野菜を譲ります", "課題と提供"),
        ("野菜がほしい", "課題と提供"),
    ]


@pytest.mark.parametrize("words", ["", "防災", "<script>", '" OR 1=1'])
def test_a_search_without_result_says_what_to_do(introduction, client, words):
    page = client.get(reverse("search", args=["midorino"]), {"q": words})

    assert page.status_code == 200
    assert list(page.context["found"]) == []
    assert "<script>" not in page.text.replace('<script type="module"', "")


def test_measures_of_public_plans_are_found(city, client):
    plan = make.plan(measures=3)
    title = plan.measures.order_by("position").first().title

    page = client.get(reverse("search", args=["midorino"]), {"q": title, "kind": "measure"})

    assert title in [entry.title.split(" ", 1)[-1] for entry, _label in page.context["found"]]


def test_the_feed_names_what_became_public_and_only_of_this_city(introduction, client):
    other = make.city("aono", name="青野市", code="139999")
    with scope(other):
        index(make.group("よそ"), kind="organisation", title="よその会", text="", url="/aono/")

    feed = client.get(reverse("feed", args=["midorino"]))

    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "野菜がほしい" in feed.text
    assert "よその会" not in feed.text


def test_the_thread_shows_each_stop_and_links_only_what_one_may_open(introduction, enquiry, people):
    at_work = thread_of(introduction, actor=people["centre"][2])
    member = thread_of(introduction, actor=people["canteen"][2])

    assert [(stop.label, stop.word) for stop in at_work] == [
        ("相談", "進行中"),
        ("紹介", "いまここ"),
        ("提案", "これから"),
        ("協定", "これから"),
        ("事業", "これから"),
        ("ふりかえり", "これから"),
        ("施策", "これから"),
    ]
    assert at_work[0].url == reverse("consultation", args=["midorino", enquiry.pk])
    assert member[0].url == ""


def test_a_case_that_stands_alone_shows_no_thread(enquiry, people):
    assert thread_of(enquiry, actor=people["centre"][2]) == []


def test_a_citys_home_tells_what_is_new_and_how_much_there_is(introduction, client, city):
    call = Round.objects.create(
        programme=Programme.objects.create(key="p", name="市民提案"),
        title="春の募集",
        opens=make.APRIL,
        closes=today() + timedelta(days=1),
    )

    page = client.get(reverse("home", args=["midorino"]))

    assert [(str(each.label), each.title) for each in page.context["news"]] == [
        ("提供・協力したい", "野菜を譲ります"),
        ("してほしい・探している", "野菜がほしい"),
        ("募集", "春の募集"),
    ]
    assert [(str(each["label"]), each["value"]) for each in page.context["numbers"]] == [
        ("してほしい・探している", 1),
        ("提供・協力したい", 1),
    ]
    assert page.context["calls"] == (call,)
    assert "食堂の会 と 畑の会" not in page.text


def test_a_home_with_nothing_yet_says_what_will_stand_there(city, client):
    page = client.get(reverse("home", args=["midorino"])).text

    assert "課題や提供、募集、協働事業が公開されると、ここに並びます。" in page
    assert "いま募集しているものはありません。" in page


def test_a_home_needs_as_many_queries_for_many_as_for_few(
    introduction, people, client, city, django_assert_max_num_queries
):
    for place in range(8):
        offer = Listing(party=people["farm"][1], kind="offer", category="goods", title=f"野菜その{place}")
        board.post(offer, at=make.NOON, by=people["farm"][2])
    client.get(reverse("home", args=["midorino"]))

    with django_assert_max_num_queries(14):
        client.get(reverse("home", args=["midorino"]))


# Written by hand: page x who -> code. 302 asks a visitor to sign in.
CODES = {
    "home": {"visitor": 200, "member": 200, "resident": 200, "division": 200},
    "search": {"visitor": 200, "member": 200, "resident": 200, "division": 200},
    "feed": {"visitor": 200, "member": 200, "resident": 200, "division": 200},
    "turn": {"visitor": 302, "member": 200, "resident": 200, "division": 200},
    "accessibility": {"visitor": 200, "member": 200, "resident": 200, "division": 200},
}


@pytest.mark.parametrize(("name", "who", "code"), [(n, w, c) for n, row in CODES.items() for w, c in row.items()])
def test_a_page_of_the_front_opens_for_whom_the_table_says(name, who, code, seat, client):
    if who != "visitor":
        client.force_login(seat("someone", Role(who))[0])

    assert client.get(reverse(name, args=["midorino"])).status_code == code
