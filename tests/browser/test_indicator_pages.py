"""Indicators and figures in a real browser: pictures with a target, and the forms of a measure's people."""

import pytest

from tests import make
from tomoni.parties.actor import program
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.plans.following import Aim, follow
from tomoni.tenants.scope import scope

BY = program("test")


@pytest.fixture
def division(city):
    with scope(city):
        make.rulebook()
        user = User.objects.create(email="kyodo@midorino.example", display_name="協働花子")
        seat(user, make.department(), role=Role.DIVISION, since=make.APRIL)
        return user


def test_indicators_and_figures_keep_the_accessibility_criteria(visit, check, city, division):
    with scope(city):
        plan = make.plan(title="市民協働推進行動計画", measures=6)
        first, second = plan.measures.order_by("position")[:2]
        for year, value in zip(plan.years, (46.3, 44.9, 45.1, 50.9), strict=True):
            figure = make.figure(first, year, value, label="公募委員のいる会議の割合", unit="%")
            make.figure(second, year, year - 2000, label="参加者数" if year > 2018 else "参加者")
        follow(first, label="公募委員のいる会議の割合", unit="%", aim=Aim(52, 2021), by=BY)
        held = follow(first, label="待つ日数", unit="日", aim=Aim(3, None, less_is_better=True), by=BY)
    start = f"/midorino/plans/{plan.pk}/"
    own = f"{start}measures/{first.pk}/"
    pages = {
        "indicators": (f"{start}indicators/", None),
        "measure-with-indicator": (own, None),
        "figures": (f"{own}figures/", division),
        "figures-offered": (f"{start}measures/{second.pk}/figures/", division),
        "indicator-new": (f"{start}measures/{second.pk}/figures/follow/?key=参加者/人", division),
        "indicator": (f"{own}indicators/{held.pk}/", division),
        "figure": (f"{own}figures/{figure.pk}/", division),
    }

    for name, (path, user) in pages.items():
        check(visit(path, by=user), name=name)
