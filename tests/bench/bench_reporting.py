"""How quick the yearly request is: who has answered in 60 departments, and saving a draft as the server sees it."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402 - the settings must be known first

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests import make  # noqa: E402
from tomoni.kernel.clock import now, today  # noqa: E402
from tomoni.parties.actor import actor_for  # noqa: E402
from tomoni.parties.models import User  # noqa: E402
from tomoni.parties.permissions import Role  # noqa: E402
from tomoni.parties.services import seat  # noqa: E402
from tomoni.plans.models import LineDepartment, Plan  # noqa: E402
from tomoni.reporting.models import YearRequest  # noqa: E402
from tomoni.reporting.services.drafting import Draft, save_draft  # noqa: E402
from tomoni.reporting.services.opening import Question, open_request  # noqa: E402
from tomoni.tenants.scope import scope  # noqa: E402

DEPARTMENTS, MEASURES = 60, 350
TEXT = "講座を3回開き、地域の人が120人参加した。終わった後に続けて活動する人が増えた。" * 6


def middle(act: Callable[[int], object], times: int) -> float:
    """The median of processor milliseconds over several calls."""
    spans = []
    for n in range(times):
        begun = time.process_time()
        act(n)
        spans.append((time.process_time() - begun) * 1000)
    return statistics.median(spans)


def person(name: str, role: Role, department: str) -> tuple[User, Client]:
    """Somebody who is signed in."""
    user = User.objects.create_user(f"{name}@midorino.example", display_name=name)
    seat(user, make.department(department), role=role, since=make.APRIL)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user, client


def asked(division: User) -> YearRequest:
    """A year of a plan of many measures, its lines spread over the departments."""
    plan: Plan = make.plan(measures=MEASURES)
    for n, each in enumerate(LineDepartment.objects.filter(line__measure__plan=plan).order_by("pk")):
        each.party = make.department(f"第{n % DEPARTMENTS}課")
        each.save()
    question = Question(2021, today() + timedelta(days=20))
    begun = time.process_time()
    held = open_request(plan, question, on=today(), by=actor_for(division, on=today()))
    took = time.process_time() - begun
    print(f"asking {DEPARTMENTS} departments for {held.entries.count()} lines: {took:.2f} s")
    return held


def who_has_answered(held: YearRequest, client: Client) -> None:
    """The page of the division."""
    url = reverse("year-request", args=["midorino", held.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    count = len(queries)
    took = middle(lambda _n: client.get(url), 9)
    print(
        f"page of {DEPARTMENTS} departments on {connection.vendor}: {count} queries (promised: at most 15), "
        f"{took:.0f} ms, {len(page.content) / 1024:.0f} KB"
    )


def saving(held: YearRequest, user: User, client: Client) -> None:
    """A draft kept by its service, and as the browser sends it, with what the checks notice."""
    entry = held.entries.filter(department=make.department("第0課")).select_related("year_request").order_by("pk")[0]
    by, version = actor_for(user, on=today()), 0

    def service(n: int) -> None:
        nonlocal version
        fields = {"status": "on_track", "results": f"{TEXT}{n}", "issues": TEXT, "next_action": TEXT}
        version = save_draft(entry, Draft(fields), version=version, at=now(), by=by).version

    def browser(n: int) -> None:
        nonlocal version
        sent = {"version": str(version), "status": "on_track", "results": f"{TEXT}{n}", "issues": TEXT}
        answer = client.post(reverse("report-save", args=["midorino", entry.pk]), sent, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        version += 1

    took = middle(service, 30)
    print(f"saving a draft on {connection.vendor}: {took:.1f} ms at the service")
    took = middle(browser, 30)
    print(f"saving a draft as the browser sends it, with its checks: {took:.0f} ms (promised: under 50)")


def bench() -> None:
    """On a database made for the purpose."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with scope(make.city()):
            make.rulebook()
            division, desk = person("division", Role.DIVISION, "市民協働課")
            officer, window = person("officer", Role.OFFICER, "第0課")
            held = asked(division)
            who_has_answered(held, desk)
            saving(held, officer, window)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    bench()
