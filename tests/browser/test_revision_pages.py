"""How a plan changes on its way, in a real browser: the desk, the public pages, departments and the overall plan."""

import pytest

from tests import make
from tests.revisions.conftest import drafted, end, in_force, measure, merge, party, rename
from tests.revisions.test_overall import committed, entry
from tomoni.parties.actor import actor_for
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.plans.models import Plan
from tomoni.revisions.services.overall import link_overall
from tomoni.tenants.scope import scope

LIST = """分野,政策,施策,担当課
1 安心してくらす,1-1 夜道を明るくする,1-1-1 街灯を増やす,道路課
2 学びあう,2-1 学ぶ場をつくる,2-1-1 講座を開く,生涯学習課
3 緑を育てる,3-1 木を植える,3-1-1 苗木を配る,公園課
"""


@pytest.fixture
def held(city):
    """A plan revised once, a draft with a contradiction, and an overall plan with a gap."""
    user = User.objects.create_user("mihon@midorino.example", display_name="見本 花子")
    with scope(city):
        make.rulebook()
        seat(user, make.department(), role=Role.DIVISION, since=make.APRIL)
        division = actor_for(user, on=make.APRIL)
        plan = make.plan(years=(2018, 2019, 2020, 2021))
        Plan.objects.filter(pk=plan.pk).update(last_year=2023)
        plan.refresh_from_db()
        know, join = make.heading(plan, "知る", number="1"), make.heading(plan, "加わる", number="2")
        for n, title in enumerate(("出前講座", "情報紙", "事例集", "交流会", "表彰", "研修")):
            one = make.measure(plan, title, heading=know if n < 3 else join)
            line = make.line(one, "市民協働課" if n % 2 else "広報課", statuses=("on_track", "done", "off_track"))
            line.years.update(
                results="年に3回開き、62人が参加しました。", next_action="若い人に届く知らせ方を試します。"
            )
            for year, people in ((2019, 20), (2020, 30)):
                make.figure(one, year, people + n)
        revision = in_force(
            make.touched(plan), merge("出前講座", "情報紙"), rename("事例集", "3-1 つながりの記録"), end("表彰"),
            by=division, figures=True,
        )  # fmt: skip
        draft = drafted(
            plan, merge("交流会", "研修", into="12 学びの場", under="加わる"), end("研修"), by=division, year=2022
        )
        overall = committed(LIST, division)
        link_overall(measure("学びと発信"), entry("2-1-1"), by=division)
        shown = {
            "plan": f"/midorino/plans/{plan.pk}/",
            "merged": f"/midorino/plans/{plan.pk}/measures/{measure('学びと発信').pk}/",
            "ended": f"/midorino/plans/{plan.pk}/measures/{measure('情報紙').pk}/",
            "revision": revision.get_absolute_url(),
            "draft": draft.get_absolute_url(),
            "overall": overall.get_absolute_url(),
            "department": f"/midorino/plans/departments/{party('広報課').pk}/",
        }
    return user, shown


def test_what_everybody_reads_of_revisions_keeps_the_accessibility_criteria(visit, check, held):
    _user, shown = held

    for name in ("plan", "merged", "ended", "revision", "overall"):
        check(visit(shown[name]), name=f"revised-{name}")
    for name in ("", "departments/", "overall/"):
        check(visit(f"/midorino/revisions/{name}"), name=f"revisions-{name.strip('/') or 'list'}")


def test_the_division_prepares_a_revision_and_reads_what_is_wrong(visit, check, held):
    user, shown = held

    page = visit(shown["draft"], by=user)
    check(page, name="revision-draft")
    page.get_by_role("link", name="施策をまとめる", exact=True).click()
    check(page, name="revision-merge-form")
    page.get_by_label("新しい名前").fill("学びと出会い")
    page.get_by_role("button", name="案に入れる").click()
    assert page.get_by_label("新しい名前").input_value() == "学びと出会い"
    check(page, name="revision-merge-wrong", expected="422")


def test_a_department_is_renamed_after_looking_at_what_follows(visit, check, held):
    user, _shown = held

    page = visit("/midorino/revisions/departments/change/", by=user)
    check(page, name="department-change")
    page.get_by_label("名称変更").check()
    page.get_by_label("広報課").check()
    page.get_by_label("新しい課の名前").fill("魅力発信課")
    page.get_by_label("日付").fill("2022-04-01")
    page.get_by_role("button", name="どうなるかを確かめる").click()
    check(page, name="department-check")
    page.get_by_role("button", name="この内容で記録する").click()
    page.wait_for_url("**/plans/departments/*/")
    assert "広報課 → 魅力発信課" in page.locator("main").inner_text()
    check(page, name="department-renamed")
