"""The page of a form shows its points to watch to the side the reader works on."""

from __future__ import annotations

import pytest

from tests.rulebooks.pages.books import book_of_city
from tests.rulebooks.pages.reading import reads, words
from tomoni.parties.actor import NOBODY, Actor, Seat
from tomoni.parties.permissions import Role
from tomoni.rulebooks.readers import side_for

CIVIC, CITY, BOTH = "売上を記録します。", "場所を早く決めます。", "片付けまで一緒にします。"


@pytest.fixture
def town(founded):
    return founded("akarisato")


def current(page) -> str:
    """The label of the chosen side."""
    return page.content.decode().split('#notes" aria-current="page">')[1].split("<")[0]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?side=civic", ("団体の方へ", [CIVIC, BOTH])),
        ("?side=city", ("市の職員へ", [CITY, BOTH])),
        ("?side=both", ("どちらも", [CIVIC, CITY, BOTH])),
        ("", ("どちらも", [CIVIC, CITY, BOTH])),
        ("?side=elsewhere", ("どちらも", [CIVIC, CITY, BOTH])),
    ],
)
def test_a_visitor_chooses_the_side_and_is_shown_both_before(client, town, query, told):
    page = client.get(f"/akarisato/about/forms/market/{query}")

    assert (current(page), [note for note in (CIVIC, CITY, BOTH) if reads(page, note)]) == told


@pytest.mark.parametrize(
    ("role", "label"),
    [
        (Role.OFFICER, "市の職員へ"),
        (Role.DIVISION, "市の職員へ"),
        (Role.MEMBER, "団体の方へ"),
        (Role.RESIDENT, "どちらも"),
    ],
)
def test_people_at_work_are_shown_their_own_side_first(sign_in, town, role, label):
    page = sign_in(town, role).get("/akarisato/about/forms/market/")

    assert current(page) == label


def test_an_officer_can_still_read_the_other_side(sign_in, town):
    page = sign_in(town, Role.OFFICER).get("/akarisato/about/forms/market/?side=civic")

    assert current(page) == "団体の方へ"
    assert not reads(page, CITY)


def test_who_works_on_both_sides_is_shown_the_citys():
    seats = tuple(Seat(1, "", None, role) for role in (Role.MEMBER, Role.OFFICER))

    assert side_for(Actor(user=1, name="", seats=seats)) == "city"
    assert side_for(NOBODY) == "both"


def test_notes_for_both_alone_need_no_choice(client, founded):
    founded("fuchu")

    page = client.get("/fuchu/about/forms/cohosting/")

    assert "?side=" not in page.content.decode()
    assert reads(page, "どちらも気を付けること 企画の段階から話し合いを重ねます。")


@pytest.mark.parametrize("slug", ["higashikurume", "musashino"])
def test_a_city_without_points_to_watch_says_so(client, founded, slug):
    founded(slug)
    book = book_of_city(slug)

    for form in book.forms:
        page = client.get(f"/{slug}/about/forms/{form.key}/")
        assert reads(page, f"{book.source.title}には、留意点の記載がありません。")


def test_every_form_of_ama_has_points_for_each_side(client, founded):
    founded("ama")

    for form in book_of_city("ama").forms:
        page = client.get(f"/ama/about/forms/{form.key}/?side=both")
        notes = (*form.notes.civic, *form.notes.city, *form.notes.both)
        assert [note for note in notes if not reads(page, note)] == []


def test_a_form_that_lives_in_two_zones_says_what_it_is_in_each(client, founded):
    founded("fuchu")

    page = client.get("/fuchu/about/forms/cooperation/")

    assert reads(page, "市民が主体となり、市が支援する領域 : 市民が主催する事業に、市が協力します。")
    assert reads(page, "市が主体となり、市民の協力により行う領域 : 市が主催する事業に、市民が協力します。")


def test_two_forms_stand_side_by_side_for_the_chosen_side(client, founded):
    founded("ama")

    page = client.get("/ama/about/forms/commission/?side=city&with=grant")

    text = words(page)
    table = text[text.index("事業委託と補助・助成") :]
    assert "下請けとして扱わず、対等な相手として位置付けます。" in table
    assert "多くの団体に機会があるように、十分に知らせます。" in table
    assert "補助だけに頼らず" not in table
    assert 'href="?side=civic&amp;with=grant#notes"' in page.content.decode()


@pytest.mark.parametrize("other", ["market", "nothing", ""])
def test_a_form_is_compared_with_another_one_only(client, town, other):
    page = client.get(f"/akarisato/about/forms/market/?with={other}")

    assert page.status_code == 200
    assert "<td data-label" not in page.content.decode()


def test_a_form_the_city_does_not_have_is_not_found(client, town):
    page = client.get("/akarisato/about/forms/cohosting/")

    assert page.status_code == 404
    assert reads(page, "この形態は、灯里市ともに歩む手引にありません。")


def test_the_table_says_which_form_lives_in_which_zone(client, town):
    page = client.get("/akarisato/about/forms/")

    assert reads(page, "市民がする （四の1） 道具の貸し出し （役場は道具だけを貸します。）")
    assert reads(page, "一緒にする （四の2） 共同の市 、 道具の貸し出し 、 頼まれごと 、 応援金")
    assert reads(page, "役場がする （四の3） なし")


def test_the_picture_has_a_title_and_says_in_words_what_it_shows(client, town):
    page = client.get("/akarisato/about/forms/").content.decode()

    told = "市民がする: 道具の貸し出し。一緒にする: 共同の市、道具の貸し出し、頼まれごと、応援金。役場がする: なし。"
    assert page.count('role="img" aria-labelledby="spectrum-') == 2
    assert page.count(f'-desc">{told}</desc>') == 2
    assert page.count('-title">手つなぎの領域と形態</title>') == 2


def test_a_city_without_zones_has_no_picture(client, founded):
    founded("musashino")

    assert '<svg class="spectrum' not in client.get("/musashino/about/forms/").content.decode()


def test_a_city_that_does_not_place_its_forms_says_so(client, founded):
    founded("higashikurume")

    page = client.get("/higashikurume/about/forms/")

    assert reads(page, "どの形態がどの領域に当たるかは、協働の指針（平成29年10月改訂）リーフレットに書かれていません。")
    assert page.content.decode().count('class="zone ') == 6
    assert 'class="chip"' not in page.content.decode()
