"""A listing begun from an enquiry: its words are carried over, who asked is not, and the thread knows."""

import pytest
from django.urls import reverse

from tests import make
from tomoni.consultations.asker import new_token
from tomoni.consultations.services import Enquiry, receive
from tomoni.history.models import Event
from tomoni.matching import services
from tomoni.matching.models import Listing
from tomoni.parties.models import User
from tomoni.portal.thread import thread_of

BODY = "通学路が暗くてこわいです。見守ってくれる人はいませんか。見本花子です。"


@pytest.fixture
def enquiry(coordinator):
    asked = Enquiry(body=BODY, channel="phone", asker_name="見本 花子", asker_contact="042-000-0000")
    return receive(asked, token=new_token(), at=make.NOON, by=coordinator)


@pytest.fixture
def browser(coordinator, client):
    client.force_login(User.objects.get(pk=coordinator.user))
    return client


def address(enquiry):
    return reverse("listing-new", args=["midorino"]) + f"?consultation={enquiry.pk}"


def sent(**words):
    given = {"kind": "issue", "category": "people", "title": "通学路が暗い", "text": "見守る人をさがしています。"}
    return {"party": make.group("市民活動センター").pk, **given, **words}


def test_the_desk_page_leads_to_a_listing_with_the_words_carried_over(enquiry, browser):
    assert address(enquiry) in browser.get(enquiry.get_absolute_url()).text

    page = browser.get(address(enquiry)).text

    assert f'value="{enquiry.title}"' in page
    assert BODY in page
    assert f"相談 {enquiry.number} の文を写しています。" in page


def test_what_still_tells_who_asked_is_refused_and_what_was_typed_stays(enquiry, browser):
    for words in ("見本花子さんから。", "電話は042-000-0000です。"):
        answer = browser.post(address(enquiry), sent(text=words))

        assert answer.status_code == 422
        assert "消してから載せてください。" in answer.text
        assert words in answer.text
    assert Listing.objects.count() == 0


def test_what_was_posted_stands_on_the_desk_page_and_in_its_history(enquiry, browser):
    browser.post(address(enquiry), sent())

    posted = Listing.objects.get()
    assert posted.consultation_id == enquiry.pk
    page = browser.get(enquiry.get_absolute_url()).text
    assert posted.get_absolute_url() in page
    assert "掲示板に載せました" in page
    assert Event.objects.filter(verb="post_listing", subject_id=enquiry.pk, note="通学路が暗い").count() == 1


def test_the_thread_leads_from_the_introduction_back_to_the_enquiry(enquiry, browser, farm, coordinator):
    browser.post(address(enquiry), sent())
    help_offered = Listing(party=make.group("畑の会"), kind="offer", category="people", title="見守ります")
    offer = services.post(help_offered, at=make.NOON, by=farm)
    met = services.introduce(Listing.objects.get(kind="issue"), offer, reason="合います", at=make.NOON, by=coordinator)

    first, second, *_rest = thread_of(met, actor=coordinator)
    assert (first.label, first.url, second.word) == ("相談", enquiry.get_absolute_url(), "いまここ")
    first, second, *_rest = thread_of(enquiry, actor=coordinator)
    assert (first.word, second.label, second.url) == ("いまここ", "紹介", met.get_absolute_url())


def test_without_an_enquiry_the_thread_begins_with_the_public_listing(introduction, coordinator):
    first, *_rest = thread_of(introduction, actor=coordinator)

    assert (first.label, first.word, first.url) == (
        "してほしい・探している",
        "済み",
        introduction.wish.get_absolute_url(),
    )


def test_an_enquiry_that_is_not_there_and_one_a_member_may_not_read(enquiry, farm, browser):
    for key in ("0", "x", "９", "9" * 30):
        assert browser.get(reverse("listing-new", args=["midorino"]) + f"?consultation={key}").status_code == 404
    browser.force_login(User.objects.get(pk=farm.user))
    assert browser.get(address(enquiry)).status_code == 404
