"""The chain of promises and the recommendations in a real browser: accessible, and readable on a phone."""

import pytest

from tests import make
from tomoni.committees.models import Committee
from tomoni.parties.actor import program
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.promises.models import Answer, Verdict
from tomoni.promises.selectors import promises_of
from tomoni.promises.services import answer, judge, recommend
from tomoni.tenants.scope import scope

BY = program("test")
VERDICTS = (Verdict.KEPT, Verdict.PARTLY, Verdict.KEPT, Verdict.DROPPED, Verdict.REPEATED)


@pytest.fixture
def officer(city):
    with scope(city):
        make.rulebook()
        user = User.objects.create(email="taro@midorino.example", display_name="道路太郎")
        seat(user, make.department("市民協働課"), role=Role.DIVISION, since=make.APRIL)
        return user


@pytest.fixture
def plan(city, officer):
    with scope(city):
        made = make.plan(title="市民協働推進行動計画", measures=12)
        for n, each in enumerate(promises_of(made)):
            if each.is_reported and n % 4 != 3:
                judge(each, verdict=VERDICTS[n % 5], why="台帳と写真で確かめました。", at=make.NOON, by=BY)
        body = make.group("推進会議")
        Committee.objects.create(party=body, purpose="計画の進みぐあいを確かめる")
        for measure in made.measures.order_by("position")[:3]:
            one = recommend(
                measure, committee=body, year=2019, text="参加した人の声を集めて、翌年度に生かしてください。", by=BY
            )
        answer(one, year=2019, answer=Answer.ADOPTED, reason="アンケートを始めます。", at=make.NOON, by=BY)
        answer(one, year=2020, answer=Answer.ADOPTED, reason="42人の声を集めました。", at=make.NOON, by=BY)
        return made


def test_promises_and_recommendations_keep_the_accessibility_criteria(visit, check, city, plan, officer):
    with scope(city):
        measure = plan.measures.order_by("position")[2]
        line = measure.lines.first()
        one = plan.recommendations.get(measure=measure)
    start = f"/midorino/promises/{plan.pk}/"
    public = {
        "promises": start,
        "promises-none": f"{start}?measure=999999",
        "promise-chain": f"/midorino/plans/{plan.pk}/measures/{measure.pk}/",
        "plan-with-promises": f"/midorino/plans/{plan.pk}/",
        "recommendations": f"{start}recommendations/",
        "recommendation": f"{start}recommendations/{one.pk}/",
    }
    own = {
        "promises-at-work": f"{start}?verdict=undecided",
        "promise-judge": f"{start}lines/{line.pk}/2019/0/",
        "recommendation-new": f"{start}recommendations/new/",
        "recommendation-answer": f"{start}recommendations/{one.pk}/",
        "promise-chain-at-work": f"/midorino/plans/{plan.pk}/measures/{measure.pk}/",
    }

    for name, path in public.items():
        check(visit(path), name=name)
    for name, path in own.items():
        check(visit(path, by=officer), name=name)
