"""`manage.py run_due` sends the reminders of the day; run it once a day (cron, systemd timer)."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from tomoni.kernel.clock import today
from tomoni.portal.due import run_due


class Command(BaseCommand):
    """Remind people of what has come due. Twice on a day tells nobody twice."""

    help = "Send the reminders of the day in every municipality"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="another day (2026-05-08)")

    def handle(self, *args: Any, **options: Any) -> None:
        for (city, room), told in run_due(on=options["on"] or today()).items():
            self.stdout.write(f"{city} {room}: {told}")
