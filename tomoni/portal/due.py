"""What time brings about: every room's reminders of the day, run once a day for each municipality."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tomoni.parties.actor import Actor, program
from tomoni.reporting.services.reminding import remind_due
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope


def _reporting(on: date, by: Actor) -> int:
    return remind_due(on=on, by=by)


# Each tells people what has come due and answers how many were told; run twice on a day, it tells nobody twice.
DUE: dict[str, Callable[[date, Actor], int]] = {"reporting": _reporting}


def run_due(*, on: date) -> dict[tuple[str, str], int]:
    """Run everything that is due on that day in every municipality: by city and room, how many people were told."""
    by, told = program("due"), {}
    for city in Municipality.objects.order_by("code"):
        with scope(city):
            for name, act in DUE.items():
                told[city.slug, name] = act(on, by)
    return told
