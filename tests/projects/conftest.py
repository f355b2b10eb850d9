"""A concluded agreement between a group and a department, and the people of both sides."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tomoni.agreements.models import Agreement
from tomoni.parties.permissions import Role
from tomoni.projects import services
from tomoni.projects.services import AccountLine
from tomoni.rulebooks.selectors import in_force

REPORT = {
    "done": "灯りを20個置いた。",
    "reached": "目標どおり。",
    "effect": "夜道の不安が減った。",
    "next": "来年も続ける。",
}


@pytest.fixture
def member(seat):
    """Somebody of the group."""
    return seat("hanako", Role.MEMBER, make.group())[2]


@pytest.fixture
def officer(seat):
    """Somebody of the department."""
    return seat("taro", Role.OFFICER, make.department("道路課"))[2]


@pytest.fixture
def division(seat):
    """Somebody of the division."""
    return seat("kyodo", Role.DIVISION)[2]


@pytest.fixture
def agreement(member, officer):
    """夜道の灯り, concluded."""
    return Agreement.objects.create(
        title="夜道の灯り",
        civic=make.group(),
        city=make.department("道路課"),
        purpose="通学路を明るくします。",
        duties=[{"side": "civic", "text": "灯りを置く", "due": "2026-06-30"}, {"side": "city", "text": "許可を出す"}],
        total=100000,
        shares=[{"side": "city", "label": "市の負担", "amount": 100000}],
        starts=make.APRIL,
        ends=date(2027, 3, 31),
        state="concluded",
        begun_on=make.APRIL,
        rulebook=in_force(make.APRIL),
    )


@pytest.fixture
def project(agreement, member):
    """Its room, just opened."""
    return services.open_project(agreement, on=make.APRIL, by=member)


@pytest.fixture
def running(project, member):
    """The project, begun."""
    return services.start(project, by=member)


def put_in_order(project, by):
    """Write the report and balance the accounts."""
    services.write_report(project, REPORT, by=by)
    lines = [
        AccountLine(is_income=True, label="市の負担", planned=100000, actual=90000),
        AccountLine(is_income=False, label="灯り", planned=100000, actual=90000),
    ]
    services.keep_accounts(project, lines, by=by)
    return project
