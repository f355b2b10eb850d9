"""How fast a plan opens: queries, requests per second against a bare Django page, and one plan among a million rows.

Run by `make bench`. Everything is measured through WSGI in this process, on a SQLite file made for the occasion.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
VAR = tempfile.TemporaryDirectory(prefix="tomoni-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["TOMONI_TEST_DATABASE"] = f"sqlite:///{VAR.name}/bench.sqlite3"

import django  # noqa: E402 - the settings are chosen above

django.setup()

from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402

from config import urls  # noqa: E402
from tests import make  # noqa: E402
from tomoni.parties.models import Party  # noqa: E402
from tomoni.plans.models import Line, LineDepartment, Measure, Plan, Progress  # noqa: E402
from tomoni.plans.selectors.tree import tree_of  # noqa: E402
from tomoni.tenants.models import Municipality  # noqa: E402
from tomoni.tenants.scope import scope  # noqa: E402

MILLION = 1_000_000
BARE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>bare</title></head><body><table>
{% for party in parties %}<tr><td>{{ party.pk }}</td><td>{{ party.name }}</td><td>{{ party.kind }}</td></tr>{% endfor %}
</table></body></html>"""


TEMPLATE = engines["django"].from_string(BARE)


def bare(request: HttpRequest) -> HttpResponse:
    """A page of twenty rows from the database, and nothing else."""
    return HttpResponse(TEMPLATE.render({"parties": list(Party._base_manager.order_by("pk")[:20])}))


urls.urlpatterns[:0] = [path("bare", bare)]


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def best(act: Callable[[], object], *, times: int) -> float:
    """The shortest of many runs, in seconds: what the machine can do when nobody disturbs it."""
    act()
    found = []
    for _ in range(times):
        begun = perf_counter()
        act()
        found.append(perf_counter() - begun)
    return min(found)


def rate(address: str, *, seconds: float) -> float:
    """Requests per second of one client in this process, over some seconds."""
    client = Client()
    for _ in range(20):
        assert client.get(address).status_code == 200, address
    begun, done = perf_counter(), 0
    while perf_counter() - begun < seconds:
        client.get(address)
        done += 1
    return done / (perf_counter() - begun)


def ratio(address: str, against: str) -> float:
    """How the rates of two pages compare: measured by turns, and the middle of five taken, because machines have moods."""
    return sorted(rate(address, seconds=0.6) / rate(against, seconds=0.6) for _ in range(5))[2]


def queries(address: str) -> int:
    """Queries of the first visit, when nothing is kept."""
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        assert Client().get(address).status_code == 200
    return len(seen)


def fill(rows: int) -> int:
    """Other cities' plans, and further plans of this city, until so many lines of progress stand."""
    made, number = 0, 0
    while made < rows:
        number += 1
        other = make.city(f"city{number}", name=f"見本{number}市", code=f"{number:06}")
        with scope(other), transaction.atomic():
            make.rulebook()
            for part in range(5):
                made += bulk(f"計画{part}", 2_500)
    return made


def bulk(title: str, measures: int) -> int:
    """One large plan, made fast; answers how many rows of progress it has."""
    plan = make.plan(title=title)
    pillar, department = make.heading(plan), make.department()
    held = Measure.objects.bulk_create(
        Measure(plan=plan, heading=pillar, number=str(n), title=f"取組{n}", position=n) for n in range(measures)
    )
    lines = Line.objects.bulk_create(Line(measure=one, position=0) for one in held)
    LineDepartment.objects.bulk_create(LineDepartment(line=one, party=department) for one in lines)
    years = Progress.objects.bulk_create(
        Progress(line=one, year=year, status="on_track", results="講座を開きました。")
        for one in lines
        for year in plan.years
    )
    return len(years)


def speak(city: Municipality) -> None:
    """Measure and print."""
    with scope(city):
        make.rulebook()
        for number in range(20):
            make.group(f"見本の会{number}")
        small, large = make.plan(title="35", measures=35), make.plan(title="350", measures=350)
    addresses = [f"/{city.slug}/plans/{plan.pk}/" for plan in (small, large)]
    say(f"plan overview queries, nothing kept (35/350): {queries(addresses[0])}/{queries(addresses[1])}")
    searched = [f"{address}?q=団体&status=on_track" for address in addresses]
    say(f"plan overview filtered, queries (35/350): {queries(searched[0])}/{queries(searched[1])}")
    again = Client()
    again.get(addresses[0])
    with CaptureQueriesContext(connection) as seen:
        html = again.get(addresses[0]).content
    say(f"plan overview queries when kept: {len(seen)}; HTML of 35 measures: {len(html) / 1000:.0f} KB")
    pages = {"overview": addresses[0], "filtered overview": searched[0], "overview of 350": addresses[1]}
    for name, address in pages.items():
        say(f"{name} vs bare page of 20 rows, rps ratio: {ratio(address, '/bare'):.2f}")
    say("wanted of the overview: at most 12 queries, at least 0.33 of the bare page")
    among(city, small)


def among(city: Municipality, plan: Plan) -> None:
    """The same plan alone and among a million rows: what a first visit costs, with nothing kept."""

    def visit() -> None:
        cache.clear()
        Client().get(f"/{city.slug}/plans/{plan.pk}/")

    def read() -> None:
        with scope(city):
            tree_of(plan)

    alone = best(visit, times=60), best(read, times=200)
    with scope(city), transaction.atomic():
        own = sum(bulk(f"ほかの計画{n}", 2_500) for n in range(5))
    rows = own + fill(MILLION - own)
    crowded = best(visit, times=60), best(read, times=200)
    say(
        f"first visit among {rows:,} rows of progress ({own:,} of the same city): {crowded[0] / alone[0]:.2f} (at most 1.20)"
    )
    say(f"reading the plan among {rows:,} rows: {crowded[1] / alone[1]:.2f}")


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    speak(make.city())
    VAR.cleanup()
