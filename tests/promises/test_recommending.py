"""Committees recommend, the city answers year by year, and what is open comes along into the next request."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tomoni.cases.services import RulesBroken
from tomoni.history.selectors import story_of
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import NOBODY, program
from tomoni.plans.services import relist
from tomoni.promises.models import Answer, Recommendation, Response
from tomoni.promises.selectors import advice_of, open_for, recommendations_of
from tomoni.promises.services import answer, recommend

BY = program("test")


@pytest.fixture
def advice(measure, council):
    return recommend(measure, committee=council, year=2019, text="点検の結果も知らせてください。", by=BY)


def reply(advice, year=2019, what=Answer.ADOPTED, *, by=BY, reason="広報紙に載せます。"):
    return answer(advice, year=year, answer=what, reason=reason, at=make.NOON, by=by)


# Written by hand: who writes down a recommendation of 推進会議, and who answers one about a measure of 道路課.
MAY = {
    "officer": (False, True),
    "other": (False, False),
    "division": (True, True),
    "member": (False, False),
    "council": (True, False),
    "nobody": (False, False),
}


@pytest.mark.parametrize(("who", "may"), MAY.items())
def test_committee_and_division_recommend_department_and_division_answer(who, may, line, advice, council, people):
    actor = NOBODY if who == "nobody" else people[who][2]

    def tried(act):
        try:
            act()
        except NotAllowed:
            return False
        return True

    done = (
        tried(lambda: recommend(line.measure, committee=council, year=2019, text="急いでください。", by=actor)),
        tried(lambda: reply(advice, by=actor)),
    )

    assert done == may
    assert (Recommendation.objects.count(), Response.objects.count()) == (1 + may[0], may[1])


def test_on_a_heading_or_the_whole_plan_only_the_division_answers(plan, measure, council, people):
    for of in (plan, measure.heading):
        made = recommend(of, committee=council, year=2019, text="重なる取組をまとめてください。", by=BY)
        with pytest.raises(NotAllowed):
            reply(made, by=people["officer"][2])
        reply(made, by=people["division"][2])

    assert Response.objects.count() == 2


def test_a_recommendation_about_a_relisted_measure_is_about_its_original(measure, plan, council):
    again = relist(measure, under=make.heading(plan, "つなぐ", number="2"), by=BY)

    assert recommend(again, committee=council, year=2019, text="点検の日を知らせる。", by=BY).measure == measure


def test_one_that_says_nothing_is_refused(measure, council):
    with pytest.raises(ValidationError, match="意見の内容を書いてください"):
        recommend(measure, committee=council, year=2019, text=" \n", by=BY)

    assert Recommendation.objects.count() == 0


@pytest.mark.parametrize(("year", "reason", "rule"), [(2019, " ", "PM-03"), (2018, "広報紙に載せます。", "PM-04")])
def test_an_answer_has_its_reason_and_does_not_come_before(year, reason, rule, advice):
    with pytest.raises(RulesBroken) as problem:
        reply(advice, year, reason=reason)

    assert [each.rule for each in problem.value.findings] == [rule]
    assert Response.objects.count() == 0


def test_answers_go_year_by_year_and_said_again_replace(advice, plan):
    reply(advice, what=Answer.CONSIDERING)
    reply(advice)
    reply(advice, 2020, reason="10月号に載せました。")

    held = advice_of(recommendations_of(plan).get())

    assert [(r.year, r.answer) for r in held.responses] == [(2019, "adopted"), (2020, "adopted")]
    assert held.standing == "followed_up"
    assert [(e.verb, e.was, e.now) for e in story_of(advice)] == [
        ("answer", "", "adopted"),
        ("answer", "considering", "adopted"),
        ("answer", "", "considering"),
        ("recommend", "", ""),
    ]


@pytest.mark.parametrize(
    ("answers", "year", "is_open"),
    [
        ([], 2020, True),
        ([], 2019, False),
        ([(2019, Answer.ADOPTED)], 2020, True),
        ([(2019, Answer.CONSIDERING)], 2021, True),
        ([(2019, Answer.DECLINED)], 2020, False),
        ([(2019, Answer.ADOPTED), (2020, Answer.ADOPTED)], 2020, False),
        ([(2019, Answer.ADOPTED), (2020, Answer.PARTLY)], 2021, False),
        ([(2020, Answer.ADOPTED)], 2020, False),
    ],
)
def test_what_is_open_comes_along_into_the_request_of_a_year(answers, year, is_open, advice, line):
    for given, what in answers:
        reply(advice, given, what)

    assert [len(each.recommendations) for each in open_for([line], year).values()] == [int(is_open)]


def test_last_years_promises_come_along_with_the_lines_that_made_them(line, measure, plan, advice):
    silent = make.line(measure, "公園課")

    held = open_for([line, silent], 2020)

    assert [p.text for p in held[line.pk].promises] == ["通学路に街灯を立てる。", "点検の日を知らせる。"]
    assert held[silent.pk].promises == ()
    assert [a.recommendation for a in held[silent.pk].recommendations] == [advice]


def test_what_comes_along_takes_four_queries_however_many_lines(plan, line, advice, council, django_assert_num_queries):
    reply(advice)
    lines = [line]
    for n in range(5):
        each = make.measure(plan, f"取組{n}")
        lines.append(make.line(each, "道路課"))
        make.progress(lines[-1], 2019, next_action="灯りを増やす。")
        reply(recommend(each, committee=council, year=2019, text="急いでください。", by=BY))

    with django_assert_num_queries(4):
        held = open_for(lines, 2020)
        said = [advice.responses[0].given_for for each in held.values() for advice in each.recommendations]

    assert len(said) == 6
