"""Pages of evaluations: who opens what, the story over HTTP, and what a stranger does not reach."""

import pytest
from django.urls import reverse

from tests import make
from tests.evaluations.conftest import CITY, CIVIC
from tomoni.evaluations import services
from tomoni.evaluations.models import Evaluation
from tomoni.evaluations.picture import Mark, picture
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.tenants.scope import scope


def url(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


def enter(client, name):
    client.force_login(User.objects.get(email=f"{name}@midorino.example"))
    return client


# Written by hand: page x who -> code. 302 asks a visitor to sign in.
ANSWERING = {
    "evaluations": {"visitor": 200, "hanako": 200, "taro": 200, "yoso": 200, "kyodo": 200, "ryoko": 200},
    "evaluation": {"visitor": 404, "hanako": 200, "taro": 200, "yoso": 404, "kyodo": 200, "ryoko": 404},
    "evaluation-answer": {"visitor": 302, "hanako": 200, "taro": 200, "yoso": 404, "kyodo": 403, "ryoko": 403},
}
AGREED = {
    "evaluation": {"visitor": 404, "hanako": 200, "taro": 200, "yoso": 404, "kyodo": 200, "ryoko": 200},
    "evaluation-answer": {"visitor": 302, "hanako": 403, "taro": 403, "yoso": 404, "kyodo": 403, "ryoko": 403},
}


@pytest.fixture
def people(division, council, seat):
    """Everybody named in the tables."""
    seat("yoso", Role.MEMBER, make.group("よその会"))


def _flat(table):
    return [(name, who, code) for name, row in table.items() for who, code in row.items()]


@pytest.mark.parametrize(("name", "who", "code"), _flat(ANSWERING))
def test_while_the_sides_answer_a_page_opens_for_whom_the_table_says(name, who, code, people, evaluation, client):
    if who != "visitor":
        enter(client, who)

    assert client.get(url(name, *([] if name == "evaluations" else [evaluation.pk]))).status_code == code


@pytest.mark.parametrize(("name", "who", "code"), _flat(AGREED))
def test_after_the_talk_a_page_opens_for_whom_the_table_says(name, who, code, people, agreed, client):
    if who != "visitor":
        enter(client, who)

    assert client.get(url(name, agreed.pk)).status_code == code


def test_another_citys_evaluation_is_not_there(agreed, division, client):
    services.publish(agreed, on=make.APRIL, by=division)
    other = make.city("aono", name="青野市", code="139999")
    with scope(other):
        make.rulebook()

    assert client.get(url("evaluation", agreed.pk)).status_code == 200
    assert client.get(reverse("evaluation", args=["aono", agreed.pk])).status_code == 404


def sheet(answers, **more):
    parts = {f"{key}-{part}": value for key, told in answers.items() for part, value in told.items()}
    return {**parts, **more}


def test_the_story_over_http(reported, people, client):
    enter(client, "hanako")
    assert "相互評価を始める" in client.get(url("project", reported.pk)).text
    where = client.post(url("evaluation-new", reported.pk)).url
    pk = Evaluation.objects.get().pk
    client.post(url("evaluation-answer", pk), sheet(CIVIC, hand_in="on"))
    early = client.post(url("evaluation-step", pk, "open"))
    enter(client, "taro")
    client.post(url("evaluation-answer", pk), sheet(CITY, hand_in="on"))
    client.post(url("evaluation-step", pk, "open"))
    opened = client.get(where).text
    client.post(url("evaluation-act", pk, "talk"), {"talk-talked_on": "2026-05-01", "talk-talk": "月に1回会う。"})
    client.post(
        url("evaluation-act", pk, "improvement"),
        {"improvement-text": "月に1回会う", "improvement-side": "city", "improvement-due": "2026-09-30"},
    )
    client.post(url("evaluation-step", pk, "agree"))
    enter(client, "ryoko")
    client.post(url("evaluation-step", pk, "opine"), {"note": "続けてください。"})
    enter(client, "kyodo")
    client.post(url("evaluation-step", pk, "publish"))
    enter(client, "taro")
    client.post(url("evaluation-act", pk, "done"), {"improvement": Evaluation.objects.get().improvements.get().pk})
    client.post(url("evaluation-step", pk, "follow_up"), {"note": "毎月会っています。"})
    client.logout()
    page = client.get(where).text

    assert early.status_code == 422
    assert "双方の評価がそろっていません" in early.text
    assert "困りごとを言えなかった" in opened
    assert Evaluation.objects.get().state == "followed_up"
    for told in ("月に1回会う", "続けてください。", "毎月会っています。", "に済み", "公表（1年後の確認済み）"):
        assert told in page
    assert "夜道の灯り" in client.get(url("evaluations")).text
    assert "この事業の相互評価を読む" in client.get(url("project", reported.pk)).text


def test_a_sheet_with_something_missing_comes_back_with_what_was_typed(evaluation, client):
    enter(client, "hanako")

    answer = client.post(
        url("evaluation-answer", evaluation.pk),
        sheet({**CIVIC, "smiles": {"mark": "0", "reason": ""}, "principle_joy": {"reason": "たのしい"}}, hand_in="on"),
    )

    assert answer.status_code == 422
    assert "低い評点には理由を書いてください。" in answer.text
    assert "評点を選んでください。" in answer.text
    assert "たのしい" in answer.text
    assert evaluation.answers.count() == 0


def test_scripts_in_text_stay_text(talking, member, client):
    services.note_talk(talking, talk="<script>alert(1)</script>", talked_on=make.APRIL, by=member)
    enter(client, "hanako")

    page = client.get(url("evaluation", talking.pk)).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_a_stranger_writes_nothing(talking, people, client):
    enter(client, "yoso")

    codes = [
        client.post(url("evaluation-act", talking.pk, "talk"), {"talk-talked_on": "2026-05-01", "talk-talk": "x"}),
        client.post(url("evaluation-step", talking.pk, "agree")),
        client.post(url("evaluation-new", talking.project_id)),
    ]

    assert [answer.status_code for answer in codes] == [404, 404, 403]
    talking.refresh_from_db()
    assert (talking.talk, talking.state) == ("", "talking")


def test_an_improvement_of_nowhere_and_an_act_of_nowhere_are_not_there(talking, client):
    enter(client, "hanako")

    for act, sent in (("drop", {"improvement": "x"}), ("done", {"improvement": "999"}), ("fly", {})):
        assert client.post(url("evaluation-act", talking.pk, act), sent).status_code == 404
    assert client.post(url("evaluation-step", talking.pk, "fly")).status_code == 404


def test_pages_need_as_many_queries_for_many_as_for_few(agreed, member, client, django_assert_max_num_queries):
    for n in range(30):
        agreed.improvements.create(text=f"改善{n}", side="civic", due=make.APRIL)
    enter(client, "hanako")

    with django_assert_max_num_queries(12):
        client.get(url("evaluations"))
    with django_assert_max_num_queries(20):
        client.get(url("evaluation", agreed.pk))


def test_the_picture_puts_each_mark_on_its_place():
    drawn = picture([Mark("目標", 1, 5, True), Mark("費用", 3, 3, False)], lowest=1, highest=5)

    assert [(row.civic, row.city, row.end, row.thick) for row in drawn.rows] == [
        (20.0, 340.0, 332.0, 4),
        (180.0, 180.0, 180.0, 2),
    ]
    assert drawn.ticks == ((20.0, 1), (100.0, 2), (180.0, 3), (260.0, 4), (340.0, 5))
    assert drawn.rows[1].y > drawn.rows[0].y
