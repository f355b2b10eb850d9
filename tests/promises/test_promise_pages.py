"""Pages of promises: who opens them, what they show to whom, and what is in the way."""

import pytest
from django.urls import reverse

from tests import make
from tomoni.parties.actor import program
from tomoni.plans.models import Progress
from tomoni.promises.models import PromiseVerdict, Verdict
from tomoni.promises.selectors import promise_of
from tomoni.promises.services import judge
from tomoni.tenants.scope import scope

BY = program("test")


def url(name, *args):
    return reverse(name, args=["midorino", *args])


def judge_url(line, part=0, year=2019, name="promise"):
    return url(name, line.measure.plan_id, line.pk, year, part)


def enter(client, people, who):
    if who != "visitor":
        client.force_login(people[who][0])


SENT = {"verdict": "kept", "why": "", "seen": "通学路に街灯を立てる。"}
# Written by hand: page x who -> code. 302 sends a visitor to signing in, or leads on after an act.
PAGES = {
    "promises": {"visitor": 200, "member": 200, "officer": 200, "other": 200, "council": 200, "division": 200},
    "promise": {"visitor": 302, "member": 403, "officer": 200, "other": 403, "council": 403, "division": 200},
    "judging": {"visitor": 302, "member": 403, "officer": 302, "other": 403, "council": 403, "division": 302},
    "undoing": {"visitor": 302, "member": 403, "officer": 302, "other": 403, "council": 403, "division": 302},
}


@pytest.mark.parametrize(("name", "who", "code"), [(p, w, c) for p, row in PAGES.items() for w, c in row.items()])
def test_a_page_opens_for_whom_the_table_says(name, who, code, plan, line, people, client):
    if name == "undoing":
        judge(promise_of(line, 2019, 0), verdict=Verdict.KEPT, at=make.NOON, by=BY)
    enter(client, people, who)

    answer = {
        "promises": lambda: client.get(url("promises", plan.pk)),
        "promise": lambda: client.get(judge_url(line)),
        "judging": lambda: client.post(judge_url(line), SENT),
        "undoing": lambda: client.post(judge_url(line, name="promise-undo")),
    }[name]()

    is_done = code == 302 and who != "visitor"
    assert answer.status_code == code
    assert PromiseVerdict.objects.count() == (is_done if name != "undoing" else not is_done)


def test_the_public_reads_verdicts_but_never_the_programs_guess(plan, line, people, client):
    judge(promise_of(line, 2019, 1), verdict=Verdict.DROPPED, why="日程が決まらなかった。", at=make.NOON, by=BY)

    for path in (url("promises", plan.pk), url("measure", plan.pk, line.measure_id)):
        public = client.get(path).text
        client.force_login(people["officer"][0])
        own = client.get(path).text
        client.force_login(people["other"][0])
        other = client.get(path).text
        client.logout()

        assert all("果たせなかった" in html and "日程が決まらなかった。" in html for html in (public, own, other))
        assert [("見立て" in html, "判断する" in html) for html in (public, own, other)] == [
            (False, False),
            (True, True),
            (False, False),
        ]


def test_the_form_shows_the_words_that_match(line, people, client):
    client.force_login(people["officer"][0])

    html = client.get(judge_url(line)).text

    assert "「果たした」のようです" in html
    assert "「通学路」「街灯」が実績に出てきます。" in html


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"verdict": ""}, "判断を選んでください。"),
        ({"verdict": "dropped"}, "「果たした」以外の判断には、理由を1文で書いてください。"),
        ({"seen": "公園に街灯を立てる。"}, "約束の文が変わっています。"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_is_decided(sent, why, line, people, client):
    client.force_login(people["officer"][0])

    answer = client.post(judge_url(line), {**SENT, **sent})

    assert (answer.status_code, PromiseVerdict.objects.count()) == (422, 0)
    assert why in answer.text


@pytest.mark.parametrize(("year", "part"), [(2019, 2), (2018, 0), (2021, 0)])
def test_a_promise_that_is_not_there_is_nowhere(year, part, line, people, client):
    client.force_login(people["division"][0])

    assert client.get(judge_url(line, part, year)).status_code == 404


def test_another_citys_promise_is_nowhere(people, client):
    with scope(make.city("aono", name="青野市", code="139999")):
        make.rulebook()
        theirs = make.line(make.measure(make.plan()), "道路課")
        make.progress(theirs, 2019, next_action="灯りを増やす。")
    client.force_login(people["division"][0])

    assert client.get(judge_url(theirs)).status_code == 404
    assert client.get(url("promises", theirs.measure.plan_id)).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?year=2019", 2),
        ("?verdict=kept", 1),
        ("?verdict=undecided", 1),
        ("?verdict=waiting", 1),
        ("?department=own", 3),
        ("?department=999", 0),
        ("?measure=999", 0),
        ("?year=x&verdict=nothing&department=²", 3),
    ],
)
def test_the_list_is_narrowed(query, found, plan, line, client):
    judge(promise_of(line, 2019, 0), verdict=Verdict.KEPT, at=make.NOON, by=BY)
    query = query.replace("own", str(make.department("公園課").pk))

    html = client.get(url("promises", plan.pk) + query).text

    assert html.count('class="promise"') == found


def test_the_plans_page_counts_what_was_kept(plan, line, client):
    judge(promise_of(line, 2019, 0), verdict=Verdict.KEPT, at=make.NOON, by=BY)

    html = client.get(url("plan", plan.pk)).text

    assert "令和元年度に書かれた約束2件のうち、1件を果たしました。1件は、まだ判断していません。" in html
    assert "令和元年度 果たした1、判断待ち1" in html


def test_a_plan_without_promises_says_so(plan, client):
    assert "まだ約束がありません" in client.get(url("promises", plan.pk)).text
    assert "約束を一つずつ読む" not in client.get(url("plan", plan.pk)).text


def test_pages_take_as_many_queries_for_many_promises_as_for_few(
    plan, line, people, client, django_assert_max_num_queries
):
    for n in range(30):
        more = make.line(make.measure(plan, f"取組{n}"), "道路課")
        Progress.objects.bulk_create(
            Progress(line=more, year=year, results="灯りを増やした。", next_action="灯りを増やす。" * 3)
            for year in plan.years
        )
    client.force_login(people["officer"][0])

    with django_assert_max_num_queries(14):
        html = client.get(url("promises", plan.pk)).text
    assert html.count('class="promise"') == 20
    with django_assert_max_num_queries(12):
        client.get(judge_url(line))
