"""Who may open which page of checks, what stands on it, and what an answer sent there does."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import make
from tomoni.checks.models import CheckAnswer
from tomoni.checks.selectors.findings import findings_for
from tomoni.parties.permissions import Role
from tomoni.tenants.scope import scope

SAID = "広報紙と掲示板で講座を知らせ、町内会にも声をかけました。"
READERS = {"officer", "other", "division", "council"}
EVERYBODY = {"visitor", "resident", "member", "coordinator", "screener"} | READERS

# Written by hand: which pages open for whom. Visitors are sent to sign in, others refused.
OPENS = {
    "/midorino/checks/{pk}/": READERS,
    "/midorino/checks/{pk}/?kind=repeat&year=2018&answered=no": READERS,
    "/midorino/checks/{pk}/rates/": {"division"},
    "/midorino/checks/{pk}.csv": {"division"},
}


@pytest.fixture
def line(city):
    made = make.line(make.measure(make.plan()), "市民協働課")
    make.progress(made, 2017, results=SAID)
    make.progress(made, 2018, results=SAID)
    return made


@pytest.fixture
def browser(seat):
    def of(name):
        client = Client()
        if name != "visitor":
            role = Role.OFFICER if name == "other" else Role(name)
            party = make.department("青少年課") if name == "other" else None
            client.force_login(seat(name, role, party)[0])
        return client

    return of


@pytest.mark.parametrize("path", sorted(OPENS))
def test_pages_open_only_as_the_table_says(path, line, browser):
    address = path.format(pk=line.measure.plan_id)

    codes = {name: browser(name).get(address).status_code for name in EVERYBODY}

    expected = dict.fromkeys(EVERYBODY, 403) | {"visitor": 302} | dict.fromkeys(OPENS[path], 200)
    assert codes == expected


def test_an_officer_reads_only_the_findings_of_their_own_department(line, browser):
    address = f"/midorino/checks/{line.measure.plan_id}/"

    assert "前の年度（平成29年度）と同じ文です" in browser("officer").get(address).content.decode()
    assert "前の年度（平成29年度）と同じ文です" not in browser("other").get(address).content.decode()


def test_the_plan_page_leads_there_for_those_who_may_read_it(line, browser):
    plan = f"/midorino/plans/{line.measure.plan_id}/"
    way = f'href="/midorino/checks/{line.measure.plan_id}/"'

    shown = {name for name in EVERYBODY if way in browser(name).get(plan).content.decode()}

    assert shown == READERS


def sent(about, **values):
    key = findings_for(about, 2018)[0].finding.key
    return {"line": about.pk, "key": key, "reason": "毎年同じ方法です。", **values}


def test_an_answer_is_kept_and_the_reader_returns_to_where_they_were(line, browser):
    plan = line.measure.plan_id

    response = browser("officer").post(
        f"/midorino/checks/{plan}/answer/", sent(line, back=f"/midorino/checks/{plan}/?page=2")
    )

    assert (response.status_code, response["Location"]) == (302, f"/midorino/checks/{plan}/?page=2")
    assert CheckAnswer.objects.get().reason == "毎年同じ方法です。"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/other/", ""])
def test_nobody_is_sent_elsewhere(line, browser, back):
    plan = line.measure.plan_id

    response = browser("officer").post(f"/midorino/checks/{plan}/answer/", sent(line, back=back))

    assert response["Location"] == f"/midorino/checks/{plan}/"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reason": " "}, "理由を書いてください"),
        ({"reason": "あ" * 2001}, "2000字まで"),
        ({"key": "SH-05.2018.results.0000"}, "もとの文が変わったため"),
    ],
)
def test_an_answer_that_cannot_be_kept_says_why_and_loses_nothing(line, browser, values, said):
    response = browser("officer").post(f"/midorino/checks/{line.measure.plan_id}/answer/", sent(line, **values))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert values.get("reason", "毎年同じ方法です。").strip() in response.content.decode()
    assert not CheckAnswer.objects.exists()


def test_another_department_is_told_why_it_cannot_answer(line, browser):
    response = browser("other").post(f"/midorino/checks/{line.measure.plan_id}/answer/", sent(line))

    assert response.status_code == 422
    assert "その施策の担当課と協働担当課だけ" in response.content.decode()
    assert not CheckAnswer.objects.exists()


def test_an_answer_can_be_taken_back(line, browser):
    plan, officer = line.measure.plan_id, browser("officer")
    officer.post(f"/midorino/checks/{plan}/answer/", sent(line))

    response = officer.post(f"/midorino/checks/{plan}/take-back/", {"answer": CheckAnswer.objects.get().pk})

    assert response.status_code == 302
    assert not CheckAnswer.objects.exists()


def test_another_citys_plan_is_nowhere(line, browser):
    elsewhere = make.city("tonari", name="となり市", code="139999")
    with scope(elsewhere):
        make.rulebook()
        theirs = make.line(make.measure(make.plan()), "となり課")
    officer = browser("division")

    for end in ("/", "/rates/", ".csv"):
        assert officer.get(f"/midorino/checks/{theirs.measure.plan_id}{end}").status_code == 404
    assert (
        officer.post(f"/midorino/checks/{line.measure.plan_id}/answer/", sent(line, line=theirs.pk)).status_code == 404
    )
    assert officer.post(f"/midorino/checks/{line.measure.plan_id}/answer/", sent(line, line="x")).status_code == 404


def test_the_file_has_a_row_for_each_finding_and_no_formula(line, browser):
    line.years.update(results="=SUM(A1) は表計算の式ではなく、講座で使った例です。")

    rows = browser("division").get(f"/midorino/checks/{line.measure.plan_id}.csv").content.decode("utf-8-sig")

    assert rows.splitlines()[0].startswith("番号,種類,重さ,施策")
    assert "SH-05,前の年と同じ,確かめるところ,1 出前講座で協働を伝える,市民協働課" in rows
    assert ",=SUM" not in rows
    assert "\n=SUM" not in rows


def test_rates_are_of_departments_and_years(line, browser):
    html = browser("division").get(f"/midorino/checks/{line.measure.plan_id}/rates/").content.decode()

    assert "100%" in html
    assert "1/1" in html


@pytest.mark.parametrize("measures", [5, 40])
def test_the_list_takes_the_same_few_queries_whatever_the_size(browser, city, measures, django_assert_max_num_queries):
    plan, division = make.plan(measures=measures), browser("division")

    with django_assert_max_num_queries(18):
        assert division.get(f"/midorino/checks/{plan.pk}/").status_code == 200
