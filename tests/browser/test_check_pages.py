"""The findings of a plan, the answers to them and the rates in a real browser: accessible, and usable on a phone."""

import pytest
from playwright.sync_api import expect

from tests import make
from tomoni.checks.models import CheckAnswer
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.tenants.scope import scope


@pytest.fixture
def division(city):
    with scope(city):
        make.rulebook()
        user = User.objects.create(email="taro@midorino.example", display_name="道路太郎")
        seat(user, make.department("市民協働課"), role=Role.DIVISION, since=make.APRIL)
        return user


@pytest.fixture
def plan(city, division):
    with scope(city):
        return make.plan(title="市民協働推進行動計画", measures=12)


def test_findings_and_rates_keep_the_accessibility_criteria(visit, check, city, division, plan):
    pages = {
        "checks": f"/midorino/checks/{plan.pk}/",
        "checks-none": f"/midorino/checks/{plan.pk}/?kind=sum",
        "checks-rates": f"/midorino/checks/{plan.pk}/rates/",
        "plan-with-checks": f"/midorino/plans/{plan.pk}/",
    }

    for name, path in pages.items():
        check(visit(path, by=division), name=name)


def test_a_finding_is_answered_with_the_keyboard_and_says_so(visit, check, city, division, plan):
    page = visit(f"/midorino/checks/{plan.pk}/?kind=repeat", by=division)
    summary = page.locator("summary", has_text="このままでよい理由を書く").first

    summary.focus()
    page.keyboard.press("Enter")
    box = page.locator("textarea[name=reason]").first
    expect(box).to_be_visible()
    box.focus()
    page.keyboard.type("毎年同じ方法で続けています。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("答えを記録しました")
    check(page, name="checks-answered")
    with scope(city):
        assert CheckAnswer.objects.get().reason == "毎年同じ方法で続けています。"
