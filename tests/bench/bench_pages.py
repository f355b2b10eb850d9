"""How many questions each page asks the database, for everybody who signs in to the demonstration of Fuchu.

Lists may ask 12 at most whatever their length, pages of cases 20. With `--refused`, pages that a role may not open are named too.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import time
from collections import defaultdict
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

from tomoni.agreements.models import SuitabilityCheck  # noqa: E402
from tomoni.cases.models import Case  # noqa: E402
from tomoni.kernel.clock import now  # noqa: E402
from tomoni.matching.models import Listing  # noqa: E402
from tomoni.parties.models import User  # noqa: E402
from tomoni.portal.demo.seeding import seed  # noqa: E402
from tomoni.proposals.models import Round  # noqa: E402
from tomoni.tenants.models import Municipality  # noqa: E402
from tomoni.tenants.scope import scope  # noqa: E402

CITY = "fuchu"
ROLES = ("", "resident", "member", "coordinator", "officer", "division", "screener", "council")
LISTS = (
    "home", "turn", "search", "organisations", "registrations", "board", "introductions", "questions", "consultations",
    "programmes", "proposals", "agreements", "agreements-work", "projects", "evaluations", "plans", "about",
)  # fmt: skip
MOST_IN_A_LIST, MOST_IN_A_CASE, OF_EACH = 12, 20, 4
Page = tuple[str, str, int]  # its kind, its address, how many questions it may ask


def pages() -> list[Page]:
    """Every list, and some cases of every kind."""
    found = [(name, reverse(name, args=[CITY]), MOST_IN_A_LIST) for name in LISTS]
    kinds = [*Case.__subclasses__(), SuitabilityCheck, Listing, Round]
    for kind in kinds:
        if kind.__module__.startswith("tomoni."):
            for row in kind._default_manager.order_by("-pk")[:OF_EACH]:
                found.append((kind._meta.label, row.get_absolute_url(), MOST_IN_A_CASE))  # noqa: PERF401 - plain
    return found


def walk(role: str, listed: list[Page]) -> dict[str, list[tuple[int, int, float, str]]]:
    """Open every page as this person: status, questions asked and milliseconds, by kind of page."""
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(User.objects.get(email=f"{role}@{CITY}.example"))
    seen = defaultdict(list)
    for kind, address, most in listed:
        if kind not in seen:
            client.get(address)  # what the process keeps from page to page is kept from here on
        with CaptureQueriesContext(connection) as asked:
            begun = time.process_time()
            answer = client.get(address)
            spent = (time.process_time() - begun) * 1000
        seen[kind].append((answer.status_code, len(asked), spent, address))
        if answer.status_code >= 500 or len(asked) > most:
            print(f"  !! {role or 'visitor'} {address}: {answer.status_code}, {len(asked)} questions, {most} at most")
        elif answer.status_code != 200 and "--refused" in sys.argv:
            print(f"     {role or 'visitor'} {address}: {answer.status_code}")
    return seen


def main() -> None:
    """Found the demonstration in a database of its own and walk through it."""
    logging.disable(logging.WARNING)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    held = runner.setup_databases()
    try:
        seed(at=now())
        city = Municipality.objects.get(slug=CITY)
        with scope(city):
            listed = pages()
        for role in ROLES:
            with scope(city):
                seen = walk(role, listed)
            opened = {kind: [row for row in rows if row[0] == 200] for kind, rows in seen.items()}
            told = [
                f"{kind} {max(row[1] for row in rows)} ({statistics.median(row[2] for row in rows):.0f} ms)"
                for kind, rows in opened.items()
                if rows
            ]
            print(f"{role or 'visitor'}: " + " · ".join(told))
    finally:
        runner.teardown_databases(held)


if __name__ == "__main__":
    main()
