"""A plan with two lines, what they promised and reported, and the people who may or may not decide."""

import pytest
from django.core.cache import cache

from tests import make
from tomoni.committees.models import Committee
from tomoni.parties.permissions import Role


@pytest.fixture(autouse=True)
def nothing_kept():
    """Pages of plans are kept; tests use the same numbers again."""
    cache.clear()


@pytest.fixture
def council(city):
    body = make.group("推進会議")
    Committee.objects.create(party=body, purpose="計画の進みぐあいを確かめる")
    return body


@pytest.fixture
def people(seat, council):
    return {
        "member": seat("hanako", Role.MEMBER, make.group()),
        "officer": seat("taro", Role.OFFICER, make.department("道路課")),
        "other": seat("jiro", Role.OFFICER, make.department("公園課")),
        "division": seat("kyodo", Role.DIVISION),
        "council": seat("iin", Role.COUNCIL, council),
    }


@pytest.fixture
def plan(city):
    return make.plan()


@pytest.fixture
def measure(plan):
    return make.measure(plan, "夜道を明るくする", heading=make.heading(plan), number="7")


@pytest.fixture
def line(measure):
    """道路課: in 2019 two promises; of 2020 a report that keeps the first."""
    made = make.line(measure, "道路課", related=["公園課"])
    make.progress(made, 2019, results="街灯を4本立てた。", next_action="通学路に街灯を立てる。点検の日を知らせる。")
    make.progress(made, 2020, results="通学路に街灯を6本立てた。", next_action="点検の日を知らせる。")
    return made
