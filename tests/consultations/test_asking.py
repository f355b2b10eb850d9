"""The public form: no account, few fields, sent twice is once, too often is told to wait, and nobody chooses a token."""

from __future__ import annotations

import re

import pytest
from django.core import mail, signing
from django.test import Client

from tests.consultations.conftest import BODY
from tomoni.consultations import limits
from tomoni.consultations.asker import fingerprint
from tomoni.consultations.models import Channel, Consultation
from tomoni.kernel.clock import today

ASK = "/midorino/ask/"


def ticket_in(page: str) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found
    return found[1]


def ask(client: Client, **typed: str) -> str:
    """Open the form, fill it in, send it; the address the browser is led to."""
    ticket = ticket_in(client.get(ASK).content.decode())
    response = client.post(ASK, {"body": BODY, "ticket": ticket, **typed})
    assert response.status_code == 302
    return str(response["Location"])


def test_anybody_asks_with_nothing_but_the_matter(people, client):
    address = ask(client)

    kept = Consultation.objects.get()
    assert (kept.body, kept.channel, kept.state, kept.asker_name) == (BODY, "web", "received", "")
    assert kept.link_hash == fingerprint(address.split("/")[-2])


def test_the_private_address_is_pointed_out_once(people, client):
    address = ask(client)

    first, second = client.get(address).content.decode(), client.get(address).content.decode()

    assert f"http://testserver{address}" in first
    assert "このアドレスを控えてください" in first
    assert "このアドレスを控えてください" not in second
    assert "受け付けました" in second
    assert "このアドレスを控えてください" not in Client().get(address).content.decode()


def test_the_private_address_is_mailed_to_those_who_gave_one(people, client):
    address = ask(client, asker_mail="hanae@himitsu.example")

    letters = [letter for letter in mail.outbox if letter.to == ["hanae@himitsu.example"]]
    assert len(letters) == 1
    assert address in letters[0].body
    assert "メールでも送りました" in client.get(address).content.decode()


def test_a_mail_that_could_not_leave_is_said(people, client, settings):
    settings.EMAIL_BACKEND = "tests.consultations.silent_mail.Silent"

    address = ask(client, asker_mail="hanae@himitsu.example")

    assert "メールを送れませんでした" in client.get(address).content.decode()
    assert Consultation.objects.count() == 1


def test_the_same_form_sent_twice_leads_to_the_same_page(people, client):
    ticket = ticket_in(client.get(ASK).content.decode())

    led = {client.post(ASK, {"body": BODY, "ticket": ticket})["Location"] for _again in range(2)}

    assert len(led) == 1
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize(
    "ticket", ["", "chosen", signing.dumps("a" * 22, salt="another form")], ids=["empty", "chosen", "another_form"]
)
def test_a_token_somebody_chose_is_never_used(people, client, ticket):
    address = client.post(ASK, {"body": BODY, "ticket": ticket})["Location"]

    assert address.split("/")[-2] not in {"", "chosen", "a" * 22}
    assert client.get(address).status_code == 200


def test_what_was_typed_stays_when_something_is_missing(people, client):
    response = client.post(ASK, {"body": " ", "asker_name": "架空 花江", "asker_mail": "no address"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "架空 花江" in page
    assert "書いてください。" in page
    assert Consultation.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "text"),
    [("body", "あ" * 4001), ("asker_name", "あ" * 101), ("asker_contact", "0" * 201), ("theme", "nothing")],
)
def test_what_is_too_long_or_unknown_is_refused(people, client, field, text):
    response = client.post(ASK, {"body": BODY, field: text})

    assert response.status_code == 422
    assert Consultation.objects.count() == 0


def test_who_sends_too_often_is_asked_to_wait_and_loses_nothing(people, client):
    for _time in range(limits.MOST_AT_ONCE):
        ask(client)

    response = client.post(ASK, {"body": "4つめの相談です"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "少し時間を置いてください" in page
    assert "4つめの相談です" in page
    assert Consultation.objects.count() == limits.MOST_AT_ONCE
    assert Client().post(ASK, {"body": "ほかの人の相談です"}).status_code == 302


def test_a_machine_that_floods_the_form_is_stopped_for_the_day(people, enquiry_at, client, monkeypatch):
    monkeypatch.setattr(limits, "MOST_A_DAY", 1)
    ask(client)

    response = Client().post(ASK, {"body": BODY})

    assert response.status_code == 422
    assert "電話か窓口で相談するか" in response.content.decode()
    assert Consultation.objects.filter(channel=Channel.WEB, begun_on=today()).count() == 1


def test_a_member_who_is_signed_in_asks_for_their_group(people, browser_of):
    ask(browser_of("member"))

    asker = Consultation.objects.get().asker
    assert asker is not None
    assert asker.name == "あかりの会"


def test_excluded_activity_is_named_and_the_form_still_takes_it(people, client):
    page = client.get(ASK).content.decode()

    assert "販売だけの活動" in page
    assert "相談はできます" in page
    ask(client, body="売るだけの会を開きたいです。")
    assert Consultation.objects.get().state == "received"


def test_a_city_without_a_rulebook_has_no_desk(db, client):
    from tests import make

    make.city("karappo", name="からっぽ市", code="139997")

    assert client.get("/karappo/ask/").status_code == 404
    assert client.get("/karappo/questions/").status_code == 404


def test_a_scripted_sender_without_our_cookie_is_refused(people):
    assert Client(enforce_csrf_checks=True).post(ASK, {"body": BODY}).status_code == 403
    assert Consultation.objects.count() == 0
