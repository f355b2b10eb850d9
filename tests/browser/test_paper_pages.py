"""Papers in a real browser: what everybody reads, what the committee and the division prepare, on screen and on a phone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import make
from tomoni.papers.services import Judgement, judge_names, publish, withdraw
from tomoni.parties.actor import actor_for, program
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.plans.models import Progress
from tomoni.plans.redacting import line_place
from tomoni.plans.services import assess
from tomoni.tenants.scope import scope

NAME = "灯里花子"


@pytest.fixture
def room(city, settings, tmp_path):
    """A plan of twelve measures with a wrong version that was withdrawn, and a name that was decided about."""
    settings.MEDIA_ROOT = tmp_path
    with scope(city):
        make.rulebook()
        user = User.objects.create_user("division@midorino.example", display_name="協働 担当")
        seat(user, make.department(), role=Role.DIVISION, since=date(2026, 4, 1))
        division = actor_for(user, on=make.APRIL)
        plan = make.plan(measures=12)
        line = Progress.objects.filter(line__measure__plan=plan, year=2020).earliest("pk").line
        Progress.objects.filter(line=line, year=2020).update(results=f"講師は{NAME}氏。参加した人は45人。")
        for year, value in ((2018, 30), (2019, 41), (2020, 45)):
            make.figure(line.measure, year, value)
        committee = make.group("推進会議")
        assess(
            line.measure, committee=committee, year=2020, rating="B", opinion="回を増やすとよい。", by=program("test")
        )
        place = line_place(line.pk, 2020, "results")
        judge_names(plan, [Judgement(place, NAME, 0, is_blackened=True)], at=make.NOON, by=division)
        first = publish(plan, 2020, note="はじめての版です。", at=make.NOON, by=division)
        withdraw(first, reason="評価を写し間違えました。", at=make.NOON, by=division)
        assess(
            line.measure, committee=committee, year=2020, rating="A", opinion="回を増やすとよい。", by=program("test")
        )
        second = publish(plan, 2020, at=make.NOON, by=division)
        return plan, first, second, user


def test_everybody_reads_a_version_and_what_changed(room, visit, check):
    plan, first, second, _ = room

    for path in (
        f"plans/{plan.pk}/",
        f"{second.pk}/",
        f"{second.pk}/evaluation/",
        f"{first.pk}/",
        f"{second.pk}/compare/{first.pk}/",
    ):
        page = visit(f"/midorino/papers/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert NAME not in page.content()
        check(page, name=f"papers-{path.strip('/').replace('/', '-')}")


def test_the_division_decides_about_names_and_publishes(room, visit, check):
    plan, _, _, user = room
    with scope(plan.municipality):
        Progress.objects.filter(results__contains=NAME).update(results="野原次郎さんが話した。")

    page = visit(f"/midorino/papers/plans/{plan.pk}/2020/names/", by=user)
    check(page, name="papers-names")
    page.get_by_role("group", name="名前「野原次郎」").get_by_label("残す").check()
    page.get_by_role("button", name="決めたことを保存する").click()
    expect(page.get_by_text("1件を記録しました。")).to_be_visible()

    page = visit(f"/midorino/papers/plans/{plan.pk}/2020/publish/", by=user)
    check(page, name="papers-publish")
    page.get_by_label("この版について").fill("講師の名前を確かめました。")
    page.get_by_role("button", name="公表する", exact=True).click()
    expect(page.get_by_text("令和2年度 第3版を公表しました。")).to_be_visible()


def test_the_committee_s_draft_and_the_way_to_withdraw(room, visit, check):
    plan, _, second, user = room

    for path in (f"plans/{plan.pk}/2020/draft/", f"plans/{plan.pk}/2020/draft/summary/", f"{second.pk}/withdraw/"):
        page = visit(f"/midorino/papers/{path}", by=user)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check(page, name=f"papers-inside-{path.strip('/').replace('/', '-')}")
