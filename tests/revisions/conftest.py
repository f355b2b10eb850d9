"""A small plan whose measures people change, and the division that prepares the revision."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tomoni.parties.models import Party
from tomoni.parties.permissions import Role
from tomoni.plans.models import Heading, Line, Measure, Plan
from tomoni.projects.models import Project
from tomoni.revisions.models import Revision
from tomoni.revisions.services import revisions
from tomoni.revisions.services.putting_in_force import put_in_force
from tomoni.revisions.services.revisions import About
from tomoni.revisions.shape import Change, Kind, Result
from tomoni.rulebooks.selectors import in_force as in_force_on

YEAR = 2021


@pytest.fixture
def division(seat):
    """Somebody of the division."""
    return seat("kyodo", Role.DIVISION)[2]


@pytest.fixture
def plan(city) -> Plan:
    """Six measures under two headings, reported from 2018 to 2020, planned until 2022."""
    made = make.plan(years=(2018, 2019, 2020))
    Plan.objects.filter(pk=made.pk).update(last_year=2022)
    made.refresh_from_db()
    know, join = make.heading(made, "知る", number="1"), make.heading(made, "加わる", number="2")
    titles = ("出前講座", "情報紙", "事例集", "交流会", "表彰", "研修")
    for n, title in enumerate(titles):
        measure = make.measure(made, title, heading=know if n < 3 else join)
        make.line(measure, "市民協働課" if n % 2 else "広報課", statuses=("on_track", "done", "off_track"))
        make.schedule(measure, 2021, "継続")
    return make.touched(made)


def measure(title: str) -> Measure:
    return Measure.objects.get(title=title, relisted_of=None)


def line(title: str) -> Line:
    return Line.objects.get(measure__title=title, measure__relisted_of=None)


def heading(title: str) -> Heading:
    return Heading.objects.get(title=title)


def party(name: str) -> Party:
    return make.department(name)


def merge(*titles: str, into: str = "11 学びと発信", under: str = "知る", lead: str = "市民協働課") -> Change:
    """Several measures become one."""
    number, title = into.split()
    made = Result(number, title, heading(under).pk, (party(lead).pk,))
    return Change(0, Kind.MERGE, "重なりがあったため", tuple(measure(each).pk for each in titles), (made,))


def rename(title: str, to: str) -> Change:
    number, new = to.split()
    return Change(0, Kind.NAME, "実態に合わせるため", (measure(title).pk,), number=number, title=new)


def end(title: str, last: int | None = None) -> Change:
    return Change(0, Kind.END, "目標に届いたため", (measure(title).pk,), year=last)


def drafted(plan: Plan, *changes: Change, by, year: int = YEAR, figures: bool = False) -> Revision:
    """A revision with these changes that a body has decided on, still a draft."""
    about = About("中間見直し", "前半の評価を受けて見直します。", year, date(2021, 2, 1), make.group("推進会議"))
    made = revisions.begin_revision(plan, about, on=make.APRIL, by=by)
    for change in changes:
        revisions.add_change(made, change, carries_figures=figures, by=by)
    return made


def in_force(plan: Plan, *changes: Change, by, **values) -> Revision:
    """The same, decided and in force."""
    made = revisions.decide(drafted(plan, *changes, by=by, **values), by=by)
    return put_in_force(made, at=make.NOON, by=by)


@pytest.fixture
def people_room(city) -> Project:
    """A public project of a group and a department."""
    return Project.objects.create(
        title="夜道の灯り",
        civic=make.group(),
        city=make.department("道路課"),
        summary="通学路を明るくします。",
        starts=make.APRIL,
        begun_on=make.APRIL,
        state="running",
        rulebook=in_force_on(make.APRIL),
    )
