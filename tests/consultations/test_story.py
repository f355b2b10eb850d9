"""A whole enquiry over HTTP in three voices: somebody asks, the desk passes it on, a department answers, the asker writes back."""

from __future__ import annotations

from django.test import Client

from tests.consultations.test_asking import ask
from tomoni.consultations.models import Consultation
from tomoni.history.models import Event


def step(browser: Client, name: str, **typed: object) -> str:
    """Send the form of a step; the page the browser is led to."""
    pk = Consultation.objects.get().pk
    data = {f"{name}-{field}": value for field, value in typed.items()}
    response = browser.post(f"/midorino/desk/{pk}/steps/{name}/", data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_from_the_web_form_to_a_public_question(people, roads, browser_of):
    visitor, desk, department = Client(), browser_of("coordinator"), browser_of("officer")
    address = ask(visitor, theme="road", asker_name="架空 花江")

    assert "あなたの番（1）" in desk.get("/midorino/desk/").content.decode()
    assert "まだ回答はありません。" in visitor.get(address).content.decode()

    pk = Consultation.objects.get().pk
    offered = desk.get(f"/midorino/desk/{pk}/").content.decode()
    assert f'<option value="{roads.pk}" selected>道路課</option>' in offered
    step(desk, "assign", party=roads.pk, note="お願いします")
    assert "あなたの番（1）" in department.get("/midorino/desk/?mine=1").content.decode()

    assert "いまは 道路課 の番です" in desk.get(f"/midorino/desk/{pk}/").content.decode()
    step(department, "answer", text="道具は貸せます。")
    assert "道具は貸せます。" in visitor.get(address).content.decode()

    back = visitor.post(address, {"text": "軍手も借りられますか"}, follow=True).content.decode()
    assert "軍手も借りられますか" in back
    assert "続きを受け付けました。" in back
    step(department, "answer", text="軍手もあります。")
    step(department, "close", outcome="informed", note="貸し出した")

    ended = visitor.get(address).content.decode()
    assert "終わりました" in ended
    assert ended.index("道具は貸せます。") < ended.index("軍手も借りられますか") < ended.index("軍手もあります。")
    assert "貸し出した" not in ended
    assert [event.verb for event in Event.objects.order_by("pk")] == [
        "put_in_force",
        "begin",
        "assign",
        "answer",
        "reopen",
        "answer",
        "close",
    ]


def test_a_phone_call_is_noted_in_one_form_and_goes_to_the_party_of_the_table(people, roads, browser_of):
    desk = browser_of("coordinator")
    called = {"body": "道に穴があります。", "theme": "road", "channel": "phone", "hand_to": "route"}

    page = desk.post("/midorino/desk/new/", called, follow=True).content.decode()

    case = Consultation.objects.get()
    assert (case.channel, case.assigned_to, case.state) == ("phone", roads, "with_desk")
    assert "を記録しました。" in page


def test_a_theme_that_leads_nowhere_is_said_and_a_person_chooses(people, browser_of):
    called = {"body": "どこの仕事か分かりません。", "theme": "lost", "channel": "visit", "hand_to": "route"}

    page = browser_of("coordinator").post("/midorino/desk/new/", called, follow=True).content.decode()

    assert "テーマの表にある担当が登録されていません。" in page
    assert Consultation.objects.get().state == "received"


def test_what_was_answered_on_the_phone_is_done_at_once(people, browser_of, centre):
    called = {
        "body": "窓口は何時までですか。",
        "theme": "start",
        "channel": "phone",
        "hand_to": "route",
        "answer": "5時です。",
    }

    browser_of("coordinator").post("/midorino/desk/new/", called)

    case = Consultation.objects.get()
    assert (case.state, case.assigned_to, case.answer) == ("answered", centre, "5時です。")


def test_an_exclusion_without_a_reason_comes_back_with_all_that_was_typed(people, browser_of):
    called = {"body": "売ります。", "theme": "start", "channel": "phone", "hand_to": "later", "excluded_as": "sales"}

    response = browser_of("coordinator").post("/midorino/desk/new/", called)

    page = response.content.decode()
    assert response.status_code == 422
    assert "売ります。" in page
    assert "協働の対象外とした理由を書いてください。" in page
    assert Consultation.objects.count() == 0


def test_the_exclusion_and_its_reason_stand_on_the_askers_page(people, enquiry_at, browser_of, client):
    from tests.consultations.conftest import TOKEN

    pk = enquiry_at("with_desk").pk
    browser = browser_of("officer")
    wanting = browser.post(f"/midorino/desk/{pk}/sort/", {"sort-theme": "road", "sort-excluded_as": "sales"})
    assert wanting.status_code == 422

    told = {"sort-theme": "road", "sort-excluded_as": "sales", "sort-excluded_reason": "売るだけの会のためです。"}
    assert browser.post(f"/midorino/desk/{pk}/sort/", told).status_code == 302

    page = client.get(f"/midorino/asked/{TOKEN}/").content.decode()
    assert "協働の対象外: 販売だけの活動" in page
    assert "理由: 売るだけの会のためです。" in page


def test_what_was_typed_stays_when_somebody_else_was_faster(people, enquiry_at, browser_of):
    pk = enquiry_at("answered").pk

    response = browser_of("officer").post(f"/midorino/desk/{pk}/steps/answer/", {"answer-text": "長い答えです"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "ほかの方が先に進めた可能性があります" in page
    assert "長い答えです" in page


def test_a_step_that_does_not_exist_is_nowhere(people, enquiry_at, browser_of):
    pk = enquiry_at().pk

    assert browser_of("coordinator").post(f"/midorino/desk/{pk}/steps/fly/").status_code == 404
    assert browser_of("coordinator").get(f"/midorino/desk/{pk}/steps/assign/").status_code == 405


def test_a_new_private_address_is_shown_once_to_be_handed_over(people, enquiry_at, browser_of, client):
    pk = enquiry_at().pk

    page = browser_of("coordinator").post(f"/midorino/desk/{pk}/link/").content.decode()

    address = page.split('<p class="private-link">')[1].split("</p>")[0]
    assert client.get(address.removeprefix("http://testserver")).status_code == 200
    assert address not in browser_of("coordinator").get(f"/midorino/desk/{pk}/").content.decode()


def test_the_asker_sends_nothing_empty_and_nothing_while_it_is_being_answered(people, enquiry_at, client):
    from tests.consultations.conftest import TOKEN

    enquiry_at("with_desk")
    path = f"/midorino/asked/{TOKEN}/"

    waiting = client.post(path, {"text": "まだですか"})
    empty = client.post(path, {"text": " "})

    assert (waiting.status_code, empty.status_code) == (422, 422)
    assert Consultation.objects.get().exchanges.count() == 0
