"""Pages of recommendations: who writes and who answers, and what everybody reads."""

import pytest
from django.urls import reverse

from tests import make
from tomoni.committees.models import Committee, Meeting
from tomoni.parties.actor import program
from tomoni.plans.services import assess
from tomoni.promises.models import Answer, Recommendation, Response
from tomoni.promises.services import answer, recommend

BY = program("test")


@pytest.fixture
def advice(measure, council):
    return recommend(measure, committee=council, year=2019, text="点検の結果も知らせてください。", by=BY)


def url(name, *args):
    return reverse(name, args=["midorino", *args])


def enter(client, people, who):
    if who != "visitor":
        client.force_login(people[who][0])


def wanted(council, **values):
    return {"committee": council.pk, "about": "plan", "year": 2020, "text": "急いでください。", "source": "", **values}


SAID = {"year": 2019, "answer": "adopted", "reason": "広報紙に載せます。"}
# Written by hand: page x who -> code.
PAGES = {
    "list": {"visitor": 200, "member": 200, "officer": 200, "other": 200, "council": 200, "division": 200},
    "one": {"visitor": 200, "member": 200, "officer": 200, "other": 200, "council": 200, "division": 200},
    "new": {"visitor": 302, "member": 403, "officer": 403, "other": 403, "council": 200, "division": 200},
    "writing": {"visitor": 302, "member": 403, "officer": 403, "other": 403, "council": 302, "division": 302},
    "answering": {"visitor": 302, "member": 403, "officer": 302, "other": 403, "council": 403, "division": 302},
}


@pytest.mark.parametrize(("name", "who", "code"), [(p, w, c) for p, row in PAGES.items() for w, c in row.items()])
def test_a_page_opens_for_whom_the_table_says(name, who, code, plan, line, advice, council, people, client):
    enter(client, people, who)

    answered = {
        "list": lambda: client.get(url("recommendations", plan.pk)),
        "one": lambda: client.get(url("recommendation", plan.pk, advice.pk)),
        "new": lambda: client.get(url("recommendation-new", plan.pk)),
        "writing": lambda: client.post(url("recommendation-new", plan.pk), wanted(council)),
        "answering": lambda: client.post(url("recommendation-answer", plan.pk, advice.pk), SAID),
    }[name]()

    is_done = code == 302 and who != "visitor"
    assert answered.status_code == code
    assert Recommendation.objects.count() == 1 + (is_done and name == "writing")
    assert Response.objects.count() == int(is_done and name == "answering")


@pytest.mark.parametrize(
    ("who", "answers"), [("visitor", False), ("officer", True), ("other", False), ("council", False)]
)
def test_only_who_answers_finds_the_form(who, answers, plan, line, advice, people, client):
    enter(client, people, who)

    html = client.get(url("recommendation", plan.pk, advice.pk)).text

    assert ("対応を記録する" in html) is answers
    assert "点検の結果も知らせてください。" in html


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"text": " "}, "意見の内容を書いてください。"),
        ({"about": "measure:999"}, "一覧にあるものを選んでください。"),
        ({"year": 1990}, "一覧にあるものを選んでください。"),
        ({"committee": 999}, "一覧にあるものを選んでください。"),
        ({"source": "meeting:999"}, "一覧にあるものを選んでください。"),
    ],
)
def test_what_is_in_the_way_of_a_recommendation_is_said(sent, why, plan, measure, council, people, client):
    client.force_login(people["council"][0])

    answered = client.post(url("recommendation-new", plan.pk), wanted(council, **sent))

    assert (answered.status_code, Recommendation.objects.count()) == (422, 0)
    assert why in answered.text


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"answer": ""}, "対応を選んでください。"),
        ({"reason": ""}, "どう対応するか、またはその理由を書いてください。"),
        ({"year": 2018}, "一覧にある年度を選んでください。"),
    ],
)
def test_what_is_in_the_way_of_an_answer_is_said(sent, why, plan, line, advice, people, client):
    client.force_login(people["officer"][0])

    answered = client.post(url("recommendation-answer", plan.pk, advice.pk), {**SAID, **sent})

    assert (answered.status_code, Response.objects.count()) == (422, 0)
    assert why in answered.text


def test_the_opinion_of_an_assessment_becomes_a_recommendation(plan, measure, council, people, client):
    said = assess(measure, committee=council, year=2020, opinion="点検の結果を公表すること。", by=BY)
    client.force_login(people["council"][0])
    page = client.get(url("measure", plan.pk, measure.pk)).text
    there = url("recommendation-new", plan.pk) + f"?assessment={said.pk}"

    html = client.get(there).text
    sent = wanted(council, about=f"measure:{measure.pk}", text=said.opinion, assessment=said.pk)
    client.post(there, sent)

    made = Recommendation.objects.get()
    assert there in page
    assert "点検の結果を公表すること。</textarea>" in html
    assert (made.measure, made.assessment, made.origin, made.year) == (measure, said, "assessment", 2020)
    assert there not in client.get(url("measure", plan.pk, measure.pk)).text


def test_a_recommendation_names_the_meeting_it_was_given_at(plan, council, people, client):
    body = Committee.objects.get(party=council)
    held = Meeting.objects.create(committee=body, held_on=make.APRIL, title="計画の中間の見直し")
    client.force_login(people["council"][0])

    client.post(url("recommendation-new", plan.pk), wanted(council, source=f"meeting:{held.pk}"))

    made = Recommendation.objects.get()
    assert (made.origin, made.meeting, made.measure, made.heading) == ("meeting", held, None, None)
    assert "計画の中間の見直し" in client.get(made.get_absolute_url()).text


def test_the_measure_and_the_heading_show_what_was_asked_of_them(plan, measure, advice, council, client):
    recommend(measure.heading, committee=council, year=2020, text="柱ごとに目標を置いてください。", by=BY)
    answer(advice, year=2019, answer=Answer.ADOPTED, reason="広報紙に載せます。", at=make.NOON, by=BY)

    of_measure = client.get(url("measure", plan.pk, measure.pk)).text
    of_heading = client.get(url("plan-heading", plan.pk, measure.heading_id)).text

    assert ("点検の結果も知らせてください。" in of_measure, "採り入れて取組中" in of_measure) == (True, True)
    assert ("柱ごとに目標を置いてください。" in of_heading, "回答待ち" in of_heading) == (True, True)
    assert "意見を書く" not in of_measure


def test_the_list_is_narrowed_by_where_each_stands(plan, advice, council, client):
    recommend(plan, committee=council, year=2020, text="重なる取組をまとめてください。", by=BY)
    answer(advice, year=2019, answer=Answer.DECLINED, reason="費用が見込めません。", at=make.NOON, by=BY)

    def found(query):
        html = client.get(url("recommendations", plan.pk) + query).text
        return "点検の結果も" in html, "重なる取組を" in html

    assert found("") == (True, True)
    assert found("?standing=declined") == (True, False)
    assert found("?standing=unanswered") == (False, True)
    assert found("?standing=nonsense") == (True, True)


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    plan, council, people, client, django_assert_max_num_queries
):
    for n in range(24):
        made = recommend(plan, committee=council, year=2019, text=f"意見その{n}", by=BY)
        answer(made, year=2019, answer=Answer.ADOPTED, reason="載せます。", at=make.NOON, by=people["division"][2])
    client.force_login(people["officer"][0])

    with django_assert_max_num_queries(9):
        html = client.get(url("recommendations", plan.pk)).text

    assert html.count("意見その") == 20
