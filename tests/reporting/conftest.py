"""A year asked for in みどり野市: two measures, three lines, two departments, a committee."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tomoni.committees.models import Committee
from tomoni.kernel.clock import JAPAN
from tomoni.parties.permissions import Role
from tomoni.plans.models import Indicator
from tomoni.reporting.models import Entry
from tomoni.reporting.services.opening import Question, open_request

YEAR, ON, DUE = 2020, make.APRIL, date(2026, 5, 15)
ROADS, PARKS = "道路課", "公園課"
AT = make.NOON.astimezone(JAPAN)


@pytest.fixture
def plan(city):
    """あかり計画: 1 lit by 道路課, 2 by 公園課 and, in a second line, by 道路課."""
    made = make.plan()
    top = make.heading(made)
    lit = make.measure(made, "街灯を点検する", heading=top)
    swept = make.measure(made, "公園を掃除する", heading=top)
    make.line(lit, ROADS, statuses=["on_track", "on_track", "off_track"])
    make.line(swept, PARKS, statuses=["on_track", "on_track", "on_track"])
    make.line(swept, ROADS)
    return made


@pytest.fixture
def indicator(plan):
    """Lamps looked at, asked of measure 1 by name."""
    return Indicator.objects.create(measure=plan.measures.get(number="1"), label="点検した街灯", unit="基")


@pytest.fixture
def division(seat):
    return seat("division", Role.DIVISION)[2]


@pytest.fixture
def roads(seat):
    """Somebody of 道路課."""
    return seat("roads", Role.OFFICER, make.department(ROADS))[2]


@pytest.fixture
def parks(seat):
    """Somebody of 公園課."""
    return seat("parks", Role.OFFICER, make.department(PARKS))[2]


@pytest.fixture
def committee(city):
    """推進会議, a body that assesses."""
    party = make.department("推進会議")
    Committee.objects.create(party=party, purpose="計画の進み具合を見ます。")
    return party


@pytest.fixture
def council(seat, committee):
    return seat("council", Role.COUNCIL, committee)[2]


@pytest.fixture
def request_(plan, indicator, roads, parks, division):
    """The year 2020, asked for on 1 April 2026, due on 15 May."""
    return open_request(plan, Question(YEAR, DUE, "短く書いてください。"), on=ON, by=division)


def entry_of(request, number: str, department: str) -> Entry:
    return request.entries.select_related("line__measure", "year_request").get(
        line__measure__number=number, department__name=department
    )


@pytest.fixture
def lamps(request_):
    """Measure 1, of 道路課, with a number asked for."""
    return entry_of(request_, "1", ROADS)


@pytest.fixture
def park(request_):
    """Measure 2, of 公園課."""
    return entry_of(request_, "2", PARKS)
