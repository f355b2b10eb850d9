"""Pages of the board: who opens what, what they read, and how the story goes over HTTP."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import make
from tomoni.consultations.asker import new_token
from tomoni.consultations.services import Enquiry, receive
from tomoni.matching.models import Introduction, Listing
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.tenants.scope import scope


def url(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


# Written by hand: page x who -> code. 302 asks a visitor to sign in; 404 is what one may not see.
CODES = {
    "board": {"visitor": 200, "member": 200, "coordinator": 200, "resident": 200, "stranger": 200},
    "listing": {"visitor": 200, "member": 200, "coordinator": 200, "resident": 200, "stranger": 200},
    "listing-new": {"visitor": 302, "member": 200, "coordinator": 200, "resident": 403, "stranger": 200},
    "listing-edit": {"visitor": 302, "member": 200, "coordinator": 403, "resident": 403, "stranger": 403},
    "introductions": {"visitor": 302, "member": 200, "coordinator": 200, "resident": 403, "stranger": 200},
    "introduction": {"visitor": 302, "member": 200, "coordinator": 200, "resident": 403, "stranger": 404},
    "introduction-new": {"visitor": 302, "member": 200, "coordinator": 200, "resident": 403, "stranger": 200},
}


@pytest.mark.parametrize(("name", "who", "code"), [(n, w, c) for n, row in CODES.items() for w, c in row.items()])
def test_a_page_opens_for_whom_the_table_says(name, who, code, introduction, wish, seat, client):
    people = {
        "member": lambda: User.objects.get(email="hanako@midorino.example"),
        "coordinator": lambda: User.objects.get(email="tsunagi@midorino.example"),
        "resident": lambda: seat("jumin", Role.RESIDENT, make.group("住民"))[0],
        "stranger": lambda: seat("yoso", Role.MEMBER, make.group("よその会"))[0],
    }
    if who != "visitor":
        client.force_login(people[who]())
    keys = {"listing": [wish.pk], "listing-edit": [wish.pk], "introduction": [introduction.pk]}

    assert client.get(url(name, *keys.get(name, []))).status_code == code


def test_another_citys_listing_is_not_there(wish, client):
    other = make.city("aomori-no", name="青野市", code="139999")
    with scope(other):
        make.rulebook()

    assert client.get(reverse("listing", args=["aomori-no", wish.pk])).status_code == 404


def test_the_board_shows_what_is_open_and_finds_two_letters(wish, offer, client):
    assert client.get(url("board"), {"q": "野菜"}).context["found"].paginator.count == 2
    assert client.get(url("board"), {"q": "防災"}).context["found"].paginator.count == 0
    assert client.get(url("board"), {"kind": "offer"}).context["found"].paginator.count == 1
    assert "当てはまる掲示はありません" in client.get(url("board"), {"q": "防災"}).text


def test_a_listing_says_who_may_fit_and_why_or_that_nothing_fits(wish, client):
    assert "いまは合うものがありません" in client.get(url("listing", wish.pk)).text


def test_scripts_in_a_listing_are_shown_as_text(canteen, client):
    client.force_login(User.objects.get())
    typed = {
        "party": make.group("食堂の会").pk,
        "kind": "wish",
        "category": "goods",
        "title": "<script>alert(1)</script>",
    }

    client.post(url("listing-new"), typed)

    assert "<script>alert" not in client.get(url("board")).text
    assert "&lt;script&gt;alert(1)" in client.get(url("board")).text


def test_what_is_wrong_stays_in_the_form(canteen, client):
    client.force_login(User.objects.get())
    typed = {"party": make.group("食堂の会").pk, "kind": "wish", "category": "goods", "title": "机"}

    answer = client.post(url("listing-new"), {**typed, "starts": "2026-05-02", "ends": "2026-05-01"})

    assert answer.status_code == 422
    assert "終わりの日は、始まりの日より後にしてください。" in answer.text
    assert Listing.objects.count() == 0


def test_nobody_posts_for_a_group_of_others(farm, client):
    client.force_login(User.objects.get())
    typed = {"party": make.group("食堂の会").pk, "kind": "wish", "category": "goods", "title": "机"}

    assert client.post(url("listing-new"), typed).status_code == 422
    assert Listing.objects.count() == 0


def test_the_whole_story_over_http(wish, offer, coordinator, client):
    client.force_login(User.objects.get(email="tsunagi@midorino.example"))
    client.post(url("introduction-new"), {"seeking": wish.pk, "giving": offer.pk, "reason": "野菜つながりです"})
    made = Introduction.objects.get()
    for name in ("hanako", "taro"):
        client.force_login(User.objects.get(email=f"{name}@midorino.example"))
        client.post(url("introduction-step", made.pk, "accept"))
    client.post(url("introduction-step", made.pk, "record_outcome"), {"end-outcome": "毎月届けることになった"})

    page = client.get(url("introduction", made.pk)).text

    made.refresh_from_db()
    assert made.state == "concluded"
    assert "毎月届けることになった" in page
    assert "この手続きは終わっています" in page


def test_a_second_click_is_told_and_changes_nothing(introduction, canteen, client):
    client.force_login(User.objects.get(email="hanako@midorino.example"))
    client.post(url("introduction-step", introduction.pk, "accept"))

    again = client.post(url("introduction-step", introduction.pk, "accept"))

    assert again.status_code == 422
    assert "すでに承諾しています" in again.text


def test_lists_need_as_many_queries_for_many_as_for_few(wish, canteen, client, django_assert_max_num_queries):
    Listing.objects.bulk_create(
        Listing(
            party=wish.party, kind="wish", category="goods", title=f"机{n}", posted_on=make.APRIL, touched_at=make.NOON
        )
        for n in range(60)
    )

    with django_assert_max_num_queries(12):
        assert client.get(url("board")).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(url("listing", wish.pk)).status_code == 200


def test_an_enquiry_leads_to_an_introduction_and_the_introduction_to_the_programmes(seat, wish, offer, client):
    coordinator, _, actor = seat("tsunagi", Role.COORDINATOR, make.group("市民活動センター"))
    told = Enquiry(body="野菜を分けてくれる人を探しています。", channel="phone")
    enquiry = receive(told, token=new_token(), at=make.NOON, by=actor)
    client.force_login(coordinator)
    way = f"{url('introduction-new')}?consultation={enquiry.pk}"

    assert f'href="{way}"' in client.get(url("consultation", enquiry.pk)).text
    assert f'<option value="{enquiry.pk}" selected>相談 {enquiry.number}</option>' in client.get(way).text
    sent = {"seeking": wish.pk, "giving": offer.pk, "reason": "どちらも野菜の話です。", "consultation": enquiry.pk}
    client.post(way, sent)

    made = Introduction.objects.get()
    assert made.consultation == enquiry
    assert f'href="{made.get_absolute_url()}"' in client.get(url("consultation", enquiry.pk)).text
    Introduction.objects.update(state="accepted", accepted_by_one_at=make.NOON, accepted_by_other_at=make.NOON)
    assert "提案の募集を見る" not in client.get(made.get_absolute_url()).text
    client.force_login(User.objects.get(email="hanako@midorino.example"))
    assert "提案の募集を見る" in client.get(made.get_absolute_url()).text


def test_a_member_names_no_enquiry_of_others(seat, wish, offer, client):
    actor = seat("tsunagi", Role.COORDINATOR, make.group("市民活動センター"))[2]
    enquiry = receive(Enquiry(body="ひみつの相談です。", channel="phone"), token=new_token(), at=make.NOON, by=actor)
    client.force_login(User.objects.get(email="hanako@midorino.example"))

    assert "きっかけになった相談" not in client.get(f"{url('introduction-new')}?consultation={enquiry.pk}").text
    sent = {"seeking": wish.pk, "giving": offer.pk, "reason": "野菜の話です。", "consultation": enquiry.pk}
    client.post(url("introduction-new"), sent)

    assert Introduction.objects.get().consultation is None


def test_who_acts_for_one_party_need_not_choose_it(canteen, client):
    client.force_login(User.objects.get(pk=canteen.user))

    page = client.get(url("listing-new")).text

    assert f'<option value="{make.group("食堂の会").pk}" selected>食堂の会</option>' in page


@pytest.mark.parametrize("name", ["search", "feed", "home", "board", "turn"])
def test_what_two_agreed_on_is_for_the_two_alone(name, introduction, seat, client):
    Introduction.objects.update(reason="ひみつの理由", outcome="ひみつの結果")
    client.force_login(seat("yoso", Role.MEMBER, make.group("よその会"))[0])

    assert "ひみつの" not in client.get(url(name), {"q": "ひみ"}).text.replace('value="ひみ"', "")


def test_a_listing_of_another_city_is_nobody_to_be_introduced_to(wish, offer, client):
    other = make.city("aono", name="青野市", code="139999")
    with scope(other):
        theirs = Listing.objects.create(
            party=make.group("よそ"), kind="offer", category="goods", title="よその野菜",
            posted_on=make.APRIL, touched_at=make.NOON,
        )  # fmt: skip
    client.force_login(User.objects.get(email="hanako@midorino.example"))

    answer = client.post(url("introduction-new"), {"seeking": wish.pk, "giving": theirs.pk, "reason": "野菜です。"})

    assert answer.status_code == 422
    assert "よその野菜" not in answer.text
    assert not Introduction.objects.exists()


def test_a_field_is_named_in_the_words_of_the_rulebook(wish, offer, client):
    field = make.book().fields[0]
    Listing.objects.update(field=field.key, touched_at=make.NOON + timedelta(minutes=7))

    page = client.get(url("listing", wish.pk)).text

    assert f"分野が同じです（{field.label}）。" in page
    assert f"（{field.key}）" not in page
