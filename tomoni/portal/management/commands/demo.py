"""`manage.py demo` founds the four demonstration cities; run again, it changes nothing; --reset begins anew."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tomoni.kernel.clock import now
from tomoni.portal.demo.seeding import forget_everything, seed


class Command(BaseCommand):
    """Found the demonstration."""

    help = "Found the four demonstration cities with people, departments and plans"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="delete everything in this database first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reset"]:
            forget_everything()
        seed(at=now(), say=self.stdout.write)
