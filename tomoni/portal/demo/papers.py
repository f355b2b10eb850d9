"""Published papers in the demonstration: Fuchu's last two years, and in Musashino a wrong version that was withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from tomoni.papers.models import PublishedVersion
from tomoni.papers.services import publish, withdraw
from tomoni.parties.actor import Actor, actor_for
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.plans.models import Assessment, Plan
from tomoni.plans.services import assess
from tomoni.tenants.models import Municipality


def seed(city: Municipality, people: Mapping[Role, User], *, at: datetime) -> None:
    """Inside the city's scope. Files are made when somebody first asks for one, so that this stays quick."""
    plan = Plan.objects.order_by("pk").first()
    if plan is None or PublishedVersion.objects.exists():
        return
    division = actor_for(people[Role.DIVISION], on=at.date())
    last = max(plan.years)
    if city.slug == "fuchu":
        publish(plan, last - 1, note="推進会議の意見を加えた確定版です。", at=at - timedelta(days=370), by=division)
        publish(plan, last, at=at - timedelta(days=12), by=division)
    elif city.slug == "musashino":
        _wrong_then_right(plan, last, at=at, by=division)


def _wrong_then_right(plan: Plan, year: int, *, at: datetime, by: Actor) -> None:
    """One of the committee's ratings was copied wrongly: seen after publishing, withdrawn, published again."""
    one = Assessment.objects.filter(measure__plan=plan, year=year, rating="off_track").order_by("pk").first()
    if one is None or one.measure is None:
        publish(plan, year, at=at - timedelta(days=20), by=by)
        return
    _rate(one, "on_track", by=by)
    wrong = publish(plan, year, at=at - timedelta(days=30), by=by)
    reason = "委員会の評価を1か所、写し間違えていました。正しい評価に直した第2版をご覧ください。"
    withdraw(wrong, reason=reason, at=at - timedelta(days=28), by=by)
    _rate(one, one.rating, by=by)
    publish(plan, year, note="第1版の写し間違いを直しました。", at=at - timedelta(days=28), by=by)


def _rate(one: Assessment, rating: str, *, by: Actor) -> None:
    if one.measure is not None:
        assess(one.measure, committee=one.committee, year=one.year, rating=rating, opinion=one.opinion, by=by)
